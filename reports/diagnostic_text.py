"""Sentences and values of a diagnostic turned into the traced texts of the booklet engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.french import fold
from app.domain.indicator import Value
from app.domain.numbers import parse_number
from app.domain.sentences import Figure, Sentence
from reports.diagnostic_content import Head
from reports.kit.printed import Inline, Printed, Run, Text, traced


def printed(value: Value, head: Head) -> Printed:
    """Return a value with the name of its territory."""
    return traced(value, head.names.get((value.level, value.code), value.code))


def figure_text(figure: Figure, head: Head) -> Printed:
    """Return a figure of a sentence: the value itself, or a computation with its parts."""
    parts = tuple(printed(value, head) for value in figure.values)
    if len(parts) == 1 and not figure.formula:
        return replace(parts[0], text=figure.text)
    first = parts[0] if parts else Printed(figure.text)
    return Printed(
        text=figure.text,
        number=_number(figure.text),
        indicator=first.indicator,
        label=f"{first.label}, calcul" if first.label else "calcul",
        level=first.level,
        code=first.code,
        territory=first.territory,
        year=first.year,
        series=f"calcul {fold(figure.formula)}",
        formula=figure.formula,
        estimated=any(part.estimated for part in parts),
        fictitious=any(part.fictitious for part in parts),
        parts=parts,
    )


def _number(text: str) -> float | None:
    """Return the first number of a text such as « 11,5 points » or « de 12,3 %, soit 132 »."""
    kept = "".join(sign if sign.isdigit() or sign in ",\u202f\u2212" else "|" for sign in text)
    for piece in kept.split("|"):
        number = parse_number(piece.strip(",\u202f"))
        if number is not None:
            return number
    return None


def inline(pieces: Iterable[str | Figure], head: Head, *, bold: bool = False) -> tuple[Inline, ...]:
    """Return words and figures as a text of the engine; bold: the first figure stands out."""
    found: list[Inline] = []
    for piece in pieces:
        if isinstance(piece, str):
            found.append(Run(piece, bold=True) if bold and not found and len(piece) < 3 else piece)
        else:
            found.append(figure_text(piece, head))
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
            paragraphs[-1].append(figure_text(piece, head))
            continue
        for rank, part in enumerate(piece.replace("\r\n", "\n").split("\n\n")):
            if rank:
                paragraphs.append([])
            if part:
                paragraphs[-1].append(part)
    return [tuple(found) for found in paragraphs if any(not isinstance(x, str) or x.strip() for x in found)]
