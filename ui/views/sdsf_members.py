"""Signatories, seats of the comité, findings, avenants, evaluation: one editable list each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.french import fold, short_date, typographic
from ui import labels_sdsf as labels
from ui.models.grid import CellEdit, CellRefusal, CellRefused, EditColumn
from ui.views.ctg_columns import read_day
from ui.views.ctg_lists import FittedGrid
from ui.views.data_parts import Empty, SubPage
from ui.views.page import Kit
from ui.views.sdsf_calls import changed, choose
from ui.views.writing import Writes
from ui.widgets.parts import Banner, Elided, button, row
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.sdsf_rows import ChildRow, SdsfDetail
    from ui.tasks import Task

LISTS = (
    ("party", "Signataires"),
    ("member", "Comité"),
    ("finding", "Diagnostic"),
    ("amendment", "Avenants"),
    ("question", "Évaluation"),
)
FIRST_CELL = {
    "party": {"name": "Nouveau signataire"},
    "member": {"function": "Fonction"},
    "finding": {"text": "Nouveau constat"},
    "question": {"question": "Nouvelle question évaluative"},
}
FLEXIBLE = {"party": (0,), "member": (0, 1, 2), "finding": (0, 3), "amendment": (3, 0),
            "question": (0, 1, 2, 3, 8)}  # fmt: skip
"""Columns of each list that share the width."""
PARTY_CODES = {fold(words): code for code, words in labels.PARTY.items()}


def _text(name: str, header: str) -> EditColumn[ChildRow]:
    return EditColumn(header, partial(_field, name), parse=str.strip, code=name, absent="")


def _day(name: str, header: str) -> EditColumn[ChildRow]:
    return EditColumn(header, partial(_shown_day, name), parse=read_day, code=name, absent="")


def _field(name: str, line: ChildRow) -> str:
    return line.get(name)


def _shown_day(name: str, line: ChildRow) -> str:
    held = line.get(name)
    return short_date(_iso(held)) if held else ""


def _iso(held: str) -> Any:
    import datetime

    return datetime.date.fromisoformat(held)


def _read_party(typed: str) -> str:
    code = PARTY_CODES.get(fold(typed))
    if code is None:
        raise CellRefused("Choisissez une nature dans la liste.")
    return code


COLUMNS: dict[str, tuple[EditColumn[ChildRow], ...]] = {
    "party": (
        _text("name", "Organisation"),
        EditColumn(
            "Nature", lambda line: labels.PARTY.get(line.get("kind"), ""), parse=_read_party, code="kind",
            choices=tuple(words for words in labels.PARTY.values() if words), absent="",
        ),
        _day("signed_on", "Signé le"),
    ),
    "member": (
        _text("function", "Fonction"),
        _text("organisation", "Organisation"),
        _text("role", "Rôle au comité"),
    ),
    "finding": (
        _text("text", "Constat"),
        _text("theme", "Thème"),
        _text("figure", "Chiffre, tel que lu"),
        _text("source", "Source"),
    ),
    "amendment": (
        _text("kind", "Objet"),
        _day("signed_on", "Signé le"),
        _day("ends_on", "Nouvelle fin"),
        _text("text", "Texte"),
    ),
    "question": (
        _text("question", "Question"),
        _text("criterion", "Critère"),
        _text("indicator", "Indicateur"),
        _text("source", "Source"),
        _text("value_t0", "T0"),
        _text("value_t1", "T1"),
        _text("value_t2", "T2"),
        _text("judgement", "Jugement"),
        _text("argument", "Argument"),
    ),
}  # fmt: skip


class MembersView(Writes, SubPage):
    """Five lists of the scheme in force, or of the latest one."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self.detail: SdsfDetail | None = None
        self.banner = Banner()
        self.lists = Segments(LISTS, "Listes du schéma")
        self.lists.chosen.connect(self._show_list)
        self.name = Elided("", "second")
        self.grids: dict[str, FittedGrid] = {}
        self._place = QStackedLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        add = button("Ajouter une ligne", self.add, icon="plus", role="primary")
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.banner)
        self.meet = button("Séances", self.open_meetings, icon="messages")
        self.meet.setToolTip("Séances et décisions du comité départemental, page Réunions")
        head = row(self.lists, 12, self.name, self.meet, add)
        head.setStretch(2, 1)
        column.addLayout(head)
        column.addLayout(self._place, 1)
        self.empty = Empty(
            self.theme,
            "users-group",
            "Aucun SDSF : le comité, les signataires et l’évaluation se rattachent à un schéma.",
            "Ouvrir le schéma",
            partial(self.kit.navigate, "sdsf", tab="scheme"),
        )
        self.stack = QStackedLayout(self)
        self.stack.addWidget(filled)
        self.stack.addWidget(self.empty)

    def grid(self, kind: str) -> FittedGrid:
        """The list of one kind, built when first shown."""
        if kind not in self.grids:
            made = FittedGrid(self.theme, COLUMNS[kind], dict(LISTS)[kind], flexible=FLEXIBLE[kind])
            made.setProperty("role", "framed")
            made.edited.connect(self._edited)
            made.refused.connect(self._cells_refused)
            made.added.connect(self.add)
            made.removed.connect(self._remove)
            self.grids[kind] = made
            self._place.addWidget(made)
        return self.grids[kind]

    # -- reading -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the scheme of the département shown."""
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        call = partial(_read, self.kit.services, self.kit.context.value.departement)
        self._reading = self.kit.runner.read(call, self._show)

    def _show(self, detail: SdsfDetail | None) -> None:
        self.detail = detail
        self.stack.setCurrentIndex(0 if detail else 1)
        if detail is not None:
            self.name.setText(labels.scheme_title(detail.row))
            self.name.setToolTip(detail.row.label)
            self._show_list(self.lists.current)

    def _show_list(self, kind: str) -> None:
        grid = self.grid(kind)
        self.meet.setVisible(kind == "member")
        self._place.setCurrentWidget(grid)
        if self.detail is not None:
            rows = {
                "party": self.detail.parties, "member": self.detail.members, "finding": self.detail.findings,
                "amendment": self.detail.amendments, "question": self.detail.questions,
            }  # fmt: skip
            grid.show_rows(rows[kind])

    def open_meetings(self) -> None:
        """Open the latest séance of the comité, or the form of a first one."""
        if self.detail is not None:
            self.kit.navigate("meetings", sdsf=self.detail.row.uuid)

    # -- writing -----------------------------------------------------------------------------------------

    def add(self) -> None:
        """Add a line to the list shown."""
        if self.detail is None:
            return
        import datetime

        kind = self.lists.current
        fields: dict[str, Any] = dict(FIRST_CELL.get(kind, {}))
        if kind == "amendment":
            fields = {"kind": "prolongation", "signed_on": datetime.date.today()}
        call = partial(_add, self.kit.services, kind, self.detail.row.uuid, fields)
        self.kit.runner.write(call, partial(self._added, kind), refused=self._refused)

    def _added(self, kind: str, done: tuple[str, Changes]) -> None:
        """Open the editor of the new line once it is read."""
        self.grid(kind).wanted = done[0]
        self._changed(done[1])

    def _edited(self, edits: list[CellEdit]) -> None:
        kind = self.lists.current
        for edit in edits:
            self._write(partial(_edit, self.kit.services, kind, edit.row.uuid, edit.column, edit.value))

    def _remove(self, rows: list[ChildRow]) -> None:
        for line in rows:
            self._write(partial(_remove, self.kit.services, self.lists.current, line.uuid))

    def _cells_refused(self, refusals: list[CellRefusal]) -> None:
        self.banner.say(typographic(f"{refusals[0].sentence} Rien n'a été écrit."), "rouge")


def _read(services: Services, departement: str | None, _progress: Progress) -> SdsfDetail | None:
    chosen = choose(services.sdsf.schemes(departement))
    return services.sdsf.scheme(chosen) if chosen else None


def _add(
    services: Services, kind: str, sdsf: str, fields: dict[str, Any], _progress: Progress
) -> tuple[str, Changes]:
    return services.sdsf.add_child(kind, sdsf, **fields), changed()


def _edit(services: Services, kind: str, uuid: str, name: str, value: Any, _progress: Progress) -> Changes:
    return services.sdsf.edit_child(kind, uuid, **{name: value})


def _remove(services: Services, kind: str, uuid: str, _progress: Progress) -> Changes:
    return services.sdsf.remove_child(kind, uuid)
