"""What is known of a diagnostic before it leaves: models, options, states of sections, masked figures."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.diagnostic import DiagnosticOptions
from app.domain.diagnostic_errors import DiagnosticRefused
from app.domain.diagnostic_models import diagnostic_models, plan_of_model
from app.domain.groups import Group
from app.domain.register import Childminders
from app.domain.territory import Level
from app.services import Services
from app.services.diagnostics_review import review_of
from tests.services.diagnostic_cases import DAY, NIORTAIS, opened


@pytest.fixture
def services(demo_file: Path, tmp_path: Path) -> Iterator[Services]:
    yield from opened(demo_file, tmp_path, read_only=False)


def test_a_model_switches_its_sections_on() -> None:
    assert diagnostic_models()[0].code == "complet"
    assert all(section.enabled for section in plan_of_model("complet"))
    for model in diagnostic_models()[1:]:
        enabled = {section.code for section in plan_of_model(model.code) if section.enabled}
        assert enabled == set(model.sections)
    with pytest.raises(DiagnosticRefused):
        plan_of_model("zut")


def test_a_diagnostic_is_created_from_a_model_with_its_options(services: Services) -> None:
    service = services.diagnostics
    uuid, _ = service.create(NIORTAIS, model="synthese", options=DiagnosticOptions(date="2026-11-21"))
    assert [s.code for s in service.detail(uuid).plan if s.enabled] == ["synthese", "glossaire"]
    review = service.review(uuid)
    assert review.document.date == DAY
    assert [section.code for section in review.sections] == ["synthese", "glossaire"]


def test_each_section_says_what_it_holds_and_what_it_lacks(services: Services) -> None:
    sections = ("petite_enfance", "population_caf", "portrait", "actions")
    made = services.diagnostics.made_for(NIORTAIS, sections=sections, on=DAY)
    found = {section.code: section for section in review_of(made).sections}
    assert found["petite_enfance"].has_data
    assert not found["population_caf"].has_data
    assert "importer" in found["population_caf"].missing[0][1]
    assert found["portrait"].has_data
    assert found["portrait"].missing
    assert found["actions"].fictitious


def test_figures_older_than_the_calendar_of_their_producer_are_said(services: Services) -> None:
    def outdated(on: datetime.date) -> dict[str, tuple[int, int]]:
        made = services.diagnostics.made_for(NIORTAIS, sections=("petite_enfance", "portrait"), on=on)
        return {
            old.place: (old.year, old.expected) for one in review_of(made).sections for old in one.outdated
        }

    assert outdated(DAY) == {}
    assert outdated(datetime.date(2028, 1, 2))["data.caf.fr"] == (2023, 2025)


def test_a_group_of_comparison_is_printed(services: Services) -> None:
    members = tuple(epci.code for epci in services.territory.epcis("79"))[:5]
    services.coverage.save_group(Group("g1", "Urbains", Level.EPCI, members))
    options = DiagnosticOptions(group="g1")
    made = services.diagnostics.made_for(NIORTAIS, options, ("petite_enfance",), DAY)
    assert "Urbains" in str(made.content.sections[0].items[0])


def test_masked_figures_are_listed_with_the_reason(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    births = replace(services.indicators.get("naissances"), masking="")
    monkeypatch.setitem(services.indicators._dictionary, "naissances", births)
    uuid, _ = services.diagnostics.create(NIORTAIS)
    cells = services.diagnostics.masked(uuid, "public")
    assert cells
    assert any(cell.complementary for cell in cells)
    assert any(not cell.complementary for cell in cells)
    assert all(not cell.territory.isdigit() for cell in cells)


def test_masked_counts_of_childminders_are_listed(services: Services) -> None:
    uuid, _ = services.diagnostics.create(NIORTAIS)
    for code, active in (("79191", 2), ("79003", 12)):
        row = Childminders("", Level.COMMUNE, code, 2025, None, active, None, (), "Pmi", False)
        services.register.add_childminders(row)
    cells = [c for c in services.diagnostics.masked(uuid) if c.indicator.startswith("Assistants")]
    assert ("Assistants maternels, en activité", "Niort", 2025) in {
        (cell.indicator, cell.territory, cell.year) for cell in cells
    }


def test_a_booklet_of_another_text_is_written_again(services: Services, tmp_path: Path) -> None:
    from app.services.diagnostics_batch import is_current
    from reports.kit.write import write_pdf

    service = services.diagnostics
    uuid, _ = service.create(NIORTAIS, model="synthese", options=DiagnosticOptions(profile="partenaire"))
    path = tmp_path / "d.pdf"
    write_pdf(service.made_for(NIORTAIS, on=DAY).document, path)
    assert is_current(path, service, NIORTAIS, None, DAY)
    service.edit_section(uuid, "synthese", text="Autre.")
    assert not is_current(path, service, NIORTAIS, None, DAY)
