"""A table of services, one a line, into entries: nothing guessed, every anomaly collected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from app.domain.anomaly import Anomaly, Decision, Severity
from app.domain.french import fold
from app.domain.register import Status
from app.domain.register_entry import is_year_only, read_entry
from app.domain.register_errors import MissingEntry, UnknownChoice
from app.domain.register_fields import BY_CODE, FIELDS, FieldSpec
from app.domain.register_lists import find_kind, load_kinds
from app.domain.register_places import CODE, PlaceReader
from app.ingestion.fields import Field, columns_score, match_columns
from app.ingestion.grids import Grid
from app.ingestion.register_cells import Line, lines_of

NO_COMMUNE = 0.5
"""Score of a table of services that says nowhere in which commune they are."""
_KINDS = {"communes": "text", "points": "text", "commune": "text"}
_PROJECT = "projet"
FICTITIOUS = "fictif"
"""A file with that word in its name holds invented services."""


def _field(spec: FieldSpec) -> Field:
    kind = "commune" if spec.code == "code_commune" else _KINDS.get(spec.kind, spec.kind)
    return Field(spec.code, spec.label, spec.code == "kind", kind, spec.synonyms, spec.options())


REGISTER_FIELDS: tuple[Field, ...] = tuple(_field(spec) for spec in FIELDS)


@dataclass(frozen=True)
class Entry:
    """One line of a table of services. values: by code of field; a field without cell is not there."""

    line: int
    kind: str
    code_commune: str
    name: str
    values: Mapping[str, object] = field(default_factory=dict)
    uuid: str = ""


def register_score(headers: Collection[str]) -> float:
    """Return how well headers fit a table of services: a type, and a commune by code or name."""
    score = columns_score(tuple(headers), REGISTER_FIELDS)
    found = match_columns(tuple(headers), REGISTER_FIELDS)
    located = "code_commune" in found or "commune" in found
    return score if located else min(score, NO_COMMUNE)


def read_services(
    grid: Grid,
    columns: Mapping[str, str],
    places: PlaceReader,
    scope: Collection[str],
    names: Callable[[str], str],
) -> tuple[tuple[Entry, ...], tuple[Anomaly, ...]]:
    """Return the entries of the lines without error, and all anomalies in the order of the lines.

    scope: communes of the base. names: name of a commune by code.
    """
    entries: list[Entry] = []
    anomalies: list[Anomaly] = []
    seen: dict[object, int] = {}
    invented = FICTITIOUS in grid.path.name.lower()
    for line in lines_of(grid, columns):
        entry = _entry(line, places, scope, names, invented=invented)
        key = (entry.uuid or (entry.kind, fold(entry.name), entry.code_commune)) if entry else None
        if entry is not None and key in seen:
            shown = entry.name or entry.code_commune
            line.anomalies.append(
                Anomaly(
                    line.number,
                    columns.get("name", ""),
                    shown,
                    "line_twice",
                    Severity.ERROR,
                    (),
                    Decision.REJECT,
                )
            )
        elif entry is not None:
            seen[key] = line.number
            entries.append(entry)
        anomalies += line.anomalies
    return tuple(entries), tuple(anomalies)


def _entry(
    line: Line,
    places: PlaceReader,
    scope: Collection[str],
    names: Callable[[str], str],
    *,
    invented: bool,
) -> Entry | None:
    kind = _kind(line)
    commune = _commune(line, places)
    values = {
        code: value
        for code in BY_CODE
        if code in line.cells and (value := _value(line, code, places)) is not None
    }
    if invented:
        values.setdefault("fictitious", True)
    if kind.endswith(_PROJECT) and find_kind(kind) is None:
        kind = find_kind(kind.removesuffix(_PROJECT)) or ""
        values.setdefault("status", Status.PROJECT.value)
        line.remark("register_project", "kind")
    if line.refused or commune is None:
        return None
    if commune not in scope:
        facts = (("name", names(commune)), ("code", commune))
        line.remark("register_elsewhere", _where(line), Severity.QUESTION, facts)
    return Entry(line.number, kind, commune, str(values.get("name", "")), values, line.text("uuid"))


def _kind(line: Line) -> str:
    """Return the code of the kind, or the folded text of a kind « … projet »."""
    text = line.text("kind")
    if not text:
        line.refuse(MissingEntry("kind"))
        return ""
    code = find_kind(text)
    if code is not None:
        return code
    folded = fold(text)
    if folded.endswith(f" {_PROJECT}") and find_kind(folded.removesuffix(_PROJECT)) is not None:
        return folded
    labels = tuple(kind.label for kind in load_kinds().values())
    line.refuse(UnknownChoice("kind", text, choices=labels))
    return ""


def _where(line: Line) -> str:
    return "code_commune" if line.text("code_commune") else "commune"


def _commune(line: Line, places: PlaceReader) -> str | None:
    """Return the commune of today; its code says it, or else its name."""
    where = _where(line)
    text = line.text(where)
    if not text:
        line.refuse(MissingEntry("code_commune"), where)
        return None
    code = line.read(where, lambda cell: places.commune(cell, where))
    if code is not None and CODE.fullmatch(text) and text.upper().rjust(5, "0") != code:
        line.remark("register_merged", where, facts=(("code", code), ("name", places.name(code))))
    return code


def _value(line: Line, code: str, places: PlaceReader) -> object:
    spec = BY_CODE[code]
    if code in ("kind", "code_commune", "commune", "uuid"):
        return None
    if spec.kind == "communes":
        return line.read(code, places.communes)
    if spec.kind == "points":
        return line.read(code, places.points)
    found = line.read(code, lambda text: read_entry(spec, text))
    if spec.kind == "date" and found is not None and is_year_only(line.text(code)):
        line.remark("register_year_only", code)
    return None if found == "" else found
