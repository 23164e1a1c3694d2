"""Numbers written in a text: value, unit, words of caution, and what the text is about around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.french import fold
from app.domain.numbers import parse_number

_SPACE = r"[ \t\u00a0\u202f\u2009\u2007]"
_NUMBER = rf"[+\-\u2212]?(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+|\d+)(?:[,.]\d+)?"
_UNIT = (
    r"%|pourcents?|pour cent\b|points?(?: de pourcentage)?\b|pts?\b|places?\b|€|euros?\b"
    r"|enfants?\b|habitants?\b|naissances?\b|communes?\b"
)
_MENTION = re.compile(rf"(?<![\w,.])({_NUMBER})(?:{_SPACE}*({_UNIT}))?(?![\d])", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOT_FIGURES = (
    re.compile(rf"(?:de )?moins de{_SPACE}*\d+{_SPACE}*(?:ans|mois)", re.IGNORECASE),
    re.compile(rf"(?:pour|par|sur){_SPACE}*1(?:00|{_SPACE}?000){_SPACE}*[eh]\w+", re.IGNORECASE),
    re.compile(rf"\d+{_SPACE}*(?:à|-){_SPACE}*\d+{_SPACE}*(?:ans|mois)", re.IGNORECASE),
    re.compile(rf"\d+{_SPACE}*(?:ans|mois|km|min|minutes|heures|h)\b", re.IGNORECASE),
    re.compile(rf"\d{{1,2}}{_SPACE}(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre"
               rf"|novembre|décembre)(?:{_SPACE}\d{{4}})?", re.IGNORECASE),
    re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}"),
    re.compile(r"\b(?:article|axe|fiche|objectif|action|n°|page|carte|figure|tableau)\s+[\d.\-]+", re.I),
    re.compile(r"\{[^{}]*\}"),
)  # fmt: skip
"""Ages, bases of rates, dates, numbers of things and live fields: digits that claim nothing."""

_HEDGES = {
    "below": ("pres de", "presque", "pas loin de"),
    "around": ("environ", "autour de", "quelque", "a peu pres", "de l ordre de", "approximativement"),
    "over": ("plus de", "au moins", "au dela de", "un peu plus de"),
    "under": ("moins de", "au plus", "un peu moins de", "a peine"),
}
PERCENT, POINT, PLACE = "%", "point", "place"


@dataclass(frozen=True, slots=True)
class Mention:
    """A number of the text: characters start to end, value, decimals written, unit and words of caution.

    unit: « % », « point », « place », another word in the singular, or empty. hedge: below, around, over,
    under, or empty.
    """

    start: int
    end: int
    number: float
    decimals: int
    unit: str
    hedge: str
    text: str


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without case nor accents, with the place in the text of each of its characters."""

    text: str
    at: tuple[int, ...]

    def find(self, words: str) -> list[int]:
        """Return where in the text whole words begin."""
        found, start = [], 0
        pattern = f" {words} "
        while (rank := self.text.find(pattern, start)) >= 0:
            found.append(self.at[min(rank + 1, len(self.at) - 1)])
            start = rank + 1
        return found


def folded(text: str) -> Folded:
    """Fold a text character by character; runs of other signs become one space; spaces at both ends."""
    signs, places = [" "], [0]
    for rank, sign in enumerate(text):
        for bare in fold(sign) or " ":
            if bare != " " or signs[-1] != " ":
                signs.append(bare)
                places.append(rank)
    signs.append(" ")
    places.append(len(text))
    return Folded("".join(signs), tuple(places))


def read_mentions(text: str) -> list[Mention]:
    """Return the numbers that claim something, in order; years, ages, dates and bases are left out."""
    hidden = [match.span() for pattern in _NOT_FIGURES for match in pattern.finditer(text)]
    found = []
    for match in _MENTION.finditer(text):
        written, unit = match.group(1), match.group(2) or ""
        if any(start <= match.start(1) < end for start, end in hidden) or (
            not unit and _YEAR.fullmatch(written)
        ):
            continue
        number = parse_number(written)
        if number is not None:
            found.append(_mention(text, match, number, unit))
    return found


def _mention(text: str, match: re.Match[str], number: float, unit: str) -> Mention:
    written = match.group(1)
    _, sign, digits = written.replace(".", ",").partition(",")
    return Mention(
        start=match.start(1),
        end=match.end(2) if unit else match.end(1),
        number=number,
        decimals=len(digits) if sign else 0,
        unit=_unit(unit),
        hedge=_hedge(text[max(0, match.start(1) - 30) : match.start(1)]),
        text=text[match.start(1) : match.end(2) if unit else match.end(1)],
    )


def _unit(written: str) -> str:
    bare = fold(written)
    if written == "%" or bare.startswith("pour"):
        return PERCENT
    if bare.startswith(("point", "pt")):
        return POINT
    return written if written == "€" else bare.removesuffix("s")


def _hedge(before: str) -> str:
    bare = f" {fold(before)}"
    for hedge in ("below", "around", "over", "under"):
        longest = sorted(_HEDGES[hedge], key=len, reverse=True)
        if any(bare.endswith(f" {words}") for words in longest):
            return hedge
    return ""


def read_years(text: str) -> list[tuple[int, int]]:
    """Return (place, year) of each year written."""
    return [(match.start(), int(match.group())) for match in re.finditer(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)]


def sentence_bounds(text: str) -> list[tuple[int, int]]:
    """Return the sentences as (start, end); a point inside a number or after a lone letter ends nothing."""
    bounds, start = [], 0
    for match in re.finditer(r"(?<=[^\W\d_]{2})\.(?=\s|$)|(?<=[\d)»%])\s?\.(?=\s|$)|[!?](?=\s|$)|\n+", text):
        bounds.append((start, match.end()))
        start = match.end()
    if start < len(text):
        bounds.append((start, len(text)))
    return bounds


def nearest(places: Iterable[tuple[int, str]], at: int) -> str:
    """Return the word of the mention just before a place, else the first one after it, else nothing."""
    ordered = sorted(places)
    before = [word for place, word in ordered if place <= at]
    if before:
        return before[-1]
    return next((word for place, word in ordered if place > at), "")


def longest_first(words: Sequence[str]) -> list[str]:
    """Return words so that « couverture par les eaje » is tried before « couverture »."""
    return sorted(words, key=lambda word: (-len(word), word))
