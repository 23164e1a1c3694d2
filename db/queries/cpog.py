"""Contracts read whole, table by table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import cpog as own
from db.models import cpog_series as series
from db.models.base import Model

CHILDREN: Mapping[str, type[Model]] = {
    "parties": own.CpogPartyTable,
    "documents": own.CpogDocumentTable,
    "engagements": own.CpogEngagementTable,
    "indicators": own.CpogIndicatorTable,
    "flags": own.CpogFlagTable,
    "targets": series.CpogTargetTable,
    "values": series.CpogValueTable,
    "revisions": series.CpogRevisionTable,
    "movements": series.CpogMovementTable,
    "gaps": series.CpogGapTable,
    "comments": series.CpogCommentTable,
    "hypotheses": series.CpogHypothesisTable,
    "observations": series.CpogObservationTable,
    "peers": series.CpogPeerTable,
}
"""Tables of one contract, by field of app.domain.cpog.Contract."""

_ORDER = ("position", "on", "year", "quarter", "version", "uuid")

Row = dict[str, Any]


def contract_rows(session: Session) -> list[Row]:
    """Return every contract, oldest first."""
    table = own.CpogTable.__table__
    query = select(table).order_by(table.c.starts_on, table.c.code)
    return [dict(row) for row in session.execute(query).mappings()]


def children_rows(session: Session, cpog_uuid: str) -> dict[str, list[Row]]:
    """Return the rows of every table of one contract, in a stable order."""
    return {name: _rows(session, model, cpog_uuid) for name, model in CHILDREN.items()}


def _rows(session: Session, model: type[Model], cpog_uuid: str) -> list[Row]:
    table = model.__table__
    order = [table.c[name] for name in _ORDER if name in table.c]
    query = select(table).where(table.c.cpog_uuid == cpog_uuid).order_by(*order)
    return [dict(row) for row in session.execute(query).mappings()]


def all_rows(session: Session, model: type[Model], **equal: object) -> list[Row]:
    """Return the rows of one table whose columns have the given values."""
    table = model.__table__
    query = select(table).where(*(table.c[name] == value for name, value in equal.items()))
    return [dict(row) for row in session.execute(query.order_by(table.c.uuid)).mappings()]
