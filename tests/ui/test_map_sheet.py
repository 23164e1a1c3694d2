"""« Mise en page… » and « Données (Excel) » of the map, by what they write."""

from __future__ import annotations

import pytest
import python_calamine
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from maps.options import SHEETS
from tests.ui.map_pages import nameless, settle, shown
from ui.views.map_coverage import CoveragePage
from ui.views.page import Kit
from ui.widgets.map_sheet import SheetChoice, SheetDialog


@pytest.fixture
def page(qtbot, kit: Kit) -> CoveragePage:
    return shown(qtbot, CoveragePage(kit))


@pytest.fixture
def dialog(page: CoveragePage, qtbot) -> SheetDialog:
    made = SheetDialog(page.kit, page.exported(), SheetChoice(), page)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: not made.preview.image.isNull())
    return made


def ratio(dialog: SheetDialog) -> float:
    return dialog.preview.image.width() / dialog.preview.image.height()


def test_the_preview_follows_the_format(dialog: SheetDialog, qtbot) -> None:
    width, height, _zoom = SHEETS["a4"]
    assert ratio(dialog) == pytest.approx(width / height, abs=0.02)
    dialog.sheet.setCurrentIndex(dialog.sheet.findData("16:9"))
    qtbot.waitUntil(lambda: abs(ratio(dialog) - 16 / 9) < 0.02)
    assert nameless(dialog) == []


def test_what_is_ticked_and_typed_is_what_is_written(dialog: SheetDialog, page: CoveragePage) -> None:
    dialog.title.setPlainText("Où manque-t-il\nun Eaje")
    dialog.author.setText("Caf, service études")
    dialog.checks["legend"].setChecked(False)
    dialog.checks["patterns"].setChecked(True)
    options = dialog.choice.options(page.kit)
    assert dialog.content.title == "Où manque-t-il un Eaje"
    assert (options.author, options.legend, options.grey, options.textures, options.scale) == (
        "Caf, service études", False, True, True, True,
    )  # fmt: skip
    dialog.title.clear()
    assert dialog.content.title == page.exported().title


def test_the_layout_is_written_by_keyboard_and_kept(page: CoveragePage, qtbot, tmp_path, calls) -> None:
    path = tmp_path / "carte.svg"
    asked: list[str] = []

    def choose(_parent: object, proposed: str, _filters: str) -> str:
        asked.append(proposed)
        return str(path)

    def compose(dialog: SheetDialog) -> bool:
        dialog.title.setPlainText("Titre de la réunion")
        dialog.file.setCurrentIndex(dialog.file.findData("svg"))
        dialog.sheet.setCurrentIndex(dialog.sheet.findData("a3"))
        return True

    page.export._choose = choose
    page.export.run_dialog = compose
    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(path.exists)
    settle(qtbot, page)
    assert asked[0].endswith(".svg")
    assert "Titre de la réunion" in path.read_text(encoding="utf-8")
    assert (page.export.choice.sheet, page.export.choice.file) == ("a3", "svg")
    assert calls.said == ["Carte exportée\u202f: carte.svg"]


def test_the_menu_offers_the_layout_and_the_data(page: CoveragePage) -> None:
    words = [action.text().split("\t")[0] for action in page.export.menu().findChildren(QAction)]
    words += [action.text().split("\t")[0] for action in page.export.menu().actions()]
    assert {"Mise en page…", "Données (Excel)"} <= set(words)


def test_the_data_hold_every_territory_with_its_state_and_sources(
    page: CoveragePage, qtbot, tmp_path
) -> None:
    path = tmp_path / "valeurs.xlsx"
    page.export._choose = lambda *_: str(path)
    page.export.export_data()
    qtbot.waitUntil(path.exists)
    settle(qtbot, page)
    book = python_calamine.CalamineWorkbook.from_path(path)
    rows = book.get_sheet_by_name("Valeurs").to_python()
    made = page.exported()
    assert [row[0] for row in rows[1:]] == list(made.layer.codes)
    place = rows[0].index("Valeur")
    told = {row[0]: row[place] for row in rows[1:]}
    for code, number in zip(made.layer.codes, made.numbers.tolist(), strict=True):
        assert told[code] == (pytest.approx(number) if number == number else "n.d.")
    sources = dict(row[:2] for row in book.get_sheet_by_name("Sources").to_python())
    assert sources["Carte"] == made.title
    assert "ce n’est pas un zéro" in sources["n.d."]
