"""« CPOG » by what it shows: list, card, analysis, form of revision."""
# ruff: noqa: F811 - fixtures are imported by name

from __future__ import annotations

import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.cpog_codes import Origin
from app.domain.cpog_points import Period
from tests.ui.cpog_cases import CODE, cpog_stage, page, settle, words  # noqa: F401
from ui.views.cpog import CpogPage
from ui.views.cpog_fiche import FicheView
from ui.views.cpog_popover import PointPopover

MAIN = "CTG avec schéma d’accueil"


def fiche(page: CpogPage) -> FicheView:
    view = page.view("fiche")
    assert isinstance(view, FicheView)
    return view


def open_named(qtbot: QtBot, page: CpogPage, name: str) -> None:
    rows = page.kit.services.cpog.indicators(CODE, 2025)
    fiche(page).open_indicator(next(row.uuid for row in rows if row.name == name))
    settle(qtbot, page)


def test_the_running_contract_of_the_departement_is_shown_with_its_families(
    page: CpogPage, qtmodeltester: ModelTester
) -> None:
    assert page.contracts.currentText() == "CPOG 2023 à 2027 (79), signé"
    assert page.badge.isVisible()
    view = fiche(page)
    labels = [line.label for line in view.list.model.lines]
    assert labels[:2] == ["Action sociale", MAIN]
    assert "Satisfaction – Internet" not in labels
    assert view.list.count.text() == "6\u00a0indicateurs, 1\u00a0hors COG"
    qtmodeltester.check(view.list.model)


def test_the_card_says_the_state_and_draws_the_gap(page: CpogPage) -> None:
    view = fiche(page)
    assert view.side.state.text() == "2025\u202f: dans le tunnel"
    assert view.side.figure.text() == "50"
    assert "cible révisée de 50" in view.side.against.text()
    plot = view.card.plot.plot
    assert plot is not None
    gap = plot.gap_of(2025)
    assert gap is not None
    assert gap.text == "−15\u00a0points"
    assert view.side.gap.origin.origin is Origin.EXTERNAL
    assert "prévue entre 2 et 3, dans sa plage" in words(view.side)
    assert {"realise", "prevu", "revisee", "initiale", "tunnel"} == set(view.card.legend.items)


def test_filters_keep_gaps_to_explain_and_open_sub_series(page: CpogPage) -> None:
    view = fiche(page)
    view.list.keep_to_explain()
    shown = [line.label for line in view.list.model.lines if line.row is not None]
    assert shown == ["Places d’Eaje, solde net", "Appels traités", "Satisfaction", "Internet"]
    assert view.list.clear.text() == "3 sur 6, tout effacer"
    view.list.clear_filters()
    view.list.filter.setText("minima")
    assert [line.label for line in view.list.model.lines if line.row] == ["Délai, minima sociaux"]
    view.list.clear_filters()


def test_a_suivi_has_an_eye_and_no_judgement(page: CpogPage, qtbot: QtBot) -> None:
    open_named(qtbot, page, "Assistants maternels par ETP")
    view = fiche(page)
    assert view.side.state.text() == "2025\u202f: suivi"
    assert view.card.plot.plot is not None
    assert view.card.plot.plot.neutral
    assert not view.side.gap.isVisible()


def test_sub_series_are_small_multiples(page: CpogPage, qtbot: QtBot) -> None:
    open_named(qtbot, page, "Satisfaction")
    view = fiche(page)
    assert view.card.series.isVisible()
    assert not view.card.plot.isVisible()
    assert "73\u202f%" in words(view.card.series)
    view.card.series.asked.emit(next(c.row.uuid for c in view.card.card.sub_series))  # type: ignore[union-attr]
    settle(qtbot, page)
    assert view.card.head.parent_link.isVisible()


def test_a_value_is_typed_by_keyboard_and_a_correction_asks_why(page: CpogPage, qtbot: QtBot) -> None:
    open_named(qtbot, page, "Appels traités")
    view = fiche(page)
    page.focus.set_year(2026)
    settle(qtbot, page)
    view.card.start_entry()
    editor = QApplication.focusWidget()
    assert editor is not None
    qtbot.keyClicks(editor, "87,5 %")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle(qtbot, page)
    held = page.kit.services.cpog.card(page.focus.indicator)
    assert held.points("realise")[held.periods.index(Period(2026))].number == 87.5  # type: ignore[union-attr]
    table = view.card.table
    table.lines.write_cells([(0, table.periods.index(Period(2026)) + 1, "88")])
    settle(qtbot, page)
    assert view.card.reason.isVisible()
    assert "déjà une valeur" in view.card.reason.words.text()
    view.card.reason.edit.setText("recompté")
    qtbot.keyClick(view.card.reason.edit, Qt.Key.Key_Return)
    settle(qtbot, page)
    point = page.kit.services.cpog.card(page.focus.indicator).points("realise")[3]
    assert point is not None
    assert (point.number, point.version) == (88, 2)


def test_a_refusal_is_said_at_the_cell_and_nothing_changes(page: CpogPage, qtbot: QtBot) -> None:
    table = fiche(page).card.table
    place = table.periods.index(Period(2026)) + 1
    table.lines.write_cells([(0, place, "140")])
    settle(qtbot, page)
    hint = table.lines.index(0, place).data(Qt.ItemDataRole.ToolTipRole)
    assert "hors des bornes" in hint
    assert table.lines.index(0, place).data() == "·"
    initial = next(i for i, line in enumerate(table.lines.rows) if line.kind == "initiale")
    table.lines.write_cells([(initial, place, "85")])
    settle(qtbot, page)
    assert "ne se modifie pas" in fiche(page).card.banner.words()


def test_the_rate_is_typed_by_its_two_terms(page: CpogPage, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    table = fiche(page).card.table
    qtmodeltester.check(table.lines)
    place = table.periods.index(Period(2026)) + 1
    table.lines.write_cells([(1, place, "5 / 8")])
    settle(qtbot, page)
    assert table.lines.index(0, place).data() == "62,5"
    assert table.lines.index(1, place).data() == "5\u00a0/\u00a08"


def test_year_goes_by_arrows_and_lights_the_column(page: CpogPage, qtbot: QtBot) -> None:
    view = fiche(page)
    view.card.plot.setFocus()
    qtbot.keyClick(view.card.plot, Qt.Key.Key_Left)
    settle(qtbot, page)
    assert page.focus.year == 2024
    assert view.card.enter.text() == "Saisir 2024"
    assert view.card.table.header.chosen == view.card.table.periods.index(Period(2024)) + 1
    assert view.side.state.text() == "2024\u202f: sortie basse"


def test_a_point_explains_itself(page: CpogPage, qtbot: QtBot) -> None:
    view = fiche(page)
    view.card.plot.explain_year()
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, PointPopover)]
    assert len(found) == 1
    assert "4\u00a0/\u00a08 = 50" in words(found[0])
    found[0].copy()
    assert "réalisé 2025" in QApplication.clipboard().text()
    found[0].close()


def test_a_gap_is_written_once_cause_and_origin_are_there(page: CpogPage, qtbot: QtBot) -> None:
    open_named(qtbot, page, "Places d’Eaje, solde net")
    gap = fiche(page).side.gap
    gap.cause.edit.setPlainText("Travaux en retard")
    gap.cause.commit()
    assert "Il manque l’origine" in gap.missing.text()
    gap.origin.button(Origin.MIXED).click()
    settle(qtbot, page)
    rows = [g for g in page.kit.services.cpog.gaps(CODE, 2025) if g.indicator == "Places d’Eaje, solde net"]
    assert (rows[0].cause, rows[0].origin) == ("Travaux en retard", Origin.MIXED)
    assert not gap.missing.isVisible()


def test_a_comment_and_a_hypothesis_are_written(page: CpogPage, qtbot: QtBot) -> None:
    side = fiche(page).side
    side.comment.edit.setPlainText("Trois schémas de plus en 2026.")
    side.comment.commit()
    part = side.hypotheses
    assert part._card is not None
    part.edit(part._card.hypotheses[0])
    part.seen.edit.setText("5")
    part.write()
    settle(qtbot, page)
    card = page.kit.services.cpog.card(page.focus.indicator)
    assert [c.text for c in card.comments if c.year == 2025] == ["Trois schémas de plus en 2026."]
    assert "hors de sa plage" in words(side)


def test_weight_and_bounds_are_typed_on_the_card_and_undone(page: CpogPage, qtbot: QtBot) -> None:
    bounds, cpog = fiche(page).side.bounds, page.kit.services.cpog
    assert bounds.high.edit.placeholderText() == "100"
    bounds.weight.edit.setText("2,5")
    bounds.weight.commit()
    settle(qtbot, page)
    bounds.low.edit.setText("10")
    bounds.low.commit()
    settle(qtbot, page)
    bounds.high.edit.setText("5")
    bounds.high.commit()
    settle(qtbot, page)
    indicator = cpog.card(page.focus.indicator).indicator
    assert (indicator.weight, indicator.low, indicator.high) == (2.5, 10, None)
    assert "dépasse la borne haute" in bounds.high.error.text()
    names = [row.name for row in page.kit.services.base.history(2)]
    assert names == ["bornes d’un indicateur", "poids d’un indicateur"]
    page.kit.services.base.undo()
    assert cpog.card(page.focus.indicator).indicator.low is None


def test_a_quarter_of_a_hypothesis_is_observed_with_its_expected_value(page: CpogPage, qtbot: QtBot) -> None:
    part = fiche(page).side.hypotheses
    assert part._card is not None
    part.edit(part._card.hypotheses[0])
    part.value.edit.setText("2,5")
    part.unit.edit.setText("par an")
    part.period.box.setCurrentIndex(part.period.box.findData("3"))
    part.period.commit()
    assert part.seen.edit.text() == ""
    part.seen.edit.setText("4")
    part.write()
    settle(qtbot, page)
    row = page.kit.services.cpog.hypotheses(CODE)[0]
    assert (row.hypothesis.value, row.hypothesis.unit) == (2.5, "par an")
    assert (Period(2025, 3), 4.0) in [(o.period, o.number) for o in row.observations]


def test_revising_asks_means_target_and_calendar_and_keeps_the_initial(page: CpogPage, qtbot: QtBot) -> None:
    view = fiche(page)
    view.revise()
    form = view.form
    form.reason.edit.setPlainText("Avenant 2")
    form.targets.grid.write_cells([(3, 3, "70")])
    form.write()
    settle(qtbot, page)
    assert "moyens" in form.banner.words()
    for part in (form.means, form.calendar):
        part.same.box.setChecked(True)
        part.why.edit.setText("rien ne change")
    form.movements.add_line()
    form.movements.grid.write_cells([(0, 0, "2026"), (0, 1, "Report"), (0, 2, "-4")])
    form.preview()
    settle(qtbot, page)
    assert "−1 non expliqués" in words(form)
    form.on.set_value(datetime.date(2026, 6, 1))
    form.write()
    settle(qtbot, page)
    card = page.kit.services.cpog.card(page.focus.indicator)
    place = card.periods.index(Period(2026))
    initial, revised = card.points("initiale")[place], card.points("revisee")[place]
    assert initial is not None
    assert revised is not None
    assert (initial.number, revised.number, revised.version) == (80, 70, 2)
    assert view.stack.currentWidget() is view.card


def test_another_contract_keeps_its_own_years(page: CpogPage, qtbot: QtBot) -> None:
    page.contracts.setCurrentIndex(0)
    page._contract_chosen(0)
    settle(qtbot, page)
    assert page.focus.years == (2018, 2019, 2020, 2021, 2022)
    assert page.focus.year == 2022
    assert fiche(page).list.count.text() == "35\u00a0indicateurs, 29\u00a0annoncés, 4\u00a0hors COG"
    assert not page.badge.isVisible()


def test_the_contract_itself_is_edited_in_its_lists(page: CpogPage, qtbot: QtBot) -> None:
    view, cpog = fiche(page), page.kit.services.cpog
    view.list.contract.click()
    settle(qtbot, page)
    held = view.contract
    assert view.stack.currentWidget() is held
    assert not view.side.isVisible()
    held.signed_on.edit.setText("29/06/2023")
    held.signed_on.commit()
    settle(qtbot, page)
    assert cpog.contract(CODE).cpog.signed_on == datetime.date(2023, 6, 29)
    typed_cells = {"party": (0, "Cnaf"), "document": (2, "Avenant n° 1"),
                   "engagement": (3, "Ouvrir un Laep"), "indicator": (1, "Taux d’essai")}  # fmt: skip
    for kind, (column, typed) in typed_cells.items():
        held.add(kind)
        settle(qtbot, page)
        grid = held.lists[kind].grid
        last = len(grid.grid.rows) - 1
        grid.grid.write_cells([(last, column, typed)])
        settle(qtbot, page)
    detail = cpog.detail(CODE)
    assert [party.name for party in detail.parties] == ["Cnaf"]
    assert [document.label for document in detail.documents] == ["Avenant n° 1"]
    assert detail.engagements[-1].title == "Ouvrir un Laep"
    assert detail.indicators[-1].label == "Taux d’essai"
    held.lists["indicator"].removed.emit([detail.indicators[-1]])
    settle(qtbot, page)
    assert cpog.detail(CODE).indicators[-1].label != "Taux d’essai"
    held.lists["indicator"].removed.emit([detail.indicators[0]])
    settle(qtbot, page)
    assert "porte des cibles" in held.banner.words()
    held.back.click()
    assert view.stack.currentWidget() is view.card


def test_an_empty_contract_opens_on_its_list_of_indicators(page: CpogPage, qtbot: QtBot) -> None:
    page.show_creation()
    settle(qtbot, page)
    page.empty.code.set_value("79-vide")
    page.empty.source.set_value("vide")
    page.empty.write()
    settle(qtbot, page)
    view = fiche(page)
    assert page.focus.code == "79-vide"
    assert view.stack.currentWidget() is view.contract
    assert view.contract.parts.current == "indicator"
    view.contract.add("indicator")
    settle(qtbot, page)
    assert len(page.kit.services.cpog.detail("79-vide").indicators) == 1


def test_engagements_hang_from_one_another_and_hypotheses_have_their_register(
    page: CpogPage, qtbot: QtBot
) -> None:
    view, cpog = fiche(page), page.kit.services.cpog
    view.open_contract("engagement")
    settle(qtbot, page)
    held = view.contract
    rows = held.lists["engagement"].grid.grid.rows
    assert [row.code for row in rows] == ["1.1", "1.2", "1.3"]
    held.lists["engagement"].grid.grid.write_cells([(1, 1, "1.1")])
    settle(qtbot, page)
    assert held.lists["engagement"].grid.grid.index(1, 1).data() == "1.1"
    held.lists["engagement"].grid.grid.write_cells([(0, 1, "1.2")])
    settle(qtbot, page)
    assert "dans lui-même" in held.banner.words()
    assert cpog.detail(CODE).engagements[0].parent_uuid == ""
    held.show_part("hypothesis")
    register = held.lists["hypothesis"].grid
    assert register.grid.index(0, 0).data() == MAIN
    register.grid.write_cells([(0, 4, "1,5")])
    settle(qtbot, page)
    assert cpog.hypotheses(CODE)[0].hypothesis.high == 3.0
    assert "minimum au-dessus de son maximum" in held.banner.words()
    register.grid.write_cells([(0, 3, "1"), (0, 4, "1,5"), (0, 5, "1")])
    settle(qtbot, page)
    row = cpog.hypotheses(CODE)[0]
    assert (row.hypothesis.low, row.hypothesis.high, row.state.alert) == (1.0, 1.5, True)
    held.back.click()
