"""The scheme: its generations, the tree axis → objective → action, the element chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QStackedLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from app.domain.errors import DomainError
from app.domain.french import short_date
from app.domain.sdsf import NodeKind
from ui import labels_sdsf as labels
from ui.views.data_parts import Empty, SubPage
from ui.views.page import Kit
from ui.views.sdsf_panel import NodePanel, SchemeCard
from ui.views.writing import Writes
from ui.widgets.parts import Banner, button, row, scrolled

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.sdsf_rows import NodeRow, SdsfDetail, SdsfRow
    from ui.tasks import Task

PANEL_WIDTH = 300
HEADERS = ("N°", "Intitulé", "Pilote", "Échéance", "État")
NEXT_KIND = {None: NodeKind.AXIS, NodeKind.AXIS: NodeKind.OBJECTIVE, NodeKind.OBJECTIVE: NodeKind.ACTION}
NEW_LABEL = {
    NodeKind.AXIS: "Nouvel axe",
    NodeKind.OBJECTIVE: "Nouvel objectif",
    NodeKind.ACTION: "Nouvelle action",
}
Read = tuple[list["SdsfRow"], "SdsfDetail | None"]


class SchemeView(Writes, SubPage):
    """One scheme at a time; every edit is written at once and can be undone."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self._wanted = ""
        self._node = ""
        self.detail: SdsfDetail | None = None
        self.banner = Banner()
        self.schemes = QComboBox()
        self.schemes.setAccessibleName("Schéma affiché")
        self.schemes.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.schemes.setMinimumContentsLength(34)
        self.schemes.activated.connect(self._choose_scheme)
        self.tree = QTreeWidget()
        self.panel = NodePanel(self._edit_node)
        self.card = SchemeCard(self._edit_scheme)
        self._dress_tree()
        self._lay_out()
        for keys, act in (
            ("Ctrl+N", self.add_below),
            ("Del", self.remove),
            ("Alt+Up", partial(self.shift, -1)),
            ("Alt+Down", partial(self.shift, 1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.tree)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _dress_tree(self) -> None:
        self.tree.setAccessibleName("Axes, objectifs et actions du schéma")
        self.tree.setHeaderLabels(list(HEADERS))
        self.tree.setRootIsDecorated(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.tree.currentItemChanged.connect(self._chosen)

    def _lay_out(self) -> None:
        self.new = button("Nouvel axe", self.add_axis, icon="plus", role="primary")
        self.below = button("Ajouter dessous", self.add_below, icon="plus")
        self.up = button("Monter", partial(self.shift, -1), icon="arrow-up")
        self.down = button("Descendre", partial(self.shift, 1), icon="arrow-down")
        self.erase = button("Supprimer", self.remove, icon="trash")
        tools = row(self.schemes, None, self.new, self.below, self.up, self.down, self.erase, gap=6)
        right = QWidget()
        right.setProperty("role", "surface")
        held = QVBoxLayout(right)
        held.setContentsMargins(14, 12, 14, 14)
        held.setSpacing(16)
        held.addWidget(self.panel)
        held.addWidget(self.card)
        held.addStretch(1)
        self._side = scrolled(right)
        self._side.setFixedWidth(self.theme.px(PANEL_WIDTH))
        both = QHBoxLayout()
        both.setSpacing(14)
        both.addWidget(self.tree, 1)
        both.addWidget(self._side)
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.banner)
        column.addLayout(tools)
        column.addLayout(both, 1)
        self.empty = Empty(
            self.theme,
            "sitemap",
            "Aucun SDSF dans cette base. Ce que les documents publics disent de la Haute-Marne et des "
            "Deux-Sèvres est livré ; ailleurs, un schéma vide est créé, à compléter.",
            "Commencer le SDSF",
            self.begin,
        )
        self.stack = QStackedLayout(self)
        self.stack.addWidget(filled)
        self.stack.addWidget(self.empty)

    def set_compact(self, compact: bool, low: bool) -> None:  # noqa: ARG002
        """Buttons lose their words in a narrow window."""
        self._side.setFixedWidth(self.theme.px(248 if compact else PANEL_WIDTH))
        for made, words in ((self.up, "Monter"), (self.down, "Descendre"), (self.erase, "Supprimer")):
            made.setText("" if compact else words)
            made.setAccessibleName(words)
            made.setToolTip(words)

    # -- reading -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the schemes of the département shown, and the one chosen."""
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        call = partial(_read, self.kit.services, self.kit.context.value.departement, self._wanted)
        self._reading = self.kit.runner.read(call, self._show)

    def _show(self, read: Read) -> None:
        rows, self.detail = read
        self.stack.setCurrentIndex(0 if rows else 1)
        self.schemes.clear()
        for found in rows:
            self.schemes.addItem(found.label, found.uuid)
        if self.detail is None:
            return
        self._wanted = self.detail.row.uuid
        self.schemes.setCurrentIndex(self.schemes.findData(self._wanted))
        self.card.show_detail(self.detail)
        self._show_tree(self.detail.nodes)

    def _show_tree(self, nodes: tuple[NodeRow, ...]) -> None:
        self.tree.blockSignals(True)
        self.tree.clear()
        items: dict[str, QTreeWidgetItem] = {}
        for node in nodes:
            item = QTreeWidgetItem([node.number, node.label, node.pilot, _due(node), _state(node)])
            item.setData(0, Qt.ItemDataRole.UserRole, node)
            item.setToolTip(1, node.label)
            spoken = f"{labels.NODE[node.kind]} {node.number}, {node.label}"
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
            over = items.get(node.parent_uuid)
            if over is None:
                self.tree.addTopLevelItem(item)
            else:
                over.addChild(item)
            items[node.uuid] = item
        self.tree.expandAll()
        self.tree.blockSignals(False)
        first = self.tree.topLevelItem(0)
        chosen = items.get(self._node) or first
        if chosen is not None:
            self.tree.setCurrentItem(chosen)
        self._chosen(self.tree.currentItem())

    def _chosen(self, item: QTreeWidgetItem | None, _before: object = None) -> None:
        node = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        self._node = node.uuid if node is not None else ""
        self.panel.show_node(node)
        deeper = NEXT_KIND.get(node.kind) if node is not None else None
        self.below.setEnabled(deeper is not None)
        self.below.setText("Nouvelle action" if deeper is NodeKind.ACTION else "Nouvel objectif")
        for made in (self.up, self.down, self.erase):
            made.setEnabled(node is not None)

    def _choose_scheme(self, _row: int) -> None:
        self._wanted = str(self.schemes.currentData())
        self._node = ""
        self.reload()

    # -- writing -----------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Bring the scheme delivered for the département shown, or create one."""
        services = self.kit.services
        departement = self.kit.context.value.departement or services.base.departements[0]
        name = services.territory.reference.departement(departement).name
        label = f"Schéma départemental des services aux familles, {name}"
        self._write(partial(_create, services, departement, label))

    def add_axis(self) -> None:
        """Add an axis at the end."""
        self._add(NodeKind.AXIS, "")

    def add_below(self) -> None:
        """Add an objective under an axis, an action under an objective."""
        item = self.tree.currentItem()
        node = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        kind = NEXT_KIND.get(node.kind) if node is not None else NodeKind.AXIS
        if kind is not None:
            self._add(kind, node.uuid if node is not None else "")

    def _add(self, kind: NodeKind, parent: str) -> None:
        if self.detail is not None:
            call = partial(_add, self.kit.services, self.detail.row.uuid, kind, parent)
            self.kit.runner.write(call, self._added, refused=self._refused)

    def _added(self, uuid: str) -> None:
        self._node = uuid
        self._changed(_changes())
        self.panel.label.control.setFocus()

    def shift(self, step: int) -> None:
        """Move the element chosen up or down among its brothers."""
        item = self.tree.currentItem()
        if item is None:
            return
        node = item.data(0, Qt.ItemDataRole.UserRole)
        over = item.parent()
        rank = (over.indexOfChild(item) if over else self.tree.indexOfTopLevelItem(item)) + step
        count = over.childCount() if over else self.tree.topLevelItemCount()
        if 0 <= rank < count:
            self._write(partial(_move, self.kit.services, node, rank))

    def remove(self) -> None:
        """Remove the element chosen; Ctrl+Z brings it back."""
        if self._node:
            self._write(partial(_remove, self.kit.services, self._node))

    def _edit_node(self, uuid: str, name: str, value: Any) -> None:
        self._write(partial(_edit_node, self.kit.services, uuid, name, value))

    def _edit_scheme(self, name: str, value: Any) -> None:
        if self.detail is not None:
            self._write(partial(_edit_scheme, self.kit.services, self.detail.row.uuid, name, value))

    def _refused(self, error: DomainError) -> None:
        super()._refused(error)
        self.reload()


def _due(node: NodeRow) -> str:
    return short_date(node.ends_on) if node.ends_on else ""


def _state(node: NodeRow) -> str:
    return labels.ACTION_STATE[node.state] if node.kind is NodeKind.ACTION else ""


def _changes() -> Changes:
    from app.services.sdsf_tree import CHANGED

    return CHANGED


def _read(services: Services, departement: str | None, wanted: str, _progress: Progress) -> Read:
    rows = services.sdsf.schemes(departement)
    known = [row.uuid for row in rows]
    current = [row.uuid for row in rows if row.axes]
    chosen = wanted if wanted in known else (current or known or [""])[0]
    return rows, services.sdsf.scheme(chosen) if chosen else None


def _create(services: Services, departement: str, label: str, _progress: Progress) -> Changes:
    delivered = services.sdsf.load_delivered((departement,))
    return delivered if delivered.topics else services.sdsf.create(departement, label)[1]


def _add(services: Services, sdsf: str, kind: NodeKind, parent: str, _progress: Progress) -> str:
    return services.sdsf.add_node(sdsf, kind, NEW_LABEL[kind], parent)


def _move(services: Services, node: NodeRow, rank: int, _progress: Progress) -> Changes:
    return services.sdsf.move_node(node.uuid, node.parent_uuid, rank)


def _remove(services: Services, uuid: str, _progress: Progress) -> Changes:
    return services.sdsf.remove_node(uuid)


def _edit_node(services: Services, uuid: str, name: str, value: Any, _progress: Progress) -> Changes:
    return services.sdsf.edit_node(uuid, **{name: value})


def _edit_scheme(services: Services, uuid: str, name: str, value: Any, _progress: Progress) -> Changes:
    return services.sdsf.edit(uuid, **{name: value})
