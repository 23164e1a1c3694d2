"""Chips to pieces: themes and statuses in soft frames, « fictif » with its dashes."""

from __future__ import annotations

from maps.canvas import TEXT, VIOLET, VIOLET_SOFT, Box, Face, Pen
from reports.kit.blocks import Chip, Chips
from reports.kit.desk import Desk, Piece
from reports.kit.paper import Paper
from reports.kit.prose import clean
from reports.kit.signs import sign_of

FICTITIOUS = "fictif"
GROUND = "#EEECE7"
HEIGHT, GAP, ROW = 15.0, 6.0, 19.0
FACE = Face(7.6, 500, TEXT)
STRONG = Face(7.6, 600, VIOLET)


def lay_chips(block: Chips, width: float, desk: Desk) -> list[Piece]:
    """Chips in rows that turn at the end of the width."""
    del desk
    placed: list[tuple[Chip, float, float]] = []
    x, y = 0.0, 0.0
    for chip in block.items:
        wide = _width(chip)
        if x and x + wide > width:
            x, y = 0.0, y + ROW
        placed.append((chip, x, y))
        x += wide + GAP
    if not placed:
        return []

    def draw(paper: Paper, left: float, top: float) -> None:
        for chip, at, down in placed:
            _draw_chip(paper, chip, left + at, top + down)

    return [Piece(y + HEIGHT, draw, 4.0, glued=True), Piece(3.0)]


def _words(chip: Chip) -> str:
    if chip.code == FICTITIOUS:
        return FICTITIOUS
    return clean(sign_of(chip.code, chip.words).word)


def _width(chip: Chip) -> float:
    signed = bool(chip.code) and chip.code != FICTITIOUS
    return FACE.width(_words(chip)) + 12 + (11 if signed else 0)


def _draw_chip(paper: Paper, chip: Chip, x: float, y: float) -> None:
    box = Box(x, y, _width(chip), HEIGHT)
    if chip.code == FICTITIOUS:
        paper.rect(box, fill=VIOLET_SOFT, pen=Pen(VIOLET, 0.7, (2.0, 1.4)), radius=3)
        paper.text(x + 6, y + 10.2, FICTITIOUS, STRONG)
        return
    paper.rect(box, fill=GROUND, radius=3)
    left = x + 6
    if chip.code:
        sign = sign_of(chip.code, chip.words)
        sign.shape(paper, left + 3.4, y + HEIGHT / 2, 3.4, sign.colour)
        left += 11
    paper.text(left, y + 10.2, _words(chip), FACE)
