"""History of a fiche: what happened to it, and its fields at two moments side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QStackedWidget, QVBoxLayout, QWidget

from app.domain.ctg_field_words import FIELD, field_word
from app.domain.ctg_fields import FIELDS, parse_day
from app.domain.ctg_themes import theme_label
from app.domain.ctg_words import ACTION_KIND, ACTION_STATE, CAF_ROLE, ORIGIN
from app.domain.french import number, plural, short_date
from ui.models.table import Column
from ui.views import action_calls as calls
from ui.views.action_parts import Desk
from ui.views.data_parts import FittedTable
from ui.widgets.parts import button, row, text

if TYPE_CHECKING:
    from app.services.ctg_plan_rows import FieldChange

NOW = "Maintenant"
WORDS: dict[str, dict[Any, str]] = {
    "kind": dict(ACTION_KIND), "origin_kind": dict(ORIGIN), "caf_role": dict(CAF_ROLE),
    "status": dict(ACTION_STATE),
}  # fmt: skip
SHOWN = (*(name for name in FIELDS["action"] if name not in ("rank", "node_uuid")), "status")


@dataclass(frozen=True, slots=True)
class Compared:
    """One field at two moments."""

    name: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        """True if the two are not the same."""
        return self.first != self.second


def said(name: str, value: object) -> str:
    """A kept value, in words."""
    if value in (None, ""):
        return "—"
    if name == "theme":
        return theme_label(str(value))
    if name in WORDS:
        return next((word for code, word in WORDS[name].items() if code == value), str(value))
    if name.endswith("_on"):
        day = parse_day(str(value))
        return short_date(day) if day is not None else str(value)
    if name == "communes":
        return plural(len(str(value).split()), "commune")
    if isinstance(value, bool) or name == "fictitious":
        return "oui" if value else "non"
    return (
        number(value, 0 if float(value).is_integer() else 2) if isinstance(value, int | float) else str(value)
    )


def compared(before: dict[str, object] | None, after: dict[str, object] | None) -> list[Compared]:
    """Every field at two moments, in the order of the fiche."""
    one, other = before or {}, after or {}
    return [Compared(field_word(name).capitalize(), said(name, one.get(name)), said(name, other.get(name)))
            for name in SHOWN]  # fmt: skip


def moment(at: datetime) -> str:
    """« 05/03/2025 10:42 », local time."""
    local = at.astimezone()
    return f"{short_date(local)} {local:%H:%M}"


CHANGES: tuple[Column[FieldChange], ...] = (
    Column("Quand", lambda change: change.at.astimezone()),
    Column("Action", lambda change: change.action, hint=lambda change: change.action),
    Column("Champ", lambda change: field_word(change.field).capitalize() if change.field else "", absent=""),
    Column("Avant", lambda change: _cell(change, change.before), absent=""),
    Column("Après", lambda change: _cell(change, change.after), absent=""),
    Column("Poste", lambda change: "ce poste" if change.device_is_here else "un autre"),
)


def _cell(change: FieldChange, value: object) -> str:
    if not change.field or isinstance(value, dict):
        return ""
    name = change.field
    return said(name if name in FIELD else "", value)


class ActionHistory(QWidget):
    """Two moments to choose, the fields that differ, then every action."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._changes: list[FieldChange] = []
        self.title = text("Historique de la fiche", "object")
        self.first = _moments("Premier moment comparé")
        self.second = _moments("Second moment comparé")
        self.all = QCheckBox("Montrer aussi les champs identiques")
        self.back = button("Revenir à la fiche", self.closed.emit, icon="arrow-left", role="link")
        self.table = FittedTable(desk.kit.theme, self._columns(), "Champs aux deux moments", flexible=(1, 2))
        self.log = FittedTable(desk.kit.theme, CHANGES, "Actions sur la fiche", flexible=(4, 3, 1))
        for table in (self.table, self.log):
            table.setProperty("role", "framed")
        self.note = text("", "second", wrap=True)
        self._rows: list[Compared] = []
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 14, 24, 16)
        layout.setSpacing(10)
        layout.addLayout(row(self.title, None, self.back))
        layout.addLayout(row(text("Comparer"), self.first, text("et"), self.second, None, self.all))
        layout.addWidget(self.note)
        layout.addWidget(self.table, 1)
        layout.addWidget(text("Actions", "section"))
        layout.addWidget(self.log, 1)
        for box in (self.first, self.second):
            box.activated.connect(lambda _at: self.compare())
        self.all.toggled.connect(lambda _on: self._fill())

    @staticmethod
    def _columns() -> tuple[Column[Compared], ...]:
        tone = _tone
        return (
            Column("Champ", lambda line: line.name, tone=tone),
            Column("Premier moment", lambda line: line.first, tone=tone, hint=lambda line: line.first),
            Column("Second moment", lambda line: line.second, tone=tone, hint=lambda line: line.second),
        )

    def reload(self) -> None:
        """Read what happened to the fiche."""
        call = partial(calls.history, self.desk.kit.services, self.desk.action)
        self.desk.kit.runner.read(call, self._show)

    def _show(self, changes: list[FieldChange]) -> None:
        self._changes = changes
        self.log.show_rows(changes)
        moments = list(dict.fromkeys(change.at for change in changes))
        for box, at in ((self.first, min(1, len(moments))), (self.second, 0)):
            box.clear()
            box.addItem(NOW, None)
            for one in moments:
                box.addItem(moment(one), one)
            box.setCurrentIndex(min(at + (box is self.first), len(moments)))
        self.compare()

    def compare(self) -> None:
        """Read the fields at both moments."""
        now = datetime.now().astimezone()
        moments = [box.currentData() or now for box in (self.first, self.second)]
        call = partial(calls.fields_at, self.desk.kit.services, self.desk.action, moments)
        self.desk.kit.runner.read(call, self._compared)

    def _compared(self, read: Sequence[dict[str, object] | None]) -> None:
        self._rows = compared(read[0], read[1])
        missing = "La fiche n’existait pas encore au premier moment. " if read[0] is None else ""
        count = sum(line.differs for line in self._rows)
        differs = f"{plural(count, 'champ diffère', 'champs diffèrent')}." if count else "Rien ne diffère."
        nothing = "Aucune modification de cette fiche n’est gardée dans la base."
        self.note.setText(f"{missing}{differs}" if self._changes else nothing)
        self._fill()

    def _fill(self) -> None:
        every = self.all.isChecked()
        self.table.show_rows([line for line in self._rows if every or line.differs])


def _tone(line: Compared) -> str:
    return "" if line.differs else "texte3"


def _moments(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setMinimumContentsLength(16)
    return made
