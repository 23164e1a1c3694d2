"""What the tests of the sub-pages of the map share."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

if TYPE_CHECKING:
    from ui.views.map_layout import MapLayout

P = TypeVar("P", bound="MapLayout")


def texts(widget: QWidget) -> list[str]:
    """Texts that are seen."""
    return [label.text() for label in widget.findChildren(QLabel) if label.text() and label.isVisible()]


def settle(qtbot, page: MapLayout) -> None:
    """Let everything asked be read and drawn."""
    qtbot.waitUntil(lambda: not page.kit.runner.tasks)
    assert page.stage.view.wait(20_000)
    qtbot.waitUntil(lambda: not page.kit.runner.tasks)


def shown(qtbot, page: P, width: int = 1280, height: int = 700) -> P:
    """Show a page alone and read it."""
    qtbot.addWidget(page)
    page.resize(width, height)
    with qtbot.waitExposed(page):
        page.show()
    page.activate()
    settle(qtbot, page)
    return page


def nameless(page: QWidget) -> list[str]:
    """Controls that Tab reaches and that say nothing."""
    return [
        type(child).__name__
        for child in page.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and child.isVisible()
        and not (child.accessibleName() or getattr(child, "text", lambda: "")())
    ]
