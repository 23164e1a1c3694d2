"""The cascade from COG to evidence: a tree of links, and the same as ribbons between levels."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHeaderView,
    QStackedLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from app.domain.cascade import Cascade, CascadeNode
from app.domain.cascade_flow import FlowDiagram
from app.domain.french import plural, typographic
from ui import labels_sdsf as labels
from ui.views.data_parts import SubPage
from ui.views.page import Kit
from ui.views.sdsf_calls import place
from ui.views.writing import Writes
from ui.widgets.flow import FlowView
from ui.widgets.parts import Banner, button, row, text
from ui.widgets.search_box import SearchBox
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.cascade import TreeLine
    from ui.tasks import Task

Read = tuple[str, list["TreeLine"], Cascade, FlowDiagram]
VIEWS = (("tree", "Arbre"), ("flow", "Flux"))


class CascadeView(Writes, SubPage):
    """Reads links both ways; makes and removes them."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self.cascade: Cascade | None = None
        self.departement = ""
        """The one shown."""
        self._lines: list[TreeLine] = []
        self.banner = Banner()
        self.views = Segments(VIEWS, "Forme de la cascade")
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("Cascade, du plus large au plus précis")
        self.tree.setProperty("role", "framed")
        self.tree.setProperty("zone", "columns")
        self.tree.setHeaderLabels(["Niveau et intitulé", "EPCI"])
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.currentItemChanged.connect(self._chosen)
        self.flow = FlowView(kit.theme)
        self.wider = SearchBox("Objet le plus large")
        self.answering = SearchBox("Objet qui y répond")
        self.note = text("", "second", wrap=True)
        self._lay_out()
        self.views.chosen.connect(self._show_view)
        self.flow.canvas.changed.connect(self._flow_changed)
        self._flow_changed()
        self._show_view("tree")

    def _lay_out(self) -> None:
        self.cut = button("Supprimer le lien", self.unlink, icon="unlink")
        self.cut.setEnabled(False)
        export = button("Exporter…", self.export, icon="file-export")
        link = button("Relier", self.link, icon="link", role="primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.banner)
        self.alone = button("Voir sa chaîne seule", self.isolate, icon="filter")
        column.addLayout(row(self.views, None, self.alone, self.cut, export, gap=6))
        linking = row(self.wider, text("porte", "second"), self.answering, link, gap=8)
        linking.setStretch(0, 1)
        linking.setStretch(2, 1)
        linking.setContentsMargins(0, 0, 0, 0)
        self._linking = QWidget()
        self._linking.setLayout(linking)
        column.addWidget(self._linking)
        column.addWidget(self.note)
        self.stack = QStackedLayout()
        self.stack.addWidget(self.tree)
        self.stack.addWidget(self.flow)
        held = QWidget()
        held.setLayout(self.stack)
        column.addWidget(held, 1)

    # -- reading -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read objects and links of the département and the EPCI shown."""
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        context = self.kit.context.value
        call = partial(_read, self.kit.services, context.departement, context.epci or "")
        self._reading = self.kit.runner.read(call, self._show)

    def _show(self, read: Read) -> None:
        self.departement, lines, self.cascade, flow = read
        self._show_tree(lines)
        self._fill(self.wider, self.departement)
        self._fill(self.answering, self.departement)
        self.flow.show_diagram(flow, labels.KIND_MANY, labels.KIND_ONE)
        self._lines = lines
        self._say()

    def _say(self) -> None:
        made = len({line.link_uuid for line in self._lines if line.link_uuid})
        reference = self.kit.services.territory.reference
        where = f"{reference.departement(self.departement).name} : " if self.departement else ""
        lines = plural(len(self._lines), "ligne")
        count = f"{where}{lines}, {plural(made, 'lien fait', 'liens faits')} à la main"
        if not self._lines:
            said = "Rien n'est encore relié : choisissez deux objets ci-dessus, puis « Relier »."
        elif self.views.current == "tree":
            said = (
                f"{count} ; les autres viennent des arborescences. Un lien va du plus large au plus précis."
            )
        else:
            said = (
                f"{where}sous chaque intitulé, les fiches action qui y répondent. Flèches : de carte en "
                "carte ; Entrée : sa chaîne seule ; Échap : tout."
            )
        self.note.setText(typographic(said))

    def _show_tree(self, lines: list[TreeLine]) -> None:
        self.tree.clear()
        path: list[QTreeWidgetItem] = []
        for line in lines:
            node = line.node
            words = f"{labels.KIND_ONE[node.kind]} {node.number}".strip()
            item = QTreeWidgetItem([f"{capital(words)}, {node.label}", self._epcis(node)])
            item.setToolTip(0, node.label)
            item.setData(0, Qt.ItemDataRole.UserRole, line.link_uuid)
            del path[line.depth :]
            if path:
                path[-1].addChild(item)
            else:
                self.tree.addTopLevelItem(item)
            path.append(item)
        self.tree.expandToDepth(1)

    def _epcis(self, node: CascadeNode) -> str:
        reference = self.kit.services.territory.reference
        return ", ".join(reference.epci(code).short_name for code in node.epcis)

    def _fill(self, box: SearchBox, departement: str) -> None:
        chosen = box.currentData()
        box.clear()
        if self.cascade is None:
            return
        for kind, words in labels.KIND_ONE.items():
            for node in self.cascade.of_kind(kind, departement):
                label = f"{words} {node.number}".strip()
                where = f" ({self._epcis(node)})" if node.epcis else ""
                box.addItem(f"{capital(label)}, {node.label}{where}", node.uuid)
        box.choose(chosen)

    def _show_view(self, code: str) -> None:
        """Links are made beside the tree; the flow has the room for itself."""
        tree = code == "tree"
        self.stack.setCurrentIndex(0 if tree else 1)
        for part in (self._linking, self.cut):
            part.setVisible(tree)
        self.alone.setVisible(not tree)
        self._say()

    def isolate(self) -> None:
        """Show the chain of the card chosen alone, or everything again."""
        self.flow.canvas.isolate(not self.flow.canvas.alone)
        self.flow.canvas.setFocus()

    def _flow_changed(self) -> None:
        canvas = self.flow.canvas
        words = "Tout montrer" if canvas.alone else "Voir sa chaîne seule"
        self.alone.setText(words)
        self.alone.setAccessibleName(words)
        self.alone.setEnabled(bool(canvas.chosen))

    def _chosen(self, item: QTreeWidgetItem | None, _before: object = None) -> None:
        self.cut.setEnabled(item is not None and bool(item.data(0, Qt.ItemDataRole.UserRole)))

    # -- writing -----------------------------------------------------------------------------------------

    def link(self) -> None:
        """Link the two objects chosen."""
        upper, lower = self.wider.currentData(), self.answering.currentData()
        if upper and lower:
            self._write(partial(_link, self.kit.services, upper, lower))

    def unlink(self) -> None:
        """Remove the link of the line chosen."""
        item = self.tree.currentItem()
        uuid = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else ""
        if uuid:
            self._write(partial(_unlink, self.kit.services, uuid))

    def export(self) -> None:
        """Ask for a file, then write the cascade: pages with the flow, or the lines as text."""
        chosen = self.choose(self, "cascade.pdf")
        if chosen:
            context = self.kit.context.value
            call = partial(_export, self.kit.services, Path(chosen), self.departement, context.epci or "")
            self.kit.runner.read(call, self._exported, refused=self._refused)

    @staticmethod
    def choose(parent: QWidget, proposed: str) -> str:
        """Ask where to write; empty when the user gives up."""
        kinds = "Pages PDF (*.pdf);;Texte (*.csv)"
        return QFileDialog.getSaveFileName(parent, "Cascade", proposed, kinds)[0]

    def _exported(self, count: int) -> None:
        self.kit.notify(f"Cascade écrite, {plural(count, 'ligne')}")


def capital(words: str) -> str:
    """Return the words with a capital at their start, acronyms kept."""
    return words[:1].upper() + words[1:]


def _read(services: Services, departement: str | None, epci: str, _progress: Progress) -> Read:
    held, code = services.cascade, place(services, departement)
    return code, held.tree(code, epci), held.cascade(), held.flow(code, epci)


def _link(services: Services, upper: str, lower: str, _progress: Progress) -> Changes:
    return services.cascade.link(upper, lower)


def _unlink(services: Services, uuid: str, _progress: Progress) -> Changes:
    return services.cascade.unlink(uuid)


def _export(services: Services, path: Path, departement: str, epci: str, _progress: Progress) -> int:
    if path.suffix.lower() == ".pdf":
        return services.cascade.write_pdf(path, labels.KIND_ONE, labels.KIND_MANY, departement, epci)
    return services.cascade.export(path, labels.KIND_ONE, departement, epci)
