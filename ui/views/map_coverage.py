"""« Couverture »: the maps of Eaje, Rpe, animation de la vie sociale and Laep, one click each."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from app.domain.coverage import Network
from app.domain.territory import Level
from ui.views.map_coverage_detail import CoverageDetail
from ui.views.map_coverage_panel import CoveragePanel
from ui.views.map_coverage_query import CoverageWish, read_coverage
from ui.views.map_linked import LinkedMap
from ui.views.map_lists_query import place_code
from ui.widgets.map_words import place_of

if TYPE_CHECKING:
    from maps.choropleth import Choropleth
    from ui.views.map_coverage_query import CoverageAnswer
    from ui.views.page import Kit


class CoveragePage(LinkedMap):
    """What is asked of a network, what is read, what is said of it."""

    title = "Couverture"
    icon = "map-2"

    def __init__(self, kit: Kit) -> None:
        self.panel, self.detail = CoveragePanel(kit.theme), CoverageDetail(kit.theme)
        panel, detail = self.panel, self.detail
        super().__init__(kit, panel, detail, detail.ranked)
        self._wish = CoverageWish()
        self._answer: CoverageAnswer | None = None
        self._wire()

    def _wire(self) -> None:
        self.panel.network_chosen.connect(self.show_network)
        self.panel.figure_chosen.connect(self._choose_figure)
        self.panel.meaning_chosen.connect(self._choose_meaning)
        self.panel.effective_chosen.connect(self._choose_offer)
        self.panel.layer_list.drawn.connect(self._draw_layer)
        self.panel.layer_list.chosen.connect(self._choose_layers)
        self.panel.layer_list.missing.connect(self._import_layer)
        self.head.level_chosen.connect(self._choose_level)
        self.detail.closed.connect(partial(self.select, None))
        self.detail.explain_asked.connect(self.explain)
        self.detail.declare_asked.connect(self.declare_whole)
        self.key("Ctrl+I", self.detail.explain)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Keys of the sub-page."""
        return (
            ("Ctrl+I", "Comment est-ce calculé\u202f?"),
            ("Ctrl+Maj+T", "Voir la carte en tableau"),
            ("Ctrl+E", "Exporter la carte"),
            ("Ctrl+P", "Mettre la carte en page"),
        )

    # -- reading -----------------------------------------------------------------------------------------

    def receive(self, **wishes: Any) -> None:
        """network: eaje, rpe, avs or laep; selected: code of a territory."""
        if wishes.get("selected"):
            self.selected = wishes["selected"]
        if wishes.get("network"):
            self.show_network(Network(wishes["network"]))

    def reload(self) -> None:
        """Read the coverage again; what is shown stays meanwhile."""
        context = self.kit.context.value
        self._wish = replace(self._wish, year=context.year, departement=context.departement)
        call = partial(read_coverage, self.kit.services, self._wish)
        self.read_again(call, self._show, "Lecture de la couverture")

    def _show(self, answer: CoverageAnswer) -> None:
        self._answer = answer
        self._wish = answer.wish
        made, coverage = answer.choropleth, answer.coverage
        where = place_of(made)
        self.head.show_words(
            made.title.removesuffix(f", {where}"), f"{made.subtitle} {where}", fictitious=made.fictitious
        )
        self.head.show_levels(coverage.level)
        self.panel.show_answer(answer)
        self.detail.show_answer(answer)
        self.stage.timeline.show_years(answer.years, answer.wish.year)
        self.stage.say("")
        self.show_choropleth(made)
        if not any(value.number is not None for value in self._values()):
            importing = partial(self.kit.navigate, "data", tab="import")
            totals = [note for note in coverage.notes if note.startswith("Total connu")]
            words = " ".join(("Rien n’est connu ici\u202f: ce n’est pas un zéro.", *totals))
            self.stage.say(words, ("Importer un fichier", importing))

    def _values(self) -> list[Any]:
        assert self._answer is not None
        rank = self._answer.coverage.rank(self._answer.figure)
        return [row.values[rank] for row in self._answer.coverage.rows]

    # -- what is said ------------------------------------------------------------------------------------

    def show_legend(self, shown: Choropleth, radius_of_one: float) -> None:
        """Legend on the left."""
        self.panel.show_legend(shown, radius_of_one)

    def show_selected(self, code: str | None) -> None:
        """Everything known of a territory on the right."""
        self.detail.show_territory(code)

    def declare_whole(self, code: str) -> None:
        """Open the form that declares the list whole in a territory, or in the Epci of a commune."""
        if self._answer is None:
            return
        level = self._answer.coverage.level
        if level is Level.COMMUNE:
            level, code = Level.EPCI, self.kit.services.territory.reference.epci_of(code) or ""
        if code:
            what, place = self._wish.network.value, place_code(level, code)
            self.kit.navigate("map", tab="lists", what=what, place=place)

    # -- choices -----------------------------------------------------------------------------------------

    def show_network(self, network: Network) -> None:
        """Show another network, with its own first figure."""
        self._wish = replace(self._wish, network=network, figure=None)
        self.panel.networks[network].setChecked(True)
        self.reload()

    def _choose_figure(self, code: str) -> None:
        self._wish = replace(self._wish, figure=code)
        self.reload()

    def _choose_meaning(self, meaning: str, amount: float | None) -> None:
        wish = replace(self._wish, meaning=meaning, amount=amount)
        if wish != self._wish:
            self._wish = wish
            self.reload()

    def _choose_offer(self, effective: bool) -> None:
        self._wish = replace(self._wish, effective=effective)
        self.reload()

    def _choose_level(self, level: Level) -> None:
        self._wish = replace(self._wish, level=level)
        self.reload()

    def _choose_layers(self, codes: frozenset[str]) -> None:
        self._wish = replace(self._wish, layers=codes)
        self.reload()

    def _draw_layer(self, name: str, shown: bool) -> None:
        self.stage.view.set_shown(**{name: shown})

    def _import_layer(self, _code: str) -> None:
        self.kit.navigate("data", tab="import")
