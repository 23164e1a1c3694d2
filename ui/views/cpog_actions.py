"""« Actions »: engagements of the contract and évaluations of its COG, followed at a date."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.cpog_codes import ActionState
from app.services.cpog_reading import today
from ui import labels_cpog
from ui.views import cpog_actions_read as reading
from ui.views.cpog_actions_read import CAISSE, COG, COLUMNS, STATE, ActionLine
from ui.views.cpog_parts import CpogView
from ui.views.cpog_writing import Writer
from ui.views.data_parts import FittedTable
from ui.widgets.fields import ChoiceField, DateField, Field, LongTextField, NumberField, TextField
from ui.widgets.parts import Banner, row, scrolled, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.progress import Progress
    from ui.views.cpog_focus import CpogFocus
    from ui.views.page import Kit

PANEL = 300
DECIDED = ("reason", "decided_by", "decided_on")
NONE = "none"


class FollowPanel(QFrame):
    """State, evidence and comment of one action; a state that somebody decided asks why, who and when."""

    def __init__(self, writer: Writer) -> None:
        super().__init__()
        self._writer = writer
        self._line: ActionLine | None = None
        self._departement: str | None = None
        self.setProperty("role", "card")
        self.title = text("", "section", wrap=True)
        self.path = text("", "hint", wrap=True)
        self.state = ChoiceField("État", [(s, labels_cpog.ACTION[s].capitalize()) for s in ActionState])
        self.evidence = LongTextField("Preuve", lines=1, placeholder="document, délibération, chiffre")
        self.comment = LongTextField("Commentaire", lines=2)
        self.due_on = DateField("Échéance")
        self.weight = NumberField("Poids dans la jauge (1 sinon)", decimals=1, least=0)
        self.reason = TextField("Motif")
        self.decided_by = TextField("Décideur (fonction)")
        self.decided_on = DateField("Décidé le")
        self.lacking = text("", "hint", tone="ocre", wrap=True)
        self.fields: dict[str, Field] = {
            "state": self.state, "reason": self.reason, "decided_by": self.decided_by,
            "decided_on": self.decided_on, "evidence": self.evidence, "comment": self.comment,
            "due_on": self.due_on, "weight": self.weight,
        }  # fmt: skip
        inside = QWidget()
        inside.setProperty("role", "surface")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 6, 0)
        layout.setSpacing(8)
        for part in (self.title, self.path, self.state, self.lacking, self.reason, self.decided_by,
                     self.decided_on, self.evidence, self.comment, self.due_on, self.weight):  # fmt: skip
            layout.addWidget(part)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 14, 10, 14)
        outer.addWidget(scrolled(inside))
        for field in self.fields.values():
            field.committed.connect(lambda _value: self.write())

    def show_line(self, line: ActionLine, departement: str | None) -> None:
        """Show another action; departement None: an engagement of the contract, not of the COG."""
        same = self._line is not None and self._line.uuid == line.uuid
        self._line, self._departement = line, departement
        self.title.setText(f"{line.code} {line.title}".strip())
        self.path.setText(", ".join(part for part in (line.path, line.note) if part))
        for name, field in self.fields.items():
            if not (same and self._waiting()):
                field.set_value(getattr(line, name))
        for field in (self.due_on, self.weight):
            field.setVisible(departement is None)
        self._show_decided()

    def _waiting(self) -> bool:
        return bool(self.lacking.text())

    def _show_decided(self) -> None:
        state = self._state()
        asked = state is not None and state.must_be_explained and self._departement is None
        for name in DECIDED:
            self.fields[name].setVisible(asked)
        said = [field for name, field in self.fields.items() if name != "state" and field.value]
        if state is None and said:
            self.lacking.setText("Choisissez d’abord un état.")
            self.lacking.show()
            return
        missing = [
            self.fields[name].label.text().lower()
            for name in DECIDED
            if asked and not self.fields[name].value
        ]
        self.lacking.setText(f"Pour l’écrire, il manque\u202f: {', '.join(missing)}." if missing else "")
        self.lacking.setVisible(bool(missing))

    def _state(self) -> ActionState | None:
        return ActionState(self.state.value) if self.state.value else None

    def write(self) -> None:
        """Write the follow-up once it is whole."""
        line, state = self._line, self._state()
        self._show_decided()
        if line is None or state is None or self._waiting():
            return
        said = {name: field.value for name, field in self.fields.items() if name != "state"}
        texts = {name: said[name] or "" for name in ("evidence", "comment")}
        if self._departement is not None:
            self._writer.write("follow_evaluation", line.uuid, state, self._departement, **texts)
            return
        decided = {name: said[name] for name in ("decided_on", "due_on", "weight")}
        who = {name: said[name] or "" for name in ("reason", "decided_by")}
        self._writer.write("follow_action", line.uuid, state, observed_on=today(), **texts, **who, **decided)


class ActionsView(CpogView):
    """A table, and the follow-up of the line chosen."""

    by_year = False

    def __init__(self, kit: Kit, focus: CpogFocus) -> None:
        super().__init__(kit, focus)
        self.which = Segments(
            [(CAISSE, "Engagements"), (COG, "COG, Caisse"), (STATE, "COG, État")], "Actions montrées"
        )
        self.state = QComboBox()
        self.state.setAccessibleName("État des actions")
        self.state.addItem("Tous les états", "")
        self.state.addItem("Non suivies", NONE)
        for code in ActionState:
            self.state.addItem(labels_cpog.ACTION[code].capitalize(), str(code))
        self.late = QCheckBox("En retard")
        self.on = DateField("Au")
        self.on.set_value(today())
        self.on.label.hide()
        self.on.edit.setMaximumWidth(kit.theme.px(112))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filtrer")
        self.filter.setAccessibleName("Filtrer les actions")
        self.filter.setClearButtonEnabled(True)
        self.banner = Banner()
        self.count = text("", "second", wrap=True)
        self.table = FittedTable(kit.theme, COLUMNS, "Actions et évaluations", flexible=(1, 2))
        self.table.setProperty("role", "framed")
        self.panel = FollowPanel(Writer(kit, self.banner, self))
        self.panel.setFixedWidth(kit.theme.px(PANEL))
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 12)
        layout.setSpacing(8)
        tools = row(self.which, self.state, self.late, text("au", "label"), self.on, None, self.filter)
        layout.addLayout(tools)
        layout.addWidget(self.banner)
        layout.addWidget(self.count)
        both = QHBoxLayout()
        both.setSpacing(14)
        both.addWidget(self.table, 1)
        both.addWidget(self.panel)
        layout.addLayout(both, 1)

    def _wire(self) -> None:
        self.which.chosen.connect(lambda _code: self.reload())
        self.on.committed.connect(lambda _value: self.reload())
        self.state.activated.connect(lambda _place: self._filter())
        self.late.toggled.connect(lambda _on: self._filter())
        self.filter.textChanged.connect(lambda _words: self._filter())
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _line: self.panel.state.box.setFocus())
        shortcut = QShortcut(QKeySequence("Ctrl+F"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.filter.setFocus)

    # -- content -----------------------------------------------------------------------------------------

    def question(self) -> Callable[[Progress], list[ActionLine]]:
        """Read the lines at the date asked."""
        on = self.on.value or today()
        return partial(reading.read, self.kit.services, self.focus.code, self.which.current, on)

    def show_answer(self, lines: list[ActionLine]) -> None:
        """Show the lines, the same one chosen."""
        kept = self.table.current_row()
        self.table.setColumnHidden(3, self.which.current == CAISSE)
        self.table.show_rows(lines)
        self._filter()
        place = next((i for i, line in enumerate(lines) if kept is not None and line.uuid == kept.uuid), 0)
        if lines:
            self.table.setCurrentIndex(self.table.proxy.mapFromSource(self.table.table.index(place, 0)))
        self._chosen(self.table.current_row())
        if not lines:
            self.count.setText("Aucune action dans ce contrat, ou sa COG n’est pas dans la base.")

    def _filter(self) -> None:
        asked, late = self.state.currentData(), self.late.isChecked()

        def keep(line: ActionLine) -> bool:
            held = NONE if line.state is None else str(line.state)
            return (not asked or held == asked) and (not late or bool(line.late))

        self.table.proxy.set_keep(keep if asked or late else None)
        self.table.proxy.set_filter(self.filter.text())
        shown = [
            self.table.proxy.row_at(self.table.proxy.index(i, 0)) for i in range(self.table.proxy.rowCount())
        ]
        self.count.setText(reading.counts(shown))

    def _chosen(self, line: ActionLine | None) -> None:
        self.panel.setVisible(line is not None)
        if line is not None:
            contract = self.focus.contract
            of_cog = self.which.current != CAISSE and contract is not None
            self.panel.show_line(line, contract.departement if of_cog and contract is not None else None)

    def set_compact(self, compact: bool, low: bool) -> None:  # noqa: ARG002 - the panel scrolls
        """Fewer columns on a narrow window."""
        self.table.setColumnHidden(2, compact)
        self.table.fit_columns()
