"""« Comités et décisions »: séances with their relevé, decisions with owner, due date, delay and fiche."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.french import plural, short_date, typographic
from app.domain.steering import DecisionState, InstanceKind
from ui.labels_ctg import AGE_CLASS, DECISION, INSTANCE, MEETING
from ui.models.table import Column
from ui.views.ctg_columns import Said, day_column, said, text_column
from ui.views.ctg_export import Exporter
from ui.views.ctg_lists import EditList
from ui.views.ctg_sections import SectionTab
from ui.views.data_parts import FittedTable
from ui.widgets.parts import button, row, text

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.steering_rows import AgeClassCount, DecisionRow, InstanceRow, MeetingRow
    from ui.views.page import Kit

PARTS = (("meetings", "Séances"), ("decisions", "Décisions"), ("instances", "Instances"))


@dataclass(frozen=True, slots=True)
class MeetingsRead:
    """Steering of one convention."""

    instances: list[InstanceRow]
    meetings: list[MeetingRow]
    decisions: list[DecisionRow]
    overdue: list[AgeClassCount]


MEETINGS: tuple[Column[MeetingRow], ...] = (
    Column("Date", lambda held: held.held_on),
    Column("Séance", lambda held: held.title or held.instance, hint=lambda held: held.title),
    Column("Instance", lambda held: held.instance),
    Column("Lieu", lambda held: ", ".join(x for x in (held.starts_at, held.place) if x), absent=""),
    Column("État", lambda held: MEETING[held.status]),
    Column("Points", lambda held: held.agenda),
    Column("Décisions", lambda held: held.decisions),
    Column("À faire", lambda held: held.open_decisions,
           tone=lambda held: "ocre" if held.open_decisions else ""),
)  # fmt: skip


def _state(held: DecisionRow) -> Said:
    if held.state is DecisionState.LATE:
        return Said.of(held.late_days, f"▲ {plural(held.late_days, 'jour')} de retard")
    order = {DecisionState.OPEN: 0, DecisionState.DONE: -2, DecisionState.DROPPED: -1}
    return Said.of(order[held.state], DECISION[held.state])


DECISIONS: tuple[Column[Any], ...] = (
    Column("Séance", lambda held: held.held_on),
    Column("N°", lambda held: held.number, right=False),
    text_column("text", "Décision", required=True),
    text_column("owner", "Porteur"),
    day_column("due_on", "Échéance"),
    Column("État", _state, text=said, right=False,
           tone=lambda held: "rouge" if held.state is DecisionState.LATE else ""),
    day_column("done_on", "Faite le"),
    Column("Fiche", lambda held: held.action_number, absent=""),
)  # fmt: skip
INSTANCES: tuple[Column[Any], ...] = (
    text_column("title", "Instance", required=True),
    Column("Nature", lambda held: INSTANCE[held.kind]),
    Column("Organisations attendues", lambda held: ", ".join(held.composition), absent="",
           hint=lambda held: ", ".join(held.composition)),
    Column("Séances", lambda held: held.meetings),
)  # fmt: skip


class MeetingsPart(QWidget):
    """The table of séances, its verbs apart."""

    def __init__(self, table: QWidget, empty: QWidget, buttons: tuple[QWidget, ...]) -> None:
        super().__init__()
        self._verbs = QWidget()
        self._verbs.setLayout(row(*buttons))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(empty)
        layout.addWidget(table, 1)
        layout.addStretch(0)

    def give_verbs(self) -> QWidget:
        """What is done with the séance chosen."""
        return self._verbs


def late_words(overdue: Sequence[AgeClassCount]) -> str:
    """« 5 décisions en retard : 1 de 15 à 29 jours »."""
    late = [(AGE_CLASS[group.from_days], len(group.decisions)) for group in overdue]
    total = sum(count for _, count in late)
    if not total:
        return "Aucune décision en retard."
    said = ", ".join(f"{count} de {words}" for words, count in late if count)
    head = plural(total, "décision en retard", "décisions en retard")
    return typographic(f"{head} : {said}.")


class MeetingsTab(SectionTab):
    """Lists only: a séance is prepared and held on the page « Réunions »."""

    action_asked = Signal(str)
    rows_part = "decisions"

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, PARTS, "Comités, séances et décisions")
        self.read: MeetingsRead | None = None
        self.exporter = Exporter(kit, self)
        self.set_compact(False, False)

    def call(self) -> Callable[[Progress], MeetingsRead] | None:
        """Instances, séances and decisions."""
        return partial(_read, self.kit.services, self.uuid)

    def show_read(self, read: MeetingsRead) -> None:
        """Fill the part shown, and say what is overdue by age."""
        self.read = read
        self.note.setText(late_words(read.overdue) if any(group.decisions for group in read.overdue) else "")
        self.show_part(self.part)

    # -- parts ---------------------------------------------------------------------------------------

    def build(self, code: str) -> QWidget:
        """One list of each kind."""
        if code == "meetings":
            return self._build_meetings()
        if code == "decisions":
            made = EditList(
                self.theme, "Décisions de la CTG", DECISIONS, flexible=(2, 3),
                empty="Aucune décision. Elles se prennent dans une séance, sur la page « Réunions ».",
            )  # fmt: skip
            self.done = button("Dire faite aujourd’hui", self.close_current, icon="check")
            self.fiche = button("Ouvrir la fiche", self.open_fiche, icon="clipboard-list")
            made.buttons.addWidget(self.fiche)
            made.buttons.addWidget(self.done)
            self.decisions = self.listen(made, "decision")
            return made
        add = ("Ajouter une instance", self.add_instance)
        made = EditList(
            self.theme, "Instances de la CTG", INSTANCES, flexible=(2, 0), add=add, empty="Aucune instance."
        )
        return self.listen(made, "instance")

    def _build_meetings(self) -> QWidget:
        self.meetings = FittedTable(self.theme, MEETINGS, "Séances des comités", flexible=(1, 3))
        self.meetings.setProperty("role", "framed")
        self.meetings.opened.connect(self.prepare)
        self.open_button = button("Préparer", self.prepare, icon="presentation")
        self.minutes = button("Relevé PDF", partial(self.write_minutes, ".pdf"), icon="file-export")
        self.minutes_word = button("Relevé Word", partial(self.write_minutes, ".docx"), icon="file-export")
        self.nobody = text(
            "Aucune séance pour cette CTG. Elles se préparent sur la page «\u202fRéunions\u202f».", "second"
        )
        return MeetingsPart(self.meetings, self.nobody, (self.open_button, self.minutes, self.minutes_word))

    def fill(self, code: str, part: QWidget) -> None:
        """Show the rows of a part."""
        if self.read is None:
            return
        if code == "meetings":
            self.meetings.show_rows(self.read.meetings)
            has = bool(self.read.meetings)
            self.nobody.setVisible(not has)
            self.meetings.setVisible(has)
            for made in (self.open_button, self.minutes, self.minutes_word):
                made.setEnabled(has)
            if has and not self.meetings.currentIndex().isValid():
                self.meetings.selectRow(0)
        elif isinstance(part, EditList):
            part.show_rows(self.read.decisions if code == "decisions" else self.read.instances)

    # -- acts ----------------------------------------------------------------------------------------

    def start_new(self) -> None:
        """Ctrl+N: a séance on its page, else an instance."""
        if self.part == "instances":
            self.add_instance()
        else:
            self.prepare()

    def prepare(self, held: MeetingRow | None = None) -> None:
        """Open the séance chosen on the page « Réunions »."""
        from ui.places import BUILDERS

        chosen = held or (self.meetings.current_row() if self.part == "meetings" else None)
        if "meetings" not in BUILDERS:
            return
        if chosen is not None:
            self.kit.navigate("meetings", meeting=chosen.uuid)
        else:
            self.kit.navigate("meetings", ctg=self.uuid)

    def write_minutes(self, suffix: str) -> None:
        """Write the relevé de décisions of the séance chosen."""
        held = self.meetings.current_row()
        if held is not None:
            name = f"{held.owner_name} {short_date(held.held_on).replace('/', '-')}"
            self.exporter.write("minutes", held.uuid, name, suffix, "releve")

    def add_instance(self) -> None:
        """Add a comité, expecting the signatories."""
        parties = [held.name for held in self.detail.parties] if self.detail is not None else []
        values = {"kind": InstanceKind.STEERING, "title": "Nouvelle instance", "composition": parties}
        self.add("instance", self.uuid, values)

    def close_current(self) -> None:
        """Say that the decision chosen is carried out."""
        held = self.decisions.grid.current_row()
        if held is not None:
            self.write(partial(_close, self.kit.services, held.uuid))

    def open_fiche(self) -> None:
        """Open the fiche of the decision chosen."""
        held = self.decisions.grid.current_row()
        if held is not None and held.action_uuid:
            self.action_asked.emit(held.action_uuid)


def _close(services: Services, uuid: str, _progress: Progress) -> Any:
    return services.steering.close_decision(uuid)


def _read(services: Services, ctg: str, _progress: Progress) -> MeetingsRead:
    steering = services.steering
    return MeetingsRead(
        steering.instances(ctg), steering.meetings(ctg), steering.decisions(ctg), steering.overdue(ctg)
    )
