"""Free tables of the subjects: which importer, which columns, written as one action, taken back whole."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.changes import Changes, Topic
from app.domain.errors import ImportNotFound
from app.domain.import_errors import MissingColumns, UnknownColumn, UnknownField, UnknownModel
from app.ingestion.fields import column_named, match_columns, missing_fields
from app.ingestion.model import PREVIEW_LINES, Preview
from app.ingestion.recognition import model_named
from app.ingestion.sources import MODELS
from app.services.clock import now
from app.services.import_history import is_known, keep_number, next_number, record_of, rejected
from app.services.rows import Forecast, ImportResult, Prepared
from app.services.table_imports import COLUMNS_KEY, RECOGNISED, ModelChoice, PreparedTable, TableImporter
from db.journal import take_back
from db.models import ImportRun, Setting, setting_uuid

if TYPE_CHECKING:
    from app.domain.anomaly import Anomaly
    from app.ingestion.grids import Field, Grid
    from app.progress import Progress
    from db.session import Base

Columns = Mapping[str, str]
KIND = "table"
"""Fact of an import that was a free table: the code of its importer."""
FEWEST = 2
"""Columns under which a line is not taken for headers: a line not cut at all looks like everything."""
NUMERIC = ("integer", "number")
OWN = ("import_run", "anomaly")
"""Tables that keep the history of an import that is undone."""


class TableImports:
    """The importers that the subjects provide, and what the user said of their columns."""

    def __init__(self, base: Base, importers: Sequence[TableImporter], forget: Callable[[], None]) -> None:
        self._base = base
        self._importers = {importer.code: importer for importer in importers}
        self._forget = forget

    # -- recognising --------------------------------------------------------------------------------

    def kept(self) -> dict[str, Columns]:
        """Columns that the user named before, by code of model."""
        with self._base.read() as session:
            rows = session.execute(
                select(Setting.key, Setting.value).where(Setting.key.startswith(COLUMNS_KEY))
            )
            return {key.removeprefix(COLUMNS_KEY): json.loads(value) for key, value in rows}

    def fields_of(self, code: str) -> tuple[str, tuple[Field, ...]]:
        """Label and fields of a model, of official series or of a free table. Raises UnknownModel."""
        importer = self._importers.get(code)
        if importer is not None:
            return importer.label, tuple(importer.fields)
        model = model_named(code)
        if model is None:
            known = [*self._importers, *(item.code for item in MODELS)]
            raise UnknownModel(code=code, known=tuple(known))
        return model.label, model.fields

    def is_table(self, code: str) -> bool:
        """Tell whether a code is that of a free table."""
        return code in self._importers

    def columns_given(self, code: str, said: Columns) -> dict[str, str]:
        """Code of field -> header, from what was typed (code or label). Raises UnknownModel, UnknownField."""
        label, fields = self.fields_of(code)
        names = {name: field.code for field in fields for name in (field.code, field.label)}
        found = {}
        for written, header in said.items():
            name = column_named(written, tuple(names))
            if name is None:
                raise UnknownField(field=written, model=label, known=tuple(field.code for field in fields))
            found[names[name]] = header
        return found

    def score(self, code: str, headers: Sequence[str], kept: Columns) -> float:
        """How well headers fit a free table; the columns that the user named before count for sure."""
        importer = self._importers[code]
        named = [header for header in kept.values() if header]
        if not named or any(header not in headers for header in named):
            return importer.score(headers)
        columns = match_columns(headers, importer.fields, kept)
        return importer.score(headers) if missing_fields(importer.fields, columns) else 1.0

    def likeness(self, headers: Sequence[str], kept: Mapping[str, Columns], forced: str = "") -> float:
        """How well headers fit the best free table, or the one asked for; 0 if it is not recognised."""
        if sum(bool(header) for header in headers) < FEWEST:
            return 0.0
        codes = [code for code in self._importers if forced in ("", code)]
        score = max((self.score(code, headers, kept.get(code, {})) for code in codes), default=0.0)
        return score if forced or score >= RECOGNISED else 0.0

    def best(self, headers: Sequence[str], kept: Mapping[str, Columns]) -> str:
        """Code of the free table that headers fit without asking, empty if there is none."""
        scores = {code: self.score(code, headers, kept.get(code, {})) for code in self._importers}
        code = max(scores, key=scores.__getitem__, default="")
        return code if code and scores[code] >= RECOGNISED else ""

    def choices(self, headers: Sequence[str]) -> list[ModelChoice]:
        """Every model that a table may follow, the closest first."""
        kept = self.kept()
        found = []
        for code, importer in self._importers.items():
            columns = match_columns(headers, importer.fields, kept.get(code))
            score = self.score(code, headers, kept.get(code, {}))
            found.append(ModelChoice(code, importer.label, tuple(importer.fields), score, columns))
        for model in MODELS:
            places = model.columns(headers)
            columns = {role: headers[place] for role, place in places.items()}
            columns |= {role: name for role, name in kept.get(model.code, {}).items() if name in headers}
            share = len(columns) / max(len(headers), len(model.needed), 1)
            lacking = missing_fields(model.fields, columns)
            score = share if not lacking else min(share, 0.5)
            found.append(ModelChoice(model.code, model.label, model.fields, score, columns))
        return sorted(found, key=lambda choice: -choice.score)

    # -- reading ------------------------------------------------------------------------------------

    def prepare(self, path: Path, grid: Grid, code: str, given: Columns, *, several: bool) -> Prepared:
        """Read a grid as one kind of table. Missing columns give a Prepared with the error and the grid."""
        importer = self._importers[code]
        part = (grid.sheet or grid.member) if several else ""
        pairs = tuple(given.items())
        kept = {**self.kept().get(code, {}), **{field: name for field, name in given.items()}}
        columns = match_columns(grid.headers, importer.fields, kept)
        lacking = missing_fields(importer.fields, columns)
        if lacking:
            labels = tuple(field.label for field in lacking)
            error = MissingColumns(path, model=importer.label, fields=labels, headers=grid.headers)
            return Prepared(path, error=error, grids=(grid,), part=part, model=code, given=pairs)
        preview = importer.preview(grid, columns)
        top = _top(grid, importer.fields, columns)
        table = PreparedTable(code, importer.label, tuple(importer.fields), grid, columns, preview, top)
        with self._base.read() as session:
            known = is_known(session, grid.sha256, code, grid.sheet or part)
        count = Forecast(preview.new, preview.changed, preview.unchanged)
        return Prepared(path, count=count, known=known, table=table, part=part, model=code, given=pairs)

    # -- writing ------------------------------------------------------------------------------------

    def remember(self, code: str, given: Columns) -> None:
        """Keep the columns that the user named, for the next file: an action of its own."""
        kept = self.kept().get(code, {})
        wanted = {**kept, **given}
        if not given or wanted == kept:
            return
        key, value = COLUMNS_KEY + code, json.dumps(wanted, ensure_ascii=False)
        with self._base.write(f"colonnes du modèle « {self.fields_of(code)[0]} »") as session:
            session.merge(Setting(uuid=setting_uuid(key), key=key, value=value))

    def apply(self, prepared: Prepared, decisions: Mapping[int, str], progress: Progress) -> ImportResult:
        """Write a free table as one action; the same table again leaves no trace."""
        table = prepared.table
        assert table is not None
        anomalies = decided(table.preview.anomalies, decisions)
        with self._base.gather(f"import de « {prepared.path.name} »") as session:
            run = _run(prepared.path, table, prepared.part, next_number(session), rejected(anomalies))
            session.add(run)
            session.flush()
            done = self._importers[table.code].apply(table.grid, table.columns, decisions, progress)
            if not done.new and not done.changed:
                session.delete(run)
                session.flush()
                return ImportResult(None, 0, 0, done.unchanged, rejected(anomalies))
            run.new, run.changed, run.unchanged = done.new, done.changed, done.unchanged
            topics = sorted(topic.value for topic in done.changes.topics)
            run.details = json.dumps({**json.loads(run.details), "topics": topics}, ensure_ascii=False)
            session.add_all(record_of(run.uuid, anomaly) for anomaly in anomalies)
            number = run.number
            keep_number(session, number)
            progress.report(1.0, "Écriture terminée")
        self._forget()
        changes = done.changes | Changes(frozenset({Topic.IMPORTS, Topic.JOURNAL}))
        return ImportResult(number, done.new, done.changed, done.unchanged, rejected(anomalies), changes)

    def undo(self, number: int) -> Changes:
        """Take back a free table, as an action that can be undone. Raises ImportNotFound, UndoConflict."""
        with self._base.write(f"annulation de l’import {number}") as session:
            run = session.scalar(select(ImportRun).where(ImportRun.number == number))
            if run is None or run.undone_at is not None:
                raise ImportNotFound(number=number)
            topics = json.loads(run.details).get("topics", [])
            take_back(session, "import_run", run.uuid, leaving=OWN)
            run.undone_at = now()
        self._forget()
        return Changes(frozenset({Topic(topic) for topic in topics} | {Topic.IMPORTS, Topic.JOURNAL}))


def check_columns(path: Path, given: Columns, tables: Sequence[Sequence[str]]) -> dict[str, str]:
    """Columns named by the user, as headers write them. Raises UnknownColumn for one that no table has."""
    found = {}
    for code, written in given.items():
        named = [column_named(written, headers) for headers in tables] if written else [""]
        header = next((name for name in named if name is not None), None)
        if header is None:
            raise UnknownColumn(path, column=written, headers=tuple(tables[0]) if tables else ())
        found[code] = header
    return found


def decided(anomalies: Sequence[Anomaly], decisions: Mapping[int, str]) -> tuple[Anomaly, ...]:
    """Anomalies with the answers taken."""
    return tuple(
        replace(anomaly, decision=decisions.get(rank, anomaly.decision))
        for rank, anomaly in enumerate(anomalies)
    )


def _run(path: Path, table: PreparedTable, part: str, number: int, refused: int) -> ImportRun:
    facts = {KIND: table.code, "label": table.label, "columns": dict(table.columns),
             "encoding": table.grid.encoding}  # fmt: skip
    return ImportRun(
        uuid=uuid.uuid4().hex, number=number, source=table.code, file=path.name, sha256=table.grid.sha256,
        sheet=table.grid.sheet or part, licence="", imported_at=now(), rows_read=table.preview.rows_read,
        new=0, changed=0, unchanged=0, rejected=refused, undone_at=None,
        fictitious="fictif" in path.name.lower(), details=json.dumps(facts, ensure_ascii=False),
    )  # fmt: skip


def _top(grid: Grid, fields: Sequence[Field], columns: Columns) -> Preview:
    """The first lines of a table, with our names of its columns; those that are read come first."""
    by_header = {columns[field.code]: field for field in fields if field.code in columns}
    order = sorted(range(len(grid.headers)), key=lambda place: grid.headers[place] not in by_header)
    headers = tuple(grid.headers[place] for place in order)
    found = [by_header.get(header) for header in headers]
    return Preview(
        headers,
        tuple(field.label if field else "" for field in found),
        tuple(field is not None and field.kind in NUMERIC for field in found),
        tuple((row.line, tuple(row.cells[place] for place in order)) for row in grid.rows[:PREVIEW_LINES]),
    )
