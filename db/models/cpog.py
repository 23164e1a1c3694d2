"""COG and CPOG: contracts, indicators and what is said of them.

Every child row carries the contract it belongs to, so that one contract is read table by table.
"""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Model
from db.models.cpog_rows import Child, Row
from db.models.cpog_series import (
    CpogClosingTable,
    CpogCommentTable,
    CpogDeadlineMarkTable,
    CpogDeadlineTable,
    CpogGapTable,
    CpogHypothesisTable,
    CpogMovementTable,
    CpogObservationTable,
    CpogPeerTable,
    CpogRevisionTable,
    CpogTargetTable,
    CpogValueTable,
)


class CogTable(Row, Model):
    """A convention between the State and the Cnaf."""

    __tablename__ = "cog"

    code: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    starts_on: Mapped[str]
    ends_on: Mapped[str]
    delivered: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(default="")


class CogNodeTable(Row, Model):
    """An axis, fiche, engagement, action or évaluation; its key is COG, fiche, actor, code."""

    __tablename__ = "cog_node"

    cog_code: Mapped[str] = mapped_column(index=True)
    parent_uuid: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    kind: Mapped[str]
    actor: Mapped[str] = mapped_column(default="")
    fiche: Mapped[str] = mapped_column(default="")
    code: Mapped[str]
    title: Mapped[str]
    years: Mapped[str] = mapped_column(default="")
    uncertain: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")


class CogFollowTable(Row, Model):
    """Where one évaluation stands for one département; the uuid comes from both."""

    __tablename__ = "cog_follow"

    node_uuid: Mapped[str] = mapped_column(index=True)
    departement: Mapped[str]
    state: Mapped[str]
    evidence: Mapped[str] = mapped_column(default="")
    comment: Mapped[str] = mapped_column(default="")
    observed_on: Mapped[str | None]


class CpogTable(Row, Model):
    """A contract between a Caf and the Cnaf."""

    __tablename__ = "cpog"

    code: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    departement: Mapped[str]
    starts_on: Mapped[str]
    ends_on: Mapped[str]
    signed: Mapped[bool] = mapped_column(default=False)
    signed_on: Mapped[str | None]
    cog_code: Mapped[str] = mapped_column(default="")
    delivered: Mapped[bool] = mapped_column(default=False)
    announced: Mapped[int | None]
    previous_uuid: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class CpogPartyTable(Child, Model):
    """A party of a contract."""

    __tablename__ = "cpog_party"

    position: Mapped[int]
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    signed_on: Mapped[str | None]


class CpogDocumentTable(Child, Model):
    """An annex, an avenant, or another act."""

    __tablename__ = "cpog_document"

    kind: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    label: Mapped[str]
    on: Mapped[str | None]
    signed: Mapped[bool] = mapped_column(default=False)
    subject: Mapped[str] = mapped_column(default="")


class CpogEngagementTable(Child, Model):
    """A node of the tree of engagements, enjeux and défis, with its follow-up."""

    __tablename__ = "cpog_engagement"

    parent_uuid: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    code: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    theme: Mapped[str] = mapped_column(default="")
    territory: Mapped[str] = mapped_column(default="")
    measurable: Mapped[bool] = mapped_column(default=False)
    target_text: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="")
    due_on: Mapped[str | None]
    observed_on: Mapped[str | None]
    evidence: Mapped[str] = mapped_column(default="")
    comment: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[str | None]
    weight: Mapped[float | None]


class CpogIndicatorTable(Child, Model):
    """An indicator, or one of its sub-series (parent_uuid)."""

    __tablename__ = "cpog_indicator"

    parent_uuid: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    rank: Mapped[int] = mapped_column(default=0)
    code: Mapped[str] = mapped_column(default="")
    domain: Mapped[str] = mapped_column(default="")
    heading: Mapped[str] = mapped_column(default="")
    fiche: Mapped[str] = mapped_column(default="")
    label: Mapped[str]
    short_label: Mapped[str] = mapped_column(default="")
    sub_series: Mapped[str] = mapped_column(default="")
    nature: Mapped[str]
    type: Mapped[str]
    unit: Mapped[str]
    unit_detail: Mapped[str] = mapped_column(default="")
    decimals: Mapped[int] = mapped_column(default=1)
    direction: Mapped[str]
    converge_to: Mapped[float | None]
    target_kind: Mapped[str]
    target_text: Mapped[str] = mapped_column(default="")
    start_year: Mapped[int | None]
    periodicity: Mapped[str] = mapped_column(default="annuelle")
    due_on: Mapped[str | None]
    reference: Mapped[float | None]
    reference_year: Mapped[int | None]
    reference_text: Mapped[str] = mapped_column(default="")
    cog_ref: Mapped[str] = mapped_column(default="")
    low: Mapped[float | None]
    high: Mapped[float | None]
    tolerance: Mapped[float | None]
    weight: Mapped[float | None]
    pinned: Mapped[bool] = mapped_column(default=False)
    computed: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class CpogFlagTable(Child, Model):
    """A contradiction of the document: printed value, other value, and why."""

    __tablename__ = "cpog_flag"

    indicator_uuid: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    kind: Mapped[str]
    printed: Mapped[str] = mapped_column(default="")
    other: Mapped[str] = mapped_column(default="")
    text: Mapped[str]


class CpogLinkTable(Row, Model):
    """Two indicators said to be the same measure, close, or not to be chained."""

    __tablename__ = "cpog_link"

    indicator_uuid: Mapped[str] = mapped_column(index=True)
    other_uuid: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    note: Mapped[str] = mapped_column(default="")


TABLES: tuple[type[Model], ...] = (
    CogTable, CogNodeTable, CogFollowTable, CpogTable, CpogPartyTable, CpogDocumentTable,
    CpogEngagementTable, CpogIndicatorTable, CpogFlagTable, CpogLinkTable, CpogTargetTable, CpogValueTable,
    CpogRevisionTable, CpogMovementTable, CpogGapTable, CpogCommentTable, CpogHypothesisTable,
    CpogObservationTable, CpogClosingTable, CpogDeadlineTable, CpogDeadlineMarkTable, CpogPeerTable,
)  # fmt: skip
"""Every table of this module; a migration appends, never reorders."""

JOURNALED: tuple[str, ...] = tuple(table.__tablename__ for table in TABLES)
"""Tables of this module that people edit."""
