"""The thread of every page: Caf, EPCI, commune, chosen in a tree that finds codes and former names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QLineEdit, QToolButton, QTreeView, QVBoxLayout, QWidget

from app.domain.french import NBSP, fold, listing, number
from ui import icons
from ui.widgets.parts import picture, row

if TYPE_CHECKING:
    from app.services.territory import TerritoryService
    from ui.context import Context, ContextModel

PLACE = Qt.ItemDataRole.UserRole
SEARCH = Qt.ItemDataRole.UserRole + 1
ALL_COMMUNES = "Toutes les communes"
TIGHT = 800
WIDEST = ((TIGHT, (6, 6, 5)), (1240, (10, 10, 9)), (1500, (11, 10, 10)), (9999, (18, 15, 15)))
"""Under each width of the window, widest text of each step, in heights of its font."""

Place = tuple[str | None, str | None, str | None]
"""(département, Epci, commune): what set_territory takes."""


class _Filter(QSortFilterProxyModel):
    """Keeps the branches that hold every word typed, accents and case ignored."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setRecursiveFilteringEnabled(True)
        self._words: tuple[str, ...] = ()

    def set_text(self, text: str) -> None:
        self._words = tuple(fold(text).split())
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: QModelIndex | QPersistentModelIndex) -> bool:
        if not self._words:
            return True
        text = self.sourceModel().index(source_row, 0, source_parent).data(SEARCH) or ""
        return all(word in text for word in self._words)


class TerritoryPopup(QFrame):
    """A field and a tree; `chosen` carries the Place picked."""

    chosen = Signal(object)

    def __init__(self, territory: TerritoryService, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popover")
        self.setAccessibleName("Choix du territoire")
        self.field = QLineEdit()
        self.field.setPlaceholderText("Filtrer\u202f: nom, code, ancien nom")
        self.field.setAccessibleName("Filtrer les territoires")
        self.field.setClearButtonEnabled(True)
        self.tree = QTreeView()
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName("Territoires")
        self.tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self._model = QStandardItemModel(self)
        self._proxy = _Filter(self)
        self._proxy.setSourceModel(self._model)
        self.tree.setModel(self._proxy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 8)
        layout.addWidget(self.field)
        layout.addWidget(self.tree)
        self.resize(380, 420)
        self._territory = territory
        self._root: QStandardItem | None = None
        self.field.textChanged.connect(self._filter)
        self.field.returnPressed.connect(self._take_first)
        self.tree.activated.connect(self._take)
        self.tree.clicked.connect(self._take)

    # -- content -----------------------------------------------------------------------------------------

    def _fill(self) -> QStandardItem:
        root = _item(self._territory.caf_name(), (None, None, None))
        departements = self._territory.departements()
        for departement in departements:
            branch = root
            if len(departements) > 1:
                branch = _item(departement.name, (departement.code, None, None), departement.code)
                root.appendRow(branch)
            for epci in self._territory.epcis(departement.code):
                branch.appendRow(self._epci_item(departement.code, epci))
        self._model.appendRow(root)
        return root

    def _epci_item(self, departement: str, epci: Any) -> QStandardItem:
        note = self._territory.scope_note(epci.code)
        label = f"{epci.short_name}  ({note})" if note else epci.short_name
        item = _item(label, (departement, epci.code, None), f"{epci.name} {epci.code}")
        item.setToolTip(epci.name)
        for commune in self._territory.communes(epci.code):
            words = f"{commune.code} {' '.join(commune.former_names)}"
            item.appendRow(_item(commune.name, (departement, epci.code, commune.code), words))
        return item

    # -- behaviour ---------------------------------------------------------------------------------------

    def open_at(self, corner: QPoint, context: Context, depth: int) -> None:
        """Show the tree under corner, opened down to depth (0 Caf, 1 EPCI, 2 communes)."""
        self._root = self._root or self._fill()
        self.field.clear()
        self.tree.collapseAll()
        top = self._proxy.index(0, 0)
        self.tree.expand(top)
        if depth and len(self._territory.departements()) > 1:
            self.tree.expandToDepth(1)
        self._show_current(context, expand=depth == 2)
        self.move(corner)
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _show_current(self, context: Context, expand: bool) -> None:
        wanted = (context.departement, context.epci, context.commune)
        found = self._find(self._proxy.index(0, 0), wanted) or self._proxy.index(0, 0)
        if expand and found.isValid():
            self.tree.expand(found)
        self.tree.setCurrentIndex(found)
        self.tree.scrollTo(found, QTreeView.ScrollHint.PositionAtCenter)

    def _find(self, index: QModelIndex, wanted: Place) -> QModelIndex | None:
        place = index.data(PLACE)
        if place is not None and (tuple(place) == wanted or (wanted[1] and tuple(place)[1:] == wanted[1:])):
            return index
        for i in range(self._proxy.rowCount(index)):
            found = self._find(self._proxy.index(i, 0, index), wanted)
            if found is not None:
                return found
        return None

    def _filter(self, text: str) -> None:
        self._proxy.set_text(text)
        if text.strip():
            self.tree.expandAll()
            self.tree.setCurrentIndex(self._first_found())

    def _take_first(self) -> None:
        if self.field.text().strip():
            self._take(self._first_found())

    def _first_found(self) -> QModelIndex:
        """Return the first line that holds every word itself, not through one of its communes."""
        words = fold(self.field.text()).split()
        index = self._proxy.index(0, 0)
        while index.isValid():
            own = index.data(SEARCH) or ""
            if all(word in own for word in words):
                return index
            index = self.tree.indexBelow(index)
        return index

    def _take(self, index: QModelIndex) -> None:
        place = index.data(PLACE)
        if place is not None:
            self.hide()
            self.chosen.emit(tuple(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the field to the tree."""
        if event.key() == Qt.Key.Key_Down and self.field.hasFocus():
            self.tree.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


def _item(label: str, place: Place, words: str = "") -> QStandardItem:
    item = QStandardItem(label)
    item.setData(list(place), PLACE)
    item.setData(fold(f"{label} {words}"), SEARCH)
    return item


class TerritorySelector(QWidget):
    """Three steps: Caf, EPCI, commune; changing them never changes page."""

    def __init__(self, territory: TerritoryService, context: ContextModel) -> None:
        super().__init__()
        self._territory = territory
        self._context = context
        self._widest = WIDEST[1][1]
        self.setAccessibleName("Territoire")
        self.steps = (self._step(0), self._step(1), self._step(2))
        first, second, third = self.steps
        pin, one, two = (
            picture("map-pin"),
            picture("chevron-right", "texte3", 14),
            picture("chevron-right", "texte3", 14),
        )
        self._marks = (pin, one, two)
        layout = row(pin, first, one, second, two, third, gap=2)
        self.setLayout(layout)
        self.popup = TerritoryPopup(territory, self)
        self.popup.chosen.connect(self._chosen)
        context.changed.connect(self.show_context)
        self.show_context(context.value)

    def _step(self, depth: int) -> QToolButton:
        made = QToolButton()
        made.setProperty("role", "crumb")
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        made.setIcon(icons.icon("chevron-down", "texte2"))
        made.setIconSize(QSize(14, 14))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.clicked.connect(lambda _checked=False: self.open(depth))
        return made

    def set_room(self, width: float) -> None:
        """Cut long names earlier on a narrow window."""
        self._widest = next(widest for limit, widest in WIDEST if width < limit)
        for mark in self._marks:
            mark.setVisible(width >= TIGHT)
        self.show_context(self._context.value)

    def open(self, depth: int = 0) -> None:
        """Open the tree under one of the three steps."""
        step = self.steps[depth]
        self.popup.open_at(step.mapToGlobal(QPoint(0, step.height() + 4)), self._context.value, depth)

    def show_context(self, context: Context) -> None:
        """Write the names of the territory."""
        epcis = self._territory.epcis(context.departement)
        reference = self._territory.reference
        caf, short = self._territory.caf_name(), ""
        mine = self._territory.departements()
        if len(mine) > 1:
            short = f"Caf {listing([found.code for found in mine])}"
            if context.departement:
                caf, short = reference.departement(context.departement).name, ""
        epci = f"Tous les EPCI{NBSP}({number(len(epcis))})"
        if context.epci:
            epci = reference.epci(context.epci).short_name
        commune = reference.commune(context.commune).name if context.commune else ALL_COMMUNES
        chosen = (True, context.epci is not None, context.commune is not None)
        kinds = ("Caf ou département", "EPCI", "Commune")
        shorts = (short, "", "")
        for step, label, least, kind, strong in zip(
            self.steps, (caf, epci, commune), shorts, kinds, chosen, strict=True
        ):
            self._write(step, label, least, kind, strong)

    def _write(self, step: QToolButton, label: str, least: str, kind: str, strong: bool) -> None:
        """least: what is shown where the label does not hold, if not its beginning."""
        if step.property("chosen") != strong:
            step.setProperty("chosen", strong)
            step.style().unpolish(step)
            step.style().polish(step)
        font = step.font()
        if strong:  # the style sheet draws it bolder than the font of the widget says
            font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        widest = metrics.height() * self._widest[self.steps.index(step)]
        room = least if least and metrics.horizontalAdvance(label) > widest else label
        shown = metrics.elidedText(room, Qt.TextElideMode.ElideRight, widest)
        step.setText(shown)
        step.setAccessibleName(f"{kind}\u202f: {label}")
        step.setToolTip(label if shown != label else "")

    def _chosen(self, place: Place) -> None:
        self._context.set_territory(*place)
