"""One diagnostic being edited: reads it, makes its pages again when they change, writes what is asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.domain.diagnostic import DiagnosticStatus
from app.domain.diagnostic_errors import DiagnosticNotFound
from ui.errors import sentence
from ui.views import diagnostic_calls as calls

if TYPE_CHECKING:
    from app.changes import Changes
    from app.domain.diagnostic import DiagnosticOptions, PlannedSection
    from app.domain.errors import DomainError
    from app.progress import Progress
    from app.services.diagnostics_rows import DiagnosticDetail, TextFinding
    from ui.tasks import Task
    from ui.views.page import Kit


UNMADE = "Les pages n’ont pas pu être composées. Le diagnostic est resté tel qu’il était."


class Session(QObject):
    """What the parts of the editor share. A preview under way is cancelled as soon as it is out of date."""

    detail_read = Signal(object)
    """DiagnosticDetail."""
    preview_made = Signal(object)
    """Preview."""
    checked = Signal(object)
    """List of TextFinding."""
    making = Signal(object)
    """Task that makes the pages."""
    unmade = Signal(str)
    """Why the pages could not be made."""
    refused = Signal(str)
    """French sentence, empty when all is well."""
    point_asked = Signal(object)
    """Point to bring in sight."""
    gone = Signal()
    """The diagnostic is no more."""

    def __init__(self, kit: Kit, parent: QObject) -> None:
        super().__init__(parent)
        self.kit = kit
        self.uuid = ""
        self.detail: DiagnosticDetail | None = None
        self.preview: calls.Preview | None = None
        self.findings: list[TextFinding] = []
        self._generation = 0
        self._made: Any = None
        """What the last pages, made or being made, were asked for."""
        self._reading: Task | None = None
        self._making: Task | None = None
        self._checking: Task | None = None

    @property
    def locked(self) -> bool:
        """True if nothing may be edited."""
        detail = self.detail
        return (
            detail is None
            or self.kit.services.base.read_only
            or detail.row.status is DiagnosticStatus.VALIDATED
        )

    def section(self, code: str) -> PlannedSection | None:
        """A section of the plan."""
        plan = self.detail.plan if self.detail is not None else ()
        return next((section for section in plan if section.code == code), None)

    # -- reading -----------------------------------------------------------------------------------------

    def open(self, uuid: str) -> None:
        """Edit a diagnostic."""
        if uuid != self.uuid:
            self.stop()
            self.uuid, self.detail, self.preview, self.findings = uuid, None, None, []
        self.read()

    def stop(self) -> None:
        """Drop what is under way."""
        for task in (self._reading, self._making, self._checking):
            if task is not None and task.running:
                task.cancel()
        self._reading = self._making = self._checking = self._made = None

    def read(self, *, figures: bool = False) -> None:
        """Read the diagnostic again; figures: those of the base changed, so that pages are to be made."""
        if not self.uuid:
            return
        self._generation += figures
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        call = partial(calls.read_detail, self.kit.services, self.uuid)
        self._reading = self.kit.runner.read(call, self._read, refused=self._not_read)

    def _not_read(self, error: DomainError) -> None:
        if isinstance(error, DiagnosticNotFound):
            self.stop()
            self.uuid = ""
            self.gone.emit()
        else:
            self.refused.emit(sentence(error))

    def _read(self, detail: DiagnosticDetail) -> None:
        self._reading = None
        self.detail = detail
        self.detail_read.emit(detail)
        wanted = (detail.plan, detail.options, detail.row.title, detail.row.status, self._generation)
        if wanted != self._made:
            self._made = wanted
            self._make()

    def _make(self) -> None:
        for task in (self._making, self._checking):
            if task is not None and task.running:
                task.cancel()
        runner, services = self.kit.runner, self.kit.services
        self._making = runner.read(
            partial(calls.make_preview, services, self.uuid), self._show, refused=self._not_made,
            name="Aperçu du diagnostic",
        )  # fmt: skip
        self._making.finished.connect(partial(self._ended, self._making))
        self.making.emit(self._making)
        self._checking = runner.read(partial(calls.check, services, self.uuid), self._check)

    def again(self) -> None:
        """Make the pages once more."""
        self._made = None
        self.read()

    def _not_made(self, error: DomainError) -> None:
        self._making = None
        self.unmade.emit(sentence(error))

    def _ended(self, task: Task) -> None:
        """A task that neither delivered, nor was refused or cancelled, has failed: the window reports it."""
        if task is self._making and not task.cancelled:
            self._making = None
            self.unmade.emit(UNMADE)

    def _show(self, preview: calls.Preview) -> None:
        self._making = None
        self.preview = preview
        self.preview_made.emit(preview)

    def _check(self, findings: list[TextFinding]) -> None:
        self._checking = None
        self.findings = findings
        self.checked.emit(findings)

    # -- writing -----------------------------------------------------------------------------------------

    def write(self, call: Callable[..., Changes], *given: object) -> None:
        """Call with the services, the key of the diagnostic and what is given: one action."""
        bound: Callable[[Progress], Changes] = partial(call, self.kit.services, self.uuid, *given)
        self.kit.runner.write(bound, self._written, refused=self._not_written)

    def set_options(self, options: DiagnosticOptions) -> None:
        """Change the options."""
        if self.detail is not None and options != self.detail.options:
            self.write(calls.set_options, options)

    def _written(self, changes: Changes) -> None:
        self.refused.emit("")
        self.kit.hub.changed.emit(changes)

    def _not_written(self, error: DomainError) -> None:
        self.refused.emit(sentence(error))
        self.read()
