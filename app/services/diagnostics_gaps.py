"""Rules of maillage applied to one Epci: what is met, what is missing, what nobody knows, and the map."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from app.domain import french
from app.domain.coverage import OWN_SOURCE, Answer
from app.domain.french import NBSP, THIN
from app.domain.indicator import Direction, Indicator, Kind, Series, ValueState
from app.domain.maillage import Gap, GapCertainty
from app.domain.sentences import said
from app.domain.sentences_names import commune_place
from app.domain.territory import Level
from app.services.secrecy_gaps import safe_results

if TYPE_CHECKING:
    from app.domain.maillage_gaps import RuleResult
    from app.services.diagnostics_guard import MinderMasks
    from app.services.diagnostics_study import Study
    from maps.choropleth import Choropleth
    from reports.diagnostic_content import Item
    from reports.kit.blocks import Row, Table

MISSED = Indicator(
    code="regles_non_remplies",
    label="Règles de maillage non remplies",
    short_label="Règles non remplies",
    theme="Maillage",
    definition="Règles en vigueur dont on sait qu’elles ne sont pas remplies, dans l’EPCI ou ses communes.",
    numerator="Règles non remplies",
    denominator="",
    unit="règles",
    decimals=0,
    kind=Kind.RATIO,
    direction=Direction.DOWN,
    source=OWN_SOURCE,
    masking="Aucun",
    valid_from="",
)
"""A count of visible rules, never a score: each of them is listed beside the map."""
CHIPS = {
    Answer.YES: ("atteinte", "remplie"),
    Answer.NO: ("non_atteinte", "non remplie"),
    Answer.UNKNOWN: ("pas_de_donnee", "non connu"),
}
MANY = 4
"""Territories of a rule beyond which those that meet it are only counted."""


class RuleSource(Protocol):
    """What is asked of the rules."""

    def results(
        self, rule: str | None = None, departement: str | None = None, *, on: datetime.date | None = None
    ) -> list[RuleResult]:
        """Each rule in force applied to a département."""
        ...


@dataclass(frozen=True, slots=True)
class _Answers:
    """A rule in the territories of one Epci."""

    result: RuleResult
    answers: tuple[tuple[str, Answer], ...]
    gaps: dict[str, Gap]


class GapSections:
    """Builds the section of the gaps."""

    def __init__(self, rules: RuleSource | None, minders: Callable[[Study], MinderMasks]) -> None:
        """minders: masks of the counts of childminders, which what is expected would tell."""
        self._rules = rules
        self._minders = minders

    def items(self, study: Study) -> list[Item]:
        """The sentence, the table rule by rule, the map of the département, what could be a fiche action."""
        from reports.diagnostic_content import Absent, Framed, MapItem
        from reports.diagnostic_items import Ready

        if self._rules is None:
            return [Absent("Règles de maillage", "ouvrir la page Maillage et choisir des règles")]
        results = self._results(study)
        found = [one for result in results if (one := _inside(result, study)).answers]
        if not found:
            return [Absent("Règles de maillage applicables à ce territoire", "en choisir dans Maillage")]
        words = "Une absence d’information n’est pas un manque. Chaque règle se modifie dans Maillage."
        items: list[Item] = [*self._summary(found), Ready((_table(found, study),)), Framed(words, "note")]
        drawn = self._map(study, results)
        if drawn is not None:
            caption = "Règles de maillage non remplies, par EPCI"
            items.append(MapItem(drawn, caption, key="carte_maillage"))
        return [*items, *self._drafts(found)]

    def _results(self, study: Study) -> list[RuleResult]:
        source, on, departement = self._rules, study.on, study.departement
        if source is None:
            return []

        def read() -> list[RuleResult]:
            return safe_results(source.results(None, departement, on=on), self._minders(study))

        return study.once(("rules", departement, on), read)

    def _summary(self, found: Sequence[_Answers]) -> list[Item]:
        from reports.diagnostic_content import Said

        counts = {answer: 0 for answer in Answer}
        for one in found:
            counts[_worst(answer for _, answer in one.answers)] += 1
        many = french.plural(len(found), "règle")
        words = [
            f"{counts[Answer.YES]} {_agreed('remplie', counts[Answer.YES])}",
            f"{counts[Answer.NO]} {_agreed('non remplie', counts[Answer.NO])}",
            f"{counts[Answer.UNKNOWN]} sans réponse",
        ]
        start = "s’applique" if len(found) < 2 else "s’appliquent"
        return [Said((said(f"{many} {start} au territoire{THIN}: {french.listing(words)}"),), lead=True)]

    def _drafts(self, found: Sequence[_Answers]) -> list[Item]:
        """Titles of the fiches that would answer what is missing for sure."""
        from reports.diagnostic_content import Points, Title

        drafts = [gap.draft.title for one in found for gap in one.gaps.values() if _is_missing(gap)]
        if not drafts:
            return []
        return [Title("Pistes de fiches action"), Points(tuple(dict.fromkeys(drafts)))]

    # -- map ----------------------------------------------------------------------------------------

    def _map(self, study: Study, results: Sequence[RuleResult]) -> Choropleth | None:
        """How many rules are surely not met in each Epci; no data where no rule could be answered."""
        from maps.build import build_choropleth
        from maps.choropleth import Mark
        from maps.compose import with_layers
        from maps.layers import Flags

        numbers = [_missed(results, study, epci.code) for epci in study.peers]
        known = [number for number in numbers if number is not None]
        if not known:
            return None
        top = max(*known, 2)
        series = Series(
            indicator=MISSED,
            level=Level.EPCI,
            year=study.on.year,
            codes=tuple(epci.code for epci in study.peers),
            numbers=np.array([np.nan if n is None else float(n) for n in numbers]),
            states=np.array([_state(n) for n in numbers], dtype=np.uint8),
            sources=("règles de maillage de la base, registre et fichiers importés",),
        )
        title = f"{MISSED.label} au {french.short_date(study.on)}, {study.departement_place.name}"
        made = build_choropleth(
            study.maps.ground(study.departement),
            series,
            level=Level.EPCI,
            title=title,
            bounds=tuple(float(n) for n in range(top + 2)),
            palette="terre",
            mark=Mark.AREA,
            selected=study.epci.code,
        )
        labels = ("aucune", "une", "deux", "trois", "quatre", "cinq")
        words = tuple(labels[n] if n < len(labels) else str(n) for n in range(top + 1))
        missing = frozenset(code for code, n in zip(series.codes, numbers, strict=True) if n)
        note = "Les règles sans réponse ne sont pas comptées."
        flags = Flags("au moins une règle non remplie", missing) if missing else None
        return with_layers(replace(made, class_labels=words), flags=flags, notes=(note,))


def _state(number: int | None) -> int:
    """None is a class like the others here: the word « aucune » says it."""
    return int(ValueState.NO_DATA if number is None else ValueState.VALUE)


def _missed(results: Iterable[RuleResult], study: Study, epci: str) -> int | None:
    """Rules surely not met in an Epci or in one of its communes; None where no rule has an answer."""
    codes = {epci, *study.territory.members(Level.EPCI, epci)}
    missed, answered = 0, False
    for result in results:
        if result.rule.level not in (Level.EPCI, Level.COMMUNE):
            continue
        mine = [answer for code, answer in result.answers if code in codes]
        answered = answered or any(answer is not Answer.UNKNOWN for answer in mine)
        missed += Answer.NO in mine
    return missed if answered else None


def _inside(result: RuleResult, study: Study) -> _Answers:
    """A rule in the Epci, its communes, or the arrondissements it lies in."""
    communes = study.territory.communes(study.epci.code)
    codes = {study.epci.code, *(c.code for c in communes), *(c.code_arrondissement for c in communes)}
    answers = tuple((code, answer) for code, answer in result.answers if code in codes)
    return _Answers(result, answers, {gap.code: gap for gap in result.gaps if gap.code in codes})


def _worst(answers: Iterable[Answer]) -> Answer:
    held = set(answers)
    return next((one for one in (Answer.NO, Answer.UNKNOWN) if one in held), Answer.YES)


def _agreed(words: str, count: int) -> str:
    return words if count < 2 else f"{words}s"


def _is_missing(gap: Gap) -> bool:
    return gap.certainty is GapCertainty.MISSING


def _table(found: Sequence[_Answers], study: Study) -> Table:
    from reports.kit.blocks import Column
    from reports.kit.blocks import Table as Block

    rows = tuple(row for one in found for row in _rows(one, study))
    columns = (
        Column("Règle", width=0.27), Column("Territoire", width=0.17), Column("Réponse", width=0.13),
        Column("Constat", width=0.43),
    )  # fmt: skip
    return Block(columns, rows, "Règles de maillage appliquées au territoire", merge=1, key="tableau_regles")


def _rows(one: _Answers, study: Study) -> list[Row]:
    from reports.kit.blocks import Chip
    from reports.kit.blocks import Row as Line

    rule = one.result.rule
    shown = [(code, answer) for code, answer in one.answers if code in one.gaps or len(one.answers) <= MANY]
    rows = [
        Line((rule.label, _name(rule.level, code, study), Chip(*CHIPS[answer]), _finding(one, code)))
        for code, answer in shown
    ]
    left = len(one.answers) - len(shown)
    if left:
        words = f"{left}{NBSP}{'communes' if rule.level is Level.COMMUNE else 'territoires'}"
        rows.append(Line((rule.label, words, Chip(*CHIPS[Answer.YES]), f"Source{THIN}: {rule.source}.")))
    return rows


def _finding(one: _Answers, code: str) -> str:
    gap = one.gaps.get(code)
    if gap is None:
        return f"Source de la règle{THIN}: {one.result.rule.source}."
    return french.typographic(gap.reason)


def _name(level: Level, code: str, study: Study) -> str:
    name = study.names.get((level, code)) or study.territory.reference.name(level, code)
    return f"Arrondissement {commune_place(name).of}" if level is Level.ARRONDISSEMENT else name
