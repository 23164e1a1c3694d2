"""The four cards of « Accueil »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton

from app.domain.french import NBSP, number, plural, typographic
from ui import icons
from ui.widgets.dot_strip import DotStrip
from ui.widgets.parts import Card, Elided, column, row, text

if TYPE_CHECKING:
    from app.domain.indicator import Value
    from ui.theme import Theme
    from ui.views.home_data import Figure, HomeData

HEIGHT = 160
HOW = "Comment est-ce calculé\u202f?"


class HowButton(QToolButton):
    """Mark of a figure: asks how it is computed; hidden when no value is behind it."""

    asked = Signal(object, object)
    """Value to explain, widget beside which to do it."""

    def __init__(self, about: str) -> None:
        super().__init__()
        self._about = about
        self.value: Value | None = None
        self.setIcon(icons.icon("info-circle", "texte2", on="encre"))
        self.setIconSize(QSize(16, 16))
        self.setFixedSize(28, 28)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(HOW)
        self.setAccessibleName(f"{HOW} {about}")
        self.clicked.connect(self._ask)
        self.hide()

    def show_value(self, value: Value | None) -> None:
        """Explain this value; a sum over several départements has no single origin to show."""
        self.value = value if value is not None and value.code else None
        self.setVisible(self.value is not None)

    def _ask(self) -> None:
        if self.value is not None:
            self.asked.emit(self.value, self)


class HomeCard(Card):
    """A card of fixed height; its note is at the bottom."""

    def __init__(self, title: str, theme: Theme) -> None:
        super().__init__(title)
        self._theme = theme
        self.note = text("", "legend")
        self.head.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(180)
        self.body.setSpacing(2)
        self.body.setContentsMargins(16, 12, 16, 12)
        theme.changed.connect(self._resize)
        self._resize()

    def _resize(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))

    def say(self, words: str) -> None:
        """Give a screen reader the whole card in one sentence."""
        self.setAccessibleDescription(words)


class CoverageCard(HomeCard):
    """The rate, and every EPCI around it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Couverture petite enfance", theme)
        self.figure = text("n.d.", "key")
        self.unit = Elided("", "second")
        self.strip = DotStrip(theme)
        self.how = HowButton("Couverture petite enfance")
        line = row(self.figure, self.unit, self.how, gap=8)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self.body.addWidget(self.strip)
        self.body.addStretch(1)
        self.body.addWidget(self.note)

    def show_data(self, data: HomeData, selected: str) -> None:
        """Show value, strip and source."""
        figure = data.coverage
        show_figure(figure, self)
        self.unit.setText(short_unit(figure))
        self.strip.show_dots(data.dots, data.marks, selected)
        self.strip.setVisible(bool(data.dots))
        known = sum(1 for dot in data.dots if dot.number is not None)
        silent = len(data.dots) - known
        note = f"Cnaf {figure.year}, {plural(known, 'EPCI', 'EPCI')}"
        note += f", {silent}{NBSP}n.d." if silent else ""
        self.note.setText(note if figure.year else "Aucun fichier importé")


class BirthsCard(HomeCard):
    """The quantity beside the rate."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Naissances", theme)
        self.figure = text("n.d.", "key")
        self.unit = text("", "second")
        self.before = QGridLayout()
        self.before.setHorizontalSpacing(16)
        self.before.setVerticalSpacing(0)
        self._cells = [(text("", "legend"), text("", "strong")) for _ in range(3)]
        for i, (year, value) in enumerate(self._cells):
            self.before.addWidget(year, 0, i)
            self.before.addWidget(value, 1, i)
        self.before.setColumnStretch(3, 1)
        self.how = HowButton("Naissances")
        self.body.addLayout(row(self.figure, self.unit, None, self.how, gap=8))
        self.body.addSpacing(4)
        self.body.addLayout(self.before)
        self.body.addStretch(1)
        self.body.addWidget(self.note)

    def show_data(self, data: HomeData) -> None:
        """Show the year and the ones held."""
        figure = data.births
        show_figure(figure, self)
        self.unit.setText(f"en {figure.year}" if figure.year else "")
        for i, (year, value) in enumerate(self._cells):
            held = i < len(data.births_before) and len(data.births_before) > 1
            year.setText(str(data.births_before[i][0]) if held else "")
            value.setText(data.births_before[i][1] if held else "")
        self.note.setText("Insee, état civil, domiciliées" if figure.year else "Aucun fichier importé")


class EquipmentCard(HomeCard):
    """Counts by type; n.d. when the source is silent."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Équipements recensés", theme)
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        self.cells = [(text("n.d.", "object"), text("", "second")) for _ in range(4)]
        self.hows = tuple(HowButton("Équipements recensés") for _ in self.cells)
        for i, (figure, label) in enumerate(self.cells):
            grid.addLayout(row(figure, label, self.hows[i], None, gap=6), i // 2, i % 2)
        self.body.addSpacing(4)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.body.addWidget(self.note)

    def show_data(self, data: HomeData) -> None:
        """Show the four counts."""
        for (figure, label), how, (name, counted) in zip(self.cells, self.hows, data.equipment, strict=True):
            how.show_value(counted.value)
            how.setAccessibleName(f"{HOW} {name}")
            figure.setText(counted.text)
            figure.setEnabled(counted.known)
            label.setText(name)
        self.note.setText(data.equipment_note)
        self.say(", ".join(f"{counted.text} {name}" for name, counted in data.equipment))


class DataCard(HomeCard):
    """What the figures rest on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Données", theme)
        self.imports = text("0", "key")
        self.imports_unit = text("", "second")
        self.findings = text("", "second")
        self.body.addLayout(row(self.imports, self.imports_unit, None, gap=8))
        self.body.addLayout(column(self.findings, gap=0))
        self.body.addStretch(1)
        self.body.addWidget(self.note)

    def show_data(self, data: HomeData) -> None:
        """Show imports and findings."""
        self.imports.setText(number(data.imports))
        self.imports_unit.setText("fichiers importés" if data.imports > 1 else "fichier importé")
        found = plural(data.anomalies, "constat relevé", "constats relevés")
        self.findings.setText(found if data.imports else "")
        last = typographic(f"Dernier import : {data.last_import}") if data.last_import else "Aucun import"
        self.note.setText(last)
        self.say(f"{self.imports.text()} {self.imports_unit.text()}, {self.findings.text()}")


def show_figure(figure: Figure, card: CoverageCard | BirthsCard) -> None:
    """Write the number of a card, its badge and its sentence."""
    card.figure.setText(figure.text)
    card.figure.setProperty("role", "key" if len(figure.text) < 9 else "title")
    card.figure.style().unpolish(card.figure)
    card.figure.style().polish(card.figure)
    card.mark_fictitious(figure.fictitious)
    card.how.show_value(figure.value)
    year = f" en {figure.year}" if figure.year else ""
    card.say(f"{figure.text} {figure.unit}{year}")


def short_unit(figure: Figure) -> str:
    """Return the unit on one line: « places pour 100 enfants »."""
    return figure.unit.removesuffix(" de moins de 3 ans")
