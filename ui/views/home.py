"""« Accueil »: where the territory stands and what there is to do, in ten seconds."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.errors import DomainError
from app.domain.french import long_date
from app.services.dashboard_alerts import alert_tile
from app.services.dashboard_rows import FROM_ALERTS
from ui.views.home_cards import DriftCard, TodoCard
from ui.views.home_data import FIRST, HomeAlerts, HomeData, read_alerts, read_home, read_others
from ui.views.home_lists import BelowCard, ResumeCard, StartCard
from ui.views.home_map import read_map
from ui.views.home_parts import can_open
from ui.views.home_tiles import TileGrid
from ui.views.home_writing import HomeWriter
from ui.views.map_papers import explain
from ui.views.page import Kit, Page
from ui.widgets.parts import Banner, button, column, icon_button, row, scrolled, text

if TYPE_CHECKING:
    from app.services.dashboard_rows import Tile
    from ui.tasks import Task
    from ui.widgets.mini_map import MiniMap

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def today_text(day: datetime.date) -> str:
    """Return « Jeudi 19 novembre 2026 »."""
    return f"{DAYS[day.weekday()].capitalize()} {long_date(day)}"


class HomePage(Page):
    """Four cards, what is to do, what drifts, EPCI under their département, then the other cards."""

    title = "Tableau de bord"
    icon = "home"

    def __init__(self, kit: Kit, today: Callable[[], datetime.date] = datetime.date.today) -> None:
        super().__init__(kit)
        self._today = today
        self._tasks: list[Task] = []
        self._map: MiniMap | None = None
        self._read: HomeData | None = None
        self._alerts: HomeAlerts | None = None
        theme, writable = kit.theme, not kit.services.base.read_only
        self.top, self.others = TileGrid(theme), TileGrid(theme)
        self.todo = TodoCard(theme, writable=writable)
        self.drift = DriftCard(theme, writable=writable)
        self.start = StartCard(theme, kit.navigate)
        self.below = BelowCard(theme, kit.navigate, self._choose_epci)
        self.resume = ResumeCard(theme, kit.navigate)
        self.writer = HomeWriter(kit, self, today)
        self._build()
        self._wire()

    def _build(self) -> None:
        self.date = text(today_text(self._today()), "second")
        self.banner = Banner()
        self._lower = QGridLayout()
        self._lower.setSpacing(12)
        left = column(self.start, self.todo, self.drift, gap=12)
        left.setStretch(1, 1)
        right = column(self.below, self.resume, None, gap=12)
        self._lower.addLayout(left, 0, 0)
        self._lower.addLayout(right, 0, 1)
        self._lower.setColumnStretch(0, 2)
        self._lower.setColumnStretch(1, 1)
        for card in (self.start, self.todo, self.below, self.resume):
            card.hide()  # shown by what is read: an empty base has three steps instead of the lists
        inside = QWidget()
        inside.setProperty("role", "page")
        self._layout = column(self._head(), self.banner, self.top, self._lower, self.others, None, gap=14)
        inside.setLayout(self._layout)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.area = scrolled(inside)
        outer.addWidget(self.area)
        self.set_compact(False, False)

    def _head(self) -> QHBoxLayout:
        heading = column(text(self.title, "title"), self.date, gap=0)
        bring = partial(self.kit.navigate, "data", tab="import")
        main = ("Préparer une réunion", "meetings", "presentation")
        word, page, icon = main if can_open("meetings") else ("Ouvrir la carte", "map", "map-2")
        self.print_button = icon_button("printer", "Imprimer en une page PDF", self._print, framed=True)
        self.choose_button = icon_button("layout-grid", "Choisir les cartes", self._choose, framed=True)
        self.choose_button.setEnabled(not self.kit.services.base.read_only)
        for made in (self.print_button, self.choose_button):
            made.setFixedSize(32, 32)
        return row(
            heading, None, self.choose_button, self.print_button,
            button("Importer un fichier", bring, icon="file-import"),
            button(word, partial(self.kit.navigate, page), icon=icon, role="primary"),
            gap=8,
        )  # fmt: skip

    def _wire(self) -> None:
        for grid in (self.top, self.others):
            grid.opened.connect(self._go)
            grid.explained.connect(partial(explain, self.kit))
        for card in (self.todo, self.drift):
            card.opened.connect(self._go)
            card.answered.connect(self.writer.answer)
        self.todo.reopened.connect(self.writer.reopen)
        self.todo.filtered.connect(self._show_drift)
        self.writer.refused.connect(self._refused)
        self.kit.theme.changed.connect(self._colour)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self._print)

    def set_compact(self, compact: bool, low: bool) -> None:
        """Two by two on a narrow window; less air on a low one."""
        air = 12 if low else 20
        self._layout.setContentsMargins(air, air, air, air)
        for grid in (self.top, self.others):
            grid.set_across(2 if compact else 4)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Keys of the page."""
        return (("Ctrl+P", "Imprimer le tableau de bord"), ("↑ ↓", "Ligne à traiter au-dessus, au-dessous"))

    # -- reading -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the first cards, then the map, the alerts and the other cards."""
        for task in self._tasks:
            if task.running:
                task.cancel()
        context = self.kit.context.value
        call = partial(read_home, self.kit.services, context, self._today())
        self._tasks = [self.kit.runner.read(call, self._show, refused=self._refused)]

    def _show(self, data: HomeData) -> None:
        self.banner.hide()
        self._read = data
        self.date.setText(today_text(self._today()))
        self.top.show_codes(data.chosen[:FIRST])
        self.others.show_codes(data.chosen[FIRST:])
        self._show_tiles(data.tiles)
        self.start.setVisible(data.empty)
        self.others.setVisible(not data.empty)
        self.below.setVisible(not data.empty)
        if data.empty:
            self.todo.hide()
        else:
            self.todo.show_waiting()
        self.below.show_data(data)
        self.resume.show_data(data)
        self._colour()
        self._read_rest(data)

    def _read_rest(self, data: HomeData) -> None:
        kit, on, context = self.kit, self._today(), self.kit.context.value
        others = [code for code in data.chosen[FIRST:] if code not in FROM_ALERTS]
        self._tasks = [
            kit.runner.read(partial(read_alerts, kit.services, on), self._show_alerts, refused=self._refused),
            kit.runner.read(partial(read_map, kit.services, context), self._show_map, refused=self._no_map),
        ]
        if not data.empty:
            call = partial(read_others, kit.services, context, on, others)
            self._tasks.append(kit.runner.read(call, self._show_tiles, refused=self._refused))

    def _show_tiles(self, tiles: tuple[Tile, ...]) -> None:
        selected = self.kit.context.value.epci or ""
        for grid in (self.top, self.others):
            grid.show_tiles(tiles, selected)

    def _show_alerts(self, read: HomeAlerts) -> None:
        self._alerts = read
        several = len(self.kit.services.base.departements) > 1
        self.todo.show_alerts(read, self.kit.context.value, several=several)
        empty = self._read is not None and self._read.empty
        self.todo.setVisible(not empty)
        self._show_drift()

    def _show_drift(self, _filter: str = "") -> None:
        """Show what the filter of « À traiter » keeps of the alerts, in the list and in the tiles."""
        read, data = self._alerts, self._read
        if read is None or data is None:
            return
        kept = self.todo.kept()
        if data.empty:
            self.drift.hide()
        else:
            self.drift.show_alerts(kept, read.on)
        codes = [code for code in data.chosen if code in FROM_ALERTS]
        self._show_tiles(tuple(alert_tile(code, kept, read.watched) for code in codes))

    def _show_map(self, shown: MiniMap | None) -> None:
        self.below.map.show_map(shown)
        self._map = shown
        self._colour()

    def _colour(self) -> None:
        """Give the strip and the list the colours of the map, in the theme in use."""
        if self._map is not None:
            colours = self._map.colours(self.kit.theme.dark)
            self.top.set_colours(colours)
            self.others.set_colours(colours)
            self.below.set_colours(colours)

    def _no_map(self, _error: DomainError) -> None:
        self.below.map.show_map(None)

    def _refused(self, error: DomainError) -> None:
        from ui.errors import sentence

        self.banner.say(sentence(error), "rouge", ("Réessayer", self.reload))

    # -- acting ------------------------------------------------------------------------------------------

    def receive(self, **wishes: Any) -> None:
        """family: due or drift, the list to go to; choose: the choice of cards; print: the page on paper."""
        if wishes.get("choose"):
            self._choose()
        if wishes.get("print"):
            self._print()
        cards: dict[str, TodoCard | DriftCard] = {"due": self.todo, "drift": self.drift}
        card = cards.get(wishes.get("family", ""))
        if card is not None:
            self.area.ensureWidgetVisible(card)
            card.focus_first()

    def _go(self, page: str, wishes: dict[str, Any]) -> None:
        if page == "home":
            self.receive(**wishes)
        else:
            self.kit.navigate(page, **wishes)

    def _print(self) -> None:
        self.writer.print_page()

    def _choose(self) -> None:
        from ui.views.home_choice import TilesPopover

        if self._read is not None:
            popover = TilesPopover(self.kit.theme, self._read.chosen, self.window())
            popover.chosen.connect(self.writer.choose_tiles)
            popover.show_under(self.choose_button)

    def _choose_epci(self, code: str) -> None:
        epci = self.kit.services.territory.reference.epci(code)
        mine = self.kit.services.base.departements
        departement = epci.code_departement if epci.code_departement in mine else None
        self.kit.context.set_territory(departement or self.kit.context.value.departement, code)
