"""The plan of a diagnostic: order, sections on and off, status, profiles."""

from __future__ import annotations

import pytest

from app.domain import diagnostic as rules
from app.domain.diagnostic import DiagnosticStatus, PlannedSection
from app.domain.diagnostic_errors import (
    DiagnosticRefused,
    ForbiddenDiagnosticStatus,
    UnknownProfile,
    UnknownSection,
)

PLAN = rules.default_plan()


def codes(plan: tuple[PlannedSection, ...]) -> list[str]:
    return [section.code for section in plan if section.enabled]


def test_the_model_holds_the_numbered_sections_in_order() -> None:
    numbers = [kind.number for kind in rules.section_kinds().values() if kind.number]
    assert numbers == [str(n) for n in range(12)]
    assert all(section.enabled for section in PLAN)


def test_a_section_moves_and_stays_inside_the_plan() -> None:
    assert codes(rules.moved(PLAN, "glossaire", 0))[0] == "glossaire"
    assert codes(rules.moved(PLAN, "synthese", 99))[-1] == "synthese"
    assert len(rules.moved(PLAN, "portrait", -3)) == len(PLAN)


def test_only_the_sections_asked_are_kept_in_the_order_asked() -> None:
    assert codes(rules.only(PLAN, ["maillage", "portrait", "maillage"])) == ["maillage", "portrait"]
    with pytest.raises(UnknownSection) as caught:
        rules.only(PLAN, ["zut"])
    assert "portrait" in caught.value.facts["known"]  # type: ignore[operator]


def test_a_section_is_edited_field_by_field() -> None:
    plan = rules.edited(PLAN, "portrait", text="Texte", enabled=False, title="Le territoire")
    assert rules.found(plan, "portrait") == PlannedSection("portrait", False, "Texte", "Le territoire")
    with pytest.raises(DiagnosticRefused):
        rules.edited(PLAN, "portrait", couleur="rouge")
    with pytest.raises(DiagnosticRefused):
        rules.edited(PLAN, "portrait", text="x" * (rules.LONGEST_TEXT + 1))
    with pytest.raises(UnknownSection):
        rules.edited(PLAN, "zut", text="")


def test_a_stored_plan_gets_new_sections_switched_off_and_loses_old_ones() -> None:
    plan = rules.completed([PlannedSection("portrait"), PlannedSection("ancienne")])
    assert codes(plan) == ["portrait"]
    assert {section.code for section in plan} == set(rules.section_kinds())


def test_a_validated_diagnostic_only_goes_back_to_a_draft() -> None:
    project, validated = DiagnosticStatus.PROJECT, DiagnosticStatus.VALIDATED
    assert rules.next_status(project, validated) is validated
    assert rules.next_status(validated, project) is project
    with pytest.raises(ForbiddenDiagnosticStatus):
        rules.next_status(validated, validated)


def test_profiles_are_three() -> None:
    assert [rules.check_profile(code) for code in ("caf", "partenaire", "public")]
    with pytest.raises(UnknownProfile):
        rules.check_profile("voisin")
