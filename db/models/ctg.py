"""CTG: conventions, their parties, territory, documents and follow-up; the plan and the steering are beside.

Dates are ISO texts, amounts are integer cents. Foreign keys wait for the commit, so that an action may write
its rows in any order; nothing cascades, since the journal must see each deletion.
"""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from db.models import ctg_plan, ctg_steering
from db.models.base import Model, new_uuid
from db.models.ctg_columns import key, optional_parent, parent, prose

JOURNALED: tuple[str, ...] = (
    "ctg",
    "ctg_stage",
    "ctg_member",
    "ctg_party",
    "ctg_amendment",
    "ctg_theme",
    "ctg_annex",
    "ctg_note",
    "ctg_parameter",
    "ctg_bonus_line",
    "coop_post",
    "coop_funding",
    "conformity",
    "document",
    "link",
    "contact",
    *ctg_plan.JOURNALED,
    *ctg_steering.JOURNALED,
)
"""Tables of this module and of its two companions that people edit."""

__all__ = ["JOURNALED", "ctg_plan", "ctg_steering"]


class Ctg(Model):
    """One convention. ends_on is the end first agreed: prolongations are amendments, and never change it."""

    __tablename__ = "ctg"

    uuid: Mapped[str] = key()
    name: Mapped[str]
    scope: Mapped[str]
    """« epci », « epcis », « commune » or « departement »: what it was created from."""
    status: Mapped[str]
    starts_on: Mapped[str | None]
    ends_on: Mapped[str | None]
    signed_on: Mapped[str | None]
    cej_ends_on: Mapped[str | None]
    previous_uuid: Mapped[str | None] = optional_parent("ctg")
    ambition: Mapped[str] = prose()
    note: Mapped[str] = prose()
    source: Mapped[str] = prose()
    fictitious: Mapped[bool] = mapped_column(default=False)


class CtgStage(Model):
    """A step of the lifecycle: planned, then reached, with the document that proves it."""

    __tablename__ = "ctg_stage"

    uuid: Mapped[str] = key()
    ctg_uuid: Mapped[str] = parent("ctg")
    status: Mapped[str]
    planned_on: Mapped[str | None]
    reached_on: Mapped[str | None]
    document_uuid: Mapped[str | None] = optional_parent("document")
    note: Mapped[str] = prose()


class CtgMember(Model):
    """A commune in a convention, from a date to a date; empty dates follow the convention."""

    __tablename__ = "ctg_member"

    uuid: Mapped[str] = key()
    ctg_uuid: Mapped[str] = parent("ctg")
    code_commune: Mapped[str] = mapped_column(index=True)
    joins_on: Mapped[str | None]
    leaves_on: Mapped[str | None]
    amendment_uuid: Mapped[str | None] = optional_parent("ctg_amendment")


class CtgParty(Model):
    """A signatory of any kind, with its deliberation."""

    __tablename__ = "ctg_party"

    uuid: Mapped[str] = key()
    ctg_uuid: Mapped[str] = parent("ctg")
    rank: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str]
    name: Mapped[str]
    code: Mapped[str] = prose()
    deliberation_expected: Mapped[bool] = mapped_column(default=True)
    deliberation_number: Mapped[str] = prose()
    deliberation_on: Mapped[str | None]
    document_uuid: Mapped[str | None] = optional_parent("document")
    joins_on: Mapped[str | None]
    leaves_on: Mapped[str | None]
    amendment_uuid: Mapped[str | None] = optional_parent("ctg_amendment")
    note: Mapped[str] = prose()


class CtgAmendment(Model):
    """An avenant: it adds to the convention and never overwrites what was signed."""

    __tablename__ = "ctg_amendment"

    uuid: Mapped[str] = key()
    ctg_uuid: Mapped[str] = parent("ctg")
    number: Mapped[int]
    kind: Mapped[str]
    title: Mapped[str]
    signed_on: Mapped[str | None]
    effective_on: Mapped[str]
    new_ends_on: Mapped[str | None]
    document_uuid: Mapped[str | None] = optional_parent("document")
    note: Mapped[str] = prose()


class CtgTheme(Model):
    """A theme of a convention, from a date (empty: from its start); label only for a theme users made."""

    __tablename__ = "ctg_theme"

    uuid: Mapped[str] = key()
    ctg_uuid: Mapped[str] = parent("ctg")
    code: Mapped[str]
    label: Mapped[str] = prose()
    since: Mapped[str | None]
    until: Mapped[str | None]
    amendment_uuid: Mapped[str | None] = optional_parent("ctg_amendment")


class CtgAnnex(Model):
    """One annex of a convention, in order."""

    __tablename__ = "ctg_annex"

    uuid: Mapped[str] = key()
    ctg_uuid: Mapped[str] = parent("ctg")
    rank: Mapped[int]
    title: Mapped[str]
    document_uuid: Mapped[str | None] = optional_parent("document")


class CtgNote(Model):
    """A line of the synthesis: « force », « faiblesse », « opportunite » or « menace »."""

    __tablename__ = "ctg_note"

    uuid: Mapped[str] = key()
    ctg_uuid: Mapped[str] = parent("ctg")
    kind: Mapped[str]
    rank: Mapped[int]
    text: Mapped[str]


class CtgParameter(Model):
    """A dated amount of this base: it replaces the delivered one of same code and start, or adds to them."""

    __tablename__ = "ctg_parameter"

    uuid: Mapped[str] = key()
    code: Mapped[str]
    label: Mapped[str]
    value: Mapped[float | None]
    unit: Mapped[str]
    valid_from: Mapped[str | None]
    valid_to: Mapped[str | None]
    source: Mapped[str] = prose()
    note: Mapped[str] = prose()


class CtgBonusLine(Model):
    """How many units of one parameter a convention counts in a year: places, ETP, hours."""

    __tablename__ = "ctg_bonus_line"

    uuid: Mapped[str] = key()
    ctg_uuid: Mapped[str] = parent("ctg")
    year: Mapped[int]
    parameter: Mapped[str]
    quantity: Mapped[float | None]
    source: Mapped[str] = prose()
    note: Mapped[str] = prose()


class CoopPost(Model):
    """A post of chargé de coopération, never a person; vacant between two dates."""

    __tablename__ = "coop_post"

    uuid: Mapped[str] = key()
    ctg_uuid: Mapped[str] = parent("ctg")
    rank: Mapped[int] = mapped_column(default=0)
    title: Mapped[str]
    employer: Mapped[str]
    employer_kind: Mapped[str]
    fte: Mapped[float | None]
    starts_on: Mapped[str | None]
    ends_on: Mapped[str | None]
    vacant_from: Mapped[str | None]
    vacant_to: Mapped[str | None]
    note: Mapped[str] = prose()


class CoopFunding(Model):
    """What a funder gives for a post in a year."""

    __tablename__ = "coop_funding"

    uuid: Mapped[str] = key()
    post_uuid: Mapped[str] = parent("coop_post")
    year: Mapped[int]
    funder: Mapped[str]
    state: Mapped[str]
    amount_cents: Mapped[int | None]


class Conformity(Model):
    """Where a convention stands on one point of the schéma pluriannuel; evidence is in links."""

    __tablename__ = "conformity"

    uuid: Mapped[str] = key()
    ctg_uuid: Mapped[str] = parent("ctg")
    point: Mapped[str]
    state: Mapped[str]
    comment: Mapped[str] = prose()
    checked_on: Mapped[str | None]


class Document(Model):
    """A file copied into the companion folder of the base, with its digest."""

    __tablename__ = "document"

    uuid: Mapped[str] = key()
    owner_kind: Mapped[str]
    owner_uuid: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str] = prose()
    title: Mapped[str]
    file: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    added_at: Mapped[str]
    note: Mapped[str] = prose()


class Link(Model):
    """A link between two things, read both ways."""

    __tablename__ = "link"

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    from_kind: Mapped[str]
    from_uuid: Mapped[str] = mapped_column(index=True)
    to_kind: Mapped[str]
    to_uuid: Mapped[str] = mapped_column(index=True)
    note: Mapped[str] = prose()


class Contact(Model):
    """Personal data: a function, its organisation, and how to reach it if the user typed it."""

    __tablename__ = "contact"

    uuid: Mapped[str] = key()
    ctg_uuid: Mapped[str | None] = optional_parent("ctg")
    function: Mapped[str]
    organisation: Mapped[str] = prose()
    mail: Mapped[str] = prose()
    phone: Mapped[str] = prose()
    note: Mapped[str] = prose()
