"""Constants of producers, dated: geography of their codes, what is taken up, limits of checks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import resources


@dataclass(frozen=True, slots=True)
class Constant:
    """One constant of a source, for the years of figures from valid_from to valid_to (0 for no bound)."""

    source: str
    kind: str
    code: str
    value: str
    label: str
    valid_from: int
    valid_to: int
    basis: str

    def holds(self, year: int | None) -> bool:
        """Tell whether it is in force for figures of a year; None for the latest ones."""
        if year is None:
            return not self.valid_to
        return self.valid_from <= year and (not self.valid_to or year <= self.valid_to)


@lru_cache(maxsize=1)
def constants() -> tuple[Constant, ...]:
    """Return every constant, in the order of the table."""
    return tuple(
        Constant(
            row["source"], row["kind"], row["code"], row["value"], row["label"],
            int(row["valid_from"] or 0), int(row["valid_to"] or 0), row["basis"],
        )
        for row in resources.read_table("ingestion", "sources.csv")
    )  # fmt: skip


def in_force(source: str, kind: str, year: int | None = None) -> tuple[Constant, ...]:
    """Return the constants of a kind for figures of a year."""
    return tuple(
        item for item in constants() if (item.source, item.kind) == (source, kind) and item.holds(year)
    )


@lru_cache(maxsize=256)
def limit(source: str, kind: str, year: int | None = None) -> float:
    """Return a number of a source. Raises KeyError if the table has none for that year."""
    found = in_force(source, kind, year)
    if not found:
        raise KeyError((source, kind, year))
    return float(found[-1].value)


def millesime(source: str, year: int) -> int:
    """Return the year of the geography of the codes, for figures that go up to a year."""
    return year + int(limit(source, "geography", year))


@lru_cache(maxsize=16)
def indicators(source: str, kind: str) -> dict[str, str]:
    """Return our indicator for each code of the producer."""
    return {item.code: item.value for item in in_force(source, kind)}
