"""Sentences and values of a diagnostic turned into the traced texts of the booklet engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.indicator import Value
from app.domain.numbers import parse_number
from app.domain.sentences import Figure, Sentence
from reports.diagnostic_content import Head
from reports.kit.printed import APPROXIMATELY, Inline, Printed, Text, traced


def printed(value: Value, head: Head) -> Printed:
    """Return a value with the name of its territory."""
    return traced(value, head.names.get((value.level, value.code), value.code))


def figure_text(figure: Figure, head: Head) -> tuple[Inline, ...]:
    """Return a figure of a sentence: the value itself and its unit, or a computation with its parts.

    The same value is the same number everywhere, so that it keeps one mark.
    """
    parts = tuple(printed(value, head) for value in figure.values)
    if not parts and not figure.formula:
        return (figure.text,)
    if len(parts) == 1 and not figure.formula:
        return _value_text(figure, parts[0])
    first = parts[0] if parts else Printed(figure.text)
    computed = Printed(
        text=figure.text,
        number=_number(figure.text),
        indicator=first.indicator,
        label=first.label,
        level=first.level,
        code=first.code,
        territory=first.territory,
        year=first.year,
        series=figure.name or "calcul",
        formula=figure.formula,
        estimated=any(part.estimated for part in parts),
        fictitious=any(part.fictitious for part in parts),
        parts=parts,
    )
    return (computed,)


def _value_text(figure: Figure, shown: Printed) -> tuple[Inline, ...]:
    """Split « 67,2 places pour 100 enfants » into the number and its unit; « environ 895 » into « ≈ 895 »."""
    bare = shown.text.removeprefix(APPROXIMATELY)
    before, found, after = figure.text.partition(bare)
    if not found:
        return (replace(shown, text=figure.text),)
    return tuple(piece for piece in (before.removeprefix("environ "), shown, after) if piece)


def _number(text: str) -> float | None:
    """Return the first number of a text such as « 11,5 points » or « de 12,3 %, soit 132 »."""
    kept = "".join(sign if sign.isdigit() or sign in ",\u202f\u2212" else "|" for sign in text)
    for piece in kept.split("|"):
        number = parse_number(piece.strip(",\u202f"))
        if number is not None:
            return number
    return None


def inline(pieces: Iterable[str | Figure], head: Head) -> tuple[Inline, ...]:
    """Return words and figures as a text of the engine."""
    found: list[Inline] = []
    for piece in pieces:
        found += [piece] if isinstance(piece, str) else figure_text(piece, head)
    return tuple(found)


def paragraph_text(sentences: Sequence[Sentence], head: Head) -> Text:
    """Return sentences one after the other, a space between them."""
    found: list[Inline] = []
    for sentence in sentences:
        if found:
            found.append(" ")
        found += inline(sentence.pieces, head)
    return tuple(found)


def own_paragraphs(pieces: Sequence[str | Figure], head: Head) -> list[Text]:
    """Return a typed text cut into paragraphs at empty lines, line breaks kept inside them."""
    paragraphs: list[list[Inline]] = [[]]
    for piece in pieces:
        if isinstance(piece, Figure):
            paragraphs[-1] += figure_text(piece, head)
            continue
        for rank, part in enumerate(piece.replace("\r\n", "\n").split("\n\n")):
            if rank:
                paragraphs.append([])
            if part:
                paragraphs[-1].append(part)
    return [tuple(found) for found in paragraphs if any(not isinstance(x, str) or x.strip() for x in found)]
