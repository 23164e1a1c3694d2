"""Writes of cells: amounts, costs, values, follow-up of a year, points of the schéma."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Select, select

from app.changes import Changes
from app.domain import ctg_field_words as words
from app.services.ctg_edit import changed, edit, insert, remove
from app.services.ctg_kinds import KINDS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.session import Base


class CellWrites:
    """What is typed in a table: a cell is made at its first value, changed at the next ones."""

    _base: Base

    def set_amount(
        self, action: str, year: int, funder: str, funder_kind: str, nature: str, state: str, amount: object
    ) -> Changes:
        """Write one amount in euros as typed; an empty one is expected and unknown."""
        where = {"year": year, "funder": funder, "nature": nature, "state": state}
        return self._upsert("budget", action, where, {"funder_kind": funder_kind, "amount_cents": amount})

    def set_cost(self, action: str, year: int, nature: str, state: str, amount: object) -> Changes:
        """Write the whole cost of a year in euros as typed."""
        where = {"year": year, "nature": nature, "state": state}
        return self._upsert("cost", action, where, {"amount_cents": amount})

    def set_value(self, indicator: str, kind: str, year: int, number: object, state: int = 0) -> Changes:
        """Write a value of an indicator of a fiche: kind depart, cible or realise; state: a ValueState."""
        where = {"kind": kind, "year": year}
        return self._upsert("value", indicator, where, {"number": number, "state": state})

    def set_year(self, action: str, year: int, **values: object) -> Changes:
        """Write the yearly follow-up of a fiche: highlights, vigilance."""
        return self._upsert("year", action, {"year": year}, values)

    def set_funding(self, post: str, year: int, funder: str, state: str, amount: object) -> Changes:
        """Write what a funder gives for a post, in euros as typed."""
        where = {"year": year, "funder": funder, "state": state}
        return self._upsert("funding", post, where, {"amount_cents": amount})

    def set_quantity(
        self, ctg: str, year: int, parameter: str, quantity: object, source: str = ""
    ) -> Changes:
        """Write how many units of a parameter a convention counts in a year."""
        where = {"year": year, "parameter": parameter}
        return self._upsert("bonus", ctg, where, {"quantity": quantity, "source": source})

    def set_conformity(
        self, ctg: str, point: str, state: str, comment: str = "", checked_on: date | None = None
    ) -> Changes:
        """Write where a convention stands on a point of the schéma."""
        values = {"state": state, "comment": comment, "checked_on": checked_on}
        return self._upsert("conformity", ctg, {}, values, {"point": point})

    def _upsert(
        self,
        kind: str,
        owner: str,
        where: Mapping[str, object],
        values: Mapping[str, object],
        fixed: Mapping[str, object] | None = None,
    ) -> Changes:
        with self._base.write(words.edited(kind, [*values][-1:])) as session:
            done = upsert(session, kind, owner, where, values, fixed)
        return changed(kind) if done else Changes()


def upsert(
    session: Session,
    kind: str,
    owner: str,
    where: Mapping[str, object],
    values: Mapping[str, object],
    fixed: Mapping[str, object] | None = None,
) -> bool:
    """Make the cell found by `where` or change it; tells whether something was written."""
    uuid = session.scalar(found_by(kind, owner, {**where, **(fixed or {})}))
    if uuid is None:
        insert(session, kind, owner, {**where, **values}, fixed)
        return True
    return edit(session, kind, uuid, values)


def erase(session: Session, kind: str, owner: str, where: Mapping[str, object]) -> bool:
    """Remove the cell found by `where`; tells whether there was one."""
    uuid = session.scalar(found_by(kind, owner, where))
    if uuid is not None:
        remove(session, kind, uuid)
    return uuid is not None


def found_by(kind: str, owner: str, where: Mapping[str, object]) -> Select[tuple[str]]:
    """Query of the key of a thing of an owner with these values."""
    info = KINDS[kind]
    table = info.model.metadata.tables[info.table]
    conditions = [table.c[info.parent] == owner, *(table.c[name] == value for name, value in where.items())]
    return select(table.c.uuid).where(*conditions)
