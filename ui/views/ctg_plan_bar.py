"""Above a plan: filter, views, grouping, states shown, and the verbs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QToolButton, QWidget

from app.domain.action import ActionState
from app.domain.ctg_words import ACTION_STATE
from app.domain.french import number
from ui import icons
from ui import labels_plan as labels
from ui.widgets.parts import row, text
from ui.widgets.segments import Segments

VIEW_ICONS = {"tree": "hierarchy", "kanban": "layout-columns", "gantt": "timeline", "decisions": "gavel"}
Verb = tuple[str, str, Callable[[], object]]


class PlanBar(QWidget):
    """Says what is wanted; the plan does it."""

    filtered = Signal(str)
    viewed = Signal(str)
    grouped = Signal(str)
    states_changed = Signal(object)
    """States shown; none means all."""

    def __init__(self, add_verbs: list[Verb], more_verbs: list[Verb]) -> None:
        super().__init__()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Chercher")
        self.filter.setAccessibleName("Chercher dans les fiches")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumWidth(150)
        self.filter.setMaximumWidth(210)
        self.filter.textChanged.connect(self.filtered)
        self.count = text("", "hint")
        self.views = Segments(labels.VIEWS, "Vue du plan")
        for code, icon in VIEW_ICONS.items():
            made = self.views.button(code)
            made.setIcon(icons.icon(icon, "texte2", on="encre"))
            made.setIconSize(QSize(18, 18))
            made.setToolTip(dict(labels.VIEWS)[code])
        self.groups = Segments(labels.GROUPS, "Grouper par")
        self.group_box = QComboBox()
        self.group_box.setAccessibleName("Grouper par")
        for code, label in labels.GROUPS:
            self.group_box.addItem(label, code)
        self.details = QToolButton()
        self.details.setIcon(icons.icon("report-analytics", "texte2", on="encre"))
        self.details.setProperty("role", "framed")
        self.details.setCheckable(True)
        self.details.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.details.setAccessibleName("Où en est-on\u202f?")
        self.details.setToolTip("Où en est-on\u202f?")
        self.details.hide()
        self.add = _menu_button("Ajouter", "plus", add_verbs)
        self.more = _menu_button("", "dots", more_verbs, name="Autres actions sur le plan")
        self.states = _menu_button("État", "filter", [])
        self.checks: dict[ActionState, QAction] = {}
        self._fill_states()
        self.setLayout(
            row(self.filter, self.count, self.views, self.groups, self.group_box, self.states, None,
                self.details, self.add, self.more, gap=8)
        )  # fmt: skip
        self.views.chosen.connect(self._view_chosen)
        self.groups.chosen.connect(self._group_chosen)
        self.group_box.activated.connect(lambda _at: self._group_chosen(str(self.group_box.currentData())))
        self.set_compact(False)

    def _fill_states(self) -> None:
        menu = self.states.menu()
        for state, word in ACTION_STATE.items():
            action = QAction(icons.icon(*labels.LOOK[state]), word, self)
            action.setCheckable(True)
            action.toggled.connect(self._states_toggled)
            menu.addAction(action)
            self.checks[state] = action
        menu.addSeparator()
        menu.addAction("Toutes les fiches", self.show_all)

    def show_all(self) -> None:
        """Forget the states chosen."""
        for action in self.checks.values():
            action.setChecked(False)

    def _states_toggled(self) -> None:
        chosen = frozenset(state for state, action in self.checks.items() if action.isChecked())
        self.states.setText(f"État ({len(chosen)})" if chosen else "État")
        self.states.setAccessibleName(f"États montrés\u202f: {len(chosen) or 'tous'}")
        self.states_changed.emit(chosen)

    def _view_chosen(self, code: str) -> None:
        self._fit_groups()
        self.viewed.emit(code)

    def _group_chosen(self, code: str) -> None:
        self.groups.set_current(code)
        self.group_box.setCurrentIndex(self.group_box.findData(code))
        self.grouped.emit(code)

    @property
    def group(self) -> str:
        """Code of the grouping in force."""
        return self.groups.current

    def say_count(self, shown: int, whole: int) -> None:
        """« 4 sur 20 » when something is left out."""
        self.count.setText("" if shown == whole else f"{number(shown)} sur {number(whole)}")

    def set_compact(self, compact: bool) -> None:
        """Words give way to icons; the grouping becomes a list."""
        self._compact = compact
        style = Qt.ToolButtonStyle
        for code in VIEW_ICONS:
            self.views.button(code).setToolButtonStyle(style.ToolButtonIconOnly)
        for made in (self.add, self.states):
            made.setToolButtonStyle(style.ToolButtonIconOnly if compact else style.ToolButtonTextBesideIcon)
        self._fit_groups()

    def _fit_groups(self) -> None:
        tree = self.views.current == "tree"
        self.groups.setVisible(tree and not self._compact)
        self.group_box.setVisible(tree and self._compact)


def _menu_button(words: str, icon: str, verbs: list[Verb], *, name: str = "") -> QToolButton:
    made = QToolButton()
    made.setText(words)
    made.setIcon(icons.icon(icon))
    made.setIconSize(QSize(18, 18))
    made.setProperty("role", "framed")
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setAccessibleName(name or words)
    made.setToolTip(name or words)
    made.setMinimumHeight(30)
    menu = QMenu(made)
    for word, picture, act in verbs:
        menu.addAction(icons.icon(picture), word, partial(_run, act))
    made.setMenu(menu)
    return made


def _run(act: Callable[[], object], *_checked: object) -> None:
    act()
