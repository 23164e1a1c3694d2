"""Tables of the contracts with the Cnaf."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the contracts with the Cnaf."""
    _create_cog()
    _create_contracts()
    _create_trajectories()
    _create_followup()


def _create_cog() -> None:
    op.create_table(
        "cog",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("starts_on", sa.String(), nullable=False),
        sa.Column("ends_on", sa.String(), nullable=False),
        sa.Column("delivered", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cog")),
        sa.UniqueConstraint("code", name=op.f("uq_cog_code")),
    )
    op.create_table(
        "cog_node",
        sa.Column("cog_code", sa.String(), nullable=False),
        sa.Column("parent_uuid", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("fiche", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("years", sa.String(), nullable=False),
        sa.Column("uncertain", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cog_node")),
    )
    op.create_index(op.f("ix_cog_node_cog_code"), "cog_node", ["cog_code"])
    op.create_table(
        "cog_follow",
        sa.Column("node_uuid", sa.String(), nullable=False),
        sa.Column("departement", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("observed_on", sa.String(), nullable=True),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cog_follow")),
    )
    op.create_index(op.f("ix_cog_follow_node_uuid"), "cog_follow", ["node_uuid"])


def _create_contracts() -> None:
    op.create_table(
        "cpog",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("departement", sa.String(), nullable=False),
        sa.Column("starts_on", sa.String(), nullable=False),
        sa.Column("ends_on", sa.String(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("signed_on", sa.String(), nullable=True),
        sa.Column("cog_code", sa.String(), nullable=False),
        sa.Column("delivered", sa.Boolean(), nullable=False),
        sa.Column("announced", sa.Integer(), nullable=True),
        sa.Column("previous_uuid", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cpog")),
        sa.UniqueConstraint("code", name=op.f("uq_cpog_code")),
    )
    op.create_table(
        "cpog_party",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("signed_on", sa.String(), nullable=True),
        sa.Column("cpog_uuid", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cpog_party")),
    )
    op.create_index(op.f("ix_cpog_party_cpog_uuid"), "cpog_party", ["cpog_uuid"])
    op.create_table(
        "cpog_document",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("on", sa.String(), nullable=True),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("cpog_uuid", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cpog_document")),
    )
    op.create_index(op.f("ix_cpog_document_cpog_uuid"), "cpog_document", ["cpog_uuid"])
    op.create_table(
        "cpog_engagement",
        sa.Column("parent_uuid", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("territory", sa.String(), nullable=False),
        sa.Column("measurable", sa.Boolean(), nullable=False),
        sa.Column("target_text", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_on", sa.String(), nullable=True),
        sa.Column("observed_on", sa.String(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_on", sa.String(), nullable=True),
        sa.Column("weight", sa.Float(), nullable=True),
        sa.Column("cpog_uuid", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cpog_engagement")),
    )
    op.create_index(op.f("ix_cpog_engagement_cpog_uuid"), "cpog_engagement", ["cpog_uuid"])
    op.create_table(
        "cpog_indicator",
        sa.Column("parent_uuid", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("fiche", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("short_label", sa.String(), nullable=False),
        sa.Column("sub_series", sa.String(), nullable=False),
        sa.Column("nature", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("unit_detail", sa.String(), nullable=False),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("converge_to", sa.Float(), nullable=True),
        sa.Column("target_kind", sa.String(), nullable=False),
        sa.Column("target_text", sa.String(), nullable=False),
        sa.Column("start_year", sa.Integer(), nullable=True),
        sa.Column("periodicity", sa.String(), nullable=False),
        sa.Column("due_on", sa.String(), nullable=True),
        sa.Column("reference", sa.Float(), nullable=True),
        sa.Column("reference_year", sa.Integer(), nullable=True),
        sa.Column("reference_text", sa.String(), nullable=False),
        sa.Column("cog_ref", sa.String(), nullable=False),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("tolerance", sa.Float(), nullable=True),
        sa.Column("weight", sa.Float(), nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("computed", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("cpog_uuid", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cpog_indicator")),
    )
    op.create_index(op.f("ix_cpog_indicator_cpog_uuid"), "cpog_indicator", ["cpog_uuid"])
    op.create_table(
        "cpog_flag",
        sa.Column("indicator_uuid", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("printed", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("cpog_uuid", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cpog_flag")),
    )
    op.create_index(op.f("ix_cpog_flag_cpog_uuid"), "cpog_flag", ["cpog_uuid"])
    op.create_table(
        "cpog_link",
        sa.Column("indicator_uuid", sa.String(), nullable=False),
        sa.Column("other_uuid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cpog_link")),
    )
    op.create_index(op.f("ix_cpog_link_indicator_uuid"), "cpog_link", ["indicator_uuid"])
    op.create_index(op.f("ix_cpog_link_other_uuid"), "cpog_link", ["other_uuid"])


def _create_trajectories() -> None:
    op.create_table(
        "cpog_target",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("number", sa.Float(), nullable=True),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision_uuid", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(), nullable=False),
        sa.Column("fictitious", sa.Boolean(), nullable=False),
        sa.Column("indicator_uuid", sa.String(), nullable=False),
        sa.Column("cpog_uuid", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cpog_target")),
    )
    op.create_index(op.f("ix_cpog_target_cpog_uuid"), "cpog_target", ["cpog_uuid"])
    op.create_index(op.f("ix_cpog_target_indicator_uuid"), "cpog_target", ["indicator_uuid"])
    op.create_table(
        "cpog_value",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("number", sa.Float(), nullable=True),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("numerator", sa.Float(), nullable=True),
        sa.Column("denominator", sa.Float(), nullable=True),
        sa.Column("estimated", sa.Boolean(), nullable=False),
        sa.Column("precision", sa.String(), nullable=False),
        sa.Column("observed_on", sa.String(), nullable=True),
        sa.Column("entered_at", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("fictitious", sa.Boolean(), nullable=False),
        sa.Column("indicator_uuid", sa.String(), nullable=False),
        sa.Column("cpog_uuid", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cpog_value")),
    )
    op.create_index(op.f("ix_cpog_value_cpog_uuid"), "cpog_value", ["cpog_uuid"])
    op.create_index(op.f("ix_cpog_value_indicator_uuid"), "cpog_value", ["indicator_uuid"])
    op.create_table(
        "cpog_revision",
        sa.Column("on", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("act_label", sa.String(), nullable=False),
        sa.Column("document_uuid", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("means", sa.String(), nullable=False),
        sa.Column("means_unchanged", sa.String(), nullable=False),
        sa.Column("target_unchanged", sa.String(), nullable=False),
        sa.Column("calendar", sa.String(), nullable=False),
        sa.Column("calendar_unchanged", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(), nullable=False),
        sa.Column("indicator_uuid", sa.String(), nullable=False),
        sa.Column("cpog_uuid", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cpog_revision")),
    )
    op.create_index(op.f("ix_cpog_revision_cpog_uuid"), "cpog_revision", ["cpog_uuid"])
    op.create_index(op.f("ix_cpog_revision_indicator_uuid"), "cpog_revision", ["indicator_uuid"])
    op.create_table(
        "cpog_movement",
        sa.Column("revision_uuid", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("motive", sa.String(), nullable=False),
        sa.Column("amount", sa.Float(), nullable=False),
        sa.Column("nature", sa.String(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("indicator_uuid", sa.String(), nullable=False),
        sa.Column("cpog_uuid", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cpog_movement")),
    )
    op.create_index(op.f("ix_cpog_movement_cpog_uuid"), "cpog_movement", ["cpog_uuid"])
    op.create_index(op.f("ix_cpog_movement_indicator_uuid"), "cpog_movement", ["indicator_uuid"])
    op.create_index(op.f("ix_cpog_movement_revision_uuid"), "cpog_movement", ["revision_uuid"])
    op.create_table(
        "cpog_gap",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("written_on", sa.String(), nullable=True),
        sa.Column("indicator_uuid", sa.String(), nullable=False),
        sa.Column("cpog_uuid", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cpog_gap")),
    )
    op.create_index(op.f("ix_cpog_gap_cpog_uuid"), "cpog_gap", ["cpog_uuid"])
    op.create_index(op.f("ix_cpog_gap_indicator_uuid"), "cpog_gap", ["indicator_uuid"])
    op.create_table(
        "cpog_comment",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_on", sa.String(), nullable=True),
        sa.Column("indicator_uuid", sa.String(), nullable=False),
        sa.Column("cpog_uuid", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cpog_comment")),
    )
    op.create_index(op.f("ix_cpog_comment_cpog_uuid"), "cpog_comment", ["cpog_uuid"])
    op.create_index(op.f("ix_cpog_comment_indicator_uuid"), "cpog_comment", ["indicator_uuid"])
    op.create_table(
        "cpog_hypothesis",
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("periods", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("indicator_uuid", sa.String(), nullable=False),
        sa.Column("cpog_uuid", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cpog_hypothesis")),
    )
    op.create_index(op.f("ix_cpog_hypothesis_cpog_uuid"), "cpog_hypothesis", ["cpog_uuid"])
    op.create_index(op.f("ix_cpog_hypothesis_indicator_uuid"), "cpog_hypothesis", ["indicator_uuid"])


def _create_followup() -> None:
    op.create_table(
        "cpog_observation",
        sa.Column("hypothesis_uuid", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("number", sa.Float(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("cpog_uuid", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cpog_observation")),
    )
    op.create_index(op.f("ix_cpog_observation_cpog_uuid"), "cpog_observation", ["cpog_uuid"])
    op.create_index(op.f("ix_cpog_observation_hypothesis_uuid"), "cpog_observation", ["hypothesis_uuid"])
    op.create_table(
        "cpog_closing",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("cpog_uuid", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cpog_closing")),
    )
    op.create_index(op.f("ix_cpog_closing_cpog_uuid"), "cpog_closing", ["cpog_uuid"])
    op.create_table(
        "cpog_deadline",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("year_offset", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Integer(), nullable=True),
        sa.Column("valid_to", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cpog_deadline")),
    )
    op.create_table(
        "cpog_deadline_mark",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("cpog_uuid", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cpog_deadline_mark")),
    )
    op.create_index(op.f("ix_cpog_deadline_mark_cpog_uuid"), "cpog_deadline_mark", ["cpog_uuid"])
    op.create_table(
        "cpog_peer",
        sa.Column("group_name", sa.String(), nullable=False),
        sa.Column("departement", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("number", sa.Float(), nullable=True),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("indicator_uuid", sa.String(), nullable=False),
        sa.Column("cpog_uuid", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cpog_peer")),
    )
    op.create_index(op.f("ix_cpog_peer_cpog_uuid"), "cpog_peer", ["cpog_uuid"])
    op.create_index(op.f("ix_cpog_peer_indicator_uuid"), "cpog_peer", ["indicator_uuid"])
