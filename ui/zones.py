"""F6: the keyboard goes from zone to zone, rail, context bar, page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from ui.frame import Frame


def zones_of(frame: Frame) -> list[QWidget]:
    """Return the zones in reading order; a page may hold panels named as zones (property zone)."""
    zones: list[QWidget] = [frame.rail, frame.bar]
    page = frame.page
    if page is not None:
        children = page.findChildren(QWidget)
        inner = [child for child in children if child.property("zone") and child.isVisible()]
        zones.extend(inner or [page])
    return zones


def next_zone(frame: Frame, step: int) -> None:
    """Give the focus to the first control of the next (+1) or previous (-1) zone that has one."""
    zones = zones_of(frame)
    focused = QApplication.focusWidget()
    held = [i for i, zone in enumerate(zones) if focused is not None and zone.isAncestorOf(focused)]
    here = held[-1] if held else (-1 if step > 0 else 0)
    for move in range(1, len(zones) + 1):
        target = first_control(zones[(here + step * move) % len(zones)])
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def first_control(zone: QWidget) -> QWidget | None:
    """Return the first control of a zone that Tab would reach, the checked one in a group."""
    found = [
        child
        for child in zone.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible() and child.isEnabled()
    ]
    checked = [child for child in found if child.property("checked") is True]
    return next(iter([*checked, *found]), None)
