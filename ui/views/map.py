"""« Carte »: see, compare, explain, take away."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint

from app.changes import Topic
from app.domain.territory import Level
from ui.views.map_composer import Composer
from ui.views.map_detail import DetailPanel
from ui.views.map_linked import LinkedMap
from ui.views.map_papers import FicheWriter, value_menu
from ui.views.map_query import (
    DEFAULT_INDICATOR,
    MapWish,
    import_words,
    read_detail,
    read_map,
    with_kept_bounds,
    without_kept,
)
from ui.widgets.map_shades import shades

if TYPE_CHECKING:
    from maps.choropleth import Choropleth
    from ui.context import Context
    from ui.tasks import Task
    from ui.views.map_query import Detail, MapAnswer
    from ui.views.page import Kit


class MapPage(LinkedMap):
    """What is asked, what is read, what is selected."""

    title = "Carte"
    icon = "map-2"
    topics = tuple(topic for topic in LinkedMap.topics if topic is not Topic.RULES)

    def __init__(self, kit: Kit) -> None:
        composer, detail = Composer(kit.theme), DetailPanel(kit.theme)
        super().__init__(kit, composer, detail, detail.ranked)
        self.composer = composer
        self.detail = detail
        self._wish = MapWish(DEFAULT_INDICATOR, 0, Level.EPCI)
        self._answer: MapAnswer | None = None
        self._detailing: Task | None = None
        self.fiche = FicheWriter(kit, self)
        self._wire()
        self.theme_changed()

    def _wire(self) -> None:
        view, composer, ranked = self.stage.view, self.composer, self.detail.ranked
        composer.indicator_chosen.connect(self._choose_indicator)
        composer.classing_chosen.connect(self._choose_classing)
        composer.palette_chosen.connect(self._choose_palette)
        composer.layer_chosen.connect(self._choose_layer)
        composer.layers_chosen.connect(self._choose_layers)
        composer.layer_missing.connect(self._import_layer)
        self.head.level_chosen.connect(self._choose_level)
        for widget in (view, ranked):
            widget.opened.connect(self._open)
        self.detail.closed.connect(partial(self.select, None))
        self.detail.explain_asked.connect(self.explain)
        self.detail.fiche_asked.connect(self.write_fiche)
        self.key("Ctrl+I", self.detail.explain)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Keys of the map page."""
        return (
            ("+ − 0", "Agrandir, réduire, voir tout le territoire"),
            ("Flèches", "Déplacer la carte"),
            ("Tab", "Territoire suivant, du plus haut au plus bas"),
            ("Entrée", "Descendre aux communes"),
            ("Échap", "Remonter aux EPCI"),
            ("Ctrl+I", "Comment est-ce calculé\u202f?"),
            ("Ctrl+Maj+T", "Voir la carte en tableau"),
            ("Ctrl+E", "Exporter la carte"),
            ("Ctrl+P", "Mettre la carte en page"),
        )

    # -- reading -----------------------------------------------------------------------------------------

    def context_changed(self, context: Context) -> None:
        """Follow the territory, keep the breaks when only the year moves."""
        if context.commune is not None:
            self._wish = replace(self._wish, level=Level.COMMUNE)
            self.selected = context.commune
        elif context.epci is not None and self._wish.level is Level.EPCI:
            self.selected = context.epci
        self.reload()

    def receive(self, **wishes: Any) -> None:
        """Show an indicator, a level, a territory: indicator, level, epci, selected."""
        if wishes.get("indicator"):
            self._wish = replace(
                self._wish, indicator=wishes["indicator"], method=None, count=None, bounds=()
            )
        if wishes.get("level") in (Level.EPCI, Level.COMMUNE):
            self._wish = replace(self._wish, level=Level(wishes["level"]))
        code = wishes.get("selected") or wishes.get("epci")
        if code:
            self.selected = code
        self.reload()

    def reload(self) -> None:
        """Read the map again; what is shown stays meanwhile."""
        context = self.kit.context.value
        wish = replace(
            self._wish,
            year=context.year,
            departement=context.departement,
            epci=context.epci,
            references=context.references,
        )
        self._wish = with_kept_bounds(wish, self._answer)
        call = partial(read_map, self.kit.services, self._wish)
        self.read_again(call, self._show, "Lecture de la carte")

    # -- showing -----------------------------------------------------------------------------------------

    def _show(self, answer: MapAnswer) -> None:
        self._answer = answer
        self.made = answer.choropleth
        self._wish = without_kept(answer.wish)
        shown = replace(answer.choropleth, palette=shades(answer.choropleth, self.kit.theme.dark))
        view = self.stage.view
        view.set_choropleth(replace(shown, selected=self.selected), shown.palette)
        if view.selected_code is None:
            self.selected = None
        self.composer.show_answer(answer, shown, view.radius_of_one())
        self.detail.show_map(shown, shown.palette)
        self.head.show_answer(answer)
        self.table.show_map(shown)
        self.stage.timeline.show_years(answer.years, answer.wish.year)
        self._say_state(answer)
        self.stage.arrange()
        self.select(view.selected_code)

    def _say_state(self, answer: MapAnswer) -> None:
        if not answer.empty:
            self.stage.say("")
            return
        importing = partial(self.kit.navigate, "data", section="import")
        if not answer.available:
            self.stage.say("Aucune donnée importée.", ("Importer un fichier", importing))
            return
        year = answer.wish.year
        verbs = []
        if answer.years:
            nearest = min(answer.years, key=lambda held: abs(held - year))
            verbs.append((f"Voir {nearest}", partial(self.kit.context.set_year, nearest)))
        verbs.append((import_words(answer), importing))
        self.stage.say(f"Aucune valeur pour {year}.", *verbs)

    def theme_changed(self) -> None:
        """Colours of the theme; sizes at the font zoom."""
        self.stage.view.set_dark(self.kit.theme.dark)
        self.fit_columns()
        if self._answer is not None:
            self._show(self._answer)

    def exported(self) -> Choropleth | None:
        """The map shown, in the light palette."""
        return None if self._answer is None else replace(self._answer.choropleth, selected=self.selected)

    # -- selection ---------------------------------------------------------------------------------------

    def select(self, code: str | None) -> None:
        """Select a territory everywhere and read its figures."""
        self.selected = code
        self.stage.view.select(code)
        self.detail.ranked.select(code)
        self.table.select(code)
        if self._detailing is not None and self._detailing.running:
            self._detailing.cancel()
        if code is None or self._answer is None:
            self.detail.show_detail(None)
            return
        call = partial(read_detail, self.kit.services, self._answer.wish, code)
        self._detailing = self.kit.runner.read(call, self.detail.show_detail)

    def _open(self, code: str) -> None:
        """Go down from an Epci to its communes."""
        if self._answer is None or self._answer.wish.level is not Level.EPCI:
            self.show_drawer(True)
            return
        if Level.COMMUNE not in self._answer.levels:
            self.kit.notify("Cet indicateur n’a pas de valeur par commune.")
            return
        self._wish = replace(self._wish, level=Level.COMMUNE)
        self.selected = None
        self._go(code)

    def forget(self) -> None:
        """Come back from communes to Epci, else forget the selection."""
        epci = self.kit.context.value.epci
        if self._answer is None or self._answer.wish.level is not Level.COMMUNE:
            self.select(None)
            return
        self._wish = replace(self._wish, level=Level.EPCI)
        self.selected = epci
        self._go(None)

    def _go(self, epci: str | None) -> None:
        before = self.kit.context.value
        self.kit.context.set_territory(before.departement, epci)
        if self.kit.context.value == before:
            self.reload()

    # -- choices -----------------------------------------------------------------------------------------

    def _choose_indicator(self, code: str) -> None:
        self._wish = replace(self._wish, indicator=code, method=None, count=None, bounds=())
        self.reload()

    def _choose_classing(self, method: str, count: int, bounds: tuple[float, ...]) -> None:
        self._wish = replace(self._wish, method=method, count=count or None, bounds=bounds)
        self.reload()

    def _choose_palette(self, name: str) -> None:
        self._wish = replace(self._wish, palette=name)
        self.reload()

    def _choose_layer(self, name: str, shown: bool) -> None:
        self.stage.view.set_shown(**{name: shown})

    def _choose_layers(self, codes: frozenset[str]) -> None:
        self._wish = replace(self._wish, layers=codes)
        self.reload()

    def _import_layer(self, _code: str) -> None:
        self.kit.navigate("data", tab="import")

    def _choose_level(self, level: Level) -> None:
        self._wish = replace(self._wish, level=level)
        self.reload()

    def show_menu(self, code: str, where: QPoint) -> None:
        """Offer what can be done with a territory."""
        if self._answer is None:
            return
        verbs = [("Comment est-ce calculé\u202f?", partial(self._explain_code, code))]
        if self._answer.wish.level is Level.EPCI and Level.COMMUNE in self._answer.levels:
            verbs.insert(0, ("Voir ses communes", partial(self._open, code)))
        value_menu(self.kit, self, self._answer.choropleth, code, *verbs).popup(where)

    # -- proof and papers --------------------------------------------------------------------------------

    def _explain_code(self, code: str) -> None:
        if self._answer is None:
            return
        call = partial(read_detail, self.kit.services, self._answer.wish, code)
        self.kit.runner.read(call, self._explain_detail)

    def _explain_detail(self, detail: Detail) -> None:
        self.explain(detail.value, self.stage.view)

    def write_fiche(self) -> None:
        """Write the fiche of the selected Epci, in a task."""
        if self.selected is not None:
            self.fiche.write(self.selected)
