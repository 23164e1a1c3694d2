"""Outlines: the approximate ones and the imported ones, switched at any time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.errors import DomainError
from app.domain.territory import Level
from app.progress import Progress
from app.services.rows import OutlineSetRow
from ui.errors import sentence
from ui.labels import LEVEL_MANY
from ui.models.table import Column
from ui.tasks import Task
from ui.views.data_parts import FittedTable, SubPage, tell
from ui.views.page import Kit
from ui.widgets.drop_zone import choose_files
from ui.widgets.parts import Banner, button, row, text

APPROXIMATE = "Fond approché (centres et superficies communales)"
LEVELS = (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT)


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """One line: an imported set, or the approximate outlines (uuid None) of every level."""

    uuid: str | None
    label: str
    levels: tuple[Level, ...]
    millesime: int | None
    count: int | None
    file: str
    active: bool


COLUMNS: tuple[Column[OutlineLine], ...] = (
    Column("Contours", lambda line: line.label, hint=lambda line: line.label),
    Column("Niveau", lambda line: ", ".join(LEVEL_MANY[level] for level in line.levels)),
    Column("Millésime", lambda line: line.millesime, str, right=True, absent="—"),
    Column("Nombre", lambda line: line.count, right=True, absent="—"),
    Column("Fichier", lambda line: line.file or None, absent="calculé, aucun fichier"),
    Column(
        "État",
        lambda line: "utilisé par la carte" if line.active else "gardé, non utilisé",
        tone=lambda line: "vert" if line.active else "texte3",
    ),
)


def _capital(label: str) -> str:
    """A label as the beginning of a line."""
    return label[:1].upper() + label[1:]


def lines_of(sets: Sequence[OutlineSetRow]) -> list[OutlineLine]:
    """Lines of the table: the approximate outlines, in use where nothing replaces them, then each set."""
    replaced = {row.level for row in sets if row.active}
    left = tuple(level for level in LEVELS if level not in replaced)
    first = OutlineLine(None, APPROXIMATE, left or LEVELS, None, None, "", bool(left))
    return [
        first,
        *(
            OutlineLine(
                one.uuid,
                one.label[:1].upper() + one.label[1:],
                (one.level,),
                one.millesime,
                one.count,
                one.file,
                one.active,
            )
            for one in sets
        ),
    ]


class OutlinesView(SubPage):
    """Sets of outlines, which one the map uses, and what its legend says."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._tasks: list[Task] = []
        self.choose: Callable[[QWidget], list[Path]] = choose_files
        self.legend = text("", "second", wrap=True)
        self.banner = Banner()
        self.table = FittedTable(kit.theme, COLUMNS, "Contours", flexible=(0, 4))
        self.table.setProperty("role", "framed")
        self.use = button("Utiliser ces contours", self._use, icon="check")
        self.add = button("Importer des contours…", self._import, icon="file-import", role="primary")
        self.note = text(
            "Formats acceptés\u202f: GeoPackage, shapefile (zip) et GeoJSON, avec les colonnes d’IGN Admin "
            "Express, de geo.api.gouv.fr ou de COGiter. Les codes absents de cette base sont listés avant "
            "l’import\u202f; les contours remplacés restent disponibles.",
            "hint",
            wrap=True,
        )
        self.use.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row(text("Contours de la carte", "section"), None, self.use, self.add))
        column.addWidget(self.legend)
        column.addWidget(self.banner)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._activate)

    def reload(self) -> None:
        """Read the sets again, then the legend of the outlines in use (slower, so apart)."""
        for task in self._tasks:
            task.cancel()
        runner = self.kit.runner
        self._tasks = [
            runner.read(self._read, self._show),
            runner.read(self._read_legend, self._show_legend, name="Contours de la carte"),
        ]

    def _read(self, _progress: Progress) -> list[OutlineLine]:
        return lines_of(self.kit.services.outlines.sets())

    def _show(self, lines: Sequence[OutlineLine]) -> None:
        self.table.show_rows(lines)
        self._chosen(self.table.current_row())

    def _read_legend(self, progress: Progress) -> tuple[str, int]:
        fond = self.kit.services.outlines.fond(progress)
        return (fond.label, fond.millesime)

    def _show_legend(self, said: tuple[str, int]) -> None:
        label, millesime = said
        self.legend.setText(
            f"La légende des cartes dit\u202f: «\u202f{label}\u202f», géographie {millesime}."
        )

    def _chosen(self, line: OutlineLine | None) -> None:
        can_write = not self.kit.services.base.read_only
        self.use.setEnabled(line is not None and can_write and self._can_be_used(line))
        approximate = line is not None and line.uuid is None
        self.use.setText("Revenir au fond approché" if approximate else "Utiliser ces contours")
        self.use.setAccessibleName(self.use.text())

    def _can_be_used(self, line: OutlineLine) -> bool:
        if line.uuid is not None:
            return not line.active
        return any(one.uuid is not None and one.active for one in self.table.table.rows)

    def _use(self) -> None:
        line = self.table.current_row()
        if line is not None:
            self._activate(line)

    def _activate(self, line: OutlineLine) -> None:
        if self.kit.services.base.read_only or not self._can_be_used(line):
            return
        self.kit.runner.write(
            partial(self._switch, line), self._switched, name="Choix des contours", refused=self._refused
        )

    def _switch(self, line: OutlineLine, _progress: Progress) -> Changes:
        outlines = self.kit.services.outlines
        if line.uuid is not None:
            return outlines.activate(line.uuid, line.levels[0])
        changes = Changes()
        for level in {one.level for one in outlines.sets() if one.active}:
            changes = changes | outlines.activate(None, level)
        return changes

    def _switched(self, changes: Changes) -> None:
        tell(self.banner, "Contours changés. Ctrl+Z revient aux précédents.")
        self.kit.hub.changed.emit(changes)

    def _refused(self, error: DomainError) -> None:
        tell(self.banner, sentence(error), "rouge")

    def _import(self) -> None:
        paths = self.choose(self)
        if paths:
            self.kit.navigate("data", files=paths)
