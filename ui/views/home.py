"""« Accueil »: where the territory stands and what there is to do, in ten seconds."""

from __future__ import annotations

import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.errors import DomainError
from app.domain.french import long_date
from app.domain.territory import Level
from ui.views.home_cards import BirthsCard, CoverageCard, DataCard, EquipmentCard
from ui.views.home_data import COVERAGE, HomeData, read_home, year_for
from ui.views.home_lists import BelowCard, ResumeCard, StartCard, TasksCard
from ui.views.map_papers import explain
from ui.views.page import Kit, Page
from ui.widgets.mini_map import MiniMap, mini_map
from ui.widgets.parts import Banner, button, column, row, scrolled, text

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from ui.context import Context
    from ui.tasks import Task

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def today_text(day: datetime.date) -> str:
    """Return « Jeudi 19 novembre 2026 »."""
    return f"{DAYS[day.weekday()].capitalize()} {long_date(day)}"


class HomePage(Page):
    """Four cards, what is to do, EPCI under their département, what was done lately."""

    title = "Tableau de bord"
    icon = "home"

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self._mapping: Task | None = None
        self._compact: bool | None = None
        self._map: MiniMap | None = None
        theme = kit.theme
        self.coverage = CoverageCard(theme)
        self.births = BirthsCard(theme)
        self.equipment = EquipmentCard(theme)
        self.data = DataCard(theme)
        self.tasks = TasksCard(theme, kit.navigate)
        self.start = StartCard(theme, kit.navigate)
        self.below = BelowCard(theme, kit.navigate, self._choose_epci)
        self.resume = ResumeCard(theme, kit.navigate)
        for how in (self.coverage.how, self.births.how, *self.equipment.hows):
            how.asked.connect(partial(explain, kit))
        self._build()
        theme.changed.connect(self._colour)

    def _build(self) -> None:
        self.date = text(today_text(datetime.date.today()), "second")
        self.banner = Banner()
        heading = column(text(self.title, "title"), self.date, gap=0)
        bring = partial(self.kit.navigate, "data", tab="import")
        head = row(
            heading, None,
            button("Importer un fichier", bring, icon="file-import"),
            button("Ouvrir la carte", partial(self.kit.navigate, "map"), icon="map-2", role="primary"),
            gap=8,
        )  # fmt: skip
        self._cards = QGridLayout()
        self._cards.setSpacing(12)
        left = column(self.start, self.tasks, gap=12)
        left.setStretch(1, 1)
        right = column(self.below, self.resume, gap=12)
        right.setStretch(1, 1)
        self._lower = QGridLayout()
        self._lower.setSpacing(12)
        self._lower.addLayout(left, 0, 0)
        self._lower.addLayout(right, 0, 1)
        self._lower.setColumnStretch(0, 2)
        self._lower.setColumnStretch(1, 1)
        inside = QWidget()
        inside.setProperty("role", "page")
        self._layout = column(head, self.banner, self._cards, self._lower, gap=14)
        self._layout.setStretch(3, 1)
        inside.setLayout(self._layout)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))
        self.set_compact(False, False)

    def set_compact(self, compact: bool, low: bool) -> None:
        """Two by two on a narrow window; less air on a low one."""
        air = 12 if low else 20
        self._layout.setContentsMargins(air, air, air, air)
        if compact == self._compact:
            return
        self._compact = compact
        across = 2 if compact else 4
        for i, card in enumerate((self.coverage, self.births, self.equipment, self.data)):
            self._cards.addWidget(card, i // across, i % across)
        for i in range(4):
            self._cards.setColumnStretch(i, 1 if i < across else 0)

    # -- reading -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read everything again, the map after."""
        for task in (self._reading, self._mapping):
            if task is not None and task.running:
                task.cancel()
        context = self.kit.context.value
        services = self.kit.services
        self._reading = self.kit.runner.read(
            partial(read_home, services, context), self._show, refused=self._refused
        )
        self._mapping = self.kit.runner.read(
            partial(_read_map, services, context), self._show_map, refused=self._no_map
        )

    def _show(self, data: HomeData) -> None:
        self.banner.hide()
        selected = self.kit.context.value.epci or ""
        self.coverage.show_data(data, selected)
        self.births.show_data(data)
        self.equipment.show_data(data)
        self.data.show_data(data)
        self.start.setVisible(data.empty)
        self.tasks.setVisible(not data.empty)
        self.tasks.show_data(data)
        self.below.setVisible(not data.empty)
        self.below.show_data(data)
        self.resume.show_data(data)

    def _show_map(self, shown: MiniMap | None) -> None:
        self.below.map.show_map(shown)
        self._map = shown
        self._colour()

    def _colour(self) -> None:
        """Give the strip and the list the colours of the map, in the theme in use."""
        if self._map is not None:
            colours = self._map.colours(self.kit.theme.dark)
            self.coverage.strip.set_colours(colours)
            self.below.set_colours(colours)

    def _no_map(self, _error: DomainError) -> None:
        self.below.map.show_map(None)

    def _refused(self, error: DomainError) -> None:
        from ui.errors import sentence

        self.banner.say(sentence(error), "rouge", ("Réessayer", self.reload))

    def _choose_epci(self, code: str) -> None:
        epci = self.kit.services.territory.reference.epci(code)
        mine = self.kit.services.base.departements
        departement = epci.code_departement if epci.code_departement in mine else None
        self.kit.context.set_territory(departement or self.kit.context.value.departement, code)


def _read_map(services: Services, context: Context, _progress: Progress) -> MiniMap | None:
    """Read the map of the coverage; None when nothing is imported."""
    year = year_for(services, COVERAGE, Level.EPCI, context.year)
    if year is None:
        return None
    choropleth = services.maps.choropleth(COVERAGE, year, Level.EPCI, departement=context.departement)
    return mini_map(choropleth, _groups(services, choropleth.layer.codes))


def _groups(services: Services, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the département of the base that each Epci is drawn with: they may be far apart."""
    mine = services.base.departements
    reference = services.territory.reference
    found = []
    for code in codes:
        epci = reference.epci(code)
        inside = [item for item in (epci.code_departement, *epci.departements) if item in mine]
        found.append(inside[0] if inside else mine[0])
    return tuple(found)
