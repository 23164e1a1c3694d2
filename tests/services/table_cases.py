"""A base with one small kind of free table for the tests: places, kept as settings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import select

from app.changes import Changes, Topic
from app.domain.anomaly import Anomaly, Decision, Severity
from app.domain.numbers import parse_number
from app.domain.reference import load_reference
from app.ingestion.grids import Field, Grid, columns_score
from app.progress import Progress
from app.services.imports import ImportService
from app.services.indicators import IndicatorService
from app.services.outlines import OutlineService
from app.services.table_imports import TablePreview
from app.services.territory import TerritoryService
from db.models import Setting, setting_uuid
from db.session import Base, create_base

FIELDS = (
    Field("nom", "Nom du lieu", required=True, synonyms=("structure",)),
    Field("commune", "Commune", required=True, kind="commune"),
    Field("places", "Places", kind="integer", synonyms=("capacité",)),
)


class Places:
    """Reads places; each is one setting, written in a transaction of its own."""

    code = "lieux"
    label = "Liste de lieux"
    fields: Sequence[Field] = FIELDS

    def __init__(self, base: Base) -> None:
        self._base = base

    def score(self, headers: Sequence[str]) -> float:
        """How well headers fit."""
        return columns_score(headers, FIELDS)

    def preview(self, grid: Grid, columns: Mapping[str, str]) -> TablePreview:
        """Compare with what is held."""
        rows, anomalies = self._rows(grid, columns)
        held = self.held()
        new = sum(name not in held for name in rows)
        changed = sum(name in held and held[name] != row for name, row in rows.items())
        return TablePreview(len(grid.rows), new, changed, len(rows) - new - changed, anomalies)

    def apply(
        self, grid: Grid, columns: Mapping[str, str], decisions: Mapping[int, str], progress: Progress
    ) -> TablePreview:
        """Write what differs."""
        preview = self.preview(grid, columns)
        refused = {
            item.line for rank, item in enumerate(preview.anomalies) if decisions.get(rank) == "reject"
        }
        rows, anomalies = self._rows(grid, columns)
        lines = {row.cells[0]: row.line for row in grid.rows}
        for rank, (name, row) in enumerate(rows.items()):
            progress.report(rank / len(rows))
            if self.held().get(name) != row and lines.get(name) not in refused:
                with self._base.write("un lieu") as session:
                    key = f"lieu:{name}"
                    session.merge(Setting(uuid=setting_uuid(key), key=key, value=json.dumps(row)))
        return TablePreview(
            preview.rows_read, preview.new, preview.changed, preview.unchanged, anomalies,
            Changes(frozenset({Topic.REGISTER})),
        )  # fmt: skip

    def held(self) -> dict[str, list[str]]:
        """Places held."""
        with self._base.read() as session:
            found = session.execute(select(Setting.key, Setting.value).where(Setting.key.startswith("lieu:")))
            return {key.removeprefix("lieu:"): json.loads(value) for key, value in found}

    @staticmethod
    def _rows(grid: Grid, columns: Mapping[str, str]) -> tuple[dict[str, list[str]], tuple[Anomaly, ...]]:
        places = {code: grid.place(header) for code, header in columns.items()}
        rows: dict[str, list[str]] = {}
        anomalies = []
        for row in grid.rows:
            cells = {code: row.cells[place] for code, place in places.items() if place is not None}
            count = cells.get("places", "")
            if count and parse_number(count) is None:
                header = columns["places"]
                anomalies.append(
                    Anomaly(row.line, header, count, "not_a_number", Severity.ERROR, (), Decision.REJECT)
                )
                continue
            rows[cells["nom"]] = [cells["commune"], count]
        return rows, tuple(anomalies)


class Case:
    """A base with one kind of free table."""

    def __init__(self, folder: Path) -> None:
        self.base: Base = create_base(folder / "b.maillage", ("79",), "x")
        reference = load_reference()
        territory = TerritoryService(reference, ("79",))
        indicators = IndicatorService(self.base, territory)
        outlines = OutlineService(self.base, territory, folder / "cache")
        self.forgotten = 0
        self.places = Places(self.base)
        self.imports = ImportService(self.base, reference, indicators, outlines, (self.places,), self._forget)

    def _forget(self) -> None:
        self.forgotten += 1
