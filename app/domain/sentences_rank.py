"""Position of a territory among others, said from the highest, with ties and unknown ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from app.domain import french
from app.domain.french import THIN
from app.domain.indicator import Value
from app.domain.sentences import Figure, Sentence, said
from app.domain.sentences_words import Noun, cardinal, noun_of, ordinal, rounded


@dataclass(frozen=True, slots=True)
class Ranking:
    """Position among territories: rank 1 for the highest printed number, equal ones share it."""

    rank: int
    count: int
    tied: tuple[str, ...]
    low: float
    median: float
    high: float
    unknown: int = 0


def rank_among(numbers: Mapping[str, float | None], own: str, decimals: int) -> Ranking | None:
    """Rank one territory among others by name; None when it has no number."""
    held = {name: rounded(x, decimals) for name, x in numbers.items() if x is not None and x == x}
    if own not in held:
        return None
    mine, every = held[own], [float(x) for x in held.values()]
    return Ranking(
        rank=sum(x > mine for x in held.values()) + 1,
        count=len(held),
        tied=tuple(sorted(name for name, x in held.items() if x == mine and name != own)),
        low=min(every),
        median=float(median(every)),
        high=max(every),
        unknown=len(numbers) - len(held),
    )


def rank_sentence(
    value: Value, ranking: Ranking, group: str, subject: str = "", peers: Sequence[Value] = ()
) -> Sentence:
    """Say the rank, from the highest: « troisième sur huit », ties, spread and unknown ones.

    group: « EPCI des Deux-Sèvres », a plural noun without article. peers: values of all of them, ranked
    ones included, which the spread is then traced to.
    """
    noun = noun_of(value.indicator)
    if ranking.count == 1:
        return said(f"aucun autre des {group} n’a de valeur connue pour cet indicateur")
    where = _rank_words(ranking, noun, group)
    text = f"{subject or noun.pronoun} {noun.be} {where}"
    if ranking.tied:
        text += f", à égalité avec {french.listing(ranking.tied)}"
    low, middle, high = (
        french.number(x, value.indicator.decimals) for x in (ranking.low, ranking.median, ranking.high)
    )
    spread = Figure(
        f"{low} à {high} (médiane {middle})",
        tuple(peers),
        f"{ranking.count} valeurs, de {low} à {high}, médiane {middle}" if peers else "",
        f"dispersion des {group}",
    )
    end = ""
    if ranking.unknown:
        s = "s" if ranking.unknown > 1 else ""
        end = f", {cardinal(ranking.unknown)} territoire{s} n’étant pas connu{s}"
    return said(f"{text}{THIN}; les valeurs vont de ", spread, end)


def _rank_words(ranking: Ranking, noun: Noun, group: str) -> str:
    among = f"des {cardinal(ranking.count)} {group}"
    if ranking.low == ranking.high:
        return f"au même niveau dans l’ensemble {among}"
    the = "les" if noun.plural else "la" if noun.feminine else "le"
    if ranking.rank == 1:
        return f"{the} plus élevé{noun.ending} {among}"
    if ranking.rank + len(ranking.tied) == ranking.count:
        return f"{the} plus {_low(noun)} {among}"
    return f"{ordinal(ranking.rank)} {among}, du plus élevé au plus bas"


def _low(noun: Noun) -> str:
    if not noun.feminine:
        return "bas"
    return "basses" if noun.plural else "basse"
