"""A tab made of parts behind a segmented control: one list at a time, each built when first shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.views.ctg_lists import EditList
from ui.views.ctg_tab import CtgTab
from ui.widgets.narrow_stack import NarrowStack
from ui.widgets.parts import Elided, row
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from ui.views.page import Kit


class SectionTab(CtgTab):
    """Parts: (code, word). Subclasses build each part in `build` and fill them in `fill`.

    The `verbs` of the part shown stand at the right of the control, a sentence between them.
    """

    rows_part = ""
    """Part whose rows other pages lead to."""

    def __init__(self, kit: Kit, parts: Sequence[tuple[str, str]], name: str) -> None:
        super().__init__(kit)
        self.segments = Segments(parts, name)
        self.segments.chosen.connect(self.show_part)
        self.note = Elided("", "second")
        self.verbs = NarrowStack()
        self.verbs.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.head = row(self.segments, 4, self.note, self.verbs)
        self.head.setStretch(2, 1)
        self.place = NarrowStack()
        self._parts: dict[str, QWidget] = {}
        self._verbs: dict[str, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setSpacing(12)
        self._column.addWidget(self.banner)
        self._column.addLayout(self.head)
        self._column.addWidget(self.place, 1)

    def build(self, code: str) -> QWidget:
        """Return a part."""
        raise NotImplementedError

    def fill(self, code: str, part: QWidget) -> None:
        """Show in a part what was read."""

    @property
    def part(self) -> str:
        """Code of the part shown."""
        return self.segments.current

    def part_of(self, code: str) -> QWidget:
        """A part, built if it was never shown."""
        if code not in self._parts:
            made = self._parts[code] = self.build(code)
            self.place.addWidget(made)
            give = getattr(made, "give_verbs", QWidget)
            self._verbs[code] = give()
            self.verbs.addWidget(self._verbs[code])
        return self._parts[code]

    def show_part(self, code: str) -> None:
        """Show a part."""
        self.segments.set_current(code)
        made = self.part_of(code)
        self.place.setCurrentWidget(made)
        self.verbs.setCurrentWidget(self._verbs[code])
        if self.detail is not None:
            self.fill(code, made)

    def seek(self, uuid: str) -> None:
        """Go to a row that another page leads to, once it is read."""
        if not self.rows_part:
            return
        self.show_part(self.rows_part)
        part = self.part_of(self.rows_part)
        for held in [part, *part.findChildren(EditList)]:
            if isinstance(held, EditList):
                held.grid.go_to(uuid)

    def made(self, uuid: str) -> None:
        """The list of the part shown will go to the new row."""
        part = self.part_of(self.part)
        for held in [part, *part.findChildren(EditList)]:
            if isinstance(held, EditList):
                held.grid.wanted = uuid

    def show_again(self) -> None:
        """After a refusal the part shown is filled again."""
        self.show_part(self.part)

    def set_compact(self, compact: bool, low: bool) -> None:  # noqa: ARG002
        """Less room around."""
        side = 12 if low else 20
        self._column.setContentsMargins(side, 10 if low else 14, side, 12)

    def listen(self, made: EditList, kind: str) -> EditList:
        """Write what is typed in a list of things of a kind."""
        made.edited.connect(lambda held, values: self.edit(kind, held.uuid, values))
        made.removed.connect(lambda rows: self.remove_all(kind, rows))
        made.refused.connect(self.say_refused)
        made.ordered.connect(partial(self.order, kind))
        return made

    def say_refused(self, words: str) -> None:
        """A cell refused before anything was written."""
        self.banner.say(words, "rouge")
