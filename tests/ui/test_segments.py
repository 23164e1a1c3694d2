"""The segmented control: every choice in reach, whatever the room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.segments import Segments

CHOICES = (("list", "Liste"), ("map", "Carte"), ("due", "Échéances"), ("path", "Trajectoire"))


@pytest.fixture
def segments(qtbot: QtBot, theme: Theme) -> Iterator[Segments]:
    room = QWidget()
    row = QHBoxLayout(room)
    made = Segments(CHOICES, "Vue")
    row.addWidget(made)
    row.addStretch(1)
    qtbot.addWidget(room)
    room.show()
    give(qtbot, made, 800)
    yield made
    room.hide()


def give(qtbot: QtBot, segments: Segments, width: int) -> None:
    room = segments.window()
    room.setMinimumWidth(1)
    segments.setMaximumWidth(width)
    room.resize(width + 40, 80)
    segments.resize(min(width, segments.sizeHint().width()), segments.height())
    qtbot.wait(1)


def shown(segments: Segments) -> list[str]:
    return [code for code, _ in CHOICES if segments.button(code).isVisible()]


def test_every_choice_is_shown_where_there_is_room(segments: Segments) -> None:
    assert shown(segments) == ["list", "map", "due", "path"]
    assert segments.more.isHidden()


def test_where_room_lacks_the_others_are_in_a_menu(qtbot: QtBot, segments: Segments) -> None:
    chosen: list[str] = []
    segments.chosen.connect(chosen.append)
    give(qtbot, segments, 160)
    assert shown(segments) == ["list"]
    assert segments.more.isVisible()
    assert segments.more.accessibleName() == "Vue\u202f: autres choix"
    menu = segments.menu()
    assert [(action.text(), action.isChecked()) for action in menu.actions()] == [
        ("Liste", True), ("Carte", False), ("Échéances", False), ("Trajectoire", False),
    ]  # fmt: skip
    menu.actions()[3].trigger()
    assert chosen == ["path"]
    assert segments.current == "path"
    assert shown(segments) == ["path"]
    assert segments.button("path").width() >= segments.button("path").sizeHint().width()
    give(qtbot, segments, 800)
    assert shown(segments) == ["list", "map", "due", "path"]
    assert segments.more.isHidden()


def test_the_first_choices_that_hold_stay(qtbot: QtBot, segments: Segments) -> None:
    give(qtbot, segments, segments.sizeHint().width() - 8)
    assert shown(segments) == ["list", "map", "due"]
    segments.set_current("path")
    assert shown(segments) == ["list", "map", "path"]
    kept = [*(segments.button(code) for code in shown(segments)), segments.more]
    assert sum(made.sizeHint().width() for made in kept) <= segments.width()


def test_arrows_move_the_choice_folded_or_not(qtbot: QtBot, segments: Segments) -> None:
    for width in (800, 160):
        give(qtbot, segments, width)
        segments.set_current("list")
        segments.button("list").setFocus()
        for code in ("map", "due"):
            qtbot.keyClick(segments.button(segments.current), Qt.Key.Key_Right)  # type: ignore[no-untyped-call]
            assert segments.current == code
            assert segments.button(code).isVisible()
            assert segments.window().focusWidget() is segments.button(code)
