"""From evidence to the coverage of a network: rows, shares, the figure a map shows, what must be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.coverage import (
    Certainty,
    Criterion,
    Network,
    NetworkCoverage,
    Share,
    TerritoryCoverage,
    share_of,
)
from app.domain.coverage_cells import Cell, to_value
from app.domain.coverage_compare import compare
from app.domain.coverage_figures import cells_of
from app.domain.coverage_knowledge import Knowledge
from app.domain.coverage_lists import FigureLine, NetworkInfo, load_figures
from app.domain.coverage_reach import Reach
from app.domain.coverage_scene import Scene
from app.domain.coverage_words import coverage_notes

if TYPE_CHECKING:
    from app.domain.children import ChildrenChoice
    from app.domain.coverage_ground import Area, Ground
    from app.domain.coverage_knowledge import Evidence
    from app.domain.indicator import Indicator, Value
    from app.domain.register import KnownTotal

Official = Mapping[tuple[str, str], "Value"]
"""(code of the territory, code of the indicator) to its official value."""


@dataclass(frozen=True)
class Question:
    """What is asked, with everything needed to answer."""

    info: NetworkInfo
    year: int
    ground: Ground
    evidence: Evidence
    criterion: Criterion
    effective: bool
    official: Official
    children: ChildrenChoice
    children_6: ChildrenChoice
    rpe_population: float
    licence_months: float
    small_denominator: float
    main: str | None = None
    """Figure wanted on the map, None to let the rule choose."""


def scene_of(question: Question, *, effective: bool | None = None) -> Scene:
    """The scene of a question, with the offer asked or the other one."""
    chosen = question.effective if effective is None else effective
    knowledges = tuple(Knowledge(question.evidence, group) for group in question.info.counted)
    return Scene(
        level=question.ground.level,
        evidence=question.evidence,
        knowledges=knowledges,
        ground=question.ground,
        reach=Reach(knowledges, question.ground, question.criterion, effective=chosen),
        effective=chosen,
        children=question.children,
        children_6=question.children_6,
        rpe_population=question.rpe_population,
        licence_months=question.licence_months,
    )


def build_coverage(question: Question) -> NetworkCoverage:
    """Answer a question: one row for each territory of the ground, in its order."""
    lines = load_figures(question.info.code, question.evidence.on)
    nominal, effective = scene_of(question, effective=False), scene_of(question, effective=True)
    rows = tuple(_row(question, nominal, effective, area, lines) for area in question.ground.areas)
    coverage = NetworkCoverage(
        network=question.info.code,
        label=question.info.title,
        year=question.year,
        on=question.evidence.on,
        level=question.ground.level,
        criterion=question.criterion,
        effective=question.effective,
        main=lines[0].indicator.code,
        figures=tuple(line.indicator for line in lines),
        rows=rows,
        territories=share_of((row.nominal_answer, 1.0) for row in rows),
        population=share_of((row.nominal_answer, row.population) for row in rows),
        territories_effective=share_of((row.effective_answer, 1.0) for row in rows),
        population_effective=share_of((row.effective_answer, row.population) for row in rows),
        communes=_sum(row.communes for row in rows),
        people=_sum(row.people for row in rows),
        totals=_wider_totals(nominal, question.ground),
        children=_children(question),
        sources=_sources(rows),
        fictitious=any(value.fictitious for row in rows for value in row.values),
    )
    return _finished(coverage, question, lines)


def _children(question: Question) -> ChildrenChoice | None:
    """The count of children that the figures of the network rest on."""
    if question.info.code is Network.AVS:
        return None
    return question.children_6 if question.info.code is Network.LAEP else question.children


def _sum(shares: Iterable[Share]) -> Share:
    total = Share()
    for share in shares:
        total = total + share
    return total


def _finished(
    coverage: NetworkCoverage, question: Question, lines: tuple[FigureLine, ...]
) -> NetworkCoverage:
    main = question.main or main_figure(coverage, lines)
    return replace(coverage, main=main, notes=_notes(coverage, question))


def main_figure(coverage: NetworkCoverage, lines: tuple[FigureLine, ...]) -> str:
    """The figure a map shows: the first in the order of the table that is exact for half of the territories.

    When none reaches half, the one that most territories know, exactly then at least, first among equals.
    """
    offered = [code for _, code in sorted((x.main, x.indicator.code) for x in lines if x.main is not None)]
    for code in offered:
        if coverage.exact(code) * 2 >= len(coverage.rows) > 0:
            return code
    return max(offered, key=lambda code: (coverage.exact(code), coverage.known(code)))


def _row(
    question: Question, nominal: Scene, effective: Scene, area: Area, lines: tuple[FigureLine, ...]
) -> TerritoryCoverage:
    scene = effective if question.effective else nominal
    count = nominal.reach.count(area, nominal.level)
    open_count = effective.reach.count(area, effective.level)
    cells = cells_of(question.info.code, scene, area)
    dictionary = {line.indicator.code: line.indicator for line in lines}
    values = {line.indicator.code: _value(question, area, line, cells, dictionary) for line in lines}
    communes, people = scene.reach.shares(area)
    children = question.children.number(area.code)
    return TerritoryCoverage(
        code=area.code,
        name=area.name,
        population=question.ground.population(area.members),
        count=count,
        effective=open_count,
        nominal_answer=nominal.reach.answer(area, count),
        effective_answer=effective.reach.answer(area, open_count),
        communes=communes,
        people=people,
        values=tuple(values.values()),
        certainties=tuple(_certainty(line, values, cells) for line in lines),
        comparisons=compare(scene, area, count, values, cells) if question.info.code is Network.EAJE else (),
        notes=_row_notes(question, nominal, area),
        small=children is not None and children < question.small_denominator,
    )


def _value(
    question: Question,
    area: Area,
    line: FigureLine,
    cells: Mapping[str, Cell],
    dictionary: Mapping[str, Indicator],
) -> Value:
    if line.official:
        return question.official[area.code, line.indicator.code]
    level = question.ground.level
    return to_value(cells, line.indicator, level, area.code, question.evidence.on.year, dictionary=dictionary)


def _certainty(line: FigureLine, values: Mapping[str, Value], cells: Mapping[str, Cell]) -> Certainty:
    if line.official:
        known = values[line.indicator.code].number is not None
        return Certainty.EXACT if known else Certainty.UNKNOWN
    cell = cells.get(line.indicator.code)
    return cell.certainty if cell is not None else Certainty.UNKNOWN


def _row_notes(question: Question, scene: Scene, area: Area) -> tuple[str, ...]:
    """What a reader must know of one territory."""
    notes = []
    for knowledge in scene.knowledges:
        reasons = {knowledge.whole.get(code) for code in area.members}
        if reasons == {"total"}:
            notes.append("Liste complète\u202f: le total connu est atteint par les structures nommées.")
        if reasons == {"declare"}:
            notes.append("Liste déclarée complète dans la base.")
    outside = [code for code in area.members if code not in question.ground.epci_of]
    if outside:
        notes.append(f"{french.plural(len(outside), 'commune')} hors du référentiel.")
    return tuple(dict.fromkeys(notes))


def _wider_totals(scene: Scene, ground: Ground) -> tuple[KnownTotal, ...]:
    """Totals of other levels that the register does not reach: told, never spread."""
    shown = {code for area in ground.areas for code in area.members}
    return tuple(
        total
        for knowledge in scene.knowledges
        for total in knowledge.totals()
        if total.level is not scene.level
        and not knowledge.is_reached(total)
        and shown.intersection(knowledge.communes_of(total.level, total.code))
    )


def _sources(rows: Iterable[TerritoryCoverage]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in rows:
        for value in row.values:
            if value.number is not None:
                found.update((origin.source, None) for origin in value.provenance if origin.source)
        if row.count.source:
            found[row.count.source] = None
    return tuple(found)


def _notes(coverage: NetworkCoverage, question: Question) -> tuple[str, ...]:
    """What must be printed beside the figures: meaning, sources of counts, what is not known."""
    return coverage_notes(coverage, question.info.at(question.evidence.on))
