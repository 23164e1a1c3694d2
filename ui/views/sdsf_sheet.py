"""The yearly sheet of common indicators: versions, lines typed or filled by the base, sending."""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QFileDialog, QStackedLayout, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.french import fold, long_date, number, plural, typographic, value_text
from app.domain.indicator import ValueState
from app.domain.numbers import parse_number
from app.domain.sdsf import FilledBy
from ui import labels_sdsf as labels
from ui.models.grid import CellEdit, CellRefusal, CellRefused, EditColumn
from ui.models.table import Column
from ui.views.ctg_lists import FittedGrid
from ui.views.data_parts import Empty, SubPage
from ui.views.page import Kit
from ui.views.writing import Writes
from ui.widgets.parts import Banner, button, row, text

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.sdsf_rows import SheetDetail, SheetLine, SheetRow
    from ui.tasks import Task

STATES = {
    "": ValueState.NO_DATA,
    "nd": ValueState.NO_DATA,
    "np": ValueState.NOT_PUBLISHED,
    "s": ValueState.MASKED,
}
FILLED = {fold(words): code for code, words in labels.FILLED_BY.items()}
Typed = tuple[float | None, ValueState]


def read_value(typed: str) -> Typed:
    """Return number and state of a cell: « n.d. », « n.p. » and « s » are absences."""
    state = STATES.get(fold(typed).replace(".", "").replace(" ", ""))
    if state is not None:
        return None, state
    found = parse_number(typed)
    if found is None:
        raise CellRefused(f"« {typed} » n'est ni un nombre ni une absence (n.d., n.p., s).")
    return found, ValueState.ZERO if found == 0 else ValueState.VALUE


def read_filler(typed: str) -> str:
    """Return who fills a line."""
    code = FILLED.get(fold(typed))
    if code is None and typed.strip():
        raise CellRefused("Écrivez Cnaf, Drees ou local.")
    return code or ""


def _shown(line: SheetLine) -> str:
    decimals = 1 if line.number is not None and line.number % 1 else 0
    return value_text(line.number, line.state, decimals)


def _computed(line: SheetLine) -> str:
    if line.computed is None:
        return "—" if line.indicator else ""
    value = line.computed
    mark = "≈\u00a0" if value.estimated and value.number is not None else ""
    return mark + value_text(value.number, value.state, value.indicator.decimals)


COLUMNS: tuple[Column[SheetLine], ...] = (
    Column("N°", lambda line: line.code or str(line.position)),
    Column("Indicateur", lambda line: line.label, hint=lambda line: line.label),
    Column("Unité", lambda line: line.unit),
    EditColumn("Valeur", _shown, right=True, parse=read_value, typed=_shown, code="value"),
    EditColumn(
        "Rempli par", lambda line: labels.FILLED_BY[line.filled_by], parse=read_filler, code="filled_by",
        choices=tuple(labels.FILLED_BY.values()),
    ),
    Column("Calculé par la base", _computed, right=True,
           hint=lambda line: line.computed.indicator.label if line.computed else ""),
    Column("Source", lambda line: line.source),
)  # fmt: skip


class SheetView(Writes, SubPage):
    """The latest version of the year chosen, and the former ones."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self._wanted = ""
        self._sought = ""
        self.detail: SheetDetail | None = None
        self.banner = Banner()
        self.versions = QComboBox()
        self.versions.setAccessibleName("Version de la fiche")
        self.versions.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.versions.setMinimumContentsLength(24)
        self.versions.activated.connect(self._choose)
        self.state = text("", "second", wrap=True)
        self.grid = FittedGrid(
            kit.theme, COLUMNS, "Lignes de la fiche d’indicateurs communs", flexible=(1, 6)
        )
        self.grid.setProperty("role", "framed")
        self.grid.edited.connect(self._edited)
        self.grid.refused.connect(self._cells_refused)
        self.indicator = QComboBox()
        self.indicator.setAccessibleName("Indicateur de la base pour la ligne choisie")
        self.indicator.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.indicator.setMinimumContentsLength(36)
        self.indicator.activated.connect(self._link)
        self.grid.chosen.connect(self._line_chosen)
        self._lay_out()

    def _lay_out(self) -> None:
        self.fill = button("Remplir par la base", self.fill_lines, icon="calculator")
        self.export = button("Exporter…", self.export_sheet, icon="file-export")
        self.sent = button("Marquer transmise", self.mark_sent, icon="check")
        bring = button("Importer la fiche", self.import_files, icon="file-import")
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.banner)
        column.addLayout(row(self.versions, None, bring, self.fill, self.export, self.sent, gap=6))
        column.addWidget(self.state)
        column.addWidget(self.grid, 1)
        column.addLayout(row(text("Ligne choisie, indicateur de la base", "label"), self.indicator, None))
        self.empty = Empty(
            self.theme,
            "clipboard-list",
            "Aucune fiche d’indicateurs communs. La liste ne s’invente pas : importez la grille nationale "
            "reçue (XLSX ou CSV), elle part au comité départemental avant le 31 mars.",
            "Importer la grille d’indicateurs",
            self.import_files,
        )
        self.stack = QStackedLayout(self)
        self.stack.addWidget(filled)
        self.stack.addWidget(self.empty)

    # -- reading -----------------------------------------------------------------------------------------

    def seek(self, sheet: str) -> None:
        """Show the latest version of « département:year », when there is one."""
        self._sought = sheet
        self.reload()

    def reload(self) -> None:
        """Read the versions and the one chosen."""
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        wanted = self._sought or self._wanted
        call = partial(_read, self.kit.services, self.kit.context.value.departement, wanted)
        self._reading = self.kit.runner.read(call, self._show)

    def _show(self, read: tuple[list[SheetRow], SheetDetail | None]) -> None:
        rows, self.detail = read
        self.stack.setCurrentIndex(0 if self.detail else 1)
        if self.detail is None:
            return
        if self._sought:
            self._sought, self._wanted = "", self.detail.row.uuid
        several = len({found.code_departement for found in rows}) > 1
        self._fill_choices()
        self.versions.clear()
        for found in rows:
            self.versions.addItem(self._titled(found, several), found.uuid)
        self.versions.setCurrentIndex(self.versions.findData(self.detail.row.uuid))
        self.state.setText(_said(self.detail.row))
        self.grid.show_rows(self.detail.lines)
        latest = self.detail.row.latest
        self.fill.setEnabled(latest and any(line.indicator for line in self.detail.lines))
        self.sent.setEnabled(latest and self.detail.row.sent_on is None)

    def _titled(self, found: SheetRow, several: bool) -> str:
        """« 2025, version 2, la dernière »; its département when there are several."""
        last = ", la dernière" if found.latest else ""
        reference = self.kit.services.territory.reference
        place = f"{reference.departement(found.code_departement).name}, " if several else ""
        return f"{place}{found.year}, version {found.version}{last}"

    def _fill_choices(self) -> None:
        if self.indicator.count():
            return
        self.indicator.addItem("aucun", "")
        for found in self.kit.services.indicators.all():
            self.indicator.addItem(found.label, found.code)

    def _line_chosen(self, line: SheetLine | None) -> None:
        self.indicator.setEnabled(line is not None)
        if line is not None:
            self.indicator.setCurrentIndex(max(self.indicator.findData(line.indicator), 0))

    def _choose(self, _row: int) -> None:
        self._wanted = str(self.versions.currentData())
        self.reload()

    # -- writing -----------------------------------------------------------------------------------------

    def _edited(self, edits: list[CellEdit]) -> None:
        for edit in edits:
            number_, state, filler = edit.row.number, edit.row.state, edit.row.filled_by
            if edit.column == "value":
                number_, state = edit.value
                filler = FilledBy.LOCAL if state.is_known and not filler else filler
            else:
                filler = FilledBy(edit.value)
            self._write(partial(_set, self.kit.services, edit.row.uuid, number_, state, filler))

    def _cells_refused(self, refusals: list[CellRefusal]) -> None:
        said = " ".join(f"Ligne {refusal.row + 1} : {refusal.sentence}" for refusal in refusals[:3])
        self.banner.say(typographic(f"{said} Rien n'a été écrit."), "rouge")

    def _link(self, _row: int) -> None:
        line = self.grid.current_row()
        if line is not None:
            self._write(partial(_link, self.kit.services, line.uuid, str(self.indicator.currentData())))

    def fill_lines(self) -> None:
        """Make a version where the base fills what it can compute."""
        if self.detail is not None:
            call = partial(_fill, self.kit.services, self.detail.row.uuid)
            self.kit.runner.write(call, self._filled, refused=self._refused)

    def _filled(self, done: tuple[str, int, Changes]) -> None:
        uuid, count, changes = done
        self._wanted = uuid
        self.kit.notify(
            f"{plural(count, 'ligne remplie', 'lignes remplies')} par la base"
            if count
            else "La base ne remplit rien de plus."
        )
        self._changed(changes)

    def mark_sent(self) -> None:
        """Note that the version shown was sent today."""
        if self.detail is not None:
            self._write(partial(_sent, self.kit.services, self.detail.row.uuid, datetime.date.today()))

    def export_sheet(self) -> None:
        """Ask for a file, then write the version shown."""
        if self.detail is None:
            return
        proposed = f"sdsf_indicateurs_{self.detail.row.code_departement}_{self.detail.row.year}.xlsx"
        chosen = self.choose(self, proposed)
        if chosen:
            call = partial(_export, self.kit.services, self.detail.row.uuid, Path(chosen))
            self.kit.runner.read(call, self._exported, refused=self._refused)

    @staticmethod
    def choose(parent: QWidget, proposed: str) -> str:
        """Ask where to write; empty when the user gives up."""
        kinds = "Classeur (*.xlsx);;Texte (*.csv)"
        return QFileDialog.getSaveFileName(parent, "Fiche d’indicateurs", proposed, kinds)[0]

    def _exported(self, path: Path) -> None:
        self.kit.notify(typographic(f"Fiche écrite : {path.name}"))


def _said(found: SheetRow) -> str:
    by = ", ".join(
        f"{labels.FILLED_BY[who]} {number(count)}" for who, count in found.count.by if who and count
    )
    sent = (
        f"transmise le {long_date(found.sent_on)}"
        if found.sent_on
        else f"à transmettre avant le {long_date(found.due_on)}"
    )
    filled = plural(found.count.filled, "ligne remplie", "lignes remplies")
    filled = f"{filled} sur {number(found.count.lines)}"
    return typographic(f"{filled}{f' ({by})' if by else ''} ; {sent}.")


def _read(
    services: Services, departement: str | None, wanted: str, _progress: Progress
) -> tuple[list[SheetRow], SheetDetail | None]:
    rows = services.sdsf.sheets(departement)
    keys = [(found.uuid, found) for found in rows]
    keys += [(f"{found.code_departement}:{found.year}", found) for found in rows if found.latest]
    first = rows[0].uuid if rows else ""
    chosen = next((found.uuid for key, found in keys if key == wanted), first)
    return rows, services.sdsf.sheet(chosen) if chosen else None


def _set(
    services: Services,
    uuid: str,
    value: float | None,
    state: ValueState,
    filler: FilledBy,
    _progress: Progress,
) -> Changes:
    return services.sdsf.set_value(uuid, value, state, filler)


def _link(services: Services, uuid: str, indicator: str, _progress: Progress) -> Changes:
    return services.sdsf.link_line(uuid, indicator)


def _fill(services: Services, uuid: str, _progress: Progress) -> tuple[str, int, Changes]:
    return services.sdsf.fill(uuid)


def _sent(services: Services, uuid: str, on: datetime.date, _progress: Progress) -> Changes:
    return services.sdsf.mark_sent(uuid, on)


def _export(services: Services, uuid: str, path: Path, _progress: Progress) -> Path:
    services.sdsf.export_sheet(uuid, path)
    return path
