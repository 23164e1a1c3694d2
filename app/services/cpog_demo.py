"""Loads the fictitious contract of the demonstration, with its follow-up and its closed years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

import resources
from app.domain.cpog import Contract, Engagement
from app.domain.cpog_codes import ActionState
from app.domain.cpog_records import encode, row_of
from app.domain.french import typographic as said
from app.services.cpog_delivered import indicator_key
from app.services.cpog_demo_read import day_of, demo_contract, key
from db.models.base import key_of
from db.models.cpog import CpogLinkTable, CpogTable
from db.models.cpog_series import CpogClosingTable, CpogDeadlineMarkTable
from db.queries.cpog import CHILDREN

if TYPE_CHECKING:
    import datetime

    from db.session import Base


def load_demo(base: Base) -> None:
    """Write every table of resources/demo/cpog, out of the journal: a demonstration opens with no history."""
    contract = demo_contract()
    with base.bulk() as session:
        session.execute(insert(CpogTable), [row_of(contract.cpog)])
        for field, table in CHILDREN.items():
            rows = [row_of(item) for item in getattr(contract, field)]
            if rows:
                session.execute(insert(table), rows)
        session.execute(insert(CpogClosingTable), list(_closings(contract)))
        session.execute(insert(CpogDeadlineMarkTable), list(_marks(contract)))
        session.execute(insert(CpogLinkTable), list(_links()))


def as_of(contract: Contract, day: datetime.date) -> Contract:
    """The contract as it was at the end of a day: what was entered, decided or written later is left out."""
    text = day.isoformat()
    revisions = tuple(r for r in contract.revisions if r.on <= day)
    known = {r.uuid for r in revisions}
    return replace(
        contract,
        documents=tuple(d for d in contract.documents if d.on is None or d.on <= day),
        engagements=tuple(_engagement_of(e, day) for e in contract.engagements),
        targets=tuple(t for t in contract.targets if t.entered_at[:10] <= text),
        values=tuple(v for v in contract.values if v.entered_at[:10] <= text),
        revisions=revisions,
        movements=tuple(m for m in contract.movements if m.revision_uuid in known),
        gaps=tuple(g for g in contract.gaps if g.written_on is not None and g.written_on <= day),
        comments=tuple(c for c in contract.comments if c.written_on is not None and c.written_on <= day),
        observations=tuple(o for o in contract.observations if o.period.end <= day),
    )


def _engagement_of(engagement: Engagement, day: datetime.date) -> Engagement:
    """An engagement nobody had looked at yet was still to start."""
    if not engagement.state or engagement.observed_on is None or engagement.observed_on <= day:
        return engagement
    return replace(
        engagement, state=ActionState.TO_START, observed_on=None, evidence="", comment="", reason="",
        decided_by="", decided_on=None,
    )  # fmt: skip


def _closings(contract: Contract) -> Iterator[dict[str, Any]]:
    for row in resources.read_table("demo", "cpog", "closings.csv"):
        year, version = int(row["year"]), int(row["version"])
        yield {
            "uuid": key_of("cpog-closing", contract.cpog.uuid, year, version),
            "cpog_uuid": contract.cpog.uuid, "year": year, "version": version,
            "closed_at": f"{row['closed_on']}T16:00:00+00:00", "author": row["author"],
            "reason": said(row["reason"]), "content": encode(as_of(contract, day_of(row["closed_on"]))),
        }  # fmt: skip


def _marks(contract: Contract) -> Iterator[dict[str, Any]]:
    for row in resources.read_table("demo", "cpog", "marks.csv"):
        cpog, code, year = contract.cpog.uuid, row["code"], int(row["year"])
        yield {
            "uuid": key_of("cpog-mark", cpog, code, year), "cpog_uuid": cpog, "code": code, "year": year,
            "done_on": row["done_on"], "note": said(row["note"]),
        }  # fmt: skip


def _links() -> Iterator[dict[str, Any]]:
    """What is said of the grid and of the contract before holds for the contract made from that grid."""
    head = resources.read_table("demo", "cpog", "contract.csv")[0]
    for row in resources.read_table("cpog", "liens.csv"):
        if (row["cpog"], row["autre_cpog"]) != (head["before"], head["grid"]):
            continue
        one, other = indicator_key(row["cpog"], row["ordre"]), key("indicator", row["autre_ordre"])
        yield {
            "uuid": key_of("cpog-link", *sorted((one, other))), "indicator_uuid": one, "other_uuid": other,
            "kind": row["kind"], "note": said(row["note"]),
        }  # fmt: skip
