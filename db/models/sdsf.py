"""SDSF, sheets of common indicators, and what was said of alerts.

Dates are ISO text, amounts are cents, None is « not known ». Children carry the scheme they belong to.
"""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Model, new_uuid

JOURNALED: tuple[str, ...] = (
    "sdsf",
    "sdsf_party",
    "sdsf_member",
    "sdsf_node",
    "sdsf_finding",
    "sdsf_amendment",
    "sdsf_question",
    "sdsf_sheet",
    "sdsf_sheet_line",
    "alert_answer",
)
"""Tables of this module that people edit."""


class _Row:
    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)


class _Child(_Row):
    sdsf_uuid: Mapped[str] = mapped_column(index=True)
    position: Mapped[int] = mapped_column(default=0)


class SdsfRecord(_Row, Model):
    """A schéma départemental des services aux familles, of one generation."""

    __tablename__ = "sdsf"

    code_departement: Mapped[str] = mapped_column(index=True)
    label: Mapped[str]
    generation: Mapped[int | None]
    starts_on: Mapped[str | None]
    ends_on: Mapped[str | None]
    signed_on: Mapped[str | None]
    stage: Mapped[str]
    youth_axis: Mapped[bool | None]
    beyond_childhood: Mapped[bool | None]
    sdavs: Mapped[str] = mapped_column(default="")
    sdavs_label: Mapped[str] = mapped_column(default="")
    previous_uuid: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    reliability: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class SdsfPartyRecord(_Child, Model):
    """An organisation that signs."""

    __tablename__ = "sdsf_party"

    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="")
    signed_on: Mapped[str | None]


class SdsfMemberRecord(_Child, Model):
    """A seat of the comité départemental: a function of an organisation, never a person."""

    __tablename__ = "sdsf_member"

    function: Mapped[str]
    organisation: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="")


class SdsfNodeRecord(_Child, Model):
    """An axis, an objective or an action; parent_uuid is empty for an axis."""

    __tablename__ = "sdsf_node"

    parent_uuid: Mapped[str] = mapped_column(default="", index=True)
    kind: Mapped[str]
    label: Mapped[str]
    theme: Mapped[str] = mapped_column(default="")
    expected: Mapped[str] = mapped_column(default="")
    pilot: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[str | None]
    ends_on: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="")
    budget_cents: Mapped[int | None]
    source: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class SdsfFindingRecord(_Child, Model):
    """A finding of the diagnosis, with the figure it rests on as it was read."""

    __tablename__ = "sdsf_finding"

    text: Mapped[str]
    theme: Mapped[str] = mapped_column(default="")
    figure: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")


class SdsfAmendmentRecord(_Child, Model):
    """An avenant: it adds to the scheme, never overwrites it."""

    __tablename__ = "sdsf_amendment"

    kind: Mapped[str]
    signed_on: Mapped[str]
    ends_on: Mapped[str | None]
    text: Mapped[str] = mapped_column(default="")


class SdsfQuestionRecord(_Child, Model):
    """One line of the evaluation grid."""

    __tablename__ = "sdsf_question"

    question: Mapped[str]
    criterion: Mapped[str] = mapped_column(default="")
    indicator: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    value_t0: Mapped[str] = mapped_column(default="")
    value_t1: Mapped[str] = mapped_column(default="")
    value_t2: Mapped[str] = mapped_column(default="")
    judgement: Mapped[str] = mapped_column(default="")
    argument: Mapped[str] = mapped_column(default="")


class SdsfSheetRecord(_Row, Model):
    """One version of the yearly sheet of common indicators of a département."""

    __tablename__ = "sdsf_sheet"

    code_departement: Mapped[str] = mapped_column(index=True)
    year: Mapped[int]
    version: Mapped[int]
    file: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[str]
    sent_on: Mapped[str | None]


class SdsfSheetLineRecord(_Row, Model):
    """One line of a sheet; filled_by: cnaf, drees, local or empty; indicator: that of the base, if linked."""

    __tablename__ = "sdsf_sheet_line"

    sheet_uuid: Mapped[str] = mapped_column(index=True)
    position: Mapped[int]
    code: Mapped[str] = mapped_column(default="")
    label: Mapped[str]
    unit: Mapped[str] = mapped_column(default="")
    theme: Mapped[str] = mapped_column(default="")
    number: Mapped[float | None]
    state: Mapped[int]
    filled_by: Mapped[str] = mapped_column(default="")
    indicator: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class AlertAnswerRecord(_Row, Model):
    """What someone answered to an alert: put off until a date, or done, with a reason."""

    __tablename__ = "alert_answer"

    key: Mapped[str] = mapped_column(index=True)
    rule: Mapped[str]
    answer: Mapped[str]
    until: Mapped[str | None]
    reason: Mapped[str]
    answered_at: Mapped[str]
    evidence: Mapped[str] = mapped_column(default="")
