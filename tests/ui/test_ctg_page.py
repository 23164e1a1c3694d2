"""« CTG » by what it shows, on the demonstration base: the list, one convention, its life."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.ctg import CtgStatus, Scope
from app.services.ctg_rows import NewCtg
from tests.ui.ctg_page_cases import open_one, page, settle, shared_page, words
from ui.views.ctg import CtgPage

__all__ = ["page", "shared_page"]


def test_the_list_shows_conventions_and_three_denominators(page: CtgPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.list.table.table)
    names = [row.name for row in page.list.table.table.rows]
    assert "CTG du Niortais" in names
    said = [card.accessibleName().replace("\u202f", " ") for card in page.list.strip.cards]
    assert [text.split(" : ")[0] for text in said] == [
        "EPCI couverts", "Habitants couverts", "Communes couvertes",
    ]  # fmt: skip
    assert all(" sur " in text and ", au " in text for text in said)
    assert page.list.strip.cards[0].badge.isVisible()


def test_another_date_changes_the_coverage(page: CtgPage, qtbot: QtBot) -> None:
    page.list.date.edit.setText("01/06/2023")
    assert page.list.date.commit()
    settle(qtbot, page)
    said = page.list.strip.cards[0].accessibleName().replace("\u202f", " ")
    assert "au 1er juin 2023" in said
    assert " 0 sur 16" in said


def test_a_wrong_date_is_refused_at_its_field(page: CtgPage) -> None:
    page.list.date.edit.setText("demain")
    assert not page.list.date.commit()
    assert "n’est pas une date" in page.list.date.error.text()


def test_ends_and_years_are_shown(page: CtgPage, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    page.list.show_view("ends")
    assert "CTG" in page.list.ends.calendar.accessibleDescription()
    qtbot.keyClick(page.list.ends.calendar, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.list.ends.opened):
        qtbot.keyClick(page.list.ends.calendar, Qt.Key.Key_Return)
    page.show_list()
    settle(qtbot, page)
    page.list.show_view("years")
    settle(qtbot, page)
    qtmodeltester.check(page.list.years.table.table)
    assert len(page.list.years.table.table.rows) == 9


def test_a_territory_without_convention_says_so(page: CtgPage, qtbot: QtBot) -> None:
    page.kit.context.set_territory("79", "200041416")
    settle(qtbot, page)
    assert page.list.empty.isVisible()
    assert page.list.empty.sentence.text() == "Aucune CTG sur ce territoire."
    page.list.empty.verb.click()
    settle(qtbot, page)
    assert page.shown is page.creation
    assert page.creation.places.ticked() == ("200041416",)


def test_one_convention_shows_its_head_and_its_stages(page: CtgPage, qtbot: QtBot) -> None:
    one = open_one(qtbot, page, "Niortais")
    assert one.head.title.text() == "CTG du Niortais"
    assert one.head.badge.isVisible()
    assert one.head.subtitle.text().startswith("2024 à 2027, 40\u00a0communes")
    names = [made.accessibleName().replace("\u202f", " ") for made in one.head.stepper.buttons]
    assert names[3] == "Étape 4 sur 6 : En cours, en cours, depuis janvier 2024"
    assert "Renouvellement, à venir" in names[5]
    assert "Conformité 9/12" in [one.head.tabs.tabText(at) for at in range(one.head.tabs.count())]


def test_the_summary_keeps_two_gauges_apart(page: CtgPage, qtbot: QtBot) -> None:
    view = open_one(qtbot, page, "Niortais").view("synthese")
    assert view.done.accessibleName().replace("\u202f", " ") == "Actions réalisées : 5 sur 18"
    assert view.results.accessibleName().replace("\u202f", " ") == "Résultats atteints : 5 sur 11"
    assert "Délibération manquante" in words(view)


def test_a_point_moves_from_a_list_to_another_and_back(page: CtgPage, qtbot: QtBot) -> None:
    view = open_one(qtbot, page, "Niortais").view("synthese")
    page.kit.hub.changed.connect(lambda _changes: None)
    forces = view.swot.lists["force"]
    forces.setCurrentRow(0)
    moved = forces.item(0).text()
    next(act for act in forces.moves() if "Faiblesses" in act.text()).trigger()
    settle(qtbot, page)
    settle(qtbot, page)
    assert moved in [view.swot.lists["faiblesse"].item(at).text() for at in range(3)]
    page.kit.services.base.undo()


def test_a_passage_says_what_is_missing_then_goes_through(page: CtgPage, qtbot: QtBot) -> None:
    made = page.kit.services.ctg.create(NewCtg("CTG Thouarsais", Scope.EPCI, ("247900798",)))
    one = open_one(qtbot, page, "Thouarsais")
    one.show_stage(1)
    popover = one._popover
    assert CtgStatus.DIAGNOSTIC in [status for status, _ in popover.passes]
    popover.date.edit.setText("05/01/2026")
    qtbot.mouseClick(popover.passes[0][1], Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    settle(qtbot, page)
    assert page.kit.services.ctg.ctg(made.uuid).row.status is CtgStatus.DIAGNOSTIC
    one.show_stage(2)
    popover = one._popover
    assert "Il manque : la date de début" in words(popover)
    qtbot.mouseClick(popover.passes[0][1], Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    assert "attend" in popover.banner.words()
    assert page.kit.services.ctg.ctg(made.uuid).row.status is CtgStatus.DIAGNOSTIC
    popover.close()


def test_a_convention_is_created_in_three_fields(page: CtgPage, qtbot: QtBot) -> None:
    page.start_creation()
    form: Any = page.creation
    form.places.field.setText("thouars")
    qtbot.keyClick(form.places.field, Qt.Key.Key_Return)
    assert form.name.edit.text() == "CTG Thouarsais"
    form.starts_on.set_value(datetime.date(2027, 1, 1))
    form.ends_on.set_value(datetime.date(2030, 12, 31))
    form.make.click()
    settle(qtbot, page)
    assert page.one.head.title.text() == "CTG Thouarsais"


def test_an_overlap_is_refused_at_the_territory(page: CtgPage, qtbot: QtBot) -> None:
    page.start_creation()
    form: Any = page.creation
    form.places.tick("200041317")
    form.make.click()
    settle(qtbot, page)
    assert page.shown is form
    assert "déjà dans la CTG" in form.places_error.text()
    assert form.places_error.isVisible()
    form.ends_on.set_value(datetime.date(2020, 12, 31))
    form.make.click()
    settle(qtbot, page)
    assert "avant le début" in form.period_error.text()


def test_papers_are_written(page: CtgPage, qtbot: QtBot, tmp_path: Path) -> None:
    one = open_one(qtbot, page, "Mellois")
    exporter = one.head.export.exporter
    for what, suffix in (("plan", ".xlsx"), ("calendar", ".ics")):
        exporter.choose = lambda *_args, suffix=suffix: str(tmp_path / f"f{suffix}")
        key = one.head.export._epci if what == "calendar" else one.uuid
        exporter.write(what, key, "CTG", suffix, "essai")
        settle(qtbot, page)
        assert (tmp_path / f"f{suffix}").stat().st_size > 100


def test_what_follows_is_prepared_from_the_stepper(page: CtgPage, qtbot: QtBot) -> None:
    one = open_one(qtbot, page, "Mellois")
    one.head.stepper.buttons[0].setFocus()
    qtbot.keyClick(one.head.stepper, Qt.Key.Key_Left)
    one.show_stage(5)
    popover = one._popover
    assert popover.starts_on.value == datetime.date(2029, 1, 1)
    popover.ends_on.edit.setText("31/12/2020")
    popover.renew_button.click()
    settle(qtbot, page)
    assert "avant le début" in popover.banner.words()
    popover.ends_on.edit.setText("31/12/2032")
    popover.renew_button.click()
    settle(qtbot, page)
    assert page.one.head.title.text() == "CTG Mellois en Poitou 2029"
    detail = page.one.read.detail
    assert detail.previous is not None
    assert detail.previous[1] == "CTG Mellois en Poitou"


def test_a_stage_to_come_is_planned(page: CtgPage, qtbot: QtBot) -> None:
    one = open_one(qtbot, page, "Niortais")
    one.show_stage(4)
    one._popover.planned.edit.setText("01/06/2027")
    assert one._popover.planned.commit()
    settle(qtbot, page)
    one._popover.close()
    assert "prévue en juin 2027" in one.head.stepper.buttons[4].accessibleName()


def test_the_day_of_the_signature_is_corrected(page: CtgPage, qtbot: QtBot) -> None:
    one = open_one(qtbot, page, "Niortais")
    one.show_stage(2)
    popover = one._popover
    held = page.one.read.detail.row.signed_on
    popover.reached.edit.setText("01/01/2031")
    assert popover.reached.commit()
    settle(qtbot, page)
    assert "vient" in popover.banner.words()
    assert popover.reached.value == held
    popover.reached.edit.setText("15/12/2023")
    assert popover.reached.commit()
    settle(qtbot, page)
    popover.close()
    assert "décembre 2023" in one.head.stepper.buttons[2].accessibleName()
    assert page.one.read.detail.row.signed_on == datetime.date(2023, 12, 15)
    page.kit.services.base.undo()


def test_the_only_convention_of_the_territory_opens(page: CtgPage, qtbot: QtBot) -> None:
    page.kit.context.set_territory("79", "200041317")
    settle(qtbot, page)
    settle(qtbot, page)
    assert page.shown is page.one
    assert page.one.head.title.text() == "CTG du Niortais"
    page.one.head.back.click()
    settle(qtbot, page)
    assert page.shown is page.list
    page.list.filter.setText("langres")
    assert "0 sur 1" in page.list.note.text()
