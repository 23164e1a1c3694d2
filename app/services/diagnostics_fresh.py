"""Figures of a booklet older than the calendar of their producer allows: a later year should be published."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import resources
from app.domain.dictionary import load_indicators, load_sources
from app.domain.indicator import Value


@dataclass(frozen=True, slots=True)
class Outdated:
    """A series of one producer whose latest printed year is `year`, when `expected` should be out."""

    label: str
    indicator: str
    year: int
    expected: int
    place: str
    """Where the file of the later year is published, « data.caf.fr »."""


@lru_cache(maxsize=1)
def _delays() -> dict[str, int]:
    """Years between what is observed and the next file, by source of the series followed."""
    dictionary = load_indicators()
    return {
        dictionary[row["indicator"]].source: int(row["every_years"]) + int(row["delay_years"])
        for row in resources.read_table("alerts", "freshness.csv")
        if row["indicator"] in dictionary
    }


def outdated_of(values: Iterable[Value], on: datetime.date) -> tuple[Outdated, ...]:
    """Return the sources whose latest known number here is too old on a day, in the order of reading.

    Earlier years of a series are history: only the latest one tells. Source: resources/alerts/freshness.csv.
    """
    latest: dict[str, Value] = {}
    for value in values:
        source = value.indicator.source
        held = latest.get(source)
        if value.number is not None and source in _delays() and (held is None or value.year > held.year):
            latest[source] = value
    sources = load_sources()
    found = []
    for source, value in latest.items():
        expected = on.year - _delays()[source]
        if value.year < expected:
            indicator = value.indicator
            place = sources[source].url_text if source in sources else ""
            found.append(Outdated(indicator.label, indicator.code, value.year, expected, place))
    return tuple(found)
