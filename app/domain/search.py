"""Search of territories by name or code, forgiving about accents, case, hyphens and order of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from app.domain.french import fold
from app.domain.territory import Level, Territory

if TYPE_CHECKING:
    from app.domain.reference import Reference

_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints"}
_CODE = re.compile(r"\d[\dabAB]?\d{0,7}")
_LEVELS = (Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE, Level.REGION)


class _Entry(NamedTuple):
    text: str
    """Folded name between spaces."""
    level: Level
    code: str
    name: str
    population: int
    departements: tuple[str, ...]


class SearchIndex:
    """All names of the latest millésime, folded once; a search reads them all."""

    def __init__(self, reference: Reference) -> None:
        self._entries = tuple(_entries(reference))

    def find(self, text: str, departements: tuple[str, ...], limit: int) -> list[Territory]:
        """Return the territories found, best first: exact, then beginnings, then parts of the name."""
        query = _key(text)
        if not query:
            return []
        code = text.strip().upper() if _CODE.fullmatch(text.strip()) else ""
        wanted = frozenset(departements)
        ranked: dict[tuple[Level, str], tuple[tuple[int, int, int, str], _Entry]] = {}
        for rank, entry in self._matches(query, code):
            if wanted and wanted.isdisjoint(entry.departements):
                continue
            score = (rank, _LEVELS.index(entry.level), -entry.population, entry.code)
            key = (entry.level, entry.code)
            if key not in ranked or score < ranked[key][0]:
                ranked[key] = (score, entry)
        best = sorted(ranked.values(), key=lambda pair: pair[0])[:limit]
        return [Territory(entry.level, entry.code, entry.name) for _, entry in best]

    def _matches(self, query: str, code: str) -> Iterator[tuple[int, _Entry]]:
        words = query.split()
        longest = max(words, key=len)
        for entry in self._entries:
            if longest in entry.text:
                rank = _rank(entry.text, query, words)
                if rank is not None:
                    yield rank, entry
            elif code and entry.code.startswith(code) and entry.level is not Level.REGION:
                yield (0 if entry.code == code else 4), entry


def _rank(text: str, query: str, words: list[str]) -> int | None:
    if text == f" {query} ":
        return 0
    if text.startswith(f" {query}"):
        return 1
    if all(f" {word}" in text for word in words):
        return 2
    return 3 if all(word in text for word in words) else None


def _key(text: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in fold(text).split())


def _entries(reference: Reference) -> Iterator[_Entry]:
    for departement in reference.departements():
        yield _entry(
            departement.name, Level.DEPARTEMENT, departement.code, departement.name, 0, (departement.code,)
        )
    for region in reference.regions():
        codes = tuple(d.code for d in reference.departements() if d.code_region == region.code)
        yield _entry(region.name, Level.REGION, region.code, region.name, 0, codes)
    for epci in reference.epcis():
        for name in {epci.name, epci.short_name}:
            yield _entry(name, Level.EPCI, epci.code, epci.name, epci.population or 0, epci.departements)
    for commune in reference.communes():
        where = (commune.code_departement,)
        for name in (commune.name, *commune.former_names):
            yield _entry(name, Level.COMMUNE, commune.code, commune.name, commune.population or 0, where)


def _entry(
    text: str, level: Level, code: str, name: str, population: int, departements: tuple[str, ...]
) -> _Entry:
    return _Entry(f" {_key(text)} ", level, code, name, population, departements)
