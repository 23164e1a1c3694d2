"""The window: what it shows on a real base, what the keyboard does, what nobody may lose."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui import labels
from ui.frame import Frame
from ui.keys import KEYS
from ui.places import BUILDERS
from ui.report import report_text
from ui.window import MainWindow

CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)
PAGES = tuple(BUILDERS)
HEAVY = ("geopandas", "pandas", "reportlab", "scipy", "pyogrio", "mapclassify", "sqlalchemy", "shapely")


def _frame(window: MainWindow) -> Frame:
    assert window.frame is not None
    return window.frame


def _settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.runner.tasks)


def test_the_title_names_the_base_and_says_that_it_is_fictitious(opened: MainWindow) -> None:
    assert opened.windowTitle() == "deux-sevres.maillage (démonstration) — Maillage"


def test_the_rail_has_only_pages_that_exist(qtbot: QtBot, opened: MainWindow) -> None:
    frame = _frame(opened)
    words = [made.text() for made in frame.rail.buttons.values()]
    assert words == [word for key, word in labels.PAGES.items() if key in BUILDERS]
    assert set(frame.rail.buttons) == set(BUILDERS)
    for key, made in frame.rail.buttons.items():
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
        assert frame.page is frame.pages[key]
        assert made.isChecked()
    _settle(qtbot, opened)


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614), (1920, 1080)])
def test_every_control_of_every_page_has_a_name(
    qtbot: QtBot, opened: MainWindow, size: tuple[int, int]
) -> None:
    opened.resize(*size)
    frame = _frame(opened)
    for key in PAGES:
        frame.navigate(key)
        _settle(qtbot, opened)
        nameless = [_path(control) for control in _controls(opened) if not _name(control)]
        assert nameless == [], key


def _controls(window: QWidget) -> list[QWidget]:
    found = [child for child in window.findChildren(QWidget) if isinstance(child, CONTROLS)]
    inner = ("qt_spinbox_lineedit", "qt_scrollarea")
    return [
        control
        for control in found
        if control.isVisible()
        and control.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not control.objectName().startswith(inner)
        and not isinstance(control.parentWidget(), (QComboBox, QAbstractSpinBox, QAbstractItemView))
    ]


def _name(control: QWidget) -> str:
    text = control.text() if isinstance(control, QAbstractButton) else ""
    return control.accessibleName() or text


def _path(widget: QWidget | None) -> str:
    names = []
    while widget is not None:
        names.append(type(widget).__name__)
        widget = widget.parentWidget()
    return " < ".join(names)


def test_no_page_needs_a_horizontal_bar_on_the_smallest_screen(qtbot: QtBot, opened: MainWindow) -> None:
    opened.resize(1093, 614)
    frame = _frame(opened)
    for key in PAGES:
        frame.navigate(key)
        _settle(qtbot, opened)
        assert opened.width() == 1093, key
        assert frame.stack.width() <= 1093 - frame.rail.width(), key


def test_changing_territory_never_changes_page(qtbot: QtBot, opened: MainWindow) -> None:
    frame = _frame(opened)
    frame.navigate("settings")
    frame.context.set_territory("79", "200041317")
    assert frame.page is frame.pages["settings"]
    assert frame.bar.territory.steps[1].text().startswith("Niortais")


@pytest.mark.parametrize(
    ("width", "shown"), [(1093, "Caf 79 et 52"), (1920, "Caf des Deux-Sèvres et de la Haute-Marne")]
)
def test_the_caf_is_named_in_short_where_room_lacks(
    qtbot: QtBot, opened: MainWindow, width: int, shown: str
) -> None:
    opened.resize(width, 614)
    step = _frame(opened).bar.territory.steps[0]
    qtbot.waitUntil(lambda: step.text() == shown)
    assert step.accessibleName().endswith("Caf des Deux-Sèvres et de la Haute-Marne")
    assert step.sizeHint().width() <= step.width()


def test_a_former_commune_is_found_in_the_tree(qtbot: QtBot, opened: MainWindow) -> None:
    frame = _frame(opened)
    frame.bar.territory.open(1)
    popup = frame.bar.territory.popup
    qtbot.keyClicks(popup.field, "sauze vaussais")
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert frame.context.value.commune == "79307"
    assert frame.context.value.epci == "200069755"


def test_back_and_forward_go_through_pages_and_territories(qtbot: QtBot, opened: MainWindow) -> None:
    frame = _frame(opened)
    frame.navigate("settings")
    frame.context.set_territory("79")
    frame.context.back()
    assert frame.context.value.departement is None
    frame.context.back()
    assert frame.page is frame.pages["home"]
    frame.context.forward()
    assert frame.page is frame.pages["settings"]
    _settle(qtbot, opened)


def test_years_without_data_are_listed_hollow(opened: MainWindow) -> None:
    year = _frame(opened).bar.year
    shown = [year.itemText(i) for i in range(year.count())]
    assert shown == ["2026  non importé", "2025", "2024", "2023"]
    assert year.currentText() == "2023"


def test_a_third_reference_replaces_the_oldest(opened: MainWindow) -> None:
    frame = _frame(opened)
    frame.bar.references.actions_by_name["region"].trigger()
    assert len(frame.context.value.references) == 2
    assert "region" in frame.context.value.references


def test_an_edit_is_undone_and_redone_from_the_bar(qtbot: QtBot, opened: MainWindow) -> None:
    frame = _frame(opened)
    settings = frame.services.settings
    assert not frame.bar.undo.isEnabled()
    frame.runner.write(lambda _: settings.set_parameter("small_denominator", "40"), frame.hub.changed.emit)
    qtbot.waitUntil(frame.bar.undo.isEnabled)
    assert "Petit dénominateur" in frame.bar.undo.accessibleName()
    assert frame.status.saved.text().startswith("Enregistré à ")
    frame.bar.undo.click()
    qtbot.waitUntil(lambda: settings.parameter("small_denominator") == 50)
    qtbot.waitUntil(lambda: "Petit dénominateur" in frame.toast.words())
    qtbot.waitUntil(frame.bar.redo.isEnabled)
    frame.bar.redo.click()
    qtbot.waitUntil(lambda: settings.parameter("small_denominator") == 40)
    _settle(qtbot, opened)


def test_the_palette_ignores_accents_and_the_order_of_words(qtbot: QtBot, opened: MainWindow) -> None:
    opened.open_palette()
    palette = opened.palette_dialog
    qtbot.keyClicks(palette.field, "enfance couverture petite")
    assert palette.model.commands[0].label == "Taux de couverture petite enfance"
    palette.field.setText("regl")
    labels = [command.label for command in palette.model.commands]
    assert "Aller à Réglages" in labels
    palette.list.setCurrentIndex(palette.model.index(labels.index("Aller à Réglages"), 0))
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert _frame(opened).page is _frame(opened).pages["settings"]


def test_the_palette_goes_to_a_commune(qtbot: QtBot, opened: MainWindow) -> None:
    opened.open_palette()
    palette = opened.palette_dialog
    qtbot.keyClicks(palette.field, "79191")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert _frame(opened).context.value.commune == "79191"
    _settle(qtbot, opened)


def test_nothing_found_is_said(qtbot: QtBot, opened: MainWindow) -> None:
    opened.open_palette()
    opened.palette_dialog.field.setText("zzzz")
    assert not opened.palette_dialog.list.isVisible()
    opened.palette_dialog.reject()


def test_every_key_has_an_action_and_is_listed_once(window: MainWindow) -> None:
    assert {key.action for key in KEYS} == set(window._actions())
    sequences = [sequence for key in KEYS for sequence in key.sequences]
    assert len(sequences) == len(set(sequences))


def test_help_lists_the_keys_of_the_pages_too(qtbot: QtBot, opened: MainWindow) -> None:
    frame = _frame(opened)
    frame.navigate("map")
    frame.show_shortcuts()
    page = frame.pages["settings"]
    said = [label.text() for label in page.findChildren(QLabel)]
    assert all(keys in said for keys, _ in frame.pages["map"].shortcuts())
    _settle(qtbot, opened)


def test_zones_follow_f6(qtbot: QtBot, opened: MainWindow) -> None:
    from ui.zones import next_zone, zones_of

    frame = _frame(opened)
    next_zone(frame, 1)
    seen = []
    for _ in zones_of(frame):
        focused = QApplication.focusWidget()
        seen.append(next(i for i, zone in enumerate(zones_of(frame)) if zone.isAncestorOf(focused)))
        next_zone(frame, 1)
    assert seen == list(range(len(seen)))


def test_a_narrow_window_loses_words_but_no_control(qtbot: QtBot, opened: MainWindow) -> None:
    frame = _frame(opened)
    opened.resize(1093, 614)
    qtbot.waitUntil(lambda: frame.compact and frame.low)
    bar = frame.bar
    for control in (*bar.territory.steps, bar.year, bar.references, bar.search, bar.undo, bar.redo):
        assert control.isVisible()
        assert control.mapTo(frame, control.rect().topRight()).x() < 1093
    assert bar.search.text() == ""


def test_files_dropped_on_the_window_go_to_the_import(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path
) -> None:
    frame = _frame(opened)
    file = tmp_path / "notes.csv"
    file.write_text("a;b\n1;2\n", encoding="utf-8")
    opened.take_files([file])
    assert frame.page is frame.pages["data"]
    _settle(qtbot, opened)


def test_a_refused_base_comes_back_to_the_wizard_with_its_reason(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / "notes.maillage"
    file.write_text("ceci n’est pas une base", encoding="utf-8")
    window.open_path(file)
    qtbot.waitUntil(lambda: window.start is not None and window.start.banner.isVisible())
    assert window.start is not None
    assert "notes.maillage" in window.start.banner.words()
    _settle(qtbot, window)


def test_a_failed_write_is_said_in_red(qtbot: QtBot, opened: MainWindow) -> None:
    from app.domain.errors import DiskFull

    frame = _frame(opened)

    def fail(_progress: object) -> None:
        raise DiskFull("base.maillage")

    frame.runner.write(fail, lambda _: None)
    qtbot.waitUntil(lambda: "plein" in frame.status.saved.text())
    assert "plein" in frame.toast.words()


def test_a_bug_offers_its_report_once(qtbot: QtBot, opened: MainWindow) -> None:
    error = ZeroDivisionError("division")
    opened.show_report(error)
    opened.show_report(error)
    assert opened._report is not None
    assert "ZeroDivisionError" in report_text(error)
    opened._report.copy()
    assert QApplication.clipboard().text() == opened._report.report
    opened._report.accept()
    assert opened._report is None


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_every_page_lives_through_theme_and_zoom(
    qtbot: QtBot, opened: MainWindow, mode: str, zoom: float
) -> None:
    frame = _frame(opened)
    opened.resize(1093, 614)
    opened.theme.set_mode(mode)
    opened.theme.set_zoom(zoom)
    for key in PAGES:
        frame.navigate(key)
        _settle(qtbot, opened)
        assert not opened.grab().isNull()
    opened.theme.set_mode("light")
    opened.theme.set_zoom(1.0)


def test_the_first_window_imports_nothing_heavy() -> None:
    script = (
        "import sys\n"
        "from app.bootstrap import Opener\n"
        "import ui.application, ui.views.first_run\n"
        "app = ui.application.make_application([])\n"
        "from ui.preferences import Preferences\n"
        "window = ui.application.make_window(app, Opener(), Preferences())\n"
        "window.show(); app.processEvents()\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True, text=True, check=True, timeout=60,
        cwd=Path(__file__).parents[2],
        env={**__import__("os").environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert done.stdout.strip().splitlines()[-1] == "[]"
