"""A paper read back: what each printed number has become in the base, and what two versions say apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.domain import french
from app.domain.french import THIN
from app.domain.indicator import Provenance, Value
from app.domain.sentences_words import rounded


class PrintedNumber(Protocol):
    """What is read of a printed number; state is a code of STATES."""

    @property
    def id(self) -> str: ...
    @property
    def indicator(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def territory(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def text(self) -> str: ...
    @property
    def number(self) -> float | None: ...
    @property
    def state(self) -> str: ...
    @property
    def pages(self) -> tuple[int, ...]: ...


STATES = ("valeur", "zero", "pas_de_donnee", "non_publie", "masque")
"""Codes of the five states, in the order of ValueState."""


class Outcome(StrEnum):
    """What became of a printed number."""

    SAME = "identique"
    CHANGED = "changé"
    APPEARED = "désormais connu"
    GONE = "plus connu"
    SOURCE = "même chiffre, autre source"
    APART = "calcul du document"
    """A share, a gap or an entry of the booklet: it follows from other numbers, checked on their own."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A printed number beside the one of the base today; words: what to say of it, in French."""

    id: str
    label: str
    territory: str
    year: int | None
    pages: tuple[int, ...]
    printed: str
    now: str
    outcome: Outcome
    words: str


@dataclass(frozen=True, slots=True)
class TraceReport:
    """What a booklet says against the base of today."""

    title: str
    made_on: str
    same_base: bool
    rows: tuple[Traced, ...]

    @property
    def changed(self) -> tuple[Traced, ...]:
        """Rows whose number is no longer the one printed."""
        return tuple(row for row in self.rows if row.outcome not in (Outcome.SAME, Outcome.APART))

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many numbers had each outcome."""
        return dict(Counter(row.outcome for row in self.rows))


def trace(printed: PrintedNumber, files: Sequence[str], now: Value | None, *, masked: bool = False) -> Traced:
    """Compare a printed number with the base.

    files: SHA-256 of the files it was read from. masked: the paper hid it from its readers, so that it says
    nothing of the base.
    """
    outcome = _outcome(printed, files, now, masked)
    shown = _shown(now) if now is not None else ""
    return Traced(
        id=printed.id,
        label=printed.label,
        territory=printed.territory,
        year=printed.year,
        pages=printed.pages,
        printed=printed.text,
        now=shown,
        outcome=outcome,
        words=_words(printed, shown, outcome),
    )


def _outcome(printed: PrintedNumber, files: Sequence[str], now: Value | None, masked: bool) -> Outcome:
    if now is None or masked:
        return Outcome.APART
    was_known = printed.number is not None and printed.state in STATES[:2]
    is_known = now.number is not None and now.state.is_known
    if was_known != is_known:
        return Outcome.APPEARED if is_known else Outcome.GONE
    if not was_known:
        return Outcome.SAME if STATES[now.state] == printed.state else Outcome.CHANGED
    decimals = max(now.indicator.decimals, 1)
    if rounded(printed.number or 0.0, decimals) != rounded(now.number or 0.0, decimals):
        return Outcome.CHANGED
    known = {origin.sha256 for origin in origins(now)}
    return Outcome.SOURCE if {file for file in files if file} - known else Outcome.SAME


def origins(value: Value) -> list[Provenance]:
    """Files a value comes from, those of its parts when it has none of its own."""
    found = list(value.provenance)
    for part in value.parts if not found else ():
        found += origins(part)
    return found


def _shown(value: Value) -> str:
    return french.value_text(value.number, value.state, value.indicator.decimals)


def _words(printed: PrintedNumber, now: str, outcome: Outcome) -> str:
    pages = f"page{'s' if len(printed.pages) > 1 else ''} " + french.listing([str(p) for p in printed.pages])
    where = f"{printed.label}, {printed.territory}, {printed.year}" if printed.territory else printed.label
    said = {
        Outcome.CHANGED: f"imprimé {printed.text}, la base donne {now}",
        Outcome.GONE: f"imprimé {printed.text}, la base n’a plus de valeur ({now})",
        Outcome.APPEARED: f"imprimé {printed.text}, la base donne maintenant {now}",
        Outcome.SOURCE: f"{printed.text} vient maintenant d’un autre fichier",
        Outcome.SAME: f"{printed.text}, inchangé",
        Outcome.APART: f"{printed.text}, calculé dans le document",
    }[outcome]
    return f"{where} ({pages}){THIN}: {said}" if printed.pages else f"{where}{THIN}: {said}"


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that two versions do not say alike; empty text where it is not printed."""

    id: str
    label: str
    territory: str
    year: int | None
    before: str
    after: str


def differences(
    before: Sequence[Mapping[str, object]], after: Sequence[Mapping[str, object]]
) -> tuple[Difference, ...]:
    """Compare the numbers kept with two versions (id, label, territory, year, text), in their order."""
    old = {str(row["id"]): row for row in before}
    new = {str(row["id"]): row for row in after}
    found = []
    for key in dict.fromkeys((*new, *old)):
        texts = [str(rows[key]["text"]) if key in rows else "" for rows in (old, new)]
        if texts[0] != texts[1]:
            row = new.get(key) or old[key]
            year = row.get("year")
            found.append(
                Difference(
                    key,
                    str(row.get("label", "")),
                    str(row.get("territory", "")),
                    year if isinstance(year, int) else None,
                    texts[0],
                    texts[1],
                )
            )
    return tuple(found)
