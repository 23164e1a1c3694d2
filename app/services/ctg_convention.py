"""Writes about a convention: creation, territory, avenants, themes, renewal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

import resources
from app.changes import Changes
from app.domain import ctg_field_words as words
from app.domain.ctg import CtgStatus, PartyKind, Scope, Span
from app.domain.ctg_errors import BadField
from app.domain.errors import UnknownTerritory
from app.domain.territory import Level
from app.services.ctg_checks import check_no_overlap, check_row
from app.services.ctg_edit import Editor, add_row, changed, find, insert
from app.services.ctg_load import convention_of, iso
from app.services.ctg_renew import copy_alive
from app.services.ctg_rows import Created, NewCtg
from db.models.ctg import Ctg, CtgAmendment, CtgMember, CtgTheme

if TYPE_CHECKING:
    from app.domain.reference import Reference
    from db.session import Base


class ConventionWrites:
    """What changes a convention; every call is one action that can be undone."""

    _base: Base
    _reference: Reference
    _editor: Editor
    _departements: tuple[str, ...]

    def create(self, new: NewCtg) -> Created:
        """Create a convention in préfiguration with its communes, signatories and annexes.

        Raises BadField, UnknownTerritory, EndBeforeStart, OverlappingCtg.
        """
        communes = self._communes(new.scope, new.codes)
        with self._base.write(f"CTG «\u202f{new.name}\u202f» créée") as session:
            values = {
                "name": new.name, "starts_on": new.starts_on, "ends_on": new.ends_on,
                "source": new.source, "fictitious": new.fictitious,
            }  # fmt: skip
            fixed = {"scope": new.scope, "status": CtgStatus.PREFIGURATION}
            uuid = insert(session, "ctg", "", values, fixed)
            for code in communes:
                add_row(session, "member", uuid, {"code_commune": code})
            for kind, name, code in self._first_parties(new):
                insert(session, "party", uuid, {"kind": kind, "name": name, "code": code})
            for annex in resources.read_table("ctg", "annexes.csv"):
                insert(session, "annex", uuid, {"title": annex["title"]})
            begun = {"status": CtgStatus.PREFIGURATION, "reached_on": iso(new.begun_on)}
            add_row(session, "stage", uuid, begun)
            session.flush()
            check_no_overlap(session, uuid)
        return Created(uuid, changed("ctg"))

    def _communes(self, scope: Scope, codes: Sequence[str]) -> tuple[str, ...]:
        if not codes:
            raise BadField(field="scope", value="", reason="empty")
        level = {Scope.COMMUNE: Level.COMMUNE, Scope.DEPARTEMENT: Level.DEPARTEMENT}.get(scope, Level.EPCI)
        for code in codes:
            if not self._reference.exists(level, code):
                raise UnknownTerritory(code=code, level=level)
        if scope is Scope.COMMUNE:
            return tuple(dict.fromkeys(codes))
        if scope is Scope.DEPARTEMENT:
            return tuple(c.code for dep in codes for c in self._reference.communes(departement=dep))
        return tuple(dict.fromkeys(code for epci in codes for code in self._reference.members(epci)))

    def _first_parties(self, new: NewCtg) -> list[tuple[PartyKind, str, str]]:
        deps = {
            self._reference.commune(code).code_departement for code in self._communes(new.scope, new.codes)
        }
        own = [dep for dep in self._departements if dep in deps] or sorted(deps)
        found = [(PartyKind.CAF, self._reference.departement(dep).caf_name, dep) for dep in own]
        kinds = {
            Scope.EPCI: (PartyKind.EPCI, Level.EPCI), Scope.EPCIS: (PartyKind.EPCI, Level.EPCI),
            Scope.COMMUNE: (PartyKind.COMMUNE, Level.COMMUNE),
            Scope.DEPARTEMENT: (PartyKind.DEPARTEMENT, Level.DEPARTEMENT),
        }  # fmt: skip
        kind, level = kinds[new.scope]
        found += [(kind, self._reference.name(level, code), code) for code in new.codes]
        return found + [(kind, name, "") for kind, name in new.parties]

    # -- territory ----------------------------------------------------------------------------------

    def join(
        self, uuid: str, codes: Collection[str], joins_on: date | None = None, amendment: str | None = None
    ) -> Changes:
        """Add communes, from a day (None: from the start), maybe by an avenant.

        Raises UnknownTerritory, OverlappingCtg; BadField for a commune that is already a member that day.
        """
        with self._base.write("communes ajoutées à la CTG") as session:
            find(session, "ctg", uuid)
            held = convention_of(session, uuid)
            for code in codes:
                if not self._reference.exists(Level.COMMUNE, code):
                    raise UnknownTerritory(code=code, level=Level.COMMUNE)
                if any(m.code == code and m.span.meets(Span(joins_on, None)) for m in held.members):
                    raise BadField(field="communes", value=code, reason="duplicate")
                columns = {"code_commune": code, "joins_on": iso(joins_on), "amendment_uuid": amendment}
                add_row(session, "member", uuid, columns)
            session.flush()
            check_no_overlap(session, uuid)
        return changed("ctg")

    def leave(self, uuid: str, codes: Collection[str], leaves_on: date) -> Changes:
        """Say the last day of communes in a convention; nothing is forgotten. Raises EndBeforeStart."""
        with self._base.write("communes sorties de la CTG") as session:
            find(session, "ctg", uuid)
            rows = session.scalars(
                select(CtgMember).where(
                    CtgMember.ctg_uuid == uuid,
                    CtgMember.code_commune.in_(tuple(codes)),
                    CtgMember.leaves_on.is_(None),
                )
            ).all()
            for row in rows:
                row.leaves_on = leaves_on.isoformat()
                check_row(session, "member", row)
        return changed("ctg") if rows else Changes()

    def amend(
        self,
        uuid: str,
        communes: Collection[str] = (),
        themes: Collection[str] = (),
        parties: Sequence[tuple[PartyKind, str]] = (),
        **values: object,
    ) -> Created:
        """Add an avenant, with what it brings: communes, themes and signatories join on its effective day.

        values: kind, title, signed_on, effective_on, new_ends_on, document_uuid, note. Nothing of the signed
        convention is overwritten. Raises BadField, EndBeforeStart, OverlappingCtg.
        """
        with self._base.write(words.added("amendment")) as session:
            find(session, "ctg", uuid)
            last = session.scalar(select(func.max(CtgAmendment.number)).where(CtgAmendment.ctg_uuid == uuid))
            amendment = insert(session, "amendment", uuid, values, {"number": (last or 0) + 1})
            since = session.get_one(CtgAmendment, amendment).effective_on
            for code in communes:
                if not self._reference.exists(Level.COMMUNE, code):
                    raise UnknownTerritory(code=code, level=Level.COMMUNE)
                columns = {"code_commune": code, "joins_on": since, "amendment_uuid": amendment}
                add_row(session, "member", uuid, columns)
            for code in themes:
                insert(session, "theme", uuid, {"code": code, "since": since, "amendment_uuid": amendment})
            for kind, name in parties:
                party = {"kind": kind, "name": name, "joins_on": since, "amendment_uuid": amendment}
                insert(session, "party", uuid, party)
            session.flush()
            check_no_overlap(session, uuid)
        return Created(amendment, changed("amendment"))

    # -- themes -------------------------------------------------------------------------------------

    def set_themes(self, uuid: str, codes: Collection[str]) -> Changes:
        """Choose the themes signed at the start; those that came by an avenant are left alone."""
        with self._base.write("thèmes de la CTG") as session:
            find(session, "ctg", uuid)
            held = session.scalars(select(CtgTheme).where(CtgTheme.ctg_uuid == uuid)).all()
            for row in held:
                if row.amendment_uuid is None and row.code not in codes:
                    session.delete(row)
            known = {row.code for row in held}
            for code in dict.fromkeys(codes):
                if code not in known:
                    insert(session, "theme", uuid, {"code": code})
        return changed("ctg")

    # -- renewal ------------------------------------------------------------------------------------

    def renew(
        self, uuid: str, starts_on: date, ends_on: date | None, name: str = "", on: date | None = None
    ) -> Created:
        """Create the convention that follows: what is alive is copied, the link is kept.

        on: the day its préfiguration begins. The former one keeps its status until it is advanced to
        « renouvelée ». Raises OverlappingCtg,
        EndBeforeStart.
        """
        with self._base.write("CTG renouvelée") as session:
            old: Ctg = find(session, "ctg", uuid)
            end = convention_of(session, uuid).end_at() or starts_on - timedelta(days=1)
            values = {
                "name": name or f"{old.name} {starts_on.year}", "starts_on": starts_on, "ends_on": ends_on,
                "ambition": old.ambition, "fictitious": old.fictitious,
            }  # fmt: skip
            fixed = {
                "scope": old.scope, "status": CtgStatus.PREFIGURATION, "previous_uuid": uuid,
                "cej_ends_on": None,
            }  # fmt: skip
            new = insert(session, "ctg", "", values, fixed)
            copy_alive(session, uuid, new, end)
            add_row(session, "stage", new, {"status": CtgStatus.PREFIGURATION, "reached_on": iso(on)})
            session.flush()
            check_no_overlap(session, new)
        return Created(new, changed("ctg"))
