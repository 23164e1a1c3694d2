"""« Maillage » on the real services of the demonstration base, tested by what it shows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.domain.ctg_themes import load_themes
from app.domain.maillage import GapCertainty
from app.domain.territory import Level
from tests.ui.map_pages import nameless, settle, shown, texts
from ui.views.action import ActionView
from ui.views.maillage import NEW_LABEL, MaillagePage
from ui.views.page import Kit

AVS, LAEP, RPE = "avs_epci_rural", "laep_arrondissement", "rpe_10000"


@pytest.fixture
def page(qtbot, kit: Kit) -> MaillagePage:
    kit.context.set_territory("52")
    return shown(qtbot, MaillagePage(kit))


def choose(qtbot, page: MaillagePage, code: str) -> None:
    qtbot.mouseClick(page.rules.cards[code], Qt.MouseButton.LeftButton)
    settle(qtbot, page)


def test_rules_map_and_list_tell_the_same_gaps(page: MaillagePage, qtbot, qtmodeltester) -> None:
    choose(qtbot, page, AVS)
    made = page.made
    missing = {gap.code for gap in page.gaps.gaps if gap.certainty is GapCertainty.MISSING}
    assert missing == {code for code, rank in zip(made.layer.codes, made.class_of, strict=True) if rank == 1}
    assert len(missing) == 2
    assert "2\u00a0manques" in page.rules.cards[AVS].accessibleName()
    assert page.gaps.count.text() == "2\u00a0manques, 2\u00a0inconnus"
    assert {"manque", "règle respectée"} <= set(texts(page.rules.legend))
    qtmodeltester.check(page.gaps.table.table)
    qtmodeltester.check(page.gaps.table.proxy)
    choose(qtbot, page, LAEP)
    assert page.made.layer.level is Level.ARRONDISSEMENT
    page.gaps.scope.button("all").click()
    assert len(page.gaps.gaps) == len(page._answer.gaps)
    page.gaps.filter.setText("meuse rognon")
    assert {gap.name for gap in page.gaps.gaps} == {"CC Meuse Rognon"}
    assert nameless(page) == []
    zones = [child for child in page.findChildren(QWidget) if child.property("zone")]
    assert not any(one.isAncestorOf(other) for one in zones for other in zones if one is not other)


def test_a_gap_becomes_a_fiche_of_the_convention_chosen(page: MaillagePage, qtbot, calls) -> None:
    choose(qtbot, page, AVS)
    gap = next(gap for gap in page.gaps.gaps if gap.certainty is GapCertainty.MISSING)
    page.stage.view.selected.emit(gap.code)
    assert page.panel.gap.gap == gap
    settle(qtbot, page)
    assert gap.reason in texts(page.panel.gap)
    assert page.panel.gap.convention.count() == 2
    qtbot.mouseClick(page.panel.gap.draft_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(calls.moves))
    move, wishes = calls.moves[-1]
    assert move == "ctg"
    detail = page.kit.services.ctg.action(wishes["action"])
    assert detail.row.title == gap.draft.title
    assert detail.gap is not None
    assert detail.row.theme in load_themes()
    settle(qtbot, page)


def test_a_convention_of_another_territory_is_said(page: MaillagePage, qtbot) -> None:
    choose(qtbot, page, AVS)
    panel, told = page.panel.gap, page._answer
    codes = {code for one in told.conventions for code in one.epcis}
    gap = next(gap for gap in page.gaps.gaps if gap.draft.code_epci not in codes)
    page.stage.view.selected.emit(gap.code)
    settle(qtbot, page)
    assert panel.outside.isVisible()
    inside = next((gap for gap in told.gaps if gap.draft.code_epci in codes), None)
    assert inside is not None
    panel.show_gap(inside, told)
    assert not panel.outside.isVisible()


def test_the_fiche_of_a_gap_opens_in_its_editor(opened, qtbot) -> None:
    opened.frame.navigate("map", tab="gaps")
    page = opened.frame.findChild(MaillagePage)
    settle(qtbot, page)
    gap = next(gap for gap in page._answer.gaps)
    page.panel.gap.show_gap(gap, page._answer)
    page.panel.gap.draft_button.click()
    qtbot.waitUntil(lambda: bool(opened.frame.findChildren(ActionView)))
    sheet = opened.frame.findChild(ActionView)
    qtbot.waitUntil(sheet.isVisible)
    qtbot.waitUntil(lambda: not opened.runner.tasks)
    qtbot.waitUntil(lambda: any(gap.draft.title in words for words in said_in(sheet)))


def said_in(sheet: QWidget) -> list[str]:
    """Words shown or being edited."""
    fields = [field.toPlainText() for field in sheet.findChildren(QPlainTextEdit)]
    return [*texts(sheet), *fields, *(field.text() for field in sheet.findChildren(QLineEdit))]


def test_a_rule_is_edited_refused_and_given_back(page: MaillagePage, qtbot) -> None:
    choose(qtbot, page, AVS)
    editor, coverage = page.panel.editor, page.kit.services.coverage
    qtbot.keyClick(page, Qt.Key.Key_F2)
    editor.minimum.edit.setText("2")
    editor.minimum.commit()
    qtbot.waitUntil(lambda: coverage.rule(AVS).version == 2)
    settle(qtbot, page)
    assert coverage.rule(AVS).minimum == 2
    assert editor.version.text() == "Règle livrée, version 2."
    editor.minimum.edit.setText("0")
    editor.minimum.commit()
    qtbot.waitUntil(lambda: bool(editor.minimum.error.text()))
    assert "au-dessus de zéro" in editor.minimum.error.text()
    assert coverage.rule(AVS).minimum == 2
    editor.reset.click()
    qtbot.waitUntil(lambda: coverage.rule(AVS).version == 1)
    settle(qtbot, page)
    assert not editor.reset.isEnabled()


def test_a_rule_is_added_with_the_keyboard_then_switched_off(page: MaillagePage, qtbot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page)
    qtbot.waitUntil(lambda: NEW_LABEL in [card.rule.label for card in page._answer.lines])
    code = page._answer.wish.rule
    assert page.panel.choice.current == "rule"
    assert page.rules.cards[code].isChecked()
    page.panel.editor.active.box.click()
    qtbot.waitUntil(lambda: not page.kit.services.coverage.rule(code).active)
    settle(qtbot, page)
    assert page.rules.cards[code].accessibleName().endswith("Inactive")
    assert page.made is not None
    name, changes = page.kit.services.base.undo()
    assert NEW_LABEL in name
    page.kit.hub.changed.emit(changes)
    settle(qtbot, page)
    assert page.kit.services.coverage.rule(code).active


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_exported(page: MaillagePage, qtbot, tmp_path, calls, kind: str) -> None:
    choose(qtbot, page, RPE)
    path = tmp_path / f"lacunes.{kind}"
    page.gaps.ask_file = lambda *_: str(path.with_suffix(""))
    page.gaps._export(kind)
    qtbot.waitUntil(path.exists)
    settle(qtbot, page)
    assert calls.said == [f"Lacunes exportées\u202f: lacunes.{kind}"]
    if kind == "csv":
        assert "Chaumont" in path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(("width", "height"), [(1009, 486), (1282, 640)])
def test_nothing_needs_a_horizontal_bar(page: MaillagePage, qtbot, width: int, height: int) -> None:
    page.set_compact(width < 1156, True)
    page.resize(width, height)
    choose(qtbot, page, LAEP)
    page.show_drawer(True)
    settle(qtbot, page)
    assert page.minimumSizeHint().width() <= width
    assert not page.gaps.table.horizontalScrollBar().isVisible()
