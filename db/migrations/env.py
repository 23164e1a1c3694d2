"""Entry point of Alembic: the connection comes from `db.migrate`, which owns the transaction."""

from __future__ import annotations

from alembic import context

from db.migrate import run_scripts

run_scripts(context.config.attributes["connection"])
