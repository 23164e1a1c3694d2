"""Undoing an import whole: its values go, those it replaced come back."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection

from app.domain.errors import ImportNotFound, ImportSuperseded
from db.queries.blocks import rebuild_blocks, touched_by

_VALUES = (
    "indicator, period, territory, source, millesime, number, state, status, estimated, fictitious,"
    " import_number, row"
)


def undo_import_values(connection: Connection, number: int) -> None:
    """Undo an import. Raises ImportNotFound, also if it is undone already, and ImportSuperseded."""
    _require_in_force(connection, number)
    later = connection.exec_driver_sql(
        "SELECT max(superseded_by) FROM value_version WHERE import_number = ? AND aside = 0", (number,)
    ).scalar()
    if later is not None:
        raise ImportSuperseded(number=number, later=int(later))
    keys = touched_by(connection, number)
    connection.exec_driver_sql("DELETE FROM value WHERE import_number = ?", (number,))
    connection.exec_driver_sql(
        f"INSERT INTO value ({_VALUES}) SELECT {_VALUES} FROM value_version"
        " WHERE superseded_by = ? AND aside = 0",
        (number,),
    )
    connection.exec_driver_sql("DELETE FROM value_version WHERE superseded_by = ?", (number,))
    connection.exec_driver_sql(
        "UPDATE import_run SET undone_at = ? WHERE number = ?",
        (datetime.now(UTC).replace(microsecond=0).isoformat(), number),
    )
    rebuild_blocks(connection, keys)


def _require_in_force(connection: Connection, number: int) -> None:
    run = connection.exec_driver_sql("SELECT undone_at FROM import_run WHERE number = ?", (number,)).first()
    if run is None or run[0] is not None:
        raise ImportNotFound(number=number)
