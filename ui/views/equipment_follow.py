"""Tab « Suivi »: the log of the support given, and the changes of gestionnaire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout

from app.domain.errors import DomainError
from app.domain.french import NBSP, long_date, number
from app.domain.register import Transfer
from app.domain.register_errors import RegisterRefusal
from app.domain.register_lists import load_choices
from app.services.register_rows import SupportRow
from ui.labels_register import choice_label
from ui.views.equipment_parts import CardPart, pair, refusal_words
from ui.widgets.fields import ChoiceField, DateField, Field, LongTextField, NumberField, TextField
from ui.widgets.parts import button, clear, column, icon_button, line, row, text

if TYPE_CHECKING:
    from app.services.register_rows import EquipmentCard
    from ui.views.page import Kit

SUPPORT = tuple((code, choice.label) for code, choice in load_choices("support_kind").items())
MANAGERS = tuple((code, choice.label) for code, choice in load_choices("manager_kind").items())
ADD, CHANGE = "Ajouter au suivi", "Enregistrer la ligne"


class FollowPart(CardPart):
    """Two lists, each with the few fields of a new line."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._edited = ""
        """uuid of the line of the log in the fields, empty for a new one."""
        self.supports = QVBoxLayout()
        self.transfers = QVBoxLayout()
        self.on = DateField("Date", required=True)
        self.kind = ChoiceField("Nature", SUPPORT)
        self.words = LongTextField("Ce qui a été fait", required=True, lines=2)
        self.by = TextField("Par", placeholder="Fonction, organisme")
        self.amount = NumberField("Montant", decimals=2, unit="€")
        self.save = button(ADD, self.add_support, icon="check")
        self.moved_on = DateField("Date du changement", required=True)
        self.manager = TextField("Nouveau gestionnaire", required=True)
        self.manager_kind = ChoiceField("Nature", MANAGERS)
        self.add(
            text("Accompagnements", "group"), self.supports,
            pair(self.on, self.kind), self.words, pair(self.by, self.amount),
            row(self.save, None), 4, line(),
            text("Changements de gestionnaire", "group"), self.transfers,
            pair(self.moved_on, self.manager_kind), self.manager,
            row(button("Ajouter le changement", self.add_transfer, icon="plus"), None),
        )  # fmt: skip

    def show_card(self, card: EquipmentCard) -> None:
        """Another service: a line begun for the former one is forgotten."""
        if card.equipment.uuid != self.uuid:
            self._clear_support(None)
            self._clear_transfer(None)
        super().show_card(card)

    def fill(self, card: EquipmentCard) -> None:
        """Show both lists, latest first."""
        clear(self.supports)
        for found in card.supports:
            self.supports.addLayout(self._support_line(found))
        if not card.supports:
            self.supports.addWidget(text("Aucun accompagnement noté.", "hint"))
        clear(self.transfers)
        moves = sorted(card.equipment.transfers, key=lambda move: move.on, reverse=True)
        for move in moves:
            self.transfers.addLayout(self._transfer_line(move))
        if not moves:
            self.transfers.addWidget(text("Aucun changement connu.", "hint"))

    # -- support -----------------------------------------------------------------------------------------

    def _support_line(self, found: SupportRow) -> QVBoxLayout:
        parts = [choice_label("support_kind", found.kind) if found.kind else "", found.done_by]
        if found.amount_cents is not None:
            parts.append(f"{number(found.amount_cents / 100, 2 if found.amount_cents % 100 else 0)}{NBSP}€")
        day = long_date(found.on)
        head = _head(
            day,
            icon_button("pencil", f"Modifier la ligne du {day}", lambda: self._edit(found)),
            icon_button("trash", f"Supprimer la ligne du {day}", lambda: self._remove_support(found)),
        )
        under = ", ".join(part for part in parts if part)
        return column(head, text(under, "hint", wrap=True), text(found.text, wrap=True), gap=1)

    def _edit(self, found: SupportRow) -> None:
        """Put a line of the log in the fields."""
        self._clear_support(None)
        self._edited = found.uuid
        self.on.set_value(found.on)
        self.kind.set_value(found.kind or None)
        self.words.set_value(found.text)
        self.by.set_value(found.done_by)
        self.amount.set_value(None if found.amount_cents is None else found.amount_cents / 100)
        self.save.setText(CHANGE)
        self.on.edit.setFocus()

    def add_support(self) -> None:
        """Add what the fields say to the log, or change the line being edited."""
        fields = (self.on, self.kind, self.words, self.by, self.amount)
        if self.card is None or not all([field.commit() for field in fields]):
            return
        cents = None if self.amount.value is None else round(self.amount.value * 100)
        made = SupportRow(
            self._edited, self.uuid, self.on.value, self.kind.value or "", self.words.value,
            str(self.by.value or ""), cents,
        )  # fmt: skip
        self.write(self.register.save_support, made, done=self._clear_support, refused=self._refuse_support)

    def _remove_support(self, found: SupportRow) -> None:
        self.write(self.register.remove_support, found.uuid)

    def _clear_support(self, _done: object) -> None:
        self._edited = ""
        self.save.setText(ADD)
        _empty(self.on, self.kind, self.words, self.by, self.amount)

    def _refuse_support(self, error: DomainError) -> None:
        code = error.field if isinstance(error, RegisterRefusal) else ""
        fields: dict[str, Field] = {"amount": self.amount, "kind": self.kind, "done_by": self.by}
        fields.get(code, self.words).refuse(refusal_words(error))

    # -- transfers ---------------------------------------------------------------------------------------

    def _transfer_line(self, move: Transfer) -> QVBoxLayout:
        day = long_date(move.on)
        remove = icon_button(
            "trash", f"Supprimer le changement du {day}", lambda: self._remove_transfer(move)
        )
        said = f"{_manager(move.from_manager, move.from_kind)} → {_manager(move.to_manager, move.to_kind)}"
        return column(_head(day, remove), text(said, wrap=True), gap=1)

    def add_transfer(self) -> None:
        """Record a change of gestionnaire on its day."""
        fields = (self.moved_on, self.manager, self.manager_kind)
        if self.card is None or not all([field.commit() for field in fields]):
            return
        move = Transfer("", self.moved_on.value, "", "", self.manager.value, self.manager_kind.value or "")
        self.write(
            self.register.add_transfer, self.uuid, move,
            done=self._clear_transfer, refused=self._refuse_transfer,
        )  # fmt: skip

    def _remove_transfer(self, move: Transfer) -> None:
        self.write(self.register.remove_transfer, self.uuid, move.uuid)

    def _clear_transfer(self, _done: object) -> None:
        _empty(self.moved_on, self.manager, self.manager_kind)

    def _refuse_transfer(self, error: DomainError) -> None:
        code = error.field if isinstance(error, RegisterRefusal) else ""
        (self.moved_on if code == "on" else self.manager).refuse(refusal_words(error))


def _head(day: str, *tools: QToolButton) -> QHBoxLayout:
    return row(text(day, "label"), None, *tools, gap=2)


def _manager(name: str, kind: str) -> str:
    words = name or "gestionnaire inconnu"
    return f"{words} ({choice_label('manager_kind', kind).lower()})" if kind else words


def _empty(*fields: Field) -> None:
    for field in fields:
        field.set_value(None)
        field.write(None)
        field.accept()
