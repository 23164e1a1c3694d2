"""The forms at the right of a fiche: change of state, correction of the progress, links."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from app.domain.action import ActionState, Step, progress_of
from app.domain.ctg_sentences import progress_text
from app.domain.errors import DomainError
from ui.views import action_calls as calls
from ui.views import ctg_plan_calls as plan_calls
from ui.views.action_side import SidePanel
from ui.widgets.action_forms import LinkForm, ProgressForm
from ui.widgets.action_status_form import StatusForm, StatusWish, needs_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.changes import Changes
    from ui.views.action_calls import ActionRead, Target
    from ui.views.action_parts import Write
    from ui.views.action_summary import ActionSummary
    from ui.views.page import Kit


class Editor(Protocol):
    """What the forms need of the view."""

    kit: Kit
    action: str
    read: ActionRead | None

    def write(self, call: Write, refused: Callable[[DomainError], None] | None = None) -> None:
        """Run a write."""

    def changed(self, changes: Changes) -> None:
        """Tell the window what changed."""

    def refused(self, error: DomainError) -> None:
        """Say why."""


class SideForms(SidePanel):
    """Opens the form that the summary asks for, writes what it gives, comes back."""

    def __init__(self, view: Editor, summary: ActionSummary) -> None:
        self.status = StatusForm()
        self.progress = ProgressForm()
        self.links = LinkForm()
        super().__init__(summary, (self.status, self.progress, self.links))
        self.setAccessibleName("Résumé de la fiche")
        self._view = view
        self._summary = summary
        summary.state_asked.connect(self.ask_state)
        summary.progress_asked.connect(self.ask_progress)
        summary.link_asked.connect(self.ask_link)
        summary.unlink_asked.connect(self._unlink)
        self.status.asked.connect(self._set_status)
        self.progress.asked.connect(self._set_progress)
        self.links.asked.connect(self._link)
        for form in (self.status, self.progress, self.links):
            form.given_up.connect(self._close)

    def ask_state(self, status: str) -> None:
        """Pass the fiche to a state, after its reason if it needs one."""
        read, wanted = self._view.read, ActionState(status)
        if read is None:
            return
        if needs_form(wanted):
            fiche = read.detail.row
            self.show_form(self.status)
            self.status.open(fiche.uuid, f"{fiche.number} {fiche.title}", wanted)
        else:
            self._set_status(StatusWish(self._view.action, wanted))

    def ask_progress(self) -> None:
        """Ask a correction of what the étapes say."""
        read = self._view.read
        if read is None:
            return
        fiche, steps = read.detail.row, [Step(one.planned_on, one.done_on) for one in read.detail.steps]
        derived = progress_text(progress_of(steps, fiche.status))
        self.show_form(self.progress)
        held = fiche.progress
        self.progress.open(f"D’après les étapes\u202f: {derived[0].lower()}{derived[1:]}.", held.percent,
                           read.detail.progress_reason, held.overridden)  # fmt: skip

    def ask_link(self) -> None:
        """Offer what the fiche may be linked to."""
        if self._view.read is not None:
            self.show_form(self.links)
            self.links.open(self._view.read.targets)

    # -- writes ------------------------------------------------------------------------------------------

    def _set_status(self, wish: StatusWish) -> None:
        call = partial(plan_calls.set_status, self._view.kit.services, wish)
        self._view.kit.runner.write(call, self._done, refused=self._status_refused)

    def _status_refused(self, error: DomainError) -> None:
        if self.form is self.status:
            self.status.refuse(error)
        else:
            self._view.refused(error)

    def _set_progress(self, percent: object, reason: str) -> None:
        call = partial(calls.set_progress, self._view.kit.services, self._view.action, percent, reason)
        self._view.kit.runner.write(call, self._done, refused=self.progress.refuse)

    def _link(self, target: Target) -> None:
        read = self._view.read
        if read is not None:
            call = partial(calls.link, self._view.kit.services, read.ctg.row.uuid, read.uuid, target)
            self._view.kit.runner.write(call, self._done, refused=self.links.refuse)

    def _unlink(self, uuid: str) -> None:
        self._view.write(partial(calls.unlink, self._view.kit.services, uuid))

    def _done(self, changes: Changes) -> None:
        self._close()
        self._view.changed(changes)

    def _close(self) -> None:
        self.show_summary()
        self._summary.postpone.setFocus()
