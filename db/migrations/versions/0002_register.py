"""Tables of the register of equipment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the register of equipment."""
    op.create_table(
        "site",
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("code_commune", sa.String(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("precise", sa.Boolean(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_site")),
    )
    op.create_table(
        "equipment",
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("site_uuid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("manager", sa.String(), nullable=False),
        sa.Column("manager_kind", sa.String(), nullable=False),
        sa.Column("opened_on", sa.String(), nullable=True),
        sa.Column("closed_on", sa.String(), nullable=True),
        sa.Column("status_on", sa.String(), nullable=True),
        sa.Column("licence_from", sa.String(), nullable=True),
        sa.Column("licence_to", sa.String(), nullable=True),
        sa.Column("licensed_places", sa.Integer(), nullable=True),
        sa.Column("itinerant", sa.Boolean(), nullable=True),
        sa.Column("served", sa.String(), nullable=False),
        sa.Column("hours_per_year", sa.Float(), nullable=True),
        sa.Column("fte", sa.Float(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_year", sa.Integer(), nullable=True),
        sa.Column("reliability", sa.String(), nullable=False),
        sa.Column("fictitious", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_uuid"],
            ["site.uuid"],
            name=op.f("fk_equipment_site_uuid"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_equipment")),
    )
    op.create_index(op.f("ix_equipment_site_uuid"), "equipment", ["site_uuid"], unique=False)
    op.create_table(
        "equipment_point",
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("equipment_uuid", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("code_commune", sa.String(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("days", sa.String(), nullable=False),
        sa.Column("hours_per_year", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["equipment_uuid"],
            ["equipment.uuid"],
            name=op.f("fk_equipment_point_equipment_uuid"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_equipment_point")),
    )
    op.create_index(
        op.f("ix_equipment_point_equipment_uuid"), "equipment_point", ["equipment_uuid"], unique=False
    )
    op.create_table(
        "place_group",
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("equipment_uuid", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("funding", sa.String(), nullable=False),
        sa.Column("licensed", sa.Integer(), nullable=True),
        sa.Column("opened", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.String(), nullable=True),
        sa.Column("ends_on", sa.String(), nullable=True),
        sa.Column("expected", sa.Boolean(), nullable=False),
        sa.Column("code_qpv", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["equipment_uuid"],
            ["equipment.uuid"],
            name=op.f("fk_place_group_equipment_uuid"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_place_group")),
    )
    op.create_index(op.f("ix_place_group_equipment_uuid"), "place_group", ["equipment_uuid"], unique=False)
    op.create_table(
        "place_movement",
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("equipment_uuid", sa.String(), nullable=False),
        sa.Column("happened_on", sa.String(), nullable=False),
        sa.Column("year_only", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("code_qpv", sa.String(), nullable=False),
        sa.Column("expected", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["equipment_uuid"],
            ["equipment.uuid"],
            name=op.f("fk_place_movement_equipment_uuid"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_place_movement")),
    )
    op.create_index(
        op.f("ix_place_movement_equipment_uuid"), "place_movement", ["equipment_uuid"], unique=False
    )
    op.create_table(
        "equipment_transfer",
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("equipment_uuid", sa.String(), nullable=False),
        sa.Column("happened_on", sa.String(), nullable=False),
        sa.Column("from_manager", sa.String(), nullable=False),
        sa.Column("from_kind", sa.String(), nullable=False),
        sa.Column("to_manager", sa.String(), nullable=False),
        sa.Column("to_kind", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["equipment_uuid"],
            ["equipment.uuid"],
            name=op.f("fk_equipment_transfer_equipment_uuid"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_equipment_transfer")),
    )
    op.create_index(
        op.f("ix_equipment_transfer_equipment_uuid"), "equipment_transfer", ["equipment_uuid"], unique=False
    )
    op.create_table(
        "equipment_support",
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("equipment_uuid", sa.String(), nullable=False),
        sa.Column("happened_on", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("done_by", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["equipment_uuid"],
            ["equipment.uuid"],
            name=op.f("fk_equipment_support_equipment_uuid"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_equipment_support")),
    )
    op.create_index(
        op.f("ix_equipment_support_equipment_uuid"), "equipment_support", ["equipment_uuid"], unique=False
    )
    op.create_table(
        "signal_value",
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("equipment_uuid", sa.String(), nullable=False),
        sa.Column("signal", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Float(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("fictitious", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_signal_value")),
        sa.UniqueConstraint(
            "equipment_uuid", "signal", "year", name=op.f("uq_signal_value_equipment_uuid_signal_year")
        ),
        sa.ForeignKeyConstraint(
            ["equipment_uuid"],
            ["equipment.uuid"],
            name=op.f("fk_signal_value_equipment_uuid"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_table(
        "signal_threshold",
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("signal", sa.String(), nullable=False),
        sa.Column("starts_on", sa.String(), nullable=False),
        sa.Column("bound", sa.Float(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_signal_threshold")),
        sa.UniqueConstraint("signal", "starts_on", name=op.f("uq_signal_threshold_signal_starts_on")),
    )
    op.create_table(
        "childminders",
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("licensed", sa.Integer(), nullable=True),
        sa.Column("active", sa.Integer(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("ages", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("fictitious", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_childminders")),
        sa.UniqueConstraint(
            "level", "code", "year", "source", name=op.f("uq_childminders_level_code_year_source")
        ),
    )
    op.create_table(
        "known_total",
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_known_total")),
        sa.UniqueConstraint(
            "kind", "level", "code", "year", "source", name=op.f("uq_known_total_kind_level_code_year_source")
        ),
    )
    op.create_table(
        "zone",
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("communes", sa.String(), nullable=False),
        sa.Column("partial", sa.String(), nullable=False),
        sa.Column("wkb", sa.LargeBinary(), nullable=True),
        sa.Column("starts_on", sa.String(), nullable=True),
        sa.Column("ends_on", sa.String(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_zone")),
    )
    op.create_table(
        "distinct_pair",
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("first", sa.String(), nullable=False),
        sa.Column("second", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_distinct_pair")),
        sa.UniqueConstraint("first", "second", name=op.f("uq_distinct_pair_first_second")),
    )
