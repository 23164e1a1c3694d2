"""« Diagnostics »: the list, one diagnostic with its pages, the batch, and what a paper has become."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes, Topic
from ui.views.diagnostic_list import ListView
from ui.views.page import Kit, Page

if TYPE_CHECKING:
    from ui.context import Context
    from ui.views.diagnostic_batch import BatchView
    from ui.views.diagnostic_editor import EditorView
    from ui.views.diagnostic_trace import TraceView

PADDING = 20
PADDING_LOW = 12
SILENT_TOPICS = frozenset({Topic.JOURNAL, Topic.ALERTS, Topic.STEERING})


class DiagnosticsPage(Page):
    """Parts in a stack, each built at its first visit."""

    title = "Diagnostics"
    icon = "report-analytics"

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._compact = (False, False)
        self._editor: EditorView | None = None
        self._batch: BatchView | None = None
        self._trace: TraceView | None = None
        self._changes = Changes()
        self.stack = QStackedWidget()
        self.list = ListView(kit)
        self.list.opened.connect(self.open)
        self.list.batch_asked.connect(self.show_batch)
        self.list.trace_asked.connect(self.show_trace)
        self.stack.addWidget(self.list)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.stack)
        self._pad()
        new = QShortcut(QKeySequence("Ctrl+N"), self)
        new.activated.connect(self.list.start_new)

    # -- parts ---------------------------------------------------------------------------------------

    @property
    def editor(self) -> EditorView:
        """One diagnostic, built at its first visit."""
        if self._editor is None:
            from ui.views.diagnostic_editor import EditorView

            self._editor = EditorView(self.kit)
            self._editor.back_asked.connect(self.show_list)
            self.stack.addWidget(self._editor)
            self._editor.set_compact(*self._compact)
        return self._editor

    def open(self, uuid: str, section: str = "") -> None:
        """Edit a diagnostic."""
        self._show(self.editor)
        self.editor.open(uuid, section)

    @property
    def batch(self) -> BatchView:
        """One booklet by Epci, built at its first visit."""
        if self._batch is None:
            from ui.views.diagnostic_batch import BatchView

            self._batch = BatchView(self.kit)
            self._batch.back_asked.connect(self.show_list)
            self.stack.addWidget(self._batch)
        return self._batch

    @property
    def trace(self) -> TraceView:
        """A booklet read back, built at its first visit."""
        if self._trace is None:
            from ui.views.diagnostic_trace import TraceView

            self._trace = TraceView(self.kit)
            self._trace.back_asked.connect(self.show_list)
            self.stack.addWidget(self._trace)
        return self._trace

    def show_batch(self) -> None:
        """Show the batch."""
        self._show(self.batch)
        self.batch.reload()
        self.batch.verb.setFocus()

    def show_trace(self) -> None:
        """Ask for a booklet and show what it has become."""
        self._show(self.trace)
        self.trace.ask()

    def show_list(self) -> None:
        """Show every diagnostic."""
        self._show(self.list)
        self.list.reload()
        self.list.table.setFocus()

    def _show(self, part: QWidget) -> None:
        self.stack.setCurrentWidget(part)
        self._pad()

    # -- what the window calls -----------------------------------------------------------------------

    def receive(self, **wishes: Any) -> None:
        """diagnostic: key of the one to edit, section of its plan; create, batch, trace or list: shown."""
        if wishes.get("diagnostic"):
            self.open(wishes["diagnostic"], wishes.get("section", ""))
            return
        for wish, show in (("batch", self.show_batch), ("trace", self.show_trace), ("list", self.show_list)):
            if wishes.get(wish):
                show()
        if wishes.get("create"):
            self.show_list()
            self.list.create_when_read()

    def concerned(self, changes: Changes) -> bool:
        """Plans, and everything that a booklet is made from."""
        concerned = bool(changes.topics - SILENT_TOPICS)
        if concerned:
            self._changes = self._changes | changes
        return concerned

    def reload(self) -> None:
        """Read again the part shown."""
        changes, self._changes = self._changes, Changes()
        if self._editor is not None and self.stack.currentWidget() is self._editor:
            self._editor.follow(changes)
        else:
            self.list.reload()

    def context_changed(self, context: Context) -> None:  # noqa: ARG002
        """The list follows the territory; a diagnostic open stays."""
        if self.stack.currentWidget() is self.list:
            self.list.reload()

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Keys of this page."""
        return (
            ("Ctrl+N", "Diagnostics\u202f: nouveau diagnostic du territoire"),
            ("Alt+1 à Alt+4", "Diagnostics\u202f: aperçu, vérifier, exporter, versions"),
            ("Ctrl+E", "Diagnostics\u202f: exporter"),
            ("Alt+↑ Alt+↓", "Diagnostics\u202f: déplacer la section choisie"),
            ("Pg préc. Pg suiv.", "Aperçu\u202f: page précédente, page suivante"),
        )

    def set_compact(self, compact: bool, low: bool) -> None:
        """Follow the size of the window."""
        self._compact = (compact, low)
        self._pad()
        if self._editor is not None:
            self._editor.set_compact(compact, low)

    def _pad(self) -> None:
        if getattr(self.stack.currentWidget(), "own_margins", False):
            self._column.setContentsMargins(0, 0, 0, 0)
        else:
            padding = PADDING_LOW if self._compact[1] else PADDING
            self._column.setContentsMargins(padding, padding - 4, padding, padding - 6)
