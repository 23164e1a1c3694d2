"""A list of things to do: each line opens its place, explains itself, and takes an answer with a reason."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.domain.french import number
from ui import icons
from ui.views.home_answer import DONE, LATER, WHY, AnswerPanel
from ui.views.home_parts import LineButton, TwoTexts
from ui.widgets.parts import button, fictitious, icon_button, line, picture, row, text

if TYPE_CHECKING:
    from ui.theme import Theme
    from ui.views.home_todo import Group, Line

HEIGHT = 42
SHOWN = 6
"""Lines of a group shown until the others are asked."""
NO_BOX = 30
"""Room of a box, for a line without one."""


class TodoRow(QWidget):
    """One line: its box, its words, when it is due, « Plus tard », and why."""

    opened = Signal(str, object)
    answered = Signal(object, str, object, str)
    """Line, LATER or DONE, date or None, reason."""
    unfolded = Signal(object)
    """This row, when its panel opens."""

    def __init__(self, shown: Line, theme: Theme, on: datetime.date, *, writable: bool, badge: bool) -> None:
        super().__init__()
        self.line = shown
        self._on = on
        self._writable = writable
        self.panel: AnswerPanel | None = None
        self.box = QCheckBox()
        self.box.setAccessibleName(f"Fait\u202f: {shown.title}")
        self.box.setToolTip("Marquer comme fait")
        self.box.clicked.connect(partial(self.unfold, DONE))
        self.main = LineButton(spoken(shown), self._act)
        self._dress(theme, badge)
        self.later = icon_button(
            "clock-pause", f"Plus tard\u202f: {shown.title}", partial(self.unfold, LATER)
        )
        self.more = icon_button("chevron-down", f"Pourquoi\u202f? {shown.title}", self._toggle, size=16)
        self.more.setToolTip("Pourquoi, que faire")
        head = row(self.box, self.main, self.later, self.more, gap=4)
        head.setStretch(1, 1)
        for made in (self.box, self.later):
            made.setEnabled(writable)
        if shown.alert is None:
            head.insertSpacing(0, NO_BOX)
            for made in (self.box, self.later, self.more):  # never shown here: without a parent, a window
                made.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(line())
        self._column.addLayout(head)

    def _dress(self, theme: Theme, badge: bool) -> None:
        shown = self.line
        words = row(picture(shown.icon, shown.tone), TwoTexts(shown.title, shown.detail, theme), gap=12)
        words.setStretch(1, 1)
        if badge and shown.fictitious:
            words.addWidget(fictitious())
        if shown.late:
            late = text(shown.when, "strong", tone="rouge")
            words.addLayout(row(picture("alert-triangle", "rouge", 15), late, gap=5))
        elif shown.when:
            words.addWidget(text(shown.when, "second"))
        words.setContentsMargins(4, 0, 6, 0)
        self.main.hold(words, theme.px(HEIGHT))

    def _act(self) -> None:
        """Open the place of the line; explain it when no page is there."""
        if self.line.page:
            self.opened.emit(self.line.page, dict(self.line.wishes))
        elif self.line.alert is not None:
            self._toggle()

    # -- panel -------------------------------------------------------------------------------------------

    def _toggle(self) -> None:
        if self.panel is not None:
            self.fold()
        else:
            self.unfold(WHY)

    def unfold(self, mode: str, *_checked: object) -> None:
        """Open the panel in a mode."""
        self.box.setChecked(False)  # done once the reason is given
        if self.panel is None:
            self.panel = AnswerPanel(self.line, self._on, writable=self._writable)
            self.panel.open_asked.connect(self._act)
            self.panel.answered.connect(partial(self.answered.emit, self.line))
            self.panel.closed.connect(self.fold)
            self._column.addWidget(self.panel)
            self.more.setIcon(icons.icon("chevron-up", "texte2"))
        self.unfolded.emit(self)
        {WHY: self.panel.show_why, LATER: self.panel.show_later, DONE: self.panel.show_done}[mode]()

    def fold(self) -> None:
        """Close the panel; the keyboard comes back to the line."""
        if self.panel is None:
            return
        focused = self.window().focusWidget()
        inside = focused is not None and (focused is self.panel or self.panel.isAncestorOf(focused))
        self.panel.hide()
        self.panel.deleteLater()
        self.panel = None
        self.more.setIcon(icons.icon("chevron-down", "texte2"))
        if inside:
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)


class TodoList(QWidget):
    """Groups of lines; one panel open at a time; rows that did not change are kept, with what is typed."""

    opened = Signal(str, object)
    answered = Signal(object, str, object, str)

    def __init__(self, theme: Theme, *, writable: bool) -> None:
        super().__init__()
        self._theme = theme
        self._writable = writable
        self._rows: dict[str, TodoRow] = {}
        self._groups: tuple[Group, ...] = ()
        self._on = datetime.date.min
        self._whole: set[str] = set()
        self._badges = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        theme.changed.connect(self._redraw)

    @property
    def rows(self) -> tuple[TodoRow, ...]:
        """Rows shown, in order."""
        return tuple(self._rows.values())

    def show_groups(self, groups: Sequence[Group], on: datetime.date, *, badges: bool) -> None:
        """Show these groups; badges: mark each fictitious line, when others are real."""
        if (tuple(groups), on, badges) == (self._groups, self._on, self._badges):
            return
        if (on, badges) != (self._on, self._badges):
            self._drop(tuple(self._rows))
        self._groups, self._on, self._badges = tuple(groups), on, badges
        self._fill()

    def _fill(self) -> None:
        place = self._place_of_focus()
        kept = {shown.key: shown for group in self._groups for shown in self._shown(group)}
        self._drop([key for key, made in self._rows.items() if kept.get(key) != made.line])
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and not isinstance(widget, TodoRow):
                widget.hide()
                widget.deleteLater()
        held, self._rows = self._rows, {}
        for rank, group in enumerate(self._groups):
            if group.title:
                title = text(group.title, "group")
                title.setContentsMargins(0, 12 if rank else 4, 0, 8)
                self._column.addWidget(title)
            for shown in self._shown(group):
                self._add(held.get(shown.key) or self._make(shown))
            self._add_more(group)
        if place is not None and self._rows:
            self.rows[min(place, len(self._rows) - 1)].main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _shown(self, group: Group) -> tuple[Line, ...]:
        whole = group.code in self._whole or len(group.lines) <= SHOWN + 1
        return group.lines if whole else group.lines[:SHOWN]

    def _make(self, shown: Line) -> TodoRow:
        made = TodoRow(shown, self._theme, self._on, writable=self._writable, badge=self._badges)
        made.opened.connect(self.opened)
        made.answered.connect(self.answered)
        made.unfolded.connect(self._fold_others)
        made.main.moved.connect(partial(self._move, made))
        return made

    def _add(self, made: TodoRow) -> None:
        self._rows[made.line.key] = made
        self._column.addWidget(made)

    def _add_more(self, group: Group) -> None:
        hidden = len(group.lines) - len(self._shown(group))
        if hidden:
            more = button(
                f"Voir les {number(hidden)} autres", partial(self._show_whole, group.code), role="link"
            )
            more.setAccessibleDescription(group.title)
            self._column.addWidget(more)

    def _show_whole(self, code: str) -> None:
        first = len(self._rows)
        for group in self._groups:
            if group.code == code:
                first = sum(len(self._shown(g)) for g in self._groups[: self._groups.index(group) + 1])
        self._whole.add(code)
        self._fill()
        if first < len(self._rows):
            self.rows[first].main.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- rows --------------------------------------------------------------------------------------------

    def _drop(self, keys: Sequence[str]) -> None:
        for key in keys:
            made = self._rows.pop(key)
            made.hide()
            made.deleteLater()

    def _place_of_focus(self) -> int | None:
        """Rank of the row that holds the keyboard and is about to go."""
        kept = {shown.key: shown for group in self._groups for shown in self._shown(group)}
        focused = self.window().focusWidget()
        for rank, (key, made) in enumerate(self._rows.items()):
            if focused is not None and made.isAncestorOf(focused):
                return None if kept.get(key) == made.line else rank
        return None

    def _fold_others(self, opened: TodoRow) -> None:
        for made in self.rows:
            if made is not opened:
                made.fold()

    def _move(self, made: TodoRow, step: int) -> None:
        rank = self.rows.index(made) + step
        if 0 <= rank < len(self._rows):
            self.rows[rank].main.setFocus(Qt.FocusReason.TabFocusReason)

    def _redraw(self) -> None:
        for made in self.rows:
            made.main.setFixedHeight(self._theme.px(HEIGHT))


def spoken(shown: Line) -> str:
    """Return a line as a screen reader says it."""
    parts = [shown.title, shown.detail, shown.when, "fictif" if shown.fictitious else ""]
    return ", ".join(part for part in parts if part)
