"""Tab « Places »: groups with their funding, the ledger by year, what is expected apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.domain.errors import DomainError
from app.domain.french import number, typographic
from app.domain.register import Movement, MovementKind, PlaceGroup
from app.domain.register_change import with_values
from app.domain.register_errors import RegisterRefusal
from app.domain.register_ledger import LedgerYear, ledger_total
from app.domain.register_lists import load_choices
from ui import labels_equipment as words
from ui.labels_register import MOVEMENT, choice_label
from ui.models.grid import CellEdit, CellRefusal, CellRefused, EditColumn
from ui.models.table import Column
from ui.views.equipment_parts import CardPart, pair, refusal_words, slim
from ui.widgets.equipment_lists import ShortGrid, choice_column, read_count, read_day, shown_day
from ui.widgets.fields import CheckField, ChoiceField, DateField, Field, NumberField, TextField
from ui.widgets.parts import button, clear, column, icon_button, line, row, text

if TYPE_CHECKING:
    from app.services.register_rows import EquipmentCard
    from ui.views.page import Kit

MOVES = {kind.value: label for kind, label in MOVEMENT.items()}
PLANNED = "prevu:"
MOVES_PLANNED = {**MOVES, **{f"{PLANNED}{code}": f"{label} prévue" for code, label in MOVES.items()}}
"""What has happened, then what is expected and stays out of the totals."""
LEDGER: tuple[Column[LedgerYear], ...] = (
    Column("Année", lambda year: year.year, text=str, right=False),
    Column("Créées", lambda year: year.real.created, right=True),
    Column("Fermées", lambda year: year.real.closed, right=True),
    Column("Net", lambda year: year.real.net, text=lambda net: number(net, signed=True), right=True),
    Column("dont QPV", lambda year: year.qpv.net, text=lambda net: number(net, signed=True), right=True),
)


class PlacesPart(CardPart):
    """Groups, then movements; totals are computed, never typed."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.sums = text("", "second", wrap=True)
        self._groups = QVBoxLayout()
        self._groups.setSpacing(8)
        self.forms: dict[str, GroupForm] = {}
        self.ledger = ShortGrid(kit.theme, LEDGER, "Places créées et fermées par année", (13, 12, 13, 9, 14))
        self.total = text("", "second", wrap=True)
        self.expected = text("", "second", wrap=True)
        self.moves = ShortGrid(kit.theme, _move_columns(), "Mouvements de places", (92, 104, 58, 86))
        self.moves.edited.connect(self._moves_edited)
        self.moves.refused.connect(self._move_refused)
        self.moves.removed.connect(self._remove_moves)
        self.on = TextField("Date ou année", required=True)
        self.kind = ChoiceField("Sens", tuple(MOVES.items()), required=True)
        self.places = NumberField("Places", required=True)
        self.qpv = TextField("Code du QPV")
        self.planned = CheckField("Prévu, pas encore réel")
        self.kind.set_value(MovementKind.CREATION.value)
        slim(self.kind)
        first = row(self.on, self.kind, self.places, gap=8)
        for place in range(3):
            first.setStretch(place, 1)
        self.add(
            self.sums,
            row(
                text("Groupes de places", "group"), None,
                button("Ajouter un groupe", self.add_group, role="link"),
            ),
            self._groups,
            line(),
            text("Registre des places par année", "group"), self.ledger, self.total, self.expected,
            text("Mouvements", "group"), self.moves, first, pair(self.qpv, self.planned),
            row(button("Ajouter le mouvement", self.add_move, icon="plus"), None),
        )  # fmt: skip

    # -- showing -----------------------------------------------------------------------------------------

    def fill(self, card: EquipmentCard) -> None:
        """Show groups, ledger and movements."""
        item = card.equipment
        said = [
            f"{words.count_or_absent(item.licensed)} agréées",
            f"{words.opened_words(item.opened, item.opened_unknown)} ouvertes",
        ]
        if item.expected_places is not None:
            said.append(words.expected_words(item.expected_places))
        self.sums.setText(typographic(f"Places : {', '.join(said)}."))
        self._show_groups(item.groups)
        real = tuple(year for year in card.ledger if year.real.created or year.real.closed)
        self.ledger.show_rows(real)
        total = ledger_total(real)
        self.total.setText(
            f"De {real[0].year} à {real[-1].year}\u202f: {number(total.created)} créées, "
            f"{number(total.closed)} fermées, net {number(total.net, signed=True)}."
            if real
            else "Aucun mouvement de places connu."
        )
        planned = [year for year in card.ledger if year.expected.created or year.expected.closed]
        self.expected.setVisible(bool(planned))
        self.expected.setText(
            "Prévu, hors totaux\u202f: "
            + "\u202f; ".join(f"{number(year.expected.net, signed=True)} en {year.year}" for year in planned)
        )
        self.moves.show_rows(sorted(card.movements, key=lambda move: move.on, reverse=True))

    def _show_groups(self, groups: Sequence[PlaceGroup]) -> None:
        if [group.uuid for group in groups] != list(self.forms):
            clear(self._groups)
            self.forms = {}
            for group in groups:
                self.forms[group.uuid] = GroupForm(self)
                self._groups.addWidget(self.forms[group.uuid])
        for rank, group in enumerate(groups, start=1):
            self.forms[group.uuid].show_group(group, rank)

    # -- writing -----------------------------------------------------------------------------------------

    def add_group(self) -> None:
        """Add an empty group: nothing is known of it yet."""
        if self.card is not None:
            self.write(self.register.add_group, self.uuid, PlaceGroup("", "", "", None, None))

    def add_move(self) -> None:
        """Add what the small form says."""
        fields = (self.on, self.kind, self.places, self.qpv)
        if self.card is None or not all([field.commit() for field in fields]):
            return
        try:
            on, year_only = read_day(str(self.on.value))
        except CellRefused as refusal:
            self.on.refuse(str(refusal))
            return
        move = Movement(
            "", self.uuid, on, MovementKind(self.kind.value), self.places.value, str(self.qpv.value or ""),
            bool(self.planned.read()), year_only=year_only,
        )  # fmt: skip
        self.write(self.register.add_movement, move, done=self._added, refused=self._form_refused)

    def _added(self, _done: object) -> None:
        for field in (self.on, self.places, self.qpv):
            field.set_value(None)
        self.planned.set_value(False)

    def _form_refused(self, error: DomainError) -> None:
        code = error.field if isinstance(error, RegisterRefusal) else ""
        {"on": self.on, "code_qpv": self.qpv}.get(code, self.places).refuse(refusal_words(error))

    def _moves_edited(self, edits: list[CellEdit]) -> None:
        for edit in edits:
            self.write(self.register.edit_movement, _changed_move(edit.row, edit.column, edit.value))

    def _move_refused(self, refusals: list[CellRefusal]) -> None:
        self.banner.say(typographic(f"{refusals[0].sentence} Rien n’a été écrit."), "rouge")

    def _remove_moves(self, moves: list[Movement]) -> None:
        for move in moves:
            self.write(self.register.remove_movement, move.uuid)


class GroupForm(QFrame):
    """One group of places: each field written when it is left."""

    def __init__(self, part: PlacesPart) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._part = part
        self._group: PlaceGroup | None = None
        self.title = text("", "label")
        self.remove = icon_button("trash", "Supprimer ce groupe de places", self._remove)
        fundings = tuple((code, choice.label) for code, choice in load_choices("funding").items())
        self.fields: dict[str, Field] = {
            "label": TextField("Libellé"),
            "funding": ChoiceField("Financement", fundings),
            "licensed": NumberField("Places agréées"),
            "opened": NumberField("Places ouvertes"),
            "starts_on": DateField("Depuis le"),
            "ends_on": DateField("Jusqu’au"),
            "code_qpv": TextField("Code du QPV"),
            "expected": CheckField("Prévu, pas encore réel"),
        }
        for code, field in self.fields.items():
            field.committed.connect(partial(self._commit, code))
        made = list(self.fields.values())
        lines: list[Any] = [row(self.title, None, self.remove)]
        for first, second in zip(made[::2], made[1::2], strict=True):
            lines.append(pair(first, second))
        inside = column(*lines, gap=6)
        inside.setContentsMargins(12, 8, 12, 10)
        self.setLayout(inside)

    def show_group(self, group: PlaceGroup, rank: int) -> None:
        """Show a group; a refused field keeps what was typed."""
        self._group = group
        funding = choice_label("funding", group.funding) if group.funding else "financement non précisé"
        self.title.setText(f"{group.label or f'Groupe {rank}'}, {funding}")
        for code, field in self.fields.items():
            if not field.error.text():
                value = getattr(group, code)
                field.set_value((value or None) if code == "funding" else value)

    def _commit(self, code: str, value: Any) -> None:
        if self._group is None:
            return
        kept = "" if value is None and code in ("funding", "label", "code_qpv") else value
        group = with_values(self._group, {code: kept})
        self._part.write(
            self._part.register.edit_group, self._part.uuid, group, refused=partial(self._refuse, code)
        )

    def _refuse(self, code: str, error: DomainError) -> None:
        self.fields[code].refuse(refusal_words(error))

    def _remove(self) -> None:
        if self._group is not None:
            self._part.write(self._part.register.remove_group, self._part.uuid, self._group.uuid)


@dataclass(frozen=True)
class DayColumn(EditColumn[Any]):
    """A day, or its year alone when that is all that is known."""

    def shown(self, row: Movement) -> str:
        """Text of the cell."""
        return shown_day(row.on, row.year_only)


def _move_columns() -> tuple[EditColumn[Movement], ...]:
    return (
        DayColumn(
            "Date", lambda move: move.on, parse=read_day, code="on",
            typed=lambda move: shown_day(move.on, move.year_only),
        ),
        choice_column("Sens", "kind", MOVES_PLANNED, _sense),
        EditColumn(
            "Places", lambda move: move.places, parse=partial(read_count, "places"), code="places", right=True
        ),
        EditColumn("QPV", lambda move: move.code_qpv or None, parse=str.strip, code="code_qpv", absent="—"),
    )  # fmt: skip


def _sense(move: Movement) -> str:
    return f"{PLANNED if move.expected else ''}{move.kind.value}"


def _changed_move(move: Movement, code: str, value: Any) -> Movement:
    if code == "on":
        return replace(move, on=value[0], year_only=value[1])
    if code == "kind":
        kind = MovementKind(value.removeprefix(PLANNED))
        return replace(move, kind=kind, expected=value.startswith(PLANNED))
    if code == "places":
        return replace(move, places=value or 0)
    return replace(move, code_qpv=value)
