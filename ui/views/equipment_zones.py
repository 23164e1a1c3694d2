"""« Zones »: Qpv, Zrr, Frr and those of the user, dated, by list of communes or by outlines of a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.errors import DomainError
from app.domain.french import plural
from app.domain.register import Zone
from ui.errors import sentence
from ui.labels_register import choice_label
from ui.models.table import Column
from ui.views.data_parts import Empty, FittedTable, SubPage
from ui.views.equipment_parts import Beside, ask_file, quiet
from ui.views.equipment_zone_form import ZoneForm
from ui.widgets.parts import Banner, button, icon_button, row, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.register_rows import Added
    from ui.context import Context
    from ui.tasks import Task
    from ui.views.page import Kit

SPANS = (("now", "En vigueur"), ("all", "Toutes"))
WIDTH, WIDTH_COMPACT = 348, 308
OUTLINES = "Contours (*.gpkg *.geojson *.json *.shp *.zip)"


def _territory(zone: Zone) -> str:
    if zone.wkb is not None:
        return "contour"
    parts = [plural(len(zone.communes), "commune")] if zone.communes else []
    parts += [f"{plural(len(zone.partial), 'commune')} en partie"] if zone.partial else []
    return ", ".join(parts)


COLUMNS: tuple[Column[Zone], ...] = (
    Column("Nom", lambda zone: zone.name),
    Column("Zonage", lambda zone: choice_label("zone_kind", zone.kind)),
    Column("Étendue", _territory),
    Column("Début", lambda zone: zone.starts_on),
    Column("Fin", lambda zone: zone.ends_on, absent="en cours"),
    Column("Habitants", lambda zone: zone.population, right=True),
    Column("Source", lambda zone: zone.source or None, hint=lambda zone: zone.source),
)


class ZonesView(SubPage):
    """List on the left, the zone chosen or a new one on the right."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self._zones: Sequence[Zone] = ()
        self._wanted = ""
        self._entering = False
        self.choose = ask_file
        self.banner = Banner()
        self.count = text("", "second")
        self.span = Segments(SPANS, "Zones listées")
        self.span.set_current("now")
        self.span.chosen.connect(lambda _code: self._list())
        self.table = FittedTable(kit.theme, COLUMNS, "Zones", flexible=(6, 0))
        self.table.setProperty("role", "framed")
        self.form = ZoneForm(kit)
        self.form.saved.connect(self._saved)
        self.form.changed.connect(self._written)
        self.add = button("Nouvelle zone", self.new, icon="plus", role="primary")
        self.bring = button("Importer des contours", self.import_outlines, icon="vector")
        self.remove = icon_button("trash", "Supprimer la zone", self.remove_chosen, framed=True)
        self.empty = Empty(
            kit.theme, "select",
            "Aucune zone dans ce territoire. Saisissez la première\u202f: une liste de communes suffit.",
            "Nouvelle zone", self.new,
        )  # fmt: skip
        self._lay_out()
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _zone: self._open())

    def _lay_out(self) -> None:
        listed = QWidget()
        left = QVBoxLayout(listed)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addWidget(self.banner)
        left.addLayout(row(self.span, 10, self.count, None, self.remove, self.bring, self.add))
        left.addWidget(self.table, 1)
        self.beside = Beside(self.theme, listed, self.form)
        self.stack = QStackedLayout(self)
        self.stack.addWidget(self.beside)
        self.stack.addWidget(self.empty)

    def set_compact(self, compact: bool, low: bool) -> None:  # noqa: ARG002
        """A narrower panel in a narrow window."""
        self.form.setFixedWidth(min(self.theme.px(WIDTH_COMPACT if compact else WIDTH), 520))
        for place in (5, 6):
            self.table.setColumnHidden(place, compact)
        self.bring.setText("Contours" if compact else "Importer des contours")
        self.table.fit_columns()

    # -- reading -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the zones of the territory again."""
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        call = partial(_read, self.kit.services, self.kit.context.value)
        self._reading = self.kit.runner.read(call, self._show, refused=self._refuse)

    def _show(self, zones: Sequence[Zone]) -> None:
        self._zones = zones
        self.stack.setCurrentIndex(0 if zones or self._entering else 1)
        self._list()

    def _list(self) -> None:
        today = self.kit.services.register.today()
        current = self.table.current_row()
        wanted = self._wanted or (current.uuid if current is not None else "")
        if self.span.current == "now":
            kept = [zone for zone in self._zones if zone.lives(today) or zone.uuid == self._wanted]
        else:
            kept = list(self._zones)
        self.table.show_rows(kept)
        self.count.setText(plural(len(kept), "zone"))
        places = [place for place in range(len(kept)) if self._at(place).uuid == wanted] or [0]
        if kept and not self._entering:
            self.table.setCurrentIndex(self.table.proxy.index(places[0], 0))
        self._wanted = ""

    def _at(self, place: int) -> Zone:
        zone: Zone = self.table.proxy.row_at(self.table.proxy.index(place, 0))
        return zone

    def _chosen(self, zone: Zone | None) -> None:
        self.remove.setEnabled(zone is not None)
        if zone is not None:
            self._entering = False
            self.form.show_zone(zone)

    def _open(self) -> None:
        self.beside.show_detail()
        self.form.take_focus()

    # -- writing -----------------------------------------------------------------------------------------

    def new(self) -> None:
        """Empty the form: a new zone."""
        self._entering = True
        self.stack.setCurrentIndex(0)
        self.table.setCurrentIndex(QModelIndex())
        self.beside.show_detail()
        self.form.start()

    def remove_chosen(self) -> None:
        """Remove the zone under the cursor; Ctrl+Z brings it back."""
        zone = self.table.current_row()
        if zone is not None:
            call = quiet(self.kit.services.register.remove_zones, (zone.uuid,))
            self.kit.runner.write(call, self._written, refused=self._refuse)

    def import_outlines(self) -> None:
        """Ask for a file of outlines; kind, dates and source are those of the form."""
        chosen = self.choose(self.window(), "Contours de zones", OUTLINES)
        if chosen:
            call = quiet(self.kit.services.register.import_zone_outlines, Path(chosen), self.form.template())
            self.kit.runner.write(
                call, self._written, refused=self._refuse, name="Import de contours de zones"
            )

    def _saved(self, added: Added) -> None:
        self._wanted = added.uuid
        self._entering = False
        self._written(added.changes)

    def _written(self, changes: Changes) -> None:
        self.banner.hide()
        self.kit.hub.changed.emit(changes)

    def _refuse(self, error: DomainError) -> None:
        self.banner.say(sentence(error), "rouge")


def _read(services: Services, context: Context, _progress: Progress) -> list[Zone]:
    """Return the zones that touch the territory, those in force first, by name."""
    from app.domain.french import fold

    if context.commune:
        codes = {context.commune}
    else:
        found = services.territory.communes(context.epci, context.departement)
        codes = {commune.code for commune in found}
    today = services.register.today()
    zones = [
        zone for zone in services.register.zones() if not codes.isdisjoint((*zone.communes, *zone.partial))
    ]
    return sorted(zones, key=lambda zone: (not zone.lives(today), zone.kind, fold(zone.name)))
