"""Bricks of the editor of a fiche: a section, fields written as one goes, the desk that writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.errors import sentence
from ui.widgets.fields import Field, LongTextField, NumberField
from ui.widgets.parts import row, text

if TYPE_CHECKING:
    from app.changes import Changes
    from app.domain.errors import DomainError
    from app.progress import Progress
    from ui.views.action_calls import ActionRead
    from ui.views.page import Kit

INDENT = 9
"""Labels stand over the text of their field, which has room around it."""
Write = Callable[["Progress"], "Changes"]


class Desk(Protocol):
    """What writes for the sections of a fiche."""

    kit: Kit
    action: str
    """Key of the fiche shown."""

    def write(self, call: Write, refused: Callable[[DomainError], None] | None = None) -> None:
        """Run a write, then show what the base holds; refused gets the error instead of the banner."""


class Section(QWidget):
    """A titled part of the document. `code` is that of the list at the left."""

    def __init__(self, code: str, title: str, desk: Desk) -> None:
        super().__init__()
        self.code = code
        self.desk = desk
        self.read: ActionRead | None = None
        self.title = text(title, "section")
        self.note = text("", "second")
        self.note.hide()
        self.head = row(self.title, None, self.note)
        self.setAccessibleName(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
        self.body.addLayout(self.head)

    def show_read(self, read: ActionRead) -> None:
        """Show another fiche, or the same one read again."""
        self.read = read

    def say_note(self, words: str, tone: str = "") -> None:
        """Say something short at the right of the title."""
        from ui.widgets.parts import set_tone

        self.note.setText(words)
        self.note.setVisible(bool(words))
        set_tone(self.note, tone)

    def first_control(self) -> QWidget | None:
        """The control that takes the keyboard when the section is chosen."""
        found = [
            child
            for child in self.findChildren(QWidget)
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(self) and child.isEnabled()
        ]
        return found[0] if found else None


def quieten(field: Field) -> None:
    """Show the box of a field only when it is used; its label in grey over its text."""
    field.control.setProperty("quiet", True)
    field.label.setProperty("role", "hint")
    field.label.setIndent(INDENT)
    field.error.setIndent(INDENT)
    field.setSizePolicy(QSizePolicy.Policy.Ignored, field.sizePolicy().verticalPolicy())
    if isinstance(field, NumberField):
        field.edit.setAlignment(Qt.AlignmentFlag.AlignLeft)


class Fields:
    """Fields of one thing: shown from a row, each written alone, refusals said under it."""

    def __init__(self, desk: Desk, kind: str = "action") -> None:
        self._desk = desk
        self._kind = kind
        self._uuid = ""
        self.fields: dict[str, Field] = {}

    def add(self, name: str, field: Field) -> Field:
        """Follow a field; its box shows only when it is used."""
        self.fields[name] = field
        quieten(field)
        field.committed.connect(partial(self._committed, name))
        return field

    def show(self, uuid: str, values: Mapping[str, Any]) -> None:
        """Show these values; an entry that was refused stays, as long as the thing is the same."""
        other = uuid != self._uuid
        self._uuid = uuid
        for name, field in self.fields.items():
            if other and field.refused:
                field.accept()
            if other or not field.refused:
                self._put(field, values.get(name), other)

    @staticmethod
    def _put(field: Field, value: Any, other: bool) -> None:
        if other:
            field.write(value)
        field.set_value(value)

    def _committed(self, name: str, value: Any) -> None:
        from ui.views import action_calls as calls

        held = "" if value is None else value
        call = partial(calls.edit, self._desk.kit.services, self._kind, self._uuid, {name: held})
        self._desk.write(call, partial(self._refused, name, self._uuid))

    def _refused(self, name: str, uuid: str, error: DomainError) -> None:
        """The entry stays with its sentence; what the base holds comes back with the next reading."""
        if uuid == self._uuid:
            self.fields[name].reject(sentence(error), _NEVER)


_NEVER = object()
"""Differs from anything typed: the same entry is asked again when the field is left again."""


class FieldSection(Section):
    """A section made of fields of the fiche, in two columns; long texts take both."""

    def __init__(self, code: str, title: str, desk: Desk, fields: Mapping[str, Field]) -> None:
        super().__init__(code, title, desk)
        self.fields = Fields(desk)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1)
        place = 0
        for name, field in fields.items():
            self.fields.add(name, field)
            wide = isinstance(field, LongTextField)
            place += place % 2 if wide else 0
            self.grid.addWidget(field, place // 2, place % 2, 1, 2 if wide else 1, Qt.AlignmentFlag.AlignTop)
            place += 2 if wide else 1
        self.body.addLayout(self.grid)

    def values(self, read: ActionRead) -> Mapping[str, Any]:
        """What the fields show: those of the detail, or of its row."""
        detail = read.detail
        return {
            name: getattr(detail, name) if hasattr(detail, name) else getattr(detail.row, name)
            for name in self.fields.fields
        }

    def show_read(self, read: ActionRead) -> None:
        """Show the fields."""
        super().show_read(read)
        self.fields.show(read.uuid, self.values(read))


class TitleField(LongTextField):
    """The title of a fiche: as high as it needs, written with Entrée."""

    def __init__(self) -> None:
        super().__init__("Intitulé de la fiche", required=True, lines=1)
        self.label.hide()
        self.edit.setProperty("role", "fiche")
        self.edit.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.edit.installEventFilter(self)

    def eventFilter(self, watched: Any, event: Any) -> bool:
        """Entrée writes instead of breaking the line."""
        typed = isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress
        if typed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
            return True
        return super().eventFilter(watched, event)
