"""Sections of « Réglages » that need no reading: appearance, territory, shortcuts, about."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from importlib import metadata
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from app.domain.french import listing, percent, plural, typographic
from ui import labels
from ui.keys import KEYS, TABLE_KEYS
from ui.report import version
from ui.theme import ZOOM_STEPS
from ui.widgets.parts import Card, clear, column, row, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.services import Services
    from ui.theme import Theme

MEASURE = 720
LIBRARIES = (
    ("PySide6-Essentials (Qt)", "PySide6-Essentials", "LGPL 3"),
    ("SQLAlchemy", "SQLAlchemy", "MIT"),
    ("APSW, SQLite3 Multiple Ciphers", "apsw-sqlite3mc", "domaine public, MIT"),
    ("Shapely", "shapely", "BSD"),
    ("GeoPandas", "geopandas", "BSD"),
    ("pyogrio", "pyogrio", "MIT"),
    ("NumPy", "numpy", "BSD"),
    ("ReportLab", "reportlab", "BSD"),
    ("mapclassify", "mapclassify", "BSD"),
)


class Section(Card):
    """A card of settings; its text keeps a readable measure."""

    def __init__(self, title: str, theme: Theme) -> None:
        super().__init__(title)
        self.setMaximumWidth(theme.px(MEASURE) + 200)

    def add_row(self, label: str, control: QWidget, hint: str = "") -> None:
        """Add a named control on its line."""
        name = text(label, "label")
        name.setBuddy(control)
        left = column(name, gap=0)
        if hint:
            left.addWidget(text(hint, "hint", wrap=True))
        line = row(gap=16)
        line.addLayout(left, 1)
        line.addWidget(control)
        self.body.addLayout(line)


class AppearanceSection(Section):
    """Theme, zoom, density: kept on this computer, at once."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Apparence", theme)
        self._theme = theme
        self.mode = Segments(list(labels.THEME_MODE.items()), "Thème")
        self.mode.chosen.connect(theme.set_mode)
        self.zoom = QComboBox()
        self.zoom.setAccessibleName("Zoom des textes")
        for step in ZOOM_STEPS:
            self.zoom.addItem(percent(step * 100, 0), step)
        self.zoom.activated.connect(self._zoomed)
        self.dense = QCheckBox("Lignes serrées")
        self.dense.setAccessibleName("Lignes serrées dans les tableaux")
        self.dense.toggled.connect(theme.set_dense)
        self.add_row("Thème", self.mode, typographic("« Système » suit l’ordinateur."))
        self.add_row("Zoom des textes", self.zoom, "Aussi par Ctrl+plus, Ctrl+moins et Ctrl+0.")
        self.add_row("Densité", self.dense)
        theme.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Show what is in force."""
        self.mode.set_current(self._theme.mode)
        steps = [abs(step - self._theme.zoom) for step in ZOOM_STEPS]
        self.zoom.setCurrentIndex(steps.index(min(steps)))
        self.dense.setChecked(self._theme.dense)

    def _zoomed(self, index: int) -> None:
        self._theme.set_zoom(float(self.zoom.itemData(index)))


class TerritorySection(Section):
    """What the base covers; chosen at its creation."""

    def __init__(self, services: Services, theme: Theme) -> None:
        super().__init__("Territoire", theme)
        territory = services.territory
        departements = territory.departements()
        epcis = territory.epcis()
        crossing = [(epci.short_name, territory.scope_note(epci.code)) for epci in epcis]
        names = listing([f"{item.name} ({item.code})" for item in departements])
        self.body.addWidget(text(territory.caf_name(), "object", wrap=True))
        self.body.addWidget(text(typographic(f"{names} : {plural(len(epcis), 'EPCI', 'EPCI')}."), wrap=True))
        for name, note in crossing:
            if note:
                self.body.addWidget(text(typographic(f"{name} : {note}."), "second", wrap=True))
        self.body.addWidget(
            text("Le territoire est choisi à la création de la base. Pour un autre, créez une autre base.",
                 "hint", wrap=True)
        )  # fmt: skip
        path = text(str(services.base.path), "hint", wrap=True)
        path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(path)


class ShortcutsSection(Section):
    """Every key, on one page; a page may add its own."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Raccourcis", theme)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(28)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self.body.addLayout(self._grid)
        self.show_keys(())

    def show_keys(self, added: Sequence[tuple[str, str]]) -> None:
        """List keys and effects in two columns; added: those of pages."""
        clear(self._grid)
        keys = (*((key.shown, key.effect) for key in KEYS), *TABLE_KEYS, *added)
        half = (len(keys) + 1) // 2
        for i, (shown, effect) in enumerate(keys):
            line, side = i % half, 2 * (i // half)
            self._grid.addWidget(text(shown, "shortcut"), line, side, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(text(effect, wrap=True), line, side + 1)


class AboutSection(Section):
    """Versions, licences, sources."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("À propos", theme)
        self.body.addWidget(text(f"Maillage {version()}".strip(), "object"))
        self.body.addWidget(text(typographic("Logiciel libre, GNU GPL version 3 ou ultérieure."), wrap=True))
        self.body.addWidget(text(typographic(f"Données : {labels.SOURCES_MENTION}."), wrap=True))
        self.body.addWidget(
            text("Rien ne sort de cet ordinateur\u202f: ni compte, ni réseau, ni mesure d’usage.", wrap=True)
        )
        lists = typographic(f"Listes de communes et d’EPCI : millésimes {reference_years()}.")
        self.body.addWidget(text(lists, wrap=True))
        self.body.addWidget(text("Polices Inter (SIL OFL 1.1), icônes Tabler (MIT).", "second", wrap=True))
        self.body.addWidget(text(self._versions(), "second", wrap=True))
        licences = ", ".join(f"{label} ({licence})" for label, _, licence in LIBRARIES)
        self.body.addWidget(text(typographic(f"Bibliothèques : {licences}."), "hint", wrap=True))

    @staticmethod
    def _versions() -> str:
        found = [f"Python {platform.python_version()}", f"PySide {PySide6.__version__}"]
        for _, name, _ in LIBRARIES[1:]:
            try:
                found.append(f"{name} {metadata.version(name)}")
            except metadata.PackageNotFoundError:
                continue
        return ", ".join(found)


def reference_years() -> str:
    """Return the years of the territorial lists carried by the application."""
    from app.domain.reference import LATEST, MILLESIMES

    return f"{MILLESIMES[0]} à {LATEST}"
