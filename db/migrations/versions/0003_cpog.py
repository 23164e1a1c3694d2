"""Tables of the contracts with the Cnaf."""

from __future__ import annotations

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the contracts with the Cnaf."""
