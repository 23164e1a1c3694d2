"""Filters of the register: types with their shapes, status, kind of gestionnaire, zone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QVBoxLayout, QWidget

from app.domain.french import number
from app.domain.register import Status
from app.domain.register_lists import load_choices, load_kinds
from ui.labels_equipment import ZONE_KINDS, short_kind
from ui.labels_register import STATUS
from ui.widgets.equipment_glyph import SIDE, shape_icon
from ui.widgets.parts import button, clear, column, row, scrolled, text

if TYPE_CHECKING:
    from app.domain.register import Zone
    from app.services.register_rows import EquipmentRow
    from ui.theme import Theme

WIDTH = 216
UNSAID = ""


@dataclass(frozen=True, slots=True)
class Criteria:
    """What the user ticked; an empty set keeps everything. zone: kind of zone, or uuid of one."""

    kinds: frozenset[str] = frozenset()
    statuses: frozenset[Status] = frozenset()
    managers: frozenset[str] = frozenset()
    zone: str = ""

    def keeps(self, line: EquipmentRow) -> bool:
        """Tell whether a row passes; the zone is asked of the service."""
        return (
            (not self.kinds or line.kind in self.kinds)
            and (not self.statuses or line.status in self.statuses)
            and (not self.managers or line.manager_kind in self.managers)
        )

    @property
    def count(self) -> int:
        """How many groups of filters are in use."""
        return sum(bool(part) for part in (self.kinds, self.statuses, self.managers, self.zone))


class Filters(QFrame):
    """Left panel; `changed` says that something was ticked."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "panel")
        self.setProperty("side", "left")
        self.setProperty("zone", "filters")
        self.setAccessibleName("Filtres des équipements")
        self.kinds = _Ticks(self._kind_words, self._kind_icon)
        self.statuses = _Ticks(lambda code: STATUS[Status(code)])
        self.managers = _Ticks(_manager_words)
        self.zone = QComboBox()
        self.zone.setAccessibleName("Zone")
        self.zone.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.zone.setMinimumContentsLength(8)
        self.set_zones(())
        self.reset = button("Tout effacer", self.clear_all, role="link")
        self.reset.hide()
        inside = QWidget()
        inside.setProperty("role", "surface")
        lines = column(
            row(text("Filtres", "section"), None, self.reset),
            text("Type", "group"), self.kinds, 6,
            text("Statut", "group"), self.statuses, 6,
            text("Gestionnaire", "group"), self.managers, 6,
            text("Zone", "group"), self.zone, None,
            gap=4,
        )  # fmt: skip
        lines.setContentsMargins(16, 12, 12, 12)
        inside.setLayout(lines)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))
        for part in (self.kinds, self.statuses, self.managers):
            part.changed.connect(self._tell)
        self.zone.activated.connect(self._tell)
        theme.changed.connect(self._theme_changed)
        self._theme_changed()

    def criteria(self) -> Criteria:
        """What is ticked."""
        return Criteria(
            frozenset(self.kinds.ticked()),
            frozenset(Status(code) for code in self.statuses.ticked()),
            frozenset(self.managers.ticked()),
            str(self.zone.currentData() or ""),
        )

    def show_rows(self, rows: Sequence[EquipmentRow]) -> None:
        """Count each choice over the territory; those without any are not listed."""
        kinds = Counter(line.kind for line in rows)
        self.kinds.show_counts([(code, kinds[code]) for code in load_kinds() if kinds[code]])
        statuses = Counter(line.status.value for line in rows)
        self.statuses.show_counts([(one.value, statuses[one.value]) for one in Status if statuses[one.value]])
        managers = Counter(line.manager_kind for line in rows)
        codes = [*load_choices("manager_kind"), UNSAID]
        self.managers.show_counts([(code, managers[code]) for code in codes if managers[code]])

    def set_zones(self, zones: Iterable[Zone]) -> None:
        """Offer the kinds of zone, then each zone in force, keeping the present choice."""
        held = self.zone.currentData() or ""
        self.zone.clear()
        for code, label in ZONE_KINDS:
            self.zone.addItem(label, code)
        for zone in zones:
            self.zone.addItem(zone.name, zone.uuid)
        self.zone.setCurrentIndex(max(self.zone.findData(held), 0))

    def clear_all(self) -> None:
        """Untick everything."""
        for part in (self.kinds, self.statuses, self.managers):
            part.tick(())
        self.zone.setCurrentIndex(0)
        self._tell()

    def choose(self, kinds: Iterable[str]) -> None:
        """Tick these types alone."""
        self.kinds.tick(tuple(kinds))
        self._tell()

    def _tell(self) -> None:
        self.reset.setVisible(self.criteria().count > 0)
        self.changed.emit()

    def _kind_words(self, code: str) -> str:
        return short_kind(code)

    def _kind_icon(self, code: str, box: QCheckBox) -> None:
        kind = load_kinds().get(code)
        if kind is not None:
            side = self._theme.px(SIDE)
            box.setIcon(shape_icon(self._theme, kind.shape))
            box.setIconSize(QSize(side, side))
            box.setToolTip(kind.label)

    def _theme_changed(self) -> None:
        self.setFixedWidth(self._theme.px(WIDTH))
        self.kinds.dress()


class _Ticks(QWidget):
    """Boxes with how many rows each would keep."""

    changed = Signal()

    def __init__(
        self, words: Callable[[str], str], dress: Callable[[str, QCheckBox], None] | None = None
    ) -> None:
        super().__init__()
        self._words = words
        self._dress = dress
        self.boxes: dict[str, QCheckBox] = {}
        self._counts: list[tuple[str, int]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def ticked(self) -> tuple[str, ...]:
        """Codes ticked."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def tick(self, codes: Iterable[str]) -> None:
        """Tick these codes and no other; nothing is emitted."""
        wanted = set(codes)
        for code, box in self.boxes.items():
            box.setChecked(code in wanted)

    def show_counts(self, counts: Sequence[tuple[str, int]]) -> None:
        """Show these choices; what was ticked and is gone stays, with zero."""
        held = self.ticked()
        counts = [*counts, *((code, 0) for code in held if code not in dict(counts))]
        if counts == self._counts:
            return
        self._counts = counts
        clear(self._column)
        self.boxes = {}
        for code, count in counts:
            box = QCheckBox(self._words(code))
            box.setAccessibleName(f"{self._words(code)}, {number(count)}")
            box.setChecked(code in held)
            box.clicked.connect(lambda _checked: self.changed.emit())
            self.boxes[code] = box
            self._column.addLayout(row(box, None, text(number(count), "hint"), gap=4))
        self.dress()

    def dress(self) -> None:
        """Draw the pictures again."""
        if self._dress is not None:
            for code, box in self.boxes.items():
                self._dress(code, box)


def _manager_words(code: str) -> str:
    choice = load_choices("manager_kind").get(code)
    return choice.label if choice is not None else "Non précisé"
