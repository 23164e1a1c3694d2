"""One printed number with all that is needed to trace it, and the pieces of text it stands among."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from app.domain.french import MASKED, NO_DATA, NOT_PUBLISHED, THIN, number, value_text
from app.domain.indicator import Provenance, Value, ValueState, ValueStatus

APPROXIMATELY = f"≈{THIN}"
ID_SIGNS = 12
LEVELS = ("france", "region", "departement", "epci", "commune", "arrondissement")
STATUSES = {
    ValueStatus.PROVISIONAL: "provisoire",
    ValueStatus.CONSOLIDATED: "consolidé",
    ValueStatus.FROZEN: "figé",
}
STATE_CODES = {
    ValueState.VALUE: "valeur",
    ValueState.ZERO: "zero",
    ValueState.NO_DATA: "pas_de_donnee",
    ValueState.NOT_PUBLISHED: "non_publie",
    ValueState.MASKED: "masque",
}
_TEXTS = {
    ValueState.ZERO: "0",
    ValueState.NO_DATA: NO_DATA,
    ValueState.NOT_PUBLISHED: NOT_PUBLISHED,
    ValueState.MASKED: MASKED,
}


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as it is read on the paper. number is None unless state is VALUE or ZERO.

    level: code among LEVELS, or free (« cpog », « ctg »); code: the territory or object;
    series: what tells apart two numbers of one indicator (cible initiale, révisée, prévu, réalisé).
    formula, numerator, denominator: French, with the numbers inside.
    """

    text: str
    number: float | None = None
    state: ValueState = ValueState.VALUE
    indicator: str = ""
    label: str = ""
    level: str = ""
    code: str = ""
    territory: str = ""
    year: int | None = None
    period: str = ""
    series: str = ""
    unit: str = ""
    formula: str = ""
    numerator: str = ""
    denominator: str = ""
    sources: tuple[Provenance, ...] = ()
    millesime: int | None = None
    status: str = ""
    estimated: bool = False
    fictitious: bool = False
    parts: tuple[Printed, ...] = ()

    @property
    def id(self) -> str:
        """Key that stays the same from one version of a document to the next."""
        items = (self.indicator or self.label, self.level, self.code, self.year, self.period, self.series)
        joined = "\x1f".join("" if item is None else str(item) for item in items)
        return hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()[:ID_SIGNS]

    @property
    def is_traced(self) -> bool:
        """True if the annex can say something of its origin."""
        return bool(self.sources or self.formula or any(part.is_traced for part in self.parts))

    def drawn(self) -> float:
        """Return the number to draw, zero where there is none: ask the state first."""
        return float(self.number) if self.number is not None and self.state.is_known else 0.0


def traced(
    value: Value, territory: str = "", *, decimals: int | None = None, signed: bool = False
) -> Printed:
    """Return the printed form of a value of the base, its parts included."""
    indicator = value.indicator
    digits = indicator.decimals if decimals is None else decimals
    text = value_text(value.number, value.state, digits)
    if signed and value.state is ValueState.VALUE:
        text = number(value.number, digits, signed=True)
    if value.estimated and value.state is ValueState.VALUE:
        text = APPROXIMATELY + text
    return Printed(
        text=text,
        number=value.number if value.state.is_known else None,
        state=value.state,
        indicator=indicator.code,
        label=indicator.label,
        level=LEVELS[value.level],
        code=value.code,
        territory=territory,
        year=value.year,
        unit=indicator.unit,
        formula=value.formula,
        numerator=indicator.numerator,
        denominator=indicator.denominator,
        sources=value.provenance,
        millesime=value.millesime,
        status=STATUSES[value.status],
        estimated=value.estimated,
        fictitious=value.fictitious,
        parts=tuple(traced(part) for part in value.parts),
    )


def plain(
    x: float | None,
    decimals: int = 0,
    state: ValueState | None = None,
    *,
    signed: bool = False,
    unit: str = "",
) -> Printed:
    """Return a number without origin: a total of the document itself, an axis, a count."""
    if state is None:
        state = ValueState.NO_DATA if x is None else ValueState.VALUE if x else ValueState.ZERO
    text = _TEXTS.get(state) or number(x, decimals, signed=signed)
    return Printed(text, x if state.is_known else None, state, unit=unit)


def with_unit(shown: Printed, unit: str) -> Printed:
    """Return the number followed by its unit (« 67,2 % »), absences left bare."""
    if not shown.state.is_known:
        return shown
    space = THIN if unit in ("%", "€") else "\u00a0"
    return replace(shown, text=f"{shown.text}{space}{unit}", unit=unit)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in bold, in another colour (« #RRGGBB »), or raised."""

    text: str
    bold: bool = False
    colour: str = ""
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Ref:
    """A cross reference: prints « carte 4 » for the block of that key, or its own words, and leads to it."""

    key: str
    words: str = ""


Inline = str | Run | Printed | Ref
Text = Inline | tuple[Inline, ...]
"""What every block accepts as text. A str is a user's or a program's: it is never markup."""


def inlines(text: Text) -> tuple[Inline, ...]:
    """Return a text as a tuple of its pieces, empty ones left out."""
    pieces = text if isinstance(text, tuple) else (text,)
    return tuple(piece for piece in pieces if piece != "")


def bare(text: Text) -> str:
    """Return the words of a text, without marks; cross references are left out."""
    return "".join(
        piece if isinstance(piece, str) else piece.words if isinstance(piece, Ref) else piece.text
        for piece in inlines(text)
    )


def numbers_in(text: Text) -> list[Printed]:
    """Return the numbers of a text, in order."""
    return [piece for piece in inlines(text) if isinstance(piece, Printed)]
