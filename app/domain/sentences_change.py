"""Sentences on what changes between two years, and on what each part brings to a total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.domain import french
from app.domain.french import NBSP, THIN
from app.domain.indicator import Value
from app.domain.sentences import Figure, Sentence, figure, said
from app.domain.sentences_names import Place
from app.domain.sentences_words import Noun, gap, gap_words, measure, noun_of, within_rounding


def evolution_sentence(before: Value, after: Value, place: Place) -> Sentence | None:
    """Say a change between two years, stable when rounding alone can explain it; None unless both known."""
    if before.number is None or after.number is None or before.year == after.year:
        return None
    noun, decimals = noun_of(after.indicator), after.indicator.decimals
    start = f"entre {before.year} et {after.year}, {noun.the} {place.of} {noun.have} "
    difference = gap(after.number, before.number, decimals)
    if not difference or within_rounding(difference, decimals):
        text = f"entre {before.year} et {after.year}, {noun.the} {place.of} {_stay(noun)} stable"
        text += f"{'s' if noun.plural else ''}{', à l’arrondi près' if difference else ''} ("
        return said(text, figure(before), " puis ", figure(after), ")")
    verb = "augmenté" if difference > 0 else "diminué"
    words = gap_words(difference, decimals, noun)
    detail = f"de {words}" if not noun.counted else _relative(before.number, after.number, words)
    name = f"évolution depuis {before.year}"
    values = Figure(detail, (before, after), _formula(before, after), name)
    return said(f"{start}{verb} ", values, " (de ", figure(before), " à ", figure(after), ")")


def _stay(noun: Noun) -> str:
    return f"{'sont' if noun.plural else 'est'} resté{noun.ending}"


def _relative(before: float, after: float, words: str) -> str:
    """Return « de 12,3 %, soit 132 » for a count, the count alone when it starts from zero."""
    if not before:
        return f"de {words}"
    return f"de {french.percent(abs(after - before) / before * 100)}, soit {words}"


def _formula(before: Value, after: Value) -> str:
    decimals = after.indicator.decimals
    difference = gap(after.number or 0.0, before.number or 0.0, decimals)
    texts = [french.number(x, decimals) for x in (after.number, before.number, float(difference))]
    return f"{texts[0]} {french.MINUS} {texts[1]} = {texts[2]}"


def shares_sentence(total: Value, parts: Iterable[Value], names: Mapping[str, str]) -> Sentence | None:
    """Say what each part brings to a total, largest first: parts are true percentages of the places.

    names: « les assistants maternels » by indicator code. None unless total and every part are known.
    """
    known = list(parts)
    if not total.number or not known or any(part.number is None for part in known):
        return None
    ordered = sorted(known, key=lambda part: -(part.number or 0.0))
    pieces: list[str | Figure] = []
    for rank, part in enumerate(ordered):
        share = (part.number or 0.0) / total.number * 100
        shown = [french.number(x, total.indicator.decimals) for x in (part.number, total.number)]
        formula = f"{shown[0]} ÷ {shown[1]} × 100 = {french.percent(share, 0)}"
        joint = "" if rank == 0 else " et " if rank == len(ordered) - 1 else ", "
        name = names[part.indicator.code]
        verb = ("en assurent" if name.startswith("les ") else "en assure") if rank == 0 else ""
        words = f"{name} {verb}".rstrip()
        pieces += [
            f"{joint}{words} ",
            Figure(_percent_or_none(part.number, share), (part, total), formula, "part de l’ensemble"),
        ]
    return said(*pieces)


def _percent_or_none(number: float | None, share: float) -> str:
    if not number:
        return "aucune place"
    return "moins de 1" + THIN + "%" if share < 0.5 else french.percent(share, 0)


def counts_sentence(values: Sequence[Value], place: Place) -> Sentence | None:
    """« En 2025, la CA du Niortais compte 19 Eaje et aucun Rpe. », for known counts of one year."""
    held = [value for value in values if value.number is not None and noun_of(value.indicator).counted]
    if not held:
        return None
    verb = "comptent" if place.plural else "compte"
    pieces: list[str | Figure] = [f"en {held[0].year}, {place.the} {verb} "]
    for rank, value in enumerate(held):
        joint = "" if rank == 0 else " et " if rank == len(held) - 1 else ", "
        noun = noun_of(value.indicator)
        none = f"{'aucune' if noun.feminine_count else 'aucun'} {noun.counted}"
        pieces += [joint, figure(value, measure(value) if value.number else none)]
    return said(*pieces)


def years_words(years: Sequence[int]) -> str:
    """Return « en 2023 », « de 2023 à 2025 », « en 2019, 2021 et 2023 »."""
    if len(years) < 2:
        return f"en{NBSP}{years[0]}" if years else ""
    if years[-1] - years[0] == len(years) - 1:
        return f"de {years[0]} à {years[-1]}"
    return f"en {french.listing([str(year) for year in years])}"
