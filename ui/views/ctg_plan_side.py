"""Right side of a plan: two gauges never averaged, what asks for attention, and the forms in their turn."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui.views.ctg_gauge import GaugeLine
from ui.views.ctg_plan_attention import Attention, attention
from ui.views.ctg_plan_calls import PlanRead
from ui.widgets.parts import button, clear, column, line, picture, row, scrolled, text

WIDTH = 264
WIDTH_COMPACT = 236


class AttentionLine(QWidget):
    """One point: shape, what, why, verb."""

    def __init__(self, point: Attention) -> None:
        super().__init__()
        self.point = point
        title = text(point.title, "label", wrap=True)
        reason = text(point.reason, "hint", wrap=True)
        words = column(title, reason, gap=1)
        self.verb = button(point.verb, role="link") if point.verb else None
        if self.verb is not None:
            self.verb.setAccessibleName(f"{point.verb}\u202f: {point.title}")
            words.addLayout(row(self.verb, None))
        layout = row(column(picture(point.icon, point.token, 18), None), words, gap=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)


class PlanOverview(QWidget):
    """« Où en est-on ? » and « Points d’attention »."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.done = GaugeLine("Actions réalisées", "d’après l’état des fiches")
        self.results = GaugeLine("Résultats atteints", "d’après les indicateurs liés", "ocre")
        self.points: list[AttentionLine] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.setLayout(
            column(text("Où en est-on\u202f?", "section"), self.done, self.results, 6,
                   text("Points d’attention", "section"), self._lines, None, gap=10)
        )  # fmt: skip

    def show_read(self, read: PlanRead) -> None:
        """Show another plan."""
        self.done.show_gauge(read.ctg.actions)
        self.results.show_gauge(read.ctg.results)
        self.show_points(attention(read))

    def show_points(self, points: Sequence[Attention]) -> None:
        """Show these points; nothing is rebuilt when nothing differs."""
        if self.points and [line.point for line in self.points] == list(points):
            return
        clear(self._lines)
        self.points = [AttentionLine(point) for point in points]
        for made in self.points:
            self._lines.addWidget(line())
            self._lines.addWidget(made)
            if made.verb is not None:
                made.verb.clicked.connect(self._open)
        if not points:
            self._lines.addWidget(text("Rien ne demande d’attention.", "second", wrap=True))

    def _open(self) -> None:
        sender = self.sender()
        for made in self.points:
            if made.verb is sender:
                self.opened.emit(made.point.action)


class PlanSide(QWidget):
    """One panel at a time: the overview, or a form that was asked for."""

    def __init__(self, forms: Sequence[QWidget]) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setProperty("zone", True)
        self.overview = PlanOverview()
        self._stack = QStackedWidget()
        for part in (self.overview, *forms):
            inside = QWidget()
            inside.setProperty("role", "surface")
            held = QVBoxLayout(inside)
            held.setContentsMargins(16, 14, 14, 14)
            held.addWidget(part)
            self._stack.addWidget(scrolled(inside))
        self._forms = list(forms)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def show_form(self, form: QWidget) -> None:
        """Show a form instead of the overview."""
        self._stack.setCurrentIndex(1 + self._forms.index(form))

    def show_overview(self) -> None:
        """Come back to the overview."""
        self._stack.setCurrentIndex(0)

    @property
    def form(self) -> QWidget | None:
        """The form shown, None for the overview."""
        at = self._stack.currentIndex()
        return self._forms[at - 1] if at else None
