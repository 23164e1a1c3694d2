"""Tab « Suivi »: the log of the support given, and the changes of gestionnaire."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from app.domain.errors import DomainError
from app.domain.french import number, typographic
from app.domain.register import Transfer
from app.domain.register_errors import RegisterRefusal
from app.domain.register_lists import load_choices
from app.services.register_rows import SupportRow
from ui.models.grid import CellEdit, CellRefusal, EditColumn
from ui.models.table import Column
from ui.views.equipment_parts import CardPart, refusal_words
from ui.widgets.equipment_lists import ShortGrid, choice_column, read_count, read_day
from ui.widgets.fields import ChoiceField, DateField, LongTextField, NumberField, TextField
from ui.widgets.parts import button, line, row, text

if TYPE_CHECKING:
    from app.services.register_rows import EquipmentCard
    from ui.views.page import Kit

SUPPORT = {code: choice.label for code, choice in load_choices("support_kind").items()}
MANAGERS = tuple((code, choice.label) for code, choice in load_choices("manager_kind").items())


class FollowPart(CardPart):
    """Two lists, each with the few fields of a new line."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.supports = ShortGrid(kit.theme, _support_columns(), "Accompagnements", (17, 15, 26, 16, 14))
        self.transfers = ShortGrid(kit.theme, TRANSFERS, "Changements de gestionnaire", (18, 27, 27))
        self.supports.edited.connect(self._edited)
        self.supports.removed.connect(partial(self._remove, self.register.remove_support))
        self.transfers.removed.connect(self._remove_transfers)
        for grid in (self.supports, self.transfers):
            grid.refused.connect(self._cells_refused)
        self.on = DateField("Date", required=True)
        self.kind = ChoiceField("Nature", tuple(SUPPORT.items()))
        self.words = LongTextField("Ce qui a été fait", required=True, lines=2)
        self.by = TextField("Par (fonction, organisme)")
        self.amount = NumberField("Montant", decimals=2, unit="€")
        self.moved_on = DateField("Date du changement", required=True)
        self.manager = TextField("Nouveau gestionnaire", required=True)
        self.manager_kind = ChoiceField("Nature", MANAGERS)
        self.no_support = text("Aucun accompagnement noté.", "hint")
        self.no_transfer = text("Aucun changement connu.", "hint")
        self.add(
            text("Accompagnements", "group"), self.supports, self.no_support,
            _pair(self.on, self.kind), self.words, _pair(self.by, self.amount),
            row(button("Ajouter au suivi", self.add_support, icon="plus"), None),
            4, line(),
            text("Changements de gestionnaire", "group"), self.transfers, self.no_transfer,
            _pair(self.moved_on, self.manager_kind), self.manager,
            row(button("Ajouter le changement", self.add_transfer, icon="plus"), None),
        )  # fmt: skip

    def show_card(self, card: EquipmentCard) -> None:
        """Another service: a line begun for the former one is forgotten."""
        if card.equipment.uuid != self.uuid:
            self._clear_support(None)
            self._clear_transfer(None)
        super().show_card(card)

    def fill(self, card: EquipmentCard) -> None:
        """Show both lists."""
        self.supports.show_rows(card.supports)
        self.no_support.setVisible(not card.supports)
        moves = sorted(card.equipment.transfers, key=lambda move: move.on, reverse=True)
        self.transfers.show_rows(moves)
        self.no_transfer.setVisible(not moves)

    # -- support -----------------------------------------------------------------------------------------

    def add_support(self) -> None:
        """Add what the fields say to the log."""
        fields = (self.on, self.kind, self.words, self.by, self.amount)
        if self.card is None or not all([field.commit() for field in fields]):
            return
        cents = None if self.amount.value is None else round(self.amount.value * 100)
        made = SupportRow(
            "",
            self.uuid,
            self.on.value,
            self.kind.value or "",
            self.words.value,
            str(self.by.value or ""),
            cents,
        )
        self.write(self.register.save_support, made, done=self._clear_support, refused=self._refuse_support)

    def _clear_support(self, _done: object) -> None:
        for field in (self.on, self.kind, self.words, self.by, self.amount):
            field.set_value(None)
            field.write(None)
            field.accept()

    def _refuse_support(self, error: DomainError) -> None:
        code = error.field if isinstance(error, RegisterRefusal) else ""
        fields = {"amount": self.amount, "kind": self.kind, "done_by": self.by}
        fields.get(code, self.words).refuse(refusal_words(error))

    def _edited(self, edits: list[CellEdit]) -> None:
        for edit in edits:
            self.write(self.register.save_support, _changed(edit.row, edit.column, edit.value))

    def _remove(self, method: Any, rows: list[SupportRow]) -> None:
        for found in rows:
            self.write(method, found.uuid)

    # -- transfers ---------------------------------------------------------------------------------------

    def add_transfer(self) -> None:
        """Record a change of gestionnaire on its day."""
        fields = (self.moved_on, self.manager, self.manager_kind)
        if self.card is None or not all([field.commit() for field in fields]):
            return
        move = Transfer("", self.moved_on.value, "", "", self.manager.value, self.manager_kind.value or "")
        self.write(
            self.register.add_transfer,
            self.uuid,
            move,
            done=self._clear_transfer,
            refused=self._refuse_transfer,
        )

    def _clear_transfer(self, _done: object) -> None:
        for field in (self.moved_on, self.manager, self.manager_kind):
            field.set_value(None)
            field.write(None)
            field.accept()

    def _refuse_transfer(self, error: DomainError) -> None:
        code = error.field if isinstance(error, RegisterRefusal) else ""
        (self.moved_on if code == "on" else self.manager).refuse(refusal_words(error))

    def _remove_transfers(self, moves: list[Transfer]) -> None:
        for move in moves:
            self.write(self.register.remove_transfer, self.uuid, move.uuid)

    def _cells_refused(self, refusals: list[CellRefusal]) -> None:
        self.banner.say(typographic(f"{refusals[0].sentence} Rien n’a été écrit."), "rouge")


def _pair(first: Any, second: Any) -> Any:
    both = row(first, second, gap=10)
    both.setStretch(0, 1)
    both.setStretch(1, 1)
    return both


def _day_of(typed: str) -> Any:
    return read_day(typed)[0]


def _cents(typed: str) -> int | None:
    from app.domain.numbers import parse_number

    found = parse_number(typed)
    return read_count("amount", typed) if found is None else round(found * 100)


def _support_columns() -> tuple[EditColumn[SupportRow], ...]:
    return (
        EditColumn("Date", lambda found: found.on, parse=_day_of, code="on"),
        choice_column("Nature", "kind", SUPPORT, lambda found: found.kind),
        EditColumn(
            "Fait", lambda found: found.text, parse=str.strip, code="text", hint=lambda found: found.text
        ),
        EditColumn("Par", lambda found: found.done_by or None, parse=str.strip, code="done_by", absent="—"),
        EditColumn(
            "€", lambda found: None if found.amount_cents is None else found.amount_cents / 100,
            text=lambda euros: number(euros, 2 if euros % 1 else 0), parse=_cents, code="amount_cents",
            right=True, absent="—",
        ),
    )  # fmt: skip


TRANSFERS: tuple[Column[Transfer], ...] = (
    Column("Date", lambda move: move.on),
    Column("De", lambda move: move.from_manager or None, hint=lambda move: move.from_manager),
    Column("À", lambda move: move.to_manager, hint=lambda move: move.to_manager),
)


def _changed(found: SupportRow, code: str, value: Any) -> SupportRow:
    return replace(found, **{code: value})
