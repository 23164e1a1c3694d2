"""Lines of the view « Actions »: engagements of a contract, évaluations of its COG."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.cog import NodeKind
from app.domain.cpog_codes import ActionState
from app.domain.cpog_errors import UnknownCog
from ui import labels_cpog
from ui.models.table import Column

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.cpog_rows import ActionRow, CogNodeRow

CAISSE, COG, STATE = "cpog", "cog", "etat"
UNSAID = "non suivie"


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One thing to do. late None: its years are empty or uncertain, nothing can be said."""

    uuid: str
    code: str
    title: str
    path: str
    fiche: str
    state: ActionState | None
    due: str
    late: bool | None
    evidence: str = ""
    comment: str = ""
    reason: str = ""
    decided_by: str = ""
    decided_on: datetime.date | None = None
    due_on: datetime.date | None = None
    observed_on: datetime.date | None = None
    note: str = ""
    weight: float | None = None

    @property
    def state_words(self) -> str:
        """« réalisée », « non suivie »."""
        return labels_cpog.ACTION[self.state] if self.state is not None else UNSAID

    @property
    def late_words(self) -> str:
        """« en retard », « date incertaine » or nothing."""
        return "en retard" if self.late else "date incertaine" if self.late is None else ""


def read(
    services: Services, code: str, which: str, on: datetime.date, _progress: Progress
) -> list[ActionLine]:
    """Read the engagements of the contract, or the évaluations of its COG."""
    if which == CAISSE:
        return [_engagement(row) for row in services.cpog.board(code, on)]
    cpog = services.cpog.contract(code).cpog
    try:
        rows = services.cpog.cog_tree(cpog.cog_code, cpog.departement, on)
    except UnknownCog:
        return []
    parents = {row.parent_uuid for row in rows}
    by_uuid = {row.uuid: row for row in rows}
    actor = "ETAT" if which == STATE else "CAISSE"
    return [_evaluation(row, by_uuid) for row in rows if row.uuid not in parents and row.actor == actor]


def _engagement(row: ActionRow) -> ActionLine:
    from app.domain.french import short_date

    held = row.engagement
    return ActionLine(
        held.uuid, held.code, held.title, row.path.rpartition(" › ")[2], "", row.state,
        short_date(held.due_on) if held.due_on else "", row.late, held.evidence, held.comment, held.reason,
        held.decided_by, held.decided_on, held.due_on, held.observed_on, held.target_text, held.weight,
    )  # fmt: skip


def _evaluation(row: CogNodeRow, by_uuid: dict[str, CogNodeRow]) -> ActionLine:
    titles: list[str] = []
    parent = by_uuid.get(row.parent_uuid)
    while parent is not None and parent.kind not in (NodeKind.AXIS, NodeKind.FICHE):
        titles.append(parent.title)
        parent = by_uuid.get(parent.parent_uuid)
    years = span(row.years) + ("\u202f?" if row.uncertain and row.years else "")
    return ActionLine(
        row.uuid, row.code, row.title, titles[0] if titles else "", row.fiche, row.state, years,
        row.late if row.state is not None or row.late is not None else None, row.evidence, row.comment,
        observed_on=row.observed_on, note=row.note,
    )  # fmt: skip


def span(years: Sequence[int]) -> str:
    """« 2018 à 2021 » for years in a row, « 2018, 2020 » for others."""
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]} à {years[-1]}"
    return ", ".join(map(str, years))


def _state_tone(line: ActionLine) -> str:
    return {
        ActionState.DONE: "vert", ActionState.RUNNING: "encre", ActionState.POSTPONED: "ocre",
        ActionState.ABANDONED: "rouge", ActionState.CONDITIONED: "violet",
    }.get(line.state, "texte3") if line.state is not None else "texte3"  # fmt: skip


def _late_tone(line: ActionLine) -> str:
    return "rouge" if line.late else "texte3"


def _fiche(line: ActionLine) -> int | str | None:
    return int(line.fiche) if line.fiche.isdigit() else line.fiche or None


COLUMNS: tuple[Column[ActionLine], ...] = (
    Column("N°", lambda line: line.code),
    Column("Intitulé", lambda line: line.title, hint=lambda line: line.title),
    Column("Dans", lambda line: line.path or None, absent="", hint=lambda line: line.path),
    Column("Fiche", _fiche, str, absent="", right=False),
    Column("Échéance", lambda line: line.due or None, absent="·"),
    Column("État", lambda line: line.state_words, tone=_state_tone),
    Column("Retard", lambda line: line.late_words or None, absent="", tone=_late_tone),
)  # fmt: skip


def counts(lines: Sequence[ActionLine]) -> str:
    """« 141 actions : 3 réalisées, 1 en retard, 137 non suivies »."""
    from app.domain.french import THIN, plural

    said = []
    for state in ActionState:
        found = sum(line.state is state for line in lines)
        if found:
            word = labels_cpog.ACTION[state]
            said.append(f"{found} {word}{'s' if found > 1 and word.endswith('e') else ''}")
    unsaid = sum(line.state is None for line in lines)
    said += [f"{unsaid} {UNSAID}{'s' if unsaid > 1 else ''}"] if unsaid else []
    late = sum(bool(line.late) for line in lines)
    said += [f"{late} en retard"] if late else []
    return f"{plural(len(lines), 'ligne')}{THIN}: {', '.join(said)}" if lines else plural(0, "ligne")
