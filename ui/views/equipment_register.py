"""The register: filters on the left, the editable table or the map, the card of one service on the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app.domain.errors import DomainError
from app.domain.french import plural, typographic
from app.domain.register_errors import RegisterRefusal
from ui import labels_equipment as words
from ui.errors import sentence
from ui.labels_register import FIELD_LABELS
from ui.views.equipment_layout import RegisterLayout
from ui.views.equipment_parts import quiet
from ui.views.equipment_read import RegisterRead, read_rows

if TYPE_CHECKING:
    from app.changes import Changes
    from app.services.register_rows import Added, EquipmentCard, EquipmentRow
    from ui.models.grid import CellEdit, CellRefusal
    from ui.tasks import Task
    from ui.views.equipment_new import NewForm
    from ui.views.page import Kit

LISTED = 3
"""Refused cells told one by one."""


class RegisterView(RegisterLayout):
    """What is listed, selected, typed."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.register = kit.services.register
        self.answer: RegisterRead | None = None
        self._reading: Task | None = None
        self._carding: Task | None = None
        self._wanted = ""
        """Service to select once the rows are read."""
        self._zone = ""
        self._wire()

    def _wire(self) -> None:
        self.filters.changed.connect(self._filter)
        self.search.textChanged.connect(self._filter)
        self.column_filters.changed.connect(self._tell_count)
        self.grid.chosen.connect(self._choose)
        self.grid.opened.connect(self._open)
        self.grid.edited.connect(self._edited)
        self.grid.refused.connect(self._cells_refused)
        self.grid.removed.connect(self._remove)
        self.grid.added.connect(self.new)
        self.grid.rows_picked.connect(self.bulk.show_picked)
        self.grid.rows_pasted.connect(self.files.paste)
        self.bulk.asked.connect(self._edit_many)
        self.bulk.removal_asked.connect(lambda: self._remove(self.bulk.rows))
        self.bulk.closed.connect(self._one_again)
        self.add.clicked.connect(self.new)
        self.card.closed.connect(self.close_card)
        self.card.removal_asked.connect(self._remove_shown)
        self.card.placing_asked.connect(self.place)
        context = Qt.ShortcutContext
        for keys, action, where in (
            ("Ctrl+N", self.new, context.WindowShortcut),
            ("Ctrl+F", self.search.setFocus, context.WindowShortcut),
            ("Ctrl+M", self.map_button.click, context.WindowShortcut),
            ("Escape", self.escape, context.WidgetWithChildrenShortcut),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(where)
            shortcut.activated.connect(action)

    def wire_form(self, form: NewForm) -> None:
        """Follow what the form says."""
        form.closed.connect(self.close_card)
        form.made.connect(self._made)
        form.placing_asked.connect(self.place)

    # -- reading -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the services of the territory again; what is shown stays meanwhile."""
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        self._zone = self.filters.criteria().zone
        call = partial(read_rows, self.kit.services, self.kit.context.value, self._zone)
        self._reading = self.kit.runner.read(call, self._show, refused=self._refuse)

    def _show(self, answer: RegisterRead) -> None:
        self.answer = answer
        self.show_empty(not answer.anything and not self.form_shown)
        self.filters.show_rows(answer.rows)
        self.filters.set_zones(answer.zones)
        self._keep()
        self.grid.show_rows(answer.rows)
        if self._wanted:
            self.grid.select_uuid(self._wanted)
            self._wanted = ""
        self._tell_count()
        self._read_card()

    def _filter(self) -> None:
        self.grid.proxy.set_filter(self.search.text())
        if self.filters.criteria().zone != self._zone:
            self.reload()
        self._keep()
        self._tell_count()

    def _keep(self) -> None:
        answer, criteria = self.answer, self.filters.criteria()
        if answer is None:
            return
        inside = answer.in_zone
        self.grid.proxy.set_keep(
            lambda line: criteria.keeps(line) and (inside is None or line.uuid in inside)
        )

    def shown(self) -> list[EquipmentRow]:
        """Rows that the filters keep, in the order of the table."""
        proxy = self.grid.proxy
        return [proxy.row_at(proxy.index(place, 0)) for place in range(proxy.rowCount())]

    def _tell_count(self) -> None:
        if self.answer is None:
            return
        total = len(self.answer.rows)
        self.count.setText(words.count_words(self.grid.proxy.rowCount(), total))
        self.nothing.setVisible(self.grid.proxy.rowCount() == 0 and total > 0)
        self.show_totals(self.answer.totals)
        self.show_points(self.shown())

    # -- selection ---------------------------------------------------------------------------------------

    @property
    def selected(self) -> str:
        """The service under the cursor."""
        line = self.grid.current_row()
        return line.uuid if line is not None else ""

    def select(self, uuid: str) -> None:
        """Put the cursor on a service, in the table and on the map; filters that hide it are cleared."""
        if self.answer is None or all(line.uuid != uuid for line in self.answer.rows):
            self._wanted = uuid
            return
        if not self.grid.select_uuid(uuid):
            self.search.clear()
            self.filters.clear_all()
            self.column_filters.clear()
            self.grid.select_uuid(uuid)
        self.open_card()

    def _choose(self, line: EquipmentRow | None) -> None:
        self.map_select(line.uuid if line is not None else "")
        self._read_card()

    def _open(self, _line: EquipmentRow) -> None:
        self.open_card()
        self.card.take_focus()

    def _read_card(self) -> None:
        uuid = self.selected
        self.follow_selection(bool(uuid))
        if self._carding is not None and self._carding.running:
            self._carding.cancel()
        if uuid:
            call = quiet(self.register.card, uuid)
            self._carding = self.kit.runner.read(call, self._show_card, refused=self._gone)

    def _show_card(self, card: EquipmentCard) -> None:
        self.card.show_card(card)
        self.map_show_stops(card)

    def _gone(self, _error: DomainError) -> None:
        self.follow_selection(False)

    # -- writing -----------------------------------------------------------------------------------------

    def _edited(self, edits: list[CellEdit]) -> None:
        cells = [(edit.row.uuid, edit.column, edit.value) for edit in edits]
        self._write(quiet(self.register.edit_cells, cells))

    def _edit_many(self, field: str, typed: str) -> None:
        uuids = [line.uuid for line in self.bulk.rows]
        self._write(quiet(self.register.bulk_edit, uuids, field, typed))

    def _remove(self, rows: list[EquipmentRow]) -> None:
        if rows:
            uuids = tuple(line.uuid for line in rows)
            name = plural(len(rows), "équipement supprimé", "équipements supprimés")
            call = quiet(self.register.remove_equipments, uuids)
            self.kit.runner.write(call, partial(self._removed, name), refused=self._refuse)

    def _removed(self, said: str, changes: Changes) -> None:
        self._written(changes)
        self.kit.notify(said, "Annuler", self._undo)

    def _undo(self) -> None:
        self.kit.runner.write(quiet(self.kit.services.base.undo), self._undone)

    def _undone(self, done: tuple[str, Changes]) -> None:
        self.kit.hub.changed.emit(done[1])

    def _remove_shown(self) -> None:
        line = self.grid.current_row()
        if line is not None:
            self._remove([line])

    def _one_again(self) -> None:
        self.grid.setCurrentIndex(self.grid.currentIndex())

    def _write(self, call: Any) -> None:
        self.kit.runner.write(call, self._written, refused=self._refuse)

    def _written(self, changes: Changes) -> None:
        self.banner.hide()
        self.kit.hub.changed.emit(changes)

    def _refuse(self, error: DomainError) -> None:
        title = str(error.facts.get("equipment", ""))
        label = FIELD_LABELS.get(error.field, "") if isinstance(error, RegisterRefusal) else ""
        about = " ".join(part for part in (label, f"de « {title} »" if title else "") if part)
        said = sentence(error)
        self.banner.say(typographic(f"{about} : {said}") if title else said, "rouge")

    def _cells_refused(self, refusals: list[CellRefusal]) -> None:
        told = [
            f"ligne {refusal.row + 1}, {refusal.column or 'collage'} : {refusal.sentence}"
            for refusal in refusals[:LISTED]
        ]
        more = len(refusals) - len(told)
        tail = f" Et {plural(more, 'autre cellule refusée', 'autres cellules refusées')}." if more else ""
        self.banner.say(typographic(f"Rien n’a été écrit. {' '.join(told)}{tail}"), "rouge")

    # -- new ---------------------------------------------------------------------------------------------

    def new(self) -> None:
        """Open the form of a new service, in the commune of the context."""
        self.show_empty(False)
        self.show_form(True)
        self.form.start(self.kit.context.value)

    def _made(self, added: Added) -> None:
        self.show_form(False)
        self._wanted = added.uuid
        self.open_card()
        self.kit.hub.changed.emit(added.changes)

    def close_card(self) -> None:
        """Close the card or the form; the table takes the room."""
        self.show_form(False)
        self.hide_card()
        self.show_empty(self.answer is not None and not self.answer.anything)
        self.grid.setFocus()

    def escape(self) -> None:
        """Leave what is open, the latest first: placing, form, filter."""
        if self.stop_placing():
            return
        if self.form_shown:
            self.close_card()
        elif self.search.text():
            self.search.clear()
