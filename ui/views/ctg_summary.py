"""« Synthèse »: where it stands, what asks for attention, what comes next, the four lists, themes, map."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.french import plural, short_date
from ui.views import ctg_calls as calls
from ui.views.ctg_attention import Attention, attention_of
from ui.views.ctg_gauge import GaugeLine
from ui.views.ctg_identity import IdentityCard
from ui.views.ctg_members_map import MembersMap, read_members_map
from ui.views.ctg_swot import NEW, Swot
from ui.views.ctg_tab import CtgTab
from ui.views.ctg_themes import ThemesCard
from ui.widgets.fields import LongTextField
from ui.widgets.mini_map import MiniMapView
from ui.widgets.parts import Card, button, clear, column, picture, row, scrolled, text

if TYPE_CHECKING:
    from app.domain.agenda import Event
    from app.progress import Progress
    from app.services import Services
    from app.services.ctg_rows import Created, CtgDetail
    from ui.tasks import Task
    from ui.views.page import Kit

SIDE = 320
SIDE_COMPACT = 290
DUE_SHOWN = 6
VERBS = {
    "plan": "Voir le plan d’action",
    "comites": "Voir les décisions",
    "signataires": "Voir les signataires",
    "documents": "Voir les documents",
    "financement": "Voir le financement",
    "conformite": "Voir les douze points",
    "synthese": "Voir les thèmes",
}
"""Verb of a point, by the tab that answers it."""


@dataclass(frozen=True, slots=True)
class SummaryRead:
    """What is read beside the head."""

    points: list[Attention]
    events: list[Event]
    on: datetime.date


class SummaryTab(CtgTab):
    """`tab_asked` opens another tab, `action_asked` a fiche."""

    tab_asked = Signal(str)
    action_asked = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._drawing: Task | None = None
        self._mapped = ("", 0)
        self._new_note = ""
        self.ambition = LongTextField("Ambition partagée", lines=2, placeholder="Ce que la CTG veut changer")
        self.ambition.committed.connect(lambda value: self.edit("ctg", self.uuid, {"ambition": value}))
        self.swot = Swot()
        self.swot.written.connect(lambda uuid, words: self.edit("note", uuid, {"text": words}))
        self.swot.moved.connect(self.place_note)
        self.swot.erased.connect(partial(self.remove, "note"))
        self.swot.added.connect(self.add_note)
        self.done = GaugeLine("Actions réalisées", "d’après l’état des fiches")
        self.results = GaugeLine("Résultats atteints", "d’après les indicateurs liés", "ocre")
        self.map = MiniMapView(kit.theme)
        self.map.asked.connect(partial(kit.navigate, "map"))
        self.map_note = text("", "hint", wrap=True)
        self.points = QVBoxLayout()
        self.due = QVBoxLayout()
        self.themes = ThemesCard()
        self.themes.chosen.connect(self._themes_chosen)
        self.identity = IdentityCard()
        self.identity.edited.connect(lambda name, value: self.edit("ctg", self.uuid, {name: value}))
        self.identity.removed.connect(lambda: self.remove("ctg", self.uuid))
        self.identity.ctg_asked.connect(self._open_ctg)
        self._lay_out()

    # -- building ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.ambition)
        card = Card("Forces, faiblesses, opportunités, menaces")
        card.body.addWidget(self.swot)
        left.addWidget(card)
        left.addWidget(self.themes)
        left.addWidget(self.identity)
        left.addStretch(1)
        self._right = QWidget()
        side = QVBoxLayout(self._right)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        for made in (self._gauges_card(), self._points_card(), self._due_card(), self._map_card()):
            side.addWidget(made)
        side.addStretch(1)
        inside = QWidget()
        both = QHBoxLayout(inside)
        both.setSpacing(12)
        both.addLayout(left, 1)
        both.addWidget(self._right)
        self._both = both
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.banner)
        whole.addWidget(scrolled(inside))

    def _gauges_card(self) -> Card:
        card = Card("Où en est-on\u202f?")
        card.body.setSpacing(12)
        card.body.addWidget(self.done)
        card.body.addWidget(self.results)
        return card

    def _points_card(self) -> Card:
        card = Card("Points d’attention")
        self.points.setSpacing(0)
        card.body.addLayout(self.points)
        return card

    def _due_card(self) -> Card:
        card = Card("Prochaines échéances")
        self.due.setSpacing(6)
        card.body.addLayout(self.due)
        return card

    def _map_card(self) -> Card:
        card = Card("Territoire")
        self.map.setFixedHeight(self.theme.px(180))
        self.map.setAccessibleName("Carte des communes de la CTG, ouvrir la carte")
        card.body.addWidget(self.map)
        card.body.addWidget(self.map_note)
        return card

    def set_compact(self, compact: bool, low: bool) -> None:
        """A narrower side."""
        self._right.setFixedWidth(self.theme.px(SIDE_COMPACT if compact else SIDE))
        side = 12 if low else 20
        self._both.setContentsMargins(side, 12, side, 12)

    # -- reading -------------------------------------------------------------------------------------

    def call(self) -> Callable[[Progress], SummaryRead] | None:
        """Alerts and deadlines."""
        return partial(_read, self.kit.services, self.detail) if self.detail is not None else None

    def show_detail(self, detail: CtgDetail) -> None:
        """Show at once what the head read."""
        super().show_detail(detail)
        self.ambition.set_value(detail.ambition)
        self.swot.show_notes(detail.notes)
        if self._new_note:
            self.swot.edit_key(self._new_note)
            self._new_note = ""
        self.done.show_gauge(detail.row.actions)
        self.results.show_gauge(detail.row.results)
        self.themes.show_detail(detail)
        self.identity.show_detail(detail)
        self._ask_map(detail)

    def show_read(self, read: SummaryRead) -> None:
        """Show alerts and deadlines."""
        clear(self.points)
        for point in read.points:
            self.points.addWidget(self._point(point))
        if not read.points:
            self.points.addWidget(text("Rien ne demande d’attention aujourd’hui.", "second", wrap=True))
        clear(self.due)
        ahead = [event for event in read.events if event.on >= read.on]
        for event in ahead[:DUE_SHOWN]:
            self.due.addLayout(_event(event))
        if not ahead:
            self.due.addWidget(text("Aucune échéance datée à venir.", "second"))
        left, past = len(ahead) - DUE_SHOWN, len(read.events) - len(ahead)
        said = [plural(left, "autre échéance", "autres échéances")] if left > 0 else []
        said += [plural(past, "échéance passée encore ouverte", "échéances passées encore ouvertes")] * (
            past > 0
        )
        if said:
            self.due.addWidget(text(f"{' et '.join(said)}, dans l’agenda exporté.", "hint", wrap=True))

    def _point(self, point: Attention) -> QWidget:
        made = QWidget()
        verb = button("Ouvrir la fiche" if point.action else VERBS[point.tab], role="link")
        verb.setAccessibleName(f"{verb.text()}\u202f: {point.title}")
        verb.clicked.connect(partial(self._open, point))
        words = column(text(point.title, "label", wrap=True), gap=1)
        if point.note:
            words.addWidget(text(point.note, "hint", wrap=True))
        words.addLayout(row(verb, None))
        held = row(column(picture(point.icon, point.tone, 18), None), words, gap=10)
        held.setStretch(1, 1)
        held.setContentsMargins(0, 6, 0, 0)
        made.setLayout(held)
        return made

    def _open(self, point: Attention, _checked: bool = False) -> None:
        if point.action:
            self.action_asked.emit(point.action)
        elif point.tab == "synthese":
            self.themes.focus_missing()
        else:
            self.tab_asked.emit(point.tab)

    # -- writing -------------------------------------------------------------------------------------

    def _themes_chosen(self, codes: tuple[str, ...]) -> None:
        self.write(partial(calls.set_themes, self.kit.services, self.uuid, codes))

    def _open_ctg(self, uuid: str) -> None:
        self.kit.navigate("ctg", ctg=uuid)

    def show_again(self) -> None:
        """Put back what the base holds."""
        if self.detail is not None:
            self.identity.show_detail(self.detail)
            self.themes.show_detail(self.detail)
            self.swot.show_notes(self.detail.notes)

    def place_note(self, uuid: str, kind: str, place: int) -> None:
        """Put a point elsewhere in the four lists."""
        self.write(partial(calls.place_note, self.kit.services, uuid, kind, place))

    def add_note(self, kind: str) -> None:
        """Add a point to a list, and open its editor."""
        self.add("note", self.uuid, {"kind": kind, "text": NEW}, self._note_made)

    def _note_made(self, made: Created) -> None:
        self._new_note = made.uuid

    def _ask_map(self, detail: CtgDetail) -> None:
        key = (detail.row.uuid, len([m for m in detail.members if m.present]))
        if key == self._mapped:
            return
        self._mapped = key
        if self._drawing is not None and self._drawing.running:
            self._drawing.cancel()
        call = partial(read_members_map, self.kit.services, detail)
        self._drawing = self.kit.runner.read(call, self._show_map)

    def _show_map(self, shown: MembersMap) -> None:
        self.map.show_map(shown.shown)
        self.map_note.setText(shown.note)
        self.map.setAccessibleDescription(shown.note)


def _event(event: Event) -> QHBoxLayout:
    when = text(short_date(event.on), "label")
    what = text(event.summary, "second", wrap=True)
    held = row(when, what, gap=10)
    held.setAlignment(when, Qt.AlignmentFlag.AlignTop)
    held.setStretch(1, 1)
    return held


def _read(services: Services, detail: CtgDetail, _progress: Progress) -> SummaryRead:
    from app.services.ctg_due import events
    from app.services.ctg_load import today

    on = today()
    epci = detail.row.codes_epci[0] if detail.row.codes_epci else None
    mine = [event for event in events(services.ctg, services.steering, on, epci)
            if event.category == detail.row.name]  # fmt: skip
    return SummaryRead(attention_of(services, detail, on), sorted(mine, key=lambda e: e.on), on)
