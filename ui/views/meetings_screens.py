"""The two other screens of a séance: projected in a room, or held in one hand during a visit."""

from __future__ import annotations

import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from app.changes import Changes
from ui.views import meetings_calls as calls
from ui.views import meetings_visit_calls as visit_calls
from ui.views.meetings_slides import plain_slides

if TYPE_CHECKING:
    from app.services.steering_rows import DecisionRow
    from ui.views.meetings_slides import Slide
    from ui.views.meetings_stage import MeetingStage
    from ui.views.meetings_visit import VisitWindow


class MeetingScreens:
    """The half of the page that opens them and writes what they ask."""

    kit: Any
    panel: Any
    stage: MeetingStage | None
    visited: VisitWindow | None
    _write: Any
    _refused: Any
    _changed: Any

    def open_stage(self) -> None:
        """Project the séance shown, full screen."""
        from ui.views.meetings_stage import MeetingStage, StageActs

        if self.panel.detail is None:
            return
        detail = self.panel.detail
        acts = StageActs(self.add_decision, self.freeze_view, self.undo_last, self._stage_closed)
        self.stage = MeetingStage(self.kit.theme.zoom, acts)
        self.stage.show_meeting(detail, plain_slides(detail))
        self.stage.show_on(self.panel)
        call = partial(calls.slides, self.kit.services, detail, self.kit.context.value.year)
        self.kit.runner.read(call, self._show_slides, name="Lecture de la réunion", refused=self._refused)

    def _show_slides(self, read: tuple[tuple[Slide, ...], dict[str, str]]) -> None:
        if self.stage is not None and self.panel.detail is not None:
            self.stage.show_meeting(self.panel.detail, *read)

    def add_decision(
        self, words: str, owner: str, due_on: datetime.date | None, action: str | None, item: str | None
    ) -> None:
        """Write a decision taken in the séance shown."""
        if self.panel.detail is not None:
            held = (self.panel.detail.row.uuid, words, owner, due_on, action, item)
            self._write(partial(calls.decide, self.kit.services, *held))

    def freeze_view(self, slide: Slide) -> None:
        """Keep a view of the séance as it is shown."""
        if self.panel.detail is not None:
            call = partial(calls.freeze, self.kit.services, self.panel.detail.row.uuid, slide)
            self.kit.runner.write(call, self._frozen, refused=self._refused)

    def _frozen(self, changes: Changes) -> None:
        if self.stage is not None:
            self.stage.say("Vue figée")
        self._changed(changes)

    def undo_last(self) -> None:
        """Undo the last action, as Ctrl+Z does."""
        self.kit.runner.write(partial(calls.undo, self.kit.services), self._undone, refused=self._refused)

    def _undone(self, done: tuple[str, Changes]) -> None:
        if self.stage is not None:
            self.stage.say(f"Annulé : {done[0]}," if done[0] else "Rien à annuler,")
        self._changed(done[1])

    def open_visit(self) -> None:
        """Show the séance as a visit: a window to hold in one hand."""
        from ui.views.meetings_visit import VisitWindow

        if self.panel.detail is not None:
            self.visited = VisitWindow(self.kit, self._changed, self._visit_closed)
            self._read_visit()
            self.visited.showMaximized()

    def _read_visit(self) -> None:
        if self.panel.detail is not None:
            call = partial(visit_calls.due, self.kit.services, self.panel.detail)
            self.kit.runner.read(call, self._show_visit, refused=self._refused)

    def _show_visit(self, decisions: list[DecisionRow]) -> None:
        if self.visited is not None and self.panel.detail is not None:
            detail = self.panel.detail
            invented = detail.row.owner_uuid in self.panel.fictitious
            self.visited.show_visit(detail, decisions, invented=invented)

    def _visit_closed(self) -> None:
        self.visited = None

    def _stage_closed(self) -> None:
        self.stage = None
