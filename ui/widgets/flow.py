"""The flow of the cascade: cards by level, ribbons between them; each card says its name and count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from app.domain.cascade_flow import FlowBox, FlowDiagram
from app.domain.cascade_places import FlowPlaces, place_flow
from app.domain.french import plural, typographic

if TYPE_CHECKING:
    from ui.theme import Theme

CARD, CHANNEL = 150, 44
"""Least width of a card, and room for the ribbons between two columns, at 100 %."""
WIDEST = 260
PAD, GAP, HEAD, RIBBON, EDGE = 8, 8, 40, 5, 12
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class FlowCanvas(QWidget):
    """Draws a diagram; the card chosen lights everything above and under it."""

    moved = Signal(QRect)
    """Where the card just chosen stands."""
    changed = Signal()
    """Another card is chosen, or another part is shown."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._whole = self.diagram = FlowDiagram((), (), ())
        self._words: Mapping[str, str] = {}
        self._one: Mapping[str, str] = {}
        self._heights: dict[str, float] = {}
        self._places = FlowPlaces({}, {}, 0.0)
        self._room = QSize(0, 0)
        self.chosen = ""
        self.alone = False
        """True while one chain alone is shown."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName("Flux de la cascade, de la COG aux pièces")
        theme.changed.connect(self.arrange)

    def show_diagram(self, diagram: FlowDiagram, many: Mapping[str, str], one: Mapping[str, str]) -> None:
        """Show another diagram; many, one: words of each level."""
        self._whole, self._words, self._one = diagram, many, one
        if self.chosen not in diagram.by_uuid:
            self.chosen = ""
        self.isolate(self.alone and bool(self.chosen))

    def isolate(self, alone: bool) -> None:
        """Show the chain of the card chosen alone, or everything again."""
        self.alone = alone and bool(self.chosen)
        self.diagram = self._whole.through([self.chosen]) if self.alone else self._whole
        counts = [
            f"{self._words[kind].lower()} : {len(self.diagram.column(kind))}" for kind in self.diagram.kinds
        ]
        self.setAccessibleDescription(typographic(", ".join(counts)))
        self.arrange()
        self.changed.emit()

    # -- room --------------------------------------------------------------------------------------------

    def fit(self, room: QSize) -> None:
        """Take the room of the window; columns that do not hold in it scroll."""
        if room != self._room:
            self._room = room
            self.arrange()

    def arrange(self) -> None:
        """Compute where everything stands."""
        self.setFont(self._theme.font("label"))
        px = self._theme.px
        card, metrics = self._card, self.fontMetrics()
        inside = QRect(0, 0, int(card) - 2 * PAD - 4, 10_000)
        self._heights = {
            box.uuid: max(
                metrics.boundingRect(inside, WRAP, box.label).height() + metrics.height() + 2 * PAD,
                RIBBON * box.weight + 4,
            )
            for box in self.diagram.boxes
        }
        self._places = place_flow(self.diagram, self._heights, GAP, RIBBON)
        columns = max(len(self.diagram.kinds), 1)
        wide = int(columns * card + (columns - 1) * px(CHANNEL) + 2 * EDGE)
        self.resize(
            max(wide, self._room.width()),
            max(int(self._places.height) + px(HEAD) + 2 * EDGE, self._room.height()),
        )
        self.update()

    @property
    def _card(self) -> float:
        """Width of a card: the columns share the room, none narrower than a word or two."""
        columns, px = max(len(self.diagram.kinds), 1), self._theme.px
        free = self._room.width() - 2 * EDGE - (columns - 1) * px(CHANNEL)
        return min(max(free / columns, px(CARD)), px(WIDEST))

    def _column(self, kind: str) -> float:
        return EDGE + self.diagram.kinds.index(kind) * (self._card + self._theme.px(CHANNEL))

    def place(self, box: FlowBox) -> QRectF:
        """Where a card stands."""
        top = self._theme.px(HEAD) + EDGE / 2 + self._places.tops[box.uuid]
        return QRectF(self._column(box.node.kind), top, self._card, self._heights[box.uuid])

    # -- choosing ----------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the card under the pointer."""
        self.choose(self._at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show its chain alone, or everything again."""
        self.choose(self._at(event.position()))
        self.isolate(not self.alone)

    def _at(self, point: QPointF) -> str:
        return next((box.uuid for box in self.diagram.boxes if self.place(box).contains(point)), "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from card to card, Entrée shows a chain alone, Échap comes back."""
        key = Qt.Key(event.key())
        vertical = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key)
        across = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(key)
        if (vertical or across) and self.diagram.boxes:
            self.choose(self._beside(across) if across else self._next(vertical or 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen:
            self.isolate(not self.alone)
        elif key == Qt.Key.Key_Escape and self.alone:
            self.isolate(False)
        elif key == Qt.Key.Key_Escape and self.chosen:
            self.choose("")
        else:
            super().keyPressEvent(event)

    def _next(self, step: int) -> str:
        """The next card of the column, then of the next column."""
        keys = [box.uuid for box in self.diagram.boxes]
        if self.chosen not in keys:
            return keys[0]
        return keys[(keys.index(self.chosen) + step) % len(keys)]

    def _beside(self, step: int) -> str:
        """A card linked to this one on that side; without one, the nearest of the next column."""
        box = self.diagram.by_uuid.get(self.chosen)
        if box is None:
            return self.diagram.boxes[0].uuid
        linked = (self.diagram.lowers if step > 0 else self.diagram.uppers).get(box.uuid, ())
        column = self.diagram.kinds.index(box.node.kind) + step
        if not linked and 0 <= column < len(self.diagram.kinds):
            linked = tuple(one.uuid for one in self.diagram.column(self.diagram.kinds[column]))
        middle = self.place(box).center().y()
        return min(
            linked,
            key=lambda uuid: abs(self.place(self.diagram.by_uuid[uuid]).center().y() - middle),
            default=box.uuid,
        )

    def choose(self, uuid: str) -> None:
        """Choose a card, or none."""
        self.chosen = uuid
        box = self.diagram.by_uuid.get(uuid)
        if box is not None:
            linked = len(self.diagram.lowers.get(uuid, ())) + len(self.diagram.uppers.get(uuid, ()))
            said = [self._one.get(box.node.kind, ""), box.label, self.count(box), plural(linked, "lien")]
            self.setAccessibleDescription(", ".join(part for part in said if part))
            self.setToolTip(box.label)
            self.moved.emit(self.place(box).toRect())
        self.update()
        self.changed.emit()

    def count(self, box: FlowBox) -> str:
        """What is written under a name."""
        return self.diagram.count_words(box)

    # -- drawing -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ribbons, cards, then the names of the levels at the top of what is seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._theme.token("surface"))
        if not self.diagram.boxes:
            painter.setPen(self._theme.token("texte2"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Aucun axe ni objectif à relier.")
            return
        lit = self.diagram.path(self.chosen) if self.chosen else frozenset[str]()
        self._draw_ribbons(painter, lit)
        for box in self.diagram.boxes:
            if self.place(box).intersects(QRectF(event.rect())):
                self._draw_card(painter, box, not lit or box.uuid in lit)
        self._draw_heads(painter)

    def _draw_ribbons(self, painter: QPainter, lit: frozenset[str]) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        top = self._theme.px(HEAD) + EDGE / 2
        for (one, other), (start, end) in self._places.ends.items():
            upper, lower = (self.place(self.diagram.by_uuid[uuid]) for uuid in (one, other))
            strong = one in lit and other in lit
            colour = self._theme.token("encre" if strong else "texte3")
            colour.setAlphaF(0.6 if strong else 0.28)
            painter.setPen(QPen(colour, RIBBON, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawPath(_ribbon(upper.right(), top + start, lower.left(), top + end))

    def _draw_card(self, painter: QPainter, box: FlowBox, strong: bool) -> None:
        place, token = self.place(box), self._theme.token
        chosen = box.uuid == self.chosen
        edge = QPen(token("encre" if chosen else "violet" if box.node.fictitious else "trait_fort"))
        edge.setWidthF(2.0 if chosen else 1.0)
        if box.node.fictitious and not chosen:
            edge.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(edge)
        painter.setBrush(token("encre_doux" if chosen else "surface"))
        painter.drawRoundedRect(place, 5, 5)
        painter.fillRect(QRectF(place.left(), place.top() + 4, 3, place.height() - 8), token("encre"))
        inside = place.adjusted(PAD + 4, PAD, -PAD, -PAD)
        painter.setPen(token("texte" if strong else "texte2"))
        painter.drawText(inside, int(WRAP), box.label)
        bare = box.fiches == 0
        painter.setPen(token("ocre" if bare else "texte2"))
        bottom = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.drawText(inside, int(bottom), self.count(box))

    def _draw_heads(self, painter: QPainter) -> None:
        seen = self.visibleRegion().boundingRect()
        strip = QRectF(0, seen.top(), self.width(), self._theme.px(HEAD))
        painter.fillRect(strip, self._theme.token("creux"))
        painter.setPen(self._theme.token("texte2"))
        for kind in self.diagram.kinds:
            where = QRectF(self._column(kind), strip.top() + 2, self._card, strip.height() - 4)
            words = f"{self._words.get(kind, kind)} ({len(self.diagram.column(kind))})"
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(where, int(flags), words)


class FlowView(QScrollArea):
    """The flow in its window: it scrolls where the levels do not hold, the card chosen always in sight."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.canvas = FlowCanvas(theme)
        self.setWidget(self.canvas)
        self.setProperty("role", "framed")
        self.setFocusProxy(self.canvas)
        self.setCornerWidget(QWidget())
        self.canvas.moved.connect(self._follow)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.valueChanged.connect(lambda _value: self.canvas.update())

    def show_diagram(self, diagram: FlowDiagram, many: Mapping[str, str], one: Mapping[str, str]) -> None:
        """Show another diagram; many, one: words of each level."""
        self.canvas.show_diagram(diagram, many, one)
        self.canvas.fit(self.viewport().size())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room again."""
        super().resizeEvent(event)
        self.canvas.fit(self.viewport().size())

    def _follow(self, place: QRect) -> None:
        middle = place.center()
        self.ensureVisible(middle.x(), middle.y(), place.width() // 2 + 8, place.height() // 2 + HEAD + 8)


def _ribbon(x1: float, y1: float, x2: float, y2: float) -> QPainterPath:
    """The middle line of a ribbon: drawn with a pen, it is as wide however steep it is."""
    middle = (x1 + x2) / 2
    path = QPainterPath(QPointF(x1, y1 + RIBBON / 2))
    path.cubicTo(
        QPointF(middle, y1 + RIBBON / 2), QPointF(middle, y2 + RIBBON / 2), QPointF(x2, y2 + RIBBON / 2)
    )
    return path
