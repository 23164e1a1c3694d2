"""Arithmetic inside a sentence: gaps in points, changes from one number to another, shares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain import french
from app.domain.claims_model import Finding, Problem, agrees
from app.domain.claims_read import PERCENT, POINT, Mention
from app.domain.french import MINUS, THIN, fold
from app.domain.sentences_words import rounded

Reference = tuple[int, float, int, str]
"""Place in the text, number of the base, decimals, name: a territory compared with and not given a number."""

_UP = re.compile(r"\b(superieure?s?|au dessus|de plus|plus elevee?s?|depasse\w*|plus haute?s?)\b")
_DOWN = re.compile(
    r"\b(inferieure?s?|au dessous|en dessous|de moins|moins elevee?s?|plus basse?s?|plus bas)\b"
)
_ROSE = re.compile(r"\b(augment\w*|progress\w*|hausse|gagn\w*|croit|accru\w*|monte\w*)\b")
_FELL = re.compile(r"\b(baiss\w*|diminu\w*|recul\w*|perd\w*|chut\w*|flech\w*)\b")
_FROM_TO = re.compile(r"^\W*(?:\w+\W+){0,2}?(?:a|puis)\W*$")
_OUT_OF = re.compile(r"^\W*(?:\w+\W+){0,4}sur\W+(?:\w+\W+){0,2}$")
_THAT_IS = re.compile(r"^\W*(?:\w+\W+){0,3}?(?:soit|\(|representant)?\W*$")


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison: the number, and how it is written."""

    number: float
    decimals: int
    text: str


def gap_findings(text: str, mentions: Sequence[Mention], references: Sequence[Reference]) -> list[Finding]:
    """Check each « X points » of a sentence against the two numbers it separates."""
    findings: list[Finding] = []
    for mention in mentions:
        if mention.unit == POINT:
            sides = _sides(text, mention, mentions, references)
            if sides is not None:
                findings += _check_gap(text, mention, *sides)
    return findings


def _sides(
    text: str, gap: Mention, mentions: Sequence[Mention], references: Sequence[Reference]
) -> tuple[_Side, _Side] | None:
    """Return the compared number and its reference: written ones first, then the base for the second."""
    rates = [m for m in mentions if m.unit != POINT and m is not gap]
    change = _change_sides(text, rates)
    if change is not None:
        return change
    before = [m for m in rates if m.end <= gap.start]
    after = [m for m in rates if m.start >= gap.end]
    if before and after:
        return _side(before[-1]), _side(after[0])
    if len(before) >= 2:
        return _side(before[-2]), _side(before[-1])
    known = [_Side(number, decimals, f"{french.number(number, decimals)} ({name})")
             for at, number, decimals, name in references if at >= gap.end]  # fmt: skip
    return (_side(before[-1]), known[0]) if before and known else None


def _change_sides(text: str, rates: Sequence[Mention]) -> tuple[_Side, _Side] | None:
    """« de 70,0 à 74,2 » beside a rise or a fall: the second number is compared with the first."""
    bare = fold(text)
    if not (_ROSE.search(bare) or _FELL.search(bare)):
        return None
    for first, second in pairwise(rates):
        between = fold(text[first.end : second.start])
        if _FROM_TO.match(between) or "puis" in between:
            return _side(second), _side(first)
    return None


def _side(mention: Mention) -> _Side:
    return _Side(mention.number, mention.decimals, mention.text)


def _check_gap(text: str, gap: Mention, own: _Side, other: _Side) -> list[Finding]:
    decimals = max(own.decimals, other.decimals)
    true = float(rounded(own.number, decimals) - rounded(other.number, decimals))
    findings = []
    if not agrees(gap, abs(true)) and not agrees(gap, true):
        right = _points(abs(true), decimals)
        wrong = french.number(gap.number, gap.decimals)
        words = f"l’écart entre {own.text} et {other.text} est de {right} et non {wrong}"
        findings.append(Finding(gap.start, gap.end, gap.text, Problem.GAP, words, right))
    said = _direction(text, gap)
    if said and true and said != (1 if true > 0 else -1):
        side = "supérieur" if true > 0 else "inférieur"
        words = f"{own.text} est {side} à {other.text}"
        findings.append(Finding(gap.start, gap.end, gap.text, Problem.DIRECTION, words))
    return findings


def _points(number: float, decimals: int) -> str:
    shown = french.number(number, decimals).removesuffix(",0")
    return f"{shown}\u00a0point{'s' if number >= 2 else ''}"


def _direction(text: str, gap: Mention) -> int:
    """+1 or -1 for the words of direction nearest to the gap, 0 if there are none."""
    before, after = fold(text[max(0, gap.start - 60) : gap.start]), fold(text[gap.end : gap.end + 30])
    found: list[tuple[int, int]] = []
    for pattern, sign in ((_UP, 1), (_DOWN, -1), (_ROSE, 1), (_FELL, -1)):
        found += [(len(before) - match.end(), sign) for match in pattern.finditer(before)]
        found += [(match.start(), sign) for match in pattern.finditer(after)]
    return min(found)[1] if found else 0


def share_findings(text: str, mentions: Sequence[Mention]) -> list[Finding]:
    """Check « 23 sur 45 (51,1 %) » and « de 1 075 à 943, soit −12,3 % »."""
    findings: list[Finding] = []
    for first, second, third in zip(mentions, mentions[1:], mentions[2:], strict=False):
        if (
            third.unit != PERCENT
            or PERCENT in (first.unit, second.unit)
            or POINT in (first.unit, second.unit)
        ):
            continue
        between, after = fold(text[first.end : second.start]), fold(text[second.end : third.start])
        if not _THAT_IS.match(after):
            continue
        if _OUT_OF.match(f"{between} ") and second.number:
            findings += _check_share(first, second, third)
        elif _FROM_TO.match(between) and first.number:
            findings += _check_change(first, second, third)
    return findings


def _check_share(part: Mention, whole: Mention, share: Mention) -> list[Finding]:
    true = part.number / whole.number * 100
    if agrees(share, true):
        return []
    right = french.percent(true, max(share.decimals, 1))
    words = f"{part.text} sur {whole.text} font {right} et non {share.text}"
    return [Finding(share.start, share.end, share.text, Problem.SHARE, words, right)]


def _check_change(first: Mention, second: Mention, change: Mention) -> list[Finding]:
    true = (second.number - first.number) / first.number * 100
    if agrees(change, true) or agrees(change, abs(true)):
        return []
    decimals = max(change.decimals, 1)
    right = f"{french.number(true, decimals, signed=True)}{THIN}%".replace("-", MINUS)
    words = f"de {first.text} à {second.text}, l’évolution est de {right} et non {change.text}"
    return [Finding(change.start, change.end, change.text, Problem.CHANGE, words, right)]
