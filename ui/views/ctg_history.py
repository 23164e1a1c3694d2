"""« Historique »: what changed in the convention and in what it owns, field by field, latest first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from app.domain import french
from app.domain.ctg_words import ACTION_STATE, CTG_STATUS, POINT_STATE
from ui.labels_ctg import field_word
from ui.models.table import Column
from ui.views.ctg_tab import CtgTab
from ui.views.data_parts import FittedTable
from ui.widgets.parts import row, text

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.ctg_rows import FieldChange
    from ui.views.page import Kit

WORDS: dict[str, str] = {
    **{code.value: words for code, words in CTG_STATUS.items()},
    **{code.value: words for code, words in ACTION_STATE.items()},
    **{code.value: words for code, words in POINT_STATE.items()},
}
LONGEST = 80


def value_words(value: object, field: str = "") -> str:
    """A value of the journal in French: dates, amounts, states, « vide »."""
    if value is None or value == "":
        return "vide"
    if isinstance(value, dict):
        return str(value.get("title") or value.get("name") or value.get("text") or "")
    if field.endswith("_cents") and isinstance(value, int):
        return f"{french.number(value / 100, 2 if value % 100 else 0)}\u202f€"
    if field.endswith("_uuid"):
        return "autre lien"
    return _plain(str(value), field)


def _plain(shown: str, field: str) -> str:
    from app.domain.ctg_fields import parse_day

    on = parse_day(shown) if field.endswith(("_on", "since", "until")) else None
    if on is not None:
        return french.short_date(on)
    if field in ("status", "state"):
        return WORDS.get(shown, shown)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


def _field(held: FieldChange) -> str:
    if held.field:
        return field_word(held.field)
    return "ajout" if held.before is None else "suppression"


COLUMNS: tuple[Column[Any], ...] = (
    Column("Date", lambda held: held.at.astimezone()),
    Column("Action", lambda held: held.action[:1].upper() + held.action[1:]),
    Column("Champ", _field),
    Column("Avant", lambda held: value_words(held.before, held.field),
           hint=lambda held: value_words(held.before, held.field)),
    Column("Après", lambda held: value_words(held.after, held.field),
           hint=lambda held: value_words(held.after, held.field)),
    Column("Poste", lambda held: "ce poste" if held.device_is_here else "autre poste"),
)  # fmt: skip


class HistoryTab(CtgTab):
    """A table with its filter; Ctrl+Z is the way back."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filtrer l’historique")
        self.filter.setAccessibleName("Filtrer l’historique")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(kit.theme.px(280))
        self.count = text("", "second")
        self.table = FittedTable(kit.theme, COLUMNS, "Historique de la CTG", flexible=(1, 3, 4))
        self.table.setProperty("role", "framed")
        self.empty = text(
            "Rien n’a changé depuis la création de cette CTG dans la base.", "second", wrap=True
        )
        self.filter.textChanged.connect(self._filter)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(10)
        self._column.addWidget(self.banner)
        self._column.addLayout(row(self.filter, self.count, None))
        self._column.addWidget(self.empty)
        self._column.addWidget(self.table, 1)
        self._column.addStretch(0)
        self.set_compact(False, False)

    def call(self) -> Callable[[Progress], list[FieldChange]] | None:
        """Changes of the convention and of what it owns."""
        return partial(_read, self.kit.services, self.uuid)

    def show_read(self, read: list[FieldChange]) -> None:
        """Show them."""
        self.table.show_rows(read)
        self.table.setVisible(bool(read))
        self.empty.setVisible(not read)
        self._filter(self.filter.text())

    def _filter(self, words: str) -> None:
        self.table.proxy.set_filter(words)
        shown, whole = self.table.proxy.rowCount(), len(self.table.table.rows)
        lines = french.plural(whole, "changement")
        self.count.setText(f"{french.number(shown)} sur {lines}" if words else lines if whole else "")

    def set_compact(self, compact: bool, low: bool) -> None:  # noqa: ARG002
        """Less room around."""
        side = 12 if low else 20
        self._column.setContentsMargins(side, 10 if low else 14, side, 12)


def _read(services: Services, ctg: str, _progress: Progress) -> list[FieldChange]:
    return services.ctg.history_with_parts("ctg", ctg)
