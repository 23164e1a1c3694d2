"""What « Maillage » reads: the rules, the one chosen applied to its territories, every gap. No Qt here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.coverage import Answer
from app.domain.coverage_errors import UnknownRule
from app.domain.french import long_date
from app.domain.maillage import GapCertainty, Measure
from app.domain.maillage_words import amount_text
from app.domain.register_lists import load_kinds
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.domain.maillage import Gap, Rule
    from app.domain.maillage_gaps import RuleResult
    from app.progress import Progress
    from app.services import Services
    from maps.choropleth import Choropleth

CTG_THEMES = {"animation_vie_sociale": "vie_sociale"}
"""Themes of the register that a CTG names otherwise."""
FAR_YEAR = 9999
"""A year whose end is after today: the services then read today."""


@dataclass(frozen=True, slots=True)
class GapsWish:
    """What is asked; rule: code of the one on the map, empty for the first."""

    rule: str = ""
    departement: str | None = None
    effective: bool = False


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule and how it stands; result None when it was not applied, live: in force today."""

    rule: Rule
    result: RuleResult | None
    live: bool = True

    def count(self, answer: Answer) -> int:
        """Territories with that answer."""
        return 0 if self.result is None else self.result.count(answer)


@dataclass(frozen=True, slots=True)
class CtgChoice:
    """A convention that may take a fiche."""

    uuid: str
    name: str
    epcis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GapsAnswer:
    """Rules, gaps and the map of one rule; choropleth None when there is no rule."""

    wish: GapsWish
    lines: tuple[RuleLine, ...]
    on: datetime.date
    choropleth: Choropleth | None
    conventions: tuple[CtgChoice, ...]

    @property
    def chosen(self) -> RuleLine | None:
        """The rule on the map."""
        return next((line for line in self.lines if line.rule.code == self.wish.rule), None)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Gaps of every rule in force."""
        return tuple(gap for line in self.lines if line.result and line.live for gap in line.result.gaps)

    def gaps_of(self, code: str) -> tuple[Gap, ...]:
        """Gaps of one rule, in force or not."""
        lines = (line for line in self.lines if line.rule.code == code and line.result)
        return tuple(gap for line in lines if line.result for gap in line.result.gaps)


def read_gaps(services: Services, wish: GapsWish, _progress: Progress) -> GapsAnswer:
    """Apply every rule in force, and the chosen one even if it is not; draw its map."""
    coverage = services.coverage
    on = coverage.day(FAR_YEAR)
    rules = coverage.rules()
    live = coverage.results(departement=wish.departement, on=on, effective=wish.effective)
    by_code = {result.rule.code: result for result in live}
    code = wish.rule if wish.rule in {rule.code for rule in rules} else _first(rules, by_code)
    if code and code not in by_code:
        try:
            one = coverage.results(code, wish.departement, on=on, effective=wish.effective)
        except UnknownRule:
            one = []
        by_code.update({result.rule.code: result for result in one})
    lines = tuple(RuleLine(rule, by_code.get(rule.code), rule.lives(on)) for rule in rules)
    chosen = GapsWish(code, wish.departement, wish.effective)
    result = by_code.get(code)
    made = None if result is None else _map(services, result, wish.departement, on)
    return GapsAnswer(chosen, lines, on, made, _conventions(services, wish.departement, on))


def _first(rules: list[Rule], results: dict[str, RuleResult]) -> str:
    """The first rule that has something to say, else the first of all."""
    told = [rule.code for rule in rules if rule.code in results and results[rule.code].gaps]
    return told[0] if told else rules[0].code if rules else ""


def _map(services: Services, result: RuleResult, departement: str | None, on: datetime.date) -> Choropleth:
    from app.services.maps import narrowed
    from maps.gaps import gap_map

    territory = services.territory
    codes = tuple(epci.code for epci in territory.epcis(departement))
    fond = narrowed(services.outlines.fond(), codes, departement)
    wanted = [departement] if departement else [dep.code for dep in territory.departements()]
    where = " et ".join(territory.reference.departement(code).name for code in wanted)
    groups = None
    if result.rule.level is Level.ARRONDISSEMENT:
        groups = _arrondissements(services, wanted)
    return gap_map(fond, result, where=where, groups=groups, day=long_date(on))


def _arrondissements(services: Services, departements: list[str]) -> dict[str, tuple[str, list[str]]]:
    reference = services.territory.reference
    found: dict[str, tuple[str, list[str]]] = {}
    for departement in departements:
        for commune in reference.communes(departement=departement):
            code = commune.code_arrondissement
            if code:
                name = reference.name(Level.ARRONDISSEMENT, code)
                found.setdefault(code, (name, []))[1].append(commune.code)
    return found


def _conventions(services: Services, departement: str | None, on: datetime.date) -> tuple[CtgChoice, ...]:
    rows = services.ctg.rows(on, departement=departement)
    return tuple(CtgChoice(row.uuid, row.name, row.codes_epci) for row in rows)


def line_words(line: RuleLine) -> str:
    """« 3 manques, 5 inconnus, 1 respectée », or why nothing is said."""
    from ui.labels_coverage import BLOCKED

    if not line.live or line.result is None:
        return "Inactive" if not line.rule.active else "Hors de sa période"
    if line.result.blocked:
        return BLOCKED[line.result.blocked]
    missing, unknown, met = (line.count(a) for a in (Answer.NO, Answer.UNKNOWN, Answer.YES))
    parts = (
        (missing, "manque", "manques"), (unknown, "inconnu", "inconnus"), (met, "respecté", "respectés"),
    )  # fmt: skip
    return ", ".join(f"{count}\u00a0{one if count < 2 else many}" for count, one, many in parts if count)


def amount(gap: Gap, number: float | None) -> str | None:
    """« 2 structures », None for an absence."""
    return None if number is None else amount_text(number, Measure(gap.rule.measure))


def convention_for(answer: GapsAnswer, gap: Gap) -> str:
    """The convention that covers the territory of a gap, else the first; empty without any."""
    code = gap.draft.code_epci
    fits = [one.uuid for one in answer.conventions if code and code in one.epcis]
    return fits[0] if fits else answer.conventions[0].uuid if answer.conventions else ""


def is_missing(gap: Gap) -> bool:
    """True for a gap that is sure."""
    return gap.certainty is GapCertainty.MISSING


def theme_of(gap: Gap) -> str:
    """Theme of a CTG for the fiche of a gap; the register groups services under words of its own."""
    kinds = load_kinds()
    first = gap.rule.kinds[0] if gap.rule.kinds else ""
    theme = gap.draft.theme or (kinds[first].theme if first in kinds else "")
    return CTG_THEMES.get(theme, theme)


def covered(answer: GapsAnswer, convention: str, gap: Gap) -> bool:
    """True when a convention covers the Epci of a gap, or when that of the gap is not one."""
    code = gap.draft.code_epci
    return not code or any(one.uuid == convention and code in one.epcis for one in answer.conventions)
