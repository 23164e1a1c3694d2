"""What belongs to this computer and not to a base: theme, zoom, density, size of the window."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings

from ui.habits import Habits
from ui.theme import Theme


class Preferences(Habits):
    """Kept in a small file of the user; losing it only loses habits."""

    def __init__(self, store: QSettings | None = None) -> None:
        super().__init__()
        self._store = store or QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Maillage", "maillage"
        )

    def theme(self) -> Theme:
        """Return the theme chosen on this computer."""
        mode = str(self._store.value("theme/mode", "system"))
        dense = str(self._store.value("theme/dense", "false")) == "true"
        theme = Theme(mode if mode in ("light", "dark", "system") else "system", self._zoom(), dense=dense)
        theme.changed.connect(lambda: self.keep_theme(theme))
        return theme

    def _zoom(self) -> float:
        try:
            zoom = float(str(self._store.value("theme/zoom", "1")))
        except ValueError:
            return 1.0
        return min(max(zoom, 0.9), 2.0)

    def keep_theme(self, theme: Theme) -> None:
        """Remember mode, zoom and density."""
        self._store.setValue("theme/mode", theme.mode)
        self._store.setValue("theme/zoom", f"{theme.zoom:g}")
        self._store.setValue("theme/dense", "true" if theme.dense else "false")

    def geometry(self) -> QByteArray:
        """Place and size of the window, empty the first time."""
        value = self._store.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep_geometry(self, geometry: QByteArray) -> None:
        """Remember place and size of the window."""
        self._store.setValue("window/geometry", geometry)

    def page(self) -> str:
        """Key of the page shown last."""
        return str(self._store.value("window/page", "home"))

    def keep_page(self, page: str) -> None:
        """Remember the page shown."""
        self._store.setValue("window/page", page)

    def habit(self, key: str) -> str:
        """The text kept under a key, empty the first time."""
        return str(self._store.value(f"habits/{key}", ""))

    def keep_habit(self, key: str, text: str) -> None:
        """Keep a text under a key; an empty one forgets it."""
        if text:
            self._store.setValue(f"habits/{key}", text)
        else:
            self._store.remove(f"habits/{key}")
