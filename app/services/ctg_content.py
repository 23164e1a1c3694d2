"""What the papers of a CTG print, frozen: plan d’actions, fiche action, relevé de décisions, evaluation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.ctg import CtgStatus, PartyKind
from app.domain.ctg_sentences import age_text, period_text
from app.domain.ctg_themes import theme_label
from app.domain.ctg_words import CTG_STATUS, INSTANCE
from app.domain.steering import AGE_CLASSES, DecisionState, Presence
from app.services.ctg_fiche_content import budget_content, fiche_content
from app.services.ctg_load import today
from reports.ctg_content import (
    AgendaPoint,
    Commitment,
    CtgHead,
    DecisionLine,
    EvaluationContent,
    EvaluationLine,
    EvaluationQuestion,
    FicheAction,
    Issue,
    Operational,
    PlanContent,
    SessionContent,
    Strategic,
)
from reports.kit.printed import Printed, plain

if TYPE_CHECKING:
    from app.services.ctg import CtgService
    from app.services.ctg_plan_rows import ActionDetail, FindingRow, PlanRow
    from app.services.ctg_rows import CommitmentRow, CtgDetail
    from app.services.steering import SteeringService
    from app.services.steering_rows import AgendaRow, DecisionRow, EvaluationRowView, Measure
    from app.services.territory import TerritoryService

UNFILED = "Fiches non rattachées à un enjeu"
PROJECT = (CtgStatus.PREFIGURATION, CtgStatus.DIAGNOSTIC)


class CtgContents:
    """Builds the contents of papers; contacts are never part of them."""

    def __init__(self, ctg: CtgService, steering: SteeringService, territory: TerritoryService) -> None:
        self._ctg = ctg
        self._steering = steering
        self._territory = territory

    def head(self, ctg: str, on: date | None = None) -> CtgHead:
        """What every paper says first. Raises UnknownObject."""
        detail = self._ctg.ctg(ctg, on)
        row = detail.row
        return CtgHead(
            name=row.name,
            territory=_territory(detail),
            period=period_text(row.starts_on, row.ends_on),
            made_on=on or today(),
            caf=next((p.name for p in detail.parties if p.kind is PartyKind.CAF), ""),
            parties=tuple(_party(party.name, party.deliberation_on) for party in detail.parties),
            status="projet" if row.status in PROJECT else CTG_STATUS[row.status].lower(),
            fictitious=row.fictitious,
        )

    # -- plan ---------------------------------------------------------------------------------------

    def plan(self, ctg: str, on: date | None = None, *, with_sheets: bool = True) -> PlanContent:
        """The plan d’actions: tree, budget, commitments, themes. Raises UnknownObject."""
        rows = self._ctg.plan(ctg, on)
        detail = self._ctg.ctg(ctg, on)
        fiches = {detail.row.uuid: self._fiche(detail) for detail in self._ctg.details(ctg, on)}
        states = Counter(row.action.status.value for row in rows if row.action is not None)
        themes = Counter(row.theme for row in rows if row.action is not None and row.theme)
        return PlanContent(
            head=self.head(ctg, on),
            issues=_issues(rows, fiches, self._ctg.findings(ctg)),
            themes=tuple((theme_label(code), count) for code, count in themes.most_common()),
            missing_themes=tuple(theme_label(code) for code in detail.row.missing_themes),
            status_counts=tuple(states.most_common()),
            budget=budget_content(self._ctg.budget(ctg, on)),
            commitments=tuple(_commitment(row, on or today()) for row in self._ctg.commitments(ctg, on)),
            starts_on=detail.row.starts_on,
            ends_on=detail.row.ends_on,
            with_sheets=with_sheets,
        )

    def fiche(self, action: str, on: date | None = None) -> FicheAction:
        """One fiche action. Raises UnknownObject."""
        return self._fiche(self._ctg.action(action, on))

    def _fiche(self, detail: ActionDetail) -> FicheAction:
        names = tuple(self._territory.reference.commune(code).name for code in detail.communes)
        return fiche_content(detail, names)

    # -- steering -----------------------------------------------------------------------------------

    def minutes(self, meeting: str, on: date | None = None) -> SessionContent:
        """The relevé de décisions of a séance of a CTG, with decisions still open from former ones."""
        detail = self._steering.meeting(meeting, on)
        row = detail.row
        former = [
            decision
            for decision in self._steering.decisions(row.owner_uuid, on)
            if decision.held_on < row.held_on and decision.state in (DecisionState.OPEN, DecisionState.LATE)
        ]
        later = [m.held_on for m in self._steering.meetings(row.owner_uuid)
                 if m.instance_uuid == row.instance_uuid and m.held_on > row.held_on]  # fmt: skip
        present = {state: tuple(x.organisation for x in detail.attendance if x.state is state)
                   for state in Presence}  # fmt: skip
        return SessionContent(
            head=self.head(row.owner_uuid, on),
            body=row.instance,
            kind=INSTANCE[row.instance_kind],
            on=row.held_on,
            place=row.place,
            present=present[Presence.PRESENT],
            excused=present[Presence.EXCUSED],
            agenda=_agenda(detail.agenda, detail.decisions),
            documents=tuple((x.title, x.sha256) for x in detail.snapshots),
            earlier=tuple(_decision(x) for x in former),
            next_on=min(later, default=None),
        )

    def evaluation(self, ctg: str, on: date | None = None) -> EvaluationContent:
        """The evaluation grid; lines of one question stay together."""
        rows = self._steering.evaluation(ctg)
        questions: dict[str, list[EvaluationRowView]] = {}
        for row in rows:
            questions.setdefault(row.question, []).append(row)
        return EvaluationContent(
            head=self.head(ctg, on),
            questions=tuple(
                EvaluationQuestion(str(n), question, tuple(_evaluation_line(row) for row in mine))
                for n, (question, mine) in enumerate(questions.items(), start=1)
            ),
            times=_times(rows),
        )


def _territory(detail: CtgDetail) -> str:
    row = detail.row
    where = french.listing(list(row.epcis)) or "territoire non fixé"
    return f"{where}, {french.plural(row.communes, 'commune')}"


def _party(name: str, deliberated_on: date | None) -> str:
    return f"{name}, délibération du {french.long_date(deliberated_on)}" if deliberated_on else name


def _issues(
    rows: Sequence[PlanRow], fiches: dict[str, FicheAction], findings: Sequence[FindingRow]
) -> tuple[Issue, ...]:
    """The tree as papers print it; a level that a plan skips has an empty number and title."""
    children: dict[str | None, list[PlanRow]] = {}
    for row in rows:
        children.setdefault(row.parent_uuid, []).append(row)

    def actions(parent: str | None) -> tuple[FicheAction, ...]:
        return tuple(fiches[row.uuid] for row in children.get(parent, ()) if row.uuid in fiches)

    def nodes(parent: str | None, *kinds: str) -> list[PlanRow]:
        return [row for row in children.get(parent, ()) if row.kind in kinds]

    def operationals(parent: str) -> tuple[Operational, ...]:
        held = [Operational(x.number, x.title, actions(x.uuid)) for x in nodes(parent, "operationnel")]
        direct = actions(parent)
        return (*([Operational("", "", direct)] if direct else []), *held)

    found = []
    for issue in nodes(None, "enjeu"):
        strategics = [Strategic(x.number, x.title, operationals(x.uuid))
                      for x in nodes(issue.uuid, "strategique")]  # fmt: skip
        bare = operationals(issue.uuid)
        texts = tuple(f.text for f in findings if any(uuid == issue.uuid for uuid, _ in f.issues))
        whole = (*([Strategic("", "", bare)] if bare else []), *strategics)
        found.append(Issue(issue.number, issue.title, texts, whole))
    left = actions(None)
    if left:
        found.append(Issue("", UNFILED, (), (Strategic("", "", (Operational("", "", left),)),)))
    return tuple(found)


def _commitment(row: CommitmentRow, on: date) -> Commitment:
    if row.done_on is not None:
        state = "faite"
    elif row.dropped_on is not None:
        state = "abandonnee"
    else:
        state = "en_retard" if row.due_on is not None and row.due_on < on else "a_faire"
    return Commitment(row.party, row.text, row.due_on, state, row.late_days, row.impact)


def _agenda(agenda: Sequence[AgendaRow], decisions: Sequence[DecisionRow]) -> tuple[AgendaPoint, ...]:
    held = {point.uuid for point in agenda}
    found = [
        AgendaPoint(p.title, p.note, tuple(_decision(d) for d in decisions if d.item_uuid == p.uuid))
        for p in agenda
    ]
    loose = tuple(_decision(d) for d in decisions if d.item_uuid not in held)
    return (*found, AgendaPoint("Décisions", "", loose)) if loose else tuple(found)


def _decision(row: DecisionRow) -> DecisionLine:
    overdue = ""
    if row.state is DecisionState.LATE:
        following = [bound for bound in AGE_CLASSES if bound > row.age_class]
        overdue = age_text(row.age_class, following[0] if following else None)
    return DecisionLine(
        str(row.number), row.text, row.owner, row.due_on, row.action_number, row.state.value, overdue
    )


def _evaluation_line(row: EvaluationRowView) -> EvaluationLine:
    def shown(measure: Measure) -> Printed:
        return plain(measure.number, row.decimals, measure.state, unit=row.unit)

    return EvaluationLine(
        row.criterion, row.indicator, row.source, shown(row.t0), shown(row.t1), shown(row.t2), row.judgement,
        row.argument,
    )  # fmt: skip


def _times(rows: Sequence[EvaluationRowView]) -> tuple[str, str, str]:
    """« T0, 2023 », when all rows measured at that time are of the same year."""

    def word(name: str, years: set[int | None]) -> str:
        known = {year for year in years if year is not None}
        return f"{name}, {known.pop()}" if len(known) == 1 else name

    return (
        word("T0", {row.t0.year for row in rows}),
        word("T1", {row.t1.year for row in rows}),
        word("T2", {row.t2.year for row in rows}),
    )
