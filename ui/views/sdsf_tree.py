"""The tree of a scheme, axis → objective → action; the element chosen stays from one reading to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from app.domain.french import short_date
from app.domain.sdsf import NodeKind
from ui import labels_sdsf as labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.services.sdsf_rows import NodeRow

PILOT = 20
"""Most letters of a pilot in its column: the name of an element comes first."""
HEADERS = ("N°", "Intitulé", "Pilote", "Échéance", "État")


class SchemeTree(QTreeWidget):
    """`chosen` carries the NodeRow under the cursor, None without one."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Axes, objectifs et actions du schéma")
        self.setProperty("role", "framed")
        self.setProperty("zone", "columns")
        self.setHeaderLabels(list(HEADERS))
        self.setRootIsDecorated(True)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Interactive)
        self.currentItemChanged.connect(lambda *_items: self.chosen.emit(self.node))

    @property
    def node(self) -> NodeRow | None:
        """The element under the cursor."""
        item = self.currentItem()
        found: NodeRow | None = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        return found

    def show_nodes(self, nodes: Sequence[NodeRow], wanted: str) -> None:
        """Show another tree, the element wanted chosen, else the first one."""
        self.blockSignals(True)
        self.clear()
        items: dict[str, QTreeWidgetItem] = {}
        for node in nodes:
            item = _item(node)
            over = items.get(node.parent_uuid)
            if over is None:
                self.addTopLevelItem(item)
            else:
                over.addChild(item)
            items[node.uuid] = item
        self.expandAll()
        actions = any(node.kind is NodeKind.ACTION for node in nodes)
        for column in (2, 3, 4):
            self.setColumnHidden(column, not actions)
        most = self.fontMetrics().averageCharWidth() * PILOT
        self.setColumnWidth(2, min(max(self.sizeHintForColumn(2), self.header().sectionSizeHint(2)), most))
        self.blockSignals(False)
        chosen = items.get(wanted) or self.topLevelItem(0)
        if chosen is not None:
            self.setCurrentItem(chosen)
        self.chosen.emit(self.node)

    def rank(self, step: int) -> int | None:
        """Rank of the element under the cursor moved by a step among its brothers, None if it cannot."""
        item = self.currentItem()
        if item is None:
            return None
        over = item.parent()
        rank = (over.indexOfChild(item) if over else self.indexOfTopLevelItem(item)) + step
        count = over.childCount() if over else self.topLevelItemCount()
        return rank if 0 <= rank < count else None


def _item(node: NodeRow) -> QTreeWidgetItem:
    due = short_date(node.ends_on) if node.ends_on else ""
    state = labels.ACTION_STATE[node.state] if node.kind is NodeKind.ACTION else ""
    item = QTreeWidgetItem([node.number, node.label, node.pilot, due, state])
    item.setData(0, Qt.ItemDataRole.UserRole, node)
    item.setToolTip(1, node.label)
    item.setToolTip(2, node.pilot)
    spoken = f"{labels.NODE[node.kind]} {node.number}, {node.label}"
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
    return item
