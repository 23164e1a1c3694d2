"""Follow-up of a convention: commitments, schéma, posts of coopération, amounts and estimate of the bonus."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.domain.conformity import (
    PointState,
    duties_at,
    load_duties,
    load_points,
    stands_for_schema,
)
from app.domain.ctg import PartyKind, Span
from app.domain.ctg_parameters import (
    Amount,
    BonusEstimate,
    Quantity,
    estimate_bonus,
    load_amounts,
    merge_amounts,
)
from app.domain.places import CENSUS_DELAY
from app.domain.steering import late_days
from app.services.ctg_edit import find
from app.services.ctg_load import conventions_of, day, today
from app.services.ctg_plan_data import PlanData
from app.services.ctg_plan_read import links_of
from app.services.ctg_rows import (
    CommitmentRow,
    ConformityRow,
    ConformityState,
    FundingRow,
    PostRatios,
    PostRow,
)
from db.models.ctg import Conformity, CoopFunding, CoopPost, CtgBonusLine, CtgParameter, CtgParty, Link
from db.models.ctg_plan import Commitment

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.domain.reference import Reference
    from db.session import Base


class FollowReads:
    """What is followed beside the plan; every date defaults to today."""

    _base: Base
    _reference: Reference

    def commitments(self, ctg: str, on: date | None = None) -> list[CommitmentRow]:
        """Commitments of every signatory, in the order of signatories."""
        on = on or today()
        with self._base.read() as session:
            find(session, "ctg", ctg)
            numbers = PlanData(session, on, ctg).numbers
            links = session.execute(
                select(Link.from_uuid, Link.to_uuid).where(
                    Link.from_kind == "commitment", Link.to_kind == "action"
                )
            ).all()
            rows = session.execute(
                select(Commitment, CtgParty)
                .join(CtgParty, CtgParty.uuid == Commitment.party_uuid)
                .where(Commitment.ctg_uuid == ctg)
                .order_by(CtgParty.rank, Commitment.rank, Commitment.uuid)
            ).all()
            return [
                _commitment(row, party, on, [to for uuid, to in links if uuid == row.uuid], numbers)
                for row, party in rows
            ]

    # -- schéma -------------------------------------------------------------------------------------

    def conformity(self, ctg: str, on: date | None = None) -> ConformityState:
        """The twelve points with their evidence, and what its communes owe by their size."""
        on = on or today()
        with self._base.read() as session:
            find(session, "ctg", ctg)
            held = {
                row.point: row
                for row in session.scalars(select(Conformity).where(Conformity.ctg_uuid == ctg))
            }
            rows = []
            for point in load_points():
                row = held.get(point.code)
                links = links_of(session, row.uuid) if row is not None else ()
                rows.append(
                    ConformityRow(
                        point=point,
                        uuid=row.uuid if row else "",
                        state=PointState(row.state) if row else PointState.MISSING,
                        comment=row.comment if row else "",
                        checked_on=day(row.checked_on) if row else None,
                        evidence=tuple((x.uuid, x.kind, x.other_uuid, x.words or x.note) for x in links),
                    )
                )
            communes = conventions_of(session, ctg)[ctg].communes_at(on)
        states = {row.point.code: row.state for row in rows}
        return ConformityState(
            rows=tuple(rows),
            met=sum(row.state is PointState.MET for row in rows),
            stands_for_schema=stands_for_schema(states, load_points()),
            duties=duties_at(self._sizes(communes, on), on, load_duties()),
        )

    def _sizes(self, communes: frozenset[str], on: date) -> dict[str, tuple[str, int, int]]:
        """Name, inhabitants and census year of communes: the legal population in force that day."""
        found = {}
        for code in communes:
            held = self._reference.populations(code)
            if held:
                wanted = on.year - CENSUS_DELAY
                year = max((y for y in held if y <= wanted), default=min(held))
                found[code] = (self._reference.commune(code).name, held[year], year)
        return found

    def schema_share(self, on: date | None = None, departement: str | None = None) -> tuple[int, int]:
        """Conventions in force that stand for a schéma, over those in force: an indicator of the CPOG.

        departement: only those that hold one of its communes that day.
        """
        on = on or today()
        with self._base.read() as session:
            held = [
                uuid
                for uuid, convention in conventions_of(session).items()
                if convention.in_force(on) and self._is_of(departement, convention.communes_at(on))
            ]
        return sum(self.conformity(uuid, on).stands_for_schema for uuid in held), len(held)

    def _is_of(self, departement: str | None, communes: Iterable[str]) -> bool:
        return departement is None or any(
            self._reference.commune(code).code_departement == departement for code in communes
        )

    # -- posts --------------------------------------------------------------------------------------

    def posts(self, ctg: str | None = None, on: date | None = None) -> list[PostRow]:
        """Posts of chargé de coopération, of one convention or of all."""
        on = on or today()
        with self._base.read() as session:
            query = select(CoopPost).order_by(CoopPost.ctg_uuid, CoopPost.rank)
            rows = session.scalars(query.where(CoopPost.ctg_uuid == ctg) if ctg else query).all()
            return [_post(session, row, on) for row in rows]

    def ratios(self, on: date | None = None) -> PostRatios:
        """Posts and ETP over conventions in force; vacant posts are counted apart, unknown ETP are said."""
        on = on or today()
        with self._base.read() as session:
            in_force = [uuid for uuid, c in conventions_of(session).items() if c.in_force(on)]
            rows = session.scalars(select(CoopPost).where(CoopPost.ctg_uuid.in_(in_force))).all()
            posts = [
                _post(session, row, on)
                for row in rows
                if Span(day(row.starts_on), day(row.ends_on)).holds(on)
            ]
        held = [post for post in posts if not post.vacant]
        fte = sum(post.fte or 0.0 for post in held)
        known = [post for post in held if post.fte is not None]
        return PostRatios(
            on=on,
            conventions=len(in_force),
            posts=len(posts),
            vacant=len(posts) - len(held),
            fte=fte,
            fte_unknown=len(held) - len(known),
            fte_by_ctg=fte / len(in_force) if in_force and known else None,
            fte_by_post=fte / len(known) if known else None,
        )

    # -- amounts ------------------------------------------------------------------------------------

    def amounts(self) -> tuple[Amount, ...]:
        """Dated amounts: those delivered, replaced and completed by those of this base."""
        with self._base.read() as session:
            own = tuple(
                Amount(row.code, row.label, row.value, row.unit, day(row.valid_from), day(row.valid_to),
                       row.source, row.note, own=True, uuid=row.uuid)
                for row in session.scalars(select(CtgParameter).order_by(CtgParameter.code))
            )  # fmt: skip
        return merge_amounts(load_amounts(), own)

    def bonus(self, ctg: str, year: int) -> BonusEstimate:
        """Estimate of the bonus of a year, its formula, and the amounts that nobody gave."""
        with self._base.read() as session:
            find(session, "ctg", ctg)
            rows = session.scalars(
                select(CtgBonusLine)
                .where(CtgBonusLine.ctg_uuid == ctg, CtgBonusLine.year == year)
                .order_by(CtgBonusLine.parameter)
            )
            quantities = [Quantity(row.parameter, row.quantity, row.source, row.uuid) for row in rows]
        return estimate_bonus(year, quantities, self.amounts())


def _commitment(
    row: Commitment, party: CtgParty, on: date, actions: list[str], numbers: dict[str, str]
) -> CommitmentRow:
    due, done = day(row.due_on), day(row.done_on)
    late = 0 if row.dropped_on else late_days(due, done, on)
    return CommitmentRow(
        row.uuid, party.uuid, party.name, PartyKind(party.kind), row.text, due, done, day(row.dropped_on),
        late, row.impact, tuple((uuid, numbers.get(uuid, "")) for uuid in actions),
    )  # fmt: skip


def _post(session: Session, row: CoopPost, on: date) -> PostRow:
    fundings = session.scalars(
        select(CoopFunding)
        .where(CoopFunding.post_uuid == row.uuid)
        .order_by(CoopFunding.year, CoopFunding.funder)
    )
    vacant_from, vacant_to = day(row.vacant_from), day(row.vacant_to)
    return PostRow(
        uuid=row.uuid,
        title=row.title,
        employer=row.employer,
        employer_kind=PartyKind(row.employer_kind),
        fte=row.fte,
        starts_on=day(row.starts_on),
        ends_on=day(row.ends_on),
        vacant_from=vacant_from,
        vacant_to=vacant_to,
        vacant=vacant_from is not None and Span(vacant_from, vacant_to).holds(on),
        fundings=tuple(FundingRow(f.uuid, f.year, f.funder, f.state, f.amount_cents) for f in fundings),
        note=row.note,
    )
