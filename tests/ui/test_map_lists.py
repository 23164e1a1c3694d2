"""« Listes » on the real services of the demonstration base: basket, agréments, Qpv, whole lists."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
import python_calamine
from PySide6.QtCore import Qt

from app.domain.coverage import Answer
from app.domain.territory import Level
from tests.ui.map_pages import nameless, settle, shown, texts
from ui.views.map_lists import ListsPage
from ui.views.map_lists_query import Shown, place_code
from ui.views.page import Kit

LANGRES = "200072999"


@pytest.fixture
def page(qtbot, kit: Kit) -> ListsPage:
    kit.context.set_territory("52")
    return shown(qtbot, ListsPage(kit))


def choose(qtbot, page: ListsPage, which: Shown) -> None:
    qtbot.mouseClick(page.choice.cards[which], Qt.MouseButton.LeftButton)
    settle(qtbot, page)


def test_the_basket_is_mapped_listed_and_told(page: ListsPage, qtbot, qtmodeltester) -> None:
    assert page.made is not None
    assert set(page.made.layer.codes) >= {one.code for one in page._answer.baskets}
    page.stage.view.selected.emit(LANGRES)
    settle(qtbot, page)
    assert page.lists.table.current_row().code == LANGRES
    assert "Présents" in texts(page.panel)
    assert "Lieu d’accueil enfants-parents" in texts(page.panel)
    for table in page.lists.tables.values():
        qtmodeltester.check(table.proxy)
    assert nameless(page) == []


def test_a_version_of_the_basket_is_written_used_and_undone(page: ListsPage, qtbot, calls) -> None:
    coverage, editor = page.kit.services.coverage, page.panel.editor
    qtbot.keyClick(page, Qt.Key.Key_F2)
    assert not editor.save.isEnabled()
    editor.kinds.tick("mediation", False)
    editor.kinds.tick("clas", False)
    editor.threshold.edit.setText("1")
    editor.threshold.commit()
    assert editor.save.text() == "Enregistrer la version 2"
    assert "au moins 1 services" not in editor.preview.text()
    qtbot.mouseClick(editor.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: coverage.basket_rule().version == 2)
    settle(qtbot, page)
    rule = coverage.basket_rule()
    assert rule.kinds == ("laep", "espace_rencontre", "ludotheque")
    assert rule.starts_on == page._answer.on
    assert calls.said == ["Règle du panier enregistrée"]
    assert page._answer.basket(LANGRES).complete is Answer.YES
    assert "Reprendre la version 1" in [button.text() for button in editor.findChildren(type(editor.save))]
    _name, changes = page.kit.services.base.undo()
    page.kit.hub.changed.emit(changes)
    settle(qtbot, page)
    assert coverage.basket_rule().version == 1
    assert not editor.save.isEnabled()


def test_a_basket_that_cannot_be_complete_is_refused(page: ListsPage, qtbot) -> None:
    editor = page.panel.editor
    page.edit_rule()
    editor.threshold.edit.setText("9")
    editor.threshold.commit()
    editor.save.click()
    qtbot.waitUntil(lambda: editor.threshold.refused)
    assert "sort des limites" in editor.threshold.error.text()
    assert page.kit.services.coverage.basket_rules() == (page._answer.rule,)


def test_a_whole_list_turns_unknown_into_absent_and_is_taken_back(page: ListsPage, qtbot) -> None:
    coverage = page.kit.services.coverage
    page.receive(what="laep", place=place_code(Level.DEPARTEMENT, "52"))
    settle(qtbot, page)
    assert page.panel.form.what.value == "laep"
    page.panel.form.source.edit.setText("Caf, revue annuelle")
    page.panel.form.save.click()
    qtbot.waitUntil(lambda: bool(coverage.declared()))
    settle(qtbot, page)
    (line,) = page._answer.wholes
    assert (line.label, line.place, line.source) == ("Laep", "Haute-Marne", "Caf, revue annuelle")
    assert "incomplets" in page.choice.cards[Shown.BASKET].accessibleName()
    page.lists.table.selectRow(0)
    page.panel.withdrawn.emit(line)
    qtbot.waitUntil(lambda: not coverage.declared())


def test_an_agrement_that_ends_opens_in_the_register(page: ListsPage, qtbot, calls) -> None:
    register = page.kit.services.register
    row = next(one for one in register.rows() if one.kind == "evs" and one.code_commune.startswith("52"))
    soon = page._answer.on + datetime.timedelta(days=40)
    changes = register.edit_equipment(replace(register.equipment(row.uuid), licence_to=soon))
    page.kit.hub.changed.emit(changes)
    settle(qtbot, page)
    choose(qtbot, page, Shown.LICENCES)
    assert not page.stack.isVisible()
    table = page.lists.table
    assert [line.uuid for line in table.table.rows] == [row.uuid]
    table.selectRow(0)
    assert table.proxy.index(0, 5).data() == "dans 40\u00a0jours"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert calls.moves[-1] == ("equipment", {"equipment": row.uuid})


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_is_exported_as_shown(page: ListsPage, qtbot, tmp_path, calls, kind: str) -> None:
    choose(qtbot, page, Shown.QPV)
    page.lists.filter.setText("chaumont")
    assert page.lists.count.text() == "2 sur 4\u00a0lignes"
    path = tmp_path / f"qpv.{kind}"
    page.lists.ask_file = lambda *_: str(path.with_suffix(""))
    page.lists._export(kind)
    qtbot.waitUntil(path.exists)
    settle(qtbot, page)
    assert calls.said == [f"Liste exportée\u202f: qpv.{kind}"]
    if kind == "csv":
        read = path.read_text(encoding="utf-8-sig")
        assert "Cavalier;Chaumont;non connu" in read
        assert "Langres" not in read
        assert "« non connu »" in read


@pytest.mark.parametrize("which", list(Shown))
def test_nothing_needs_a_horizontal_bar(page: ListsPage, qtbot, which: Shown) -> None:
    page.set_compact(True, True)
    page.resize(1009, 486)
    choose(qtbot, page, which)
    page.show_drawer(True)
    settle(qtbot, page)
    assert page.minimumSizeHint().width() <= 1009
    assert not page.lists.table.horizontalScrollBar().isVisible()


def test_the_map_of_the_basket_leaves_with_its_rule_and_its_unknowns(page: ListsPage, tmp_path) -> None:
    path = tmp_path / "panier.xlsx"
    page.kit.services.maps.write(page.exported(), path)
    book = python_calamine.CalamineWorkbook.from_path(path)
    rows = book.get_sheet_by_name("Valeurs").to_python()
    place = rows[0].index("Valeur")
    assert {row[place] for row in rows[1:]} == {"n.d."}
    notes = [row[1] for row in book.get_sheet_by_name("Sources").to_python() if row[0] == "Note"]
    assert page._answer.rule.text() in notes
    page.kit.services.maps.write(page.exported(), tmp_path / "panier.svg")
    assert "obligatoirement" in (tmp_path / "panier.svg").read_text(encoding="utf-8")
