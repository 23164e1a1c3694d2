"""Sentences generated from figures: agreed grammar, honest words, each number with the values behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain import french
from app.domain.french import THIN
from app.domain.indicator import Kind, Value, ValueState
from app.domain.sentences_names import Place, capital
from app.domain.sentences_words import (
    Noun,
    gap,
    gap_words,
    measure,
    noun_of,
    number_words,
    within_rounding,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number inside a sentence, with the values it was made from: it bears the mark of its origin.

    name: what a computed number is (« écart avec les Deux-Sèvres »), empty for a value of the base.
    """

    text: str
    values: tuple[Value, ...]
    formula: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence ready to print: words and figures in order, full stop included."""

    pieces: tuple[str | Figure, ...]

    @property
    def text(self) -> str:
        """The sentence without its marks."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    @property
    def values(self) -> tuple[Value, ...]:
        """Every value behind the sentence."""
        return tuple(v for piece in self.pieces if isinstance(piece, Figure) for v in piece.values)


@dataclass(frozen=True, slots=True)
class Comparand:
    """What a value is compared with."""

    place: Place
    value: Value


def said(*pieces: str | Figure) -> Sentence:
    """Return a sentence with a first capital and a full stop."""
    kept = [piece for piece in pieces if piece]
    if kept and isinstance(kept[0], str):
        kept[0] = capital(kept[0])
    return Sentence((*kept, "."))


def figure(value: Value, text: str = "") -> Figure:
    """Return a value as a figure, with its number alone unless a text is given."""
    return Figure(text or number_words(value), (value,))


_MISSING = {
    ValueState.NO_DATA: f"{{not_}} pas connu{{e}}{THIN}: pas de donnée importée",
    ValueState.NOT_PUBLISHED: "{not_} pas publié{e} à cette maille par le producteur",
    ValueState.MASKED: "{be} masqué{e} (secret statistique)",
}


def missing_sentence(value: Value, place: Place) -> Sentence:
    """Say why a number is absent; an absence is never a zero."""
    noun = noun_of(value.indicator)
    words = _MISSING[value.state].format(be=noun.be, e=noun.ending, not_=noun.be_not)
    return said(f"en {value.year}, {noun.the} {place.of} {words}")


def value_sentence(value: Value, place: Place) -> Sentence:
    """Say a value with its year, its territory and its unit, or why it is absent."""
    if not value.state.is_known or value.number is None:
        return missing_sentence(value, place)
    noun = noun_of(value.indicator)
    if not noun.counted:
        text = f"en {value.year}, {noun.the} {place.of} {noun.be} de "
        return said(text, figure(value, measure(value)))
    verb = "comptent" if place.plural else "compte"
    if value.number == 0:
        none = "aucune" if noun.feminine_count else "aucun"
        return said(f"en {value.year}, {place.the} ne {verb} ", figure(value, f"{none} {noun.counted}"))
    return said(f"en {value.year}, {place.the} {verb} ", figure(value, measure(value)))


def comparison_sentence(value: Value, comparands: Sequence[Comparand], subject: str = "") -> Sentence | None:
    """Say how far a ratio is from others: « Il est supérieur de 3,6 points à celui des Deux-Sèvres (70,6) ».

    Counts are not compared with those of larger territories; unknown and other years are left out. None if
    nothing is left to say.
    """
    held = [c for c in comparands if c.value.number is not None and c.value.year == value.year]
    if value.number is None or not value.state.is_known or not held:
        return None
    if value.indicator.kind is Kind.STOCK:
        return _share_sentence(value, held[0])
    noun = noun_of(value.indicator)
    pieces: list[str | Figure] = [f"{subject or noun.pronoun} {noun.be} "]
    before = ""
    for rank, comparand in enumerate(held):
        side, words = _position(value, comparand, noun)
        joint = "" if rank == 0 else " et " if rank == len(held) - 1 else ", "
        first = words[0] if isinstance(words[0], str) else ""
        start = first.lstrip(", ") if side == before else side + first
        pieces += [joint + start, *words[1:], figure(comparand.value), ")"]
        before = side
    return said(*pieces)


def _position(value: Value, comparand: Comparand, noun: Noun) -> tuple[str, list[str | Figure]]:
    """Return « supérieur » and [« de », 3,6 points, « à celui des Deux-Sèvres ( »]."""
    decimals = value.indicator.decimals
    difference = gap(value.number or 0.0, comparand.value.number or 0.0, decimals)
    place = comparand.place
    target = f"à la médiane {place.of}" if place.average else f"à {noun.one_of} {place.of}"
    if not difference:
        return _equal(noun), [f" {target} ("]
    if within_rounding(difference, decimals):
        return f"comparable{'s' if noun.plural else ''}", [f", à l’arrondi près, {target} ("]
    side = "supérieur" if difference > 0 else "inférieur"
    texts = [french.number(x, decimals) for x in (value.number, comparand.value.number, float(difference))]
    formula = f"{texts[0]} {french.MINUS} {texts[1]} = {texts[2]}"
    words = gap_words(difference, decimals, noun)
    between = Figure(words, (value, comparand.value), formula, f"écart avec {place.the}")
    return f"{side}{noun.ending}", [" de ", between, f" {target} ("]


def _equal(noun: Noun) -> str:
    return "égaux" if noun.ending == "s" else f"égal{noun.ending}"


def _share_sentence(value: Value, whole: Comparand) -> Sentence | None:
    total = whole.value.number
    if not total or whole.place.average or value.number is None or not value.number:
        return None
    share = value.number / total * 100
    formula = f"{french.number(value.number)} ÷ {french.number(total)} × 100 = {french.percent(share)}"
    text = Figure(french.percent(share), (value, whole.value), formula, f"part {whole.place.of}")
    return said("cela représente ", text, f" du total {whole.place.of} (", figure(whole.value), ")")


def small_sentence(denominator: Value, least: float) -> Sentence | None:
    """Warn that a rate rests on few people; None when it does not."""
    if denominator.number is None or denominator.number >= least:
        return None
    count = figure(denominator, measure(denominator))
    return said("petit dénominateur, ", count, f"{THIN}: le taux varie fortement d’une année à l’autre")


def estimate_sentence(value: Value) -> Sentence | None:
    """Say that a number is an estimate; None when it was measured."""
    if not value.estimated or value.number is None:
        return None
    noun = noun_of(value.indicator)
    return said(f"{noun.the} {noun.be} une estimation" if not noun.plural else "ce nombre est une estimation")


def paragraph(sentences: Iterable[Sentence | None]) -> str:
    """Return the text of sentences that have something to say."""
    return " ".join(sentence.text for sentence in sentences if sentence is not None)
