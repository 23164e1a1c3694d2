"""Services that may be the same one written twice: alike in name, near in place; each pair says why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from app.domain.french import fold
from app.domain.register import Equipment, Site
from app.domain.register_lists import load_kinds
from app.domain.zones import distance_km

NEAR_KM = 0.15
"""Two exact points closer than this are one address, or two doors of one building."""
AROUND_KM = 1.0
ALIKE = 0.82
"""Share of letters in common from which two names are alike."""
_SMALL = {"de", "des", "du", "la", "le", "les", "l", "d", "et", "a", "au", "aux", "en", "sur"}


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two services of one kind that may be one. reasons: codes among same_name, alike_name, same_place,
    near, same_commune, same_address; likeness: 0 to 1; distance_km: None unless both points are exact."""

    first: Equipment
    second: Equipment
    first_site: Site
    second_site: Site
    likeness: float
    distance_km: float | None
    reasons: tuple[str, ...]


def find_duplicates(
    pairs: Iterable[tuple[Site, Equipment]], distinct: frozenset[tuple[str, str]] = frozenset()
) -> tuple[Duplicate, ...]:
    """Return the pairs to look at, surest first. distinct: sorted uuids of pairs that somebody set apart."""
    groups: dict[tuple[str, str], list[tuple[Site, Equipment]]] = {}
    for site, item in pairs:
        groups.setdefault((family(item.kind), site.code_commune), []).append((site, item))
    found = [pair for group in groups.values() for pair in _pairs(group, distinct)]
    return tuple(sorted(found, key=_surest_first))


def compare(first_site: Site, first: Equipment, second_site: Site, second: Equipment) -> Duplicate | None:
    """Return the pair with its reasons, None if nothing brings the two together."""
    likeness = name_likeness(_own_name(first, first_site), _own_name(second, second_site))
    distance = _distance(first_site, second_site)
    reasons = tuple(_reasons(likeness, distance, first_site, second_site))
    far = distance is not None and distance > AROUND_KM
    alike = likeness >= ALIKE
    if far and likeness < 1:
        return None
    if not alike and "near" not in reasons and "same_address" not in reasons:
        return None
    return Duplicate(first, second, first_site, second_site, likeness, distance, reasons)


def name_likeness(first: str, second: str) -> float:
    """Return from 0 to 1 how alike two names are, whatever case, accents, order and small words."""
    words_a, words_b = _words(first), _words(second)
    if not words_a or not words_b:
        return 0.0
    if set(words_a) == set(words_b) or "".join(words_a) == "".join(words_b):
        return 1.0
    ordered = max(
        SequenceMatcher(None, " ".join(sorted(words_a)), " ".join(sorted(words_b))).ratio(),
        SequenceMatcher(None, "".join(words_a), "".join(words_b)).ratio(),
    )
    if set(words_a) <= set(words_b) or set(words_b) <= set(words_a):
        return max(ordered, 0.9 if min(len(words_a), len(words_b)) > 1 else 0.7)
    return ordered


def _pairs(group: list[tuple[Site, Equipment]], distinct: frozenset[tuple[str, str]]) -> Iterator[Duplicate]:
    for (site_a, item_a), (site_b, item_b) in combinations(group, 2):
        if pair_key(item_a.uuid, item_b.uuid) in distinct:
            continue
        found = compare(site_a, item_a, site_b, item_b)
        if found is not None:
            yield found


def pair_key(first: str, second: str) -> tuple[str, str]:
    """Return the uuids of a pair in order."""
    return (first, second) if first < second else (second, first)


def same_place(first: Site, second: Site) -> bool:
    """True for two sites of one address, or whose exact points are within NEAR_KM."""
    distance = _distance(first, second)
    near = distance is not None and distance <= NEAR_KM
    return near or bool(first.address and fold(first.address) == fold(second.address))


def _reasons(likeness: float, distance: float | None, first: Site, second: Site) -> Iterator[str]:
    if likeness == 1:
        yield "same_name"
    elif likeness >= ALIKE:
        yield "alike_name"
    if first.uuid == second.uuid:
        yield "same_place"
        yield "near"
    elif distance is not None and distance <= NEAR_KM:
        yield "near"
    if first.address and fold(first.address) == fold(second.address):
        yield "same_address"
    if distance is None and first.uuid != second.uuid:
        yield "same_commune"


def _distance(first: Site, second: Site) -> float | None:
    if not (first.precise and second.precise):
        return None
    if first.lon is None or first.lat is None or second.lon is None or second.lat is None:
        return None
    return distance_km(first.lon, first.lat, second.lon, second.lat)


def _own_name(item: Equipment, site: Site) -> str:
    return item.name or site.name


def _words(name: str) -> list[str]:
    return [word for word in fold(name).split() if word not in _SMALL]


def family(kind: str) -> str:
    """Eaje and micro-crèches are one family: files name them one for the other."""
    found = load_kinds().get(kind)
    return "eaje" if found is not None and found.network == "eaje" else kind


def _surest_first(pair: Duplicate) -> tuple[float, float, str]:
    distance = pair.distance_km if pair.distance_km is not None else AROUND_KM
    return (-pair.likeness, distance, pair.first.uuid)
