"""The list of conventions, and one of them with its header and light tabs."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.domain.conformity import PointState
from app.domain.ctg import NEXT_STATUSES, STEPS, AmendmentKind, Convention, CtgStatus, PartyKind, Scope
from app.domain.ctg_themes import load_themes, missing_themes, theme_label
from app.services.ctg_alerts import alerts_of
from app.services.ctg_edit import find
from app.services.ctg_load import conventions_of, day, today
from app.services.ctg_plan_data import PlanData
from app.services.ctg_rows import (
    AmendmentRow,
    AnnexRow,
    CtgDetail,
    CtgRow,
    MemberRow,
    NoteRow,
    PartyRow,
    StageRow,
    ThemeCount,
    ThemeRow,
)
from app.services.ctg_stages import blocking_for
from db.models.ctg import (
    Conformity,
    Ctg,
    CtgAmendment,
    CtgAnnex,
    CtgMember,
    CtgNote,
    CtgParty,
    CtgStage,
    CtgTheme,
    Document,
)
from db.models.ctg_plan import ActionSheet, Finding
from db.models.ctg_steering import Decision, EvaluationRow, Meeting, SteeringInstance

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.domain.reference import Reference
    from app.services.territory import TerritoryService
    from db.session import Base


class ConventionReads:
    """Lists and headers; every date defaults to today."""

    _base: Base
    _reference: Reference
    _territory: TerritoryService

    def rows(
        self, on: date | None = None, code_epci: str | None = None, departement: str | None = None
    ) -> list[CtgRow]:
        """Conventions, those that end first at the top; of one Epci or département if asked."""
        on = on or today()
        with self._base.read() as session:
            data = PlanData(session, on)
            alerts = Counter(alert.ctg_uuid for alert in alerts_of(session, on))
            held = conventions_of(session)
            themes = _themes_by_ctg(session)
            rows = [
                self._row(ctg, held[ctg.uuid], themes.get(ctg.uuid, []), data, alerts[ctg.uuid], on)
                for ctg in session.scalars(select(Ctg))
            ]
        kept = [
            row
            for row in rows
            if (code_epci is None or code_epci in row.codes_epci)
            and (departement is None or departement in row.departements)
        ]
        return sorted(kept, key=lambda row: (row.ends_on or date.max, row.name))

    def _row(
        self, ctg: Ctg, held: Convention, themes: list[CtgTheme], data: PlanData, alerts: int, on: date
    ) -> CtgRow:
        codes = held.communes_at(on) or held.communes_at(held.span.start or on)
        communes = [self._reference.commune(code) for code in sorted(codes)]
        epcis = Counter(self._reference.epci_of(code) for code in codes)
        codes_epci = tuple(code for code, _ in epcis.most_common() if code is not None)
        people = [commune.population for commune in communes]
        chosen = {row.code for row in themes if _lives(row, on)}
        return CtgRow(
            uuid=ctg.uuid,
            name=ctg.name,
            status=held.status,
            starts_on=held.span.start,
            ends_on=held.end_at(on),
            signed_on=held.signed_on,
            in_force=held.in_force(on),
            epcis=tuple(self._reference.epci(code).short_name for code in codes_epci),
            codes_epci=codes_epci,
            departements=tuple(sorted({commune.code_departement for commune in communes})),
            communes=len(codes),
            population=None if None in people else sum(n or 0 for n in people),
            themes=len(chosen),
            missing_themes=missing_themes(chosen),
            actions=data.actions_gauge(ctg.uuid),
            results=data.results_gauge(ctg.uuid),
            alerts=alerts,
            fictitious=ctg.fictitious,
            source=ctg.source,
        )

    def ctg(self, uuid: str, on: date | None = None) -> CtgDetail:
        """One convention. Raises UnknownObject."""
        on = on or today()
        with self._base.read() as session:
            ctg: Ctg = find(session, "ctg", uuid)
            held = conventions_of(session, uuid)[uuid]
            themes = _themes_by_ctg(session).get(uuid, [])
            alerts = sum(alert.ctg_uuid == uuid for alert in alerts_of(session, on, uuid))
            following = session.scalar(select(Ctg).where(Ctg.previous_uuid == uuid))
            previous = session.get(Ctg, ctg.previous_uuid) if ctg.previous_uuid else None
            return CtgDetail(
                row=self._row(ctg, held, themes, PlanData(session, on, uuid), alerts, on),
                scope=Scope(ctg.scope),
                initial_ends_on=day(ctg.ends_on),
                cej_ends_on=day(ctg.cej_ends_on),
                previous=(previous.uuid, previous.name) if previous else None,
                following=(following.uuid, following.name) if following else None,
                ambition=ctg.ambition,
                note=ctg.note,
                stages=_stages(session, ctg),
                members=self._members(session, uuid, held, on),
                parties=tuple(_party(row) for row in _ranked(session, CtgParty, uuid)),
                amendments=_amendments(session, uuid),
                themes=_theme_rows(session, uuid, themes),
                annexes=tuple(
                    AnnexRow(row.uuid, row.rank, row.title, row.document_uuid)
                    for row in _ranked(session, CtgAnnex, uuid)
                ),
                notes=tuple(
                    NoteRow(row.uuid, row.kind, row.rank, row.text) for row in _ranked(session, CtgNote, uuid)
                ),
                counts=_counts(session, uuid),
            )

    def members(self, uuid: str, on: date | None = None) -> tuple[MemberRow, ...]:
        """Communes of a convention, past and to come included; present: member on that day."""
        with self._base.read() as session:
            find(session, "ctg", uuid)
            return self._members(session, uuid, conventions_of(session, uuid)[uuid], on or today())

    def _members(self, session: Session, uuid: str, held: Convention, on: date) -> tuple[MemberRow, ...]:
        present = held.communes_at(on)
        rows = session.scalars(
            select(CtgMember).where(CtgMember.ctg_uuid == uuid).order_by(CtgMember.code_commune)
        )
        found = []
        for row in rows:
            commune = self._reference.commune(row.code_commune)
            found.append(
                MemberRow(row.uuid, row.code_commune, commune.name, self._reference.epci_of(commune.code),
                          commune.population, day(row.joins_on), day(row.leaves_on), row.amendment_uuid,
                          row.code_commune in present)
            )  # fmt: skip
        return tuple(found)

    def theme_counts(self, first: int, last: int) -> list[ThemeCount]:
        """Number of themes of each signed convention by year, on 31 December."""
        found = []
        with self._base.read() as session:
            themes = _themes_by_ctg(session)
            for held in conventions_of(session).values():
                for year in range(first, last + 1):
                    on = date(year, 12, 31)
                    if held.in_force(on):
                        codes = {row.code for row in themes.get(held.uuid, ()) if _lives(row, on)}
                        missing = missing_themes(codes)
                        found.append(ThemeCount(held.uuid, held.name, year, len(codes), missing))
        return sorted(found, key=lambda row: (row.name, row.year))


def _themes_by_ctg(session: Session) -> dict[str, list[CtgTheme]]:
    found: dict[str, list[CtgTheme]] = {}
    for row in session.scalars(select(CtgTheme)):
        found.setdefault(row.ctg_uuid, []).append(row)
    return found


def _lives(row: CtgTheme, on: date) -> bool:
    since, until = day(row.since), day(row.until)
    return (since is None or since <= on) and (until is None or on <= until)


def _ranked(session: Session, model: type[Any], uuid: str) -> list[Any]:
    return list(session.scalars(select(model).where(model.ctg_uuid == uuid).order_by(model.rank, model.uuid)))


def _stages(session: Session, ctg: Ctg) -> tuple[StageRow, ...]:
    held = {row.status: row for row in session.scalars(select(CtgStage).where(CtgStage.ctg_uuid == ctg.uuid))}
    current = CtgStatus(ctg.status)
    last = current if current.is_over else CtgStatus.RENEWED
    found = []
    for status in (*STEPS, last):
        row = held.get(status.value)
        allowed = status in NEXT_STATUSES[current]
        found.append(
            StageRow(
                uuid=row.uuid if row else "",
                status=status,
                planned_on=day(row.planned_on) if row else None,
                reached_on=day(row.reached_on) if row else None,
                current=status is current,
                document_uuid=row.document_uuid if row else None,
                note=row.note if row else "",
                allowed=allowed,
                blocking=blocking_for(session, ctg, status) if allowed else (),
                advised=_advised(session, ctg, status) if allowed else (),
            )
        )
    return tuple(found)


def _advised(session: Session, ctg: Ctg, requested: CtgStatus) -> tuple[str, ...]:
    """Codes of what should be there to pass, and does not forbid it."""
    if requested is CtgStatus.SIGNED:
        chosen = {row.code for row in _themes_by_ctg(session).get(ctg.uuid, ())}
        late = any(_party(row).deliberation_missing for row in _ranked(session, CtgParty, ctg.uuid))
        found = [f"theme:{code}" for code in missing_themes(chosen)]
        return (*found, "deliberations") if late else tuple(found)
    needs: dict[CtgStatus, tuple[str, type[Any]]] = {
        CtgStatus.RUNNING: ("actions", ActionSheet), CtgStatus.DIAGNOSTIC: ("parties", CtgParty),
    }  # fmt: skip
    if requested not in needs:
        return ()
    code, model = needs[requested]
    has = session.scalar(select(model.uuid).where(model.ctg_uuid == ctg.uuid).limit(1))
    return () if has else (code,)


def _party(row: CtgParty) -> PartyRow:
    return PartyRow(
        row.uuid, PartyKind(row.kind), row.name, row.code, row.deliberation_expected, row.deliberation_number,
        day(row.deliberation_on), row.document_uuid, day(row.joins_on), day(row.leaves_on),
        row.amendment_uuid, row.note, row.rank,
    )  # fmt: skip


def _amendments(session: Session, uuid: str) -> tuple[AmendmentRow, ...]:
    rows = session.scalars(
        select(CtgAmendment).where(CtgAmendment.ctg_uuid == uuid).order_by(CtgAmendment.number)
    )
    return tuple(
        AmendmentRow(row.uuid, row.number, AmendmentKind(row.kind), row.title, day(row.signed_on),
                     date.fromisoformat(row.effective_on), day(row.new_ends_on), row.document_uuid, row.note)
        for row in rows
    )  # fmt: skip


def _theme_rows(session: Session, uuid: str, held: list[CtgTheme]) -> tuple[ThemeRow, ...]:
    used = Counter(session.scalars(select(ActionSheet.theme).where(ActionSheet.ctg_uuid == uuid)))
    rows = {row.code: row for row in held}
    codes = [*load_themes(), *(code for code in rows if code not in load_themes())]
    found = []
    for code in codes:
        row, theme = rows.get(code), load_themes().get(code)
        found.append(
            ThemeRow(
                row.uuid if row else "", code, (row.label if row else "") or theme_label(code),
                theme is not None and theme.compulsory, row is not None, day(row.since) if row else None,
                day(row.until) if row else None, row.amendment_uuid if row else None, used[code],
            )
        )  # fmt: skip
    return tuple(found)


def _counts(session: Session, uuid: str) -> dict[str, int]:
    def count(model: type[Any], *conditions: Any) -> int:
        return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0

    meetings = select(Meeting.uuid).join(
        SteeringInstance, SteeringInstance.uuid == Meeting.instance_uuid
    ).where(SteeringInstance.owner_uuid == uuid)  # fmt: skip
    return {
        "findings": count(Finding, Finding.ctg_uuid == uuid),
        "actions": count(ActionSheet, ActionSheet.ctg_uuid == uuid),
        "meetings": count(Meeting, Meeting.uuid.in_(meetings)),
        "decisions": count(Decision, Decision.meeting_uuid.in_(meetings)),
        "parties": count(CtgParty, CtgParty.ctg_uuid == uuid),
        "points_met": count(Conformity, Conformity.ctg_uuid == uuid, Conformity.state == PointState.MET),
        "evaluation": count(EvaluationRow, EvaluationRow.owner_uuid == uuid),
        "documents": count(Document, Document.owner_uuid == uuid),
    }
