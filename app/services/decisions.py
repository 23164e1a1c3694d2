"""What the answers of the user change in the rows of a file, before they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.indicator import ValueState

if TYPE_CHECKING:
    from app.domain.anomaly import Anomaly
    from app.ingestion import Clean, CleanRow

NO_DATA = "no_data"
REJECT = "reject"


def apply_decisions(clean: Clean, decisions: Mapping[int, str]) -> tuple[Clean, tuple[Anomaly, ...]]:
    """Rows and anomalies once decisions (rank of an anomaly -> code) are taken.

    « no_data » turns the zero or the value of that line and column into an absence; « reject » sets the
    whole line aside. Other codes leave the rows as they are.
    """
    anomalies = tuple(
        replace(anomaly, decision=decisions.get(i, anomaly.decision))
        for i, anomaly in enumerate(clean.anomalies)
    )
    refused = {line for a in anomalies if a.decision == REJECT for line in lines_of(a)}
    emptied = {(line, a.target) for a in anomalies if a.decision == NO_DATA for line in lines_of(a)}
    rows = tuple(_decided(row, emptied) for row in clean.rows if row.row not in refused)
    return replace(clean, rows=rows, anomalies=anomalies), anomalies


def lines_of(anomaly: Anomaly) -> list[int]:
    """Every line that an anomaly is about, a group included."""
    return [line for low, high in anomaly.ranges for line in range(low, high + 1)]


def _decided(row: CleanRow, emptied: set[tuple[int, str]]) -> CleanRow:
    if (row.row, row.indicator) in emptied or (row.row, "") in emptied:
        return replace(row, number=None, state=ValueState.NO_DATA)
    return row
