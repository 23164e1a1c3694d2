"""Cells typed in the page: written at once, refused at the cell, or written once a reason is given."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from app.changes import Changes
from app.domain.cpog_errors import EntryRefused
from app.domain.errors import DomainError
from app.services.cpog_rows import CellFinding, Entry, EntryResult
from ui.errors import sentence
from ui.widgets.parts import Banner, button, column, picture, row, text

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from ui.views.page import Kit

BY_REASON = frozenset({"duplicate", "closed_year"})
"""Refusals that a reason lifts."""


class ReasonBar(QFrame):
    """Asks why a known value changes, on one line; `given` carries the reason."""

    given = Signal(str)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "ocre")
        self.words = text("", wrap=True)
        self.edit = QLineEdit()
        self.edit.setPlaceholderText("Motif de la correction")
        self.edit.setAccessibleName("Motif de la correction")
        self.verb = button("Corriger", self._give)
        self.verb.setProperty("dense", True)
        self.cancel = button("Laisser la valeur", self._give_up)
        self.cancel.setProperty("dense", True)
        line = row(self.edit, self.verb, self.cancel)
        line.setStretch(0, 1)
        head = row(picture("alert-triangle", "ocre"), self.words, gap=10)
        head.setStretch(1, 1)
        held = column(head, line, gap=6)
        held.setContentsMargins(12, 8, 10, 8)
        self.setLayout(held)
        self.edit.returnPressed.connect(self._give)
        self.hide()

    def ask(self, words: str) -> None:
        """Show the question, ready to type."""
        self.words.setText(words)
        self.edit.clear()
        self.show()
        self.edit.setFocus()

    def _give(self) -> None:
        reason = self.edit.text().strip()
        if reason:
            self.hide()
            self.given.emit(reason)

    def _give_up(self) -> None:
        self.hide()
        self.given_up.emit()


class EntryWriter(QObject):
    """Writes cells for a table; `refused` carries the entries and what was found of them."""

    written = Signal(object)
    """EntryResult."""
    refused = Signal(object, object)
    """list[Entry], tuple[CellFinding, ...]: nothing was written."""

    def __init__(self, kit: Kit, banner: Banner, bar: ReasonBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._banner = banner
        self._bar = bar
        self._pending: list[Entry] = []
        bar.given.connect(self._with_reason)
        bar.given_up.connect(self._give_up)

    def write(self, entries: Sequence[Entry], reason: str = "") -> None:
        """Write these cells as one action."""
        self._pending = list(entries)
        if self._pending:
            call = partial(_enter, self._kit.services, tuple(entries), reason)
            self._kit.runner.write(call, self._done, refused=self._refuse)

    def _done(self, result: EntryResult) -> None:
        self._banner.hide()
        self._bar.hide()
        warnings = [f.text for f in result.findings if not f.blocking]
        if warnings:
            self._banner.say(" ".join(dict.fromkeys(warnings)), "ocre")
        self.written.emit(result)
        self._kit.hub.changed.emit(result.changes)

    def _refuse(self, error: DomainError) -> None:
        if not isinstance(error, EntryRefused):
            self._banner.say(sentence(error), "rouge")
            return
        findings = cast("tuple[CellFinding, ...]", error.facts["findings"])
        hard = [f for f in findings if f.blocking and f.code not in BY_REASON]
        if hard:
            self._banner.say(sentence(error), "rouge")
            self.refused.emit(self._pending, findings)
            return
        asked = [f.text for f in findings if f.blocking]
        more = f" Et {len(asked) - 1} autres." if len(asked) > 1 else ""
        self._bar.ask(asked[0] + more)
        self.refused.emit(self._pending, findings)

    def _with_reason(self, reason: str) -> None:
        self.write(self._pending, reason)

    def _give_up(self) -> None:
        self._pending = []
        self.written.emit(EntryResult(Changes(), 0))


def _enter(services: Services, entries: Sequence[Entry], reason: str, _progress: Progress) -> EntryResult:
    return services.cpog.enter(entries, reason)


class Writer(QObject):
    """One write of a page: what it changed goes to the hub, a refusal to a banner."""

    def __init__(self, kit: Kit, banner: Banner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._banner = banner

    def write(self, method: str, *arguments: Any, said: str = "", **named: Any) -> None:
        """Call a method of the CPOG service; said: notified once it is written."""
        call = partial(_call, self._kit.services, method, arguments, named)
        self._kit.runner.write(call, partial(self._done, said), refused=self._refuse)

    def _done(self, said: str, result: Any) -> None:
        self._banner.hide()
        changes = result[1] if isinstance(result, tuple) else result
        self._kit.hub.changed.emit(changes)
        if said:
            self._kit.notify(said)

    def _refuse(self, error: DomainError) -> None:
        self._banner.say(sentence(error), "rouge")


def _call(
    services: Services, method: str, arguments: tuple[Any, ...], named: dict[str, Any], _progress: Progress
) -> Any:
    return getattr(services.cpog, method)(*arguments, **named)
