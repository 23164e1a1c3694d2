"""The map of the register: reads the outlines, puts the services listed on them, waits for a place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.errors import DomainError, UnknownTerritory
from app.domain.indicator import ValueState
from maps.choropleth import Choropleth, Classes, Mark
from maps.projection import project
from ui.errors import sentence
from ui.views.equipment_spots import spots
from ui.widgets.equipment_map import EquipmentMap
from ui.widgets.map_view import WHEEL_STEP
from ui.widgets.parts import Banner, icon_button, text

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from app.domain.indicator import Indicator
    from app.domain.register import Point
    from app.progress import Progress
    from app.services import Services
    from app.services.register_rows import EquipmentRow
    from maps.choropleth import Fond
    from ui.context import Context
    from ui.tasks import Task
    from ui.views.page import Kit

Taker = Callable[[float, float, str], None]
"""Gets longitude, latitude (degrees) and the code of the commune clicked, empty outside."""
MARGIN = 14
LEGEND = (
    "Plein\u202f: emplacement exact. Vide\u202f: centre de la commune. Pâle\u202f: projet, suspendu ou fermé."
)
INDICATOR = "population"
"""Nothing of it is drawn: a map is always about an indicator."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The territory to draw, without any value."""

    choropleth: Choropleth
    scope: tuple[str | None, str | None]


class MapHolder(QWidget):
    """Map, zoom buttons, and the sentence said while a place is awaited."""

    chosen = Signal(str)
    """uuid of a service clicked."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self._reading: Task | None = None
        self._ground: Ground | None = None
        self._rows: Sequence[EquipmentRow] = ()
        self._stops: tuple[Point, ...] = ()
        self._taker: Taker | None = None
        self.setProperty("role", "framed")
        self.view = EquipmentMap(self)
        self.view.setAccessibleName("Carte des équipements")
        self.view.picked.connect(self._picked)
        self.view.placed.connect(self._placed)
        self.tools = QFrame(self)
        self.tools.setProperty("role", "card")
        column = QVBoxLayout(self.tools)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for icon, name, action in (
            ("plus", "Agrandir la carte (+)", partial(self.view.zoom, WHEEL_STEP)),
            ("minus", "Réduire la carte (−)", partial(self.view.zoom, 1 / WHEEL_STEP)),
            ("maximize", "Voir tout le territoire (0)", self.view.fit),
        ):
            column.addWidget(icon_button(icon, name, action))
        self.banner = Banner()
        self.banner.setParent(self)
        self.legend = text(LEGEND, "legend", wrap=True)
        self.legend.setParent(self)
        kit.theme.changed.connect(self._theme_changed)
        self.view.set_dark(kit.theme.dark)

    # -- reading -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the outlines of the territory, if they are not those shown."""
        context = self.kit.context.value
        if self._ground is not None and self._ground.scope == (context.departement, context.epci):
            return
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        call = partial(read_ground, self.kit.services, context)
        self._reading = self.kit.runner.read(
            call, self._show_ground, refused=self._refuse, name="Lecture de la carte"
        )

    def forget(self) -> None:
        """Outlines may have changed."""
        self._ground = None

    def _show_ground(self, ground: Ground) -> None:
        self._ground = ground
        self.view.set_choropleth(ground.choropleth)
        self.view.setAccessibleName("Carte des équipements")
        self._draw()

    def _refuse(self, error: DomainError) -> None:
        self.banner.say(sentence(error), "rouge")
        self.arrange()

    # -- what is shown -----------------------------------------------------------------------------------

    def show_points(self, rows: Sequence[EquipmentRow]) -> None:
        """Put these services on the map."""
        self._rows = rows
        context = self.kit.context.value
        moved = self._ground is None or self._ground.scope != (context.departement, context.epci)
        if self.isVisible() and moved:
            self.reload()
        else:
            self._draw()

    def show_stops(self, points: tuple[Point, ...]) -> None:
        """Put the points of an itinerant service on the map."""
        self._stops = points
        self._draw_stops()

    def select(self, uuid: str) -> None:
        """Light a service."""
        self.view.choose(uuid)
        self._stops = ()
        self._draw_stops()

    def _draw(self) -> None:
        if self._ground is not None:
            self.view.show_spots(spots(self._rows, self._ground.choropleth.fond))
            self._draw_stops()

    def _draw_stops(self) -> None:
        if self._ground is None:
            return
        places = [self._place_of(point) for point in self._stops]
        self.view.show_stops([place for place in places if place is not None])

    def _place_of(self, point: Point) -> tuple[float, float] | None:
        lon, lat = point.lon, point.lat
        if lon is None or lat is None:
            try:
                commune = self.kit.services.territory.reference.commune(point.code_commune)
            except UnknownTerritory:
                return None
            lon, lat = commune.lon, commune.lat
        if lon is None or lat is None or self._ground is None:
            return None
        x, y = project(np.array([lon]), np.array([lat]), self._ground.choropleth.fond.epsg)
        return float(x[0]), float(y[0])

    def _picked(self, uuid: str) -> None:
        self.chosen.emit(uuid)

    # -- placing -----------------------------------------------------------------------------------------

    @property
    def placing(self) -> bool:
        """True while a click is awaited."""
        return self._taker is not None

    def start_placing(self, taker: Taker) -> None:
        """Wait for a click."""
        self._taker = taker
        self.view.set_placing(True)
        self.view.setFocus()
        self.banner.say(
            "Cliquez à l’emplacement de l’équipement. Au clavier\u202f: flèches, puis Entrée.", "",
            ("Renoncer", self.stop_placing),
        )  # fmt: skip
        self.arrange()

    def stop_placing(self) -> bool:
        """Give up; tell whether a click was awaited."""
        waiting = self._taker is not None
        self._taker = None
        self.view.set_placing(False)
        self.banner.hide()
        return waiting

    def _placed(self, x: float, y: float, code: str) -> None:
        taker = self._taker
        if taker is None or self._ground is None:
            return
        self.stop_placing()
        lon, lat = to_degrees(x, y, self._ground.choropleth.fond.epsg)
        taker(lon, lat, code)

    # -- size and theme ----------------------------------------------------------------------------------

    def _theme_changed(self) -> None:
        self.view.set_dark(self.kit.theme.dark)
        if self._ground is not None:
            self.view.set_choropleth(self._ground.choropleth)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the floating controls in their corners."""
        super().resizeEvent(event)
        self.arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while the map was hidden."""
        super().showEvent(event)
        self.reload()

    def arrange(self) -> None:
        """Put everything in place."""
        self.view.setGeometry(self.rect())
        self.tools.adjustSize()
        self.tools.move(MARGIN, MARGIN)
        left = MARGIN + self.tools.width() + 10
        width = max(min(self.width() - left - MARGIN, self.kit.theme.px(560)), 120)
        self.banner.setFixedWidth(width)
        self.banner.setGeometry(left, MARGIN, width, self.banner.heightForWidth(width))
        room = max(min(self.width() - 170, self.kit.theme.px(330)), 120)
        high = self.legend.heightForWidth(room)
        self.legend.setGeometry(MARGIN, self.height() - high - 8, room, high)
        for floating in (self.legend, self.tools, self.banner):
            floating.raise_()


def read_ground(services: Services, context: Context, _progress: Progress) -> Ground:
    """Read the outlines of a territory; what draws the points is loaded here, away from the screen."""
    import scipy.spatial  # noqa: F401

    import maps.declutter  # noqa: F401
    from app.services.maps import narrowed

    fond = services.outlines.fond()
    if context.epci or context.departement:
        epcis = [context.epci] if context.epci else [
            epci.code for epci in services.territory.epcis(context.departement)
        ]  # fmt: skip
        fond = narrowed(fond, epcis, None if context.epci else context.departement)
    indicator = services.indicators.get(INDICATOR)
    return Ground(blank(fond, indicator), (context.departement, context.epci))


def blank(fond: Fond, indicator: Indicator) -> Choropleth:
    """Return a map of the communes without any value."""
    count = len(fond.communes.codes)
    return Choropleth(
        title="Équipements", subtitle="", indicator=indicator, year=0, mark=Mark.AREA, fond=fond,
        layer=fond.communes, numbers=np.zeros(count),
        states=np.full(count, ValueState.VALUE, dtype=np.uint8),
        class_of=np.full(count, -1, dtype=np.int16), classes=Classes("none", (), ()), palette=(),
    )  # fmt: skip


def to_degrees(x: float, y: float, epsg: int) -> tuple[float, float]:
    """Return longitude and latitude (WGS 84) of a point in metres."""
    from pyproj import Transformer

    lon, lat = Transformer.from_crs(epsg, 4326, always_xy=True).transform(x, y)
    return round(float(lon), 6), round(float(lat), 6)
