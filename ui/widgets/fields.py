"""Fields of forms: a label, a control, a sentence under it when the entry is refused; written as one goes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.french import number, short_date, typographic
from app.domain.numbers import parse_number
from ui.widgets.parts import set_tone, text

REST_MS = 800
"""Silence of the keyboard after which an entry is written without leaving the field."""
LINES = 4


class Refused(Exception):
    """What was typed cannot be read; its text is the French sentence."""


class Field(QWidget):
    """One entry. `committed` carries the new value once it is read and differs from the one shown."""

    committed = Signal(object)

    def __init__(self, label: str, control: QWidget, *, required: bool = False) -> None:
        super().__init__()
        self.control = control
        self.required = required
        self._value: Any = None
        self.label = text(label + ("\u00a0*" if required else ""), "label", wrap=True)
        self.label.setBuddy(control)
        self.error: QLabel = text("", "hint", tone="rouge", wrap=True)
        self.error.hide()
        control.setAccessibleName(label + (" (obligatoire)" if required else ""))
        control.installEventFilter(self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.commit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        for item in (self.label, control, self.error):
            layout.addWidget(item)

    # -- what each kind writes ---------------------------------------------------------------------------

    def read(self) -> Any:
        """Return what is typed, None when empty. Raises Refused with its sentence."""
        raise NotImplementedError

    def write(self, value: Any) -> None:
        """Put a value in the control."""
        raise NotImplementedError

    # -- common ------------------------------------------------------------------------------------------

    @property
    def value(self) -> Any:
        """The value last shown or committed."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show a value, without committing it; what is being typed is kept."""
        self._value = value
        if not (self.control.hasFocus() and self._rest.isActive()):
            self.write(value)
            self.accept()

    def commit(self) -> bool:
        """Read the entry; tell whether it holds a value that can be written."""
        self._rest.stop()
        try:
            typed = self.read()
            if typed in (None, "") and self.required:
                raise Refused("Ce champ est obligatoire.")
        except Refused as refusal:
            self.refuse(str(refusal))
            return False
        self.accept()
        if typed != self._value:
            self._value = typed
            self.committed.emit(typed)
        return True

    def refuse(self, sentence: str) -> None:
        """Say under the field why it is refused; a screen reader hears it with the field."""
        said = typographic(sentence)
        self.error.setText(said)
        self.error.show()
        set_tone(self.control, "rouge")
        self.control.setAccessibleDescription(said)

    def reject(self, sentence: str, held: Any) -> None:
        """Say that what was committed is refused: `held` is still the value, the entry may be corrected."""
        self._value = held
        self.refuse(sentence)

    @property
    def refused(self) -> bool:
        """True while a refusal is said under the field."""
        return bool(self.error.text())

    def accept(self) -> None:
        """Forget the refusal."""
        if self.error.text():
            self.error.clear()
            self.error.hide()
            set_tone(self.control, "")
            self.control.setAccessibleDescription("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Write when the field is left."""
        if watched is self.control and event.type() == QEvent.Type.FocusOut:
            self.commit()
        return super().eventFilter(watched, event)

    def _touched(self) -> None:
        if self.control.hasFocus():
            self._rest.start()


class TextField(Field):
    """A text on one line."""

    def __init__(self, label: str, *, required: bool = False, placeholder: str = "") -> None:
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(placeholder)
        super().__init__(label, self.edit, required=required)
        self.edit.textEdited.connect(self._touched)
        self.edit.returnPressed.connect(self.commit)

    def read(self) -> Any:
        """Return the text without spaces around it."""
        return self.edit.text().strip()

    def write(self, value: Any) -> None:
        """Show a text, from its beginning unless it is being typed."""
        self.edit.setText("" if value is None else str(value))
        if not self.edit.hasFocus():
            self.edit.setCursorPosition(0)


class NumberField(TextField):
    """A number as people write it, with any space and either decimal sign; « n.d. » or nothing is None."""

    def __init__(
        self,
        label: str,
        *,
        decimals: int = 0,
        least: float | None = None,
        required: bool = False,
        unit: str = "",
    ) -> None:
        self._decimals = decimals
        self._least = least
        super().__init__(f"{label} ({unit})" if unit else label, required=required)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)

    def read(self) -> Any:
        """Return the number. Raises Refused."""
        typed = self.edit.text().strip()
        if typed.lower() in ("", "n.d.", "nd"):
            return None
        found = parse_number(typed)
        if found is None:
            raise Refused(f"« {typed} » n'est pas un nombre.")
        if self._least is not None and found < self._least:
            raise Refused(f"Le nombre doit être au moins {number(self._least, self._decimals)}.")
        if self._decimals == 0 and found != int(found):
            raise Refused("Un nombre entier est attendu.")
        return int(found) if self._decimals == 0 else found

    def write(self, value: Any) -> None:
        """Show a number in French, nothing for None."""
        shown = "" if value is None else number(value, self._decimals if float(value) != int(value) else 0)
        self.edit.setText(shown)


class DateField(TextField):
    """A date typed 05/03/2025, 5/3/25 or 2025-03-05; None when empty."""

    def __init__(self, label: str, *, required: bool = False) -> None:
        super().__init__(label, required=required, placeholder="jj/mm/aaaa")

    def read(self) -> Any:
        """Return the date. Raises Refused."""
        return read_date(self.edit.text())

    def write(self, value: Any) -> None:
        """Show a date."""
        self.edit.setText("" if value is None else short_date(value))


def read_date(typed: str) -> datetime.date | None:
    """Return the date written in a text, None when it is empty. Raises Refused."""
    typed = typed.strip()
    if not typed:
        return None
    for form in ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.datetime.strptime(typed, form).date()
        except ValueError:
            continue
    raise Refused(f"« {typed} » n'est pas une date : écrivez jj/mm/aaaa.")


def form_key(event: QKeyEvent, submit: Callable[[], object], give_up: Callable[[], object]) -> bool:
    """Ctrl+Entrée sends a form, Échap closes it; False for any other key, left to the form."""
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        submit()
    elif event.key() == Qt.Key.Key_Escape:
        give_up()
    else:
        return False
    return True


class LongTextField(Field):
    """A text on several lines that grows with what is written."""

    def __init__(
        self, label: str, *, required: bool = False, placeholder: str = "", lines: int = LINES
    ) -> None:
        self.edit = _Growing(lines)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setTabChangesFocus(True)
        super().__init__(label, self.edit, required=required)
        self.edit.textChanged.connect(self._touched)

    def read(self) -> Any:
        """Return the text without spaces around it."""
        return self.edit.toPlainText().strip()

    def write(self, value: Any) -> None:
        """Show a text, keeping the cursor if nothing differs."""
        shown = "" if value is None else str(value)
        if shown != self.edit.toPlainText():
            self.edit.setPlainText(shown)


class _Growing(QPlainTextEdit):
    """As high as its text, from some lines up."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.textChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Room for the text."""
        count = max(self._lines, min(int(self.document().size().height()), 4 * self._lines))
        return QSize(super().sizeHint().width(), self.fontMetrics().lineSpacing() * count + 18)

    def minimumSizeHint(self) -> QSize:
        """Same as sizeHint."""
        return QSize(120, self.sizeHint().height())


class ChoiceField(Field):
    """One choice among (code, words); None when nothing is chosen and it is not required."""

    def __init__(self, label: str, choices: Sequence[tuple[str, str]], *, required: bool = False) -> None:
        self.box = QComboBox()
        super().__init__(label, self.box, required=required)
        self.set_choices(choices)
        self.box.activated.connect(lambda _row: self.commit())

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these choices, keeping the present one."""
        self.box.clear()
        if not self.required:
            self.box.addItem("—", None)
        for code, words in choices:
            self.box.addItem(words, code)
        self.write(self._value)

    def read(self) -> Any:
        """Return the code chosen."""
        return self.box.currentData()

    def write(self, value: Any) -> None:
        """Show a choice."""
        self.box.setCurrentIndex(max(self.box.findData(value), 0 if not self.required else -1))


class CheckField(Field):
    """Yes or no."""

    def __init__(self, label: str) -> None:
        self.box = QCheckBox(label)
        super().__init__(label, self.box)
        self.label.hide()
        self.box.clicked.connect(lambda _checked: self.commit())

    def read(self) -> Any:
        """Return True or False."""
        return self.box.isChecked()

    def write(self, value: Any) -> None:
        """Show yes or no."""
        self.box.setChecked(bool(value))
