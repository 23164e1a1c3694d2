"""The dictionary of indicators, the dated parameters and the sources, read from the embedded tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import resources
from app.domain.indicator import Direction, Indicator, Kind


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated threshold with its source; value is in unit, a missing date means not dated."""

    code: str
    label: str
    value: float
    unit: str
    valid_from: date | None
    valid_to: date | None
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A producer's series or list, with what must be printed beside its figures."""

    code: str
    label: str
    producer: str
    url_text: str
    licence: str


@lru_cache(maxsize=1)
def load_indicators() -> dict[str, Indicator]:
    """Return the indicators by code, in the order of the dictionary. Do not change the returned dict."""
    indicators = [_indicator(row) for row in resources.read_table("indicators.csv")]
    return {indicator.code: indicator for indicator in indicators}


def _indicator(row: dict[str, str]) -> Indicator:
    return Indicator(
        code=row["code"],
        label=row["label"],
        short_label=row["short_label"],
        theme=row["theme"],
        definition=row["definition"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        unit=row["unit"],
        decimals=int(row["decimals"]),
        kind=Kind(row["kind"]),
        direction=Direction(row["direction"]),
        source=row["source"],
        masking=row["masking"],
        valid_from=row["valid_from"],
        formula=row["formula"],
        inputs=tuple(row["inputs"].split()),
        breaks=tuple(float(bound) for bound in row["breaks"].split()),
    )


def load_parameters() -> list[Parameter]:
    """Return the default parameters, in the order of the table."""
    return [
        Parameter(
            code=row["code"],
            label=row["label"],
            value=float(row["value"]),
            unit=row["unit"],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            source=row["source"],
            note=row["note"],
        )
        for row in resources.read_table("parameters.csv")
    ]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=1)
def load_sources() -> dict[str, Source]:
    """Return the known sources by code. Do not change the returned dict."""
    return {row["code"]: Source(**row) for row in resources.read_table("sources.csv")}


def source_name(code: str) -> str:
    """Return « Cnaf, taux de couverture petite enfance » for a source, its code if it is not in the table."""
    source = load_sources().get(code)
    if source is None:
        return code
    return f"{source.producer}, {source.label[:1].lower()}{source.label[1:]}"
