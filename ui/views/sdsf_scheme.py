"""The scheme: its generations, the tree axis → objective → action, the element chosen, its verbs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from app.domain.errors import DomainError
from app.domain.sdsf import NodeKind
from ui import icons
from ui import labels_sdsf as labels
from ui.views import sdsf_calls as calls
from ui.views.data_parts import Empty, SubPage
from ui.views.page import Kit
from ui.views.sdsf_panel import NodePanel, SchemeCard
from ui.views.sdsf_side import SchemeSide
from ui.views.sdsf_tree import SchemeTree
from ui.views.writing import Writes
from ui.widgets.parts import Banner, button, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.changes import Changes
    from app.services.sdsf_rows import NodeRow, SdsfDetail
    from ui.tasks import Task
    from ui.views.sdsf_forms import SchemeForm

PANEL_WIDTH = 300
NEXT_KIND = {None: NodeKind.AXIS, NodeKind.AXIS: NodeKind.OBJECTIVE, NodeKind.OBJECTIVE: NodeKind.ACTION}


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
        self.schemes.setMinimumContentsLength(26)
        self.schemes.activated.connect(self._choose_scheme)
        self.tree = SchemeTree()
        self.tree.chosen.connect(self._chosen)
        self.panel = NodePanel(self._edit_node)
        self.card = SchemeCard(self._edit_scheme)
        self.side = SchemeSide(self.panel, self.card)
        self.side.closed.connect(self.tree.setFocus)
        self.side.stage.asked.connect(partial(self._ask, calls.change_stage))
        self.side.amendment.asked.connect(partial(self._ask, calls.add_amendment))
        self.side.renewal.asked.connect(self._renew)
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

    def _lay_out(self) -> None:
        self.verbs = self._verbs()
        self.new = button("Nouvel axe", self.add_axis, icon="plus", role="primary")
        self.below = button("Ajouter dessous", self.add_below, icon="plus")
        self.up = button("Monter", partial(self.shift, -1), icon="arrow-up")
        self.down = button("Descendre", partial(self.shift, 1), icon="arrow-down")
        self.erase = button("Supprimer", self.remove, icon="trash")
        tools = row(
            self.schemes, self.verbs, None, self.new, self.below, self.up, self.down, self.erase, gap=6
        )
        both = QHBoxLayout()
        both.setSpacing(14)
        both.addWidget(self.tree, 1)
        both.addWidget(self.side)
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

    def _verbs(self) -> QPushButton:
        made = button("Le schéma", icon="file-text")
        made.setToolTip("Étape, avenant, renouvellement")
        menu = QMenu(made)
        for icon, words, act in (
            ("progress", "Changer d’étape…", partial(self.open_form, self.side.stage)),
            ("file-plus", "Ajouter un avenant…", partial(self.open_form, self.side.amendment)),
            ("refresh", "Renouveler le schéma…", partial(self.open_form, self.side.renewal)),
            ("trash", "Supprimer le schéma", self.remove_scheme),
        ):
            menu.addAction(icons.icon(icon), words, act)
        made.setMenu(menu)
        return made

    def set_compact(self, compact: bool, low: bool) -> None:  # noqa: ARG002
        """Buttons lose their words in a narrow window."""
        self.side.setFixedWidth(self.theme.px(248 if compact else PANEL_WIDTH))
        for made, words in ((self.up, "Monter"), (self.down, "Descendre"), (self.erase, "Supprimer")):
            made.setText("" if compact else words)
            made.setAccessibleName(words)
            made.setToolTip(words)

    # -- reading -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the schemes of the département shown, and the one chosen."""
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        call = partial(calls.read, self.kit.services, self.kit.context.value.departement, self._wanted)
        self._reading = self.kit.runner.read(call, self._show)

    def _show(self, read: calls.Read) -> None:
        rows, self.detail = read
        self.stack.setCurrentIndex(0 if rows else 1)
        self.schemes.clear()
        for found in rows:
            self.schemes.addItem(labels.scheme_title(found), found.uuid)
            self.schemes.setItemData(self.schemes.count() - 1, found.label, Qt.ItemDataRole.ToolTipRole)
        if self.detail is None:
            return
        self._wanted = self.detail.row.uuid
        self.schemes.setCurrentIndex(self.schemes.findData(self._wanted))
        self.card.show_detail(self.detail)
        self.schemes.setToolTip(self.detail.row.label)
        self.tree.show_nodes(self.detail.nodes, self._node)

    def _chosen(self, node: NodeRow | None) -> None:
        self._node = node.uuid if node is not None else ""
        self.side.show_node(node)
        deeper = NEXT_KIND.get(node.kind) if node is not None else None
        self.below.setEnabled(deeper is not None)
        self.below.setText("Nouvelle action" if deeper is NodeKind.ACTION else "Nouvel objectif")
        for made in (self.up, self.down, self.erase):
            made.setEnabled(node is not None)

    def _choose_scheme(self, _row: int) -> None:
        self.show_scheme(str(self.schemes.currentData()))

    def show_scheme(self, uuid: str) -> None:
        """Show another scheme."""
        self._wanted, self._node = uuid, ""
        self.side.close_form()
        self.reload()

    # -- the scheme itself -------------------------------------------------------------------------------

    def open_form(self, form: SchemeForm) -> None:
        """Show a form in place of the element and the scheme."""
        if self.detail is not None:
            self.side.open_form(form, self.detail.row)

    def _ask(self, call: Callable[..., Changes], wish: dict[str, Any]) -> None:
        if self.detail is not None:
            asked = partial(call, self.kit.services, self.detail.row.uuid, wish)
            self.kit.runner.write(asked, self._asked, refused=self._form_refused)

    def _asked(self, changes: Changes) -> None:
        self.side.close_form()
        self._changed(changes)

    def _form_refused(self, error: DomainError) -> None:
        if self.side.form is not None:
            self.side.form.refuse(error)
        else:
            self._refused(error)

    def _renew(self, wish: dict[str, Any]) -> None:
        if self.detail is not None:
            asked = partial(calls.renew, self.kit.services, self.detail.row.uuid, wish)
            self.kit.runner.write(asked, self._renewed, refused=self._form_refused)

    def _renewed(self, done: tuple[str, Changes]) -> None:
        self._wanted, self._node = done[0], ""
        self._asked(done[1])
        self.kit.notify("Nouveau schéma en préparation. Ctrl+Z pour y revenir.")

    def remove_scheme(self) -> None:
        """Remove the scheme shown and all it holds; Ctrl+Z brings it back."""
        if self.detail is not None:
            asked = partial(calls.remove_scheme, self.kit.services, self.detail.row.uuid)
            self.kit.runner.write(asked, self._removed, refused=self._refused)

    def _removed(self, changes: Changes) -> None:
        self._asked(changes)
        self.kit.notify("Schéma supprimé. Ctrl+Z pour y revenir.")

    # -- writing -----------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Bring the schemes delivered for the territory shown, or create one."""
        self._write(partial(calls.create, self.kit.services, self.kit.context.value.departement))

    def add_axis(self) -> None:
        """Add an axis at the end."""
        self._add(NodeKind.AXIS, "")

    def add_below(self) -> None:
        """Add an objective under an axis, an action under an objective."""
        node = self.tree.node
        kind = NEXT_KIND.get(node.kind if node is not None else None)
        if kind is not None:
            self._add(kind, node.uuid if node is not None else "")

    def _add(self, kind: NodeKind, parent: str) -> None:
        if self.detail is not None:
            call = partial(calls.add, self.kit.services, self.detail.row.uuid, kind, parent)
            self.kit.runner.write(call, self._added, refused=self._refused)

    def _added(self, done: tuple[str, Changes]) -> None:
        self._node = done[0]
        self.side.close_form()
        self._changed(done[1])
        self.panel.label.control.setFocus()

    def shift(self, step: int) -> None:
        """Move the element chosen up or down among its brothers."""
        node, rank = self.tree.node, self.tree.rank(step)
        if node is not None and rank is not None:
            self._write(partial(calls.move, self.kit.services, node, rank))

    def remove(self) -> None:
        """Remove the element chosen; Ctrl+Z brings it back."""
        if self._node:
            self._write(partial(calls.remove, self.kit.services, self._node))

    def _edit_node(self, uuid: str, name: str, value: Any) -> None:
        self._write(partial(calls.edit_node, self.kit.services, uuid, name, value))

    def _edit_scheme(self, name: str, value: Any) -> None:
        if self.detail is not None:
            self._write(partial(calls.edit_scheme, self.kit.services, self.detail.row.uuid, name, value))

    def _refused(self, error: DomainError) -> None:
        super()._refused(error)
        self.reload()
