"""Centre of a fiche: its title, then every section in one scrolled document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.domain.ctg_words import ACTION_KIND
from ui import icons
from ui.labels_ctg import SECTION, theme_label
from ui.labels_plan import theme
from ui.views.action_budget import BudgetSection
from ui.views.action_papers import PaperSection
from ui.views.action_parts import Desk, Fields, Section, TitleField
from ui.views.action_public import PublicSection
from ui.views.action_results import ResultSection
from ui.views.action_steps import StepSection
from ui.views.action_texts import FindingSection, PilotSection, description, identity, retex
from ui.views.action_years import YearSection
from ui.widgets.parts import button, fictitious, icon_button, row, scrolled, text

if TYPE_CHECKING:
    from ui.views.action_calls import ActionRead

WORDS: dict[str, str] = {**SECTION, "retex": "Retex"}
OPTIONAL = frozenset({"suivi", "pieces", "retex"})
"""Sections that nobody misses when they are empty."""
WIDEST = 860
Builder = Callable[[Desk], Section]
BUILDERS: tuple[Builder, ...] = (
    identity, FindingSection, description, PublicSection, StepSection, PilotSection, BudgetSection,
    ResultSection, YearSection, PaperSection, retex,
)  # fmt: skip
Verb = tuple[str, str, Callable[[], object]]


class ActionHead(QWidget):
    """Chips, verbs, number and title."""

    def __init__(self, desk: Desk, exports: Sequence[Verb], more: Sequence[Verb]) -> None:
        super().__init__()
        self.theme = text("", "badge")
        self.kind = text("", "badge")
        self.fictitious = fictitious()
        self.details = button("Résumé", icon="report-analytics")
        self.details.setCheckable(True)
        self.details.hide()
        self.history = button("Historique", icon="history")
        self.history.setCheckable(True)
        self.export = button("Exporter", icon="file-export")
        self.export.setMenu(_menu(self.export, exports))
        self.more = icon_button("dots", "Autres actions sur la fiche")
        self.more.setPopupMode(self.more.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(_menu(self.more, more))
        self.number = text("", "fiche")
        self.title = TitleField()
        self.fields = Fields(desk)
        self.fields.add("title", self.title)
        self.path = text("", "hint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(
            row(
                self.theme,
                self.kind,
                self.fictitious,
                None,
                self.details,
                self.history,
                self.export,
                self.more,
            )
        )
        line = row(self.number, self.title, gap=12)
        line.setStretch(1, 1)
        line.setAlignment(self.number, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        column.addWidget(self.path)

    def show_read(self, read: ActionRead) -> None:
        """Show another fiche."""
        fiche = read.detail.row
        self.theme.setText(theme(fiche.theme))
        self.theme.setToolTip(theme_label(fiche.theme))
        self.kind.setText(ACTION_KIND[fiche.kind] if fiche.kind else "")
        self.kind.setVisible(fiche.kind is not None)
        self.fictitious.setVisible(fiche.fictitious)
        self.number.setText(fiche.number)
        self.number.setAccessibleName(f"Fiche {fiche.number}")
        self.fields.show(fiche.uuid, {"title": fiche.title})
        above = " › ".join(f"{number} {title}" for _, number, title in read.detail.path)
        self.path.setText(f"{read.detail.ctg_name} › {above}" if above else read.detail.ctg_name)

    def set_compact(self, compact: bool) -> None:
        """Verbs keep their shape alone."""
        verbs = ((self.details, "Résumé"), (self.history, "Historique"), (self.export, "Exporter"))
        for made, words in verbs:
            made.setText("" if compact else words)
            made.setAccessibleName(words)
            made.setToolTip(words)


def _menu(parent: QWidget, verbs: Sequence[Verb]) -> QMenu:
    menu = QMenu(parent)
    for words, icon, act in verbs:
        menu.addAction(icons.icon(icon), words, partial(_run, act))
    return menu


def _run(act: Callable[[], object], *_checked: object) -> None:
    act()


class ActionBody(QWidget):
    """`read_section` says which section is at the top."""

    read_section = Signal(str)

    def __init__(self, desk: Desk, head: ActionHead) -> None:
        super().__init__()
        self.head = head
        self.sections: dict[str, Section] = {}
        inside = QWidget()
        inside.setProperty("role", "surface")
        self._inside = inside
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(22)
        self._column.addWidget(head)
        for build in BUILDERS:
            made = build(desk)
            self.sections[made.code] = made
            self._column.addWidget(made)
        self._column.addStretch(1)
        inside.setMaximumWidth(desk.kit.theme.px(WIDEST))
        inside.setProperty("zone", True)
        self.area = scrolled(inside)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.area.verticalScrollBar().valueChanged.connect(self._moved)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    def show_read(self, read: ActionRead) -> None:
        """Show every section; another fiche starts at the top."""
        self.head.show_read(read)
        for section in self.sections.values():
            section.show_read(read)

    def to_top(self) -> None:
        """Show the title."""
        self.area.verticalScrollBar().setValue(0)

    def go_to(self, code: str) -> None:
        """Bring a section to the top, the keyboard on its first control."""
        QTimer.singleShot(0, partial(self._go_to, code))

    def _go_to(self, code: str) -> None:
        section = self.sections[code]
        top = section.mapTo(self._inside, QPoint(0, 0)).y()
        control = section.first_control()
        if control is not None:
            control.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.verticalScrollBar().setValue(max(top - 16, 0))
        self.read_section.emit(code)

    def _moved(self, value: int) -> None:
        """Tell the section under the top of the window, the last one at the very end."""
        if value and value == self.area.verticalScrollBar().maximum():
            return
        tops = {code: section.mapTo(self._inside, QPoint(0, 0)).y()
                for code, section in self.sections.items()}  # fmt: skip
        passed = [code for code, top in tops.items() if top <= value + 60]
        self.read_section.emit(passed[-1] if passed else next(iter(tops)))

    def set_compact(self, compact: bool, low: bool) -> None:
        """Margins follow the window."""
        side = 16 if compact else 28
        self._column.setContentsMargins(side, 10 if low else 18, side, 24)
        self.head.set_compact(compact)
