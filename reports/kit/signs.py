"""Status signs: shape, word and colour, always the three, so that grey print and ears lose nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from maps.canvas import INK, OCHRE, TEXT3, VIOLET, WHITE, Box, Canvas, Pen, Ring

GREEN, RED = "#1B6E50", "#B3261E"
GREEN_SOFT, RED_SOFT, OCHRE_SOFT, INK_SOFT = "#E1F1EA", "#FBE9E6", "#FBF0DE", "#E1EDF1"
GREY_SOFT = "#F4F3F0"

Shape = Callable[[Canvas, float, float, float, str], None]
"""Draws a shape centred on x, y, of a radius, in a colour."""


@dataclass(frozen=True, slots=True)
class Sign:
    """French word, shape and colour of a code."""

    word: str
    shape: Shape
    colour: str


def _ring(canvas: Canvas, x: float, y: float, r: float, colour: str) -> None:
    canvas.circles(np.array([[x, y]]), [r], fill=WHITE, pen=Pen(colour, 0.9))


def _line(canvas: Canvas, points: list[tuple[float, float]], colour: str, width: float = 1.0) -> None:
    canvas.path([np.array(points)], pen=Pen(colour, width), closed=False)


def _half(canvas: Canvas, x: float, y: float, r: float, colour: str) -> None:
    _ring(canvas, x, y, r, colour)
    angles = np.linspace(-np.pi / 2, np.pi / 2, 13)
    canvas.path([np.column_stack([x + r * np.cos(angles), y + r * np.sin(angles)])], fill=colour)


def _check(canvas: Canvas, x: float, y: float, r: float, colour: str) -> None:
    canvas.circles(np.array([[x, y]]), [r], fill=colour, pen=Pen(colour, 0.9))
    points = [(x - 0.45 * r, y + 0.05 * r), (x - 0.1 * r, y + 0.4 * r), (x + 0.5 * r, y - 0.35 * r)]
    _line(canvas, points, WHITE, 0.28 * r + 0.2)


def _pause(canvas: Canvas, x: float, y: float, r: float, colour: str) -> None:
    _ring(canvas, x, y, r, colour)
    for shift in (-0.3, 0.3):
        _line(canvas, [(x + shift * r, y - 0.42 * r), (x + shift * r, y + 0.42 * r)], colour)


def _diamond(canvas: Canvas, x: float, y: float, r: float, colour: str) -> None:
    points = np.array([[x, y - r], [x + r, y], [x, y + r], [x - r, y]])
    canvas.path([points], fill=WHITE, pen=Pen(colour, 0.9))


def _minus(canvas: Canvas, x: float, y: float, r: float, colour: str) -> None:
    _ring(canvas, x, y, r, colour)
    _line(canvas, [(x - 0.5 * r, y), (x + 0.5 * r, y)], colour)


def _cross(canvas: Canvas, x: float, y: float, r: float, colour: str) -> None:
    _ring(canvas, x, y, r, colour)
    for way in (-1, 1):
        _line(canvas, [(x - 0.4 * r, y - 0.4 * way * r), (x + 0.4 * r, y + 0.4 * way * r)], colour)


def _brackets(canvas: Canvas, x: float, y: float, r: float, colour: str) -> None:
    for way in (-1, 1):
        side, inner = x + way * r, x + way * 0.5 * r
        _line(canvas, [(inner, y - r), (side, y - r), (side, y + r), (inner, y + r)], colour)
    canvas.circles(np.array([[x, y]]), [0.28 * r], fill=colour)


def _triangle(way: int) -> Shape:
    def draw(canvas: Canvas, x: float, y: float, r: float, colour: str) -> None:
        points: Ring = np.array([[x, y + way * r], [x + r, y - way * 0.8 * r], [x - r, y - way * 0.8 * r]])
        canvas.path([points], fill=colour)

    return draw


def _eye(canvas: Canvas, x: float, y: float, r: float, colour: str) -> None:
    angles = np.linspace(0, 2 * np.pi, 25)
    canvas.path(
        [np.column_stack([x + r * np.cos(angles), y + 0.62 * r * np.sin(angles)])],
        fill=WHITE,
        pen=Pen(colour, 0.8),
    )
    canvas.circles(np.array([[x, y]]), [0.3 * r], fill=colour)


def _dashes(canvas: Canvas, x: float, y: float, r: float, colour: str) -> None:
    canvas.path([np.array([[x - r, y], [x + r, y]])], pen=Pen(colour, 1.1, (1.8, 1.6)), closed=False)


def _square(canvas: Canvas, x: float, y: float, r: float, colour: str) -> None:
    canvas.rect(Box(x - 0.85 * r, y - 0.85 * r, 1.7 * r, 1.7 * r), fill=WHITE, pen=Pen(colour, 0.9))


SIGNS: dict[str, Sign] = {
    "a_lancer": Sign("À lancer", _ring, TEXT3),
    "en_cours": Sign("En cours", _half, INK),
    "realisee": Sign("Réalisée", _check, GREEN),
    "reportee": Sign("Reportée", _pause, OCHRE),
    "conditionnee": Sign("Conditionnée", _diamond, VIOLET),
    "deprogrammee": Sign("Déprogrammée", _minus, TEXT3),
    "abandonnee": Sign("Abandonnée", _cross, RED),
    "a_faire": Sign("À faire", _ring, TEXT3),
    "faite": Sign("Faite", _check, GREEN),
    "partielle": Sign("Partielle", _half, INK),
    "en_retard": Sign("En retard", _triangle(-1), RED),
    "dans_le_tunnel": Sign("Dans le tunnel", _brackets, GREEN),
    "atteinte": Sign("Cible atteinte", _check, GREEN),
    "non_atteinte": Sign("Cible non atteinte", _triangle(1), RED),
    "sortie_basse": Sign("Sous le tunnel", _triangle(1), RED),
    "sortie_haute": Sign("Au-dessus du tunnel", _triangle(-1), OCHRE),
    "suivi": Sign("Suivi, sans jugement", _eye, TEXT3),
    "pas_de_donnee": Sign("Pas de donnée", _dashes, TEXT3),
    "sans_cible": Sign("Sans cible", _square, TEXT3),
}
"""Sign of each code; the word may be replaced by the caller."""


def sign_of(code: str, word: str = "") -> Sign:
    """Return the sign of a code, an empty square with its own word for an unknown one."""
    found = SIGNS.get(code) or Sign(word or code, _square, TEXT3)
    return Sign(word or found.word, found.shape, found.colour)
