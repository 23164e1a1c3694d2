"""Filter of each column of a table: a panel under its header, a chip for each filter in force."""

from __future__ import annotations

import datetime
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QWidget

from app.domain.french import plural
from ui.models.column_filter import ColumnFilter
from ui.models.table import is_absent, sort_key
from ui.widgets.check_list import CheckList
from ui.widgets.fields import DateField, NumberField
from ui.widgets.parts import button, clear, column, row, text

if TYPE_CHECKING:
    from ui.models.table import Column, SortProxy
    from ui.theme import Theme
    from ui.widgets.table_view import Table

WIDTH, HEIGHT = 280, 400
MOST_VALUES = 400
"""Values listed; beyond, the range or the filter of the page serve better."""
EMPTY = "\0"
"""Code, in the list, of cells that hold nothing."""
LONGEST = 34


class FilterPanel(QFrame):
    """Applies at once what is ticked and typed; Échap closes it."""

    changed = Signal(object)
    """The filter as it should become."""

    def __init__(
        self, theme: Theme, proxy: SortProxy, place: int, held: ColumnFilter, parent: QWidget
    ) -> None:
        """held: the filter in force."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "popover")
        self._proxy = proxy
        self._column: Column[Any] = proxy.columns[place]
        name = f"Filtrer «\u202f{self._column.header}\u202f»"
        self.setAccessibleName(name)
        self._rows = proxy.rows_besides(place)
        self.values = CheckList(name, "Chercher une valeur")
        self.count = text("", "hint")
        self.least, self.most = self._bounds()
        every = button("Tout cocher", partial(self._tick_all, True), role="link")
        none = button("Tout décocher", partial(self._tick_all, False), role="link")
        self.erase = button("Effacer ce filtre", self._erase, icon="x")
        inside = column(text(name, "label", wrap=True), gap=8)
        if self.least is not None and self.most is not None:
            inside.addLayout(row(self.least, self.most))
        inside.addLayout(row(every, none, None, gap=2))
        inside.addWidget(self.values, 1)
        inside.addLayout(row(self.count, None, self.erase))
        inside.setContentsMargins(12, 10, 12, 10)
        self.setLayout(inside)
        self.setFixedSize(QSize(theme.px(WIDTH), theme.px(HEIGHT)))
        self._fill(held)
        self.values.changed.connect(self._apply)
        self._tell()

    def _bounds(self) -> tuple[NumberField | DateField | None, NumberField | DateField | None]:
        values = [value for line in self._rows if not is_absent(value := self._column.value(line))]
        if values and all(isinstance(value, datetime.date) for value in values):
            return self._bound(DateField("Du")), self._bound(DateField("Au"))
        if values and all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in values):
            return (
                self._bound(NumberField("De", decimals=2)), self._bound(NumberField("À", decimals=2)),
            )  # fmt: skip
        return None, None

    def _bound(self, field: NumberField | DateField) -> NumberField | DateField:
        field.committed.connect(self._apply)
        return field

    def _fill(self, held: ColumnFilter) -> None:
        counts: Counter[str] = Counter()
        order: dict[str, Any] = {}
        absent = 0
        for line in self._rows:
            value = self._column.value(line)
            if is_absent(value):
                absent += 1
            else:
                shown = self._column.shown(line)
                counts[shown] += 1
                order.setdefault(shown, sort_key(value))
        words = sorted(counts, key=lambda word: order[word])[:MOST_VALUES]
        lines = [(word, f"{word} ({counts[word]})", "") for word in words]
        if absent:
            lines.append((EMPTY, f"Vide ({absent})", "vide"))
        self.values.blockSignals(True)
        self.values.show_lines(lines)
        for code, _label, _words in lines:
            kept = held.absent if code == EMPTY else held.words is None or code in held.words
            self.values.tick(code, kept)
        self.values.blockSignals(False)
        self._every = [code for code, _label, _words in lines]
        for field, bound in ((self.least, held.least), (self.most, held.most)):
            if field is not None:
                field.set_value(bound)

    def _apply(self, _value: object = None) -> None:
        ticked = set(self.values.ticked())
        words = {code for code in self._every if code != EMPTY}
        kept = words & ticked
        made = ColumnFilter(
            words=None if kept == words else frozenset(kept),
            least=self.least.value if self.least is not None else None,
            most=self.most.value if self.most is not None else None,
            absent=EMPTY in ticked if EMPTY in self._every else kept == words,
        )
        self.changed.emit(made)
        self._tell()

    def _tick_all(self, ticked: bool) -> None:
        self.values.blockSignals(True)
        for code in self._every:
            self.values.tick(code, ticked)
        self.values.blockSignals(False)
        self._apply()

    def _erase(self) -> None:
        self.changed.emit(ColumnFilter())
        self.close()

    def _tell(self) -> None:
        seen, total = self._proxy.rowCount(), len(self._proxy.every_row)
        self.count.setText(
            plural(total, "ligne") if seen == total else f"{seen} sur {plural(total, 'ligne')}"
        )


class ColumnFilters(QWidget):
    """Chips of the filters in force; opens the panel of a column from its header or with Alt+↓."""

    changed = Signal()

    def __init__(self, theme: Theme, table: Table) -> None:
        super().__init__()
        self._theme = theme
        self._table = table
        self.held: dict[int, ColumnFilter] = {}
        """Filters in force, by place of their column, oldest first."""
        self._chips = row(gap=6)
        self.setLayout(self._chips)
        self.hide()
        header = table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._menu)
        header.setToolTip("Clic\u202f: trier. Clic droit ou Alt+↓\u202f: filtrer la colonne.")
        shortcut = QShortcut(QKeySequence("Alt+Down"), table)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.open_current)

    def minimumSizeHint(self) -> QSize:
        """Chips that lack room are cut: « Tout effacer » comes first."""
        return QSize(0, super().minimumSizeHint().height())

    def open_current(self) -> None:
        """Open the filter of the column under the cursor, of the first one without a cursor."""
        index = self._table.currentIndex()
        header = self._table.horizontalHeader()
        self.open(index.column() if index.isValid() else header.logicalIndex(0))

    def open(self, place: int) -> FilterPanel:
        """Open the filter of a column under its header."""
        header = self._table.horizontalHeader()
        held = self.held.get(place, ColumnFilter())
        panel = FilterPanel(self._theme, self._table.proxy, place, held, self._table)
        panel.changed.connect(partial(self.set_filter, place))
        where = header.mapToGlobal(QPoint(max(header.sectionViewportPosition(place), 0), header.height()))
        screen = self._table.screen().availableGeometry()
        x = min(where.x(), screen.right() - panel.width())
        y = min(where.y(), screen.bottom() - panel.height())
        panel.move(max(x, screen.left()), max(y, screen.top()))
        panel.show()
        panel.values.field.setFocus()
        return panel

    def set_filter(self, place: int, wanted: ColumnFilter) -> None:
        """Filter a column, or stop."""
        self.held.pop(place, None)
        if not wanted.empty:
            self.held[place] = wanted
        self._table.proxy.set_column_filter(place, None if wanted.empty else wanted)
        self._show()

    def clear(self) -> None:
        """Stop filtering columns."""
        self.held.clear()
        self._table.proxy.clear_column_filters()
        self._show()

    def _show(self) -> None:
        clear(self._chips)
        proxy, held = self._table.proxy, self.held
        self.setVisible(bool(held))
        if held:
            self._chips.addWidget(
                self._chip("Tout effacer", "Effacer tous les filtres de colonnes", self.clear)
            )
        for place, wanted in held.items():
            header = proxy.columns[place].header
            words = f"{header}\u202f: {wanted.said()}"
            shown = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
            asked = partial(self.set_filter, place, ColumnFilter())
            self._chips.addWidget(self._chip(f"{shown}  ✕", f"Effacer le filtre {words}", asked))
        if held:
            self._chips.addStretch(1)
        self._table.horizontalHeader().viewport().update()
        self.changed.emit()

    def _chip(self, words: str, name: str, action: Any) -> QPushButton:
        made = button(words, action)
        made.setProperty("dense", True)
        made.setAccessibleName(name)
        made.setToolTip(name)
        return made

    def _menu(self, where: QPoint) -> None:
        header = self._table.horizontalHeader()
        place = header.logicalIndexAt(where)
        if place < 0:
            return
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        order = Qt.SortOrder
        menu.addAction("Filtrer…\tAlt+↓", partial(self.open, place))
        if place in self.held:
            menu.addAction("Effacer ce filtre", partial(self.set_filter, place, ColumnFilter()))
        menu.addSeparator()
        for words, way in (
            ("Tri croissant", order.AscendingOrder),
            ("Tri décroissant", order.DescendingOrder),
        ):
            menu.addAction(words, partial(self._table.sortByColumn, place, way))
        menu.popup(header.mapToGlobal(where))
