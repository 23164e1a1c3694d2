"""Every French sentence for an error: what happened, what is safe, what to do. No Qt here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from app.domain import errors
from app.domain.errors import DomainError
from app.domain.french import listing, typographic
from ui import (
    error_words_coverage,
    error_words_cpog,
    error_words_ctg,
    error_words_diagnostic,
    error_words_imports,
    error_words_register,
    error_words_sdsf,
    labels,
)
from ui.error_words import REMEDIES, UNREADABLE


@dataclass(frozen=True, slots=True)
class Explanation:
    """The three things a user needs to know; safe and remedy may be empty."""

    happened: str
    safe: str
    remedy: str

    def text(self) -> str:
        """The three in a row."""
        return " ".join(part for part in (self.happened, self.safe, self.remedy) if part)


UNEXPECTED = typographic(
    "Une erreur inattendue est survenue. La base est restée telle qu'elle était. "
    "Le détail est dans le journal local : « Copier le rapport » permet de le transmettre."
)
BASE_SAFE = "Le fichier n'a pas été modifié."
NOTHING_WRITTEN = "Rien n'a été écrit."
LOCKED = "Un autre poste travaille déjà sur cette base"


def sentence(error: DomainError) -> str:
    """Return what the user reads about an error, with French typography."""
    return explain(error).text()


def explain(error: DomainError) -> Explanation:
    """Return the three parts of the sentence; a kind without its own sentence gets a general one."""
    for kind in type(error).__mro__:
        build = _BUILDERS.get(kind)
        if build is not None:
            parts = build(error)
            return Explanation(*(typographic(part) for part in parts))
    raise ValueError(f"no sentence for {type(error).__name__}")


Parts = tuple[str, str, str]


def _file(error: DomainError) -> str:
    path = getattr(error, "path", None)
    return f"« {path.name} »" if path is not None and path.name else "Le fichier"


def _fact(error: DomainError, name: str, default: str = "") -> str:
    value = error.facts.get(name)
    return default if value is None else str(value)


def _general(_error: DomainError) -> Parts:
    return ("Cette action n'a pas pu aboutir.", NOTHING_WRITTEN, "")


def _base_not_found(error: DomainError) -> Parts:
    return (
        f"La base {_file(error)} est introuvable.",
        "",
        "Vérifiez que le disque ou la clé est branché, ou ouvrez une autre base.",
    )


def _base_exists(error: DomainError) -> Parts:
    return (
        f"Un fichier {_file(error)} existe déjà à cet endroit.",
        "Il n'a pas été remplacé.",
        "Choisissez un autre nom ou un autre dossier.",
    )


def _foreign(error: DomainError) -> Parts:
    return (f"{_file(error)} n'est pas une base de Maillage.", BASE_SAFE, "Choisissez un fichier .maillage.")


def _damaged(error: DomainError) -> Parts:
    return (
        f"La base {_file(error)} est abîmée : sa vérification a échoué.",
        BASE_SAFE,
        "Ouvrez la dernière copie du dossier « sauvegardes », rangée à côté de la base.",
    )


def _newer(error: DomainError) -> Parts:
    return (
        f"La base {_file(error)} vient d'une version plus récente de Maillage.",
        BASE_SAFE,
        "Mettez l'application à jour pour l'ouvrir.",
    )


def _locked(error: DomainError) -> Parts:
    holder = _fact(error, "holder")
    return (
        f"{LOCKED} ({holder})." if holder else f"{LOCKED}.",
        BASE_SAFE,
        "Fermez-la là-bas, ou consultez-la ici en lecture seule.",
    )


def _read_only(error: DomainError) -> Parts:
    return ("La base est ouverte en lecture seule.", NOTHING_WRITTEN, read_only_text(_fact(error, "reason")))


def _disk_full(error: DomainError) -> Parts:
    disk = _fact(error, "disk")
    return (
        f"Non enregistré : le disque {disk} est plein." if disk else "Non enregistré : le disque est plein.",
        "La base est restée telle qu'elle était.",
        "Libérez de la place, puis recommencez.",
    )


def _write_refused(error: DomainError) -> Parts:
    if _fact(error, "reason") == "interrupted":
        return (
            f"La dernière écriture de {_file(error)} a été interrompue, et ce dossier est protégé.",
            BASE_SAFE,
            "Copiez la base et le fichier « -journal » voisin dans un dossier où vous pouvez écrire.",
        )
    if _fact(error, "reason") == "suffix":
        *others, last = cast("tuple[str, ...]", error.facts["suffixes"])
        forms = f"{', '.join(others)} ou {last}" if others else last
        return (
            f"La forme de {_file(error)} n'est pas connue.",
            "Rien n'a été écrit.",
            f"Donnez un nom en {forms}.",
        )
    return (
        f"Le système refuse d'écrire {_file(error)}.",
        "Rien n'a été modifié.",
        "Choisissez un autre dossier, ou demandez le droit d'écrire dans celui-ci.",
    )


def _unreadable(error: DomainError) -> Parts:
    code = _fact(error, "reason")
    reason = UNREADABLE.get(code, "son contenu n'est pas reconnu")
    return (
        f"{_file(error)} ne peut pas être lu : {reason}.",
        "Rien n'a été importé.",
        REMEDIES.get(code, ""),
    )


def _unknown_source(error: DomainError) -> Parts:
    headers = error.facts.get("headers")
    shown = [str(header) for header in headers][:6] if isinstance(headers, (list, tuple)) else []
    seen = f" Colonnes lues : {', '.join(shown)}." if shown else ""
    closest = error.facts.get("closest")
    near = [str(item[0]) for item in closest] if isinstance(closest, (list, tuple)) else []
    models = f" Modèles les plus proches : {', '.join(near)}." if near else ""
    return (
        f"{_file(error)} ne correspond à aucune source connue.{seen}{models}",
        "Rien n'a été importé.",
        "Vérifiez qu'il s'agit du fichier d'origine, sans ligne ni colonne ajoutée, ou indiquez ce que "
        "contient chaque colonne.",
    )


def _unknown_territory(error: DomainError) -> Parts:
    code = _fact(error, "code")
    level = error.facts.get("level")
    noun = labels.LEVEL_ONE.get(level, "territoire") if isinstance(level, int) else "territoire"
    return (
        f"Aucun territoire ({noun}) ne porte le code « {code} ».",
        "",
        "Vérifiez le code et le millésime.",
    )


def _unknown_indicator(error: DomainError) -> Parts:
    known = error.facts.get("known")
    codes = [str(code) for code in known] if isinstance(known, (list, tuple)) else []
    remedy = f"Indicateurs connus : {', '.join(codes)}." if codes else ""
    return (f"L'indicateur « {_fact(error, 'code')} » n'existe pas.", "", remedy)


def _no_value(error: DomainError) -> Parts:
    years = error.facts.get("years")
    held = [str(year) for year in years] if isinstance(years, (list, tuple)) else []
    what = _fact(error, "label") or _fact(error, "indicator")
    subject = f" pour « {what} »" if what else ""
    year = _fact(error, "year")
    when = f" en {year}" if year else ""
    remedy = (
        f"Années disponibles : {listing(held)}." if held else "Importez d'abord un fichier qui la contient."
    )
    return (f"Aucune valeur{subject}{when}.", "", remedy)


def _bad_parameter(error: DomainError) -> Parts:
    reason = _fact(error, "reason")
    name, value = _fact(error, "name"), _fact(error, "value")
    why = {
        "not_a_number": "un nombre est attendu",
        "number": "un nombre est attendu",
        "negative": "un nombre positif est attendu",
        "range": "le nombre sort des limites acceptées",
        "unknown": "ce paramètre n'existe pas",
        "empty": "une valeur est attendue",
    }.get(reason, reason or "la valeur n'est pas acceptée")
    return (f"« {value} » est refusé pour « {name} » : {why}.", "La valeur précédente est gardée.", "")


def _nothing_to_undo(error: DomainError) -> Parts:
    forward = _fact(error, "direction") == "redo"
    return ("Il n'y a rien à rétablir." if forward else "Il n'y a rien à annuler.", "", "")


def _undo_conflict(error: DomainError) -> Parts:
    name = _fact(error, "name")
    what = f"« {name} »" if name else "Cette action"
    return (
        f"{what} ne peut pas être annulée ni rétablie : ce qu'elle avait modifié a changé depuis.",
        NOTHING_WRITTEN,
        "L'historique, dans Réglages, montre les actions suivantes.",
    )


def _import_not_found(error: DomainError) -> Parts:
    return (f"L'import n° {_fact(error, 'number')} n'existe pas, ou il est déjà annulé.", NOTHING_WRITTEN, "")


def _import_superseded(error: DomainError) -> Parts:
    later = error.facts.get("later")
    numbers = [str(n) for n in later] if isinstance(later, (list, tuple)) else [str(later)] if later else []
    by = f" (n° {listing(numbers)})" if numbers else ""
    return (
        f"L'import n° {_fact(error, 'number')} ne peut pas être annulé : "
        f"un import plus récent{by} a modifié les mêmes valeurs.",
        NOTHING_WRITTEN,
        "Annulez d'abord le plus récent.",
    )


_BUILDERS: dict[type, Callable[[DomainError], Parts]] = {
    DomainError: _general,
    errors.BaseNotFound: _base_not_found,
    errors.BaseExists: _base_exists,
    errors.ForeignFile: _foreign,
    errors.DamagedBase: _damaged,
    errors.NewerBase: _newer,
    errors.BaseLocked: _locked,
    errors.ReadOnlyBase: _read_only,
    errors.DiskFull: _disk_full,
    errors.WriteRefused: _write_refused,
    errors.UnreadableFile: _unreadable,
    errors.UnknownSource: _unknown_source,
    errors.UnknownTerritory: _unknown_territory,
    errors.UnknownIndicator: _unknown_indicator,
    errors.NoValue: _no_value,
    errors.BadParameter: _bad_parameter,
    errors.NothingToUndo: _nothing_to_undo,
    errors.UndoConflict: _undo_conflict,
    errors.ImportNotFound: _import_not_found,
    errors.ImportSuperseded: _import_superseded,
    **error_words_imports.BUILDERS,
    **error_words_register.BUILDERS,
    **error_words_coverage.BUILDERS,
    **error_words_cpog.BUILDERS,
    **error_words_ctg.BUILDERS,
    **error_words_sdsf.BUILDERS,
    **error_words_diagnostic.BUILDERS,
}


def read_only_text(reason: str) -> str:
    """Return why a base is read-only (« file », « folder » or « locked:<holder> ») and what to do."""
    if reason.startswith("locked"):
        holder = reason.partition(":")[2]
        who = f" ({holder})" if holder else ""
        return typographic(f"{LOCKED}{who} : fermez-la là-bas pour écrire ici.")
    if reason == "folder":
        return typographic(
            "Le dossier de la base est protégé : copiez-la dans un dossier où vous pouvez écrire."
        )
    if reason == "upgrade":
        return typographic("Elle doit être mise à niveau : copiez-la dans un dossier où vous pouvez écrire.")
    if reason == "file":
        return typographic("Le fichier de la base est protégé en écriture.")
    return ""
