"""Theme: contrasts hold, the sheet is complete, icons follow the tokens."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

from ui import icons
from ui.stylesheet import sheet
from ui.theme import Theme
from ui.tokens import CONTRAST_PAIRS, DARK, FONT_ROLES, LIGHT, contrast


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", CONTRAST_PAIRS, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def test_every_pair_in_use_has_the_contrast_asked(
    tokens: dict[str, str], pair: tuple[str, str, float]
) -> None:
    front, ground, least = pair
    assert contrast(tokens[front], tokens[ground]) >= least


def test_contrast_is_that_of_the_visual_language() -> None:
    assert contrast(LIGHT["encre"], LIGHT["surface"]) == pytest.approx(8.45, abs=0.01)
    assert contrast(DARK["texte3"], DARK["fond"]) == pytest.approx(6.68, abs=0.01)


def test_both_themes_have_the_same_tokens() -> None:
    assert LIGHT.keys() == DARK.keys()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_sheet_keeps_no_placeholder(qapp: QApplication, mode: str) -> None:
    theme = Theme(mode)
    text = sheet(theme.hex, theme.px)
    assert not re.findall(r"@\w+|\$\w+|\b\d+z\b", text)


def test_zoom_scales_fonts_and_stays_within_bounds(qapp: QApplication) -> None:
    theme = Theme("light")
    theme.step_zoom(1)
    assert theme.zoom == 1.1
    theme.set_zoom(5)
    assert theme.zoom == 2.0
    assert theme.font("base").pixelSize() == 26
    theme.step_zoom(0)
    assert theme.zoom == 1.0


@pytest.mark.parametrize("role", [role for role, (_, _, display) in FONT_ROLES.items() if not display])
def test_figures_have_one_width(theme: Theme, role: str) -> None:
    metrics = QFontMetricsF(theme.font(role))
    widths = [metrics.horizontalAdvance(figure) for figure in "0123456789"]
    assert max(widths) - min(widths) < 0.05


def test_the_embedded_font_is_used(theme: Theme) -> None:
    assert QFontInfo(theme.font("base")).family() == "Inter"


def test_an_icon_changes_colour_with_the_theme(theme: Theme) -> None:
    made = icons.icon("home", "encre")
    light = _ink(made)
    theme.set_mode("dark")
    dark = _ink(made)
    assert light == LIGHT["encre"].lower()
    assert dark == DARK["encre"].lower()


def test_an_unknown_icon_is_refused_at_once(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("does-not-exist")


def _ink(made: object) -> str:
    """Colour of the most opaque point of an icon."""
    image = made.pixmap(QSize(48, 48)).toImage()  # type: ignore[attr-defined]
    points = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    return max(points, key=lambda colour: colour.alpha()).name()
