"""Every view of « CPOG » is reachable by name and fits the smallest window; none cuts its words."""
# ruff: noqa: F811 - fixtures are imported by name

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.cpog_cases import cpog_stage, page, settle  # noqa: F401
from ui.views.cpog import CpogPage
from ui.views.cpog_contract import PARTS
from ui.views.cpog_fiche import FicheView
from ui.views.cpog_tabs import TABS

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)
DEMO = "79-2023-2027"


def nameless(view: QWidget) -> list[str]:
    return [
        type(child).__name__
        for child in view.findChildren(QWidget)
        if isinstance(child, CONTROLS)
        and child.isVisible()
        and child.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not child.objectName().startswith(("qt_spinbox_lineedit", "qt_scrollarea"))
        and not isinstance(child.parentWidget(), (QComboBox, QAbstractItemView, QAbstractSpinBox))
        and not (child.accessibleName() or getattr(child, "text", str)())
    ]


def small(page: CpogPage, qtbot: QtBot) -> FicheView:
    """The page on the contract of the demonstration, at the least size."""
    page.resize(1009, 542)
    page.set_compact(True, True)
    page.receive(cpog=DEMO, tab="fiche")
    settle(qtbot, page)
    view = page.view("fiche")
    assert isinstance(view, FicheView)
    return view


def test_every_control_of_every_view_has_a_name_and_fits(page: CpogPage, qtbot: QtBot) -> None:
    small(page, qtbot)
    for code, _word in TABS:
        page.show_tab(code)
        settle(qtbot, page)
        assert nameless(page.view(code)) == [], code
        assert page.minimumSizeHint().width() <= 1009, (code, page.minimumSizeHint())
        assert page.minimumSizeHint().height() <= 542, (code, page.minimumSizeHint())
    page.set_compact(False, False)
    page.resize(1280, 700)


def test_the_contract_and_the_drawer_have_names_and_fit(page: CpogPage, qtbot: QtBot) -> None:
    view = small(page, qtbot)
    view.toggle_side()
    assert nameless(view.side) == []
    view.toggle_side()
    view.open_contract()
    settle(qtbot, page)
    for code, _words in PARTS:
        view.contract.show_part(code)
        assert nameless(view.contract) == [], code
        assert page.minimumSizeHint().width() <= 1009, code
    view.contract.back.click()
    page.set_compact(False, False)
    page.resize(1280, 700)


def test_no_name_pushes_the_analysis_wider_than_its_panel(page: CpogPage, qtbot: QtBot) -> None:
    page.receive(cpog=DEMO, tab="fiche")
    settle(qtbot, page)
    view = page.view("fiche")
    assert isinstance(view, FicheView)
    for row in page.kit.services.cpog.indicators(DEMO, 2025):
        if row.hypothesis_alert or row.pinned:
            view.open_indicator(row.uuid)
            settle(qtbot, page)
            inside = view.side.hypotheses.parentWidget()
            assert inside is not None
            assert inside.minimumSizeHint().width() <= view.side.width(), row.name


def test_the_table_shows_the_quarters_of_one_year_at_a_time(page: CpogPage, qtbot: QtBot) -> None:
    page.receive(cpog=DEMO, tab="fiche")
    settle(qtbot, page)
    view = page.view("fiche")
    assert isinstance(view, FicheView)
    rows = page.kit.services.cpog.indicators(DEMO, 2025)
    view.open_indicator(next(row.uuid for row in rows if row.rank == 5))
    settle(qtbot, page)
    table = view.card.table
    for year in (2024, 2026):
        page.focus.set_year(year)
        settle(qtbot, page)
        shown = [p for place, p in enumerate(table.periods) if not table.isColumnHidden(place + 1)]
        assert {p.year for p in shown if p.quarter} == {year}
        assert [p.year for p in shown if not p.quarter] == [2022, 2023, 2024, 2025, 2026, 2027]
        assert table.columnViewportPosition(0) == 0, "the labels stay in sight"
    page.focus.set_year(2025)
    settle(qtbot, page)
