"""Posts of chargé de coopération: employer, ETP, vacancy, funding by year, and the ratios."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.budget import MoneyState
from app.domain.ctg import PartyKind
from app.domain.french import long_date, number, plural, typographic
from ui.labels_ctg import MONEY, PARTY
from ui.models.grid import CellRefused, EditColumn
from ui.models.table import Column
from ui.views.ctg_columns import choice_column, day_column, money_column, number_column, text_column
from ui.views.ctg_lists import EditList
from ui.widgets.parts import text

if TYPE_CHECKING:
    from app.services.ctg_rows import PostRatios, PostRow
    from ui.views.ctg_funding import FundingRead, FundingTab

MONEY_WORDS = {code.value: words for code, words in MONEY.items()}


def read_year(typed: str) -> int:
    """A year of four figures."""
    bare = typed.strip()
    if not (bare.isdigit() and len(bare) == 4):
        raise CellRefused(f"«\u202f{typed}\u202f» n’est pas une année.")
    return int(bare)


POSTS: tuple[Column[Any], ...] = (
    text_column("title", "Poste", required=True),
    text_column("employer", "Employeur", required=True),
    choice_column("employer_kind", "Nature", PARTY),
    number_column("fte", "ETP", 2, fixed=True),
    day_column("starts_on", "Depuis le"),
    day_column("ends_on", "Jusqu’au"),
    day_column("vacant_from", "Vacant depuis"),
    day_column("vacant_to", "Vacant jusqu’au"),
    Column("État", lambda held: "vacant" if held.vacant else "pourvu",
           tone=lambda held: "ocre" if held.vacant else ""),
)  # fmt: skip
FUNDINGS: tuple[Column[Any], ...] = (
    EditColumn("Année", lambda held: held.year, text=str, right=False, parse=read_year, code="year"),
    text_column("funder", "Financeur", required=True),
    choice_column("state", "État", MONEY_WORDS),
    money_column("amount_cents", "Montant", lambda held: held.cents),
)


def ratios_words(ratios: PostRatios) -> str:
    """« Au 21 novembre 2026, sur 3 CTG en vigueur : 2 postes dont 1 vacant, 1 ETP pourvu… »."""
    head = f"Au {long_date(ratios.on)}, sur {plural(ratios.conventions, 'CTG', 'CTG')} en vigueur : "
    vacant = f" dont {ratios.vacant} vacant{'s' if ratios.vacant > 1 else ''}" if ratios.vacant else ""
    said = [
        f"{plural(ratios.posts, 'poste')}{vacant}",
        f"{number(ratios.fte, 2)} ETP pourvu{'s' if ratios.fte >= 2 else ''}",
    ]
    if ratios.fte_by_ctg is not None:
        said.append(f"{number(ratios.fte_by_ctg, 2)} ETP par CTG")
    if ratios.fte_by_post is not None:
        said.append(f"{number(ratios.fte_by_post, 2)} ETP par poste pourvu")
    if ratios.fte_unknown:
        said.append(f"ETP inconnu pour {plural(ratios.fte_unknown, 'poste')}")
    return typographic(head + ", ".join(said) + ".")


class PostsPart(QWidget):
    """Posts above, the funding of the one chosen below."""

    def __init__(self, tab: FundingTab) -> None:
        super().__init__()
        self._tab = tab
        self.ratios = text("", "second", wrap=True)
        self.posts = EditList(
            tab.theme, "Postes de chargé de coopération", POSTS, flexible=(0, 1),
            add=("Ajouter un poste", self.start_new), title="Postes de cette CTG", order=True,
            empty="Aucun poste. Un poste dit l’employeur, l’ETP, la vacance et ses financeurs par année.",
        )  # fmt: skip
        self.fundings = EditList(
            tab.theme, "Financement du poste", FUNDINGS, flexible=(1,),
            add=("Ajouter un financement", self.add_funding), title="Financement du poste choisi",
            empty="Aucun financement pour ce poste.",
        )  # fmt: skip
        tab.listen(self.posts, "post")
        tab.listen(self.fundings, "funding")
        self.posts.grid.chosen.connect(lambda _row: self._show_fundings())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.ratios)
        layout.addWidget(self.posts, 3)
        layout.addWidget(self.fundings, 4)

    def show_read(self, read: FundingRead) -> None:
        """Show posts and ratios."""
        self.ratios.setText(ratios_words(read.ratios))
        self.posts.show_rows(read.posts)
        if read.posts and not self.posts.grid.currentIndex().isValid():
            self.posts.grid.setCurrentIndex(self.posts.grid.proxy.index(0, 0))
        self._show_fundings()

    def _show_fundings(self) -> None:
        held: PostRow | None = self.posts.grid.current_row()
        self.fundings.setVisible(held is not None)
        if held is not None:
            self.fundings.title.setText(f"Financement, {held.title}")
            self.fundings.show_rows(list(held.fundings))

    def start_new(self) -> None:
        """Add a post of the first local signatory."""
        parties = self._tab.detail.parties if self._tab.detail is not None else ()
        local = next((party for party in parties if party.kind is not PartyKind.CAF), None)
        values = {
            "title": "Chargé de coopération", "employer": local.name if local else "Employeur",
            "employer_kind": local.kind if local else PartyKind.EPCI,
        }  # fmt: skip
        self._tab.add("post", self._tab.uuid, values)

    def add_funding(self) -> None:
        """Add a funding of the post chosen, for the year after its last one."""
        held: PostRow | None = self.posts.grid.current_row()
        if held is None:
            return
        years = [funding.year for funding in held.fundings]
        values = {
            "year": max(years, default=datetime.date.today().year - 1) + 1, "funder": "Caf",
            "state": MoneyState.PLANNED, "amount_cents": None,
        }  # fmt: skip
        self._tab.add("funding", held.uuid, values)
