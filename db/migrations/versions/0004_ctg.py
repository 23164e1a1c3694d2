"""Tables of the conventions territoriales globales."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = {
    "ctg": (
        "name scope status starts_on? ends_on? signed_on? cej_ends_on? previous_uuid?>ctg ambition note "
        "source fictitious:bool"
    ),
    "ctg_parameter": "code label value:real? unit valid_from? valid_to? source note",
    "document": "owner_kind owner_uuid* kind title file size:int sha256 added_at note",
    "evaluation_row": (
        "owner_kind owner_uuid* rank:int question criterion indicator source unit decimals:int t0:real? "
        "t0_state:int t0_year:int? t1:real? t1_state:int t1_year:int? t2:real? t2_state:int t2_year:int? "
        "judgement argument fictitious:bool"
    ),
    "link": "from_kind from_uuid* to_kind to_uuid* note",
    "steering_instance": "owner_kind owner_uuid* rank:int kind title composition",
    "conformity": "ctg_uuid>ctg* point state comment checked_on?",
    "contact": "ctg_uuid?>ctg function organisation mail phone note",
    "coop_post": (
        "ctg_uuid>ctg* rank:int title employer employer_kind fte:real? starts_on? ends_on? vacant_from? "
        "vacant_to? note"
    ),
    "ctg_amendment": (
        "ctg_uuid>ctg* number:int kind title signed_on? effective_on new_ends_on? document_uuid?>document "
        "note"
    ),
    "ctg_annex": "ctg_uuid>ctg* rank:int title document_uuid?>document",
    "ctg_bonus_line": "ctg_uuid>ctg* year:int parameter quantity:real? source note",
    "ctg_note": "ctg_uuid>ctg* kind rank:int text",
    "ctg_stage": "ctg_uuid>ctg* status planned_on? reached_on? document_uuid?>document note",
    "finding": "ctg_uuid>ctg* rank:int theme text fictitious:bool",
    "meeting": "instance_uuid>steering_instance* title held_on starts_at place status note",
    "plan_node": "ctg_uuid>ctg* parent_uuid?>plan_node kind rank:int title text theme",
    "action_sheet": (
        "ctg_uuid>ctg* node_uuid?>plan_node rank:int reference title theme kind origin_kind origin finding "
        "description audience communes deliverables pilot_function pilot_organisation elected_function "
        "partners caf_role fte:real? places:int? expected_result vigilance retex starts_on? ends_on? status "
        "progress_override:int? progress_reason gap_rule gap_level:int? gap_code gap_name gap_reason "
        "copied_from fictitious:bool"
    ),
    "agenda_item": "meeting_uuid>meeting* rank:int title kind target note",
    "attendance": "meeting_uuid>meeting* rank:int organisation state",
    "coop_funding": "post_uuid>coop_post* year:int funder state amount_cents:int?",
    "ctg_member": "ctg_uuid>ctg* code_commune* joins_on? leaves_on? amendment_uuid?>ctg_amendment",
    "ctg_party": (
        "ctg_uuid>ctg* rank:int kind name code deliberation_expected:bool deliberation_number "
        "deliberation_on? document_uuid?>document joins_on? leaves_on? amendment_uuid?>ctg_amendment note"
    ),
    "ctg_theme": "ctg_uuid>ctg* code label since? until? amendment_uuid?>ctg_amendment",
    "finding_figure": (
        "finding_uuid>finding* rank:int indicator label unit decimals:int level:int code place year:int "
        "number:real? state:int estimated:bool fictitious:bool source file sha256 row:int? "
        "import_number:int? pinned_at"
    ),
    "action_cost": "action_uuid>action_sheet* year:int nature state amount_cents:int?",
    "action_indicator": (
        "action_uuid>action_sheet* rank:int indicator label unit decimals:int direction source"
    ),
    "action_status": "action_uuid>action_sheet* before after reason decider decided_on? until?",
    "action_step": "action_uuid>action_sheet* rank:int title holder planned_on? done_on? note",
    "action_year": "action_uuid>action_sheet* year:int highlights vigilance",
    "budget_line": (
        "action_uuid>action_sheet* year:int funder funder_kind nature state amount_cents:int? note"
    ),
    "commitment": "ctg_uuid>ctg* party_uuid>ctg_party* rank:int text due_on? done_on? dropped_on? impact",
    "decision": (
        "meeting_uuid>meeting* item_uuid?>agenda_item action_uuid?>action_sheet number:int text owner "
        "due_on? done_on? dropped_on? note"
    ),
    "meeting_snapshot": (
        "meeting_uuid>meeting* item_uuid?>agenda_item rank:int title kind content sha256 frozen_at"
    ),
    "action_value": "indicator_uuid>action_indicator* kind year:int number:real? state:int fictitious:bool",
}
"""Columns of each table after its key, in order: « name », « :int » (text if none), « ? » where it may be
null, « >table » for a reference checked at the commit, « * » for an index."""

_COLUMN = re.compile(r"(?P<name>\w+)(?::(?P<kind>\w+))?(?P<null>\?)?(?:>(?P<to>\w+))?(?P<index>\*)?")
_KINDS: dict[str | None, Any] = {None: sa.String, "int": sa.Integer, "real": sa.Float, "bool": sa.Boolean}


def upgrade() -> None:
    """Create the tables of the conventions territoriales globales."""
    for table, columns in TABLES.items():
        _create(table, [_read(word) for word in columns.split()])


def _read(word: str) -> dict[str, str | None]:
    found = _COLUMN.fullmatch(word)
    if found is None:
        raise ValueError(f"not a column: {word}")
    return found.groupdict()


def _create(table: str, columns: list[dict[str, str | None]]) -> None:
    op.create_table(
        table,
        sa.Column("uuid", sa.String(), nullable=False),
        *(sa.Column(c["name"], _KINDS[c["kind"]](), nullable=bool(c["null"])) for c in columns),
        sa.PrimaryKeyConstraint("uuid", name=op.f(f"pk_{table}")),
        *(_reference(table, str(c["name"]), c["to"]) for c in columns if c["to"]),
    )
    for c in columns:
        if c["index"]:
            op.create_index(op.f(f"ix_{table}_{c['name']}"), table, [str(c["name"])], unique=False)


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.uuid"], name=op.f(f"fk_{table}_{column}"), deferrable=True, initially="DEFERRED"
    )
