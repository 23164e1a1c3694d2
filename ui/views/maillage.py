"""« Maillage »: rules, where each is met, missing or not known, and a fiche action from a gap."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.changes import Changes, Topic
from app.domain.maillage import Rule
from app.domain.territory import Level
from ui.folders import open_folder
from ui.places import BUILDERS
from ui.views.maillage_editor import RuleEditor
from ui.views.maillage_gap import GapPanel
from ui.views.maillage_query import GapsWish, read_gaps, theme_of
from ui.views.maillage_rules import RuleList
from ui.views.maillage_table import GapTable
from ui.views.map_column import RightColumn
from ui.views.map_linked import LinkedMap
from ui.views.map_lists_query import place_code, what_of
from ui.widgets.parts import scrolled
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.domain.maillage import Gap
    from app.progress import Progress
    from app.services.ctg_rows import Created
    from maps.choropleth import Choropleth
    from ui.theme import Theme
    from ui.views.maillage_query import GapsAnswer
    from ui.views.page import Kit

SIDES = (("gap", "Lacune"), ("rule", "Règle"))
NEW_LABEL = "Nouvelle règle"


class MaillageSide(RightColumn):
    """Right column: the gap chosen, or the rule being edited."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Lacune et règle")
        self.choice = Segments(SIDES, "Panneau de droite")
        self.gap = GapPanel()
        self.editor = RuleEditor(theme)
        self._stack = QStackedWidget()
        for widget in (self.gap, self.editor):
            self._stack.addWidget(scrolled(widget))
        self.choice.chosen.connect(self.show_side)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(18, 12, 10, 12)
        outer.setSpacing(10)
        outer.addWidget(self.choice)
        outer.addWidget(self._stack, 1)

    def show_side(self, code: str) -> None:
        """Show the gap or the rule."""
        self.choice.set_current(code)
        self._stack.setCurrentIndex(0 if code == "gap" else 1)


class MaillagePage(LinkedMap):
    """What is expected where, what lacks, what nobody knows."""

    title = "Maillage"
    icon = "map-2"
    topics = (*LinkedMap.topics, Topic.CTG)

    def __init__(self, kit: Kit) -> None:
        rules, side = RuleList(kit.theme), MaillageSide(kit.theme)
        super().__init__(kit, rules, side, None)
        self.rules, self.panel = rules, side
        self.gaps = GapTable(kit.theme)
        self._wish = GapsWish()
        self._answer: GapsAnswer | None = None
        self.put_below(self.gaps)
        self.head.levels.hide()
        self.stage.timeline.hide()
        self._wire()

    def _wire(self) -> None:
        self.rules.rule_chosen.connect(self.show_rule)
        self.rules.rule_wanted.connect(self.add_rule)
        self.rules.effective_chosen.connect(self._choose_offer)
        self.gaps.chosen.connect(self._gap_chosen)
        self.gaps.opened.connect(self._gap_opened)
        self.gaps.export_asked.connect(self._export)
        self.gaps.table.guard = self._guard_gaps
        self.panel.editor.edited.connect(self._save)
        self.panel.editor.removed.connect(self._remove)
        self.panel.gap.action_wanted.connect(self.create_action)
        self.panel.gap.whole_wanted.connect(self._declare_whole)
        self.panel.gap.ctg_wanted.connect(partial(self._go_ctg, create=True))
        self.key("Ctrl+N", self.add_rule)
        self.key("Ctrl+F", self.gaps.filter.setFocus)
        self.key("F2", self._edit_rule)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Keys of the sub-page."""
        return (
            ("Ctrl+N", "Ajouter une règle de maillage"),
            ("F2", "Modifier la règle de maillage"),
            ("Ctrl+F", "Filtrer les lacunes"),
        )

    # -- reading -----------------------------------------------------------------------------------------

    def receive(self, **wishes: Any) -> None:
        """rule: code of the rule to show."""
        if wishes.get("rule"):
            self.show_rule(wishes["rule"])

    def reload(self) -> None:
        """Apply the rules again; what is shown stays meanwhile."""
        self._wish = replace(self._wish, departement=self.kit.context.value.departement)
        call = partial(read_gaps, self.kit.services, self._wish)
        self.read_again(call, self._show, "Lecture des règles de maillage")

    def _show(self, answer: GapsAnswer) -> None:
        self._answer = answer
        self._wish = answer.wish
        self.rules.show_answer(answer)
        self.gaps.show_answer(answer)
        chosen = answer.chosen
        self.panel.editor.show_rule(chosen.rule if chosen else None)
        self.stage.say("")
        if answer.choropleth is None:
            self.stage.say("Aucune règle.", ("Ajouter une règle", self.add_rule))
            return
        made = answer.choropleth
        self.head.show_words(made.title, made.subtitle)
        self.show_choropleth(made)
        if chosen and chosen.result and chosen.result.blocked:
            from ui.labels_coverage import BLOCKED

            importing = partial(self.kit.navigate, "data", tab="import")
            self.stage.say(BLOCKED[chosen.result.blocked], ("Importer un fichier", importing))

    # -- what is said ------------------------------------------------------------------------------------

    def show_legend(self, shown: Choropleth, radius_of_one: float) -> None:
        """Legend under the rules."""
        self.rules.show_legend(shown, radius_of_one)

    def show_selected(self, code: str | None) -> None:
        """The gap of the territory, if there is one."""
        self.panel.gap.show_gap(self.gaps.select(code), self._answer)

    def _gap_chosen(self, gap: Gap) -> None:
        if gap.code != self.selected or self.panel.gap.gap != gap:
            self.selected = gap.code
            self.stage.view.select(gap.code)
            self.panel.gap.show_gap(gap, self._answer)

    def _gap_opened(self, gap: Gap) -> None:
        self._gap_chosen(gap)
        self.panel.show_side("gap")
        self.show_drawer(True)
        self.panel.gap.draft_button.setFocus()

    # -- rules -------------------------------------------------------------------------------------------

    def show_rule(self, code: str) -> None:
        """Put a rule on the map."""
        self._wish = replace(self._wish, rule=code)
        self.reload()

    def add_rule(self) -> None:
        """Add a rule, then edit it."""
        rule = Rule(f"regle_{uuid.uuid4().hex[:8]}", NEW_LABEL, ("laep",), Level.EPCI)
        self._wish = replace(self._wish, rule=rule.code)
        self._save(rule)
        self._edit_rule()

    def _edit_rule(self) -> None:
        self.panel.show_side("rule")
        self.show_drawer(True)
        self.panel.editor.label.control.setFocus()

    def _save(self, rule: Rule) -> None:
        self.kit.runner.write(
            partial(_saved, self.kit, rule), self.kit.hub.changed.emit, refused=self.panel.editor.refuse
        )

    def _remove(self, code: str) -> None:
        self.kit.runner.write(partial(_removed, self.kit, code), self.kit.hub.changed.emit)

    def _choose_offer(self, effective: bool) -> None:
        self._wish = replace(self._wish, effective=effective)
        self.reload()

    # -- what leaves the page ----------------------------------------------------------------------------

    def create_action(self, gap: Gap, convention: str) -> None:
        """Draft a fiche action from a gap, then show it."""
        self.kit.runner.write(partial(_drafted, self.kit, gap, convention), self._drafted)

    def _declare_whole(self, gap: Gap) -> None:
        """Open the form that declares the list whole, in the Epci of the gap or in its département."""
        epci = gap.draft.code_epci
        place = place_code(Level.EPCI, epci) if epci else place_code(Level.DEPARTEMENT, gap.code_departement)
        self.kit.navigate("map", tab="lists", what=what_of(gap.rule.kinds[0]), place=place)

    def _drafted(self, created: Created) -> None:
        self.kit.hub.changed.emit(created.changes)
        self.kit.notify("Fiche action créée")
        self._go_ctg(action=created.uuid)

    def _go_ctg(self, **wishes: Any) -> None:
        if "ctg" in BUILDERS:
            self.kit.navigate("ctg", **wishes)

    def _guard_gaps(self, gaps: Sequence[Gap], put: Callable[[Sequence[Gap]], None]) -> None:
        """Copy gaps as those outside may read them."""
        self.kit.runner.read(partial(_leaving, self.kit, gaps), put)

    def _export(self, gaps: list[Gap], path: Path) -> None:
        call = partial(_exported, self.kit, gaps, path)
        self.kit.runner.read(call, self._written, name=f"Export de {path.name}", refused=self.refuse)

    def _written(self, path: Path) -> None:
        words = f"Lacunes exportées\u202f: {path.name}"
        self.kit.notify(words, "Ouvrir le dossier", partial(open_folder, path.parent))


def _leaving(kit: Kit, gaps: Sequence[Gap], _progress: Progress) -> list[Gap]:
    return kit.services.secrecy.gaps(gaps)


def _saved(kit: Kit, rule: Rule, _progress: Progress) -> Changes:
    return kit.services.coverage.save_rule(rule)


def _removed(kit: Kit, code: str, _progress: Progress) -> Changes:
    return kit.services.coverage.remove_rule(code)


def _drafted(kit: Kit, gap: Gap, convention: str, _progress: Progress) -> Created:
    (gap,) = kit.services.secrecy.gaps([gap])  # a fiche is read by every partner
    return kit.services.ctg.action_from_gap(
        convention, gap.rule.code, gap.level, gap.code, gap.name, gap.reason,
        title=gap.draft.title, theme=theme_of(gap),
    )  # fmt: skip


def _exported(kit: Kit, gaps: list[Gap], path: Path, _progress: Progress) -> Path:
    kit.services.coverage.export_gaps(kit.services.secrecy.gaps(gaps), path)
    return path
