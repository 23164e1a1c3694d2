"""Tables of the diagnostics."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the diagnostics."""
    op.create_table(
        "diagnostic",
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("code_epci", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("options", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_diagnostic")),
    )
    op.create_index(op.f("ix_diagnostic_code_epci"), "diagnostic", ["code_epci"])
    op.create_table(
        "diagnostic_section",
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("diagnostic_uuid", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_diagnostic_section")),
    )
    op.create_index(op.f("ix_diagnostic_section_diagnostic_uuid"), "diagnostic_section", ["diagnostic_uuid"])
    op.create_table(
        "diagnostic_version",
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("diagnostic_uuid", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("device_name", sa.String(), nullable=False),
        sa.Column("base_state", sa.String(), nullable=False),
        sa.Column("base_words", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("options", sa.String(), nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_diagnostic_version")),
    )
    op.create_index(op.f("ix_diagnostic_version_diagnostic_uuid"), "diagnostic_version", ["diagnostic_uuid"])
