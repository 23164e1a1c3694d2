"""French sentences of the errors about diagnostics and exports."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain import diagnostic_errors as errors
from app.domain.errors import DomainError
from app.domain.french import THIN, listing

NOTHING = "Rien n’a été écrit."
Parts = tuple[str, str, str]

REASONS: dict[str, Parts] = {
    "empty": ("Ce champ ne peut pas rester vide.", NOTHING, "Écrivez un intitulé."),
    "too_long": ("Ce texte est trop long.", NOTHING, "Gardez moins de 20\u202f000 signes."),
    "unknown_field": ("Ce champ n’existe pas.", NOTHING, ""),
    "year": ("Cette année n’a pas de valeur dans la base.", NOTHING, "Choisissez une année proposée."),
    "validated": (
        "Une version validée ne change plus.",
        NOTHING,
        "Repassez le diagnostic en projet pour le modifier.",
    ),
    "logo": ("Ce logo ne peut pas être lu.", NOTHING, "Choisissez une image PNG ou JPEG."),
}


def _known(error: DomainError) -> str:
    known = error.facts.get("known", ())
    return listing([str(item) for item in known]) if isinstance(known, Sequence) else ""


def _not_found(_: DomainError) -> Parts:
    return ("Ce diagnostic ou cette version n’existe plus.", NOTHING, "Rechargez la page.")


def _refused(error: DomainError) -> Parts:
    fallback = ("Cette saisie est refusée.", NOTHING, "Corrigez-la.")
    return REASONS.get(str(error.facts.get("reason")), fallback)


def _status(error: DomainError) -> Parts:
    asked, current = error.facts.get("asked"), error.facts.get("current")
    said = f"Un diagnostic «{THIN}{current}{THIN}» ne peut pas passer à «{THIN}{asked}{THIN}»."
    return (said, NOTHING, "")


def _section(error: DomainError) -> Parts:
    code = error.facts.get("code")
    return (f"La section «{THIN}{code}{THIN}» n’existe pas.", NOTHING, f"Sections{THIN}: {_known(error)}.")


def _profile(error: DomainError) -> Parts:
    code = error.facts.get("code")
    return (f"Le profil «{THIN}{code}{THIN}» n’existe pas.", NOTHING, f"Profils{THIN}: {_known(error)}.")


def _pending(error: DomainError) -> Parts:
    count = error.facts.get("count")
    return (
        f"Des textes contredisent la base ({count}).",
        NOTHING,
        "Corrigez-les ou validez en le disant dans la note de version.",
    )


BUILDERS: dict[type, Callable[[DomainError], Parts]] = {
    errors.DiagnosticNotFound: _not_found,
    errors.DiagnosticRefused: _refused,
    errors.ForbiddenDiagnosticStatus: _status,
    errors.UnknownSection: _section,
    errors.UnknownProfile: _profile,
    errors.NotesPending: _pending,
}
"""For each error: what happened, what is safe, what to do."""
