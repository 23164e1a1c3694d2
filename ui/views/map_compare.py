"""« Comparer »: groups, gaps to a reference, evolutions, small maps of several years, two quantities."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from app.changes import Changes, Topic
from app.domain.french import typographic
from app.domain.indicator import Kind
from app.domain.territory import Level
from maps.choropleth import Mark
from maps.layers import Multiples
from ui.views.map_compare_panel import MODES, ComparePanel
from ui.views.map_compare_query import CompareWish, Mode, read_compare, read_position
from ui.views.map_compare_side import CompareSide, positions_apply
from ui.views.map_linked import LinkedMap
from ui.widgets.map_board import MapBoard
from ui.widgets.map_shades import shades
from ui.widgets.map_words import place_of

if TYPE_CHECKING:
    from app.domain.groups import Group, Position
    from app.progress import Progress
    from maps.choropleth import Choropleth
    from ui.tasks import Task
    from ui.views.map_compare_query import CompareAnswer
    from ui.views.page import Kit


class ComparePage(LinkedMap):
    """One map or a board of maps, and where a territory stands."""

    title = "Comparer"
    icon = "map-2"
    topics = (Topic.VALUES, Topic.OUTLINES, Topic.IMPORTS, Topic.BASE, Topic.SETTINGS, Topic.RULES)

    def __init__(self, kit: Kit) -> None:
        choices, side = ComparePanel(kit.theme), CompareSide(kit.theme)
        super().__init__(kit, choices, side, side.ranked)
        self.panel, self.beside = choices, side
        self.board = MapBoard()
        self.board.set_dark(kit.theme.dark)
        self.stack.addWidget(self.board)
        self._wish = CompareWish()
        self._answer: CompareAnswer | None = None
        self._placing: Task | None = None
        self._wire()

    def _wire(self) -> None:
        self.panel.changed.connect(self._change)
        self.panel.group_wanted.connect(self._edit_group)
        self.head.level_chosen.connect(self._choose_level)
        self.board.selected.connect(self.select)
        self.board.hovered.connect(self.beside.ranked.hover)
        self.beside.ranked.hovered.connect(self.board.hover)
        self.beside.editor.edited.connect(self._save_group)
        self.beside.editor.removed.connect(self._remove_group)
        self.beside.editor.closed.connect(partial(self.beside.edit, False))
        self.key("Ctrl+N", partial(self._edit_group, ""))

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Keys of the sub-page."""
        return (("Ctrl+N", "Créer un groupe de comparaison"), ("Ctrl+E", "Exporter la carte"))

    # -- reading -----------------------------------------------------------------------------------------

    def receive(self, **wishes: Any) -> None:
        """mode, indicator, years, group: as in CompareWish."""
        known: dict[str, Any] = {
            name: wishes[name] for name in ("indicator", "years", "group") if name in wishes
        }
        if "mode" in wishes:
            known["mode"] = Mode(wishes["mode"])
        self._change(known)

    def reload(self) -> None:
        """Read again; what is shown stays meanwhile."""
        context = self.kit.context.value
        self._wish = replace(self._wish, year=context.year, departement=context.departement)
        call = partial(read_compare, self.kit.services, self._wish)
        self.read_again(call, self._show, "Lecture de la comparaison")

    def _change(self, changes: dict[str, Any]) -> None:
        self._wish = replace(self._wish, **changes)
        self.reload()

    def _choose_level(self, level: Level) -> None:
        self._change({"level": level})

    # -- showing -----------------------------------------------------------------------------------------

    def _show(self, answer: CompareAnswer) -> None:
        self._answer = answer
        self._wish = replace(answer.wish, year=self._wish.year)
        self.panel.show_answer(answer)
        content = answer.content
        last = content.maps[-1] if isinstance(content, Multiples) else content
        self.beside.show_answer(answer, last)
        self.stage.timeline.show_years(() if self._dated(answer) else answer.years, 0)
        self.stage.timeline.setVisible(not self._dated(answer) and len(answer.years) > 1)
        self._choose_view(boarded=isinstance(content, Multiples))
        if content is None or last is None:
            self._show_refusal(answer)
            return
        self.stage.view.show()
        self.stage.say("")
        where = place_of(last)
        self.head.show_words(
            content.title.removesuffix(f", {where}"),
            f"{content.subtitle}, {where}",
            fictitious=last.fictitious,
        )
        self.head.show_levels(answer.wish.level)
        self.show_choropleth(last)

    def _show_refusal(self, answer: CompareAnswer) -> None:
        """Say why there is no map, and what can be compared so: the former map would be taken for it."""
        self.made = None
        self.stage.view.hide()
        self.panel.show_legend(None, 0.0)
        chosen = {one.indicator.code: one.indicator for one in answer.available}.get(answer.wish.indicator)
        self.head.show_words(chosen.label if chosen else self.title, MODES[answer.wish.mode][2])
        verbs = [("Importer un fichier", partial(self._import))]
        if answer.instead is not None:
            one = answer.instead.indicator
            choose = partial(self._change, {"indicator": one.code, "years": ()})
            verbs.insert(0, (f"Voir «\u202f{one.short_label}\u202f»", choose))
        self.stage.say(answer.refusal, *verbs)

    @staticmethod
    def _dated(answer: CompareAnswer) -> bool:
        """True where years are chosen on the left, not on the line of years."""
        return answer.wish.mode in (Mode.EVOLUTION, Mode.MULTIPLES)

    def show_choropleth(self, made: Choropleth) -> None:
        """Show the map, or all those of the board, in the colours of the screen."""
        content = self._answer.content if self._answer else None
        if isinstance(content, Multiples):
            dark = self.kit.theme.dark
            shown = [replace(one, palette=shades(one, dark), selected=self.selected) for one in content.maps]
            self.board.show_maps(shown, content.captions)
        super().show_choropleth(made)

    def _choose_view(self, *, boarded: bool) -> None:
        if not self.head.table_button.isChecked():
            self.stack.setCurrentWidget(self.board if boarded else self.stage)

    def _show_table(self, shown: bool) -> None:
        boarded = self._answer is not None and isinstance(self._answer.content, Multiples)
        self.stack.setCurrentWidget(self.table if shown else self.board if boarded else self.stage)

    def exported(self) -> Choropleth | Multiples | None:
        """All the maps of the board on one sheet, or the map."""
        content = self._answer.content if self._answer else None
        return content if isinstance(content, Multiples) else super().exported()

    def theme_changed(self) -> None:
        """Colours of the theme on every map."""
        self.board.set_dark(self.kit.theme.dark)
        super().theme_changed()

    def show_legend(self, shown: Choropleth, radius_of_one: float) -> None:
        """Legend on the left, shared by the maps of a board."""
        content = self._answer.content if self._answer else None
        if not isinstance(content, Multiples):
            self.panel.show_legend(shown, radius_of_one)
            return
        count, last = len(content.maps), content.captions[-1]
        words = f"Classes communes aux {count} cartes ; comptes de {last}."
        if shown.mark is Mark.SYMBOL:
            words = f"Cercles à la même échelle sur les {count} cartes."
        noted = replace(shown, notes=(typographic(words), *shown.notes))
        self.panel.show_legend(noted, self.board.cells[0].view.radius_of_one())

    # -- position ----------------------------------------------------------------------------------------

    def select(self, code: str | None) -> None:
        """Select a territory on every map."""
        self.board.select(code)
        super().select(code)

    def show_selected(self, code: str | None) -> None:
        """Place the territory among its group."""
        if self._placing is not None and self._placing.running:
            self._placing.cancel()
        if code is None or self._answer is None or not positions_apply(self.made):
            self._say_position(None)
            return
        call = partial(read_position, self.kit.services, self._answer.wish, code)
        self._placing = self.kit.runner.read(call, self._say_position)

    def _say_position(self, found: Position | None) -> None:
        if self.made is None:
            return
        names = dict(zip(self.made.layer.codes, self.made.layer.names, strict=True))
        name = names.get(found.code, "") if found else ""
        shown = self.made.indicator
        decimals = shown.decimals if shown.kind is Kind.RATIO else 0
        self.beside.show_position(name, found, decimals, shown.unit)

    # -- groups ------------------------------------------------------------------------------------------

    def _edit_group(self, code: str) -> None:
        groups = self._answer.groups if self._answer else ()
        group = next((one for one in groups if one.code == code), None)
        self.beside.editor.show_group(group, self._choices(), self._wish.level)
        self.beside.edit(True)
        self.show_drawer(True)

    def _choices(self) -> list[tuple[str, str, str]]:
        """Territories that may be in a group: those of the base first, then the others of France."""
        territory = self.kit.services.territory
        if self._wish.level is Level.COMMUNE:
            return [(c.code, c.name, c.code_departement) for c in territory.communes(None)]
        own = {epci.code: epci for epci in territory.epcis()}
        every = {**own, **{epci.code: epci for epci in territory.reference.epcis()}}
        name = territory.reference.departement
        return [
            (epci.code, f"{epci.name} ({epci.code_departement})", name(epci.code_departement).name)
            for epci in every.values()
        ]

    def _save_group(self, group: Group) -> None:
        self._wish = replace(self._wish, mode=Mode.GROUP, group=group.code)
        call = partial(_saved, self.kit, group)
        self.kit.runner.write(call, self.kit.hub.changed.emit, refused=self.beside.editor.refuse)

    def _remove_group(self, code: str) -> None:
        self._wish = replace(self._wish, group="")
        self.beside.edit(False)
        self.kit.runner.write(partial(_removed, self.kit, code), self.kit.hub.changed.emit)

    def _import(self) -> None:
        self.kit.navigate("data", tab="import")


def _saved(kit: Kit, group: Group, _progress: Progress) -> Changes:
    return kit.services.coverage.save_group(group)


def _removed(kit: Kit, code: str, _progress: Progress) -> Changes:
    return kit.services.coverage.remove_group(code)
