"""One theme for the whole window: tokens to a palette, fonts, and the single style sheet."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

import resources
from ui.stylesheet import sheet
from ui.tokens import DARK, FONT_ROLES, LIGHT

FAMILIES = ("Inter", "Segoe UI", "Noto Sans", "sans-serif")
DISPLAY_FAMILIES = ("Inter Display", *FAMILIES)
FONT_FILES = (
    "Inter-Regular.ttf",
    "Inter-Medium.ttf",
    "Inter-SemiBold.ttf",
    "Inter-Bold.ttf",
    "InterDisplay-SemiBold.ttf",
)
ZOOM_STEPS = (0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)

_PALETTE = (
    (QPalette.ColorRole.Window, "fond"),
    (QPalette.ColorRole.WindowText, "texte"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.AlternateBase, "creux"),
    (QPalette.ColorRole.Text, "texte"),
    (QPalette.ColorRole.Button, "surface"),
    (QPalette.ColorRole.ButtonText, "texte"),
    (QPalette.ColorRole.BrightText, "rouge"),
    (QPalette.ColorRole.Highlight, "encre_doux"),
    (QPalette.ColorRole.HighlightedText, "texte"),
    (QPalette.ColorRole.Link, "encre"),
    (QPalette.ColorRole.LinkVisited, "violet"),
    (QPalette.ColorRole.ToolTipBase, "surface"),
    (QPalette.ColorRole.ToolTipText, "texte"),
    (QPalette.ColorRole.PlaceholderText, "texte3"),
    (QPalette.ColorRole.Light, "surface"),
    (QPalette.ColorRole.Midlight, "survol"),
    (QPalette.ColorRole.Mid, "trait"),
    (QPalette.ColorRole.Dark, "trait_fort"),
    (QPalette.ColorRole.Shadow, "trait_fort"),
    (QPalette.ColorRole.Accent, "encre"),
)


@lru_cache(maxsize=1)
def load_fonts() -> tuple[str, ...]:
    """Register the embedded fonts once; the families found, empty if the files are not there."""
    found: list[str] = []
    for name in FONT_FILES:
        path: Path = resources.path("fonts", name)
        if path.exists():
            number = QFontDatabase.addApplicationFont(str(path))
            found.extend(QFontDatabase.applicationFontFamilies(number))
    return tuple(dict.fromkeys(found))


class Theme(QObject):
    """Light or dark, font zoom and density; `changed` tells painters to draw again."""

    changed = Signal()

    def __init__(self, mode: str = "light", zoom: float = 1.0, *, dense: bool = False) -> None:
        """mode: light, dark or system."""
        super().__init__()
        self._mode = mode
        self._zoom = zoom
        self._dense = dense
        self._app: QApplication | None = None

    # -- what painters read ------------------------------------------------------------------------------

    @property
    def mode(self) -> str:
        """What was asked: light, dark or system."""
        return self._mode

    @property
    def dark(self) -> bool:
        """True if the dark tokens are in use."""
        if self._mode == "system":
            return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._mode == "dark"

    @property
    def zoom(self) -> float:
        """Font zoom, 0.9 to 2."""
        return self._zoom

    @property
    def dense(self) -> bool:
        """True if rows are 30 high instead of 34."""
        return self._dense

    @property
    def row_height(self) -> int:
        """Height of a table row, zoom included."""
        return self.px(30 if self._dense else 34)

    def hex(self, name: str) -> str:
        """Colour of a token, written #RRGGBB."""
        return (DARK if self.dark else LIGHT)[name]

    def token(self, name: str) -> QColor:
        """Colour of a token of the theme in use. Raises KeyError for an unknown token."""
        return QColor(self.hex(name))

    def px(self, pixels: float) -> int:
        """A length given at 100 %, at the font zoom in use."""
        return round(pixels * self._zoom)

    def font(self, role: str) -> QFont:
        """Font of a role of FONT_ROLES, with tabular figures. Raises KeyError for an unknown role."""
        size, weight, display = FONT_ROLES[role]
        font = QFont()
        font.setFamilies(list(DISPLAY_FAMILIES if display else FAMILIES))
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight(weight))
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    # -- what the window sets ----------------------------------------------------------------------------

    def apply(self, app: QApplication) -> None:
        """Dress the whole application, now and at each later change."""
        if self._app is None:
            load_fonts()
            app.setStyle("Fusion")
            app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._app = app
        app.setPalette(self.palette())
        app.setFont(self.font("base"))
        app.setStyleSheet(sheet(self.hex, self.px))

    def palette(self) -> QPalette:
        """The Qt palette made of the tokens."""
        palette = QPalette()
        for role, token in _PALETTE:
            palette.setColor(role, self.token(token))
        disabled = QPalette.ColorGroup.Disabled
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(disabled, role, self.token("texte3"))
        return palette

    def set_mode(self, mode: str) -> None:
        """Change to light, dark or system."""
        self._set(mode=mode)

    def set_zoom(self, zoom: float) -> None:
        """Change the font zoom, kept between 0.9 and 2."""
        self._set(zoom=min(max(zoom, ZOOM_STEPS[0]), ZOOM_STEPS[-1]))

    def step_zoom(self, step: int) -> None:
        """Go to the next (+1) or previous (-1) step of zoom; 0 comes back to 100 %."""
        if step == 0:
            self.set_zoom(1.0)
            return
        nearest = min(range(len(ZOOM_STEPS)), key=lambda i: abs(ZOOM_STEPS[i] - self._zoom))
        self.set_zoom(ZOOM_STEPS[min(max(nearest + step, 0), len(ZOOM_STEPS) - 1)])

    def set_dense(self, dense: bool) -> None:
        """Choose dense rows or comfortable ones."""
        self._set(dense=dense)

    def _set(self, mode: str | None = None, zoom: float | None = None, dense: bool | None = None) -> None:
        before = (self._mode, self._zoom, self._dense)
        self._mode = self._mode if mode is None else mode
        self._zoom = self._zoom if zoom is None else zoom
        self._dense = self._dense if dense is None else dense
        if before != (self._mode, self._zoom, self._dense):
            self._dress()

    def _system_changed(self) -> None:
        if self._mode == "system":
            self._dress()

    def _dress(self) -> None:
        if self._app is not None:
            self.apply(self._app)
        self.changed.emit()
