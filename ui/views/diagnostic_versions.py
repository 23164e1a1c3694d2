"""« Versions »: keep the booklet as it is now, validate it, and say what two versions do not say alike."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.domain.diagnostic import DiagnosticStatus
from app.domain.diagnostic_errors import NotesPending
from app.domain.french import THIN, listing, plural, short_date
from ui.errors import sentence
from ui.labels_diagnostic import STATUS
from ui.models.table import Column
from ui.views import diagnostic_calls as calls
from ui.views.data_parts import FittedTable, SubPage
from ui.views.diagnostic_running import Running
from ui.widgets.fields import TextField
from ui.widgets.parts import Banner, button, line, row, text

if TYPE_CHECKING:
    from app.changes import Changes
    from app.domain.errors import DomainError
    from app.domain.manifest import Difference
    from app.progress import Progress
    from app.services import Services
    from app.services.diagnostics_rows import Comparison, VersionRow
    from ui.views.diagnostic_session import Session

HERE = "ce poste"
VERSIONS: tuple[Column[VersionRow], ...] = (
    Column("N°", lambda row: row.number, right=True),
    Column("Arrêtée le", lambda row: row.made_at.astimezone()),
    Column("Par", lambda row: HERE if row.device_is_here else row.device_name or None, absent="autre poste"),
    Column("État", lambda row: STATUS[row.status]),
    Column(
        "Base", lambda row: "inchangée depuis" if row.base_is_same else "modifiée depuis",
        hint=lambda row: row.base_words, tone=lambda row: "" if row.base_is_same else "ocre",
    ),
    Column("Chiffres", lambda row: row.numbers, right=True),
    Column("Note", lambda row: row.note or None, absent="", hint=lambda row: row.note),
)  # fmt: skip
ABSENT = "non imprimé"
DIFFERENCES: tuple[Column[Difference], ...] = (
    Column("Chiffre", lambda row: row.label, hint=lambda row: row.label),
    Column("Territoire", lambda row: row.territory or None, absent="—"),
    Column("Année", lambda row: row.year, str, right=True, absent="—"),
    Column("Avant", lambda row: row.before or None, right=True, absent=ABSENT),
    Column("Après", lambda row: row.after or None, right=True, absent=ABSENT),
)


class VersionsView(SubPage):
    """List, two of them compared."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.kit)
        self._session = session
        self.banner = Banner()
        self.note = TextField("Note de la version", placeholder="ce qui a changé, pour qui")
        self.keep_button = button("Arrêter cette version", self.keep, icon="versions", role="primary")
        self.status_button = button("Valider", self.validate, icon="check")
        self.running = Running("version")
        self.running.ended = self._enable
        self.running.stopped = self._stopped
        self.state = text("", "second", wrap=True)
        self.table = FittedTable(session.kit.theme, VERSIONS, "Versions du diagnostic", flexible=(6, 4))
        self.table.setProperty("role", "framed")
        self.before, self.after = _versions_box("Version de départ"), _versions_box("Version d’arrivée")
        self.compare_button = button("Comparer", self.compare, icon="git-compare")
        self.report = text("", "second", wrap=True)
        self.differences = FittedTable(
            session.kit.theme, DIFFERENCES, "Chiffres qui diffèrent", flexible=(0, 1)
        )
        self.differences.setProperty("role", "framed")
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        first = row(self.note, self.keep_button, self.status_button)
        first.setStretch(0, 1)
        for verb in (self.keep_button, self.status_button):
            first.setAlignment(verb, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(first)
        layout.addWidget(self.running)
        layout.addWidget(self.banner)
        layout.addWidget(self.state)
        layout.addWidget(self.table, 2)
        self._compared = QWidget()
        inner = QVBoxLayout(self._compared)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        inner.addWidget(line())
        words = text("Comparer", "label"), text("et", "label")
        inner.addLayout(row(words[0], self.before, words[1], self.after, self.compare_button, None))
        inner.addWidget(self.report)
        inner.addWidget(self.differences, 1)
        self._room = QWidget()
        inner.addWidget(self._room, 1)
        layout.addWidget(self._compared, 3)
        self._end = QWidget()
        layout.addWidget(self._end, 3)
        self.differences.hide()

    # -- reading -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the versions."""
        self._enable()
        if self._session.uuid:
            call = partial(_read, self.kit.services, self._session.uuid)
            self.kit.runner.read(call, self._show, refused=self._refused)

    def _show(self, versions: list[VersionRow]) -> None:
        same = len(versions) == len(self.table.table.rows)
        self.table.show_rows(versions)
        self._compared.setVisible(len(versions) > 1)
        self._end.setVisible(len(versions) <= 1)
        self.table.setVisible(bool(versions))
        self.state.setText(_said(versions))
        self.state.setVisible(not versions)
        for box, place in ((self.before, min(1, len(versions) - 1)), (self.after, 0)):
            kept = box.currentData() if same else None
            box.clear()
            for found in versions:
                box.addItem(f"n° {found.number}, {short_date(found.made_at.astimezone())}", found.uuid)
            held = box.findData(kept)
            box.setCurrentIndex(held if held >= 0 else place)

    def _enable(self) -> None:
        detail = self._session.detail
        writable = detail is not None and not self.kit.services.base.read_only and not self.running.active
        validated = detail is not None and detail.row.status is DiagnosticStatus.VALIDATED
        self.keep_button.setEnabled(writable)
        self.status_button.setEnabled(writable)
        self.note.setEnabled(writable)
        words = "Repasser en projet" if validated else "Valider"
        self.status_button.setText(words)
        self.status_button.setAccessibleName(f"{words} le diagnostic" if not validated else words)

    # -- acting ------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep the booklet as it is now."""
        self._follow(partial(_keep, self.kit.services, self._session.uuid, self._note()), "Version arrêtée")

    def validate(self, *, anyway: bool = False) -> None:
        """Pass to « validé », or back to « projet »."""
        detail = self._session.detail
        if detail is not None and detail.row.status is DiagnosticStatus.VALIDATED:
            self._session.write(calls.reopen)
        else:
            call = partial(_validate, self.kit.services, self._session.uuid, self._note(), anyway)
            self._follow(call, "Validation")

    def _follow(self, call: partial[Changes], name: str) -> None:
        self.banner.hide()
        task = self.kit.runner.write(call, self._done, name=name, refused=self._refused)
        self.running.follow(task)
        self._enable()

    def _note(self) -> str:
        return str(self.note.read() or "")

    def _done(self, changes: Changes) -> None:
        self.note.set_value("")
        self.note.edit.clear()
        self.kit.hub.changed.emit(changes)
        self.reload()

    def _stopped(self) -> None:
        self.banner.say("Annulé. Aucune version n’a été gardée.")

    def _refused(self, error: DomainError) -> None:
        if isinstance(error, NotesPending):
            anyway = partial(self.validate, anyway=True)
            self.banner.say(sentence(error), "ocre", ("Valider quand même", anyway))
        else:
            self.banner.say(sentence(error), "rouge")

    # -- comparison --------------------------------------------------------------------------------------

    def compare(self) -> None:
        """Tell what two versions do not say alike."""
        before, after = self.before.currentData(), self.after.currentData()
        if before and after:
            call = partial(_compare, self.kit.services, before, after)
            self.kit.runner.read(call, self._show_comparison, refused=self._refused)

    def _show_comparison(self, found: Comparison) -> None:
        self.report.setText(comparison_words(found))
        self.differences.setVisible(bool(found.numbers))
        self._room.setVisible(not found.numbers)
        self.differences.show_rows(found.numbers)


def comparison_words(found: Comparison) -> str:
    """« De la version 1 à la version 2 : 3 chiffres diffèrent. Textes modifiés : Portrait. »."""
    count = len(found.numbers)
    numbers = plural(count, "chiffre diffère", "chiffres diffèrent") if count else "aucun chiffre ne diffère"
    said = [f"De la version {found.before} à la version {found.after}{THIN}: {numbers}."]
    if found.texts:
        said.append(f"Textes modifiés{THIN}: {listing(list(found.texts))}.")
    if found.sections:
        said.append(f"Sections ajoutées, retirées ou déplacées{THIN}: {listing(list(found.sections))}.")
    if not (found.numbers or found.texts or found.sections):
        return f"Les versions {found.before} et {found.after} disent la même chose."
    return " ".join(said)


def _said(versions: Sequence[VersionRow]) -> str:
    if not versions:
        return (
            "Aucune version arrêtée. Une version garde le plan, les textes et tous les chiffres imprimés "
            "ce jour-là\u202f: les suivantes disent ce qui a changé."
        )
    return ""


def _versions_box(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return made


def _read(services: Services, uuid: str, _progress: Progress) -> list[VersionRow]:
    return services.diagnostics.versions(uuid)


def _keep(services: Services, uuid: str, note: str, progress: Progress) -> Changes:
    return services.diagnostics.keep_version(uuid, note, progress=progress)


def _validate(services: Services, uuid: str, note: str, anyway: bool, progress: Progress) -> Changes:
    return services.diagnostics.validate(uuid, note, anyway=anyway, progress=progress)


def _compare(services: Services, before: str, after: str, _progress: Progress) -> Comparison:
    return services.diagnostics.compare(before, after)
