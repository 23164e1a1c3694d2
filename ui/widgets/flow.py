"""Ribbons between levels, as wide as what they carry; by mouse or arrows, each box says its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.french import plural

if TYPE_CHECKING:
    from app.domain.cascade import Cascade
    from ui.theme import Theme

BOX = 12
GAP = 8
HEAD = 28
LEAST = 14.0


@dataclass(frozen=True, slots=True)
class FlowBox:
    """One node of the diagram: its column, its name, and what it carries (at least 1)."""

    uuid: str
    column: int
    label: str
    weight: int


@dataclass(frozen=True, slots=True)
class Ribbons:
    """Boxes by column and the ribbons between them."""

    kinds: tuple[str, ...]
    boxes: tuple[FlowBox, ...]
    links: tuple[tuple[str, str, int], ...]


def ribbons_of(cascade: Cascade, kinds: Sequence[str], departement: str) -> Ribbons:
    """Return the diagram of a département; a column without any node is left out."""
    held = [kind for kind in kinds if cascade.of_kind(kind, departement)]
    links = [(flow.upper, flow.lower, flow.count) for flow in cascade.flows(held, departement)]
    boxes = []
    for column, kind in enumerate(held):
        for node in cascade.of_kind(kind, departement):
            carried = max(
                sum(count for upper, _, count in links if upper == node.uuid),
                sum(count for _, lower, count in links if lower == node.uuid),
                1,
            )
            boxes.append(FlowBox(node.uuid, column, f"{node.number} {node.label}".strip(), carried))
    return Ribbons(tuple(held), tuple(boxes), tuple(links))


class FlowView(QWidget):
    """Draws ribbons; the box chosen lights what it reaches on both sides."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._ribbons = Ribbons((), (), ())
        self._words: Mapping[str, str] = {}
        self._places: dict[str, QRectF] = {}
        self.chosen = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(220)
        self.setAccessibleName("Flux des axes du schéma aux fiches action")
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Room for a few columns."""
        return QSize(720, 420)

    def show_ribbons(self, ribbons: Ribbons, words: Mapping[str, str]) -> None:
        """Show another diagram; words: name of each column."""
        self._ribbons, self._words = ribbons, words
        if self.chosen not in {box.uuid for box in ribbons.boxes}:
            self.chosen = ""
        said = ", ".join(
            plural(
                sum(1 for box in ribbons.boxes if box.column == column),
                words[kind].lower(),
                words[kind].lower(),
            )
            for column, kind in enumerate(ribbons.kinds)
        )
        self.setAccessibleDescription(said)
        self.update()

    # -- choosing ----------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the box under the pointer."""
        self._choose(
            next(
                (uuid for uuid, place in self._places.items() if _wide(place).contains(event.position())), ""
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from box to box, Échap chooses none."""
        keys = [box.uuid for box in self._ribbons.boxes]
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}.get(
            Qt.Key(event.key())
        )
        if event.key() == Qt.Key.Key_Escape:
            self._choose("")
        elif step is not None and keys:
            place = keys.index(self.chosen) + step if self.chosen in keys else 0
            self._choose(keys[place % len(keys)])
        else:
            super().keyPressEvent(event)

    def _choose(self, uuid: str) -> None:
        self.chosen = uuid
        named = {box.uuid: box.label for box in self._ribbons.boxes}
        if uuid:
            count = sum(1 for upper, lower, _ in self._ribbons.links if uuid in (upper, lower))
            self.setAccessibleDescription(f"{named[uuid]}, {plural(count, 'lien')}")
            self.setToolTip(named[uuid])
        self.update()

    # -- drawing -----------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw boxes, ribbons and names."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.token("surface"))
        if not self._ribbons.boxes:
            painter.setPen(self._theme.token("texte2"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Aucun axe ni objectif à relier.")
            return
        self._place()
        self._draw_ribbons(painter)
        self._draw_boxes(painter)

    def _place(self) -> None:
        self._places = {}
        columns = len(self._ribbons.kinds)
        room = (self.width() - 24) / columns
        for column in range(columns):
            boxes = [box for box in self._ribbons.boxes if box.column == column]
            free = self.height() - HEAD - 12 - GAP * (len(boxes) - 1)
            total = sum(box.weight for box in boxes)
            unit = max(free, LEAST * len(boxes)) / total
            top = float(HEAD)
            for box in boxes:
                high = max(box.weight * unit, 3.0)
                self._places[box.uuid] = QRectF(12 + column * room, top, BOX, high)
                top += high + GAP

    def _draw_ribbons(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        leaving: dict[str, float] = {}
        coming: dict[str, float] = {}
        weights = {box.uuid: box.weight for box in self._ribbons.boxes}
        for upper, lower, count in self._ribbons.links:
            one, other = self._places[upper], self._places[lower]
            wide_one = one.height() * count / weights[upper]
            wide_other = other.height() * count / weights[lower]
            start = one.top() + leaving.get(upper, 0.0)
            end = other.top() + coming.get(lower, 0.0)
            leaving[upper] = leaving.get(upper, 0.0) + wide_one
            coming[lower] = coming.get(lower, 0.0) + wide_other
            lit = self.chosen in (upper, lower)
            colour = self._theme.token("encre" if lit else "texte3")
            colour.setAlphaF(0.55 if lit else 0.22)
            painter.setBrush(colour)
            painter.drawPath(_ribbon(one.right(), start, wide_one, other.left(), end, wide_other))

    def _draw_boxes(self, painter: QPainter) -> None:
        columns = len(self._ribbons.kinds)
        room = (self.width() - 24) / columns
        metrics = painter.fontMetrics()
        painter.setPen(self._theme.token("texte2"))
        for column, kind in enumerate(self._ribbons.kinds):
            painter.drawText(QPointF(12 + column * room, 16), self._words.get(kind, kind))
        for box in self._ribbons.boxes:
            place = self._places[box.uuid]
            painter.setPen(
                QPen(self._theme.token("encre"), 2) if box.uuid == self.chosen else Qt.PenStyle.NoPen
            )
            painter.setBrush(self._theme.token("encre"))
            painter.drawRect(place)
            if place.height() >= metrics.ascent() * 0.8 or box.uuid == self.chosen:
                painter.setPen(self._theme.token("texte"))
                words = metrics.elidedText(box.label, Qt.TextElideMode.ElideRight, int(room - BOX - 18))
                painter.drawText(
                    QPointF(place.right() + 6, place.center().y() + metrics.ascent() / 2 - 2), words
                )


def _wide(place: QRectF) -> QRectF:
    return place.adjusted(-4, -2, 120, 2)


def _ribbon(x1: float, y1: float, h1: float, x2: float, y2: float, h2: float) -> QPainterPath:
    middle = (x1 + x2) / 2
    path = QPainterPath(QPointF(x1, y1))
    path.cubicTo(QPointF(middle, y1), QPointF(middle, y2), QPointF(x2, y2))
    path.lineTo(x2, y2 + h2)
    path.cubicTo(QPointF(middle, y2 + h2), QPointF(middle, y1 + h1), QPointF(x1, y1 + h1))
    path.closeSubpath()
    return path
