"""Head of one CTG: its name, its verbs, the stepper of its life, its tabs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QTabBar, QVBoxLayout, QWidget

from app.domain.ctg import CtgStatus
from app.domain.french import typographic
from ui.views.ctg_export import ExportButton
from ui.views.ctg_words import stage_label, stage_notes, subtitle
from ui.widgets.parts import Elided, button, fictitious, icon_button, row
from ui.widgets.stepper_ctg import LifecycleStepper, Stage
from ui.widgets.steps import StepState

if TYPE_CHECKING:
    from app.services.ctg_rows import CtgDetail, StageRow
    from ui.views.page import Kit

STAGES = 6
ORDER = list(CtgStatus)


class TabBar(QTabBar):
    """Tabs with a count beside their word; `asked` carries the code of the one chosen."""

    asked = Signal(str)

    def __init__(self, tabs: Sequence[tuple[str, str, str]]) -> None:
        """tabs: (code, word, shorter word)."""
        super().__init__()
        self._tabs = tuple(tabs)
        self._counts: dict[str, str] = {}
        self._short = False
        self.setAccessibleName("Rubriques de la CTG")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for code, word, _short in tabs:
            self.setTabData(self.addTab(word), code)
        self.currentChanged.connect(lambda place: self.asked.emit(self.tabData(place)))

    @property
    def code(self) -> str:
        """Code of the tab chosen."""
        return str(self.tabData(self.currentIndex()))

    def choose(self, code: str) -> None:
        """Choose a tab without announcing it."""
        self.blockSignals(True)
        self.setCurrentIndex(next(at for at, (known, *_) in enumerate(self._tabs) if known == code))
        self.blockSignals(False)

    def step(self, move: int) -> None:
        """Go to the next tab (+1) or to the one before (-1)."""
        self.setCurrentIndex((self.currentIndex() + move) % self.count())

    def show_counts(self, counts: dict[str, str]) -> None:
        """Write the counts beside the words."""
        self._counts = counts
        self._write()

    def set_short(self, short: bool) -> None:
        """Shorter words and less room, for a narrow window."""
        self._short = short
        self.setProperty("dense", short)
        self.style().unpolish(self)
        self.style().polish(self)
        self._write()

    def _write(self) -> None:
        for place, (code, word, shorter) in enumerate(self._tabs):
            count = self._counts.get(code, "")
            self.setTabText(place, f"{shorter if self._short else word} {count}".strip())


class CtgHead(QFrame):
    """Everything above the tab shown."""

    back_asked = Signal()
    meeting_asked = Signal()
    action_asked = Signal()
    stage_asked = Signal(int)

    def __init__(self, kit: Kit, tabs: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self._theme = kit.theme
        self.back = icon_button("arrow-left", "Toutes les CTG", self.back_asked.emit)
        self.title = Elided("", "title")
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.badge = fictitious()
        self.subtitle = Elided("", "second")
        self.export = ExportButton(kit)
        self.meeting = button("Réunion", self.meeting_asked.emit, icon="presentation")
        self.new_action = button("Nouvelle fiche", self.action_asked.emit, icon="plus", role="primary")
        self.stepper = LifecycleStepper(kit.theme, STAGES)
        self.stepper.pressed.connect(self.stage_asked)
        self.tabs = TabBar(tabs)
        self._lay_out()

    def _lay_out(self) -> None:
        names = QWidget()
        held = QVBoxLayout(names)
        held.setContentsMargins(0, 0, 0, 0)
        held.setSpacing(0)
        held.addLayout(row(self.title, 4, self.badge, None))
        held.addWidget(self.subtitle)
        first = row(self.back, 2, names, self.export, self.meeting, self.new_action, gap=8)
        first.setStretch(2, 1)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(12)
        self._column.addLayout(first)
        self._column.addWidget(self.stepper)
        self._column.addWidget(self.tabs)

    def show_detail(self, detail: CtgDetail) -> None:
        """Show another convention."""
        held = detail.row
        self.title.setText(held.name)
        self.title.setMaximumWidth(self.title.fontMetrics().horizontalAdvance(held.name) + 12)
        self.title.setMinimumWidth(min(self.title.maximumWidth(), self._theme.px(180)))
        self.badge.setVisible(held.fictitious)
        source = f". Source : {held.source}" if held.source else ""
        self.subtitle.setText(typographic(subtitle(held) + source))
        self.export.show_ctg(held.uuid, held.name, held.codes_epci[0] if held.codes_epci else "")
        self.stepper.show_stages([_stage(stage, detail) for stage in detail.stages])
        self.tabs.show_counts(_counts(detail))

    def set_compact(self, compact: bool, low: bool) -> None:
        """Fewer words, less room."""
        side = 12 if low else 20
        self._column.setContentsMargins(side, 10 if low else 14, side, 0)
        self._column.setSpacing(6 if low else 12)
        self.stepper.set_short(compact)
        self.tabs.set_short(compact)
        for made, words in ((self.meeting, "Réunion"), (self.export, "Exporter")):
            made.setText("" if compact else words)
            made.setToolTip(words)


def _stage(stage: StageRow, detail: CtgDetail) -> Stage:
    current = detail.row.status
    if stage.current:
        state = StepState.CURRENT
    elif stage.reached_on is not None or ORDER.index(stage.status) < ORDER.index(current):
        state = StepState.DONE
    else:
        state = StepState.NEXT
    note, brief = stage_notes(stage, passed=state is StepState.DONE)
    return Stage(stage_label(stage), note, brief, state)


def _counts(detail: CtgDetail) -> dict[str, str]:
    """Counts beside the tabs; none when there is nothing."""
    counts = detail.counts
    plain = {
        "diagnostic": counts["findings"], "plan": counts["actions"], "comites": counts["decisions"],
        "signataires": counts["parties"], "documents": counts["documents"],
    }  # fmt: skip
    said = {code: str(count) for code, count in plain.items() if count}
    said["conformite"] = f"{counts['points_met']}/12"
    return said
