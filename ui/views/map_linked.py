"""A map with its ranked list, its table and its export, one selection for all: what sub-pages build on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.changes import Changes, Topic
from ui.views.map_layout import MapLayout
from ui.views.map_papers import explain, value_menu
from ui.widgets.map_export import ExportButton
from ui.widgets.map_shades import shades

if TYPE_CHECKING:
    from app.domain.errors import DomainError
    from app.domain.indicator import Value
    from app.progress import Progress
    from maps.choropleth import Choropleth
    from maps.layers import Multiples
    from ui.context import Context
    from ui.tasks import Task
    from ui.views.page import Kit
    from ui.widgets.ranked import Ranked

T = TypeVar("T")


class LinkedMap(MapLayout):
    """Shows one Choropleth; a sub-page says what is read and what is said of the selected territory."""

    def __init__(self, kit: Kit, left: QWidget, side: QWidget, ranked: Ranked | None) -> None:
        super().__init__(kit, ExportButton(kit, self.exported), left, side)
        self.ranked = ranked
        self.made: Choropleth | None = None
        self.selected: str | None = None
        self.reading: Task | None = None
        view = self.stage.view
        view.selected.connect(self.select)
        if ranked is not None:
            ranked.selected.connect(self.select)
            view.hovered.connect(ranked.hover)
            ranked.hovered.connect(view.hover)
        view.ascended.connect(self.forget)
        view.menu_asked.connect(self.show_menu)
        self.table.opened.connect(self._table_opened)
        self.stage.timeline.chosen.connect(kit.context.set_year)
        self.key("Ctrl+Shift+T", self.head.toggle_table)
        self.key("Ctrl+E", self.export.showMenu)
        self.key("Ctrl+P", self.export.lay_out)
        kit.theme.changed.connect(self.theme_changed)
        self.stage.view.set_dark(kit.theme.dark)

    def key(self, keys: str, action: Callable[[], object]) -> None:
        """Run an action on keys while the focus is in this sub-page."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(action)

    # -- what a sub-page writes --------------------------------------------------------------------------

    topics: tuple[Topic, ...] = (
        Topic.VALUES, Topic.OUTLINES, Topic.IMPORTS, Topic.BASE, Topic.SETTINGS, Topic.REGISTER, Topic.ZONES,
        Topic.RULES,
    )  # fmt: skip
    """Changes after which the sub-page is read again."""

    def show_selected(self, code: str | None) -> None:
        """Say everything about the selected territory."""

    def show_legend(self, shown: Choropleth, radius_of_one: float) -> None:
        """Show the legend of the map, in the colours of the screen."""

    def exported(self) -> Choropleth | Multiples | None:
        """What « Exporter » writes: the map shown, in the light palette."""
        return None if self.made is None else replace(self.made, selected=self.selected)

    # -- reading -----------------------------------------------------------------------------------------

    def concerned(self, changes: Changes) -> bool:
        """Those of `topics`."""
        return changes.touches(*self.topics)

    def context_changed(self, context: Context) -> None:
        """Follow the territory and the year."""
        self.selected = context.epci or self.selected
        self.reload()

    def read_again(self, call: Callable[[Progress], T], show: Callable[[T], None], name: str) -> None:
        """Read in a task, instead of what was being read; what is shown stays meanwhile."""
        self.stop_reading()
        self.reading = self.kit.runner.read(call, show, name=name, refused=self.refuse)
        if self.made is None:
            self.stage.say("Préparation de la carte…")

    def stop_reading(self) -> None:
        """Forget what is being read: something else is wanted."""
        if self.reading is not None and self.reading.running:
            self.reading.cancel()

    def refuse(self, error: DomainError) -> None:
        """Say over the map why something is refused."""
        from ui.errors import sentence

        self.stage.say(sentence(error))

    # -- showing -----------------------------------------------------------------------------------------

    def show_choropleth(self, made: Choropleth) -> None:
        """Show a map everywhere; the selection stays if its territory is still there."""
        self.made = made
        shown = replace(made, palette=shades(made, self.kit.theme.dark), selected=self.selected)
        view = self.stage.view
        view.set_choropleth(shown, shown.palette)
        if self.ranked is not None:
            self.ranked.show_map(shown, shown.palette)
        self.table.show_map(shown)
        self.show_legend(shown, view.radius_of_one())
        self.stage.arrange()
        self.select(view.selected_code)

    def select(self, code: str | None) -> None:
        """Select a territory everywhere."""
        self.selected = code
        self.stage.view.select(code)
        if self.ranked is not None:
            self.ranked.select(code)
        self.table.select(code)
        self.show_selected(code)

    def explain(self, value: Value, anchor: QWidget) -> None:
        """Open « Comment est-ce calculé ? » beside a figure."""
        explain(self.kit, value, anchor)

    def theme_changed(self) -> None:
        """Colours of the theme; sizes at the font zoom."""
        self.stage.view.set_dark(self.kit.theme.dark)
        self.fit_columns()
        if self.made is not None:
            self.show_choropleth(self.made)

    def forget(self) -> None:
        """Leave the territory selected: Échap."""
        self.select(None)

    def _table_opened(self, line: object) -> None:
        self.select(getattr(line, "code", None))

    def show_menu(self, code: str, where: QPoint) -> None:
        """Offer what can be done with a territory."""
        if self.made is None:
            return
        value_menu(self.kit, self, self.made, code).popup(where)
