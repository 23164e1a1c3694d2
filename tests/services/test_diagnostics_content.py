"""What the sections of a booklet show, for a town, a rural Epci with gaps, and one over two départements."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.diagnostic import DiagnosticOptions
from app.services import Services
from app.services.diagnostics_maker import Made
from maps.choropleth import Choropleth
from reports.kit import charts as c
from reports.kit.blocks import ChartBlock, Chip, MapBlock, Missing, PageBreak, Table
from reports.kit.blocks import Paper as Format
from tests.services.diagnostic_cases import (
    DAY,
    DER,
    MEUSE_ROGNON,
    NIORTAIS,
    blocks,
    flat,
    opened,
    section,
    texts,
)


@pytest.fixture(scope="module")
def shared(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """The demonstration base opened once, for what only reads."""
    yield from opened(demo_file, tmp_path_factory.mktemp("contenu"), read_only=True)


@pytest.fixture(scope="module")
def town(shared: Services) -> Made:
    return shared.diagnostics.made_for(NIORTAIS, on=DAY)


@pytest.fixture(scope="module")
def rural(shared: Services) -> Made:
    return shared.diagnostics.made_for(MEUSE_ROGNON, on=DAY)


# -- maps ---------------------------------------------------------------------------------------------


def test_the_four_networks_are_on_landscape_pages_with_their_meaning(rural: Made) -> None:
    keys = [block.key for block in blocks(rural, "petite_enfance", MapBlock)]
    assert keys[-4:] == ["carte_eaje", "carte_rpe", "carte_avs", "carte_laep"]
    formats = [
        block.paper for block in section(rural, "petite_enfance").blocks if isinstance(block, PageBreak)
    ]
    assert formats.count(Format.A4_LANDSCAPE) == 3
    for block in blocks(rural, "petite_enfance", MapBlock)[-4:]:
        drawn = block.choropleth
        assert "Couvert" in drawn.subtitle
        assert any("Couverts" in note for note in drawn.notes)
        assert drawn.selected == MEUSE_ROGNON


def test_totals_known_only_for_the_departement_are_told_and_never_spread(town: Made) -> None:
    avs = next(block for block in blocks(town, "petite_enfance", MapBlock) if block.key == "carte_avs")
    assert any("22 centres sociaux" in note for note in avs.choropleth.notes)
    assert all(value.number is None or value.number <= 3 for value in avs.values)


def test_a_map_shown_once_is_referred_to_by_later_sections(rural: Made) -> None:
    every = [
        b.key for s in rural.document.sections for b in flat(s.blocks) if isinstance(b, MapBlock) and b.key
    ]
    assert len(every) == len(set(every))
    assert "Comparaison" in texts(rural, "animation")


def test_one_indicator_has_one_set_of_classes_over_booklets(town: Made, shared: Services) -> None:
    pair = [
        b.choropleth for b in blocks(town, "portrait", MapBlock) if b.choropleth.indicator.code == "densite"
    ]
    assert [drawn.layer.level.name for drawn in pair] == ["EPCI", "COMMUNE"]
    assert pair[0].classes.bounds == pair[1].classes.bounds
    assert pair[0].palette == pair[1].palette
    other = shared.diagnostics.made_for("200069755", None, ("portrait",), on=DAY)
    found = [
        b.choropleth for b in blocks(other, "portrait", MapBlock) if b.choropleth.indicator.code == "densite"
    ]
    assert found[0].classes.bounds == pair[0].classes.bounds


def test_childcare_modes_keep_their_colours(town: Made) -> None:
    from maps.palettes import MODES

    chart = next(
        b.chart for b in blocks(town, "petite_enfance", ChartBlock) if isinstance(b.chart, c.Stacked)
    )
    assert [part.colour for part in chart.parts] == list(MODES.values())


# -- sections -----------------------------------------------------------------------------------------


def test_gaps_are_told_rule_by_rule_with_a_map_and_drafts(rural: Made) -> None:
    table = blocks(rural, "maillage", Table)[0]
    chips = {row.cells[0]: [x.words for x in row.cells if isinstance(x, Chip)] for row in table.rows}
    assert chips["Une structure d’animation de la vie sociale par EPCI rural"] == ["non remplie"]
    drawn: Choropleth = blocks(rural, "maillage", MapBlock)[0].choropleth
    assert drawn.class_labels[:2] == ("aucune", "une")
    assert drawn.flags is not None
    assert MEUSE_ROGNON in drawn.flags.codes
    assert "Pistes de fiches action" in texts(rural, "maillage")


def test_the_basket_is_printed_with_its_rule(town: Made) -> None:
    assert "Panier parentalité Maillage, version 1" in texts(town, "parentalite")
    assert "au moins 3\u00a0services sur 5" in texts(town, "parentalite")


def test_the_plan_shows_two_measures_statuses_results_and_a_calendar(shared: Services, town: Made) -> None:
    kinds = [type(block.chart) for block in blocks(town, "actions", ChartBlock)]
    assert kinds == [c.GaugePair, c.HorizontalBars, c.Progression, c.Gantt]
    table = blocks(town, "actions", Table)[0]
    (ctg,) = [row for row in shared.ctg.rows(DAY, NIORTAIS) if row.in_force]
    assert len(table.rows) == len(shared.ctg.actions(ctg.uuid, DAY)) >= ctg.actions.total
    assert all(any(isinstance(cell, Chip) for cell in row.cells) for row in table.rows)


def test_funding_never_adds_states_and_the_bonus_shows_its_formula(town: Made) -> None:
    words = texts(town, "financement")
    assert "ne s’ajoutent jamais" in words
    assert "Bonus territoire, estimation et formule" in words
    assert "×" in words
    assert "jamais un montant officiel" in words


@pytest.mark.parametrize("profile", ["partenaire", "public"])
def test_money_stays_with_the_caf(shared: Services, profile: str) -> None:
    made = shared.diagnostics.made_for(NIORTAIS, DiagnosticOptions(profile=profile), ("financement",), on=DAY)
    assert "€" not in texts(made, "financement")
    assert not blocks(made, "financement", Table)


def test_the_axes_of_the_scheme_are_listed_without_false_zeros(rural: Made) -> None:
    words = texts(rural, "liens")
    assert "Petite enfance" in words
    assert "Fiches action reliées à ces axes" in words
    assert not blocks(rural, "liens", Table)


def test_an_epci_over_two_departements_says_why_its_sum_is_not_made(shared: Services) -> None:
    made = shared.diagnostics.made_for(DER, None, ("portrait", "enfance_jeunesse"), on=DAY)
    assert "50\u00a0communes sur 60" in texts(made, "portrait")
    assert "50\u00a0communes sur 60" in texts(made, "enfance_jeunesse")
    assert blocks(made, "enfance_jeunesse", MapBlock)


def test_population_is_told_with_its_change(town: Made) -> None:
    chart = next(b.chart for b in blocks(town, "portrait", ChartBlock) if b.key == "population")
    assert [round(point.value.number or 0, 1) for point in chart.series[0].points][:1] == [100.0]
    assert all("÷" in point.value.formula for line in chart.series for point in line.points)
    assert "De 2018 à 2023" in texts(town, "portrait")


# -- whole booklet ------------------------------------------------------------------------------------


def test_what_is_missing_is_always_said_with_how_to_get_it(town: Made, rural: Made) -> None:
    for made in (town, rural):
        every = [b for s in made.document.sections for b in flat(s.blocks) if isinstance(b, Missing)]
        assert len(every) > 8
        assert all(block.what.endswith("\u202f:") and len(block.how) > 10 for block in every)


def test_no_chart_nor_map_is_empty(town: Made, rural: Made) -> None:
    from reports.kit.draw_chart import chart_numbers

    for made in (town, rural):
        for one in made.document.sections:
            for block in flat(one.blocks):
                if isinstance(block, ChartBlock) and not isinstance(block.chart, c.Gantt):
                    assert any(shown.state.is_known for shown in chart_numbers(block.chart)), block.caption
                if isinstance(block, MapBlock):
                    assert (block.choropleth.states <= 1).any() or block.choropleth.symbols is not None  # type: ignore[union-attr]


def test_breaks_of_pages_never_leave_an_empty_one(town: Made) -> None:
    for one in town.document.sections:
        pairs = zip(one.blocks, one.blocks[1:], strict=False)
        assert not any(isinstance(a, PageBreak) and isinstance(b, PageBreak) for a, b in pairs)


def test_a_grey_booklet_is_made_too(shared: Services) -> None:
    from reports.kit.write import pdf_bytes

    made = shared.diagnostics.made_for(
        NIORTAIS, DiagnosticOptions(grey=True), ("petite_enfance", "maillage"), on=DAY
    )
    assert pdf_bytes(made.document)[:4] == b"%PDF"
