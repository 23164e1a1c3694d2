"""Map of the states of CTG by EPCI, with its legend; the same states are in the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ctg import CtgStatus
from app.domain.french import plural
from ui.labels_ctg import CTG_STATUS
from ui.views.home_lists import Swatch
from ui.widgets.mini_map import MiniMap, MiniMapView, box_of, simple_shapes
from ui.widgets.parts import clear, picture, row, text

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.ctg_rows import CtgCoverage, TerritoryState
    from ui.theme import Theme

CLASSES = (
    CtgStatus.PREFIGURATION,
    CtgStatus.DIAGNOSTIC,
    CtgStatus.SIGNED,
    CtgStatus.RUNNING,
    CtgStatus.EVALUATION,
)
"""Low to high on the map."""
APART = 36
"""Pixels between two départements."""
NOTHING = "Aucune CTG dans la base"


@dataclass(frozen=True, slots=True)
class StatesMap:
    """Shapes of the EPCI, and the state of each, by code."""

    shown: MiniMap
    states: dict[str, TerritoryState]
    inside: dict[str, tuple[float, float]]
    """A point inside each EPCI, where its name is written."""


def class_of(status: CtgStatus | None) -> int:
    """Class on the map; -1 without a convention."""
    return CLASSES.index(status) if status in CLASSES else -1


def read_states_map(services: Services, covered: CtgCoverage, progress: Progress) -> StatesMap:
    """Outlines of the EPCI of a coverage; heavy the first time."""
    from maps.palettes import palette
    from maps.scope import narrowed

    states = {state.code: state for state in covered.territories}
    fond = narrowed(services.outlines.fond(progress), tuple(states), covered.departement)
    layer = fond.epcis
    reference, base = services.territory.reference, services.base.departements
    shapes = simple_shapes(
        layer,
        tuple(class_of(states[code].status) if code in states else -1 for code in layer.codes),
        tuple(_group(reference.epci(code).departements, base) for code in layer.codes),
    )
    count = len(CLASSES)
    light, dark = palette("lagune", count), palette("lagune", count, dark=True)
    inside = {code: (float(x), float(y)) for code, (x, y) in zip(layer.codes, layer.label_xy, strict=True)}
    return StatesMap(MiniMap(shapes, tuple(light), tuple(dark)), states, inside)


def _group(departements: tuple[str, ...], base: tuple[str, ...]) -> str:
    """The département of the base that an EPCI is drawn with."""
    return next((code for code in base if code in departements), "")


class StatesView(MiniMapView):
    """The map itself: the pointer names an EPCI, a click or Entrée opens its convention."""

    hovered = Signal(str)
    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._codes: list[list[str]] = []
        self._names: dict[str, str] = {}
        self._inside: dict[str, tuple[float, float]] = {}
        self.current = ""
        self.setMouseTracking(True)
        self.setAccessibleName("Carte des états de CTG par EPCI")

    def show_states(self, shown: StatesMap) -> None:
        """Draw these states."""
        groups: dict[str, list[str]] = {}
        for shape in shown.shown.shapes:
            groups.setdefault(shape.group, []).append(shape.code)
        self._codes = list(groups.values())
        self._names = {code: state.name for code, state in shown.states.items()}
        self._inside = shown.inside
        self.show_map(shown.shown)

    def _fits(self) -> list[QTransform]:
        """Groups side by side, at the same scale."""
        boxes = [box_of(group) for group in self._groups]
        wide, tall = sum(box.width() for box in boxes), max(box.height() for box in boxes)
        room = self.width() - 4 - APART * (len(boxes) - 1)
        scale = min(room / wide, (self.height() - 4) / tall)
        left = (self.width() - scale * wide - APART * (len(boxes) - 1)) / 2
        fits = []
        for box in boxes:
            fit = QTransform()
            fit.translate(left + scale * box.width() / 2, self.height() / 2)
            fit.scale(scale, -scale)
            fit.translate(-box.center().x(), -box.center().y())
            fits.append(fit)
            left += scale * box.width() + APART
        return fits

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw territories, then their names where there is room."""
        super().paintEvent(event)
        if self._map is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("dense_label"))
        for shapes, codes, fit in zip(self._groups, self._codes, self._fits(), strict=True):
            for (path, number), code in zip(shapes, codes, strict=True):
                if code == self.current:
                    self._ring(painter, fit.map(path))
                self._name(painter, code, number, fit, fit.mapRect(path.boundingRect()))

    def _ring(self, painter: QPainter, path: QPainterPath) -> None:
        painter.setPen(QPen(self._theme.token("carte_selection"), 2.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _name(self, painter: QPainter, code: str, number: int, fit: QTransform, box: QRectF) -> None:
        """Write the name around the point inside, if there is room for it."""
        metrics = painter.fontMetrics()
        room = int(box.width() * 0.84)
        shown = metrics.elidedText(self._names.get(code, ""), Qt.TextElideMode.ElideRight, room)
        if len(shown) < 4 or box.height() < 22:
            return
        at = fit.map(QPointF(*self._inside[code]))
        wide = metrics.horizontalAdvance(shown) + 4
        left = min(max(at.x() - wide / 2, box.left()), box.right() - wide)
        painter.setPen(self._theme.token(self._ink(number)))
        painter.drawText(QRectF(left, at.y() - 10, wide, 20), Qt.AlignmentFlag.AlignCenter, shown)

    def _ink(self, number: int) -> str:
        """Dark words on pale classes, pale words on dark ones."""
        dark_ground = number >= 3
        if self._theme.dark:
            return "fond" if number >= 2 else "texte"
        return "surface" if dark_ground else "texte"

    def code_at(self, point: QPointF) -> str:
        """EPCI under a point, empty if none."""
        for shapes, codes, fit in zip(self._groups, self._codes, self._fits(), strict=True):
            back, ok = fit.inverted()
            there = back.map(point)
            for (path, _number), code in zip(shapes, codes, strict=True):
                if ok and path.contains(there):
                    return code
        return ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Name what is under the pointer."""
        self._go(self.code_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the pointer."""
        code = self.code_at(event.position())
        if code:
            self.chosen.emit(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go through the EPCI in order of name, Entrée chooses."""
        step = {
            Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1,
        }.get(Qt.Key(event.key()), 0)  # fmt: skip
        codes = sorted(self._names, key=self._names.__getitem__)
        if step and codes:
            here = codes.index(self.current) if self.current in codes else -step
            self._go(codes[(here + step) % len(codes)])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current:
            self.chosen.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _go(self, code: str) -> None:
        if code != self.current:
            self.current = code
            self.hovered.emit(code)
            self.update()


class CtgMapView(QWidget):
    """The map, its legend, and the EPCI under the pointer."""

    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: StatesMap | None = None
        self.map = StatesView(theme)
        self.map.hovered.connect(self._say)
        self.map.chosen.connect(self._open)
        self.name = text("", "object", wrap=True)
        self.said = text("", "second", wrap=True)
        self.legend = QVBoxLayout()
        self.legend.setSpacing(6)
        side = QWidget()
        side.setFixedWidth(theme.px(260))
        held = QVBoxLayout(side)
        held.setContentsMargins(0, 8, 0, 0)
        held.setSpacing(8)
        held.addWidget(text("État des CTG", "section"))
        held.addLayout(self.legend)
        held.addSpacing(14)
        held.addWidget(self.name)
        held.addWidget(self.said)
        held.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(20)
        layout.addWidget(self.map, 1)
        layout.addWidget(side)
        theme.changed.connect(self._draw_legend)

    def show_map(self, shown: StatesMap) -> None:
        """Show these states."""
        self._shown = shown
        self.map.show_states(shown)
        self._draw_legend()
        self._say(self.map.current)

    def _draw_legend(self) -> None:
        clear(self.legend)
        if self._shown is None:
            return
        held = [class_of(state.status) for state in self._shown.states.values()]
        colours = self._shown.shown.dark if self._theme.dark else self._shown.shown.light
        for rank, status in enumerate(CLASSES):
            words = text(f"{CTG_STATUS[status]}, {held.count(rank)}\u00a0EPCI", "second")
            self.legend.addLayout(row(Swatch(colours[rank], self._theme), words, None))
        words = text(f"{NOTHING}, {held.count(-1)}\u00a0EPCI", "second")
        self.legend.addLayout(row(picture("line-dashed", "texte3", 12), words, None))

    def _say(self, code: str) -> None:
        state = self._shown.states.get(code) if self._shown is not None else None
        if state is None:
            self.name.setText("")
            self.said.setText("Le pointeur ou les flèches nomment un EPCI, Entrée ouvre sa CTG.")
            return
        self.name.setText(state.name)
        word = CTG_STATUS[state.status] if state.status is not None else NOTHING
        covered = plural(state.covered, "commune couverte", "communes couvertes")
        self.said.setText(f"{word}. {covered} sur {state.communes}.")
        self.map.setAccessibleDescription(f"{state.name}, {word}, {covered} sur {state.communes}")

    def _open(self, code: str) -> None:
        state = self._shown.states.get(code) if self._shown is not None else None
        if state is not None and state.ctgs:
            self.opened.emit(state.ctgs[-1])
