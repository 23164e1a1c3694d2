"""The bar above every page: territory, year, references, search, undo and redo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QToolButton, QWidget

from app.domain.french import THIN
from ui import icons
from ui.widgets.parts import icon_button, row, text
from ui.widgets.reference_selector import ReferenceSelector
from ui.widgets.territory_selector import TIGHT, TerritorySelector
from ui.widgets.year_selector import YearSelector

if TYPE_CHECKING:
    from app.services import Services
    from ui.context import ContextModel
    from ui.theme import Theme

HEIGHT = 46
COMPACT_UNDER = 1240
SEARCH_WIDTH = 208


class SearchButton(QToolButton):
    """« Rechercher ou agir »: looks like a field, opens the palette."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "search")
        self.setIcon(icons.icon("search", "texte2"))
        self.setIconSize(QSize(16, 16))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Rechercher ou agir")
        self.setToolTip("Rechercher ou agir (Ctrl+K)")
        self._keys = text("Ctrl K", "shortcut")
        self._keys.setParent(self)
        self._keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        """Become an icon on a narrow window."""
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonIconOnly if compact else style.ToolButtonTextBesideIcon)
        self.setText("" if compact else "Rechercher ou agir")
        self.setFixedSize(32 if compact else SEARCH_WIDTH, 32)
        self._keys.setVisible(not compact)
        self._keys.adjustSize()
        self._keys.move(SEARCH_WIDTH - self._keys.width() - 7, (32 - self._keys.height()) // 2)


class ContextBar(QFrame):
    """Follows the context model; its buttons only ask."""

    search_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, services: Services, context: ContextModel, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "context")
        self.setFixedHeight(HEIGHT)
        self.territory = TerritorySelector(services.territory, context)
        self.year = YearSelector(context, theme)
        self.references = ReferenceSelector(services.territory, context)
        self.search = SearchButton()
        self.search.clicked.connect(self.search_asked)
        self.undo = icon_button("arrow-back-up", "Annuler", self.undo_asked.emit)
        self.redo = icon_button("arrow-forward-up", "Rétablir", self.redo_asked.emit)
        self._year_word = text("Année", "second")
        self._year_word.setBuddy(self.year)
        layout = row(
            self.territory, _bar(), self._year_word, self.year, self.references, None,
            self.search, self.undo, self.redo, gap=6,
        )  # fmt: skip
        layout.setContentsMargins(16, 0, 12, 0)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_steps(None, None)

    def set_compact(self, compact: bool) -> None:
        """Lose words on a narrow window; every control stays."""
        self.search.set_compact(compact)
        self._year_word.setVisible(not compact)

    def set_room(self, width: float) -> None:
        """Follow the width of the window, in pixels at 100 %."""
        self.territory.set_room(width)
        self.references.set_compact(width < COMPACT_UNDER, width < TIGHT)
        self.setFixedHeight(max(HEIGHT, self._theme.px(38)))

    def show_steps(self, undo: str | None, redo: str | None) -> None:
        """Name what undo and redo would do; None greys the button."""
        _step(self.undo, "Annuler", undo, "Ctrl+Z")
        _step(self.redo, "Rétablir", redo, "Ctrl+Y")


def _step(button: QToolButton, verb: str, name: str | None, keys: str) -> None:
    button.setEnabled(name is not None)
    said = f"{verb}{THIN}: {name}" if name else f"{verb}{THIN}: rien à {verb.lower()}"
    button.setAccessibleName(said)
    button.setToolTip(f"{said} ({keys})")


def _bar() -> QWidget:
    bar = QLabel()
    bar.setFixedSize(1, 22)
    bar.setProperty("role", "bar")
    return bar
