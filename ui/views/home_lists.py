"""Beside what is to do on « Accueil »: EPCI under their département, done lately, first steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from app.domain.french import number
from ui.views.home_parts import LineButton, Swatch, can_open
from ui.widgets.mini_map import MiniMapView
from ui.widgets.parts import Card, Elided, button, clear, column, line, picture, row, text

if TYPE_CHECKING:
    from app.services.dashboard_rows import Dot
    from ui.theme import Theme
    from ui.views.home_data import HomeData
    from ui.views.page import Navigate

__all__ = ["BelowCard", "LineButton", "ResumeCard", "StartCard", "Swatch"]

BELOW_SHOWN = 6


class StartCard(Card):
    """First use: three steps instead of the list."""

    def __init__(self, theme: Theme, navigate: Navigate) -> None:
        super().__init__("Premiers pas")
        steps = (
            ("circle-check", "vert", "Choisir le territoire", "fait", None),
            ("file-import", "encre", "Importer un premier fichier",
             "taux de couverture de la Cnaf, naissances ou équipements de l’Insee",
             partial(navigate, "data", tab="import")),
            ("contract", "encre", "Créer une CTG", "ou reprendre celle d’un fichier",
             partial(navigate, "ctg", create=True)) if can_open("ctg")
            else ("map-2", "encre", "Ouvrir la carte", "les contours sont déjà là", partial(navigate, "map")),
        )  # fmt: skip
        for i, (icon, tone, title, why, act) in enumerate(steps):
            self.body.addWidget(line())
            made = LineButton(f"{title}, {why}", act or _nothing)
            made.setEnabled(act is not None)
            words = row(text(f"{i + 1}. {title}", "label"), Elided(why, "second"), gap=10)
            words.setStretch(1, 1)
            made.hold(row(picture(icon, tone), words, gap=12), theme.px(44))
            self.body.addWidget(made)


class BelowCard(Card):
    """EPCI under the value of their département, lowest first, beside a small map."""

    def __init__(self, theme: Theme, navigate: Navigate, choose: Callable[[str], object]) -> None:
        super().__init__("Sous la valeur du département")
        self._theme = theme
        self._choose = choose
        self._swatches: dict[str, Swatch] = {}
        self._colours: dict[str, str] = {}
        self.note = text("", "hint")
        self.lines = QVBoxLayout()
        self.lines.setSpacing(0)
        self.map = MiniMapView(theme)
        self.map.asked.connect(partial(navigate, "map"))
        self.map.hide()
        open_map = button("Ouvrir la carte", partial(navigate, "map"), icon="arrow-right", role="link")
        left = column(self.note, self.lines, row(open_map, None), None, gap=6)
        layout = row(gap=12)
        layout.addLayout(left, 3)
        layout.addWidget(self.map, 2)
        self.body.addLayout(layout)

    def show_data(self, data: HomeData) -> None:
        """List the lowest ones."""
        self.title.setText(data.below_title)
        self.note.setText(data.below_note)
        self.note.setVisible(bool(data.below_note))
        clear(self.lines)
        self._swatches.clear()
        for dot in data.below[:BELOW_SHOWN]:
            self.lines.addWidget(self._line(dot))
        if data.compared and not data.below:
            self.lines.addWidget(text("Aucun EPCI sous cette valeur.", "second"))
        elif len(data.below) > BELOW_SHOWN:
            self.lines.addWidget(text(f"et {number(len(data.below) - BELOW_SHOWN)} autres", "hint"))

    def _line(self, dot: Dot) -> LineButton:
        made = LineButton(f"{dot.name}, {number(dot.number, 1)}", partial(self._choose, dot.code))
        swatch = Swatch(self._colours.get(dot.code, ""), self._theme)
        self._swatches[dot.code] = swatch
        name = Elided(dot.name)
        layout = row(swatch, name, text(number(dot.number, 1), "strong"), gap=8)
        layout.setStretch(1, 1)
        made.hold(layout, self._theme.px(28))
        return made

    def set_colours(self, colours: Mapping[str, str]) -> None:
        """Give each line the colour of its class."""
        self._colours = dict(colours)
        for code, swatch in self._swatches.items():
            swatch.set_colour(colours.get(code, ""))


class ResumeCard(Card):
    """« Reprendre »: the last three things done."""

    def __init__(self, theme: Theme, navigate: Navigate) -> None:
        super().__init__("Reprendre")
        self._theme = theme
        self._navigate = navigate
        self.lines = QVBoxLayout()
        self.lines.setSpacing(0)
        self.body.addLayout(self.lines)
        self.body.addStretch(1)

    def show_data(self, data: HomeData) -> None:
        """List them; nothing done hides the card."""
        self.setVisible(bool(data.resumed))
        clear(self.lines)
        for item in data.resumed:
            act = partial(self._navigate, item.page, **dict(item.wishes))
            made = LineButton(f"{item.title}, {item.when}", act)
            title = Elided(item.title)
            layout = row(picture(item.icon), title, text(item.when, "hint"), gap=10)
            layout.setStretch(1, 1)
            made.hold(layout, self._theme.px(32))
            self.lines.addWidget(made)


def _nothing() -> None:
    """A step already done does nothing."""
