"""« Agréments »: those that end within 180, 90 or 30 days, and those already over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.domain.errors import DomainError
from app.domain.french import plural
from ui import labels_equipment as words
from ui.errors import sentence
from ui.models.table import Column
from ui.views.data_parts import Empty, FittedTable, SubPage
from ui.views.equipment_duplicates import in_territory
from ui.widgets.parts import Banner, row, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.register_rows import LicenceRow
    from ui.context import Context
    from ui.tasks import Task
    from ui.views.page import Kit

SPANS = (("180", "Sous 180 jours"), ("90", "Sous 90 jours"), ("30", "Sous 30 jours"), ("0", "Terminés"))
MOST = 180


def _when(days: int) -> str:
    return f"depuis {plural(-days, 'jour')}" if days < 0 else f"dans {plural(days, 'jour')}"


COLUMNS: tuple[Column[LicenceRow], ...] = (
    Column(
        "Équipement",
        lambda line: words.title_of(line.row.name, line.row.site, line.row.kind, line.row.commune),
    ),
    Column("Type", lambda line: words.short_kind(line.row.kind)),
    Column("Commune", lambda line: line.row.commune),
    Column("Gestionnaire", lambda line: line.row.manager or None),
    Column("Places agréées", lambda line: line.row.licensed, right=True),
    Column("Fin d’agrément", lambda line: line.ends_on),
    Column("Délai", lambda line: line.days, text=_when, tone=lambda line: words.licence_tone(line.days)),
)


class LicencesView(SubPage):
    """A list, soonest first; Entrée opens the service."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self._lines: Sequence[LicenceRow] = ()
        self.banner = Banner()
        self.count = text("", "second")
        self.span = Segments(SPANS, "Délai avant la fin d’agrément")
        self.span.set_current("180")
        self.span.chosen.connect(self._keep)
        self.table = FittedTable(kit.theme, COLUMNS, "Fins d’agrément", flexible=(0, 3))
        self.table.setProperty("role", "framed")
        self.table.opened.connect(self._open)
        self.empty = Empty(
            kit.theme, "circle-check", "Aucun agrément connu ne se termine dans les 180 jours.",
            "Ouvrir le registre", partial(kit.navigate, "equipment", tab="register"),
        )  # fmt: skip
        filled = QWidget()
        lines = QVBoxLayout(filled)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(self.banner)
        lines.addLayout(row(self.span, 10, self.count, None))
        lines.addWidget(self.table, 1)
        self.stack = QStackedLayout(self)
        self.stack.addWidget(filled)
        self.stack.addWidget(self.empty)

    def reload(self) -> None:
        """Read the ends of agrément again."""
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        call = partial(_read, self.kit.services, self.kit.context.value)
        self._reading = self.kit.runner.read(call, self._show, refused=self._refuse)

    def _show(self, lines: Sequence[LicenceRow]) -> None:
        self._lines = lines
        self.stack.setCurrentIndex(0 if lines else 1)
        self._keep(self.span.current)

    def _keep(self, span: str) -> None:
        most = int(span)
        kept = [line for line in self._lines if (line.days < 0 if most == 0 else line.days <= most)]
        self.table.show_rows(kept)
        over = sum(line.days < 0 for line in kept)
        tail = f", dont {plural(over, 'terminé', 'terminés')}" if over and most else ""
        self.count.setText(f"{plural(len(kept), 'agrément')}{tail}")

    def _open(self, line: LicenceRow) -> None:
        self.kit.navigate("equipment", equipment=line.row.uuid)

    def _refuse(self, error: DomainError) -> None:
        self.banner.say(sentence(error), "rouge")


def _read(services: Services, context: Context, _progress: Progress) -> list[LicenceRow]:
    found = services.register.licences_ending(days=MOST)
    return [line for line in found if in_territory(line.row, context)]
