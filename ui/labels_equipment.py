"""French words of the page « Équipements ». No Qt here."""

from __future__ import annotations

import datetime

from app.domain.french import NBSP, long_date, number, plural, short_date, typographic
from app.domain.register_lists import load_kinds
from ui.labels_register import kind_label

SHORT_KINDS: dict[str, str] = {
    "micro_creche": "Micro-crèche",
    "mam": "Mam",
    "rpe": "Rpe",
    "laep": "Laep",
    "evs": "EVS",
    "clas": "Clas",
    "paej": "Paej",
    "fjt": "Fjt",
}
"""Words of the table and of the map; the full one is the hint."""
EMPTY = "Aucun équipement. Importez la BPE de l’Insee, ou saisissez le premier."
NOTHING_LEFT = "Aucun équipement ne correspond à ces filtres."
UNNAMED = "sans nom"
ZONE_KINDS: tuple[tuple[str, str], ...] = (
    ("", "Toutes"),
    ("qpv", "QPV, sûr ou possible"),
    ("frr", "FRR, sûr ou possible"),
    ("zrr", "ZRR, sûr ou possible"),
)
LEVELS_OF_SIGNAL = {"above": "au-dessus de", "below": "au-dessous de"}


def short_kind(code: str) -> str:
    """« Laep », « Eaje », « Centre social »: the shortest word in use."""
    return SHORT_KINDS.get(code) or kind_label(code)


def kinds() -> tuple[tuple[str, str], ...]:
    """Code and full label of every type, in the order of the screen."""
    return tuple((code, kind.label) for code, kind in load_kinds().items())


def title_of(name: str, site: str, kind: str, commune: str = "") -> str:
    """What to call an equipment that may have no name."""
    return name or site or f"{short_kind(kind)} {commune}".strip()


def licence_words(ends_on: datetime.date | None, days: int | None) -> str:
    """« 31 août 2026, dans 47 jours », « terminé depuis 12 jours »."""
    if ends_on is None or days is None:
        return "n.d."
    if days < 0:
        return f"{short_date(ends_on)}, terminé depuis {plural(-days, 'jour')}"
    return f"{short_date(ends_on)}, dans {plural(days, 'jour')}"


def licence_tone(days: int | None) -> str:
    """Token of an end of agrément: red under 30 days or past, ochre under 180."""
    if days is None or days > 180:
        return ""
    return "rouge" if days <= 30 else "ocre"


def count_words(shown: int, total: int) -> str:
    """« 46 équipements », « 4 sur 46 équipements »."""
    whole = plural(total, "équipement")
    return whole if shown == total else f"{number(shown)} sur {whole}"


def signals_words(crossed: int, known: int) -> str:
    """« 2 sur 5 »: signals beyond their threshold, among those that can be told."""
    return f"{number(crossed)} sur {number(known)}"


def source_words(source: str, year: int | None) -> str:
    """« BPE, 2025 »."""
    return f"{source}, {year}" if source and year else source


def count_or_absent(count: int | None) -> str:
    """A count, « n.d. » when unknown: an absence is never zero."""
    return "n.d." if count is None else number(count)


def opened_words(opened: int | None, unknown: int) -> str:
    """« 18 », « au moins 18 » when a group of places does not say it."""
    if opened is None:
        return "n.d."
    return typographic(f"au moins {number(opened)}") if unknown else number(opened)


def expected_words(expected: int) -> str:
    """« 12 places prévues »."""
    return f"{number(expected)}{NBSP}{'place prévue' if expected == 1 else 'places prévues'}"


def day_words(day: datetime.date, year_only: bool = False) -> str:
    """A day, or its year alone."""
    return str(day.year) if year_only else long_date(day)
