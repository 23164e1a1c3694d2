"""Tables of the departmental schemes, links and alerts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the departmental schemes, links and alerts."""
    op.create_table(
        "sdsf",
        sa.Column("code_departement", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.String(), nullable=True),
        sa.Column("ends_on", sa.String(), nullable=True),
        sa.Column("signed_on", sa.String(), nullable=True),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("youth_axis", sa.Boolean(), nullable=True),
        sa.Column("beyond_childhood", sa.Boolean(), nullable=True),
        sa.Column("sdavs", sa.String(), nullable=False),
        sa.Column("sdavs_label", sa.String(), nullable=False),
        sa.Column("previous_uuid", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reliability", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_sdsf")),
    )
    op.create_index(op.f("ix_sdsf_code_departement"), "sdsf", ["code_departement"])
    op.create_table(
        "sdsf_party",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("signed_on", sa.String(), nullable=True),
        sa.Column("sdsf_uuid", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_sdsf_party")),
    )
    op.create_index(op.f("ix_sdsf_party_sdsf_uuid"), "sdsf_party", ["sdsf_uuid"])
    op.create_table(
        "sdsf_member",
        sa.Column("function", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("sdsf_uuid", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_sdsf_member")),
    )
    op.create_index(op.f("ix_sdsf_member_sdsf_uuid"), "sdsf_member", ["sdsf_uuid"])
    op.create_table(
        "sdsf_node",
        sa.Column("parent_uuid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("expected", sa.String(), nullable=False),
        sa.Column("pilot", sa.String(), nullable=False),
        sa.Column("starts_on", sa.String(), nullable=True),
        sa.Column("ends_on", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("budget_cents", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("sdsf_uuid", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_sdsf_node")),
    )
    op.create_index(op.f("ix_sdsf_node_parent_uuid"), "sdsf_node", ["parent_uuid"])
    op.create_index(op.f("ix_sdsf_node_sdsf_uuid"), "sdsf_node", ["sdsf_uuid"])
    op.create_table(
        "sdsf_finding",
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("sdsf_uuid", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_sdsf_finding")),
    )
    op.create_index(op.f("ix_sdsf_finding_sdsf_uuid"), "sdsf_finding", ["sdsf_uuid"])
    op.create_table(
        "sdsf_amendment",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("signed_on", sa.String(), nullable=False),
        sa.Column("ends_on", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sdsf_uuid", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_sdsf_amendment")),
    )
    op.create_index(op.f("ix_sdsf_amendment_sdsf_uuid"), "sdsf_amendment", ["sdsf_uuid"])
    op.create_table(
        "sdsf_question",
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("value_t0", sa.String(), nullable=False),
        sa.Column("value_t1", sa.String(), nullable=False),
        sa.Column("value_t2", sa.String(), nullable=False),
        sa.Column("judgement", sa.String(), nullable=False),
        sa.Column("argument", sa.String(), nullable=False),
        sa.Column("sdsf_uuid", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_sdsf_question")),
    )
    op.create_index(op.f("ix_sdsf_question_sdsf_uuid"), "sdsf_question", ["sdsf_uuid"])
    op.create_table(
        "sdsf_sheet",
        sa.Column("code_departement", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.String(), nullable=False),
        sa.Column("sent_on", sa.String(), nullable=True),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_sdsf_sheet")),
    )
    op.create_index(op.f("ix_sdsf_sheet_code_departement"), "sdsf_sheet", ["code_departement"])
    op.create_table(
        "sdsf_sheet_line",
        sa.Column("sheet_uuid", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("number", sa.Float(), nullable=True),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("filled_by", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_sdsf_sheet_line")),
    )
    op.create_index(op.f("ix_sdsf_sheet_line_sheet_uuid"), "sdsf_sheet_line", ["sheet_uuid"])
    op.create_table(
        "alert_answer",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answered_at", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_alert_answer")),
    )
    op.create_index(op.f("ix_alert_answer_key"), "alert_answer", ["key"])
