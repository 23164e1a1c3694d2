"""« Diagnostic »: constats, their figures as they were kept, sentences checked, enjeux made of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.domain.french import plural
from ui.labels_ctg import theme_label
from ui.models.table import Column
from ui.views.ctg_finding import FindingPanel
from ui.views.ctg_lists import EditList
from ui.views.ctg_tab import CtgTab
from ui.widgets.parts import scrolled

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.ctg_rows import Created, FindingRow
    from ui.views.page import Kit

SIDE, SIDE_COMPACT, SIDE_WIDE = 440, 380, 560


def _issues(held: FindingRow) -> str:
    return ", ".join(number for _, number in held.issues if number)


def _theme(held: FindingRow) -> str:
    label = theme_label(held.theme, short=True)
    return label[:1].upper() + label[1:]


def _figures(held: FindingRow) -> str:
    changed = sum(figure.changed for figure in held.figures)
    return (
        f"{len(held.figures)}, {plural(changed, 'changé', 'changés')}" if changed else str(len(held.figures))
    )


COLUMNS: tuple[Column[Any], ...] = (
    Column("N°", lambda held: held.rank, right=False),
    Column("Constat", lambda held: held.text, hint=lambda held: held.text),
    Column("Thème", lambda held: _theme(held), absent=""),
    Column("Chiffres", _figures, right=True,
           tone=lambda held: "ocre" if any(figure.changed for figure in held.figures) else ""),
    Column("Enjeu", _issues, absent=""),
)  # fmt: skip


class DiagnosticTab(CtgTab):
    """The list at the left, the constat chosen at the right."""

    tab_asked = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._chosen = ""
        self._wanted = ""
        self.rows: list[FindingRow] = []
        self.list = EditList(
            kit.theme, "Constats du diagnostic", COLUMNS, flexible=(1, 2),
            add=("Ajouter un constat", self.start_new), order=True,
            empty="Aucun constat. Un constat tient en une phrase et s’appuie sur des chiffres gardés à leur "
            "valeur et à leur version\u202f; il devient un enjeu du plan d’action.",
        )  # fmt: skip
        self.list.removed.connect(partial(self.remove_all, "finding"))
        self.list.ordered.connect(partial(self.order, "finding"))
        self.list.grid.chosen.connect(lambda _row: self._show_chosen())
        self.panel = FindingPanel(kit)
        self.panel.edited.connect(lambda uuid, values: self.edit("finding", uuid, values))
        self.panel.asked.connect(self.write)
        self.panel.plan_asked.connect(partial(self.tab_asked.emit, "plan"))
        self._scroll = scrolled(self.panel)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(self.list, 1)
        both.addWidget(self._scroll)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(10)
        self._column.addWidget(self.banner)
        self._column.addLayout(both, 1)
        self.set_compact(False, False)

    def set_compact(self, compact: bool, low: bool) -> None:
        """A narrower side; the theme is in the panel."""
        wide = self.window().width() > 1600
        side = SIDE_COMPACT if compact else SIDE_WIDE if wide else SIDE
        self._scroll.setFixedWidth(self.theme.px(side))
        edge = 12 if low else 20
        self._column.setContentsMargins(edge, 10 if low else 14, edge, 12)
        self.list.grid.setColumnHidden(2, compact)
        self.list.grid.fit_columns()

    # -- reading -------------------------------------------------------------------------------------

    def call(self) -> Callable[[Progress], list[FindingRow]] | None:
        """Constats, with what the base says now of their figures."""
        return partial(_read, self.kit.services, self.uuid)

    def show_read(self, read: list[FindingRow]) -> None:
        """Show the list, then the constat chosen."""
        self.rows = read
        linked = sum(bool(held.issues) for held in read)
        said = f"{plural(len(read), 'constat')}, {plural(linked, 'devenu enjeu', 'devenus enjeux')}"
        self.list.note.setText(said if read else "")
        self.list.show_rows(read)
        wanted = self._wanted or self._chosen
        at = next((place for place, held in enumerate(read) if held.uuid == wanted), 0)
        if read:
            index = self.list.grid.proxy.mapFromSource(self.list.grid.grid.index(at, 1))
            self.list.grid.setCurrentIndex(index)
        self._show_chosen()
        if self._wanted and self._wanted == self._chosen:
            self._wanted = ""
            self.panel.text.edit.selectAll()
            self.panel.text.edit.setFocus()

    def _show_chosen(self) -> None:
        held: FindingRow | None = self.list.grid.current_row()
        self._chosen = held.uuid if held is not None else ""
        self._scroll.setVisible(held is not None)
        if held is not None and self.detail is not None:
            self.panel.show_finding(held, self.detail)

    # -- writing -------------------------------------------------------------------------------------

    def start_new(self) -> None:
        """Add a constat, and go to its sentence."""
        self.add("finding", self.uuid, {"text": "Nouveau constat"}, self._made)

    def _made(self, made: Created) -> None:
        self._wanted = made.uuid


def _read(services: Services, ctg: str, _progress: Progress) -> list[FindingRow]:
    return services.ctg.findings(ctg)
