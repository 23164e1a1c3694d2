"""The plan of a CTG: findings, tree, actions, steps, money, commitments, indicators."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Model
from db.models.ctg_columns import key, optional_parent, parent, prose

JOURNALED: tuple[str, ...] = (
    "finding",
    "finding_figure",
    "plan_node",
    "action_sheet",
    "action_step",
    "action_status",
    "action_cost",
    "budget_line",
    "commitment",
    "action_indicator",
    "action_value",
    "action_year",
)
"""Tables of this module that people edit."""


class Finding(Model):
    """A constat of the diagnostic."""

    __tablename__ = "finding"

    uuid: Mapped[str] = key()
    ctg_uuid: Mapped[str] = parent("ctg")
    rank: Mapped[int]
    theme: Mapped[str] = prose()
    text: Mapped[str]
    fictitious: Mapped[bool] = mapped_column(default=False)


class FindingFigure(Model):
    """A figure a finding rests on, pinned as it was: value, state and version do not follow the base."""

    __tablename__ = "finding_figure"

    uuid: Mapped[str] = key()
    finding_uuid: Mapped[str] = parent("finding")
    rank: Mapped[int]
    indicator: Mapped[str]
    label: Mapped[str]
    unit: Mapped[str] = prose()
    decimals: Mapped[int]
    level: Mapped[int]
    code: Mapped[str]
    place: Mapped[str]
    year: Mapped[int]
    number: Mapped[float | None]
    state: Mapped[int]
    estimated: Mapped[bool] = mapped_column(default=False)
    fictitious: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = prose()
    file: Mapped[str] = prose()
    sha256: Mapped[str] = prose()
    row: Mapped[int | None]
    import_number: Mapped[int | None]
    pinned_at: Mapped[str]


class PlanNode(Model):
    """An enjeu, an objectif stratégique or an objectif opérationnel."""

    __tablename__ = "plan_node"

    uuid: Mapped[str] = key()
    ctg_uuid: Mapped[str] = parent("ctg")
    parent_uuid: Mapped[str | None] = optional_parent("plan_node")
    kind: Mapped[str]
    rank: Mapped[int]
    title: Mapped[str]
    text: Mapped[str] = prose()
    theme: Mapped[str] = prose()


class ActionSheet(Model):
    """A fiche action. communes: codes separated by spaces, empty for the whole territory."""

    __tablename__ = "action_sheet"

    uuid: Mapped[str] = key()
    ctg_uuid: Mapped[str] = parent("ctg")
    node_uuid: Mapped[str | None] = optional_parent("plan_node")
    rank: Mapped[int]
    reference: Mapped[str] = prose()
    """Number in the file it was imported from, empty otherwise."""
    title: Mapped[str]
    theme: Mapped[str] = prose()
    kind: Mapped[str] = prose()
    origin_kind: Mapped[str] = prose()
    origin: Mapped[str] = prose()
    finding: Mapped[str] = prose()
    description: Mapped[str] = prose()
    audience: Mapped[str] = prose()
    communes: Mapped[str] = prose()
    deliverables: Mapped[str] = prose()
    pilot_function: Mapped[str] = prose()
    pilot_organisation: Mapped[str] = prose()
    elected_function: Mapped[str] = prose()
    partners: Mapped[str] = prose()
    caf_role: Mapped[str] = prose()
    fte: Mapped[float | None]
    places: Mapped[int | None]
    expected_result: Mapped[str] = prose()
    vigilance: Mapped[str] = prose()
    retex: Mapped[str] = prose()
    starts_on: Mapped[str | None]
    ends_on: Mapped[str | None]
    status: Mapped[str]
    progress_override: Mapped[int | None]
    progress_reason: Mapped[str] = prose()
    gap_rule: Mapped[str] = prose()
    gap_level: Mapped[int | None]
    gap_code: Mapped[str] = prose()
    gap_name: Mapped[str] = prose()
    gap_reason: Mapped[str] = prose()
    copied_from: Mapped[str] = prose()
    fictitious: Mapped[bool] = mapped_column(default=False)


class ActionStep(Model):
    """An étape of a fiche."""

    __tablename__ = "action_step"

    uuid: Mapped[str] = key()
    action_uuid: Mapped[str] = parent("action_sheet")
    rank: Mapped[int]
    title: Mapped[str]
    holder: Mapped[str] = prose()
    planned_on: Mapped[str | None]
    done_on: Mapped[str | None]
    note: Mapped[str] = prose()


class ActionStatus(Model):
    """A passage of a fiche from a status to another; four of them need reason, decider and date."""

    __tablename__ = "action_status"

    uuid: Mapped[str] = key()
    action_uuid: Mapped[str] = parent("action_sheet")
    before: Mapped[str]
    after: Mapped[str]
    reason: Mapped[str] = prose()
    decider: Mapped[str] = prose()
    decided_on: Mapped[str | None]
    until: Mapped[str | None]


class ActionCost(Model):
    """The whole cost of a fiche in a year, by nature and state; unknown if null."""

    __tablename__ = "action_cost"

    uuid: Mapped[str] = key()
    action_uuid: Mapped[str] = parent("action_sheet")
    year: Mapped[int]
    nature: Mapped[str]
    state: Mapped[str]
    amount_cents: Mapped[int | None]


class BudgetLine(Model):
    """What one funder brings to a fiche in a year; a null amount is expected and not known yet."""

    __tablename__ = "budget_line"

    uuid: Mapped[str] = key()
    action_uuid: Mapped[str] = parent("action_sheet")
    year: Mapped[int]
    funder: Mapped[str]
    funder_kind: Mapped[str]
    nature: Mapped[str]
    state: Mapped[str]
    amount_cents: Mapped[int | None]
    note: Mapped[str] = prose()


class Commitment(Model):
    """What a signatory undertook, with its date and what a delay would cost."""

    __tablename__ = "commitment"

    uuid: Mapped[str] = key()
    ctg_uuid: Mapped[str] = parent("ctg")
    party_uuid: Mapped[str] = parent("ctg_party")
    rank: Mapped[int] = mapped_column(default=0)
    text: Mapped[str]
    due_on: Mapped[str | None]
    done_on: Mapped[str | None]
    dropped_on: Mapped[str | None]
    impact: Mapped[str] = prose()


class ActionIndicator(Model):
    """An indicator of a fiche: from the dictionary when indicator is a code, typed otherwise."""

    __tablename__ = "action_indicator"

    uuid: Mapped[str] = key()
    action_uuid: Mapped[str] = parent("action_sheet")
    rank: Mapped[int]
    indicator: Mapped[str] = prose()
    label: Mapped[str]
    unit: Mapped[str] = prose()
    decimals: Mapped[int] = mapped_column(default=0)
    direction: Mapped[str]
    source: Mapped[str] = prose()


class ActionValue(Model):
    """One value of an indicator of a fiche: « depart », « cible » or « realise »."""

    __tablename__ = "action_value"

    uuid: Mapped[str] = key()
    indicator_uuid: Mapped[str] = parent("action_indicator")
    kind: Mapped[str]
    year: Mapped[int]
    number: Mapped[float | None]
    state: Mapped[int]
    fictitious: Mapped[bool] = mapped_column(default=False)


class ActionYear(Model):
    """The yearly follow-up of a fiche."""

    __tablename__ = "action_year"

    uuid: Mapped[str] = key()
    action_uuid: Mapped[str] = parent("action_sheet")
    year: Mapped[int]
    highlights: Mapped[str] = prose()
    vigilance: Mapped[str] = prose()
