"""Estimate of the bonus territoire, its formula visible, and the dated amounts that it rests on."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ctg_parameters import amount_at
from app.domain.french import NO_DATA, listing, number, typographic
from ui.models.table import Column
from ui.views.ctg_columns import choice_column, day_column, number_column, text_column
from ui.views.ctg_lists import EditList, YearField
from ui.widgets.parts import Picture, row, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain.ctg_parameters import Amount, BonusEstimate, BonusLine
    from ui.views.ctg_funding import FundingRead, FundingTab

ESTIMATE = (
    "Estimation à partir des quantités saisies et des montants de référence en vigueur au 31 décembre : "
    "jamais un montant notifié."
)


class LineOf:
    """A line of the estimate, with the key of its row."""

    __slots__ = ("amount", "euros", "formula", "parameter", "quantity", "source", "uuid")

    def __init__(self, held: BonusLine) -> None:
        self.uuid = held.quantity.uuid
        self.parameter = held.quantity.parameter
        self.quantity = held.quantity.quantity
        self.source = held.quantity.source
        self.amount = held.amount
        self.euros = held.euros
        self.formula = held.formula


def _unit(held: LineOf) -> float | None:
    return held.amount.value if held.amount is not None else None


def _unit_words(held: LineOf) -> str:
    return held.amount.unit if held.amount is not None else ""


def _bonus_columns(words: Mapping[Any, str]) -> tuple[Column[Any], ...]:
    return (
        choice_column("parameter", "Paramètre", words),
        number_column("quantity", "Quantité", 2),
        Column("Montant unitaire", _unit, text=lambda value: f"{number(value, _decimals(value))}\u202f€",
               right=True, hint=lambda held: held.amount.source if held.amount else ""),
        Column("Unité", _unit_words, absent=""),
        Column("Calcul", lambda held: held.formula, hint=lambda held: held.formula),
        text_column("source", "Source de la quantité"),
    )  # fmt: skip


def _decimals(value: float) -> int:
    return 0 if float(value).is_integer() else 2


class BonusPart(QWidget):
    """One year at a time: lines to fill, then the sum with its formula, then what is missing."""

    def __init__(self, tab: FundingTab) -> None:
        super().__init__()
        self._tab = tab
        self._words: dict[Any, str] = {}
        self.year = YearField("Année", least=2019, required=True)
        self.year.edit.setFixedWidth(tab.theme.px(96))
        self.year.committed.connect(self._year_typed)
        self.list = EditList(
            tab.theme, "Lignes de l’estimation", _bonus_columns({}), flexible=(4, 0, 5),
            add=("Ajouter une ligne", self.start_new),
            empty="Aucune quantité pour cette année. Une ligne par groupe de places, d’heures ou d’ETP.",
        )  # fmt: skip
        tab.listen(self.list, "bonus")
        self.total = text("", "object", wrap=True)
        self.missing = text("", tone="ocre", wrap=True)
        self.mark = Picture("alert-triangle", "ocre", 16)
        said = row(self.mark, self.missing, gap=8)
        said.setStretch(1, 1)
        note = text(typographic(ESTIMATE), "hint", wrap=True)
        head = row(self.year, 12, note, gap=10)
        head.setStretch(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.total)
        layout.addLayout(said)
        layout.addWidget(self.list, 1)

    def show_read(self, read: FundingRead) -> None:
        """Show the estimate of a year."""
        bonus = read.bonus
        self.year.set_value(bonus.year)
        self._words = {amount.code: amount.label for amount in read.amounts}
        self.list.grid.grid.columns = _bonus_columns(self._words)
        self.list.show_rows([LineOf(line) for line in bonus.lines])
        self.total.setText(self._total(bonus))
        unknown = (
            f"Montant ou quantité à renseigner : {listing(list(bonus.missing))}." if bonus.missing else ""
        )
        self.missing.setText(typographic(unknown))
        self.mark.setVisible(bool(unknown))
        self.missing.setVisible(bool(unknown))

    @staticmethod
    def _total(bonus: BonusEstimate) -> str:
        if not bonus.lines:
            return typographic(f"Estimation {bonus.year} : {NO_DATA}")
        if bonus.euros is None:
            return typographic(f"Estimation {bonus.year} : {NO_DATA}, aucun produit n’est connu")
        partly = ", en partie connue" if bonus.missing else ""
        return typographic(f"Estimation {bonus.year}{partly} : {bonus.formula}")

    def _year_typed(self, year: int) -> None:
        self._tab.year = int(year)
        self._tab.reload()

    def start_new(self) -> None:
        """Add a line for the first parameter that the year does not have."""
        used = {held.parameter for held in self.list.grid.grid.rows}
        left = [code for code in self._words if code not in used]
        if left:
            self._tab.add(
                "bonus", self._tab.uuid, {"year": self._tab.year, "parameter": left[0], "quantity": None}
            )


def _known(held: Amount) -> str:
    return "cette base" if held.own else "livré" if held.value is not None else "à renseigner"


AMOUNTS: tuple[Column[Any], ...] = (
    text_column("label", "Paramètre", required=True, editable=lambda held: held.own),
    number_column("value", "Montant", 2),
    text_column("unit", "Unité", required=True, editable=lambda held: held.own),
    day_column("valid_from", "Depuis le", editable=lambda held: held.own),
    day_column("valid_to", "Jusqu’au"),
    text_column("source", "Source"),
    Column("Origine", _known, tone=lambda held: "ocre" if held.value is None else ""),
    text_column("note", "Note"),
)


class AmountsPart(QWidget):
    """Amounts by date; a delivered one that is typed over becomes one of this base, and can go back."""

    def __init__(self, tab: FundingTab) -> None:
        super().__init__()
        self._tab = tab
        self._amounts: Sequence[Amount] = ()
        self.list = EditList(
            tab.theme, "Montants de référence", AMOUNTS, flexible=(0, 5, 7),
            add=("Ajouter un montant", self.start_new),
        )  # fmt: skip
        self.list.remove_button.setText("Retirer de cette base")
        self.list.edited.connect(self._edited)
        self.list.removed.connect(self._removed)
        self.list.refused.connect(tab.say_refused)
        hint = (
            "Montants communs à toutes les CTG de la base, datés et sourcés. Ceux que les sources publiques "
            "ne donnent pas restent vides : ils se saisissent d’après le barème de la Caf."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(text(typographic(hint), "hint", wrap=True))
        layout.addWidget(self.list, 1)

    def show_read(self, read: FundingRead) -> None:
        """Show every amount, those delivered first."""
        self._amounts = read.amounts
        self.list.show_rows(list(read.amounts))

    def _edited(self, held: Amount, values: dict[str, Any]) -> None:
        if held.own:
            self._tab.edit("parameter", held.uuid, values)
            return
        kept = {
            "code": held.code, "label": held.label, "unit": held.unit, "value": held.value,
            "valid_from": held.valid_from, "valid_to": held.valid_to, "source": held.source,
            "note": held.note,
        }  # fmt: skip
        self._tab.add("parameter", "", {**kept, **values})

    def _removed(self, rows: list[Amount]) -> None:
        for held in rows:
            if held.own:
                self._tab.remove("parameter", held.uuid)
            else:
                self._tab.banner.say(
                    "Un montant livré reste\u202f: il se remplace, il ne se supprime pas.", "ocre"
                )

    def start_new(self) -> None:
        """Add an amount of this base, from 1 January: the one under the cursor in a new year."""
        held: Amount | None = self.list.grid.current_row()
        year = datetime.date(datetime.date.today().year, 1, 1)
        if held is not None and amount_at(self._amounts, held.code, year) is not None:
            values = {"code": held.code, "label": held.label, "unit": held.unit, "valid_from": year}
        else:
            values = {"code": f"propre_{len(self._amounts) + 1}", "label": "Nouveau montant",
                      "unit": "€ par place", "valid_from": year}  # fmt: skip
        self._tab.add("parameter", "", values)
