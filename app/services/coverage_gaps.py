"""Rules of maillage and their gaps, as lists and as files."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.coverage import Criterion
from app.domain.coverage_reach import Reach
from app.domain.coverage_scene import Scene
from app.domain.maillage import Gap, GapCertainty, Rule
from app.domain.maillage_gaps import RuleResult, Terms, apply_rule, knowledges_of
from app.domain.territory import Level
from app.services.coverage_core import CoverageCore
from app.services.coverage_read import today

if TYPE_CHECKING:
    from app.changes import Changes
    from app.domain.coverage_ground import Ground


class CoverageGaps(CoverageCore):
    """What the sub-page « Maillage » and the command `lacunes` ask."""

    def rules(self, *, active_only: bool = False, on: datetime.date | None = None) -> list[Rule]:
        """Rules delivered, changed and added; active_only: those in force on a day."""
        day = on or today()
        return [rule for rule in self._store.rules() if not active_only or rule.lives(day)]

    def rule(self, code: str) -> Rule:
        """One rule. Raises UnknownRule."""
        return self._store.rule(code)

    def save_rule(self, rule: Rule) -> Changes:
        """Add or change a rule, as its next version. Raises BadRule."""
        return self._store.save_rule(rule)

    def remove_rule(self, code: str) -> Changes:
        """Remove a rule, or give a delivered one back its first words. Raises UnknownRule."""
        return self._store.remove_rule(code)

    def results(
        self,
        rule: str | None = None,
        departement: str | None = None,
        *,
        on: datetime.date | None = None,
        effective: bool = False,
    ) -> list[RuleResult]:
        """Each rule in force applied to the scope, or to one département.

        rule: one rule only, even if it is not in force. Raises UnknownRule, UnknownTerritory.
        """
        if departement is not None:
            self._territory.require_departement(departement)
        day = on or today()
        rules = [self.rule(rule)] if rule is not None else self.rules(active_only=True, on=day)
        return [self._apply(one, departement, day, effective=effective) for one in rules]

    def gaps(
        self,
        rule: str | None = None,
        departement: str | None = None,
        *,
        on: datetime.date | None = None,
        effective: bool = False,
        certainty: str | None = None,
    ) -> list[Gap]:
        """Territories where a rule is not met, then those where nobody knows, rule by rule.

        certainty: « manque » or « inconnu » only. Raises UnknownRule, UnknownTerritory.
        """
        found = [
            gap
            for result in self.results(rule, departement, on=on, effective=effective)
            for gap in sorted(result.gaps, key=lambda gap: gap.certainty is GapCertainty.UNKNOWN)
        ]
        return [gap for gap in found if certainty is None or gap.certainty.value == certainty]

    def _apply(
        self, rule: Rule, departement: str | None, day: datetime.date, *, effective: bool
    ) -> RuleResult:
        ground = self._reader.ground(rule.level, departement)
        homes = self._reader.departement_of(ground.areas)
        areas = tuple(
            area
            for area in ground.areas
            if rule.applies_to(homes[area.code]) and (departement is None or homes[area.code] == departement)
        )
        ground = replace(ground, areas=areas)
        evidence = self._reader.evidence(day.year, day, ground, rule.kinds)
        knowledges = knowledges_of(rule, evidence)
        values = self.parameters()
        scene = Scene(
            level=rule.level,
            evidence=evidence,
            knowledges=knowledges,
            ground=ground,
            reach=Reach(knowledges, ground, Criterion(), effective=effective),
            effective=effective,
            children=self._reader.children(3, ground, day.year),
            children_6=self._reader.children(6, ground, day.year),
            rpe_population=values["rpe_population"],
            licence_months=values["licence_months"],
        )
        result = apply_rule(rule, scene, self._terms(values, homes, ground))
        return replace(result, gaps=tuple(self._placed(gap) for gap in result.gaps))

    def _placed(self, gap: Gap) -> Gap:
        """Say it when an Epci has a part only in the scope: another Caf may hold the answer."""
        note = self._territory.scope_note(gap.code) if gap.level is Level.EPCI else ""
        if not note:
            return gap
        reason = f"{gap.reason} {note[:1].upper()}{note[1:]}."
        return replace(gap, reason=reason, draft=replace(gap.draft, constat=reason))

    def _terms(self, values: dict[str, float], homes: dict[str, str], ground: Ground) -> Terms:
        return Terms(
            population=values["rpe_population"],
            rural=values["rural_largest_commune"],
            ratio=values["rpe_am_per_etp"],
            departement_of=homes,
            epci_of=ground.epci_of,
        )

    def export_gaps(self, gaps: list[Gap], path: Path) -> None:
        """Write gaps to .csv or .xlsx, with their sources. Raises WriteRefused."""
        from app.services.coverage_export import write_gaps

        write_gaps(gaps, path, today(), self._territory.reference)
