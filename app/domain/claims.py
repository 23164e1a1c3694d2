"""Typed texts checked against the base: each number that disagrees is flagged, with the reason why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain import french
from app.domain.claims_arithmetic import gap_findings, share_findings
from app.domain.claims_model import Finding, Problem, agrees
from app.domain.claims_read import (
    PERCENT,
    POINT,
    Folded,
    Mention,
    folded,
    longest_first,
    nearest,
    read_mentions,
    read_years,
    sentence_bounds,
)
from app.domain.french import THIN, fold

__all__ = ["Book", "Fact", "Finding", "Problem", "Subject", "check_text"]


class Subject(StrEnum):
    """What words may stand for, beside names of territories."""

    OWN = "own"
    DEPARTEMENT = "departement"
    REGION = "region"
    FRANCE = "france"


@dataclass(frozen=True, slots=True)
class Fact:
    """A number of the base; place is a key of the book, origin says where it comes from."""

    indicator: str
    place: str
    year: int
    number: float
    decimals: int
    per_hundred: bool = False
    """True for places per 100 children: a rate that is never a percentage."""
    percent: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """What a text may speak of: words of indicators and of places, and the facts known.

    Words are folded when the book is read; own: key of the territory of the document; indicator: code of
    what a section speaks of when a sentence names none.
    """

    indicators: Mapping[str, Sequence[str]]
    places: Mapping[str, Sequence[str]]
    names: Mapping[str, str]
    """« de la France » by key of place."""
    facts: Sequence[Fact]
    own: str
    indicator: str = ""
    _found: dict[tuple[str, str], list[Fact]] = field(default_factory=dict)

    def of(self, indicator: str, place: str) -> list[Fact]:
        """Facts of an indicator in a place, oldest first."""
        if not self._found:
            for fact in self.facts:
                self._found.setdefault((fact.indicator, fact.place), []).append(fact)
        return sorted(self._found.get((indicator, place), ()), key=lambda fact: fact.year)

    def fact(self, indicator: str, place: str, year: int | None) -> Fact | None:
        """The fact of a year, or the latest one when no year is written."""
        held = self.of(indicator, place)
        if year is None:
            return held[-1] if held else None
        return next((fact for fact in held if fact.year == year), None)


@dataclass(frozen=True, slots=True)
class _Around:
    """One sentence and what it names: (place in the text, key)."""

    start: int
    end: int
    mentions: tuple[Mention, ...]
    indicators: tuple[tuple[int, str], ...]
    places: tuple[tuple[int, str], ...]
    years: tuple[tuple[int, int], ...]
    text: str


_UNITS_AFTER = r"(?:(?:places?|pour 100 enfants(?: de moins de 3 ans)?) )*"
_LINK = re.compile(rf"{_UNITS_AFTER}(?:dans|en|pour|a|au|aux|sur)(?: la| le| les| l)?")
"""What may stand between a number and the territory it is about."""


def check_text(text: str, book: Book) -> list[Finding]:
    """Return what disagrees, in the order of the text; a number known nowhere is only said unverified."""
    bare = folded(text)
    mentions, years = read_mentions(text), read_years(text)
    indicators, places = _named(bare, book.indicators), _named(bare, book.places)
    findings: list[Finding] = []
    before = book.indicator
    for start, end in sentence_bounds(text):
        around = _Around(
            start,
            end,
            tuple(m for m in mentions if start <= m.start < end),
            tuple((at, code) for at, code in indicators if start <= at < end),
            tuple((at, key) for at, key in places if start <= at < end),
            tuple((at, year) for at, year in years if start <= at < end),
            text[start:end],
        )
        findings += _check_sentence(text, around, book, before)
        before = around.indicators[0][1] if around.indicators else before
    return sorted(findings, key=lambda finding: (finding.start, finding.problem))


def _named(bare: Folded, words: Mapping[str, Sequence[str]]) -> list[tuple[int, str]]:
    """Return (place in the text, key) of each name; a longer name hides those inside it."""
    by_word = {fold(word): key for key, every in words.items() for word in every if fold(word)}
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, str]] = []
    for word in longest_first(list(by_word)):
        for at in bare.find(word):
            end = at + len(word)
            if not any(start < end and at < stop for start, stop in taken):
                taken.append((at, end))
                found.append((at, by_word[word]))
    return sorted(found)


def _check_sentence(text: str, around: _Around, book: Book, indicator: str) -> list[Finding]:
    findings = gap_findings(text, around.mentions, _reference_numbers(around, book, indicator))
    findings += share_findings(text, around.mentions)
    explained = {f.start for f in findings}
    for mention in around.mentions:
        if mention.unit != POINT and mention.start not in explained:
            findings += _check_mention(mention, around, book, indicator)
    return findings


def _reference_numbers(around: _Around, book: Book, indicator: str) -> list[tuple[int, float, int, str]]:
    """Numbers of the base for the places named without a number: (place in text, number, decimals, name)."""
    found = []
    for at, key in around.places:
        code = nearest(around.indicators, at) or indicator
        fact = book.fact(code, key, _year(around, at)) if key != book.own else None
        if fact is not None:
            found.append((at, fact.number, fact.decimals, book.names.get(key, key)))
    return found


def _year(around: _Around, at: int) -> int | None:
    word = nearest([(place, str(year)) for place, year in around.years], at)
    return int(word) if word else None


def _check_mention(mention: Mention, around: _Around, book: Book, indicator: str) -> list[Finding]:
    code = _indicator(mention, around) or indicator
    place = _place(mention, around, book)
    fact = book.fact(code, place, _year(around, mention.start)) if code else None
    if fact is None or not _comparable(mention, fact):
        return _unverified(mention, code, around, book, place)
    findings = []
    years = {year for _, year in around.years}
    exact = not years and not mention.hedge
    candidates = [fact, *(other for other in book.of(code, place) if other.year in years or exact)]
    if fact.per_hundred and mention.unit == PERCENT:
        words = f"ce taux se dit en places pour 100 enfants, non en{THIN}%"
        findings.append(Finding(mention.start, mention.end, mention.text, Problem.UNIT, words))
    if not any(agrees(mention, candidate.number) for candidate in candidates):
        findings.append(_wrong(mention, fact, code, place, book))
    return findings


def _indicator(mention: Mention, around: _Around) -> str:
    """The indicator stuck to the number (« 8,4 en Eaje », « 945 naissances »), else the nearest named."""
    stuck = [code for at, code in around.indicators if mention.start < at <= mention.end + 1]
    return stuck[0] if stuck else nearest(around.indicators, mention.start)


def _place(mention: Mention, around: _Around, book: Book) -> str:
    """The place just after the number (« 60,9 en France »), else the last named before it, else own."""
    rates = [m for m in around.mentions if m.unit != POINT]
    linked = {m.end: found for m in rates if (found := _linked_after(m, around)) is not None}
    if mention.end in linked:
        return linked[mention.end][1]
    taken = {at for at, _ in linked.values()}
    before = [key for at, key in around.places if at <= mention.start and at not in taken]
    return before[-1] if before else book.own


def _linked_after(mention: Mention, around: _Around) -> tuple[int, str] | None:
    for at, key in around.places:
        between = around.text[mention.end - around.start : at - around.start]
        if mention.end <= at and _LINK.fullmatch(fold(between)):
            return at, key
    return None


def _comparable(mention: Mention, fact: Fact) -> bool:
    """Tell whether a unit may go with a fact; a bare number may go with anything."""
    if mention.unit == PERCENT:
        return fact.per_hundred or fact.percent
    if mention.unit == "place":
        return fact.per_hundred
    return True


def _unverified(mention: Mention, code: str, around: _Around, book: Book, place: str) -> list[Finding]:
    """A number beside a known indicator but without a fact for its year or its place."""
    if not code:
        return []
    year = _year(around, mention.start)
    held = book.of(code, place)
    if year is not None and held and all(fact.year != year for fact in held):
        years = french.listing([str(fact.year) for fact in held])
        words = f"pas de valeur en {year} dans la base, qui connaît {years}"
    elif mention.unit == PERCENT or not held:
        words = "chiffre que la base ne permet pas de vérifier"
    else:
        return []
    return [Finding(mention.start, mention.end, mention.text, Problem.UNVERIFIED, words)]


def _wrong(mention: Mention, fact: Fact, code: str, place: str, book: Book) -> Finding:
    decimals = max(fact.decimals, mention.decimals) if mention.decimals else fact.decimals
    right = french.number(fact.number, min(decimals, fact.decimals))
    name = book.names.get(place, place)
    words = f"la base donne {right} pour {name} en {fact.year}"
    other = _owner(mention, code, book, fact)
    if other is not None:
        owner = book.names.get(other.place, other.place)
        written = french.number(mention.number, mention.decimals)
        words += f"{THIN}; {written} est la valeur pour {owner} en {other.year}"
    if fact.origin:
        words += f" ({fact.origin})"
    return Finding(mention.start, mention.end, mention.text, Problem.VALUE, words, right)


def _owner(mention: Mention, code: str, book: Book, fact: Fact) -> Fact | None:
    """Another year or place whose number was written by mistake."""
    exact = [
        other
        for other in book.facts
        if other.indicator == code
        and other is not fact
        and not mention.hedge
        and agrees(mention, other.number)
    ]
    return exact[0] if mention.decimals and len(exact) == 1 else None
