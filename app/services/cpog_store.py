"""Contracts read from the base, and how the parts of the CPOG service write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.changes import Changes, Topic
from app.domain.cpog import Contract, CpogIndicator
from app.domain.cpog_errors import UnknownContract, UnknownItem
from app.domain.cpog_records import contract_of, row_of
from db.models.cpog import CpogIndicatorTable
from db.queries.cpog import Row, all_rows, children_rows, contract_rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.services.cpog_computed import ComputedSource
    from app.services.territory import TerritoryService
    from db.models.base import Model
    from db.session import Base

CHANGED = Changes(frozenset({Topic.CPOG, Topic.ALERTS, Topic.JOURNAL}))


@dataclass(frozen=True, slots=True)
class _Held:
    """Contracts read since the base last changed; stamp: see `Base.stamp`."""

    stamp: object
    rows: tuple[Row, ...]
    contracts: dict[str, Contract] = field(default_factory=dict)


class CpogStore:
    """What every part of the service shares: the base, the contracts, the sources of computed values."""

    def __init__(
        self, base: Base, territory: TerritoryService | None = None, computed: Sequence[ComputedSource] = ()
    ) -> None:
        """territory: names of Caf; computed: what the base can compute itself, asked in order."""
        self._base = base
        self._territory = territory
        self._computed = tuple(computed)
        self._held: _Held | None = None

    def add_computed(self, *sources: ComputedSource) -> None:
        """Add sources of computed values, built after this service."""
        self._computed = (*self._computed, *sources)

    def contract(self, code: str) -> Contract:
        """Everything of one contract, by code or uuid. Raises UnknownContract."""
        held = self._current()
        row = next((r for r in held.rows if code in (r["code"], r["uuid"])), None)
        if row is None:
            raise UnknownContract(code=code, known=tuple(r["code"] for r in held.rows))
        return self._read(held, row)

    def all_contracts(self) -> list[Contract]:
        """Every contract, oldest first."""
        held = self._current()
        return [self._read(held, row) for row in held.rows]

    def _current(self) -> _Held:
        """What is known of the base as it is now: a contract has thousands of rows and is asked for often."""
        stamp = self._base.stamp()
        held = self._held
        if stamp is None or held is None or held.stamp != stamp:
            with self._base.read() as session:
                held = _Held(stamp, tuple(contract_rows(session)))
            self._held = None if stamp is None else held
        return held

    def _read(self, held: _Held, row: Row) -> Contract:
        found = held.contracts.get(row["uuid"])
        if found is None:
            with self._base.read() as session:
                found = contract_of(row, children_rows(session, row["uuid"]))
            held.contracts[row["uuid"]] = found
        return found

    def contract_with(self, indicator_uuid: str) -> tuple[Contract, CpogIndicator]:
        """The contract that holds an indicator, and the indicator. Raises UnknownItem."""
        with self._base.read() as session:
            found = all_rows(session, CpogIndicatorTable, uuid=indicator_uuid)
        if not found:
            raise UnknownItem(what="indicateur")
        contract = self.contract(found[0]["cpog_uuid"])
        return contract, contract.by_uuid[indicator_uuid]

    @contextmanager
    def _writing(self, name: str) -> Iterator[Session]:
        with self._base.write(name) as session:
            yield session


def add(session: Session, table: type[Model], item: Any) -> None:
    """Add a record to its table."""
    session.add(table(**row_of(item)))


def update(session: Session, table: type[Model], uuid: str, **values: Any) -> None:
    """Change columns of one row. Raises UnknownItem."""
    row = session.get(table, uuid)
    if row is None:
        raise UnknownItem(what="ligne")
    for name, value in values.items():
        setattr(row, name, value)


def remove(session: Session, table: type[Model], uuid: str) -> None:
    """Delete one row. Raises UnknownItem."""
    row = session.get(table, uuid)
    if row is None:
        raise UnknownItem(what="ligne")
    session.delete(row)
