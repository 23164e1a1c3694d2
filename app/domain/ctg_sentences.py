"""French sentences about a plan: money, eviction, progress, decisions; screens and papers say the same."""

from __future__ import annotations

from datetime import date

from app.domain import french
from app.domain.action import Progress
from app.domain.budget import Eviction, PaidAboveVoted, Remainder, Total
from app.domain.ctg_words import MONEY, NATURE


def euros(cents: int | None) -> str:
    """« 12 500 € », « 12,50 € », or « n.d. »."""
    if cents is None:
        return french.NO_DATA
    return f"{french.number(cents / 100, 0 if cents % 100 == 0 else 2)}\u202f€"


def share_text(share: float) -> str:
    """« 38 % » for 0.38."""
    return french.percent(share * 100, 0)


def eviction_text(found: Eviction) -> str:
    """« Part de la Caf : 38 %, puis 49 %, puis 55 % ; celle de la MSA : 12 %, puis 8 %, puis 4 % »."""
    caf = ", puis ".join(share_text(share) for share in found.caf)
    partner = ", puis ".join(share_text(share) for share in found.partner)
    return f"Part de la Caf\u202f: {caf}\u202f; {found.funder}\u202f: {partner}"


def paid_text(found: PaidAboveVoted) -> str:
    """« 2025, EPCI : 5 200 € payés pour 5 000 € votés »."""
    return f"{found.year}, {found.funder}\u202f: {euros(found.paid)} payés pour {euros(found.voted)} votés"


def total_text(found: Total) -> str:
    """« 12 500 € votés connus, sans la MSA »."""
    word = MONEY[found.state]
    if found.complete:
        return f"{euros(found.cents)} ({word})"
    missing = french.listing(list(found.absent))
    return f"{euros(found.cents)} ({word}, connu), montant absent\u202f: {missing}"


def remainder_text(found: Remainder) -> str:
    """« Reste à charge des collectivités : 6 500 € (voté) », or why it is unknown."""
    word = MONEY[found.state]
    if found.rest is None:
        return f"Reste à charge inconnu ({word})\u202f: le coût n’est pas renseigné"
    text = f"Reste à charge des collectivités\u202f: {euros(found.rest)} ({word})"
    if found.absent:
        text += f", sans {french.listing(list(found.absent))}"
    return text


def per_place_text(cents: float | None) -> str:
    """« 34 167 € par place », empty if it does not apply."""
    return "" if cents is None else f"{euros(round(cents / 100) * 100)} par place"


def progress_text(progress: Progress) -> str:
    """« 2 étapes faites sur 4, avancement 50 % »."""
    if progress.percent is None:
        return "Aucune étape\u202f: avancement inconnu"
    percent = french.percent(progress.percent, 0)
    if not progress.total:
        return f"Sans étape, avancement {percent}"
    corrected = " (corrigé)" if progress.overridden else ""
    return f"{steps_text(progress)}, avancement {percent}{corrected}"


def steps_text(progress: Progress) -> str:
    """« 2 étapes faites sur 4 », empty without étape."""
    done = french.plural(progress.done, "étape faite", "étapes faites")
    return f"{done} sur {progress.total}" if progress.total else ""


def late_text(days: int) -> str:
    """« en retard de 50 jours », empty if it is not late."""
    return f"en retard de {french.plural(days, 'jour')}" if days > 0 else ""


def decided_text(reason: str, decider: str, decided_on: date | None) -> str:
    """« Permis tardif (Comité de pilotage, 24 septembre 2026) »."""
    by = ", ".join(part for part in (decider, french.long_date(decided_on) if decided_on else "") if part)
    return f"{reason.rstrip('.')} ({by})" if by else reason


def nature_word(nature: str) -> str:
    """« fonctionnement »."""
    return next((text.lower() for key, text in NATURE.items() if key == nature), nature)


def period_text(start: date | None, end: date | None) -> str:
    """« du 1er janvier 2024 au 31 décembre 2027 », whatever is known of it."""
    if start and end:
        return f"du {french.long_date(start)} au {french.long_date(end)}"
    if start:
        return f"depuis le {french.long_date(start)}"
    return f"jusqu’au {french.long_date(end)}" if end else "période non fixée"


def age_text(from_days: int, to_days: int | None) -> str:
    """« moins de 15 jours », « 30 à 59 jours », « 180 jours et plus »."""
    if from_days == 0:
        return f"moins de {to_days} jours"
    return f"{from_days} jours et plus" if to_days is None else f"{from_days} à {to_days - 1} jours"
