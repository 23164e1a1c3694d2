"""Tables beside services: childminders, totals known alone, ledger of places."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from app.domain.anomaly import Anomaly
from app.domain.french import fold
from app.domain.numbers import parse_year
from app.domain.register import Childminders, KnownTotal, MovementKind
from app.domain.register_entry import (
    is_year_only,
    read_choice,
    read_date,
    read_number,
    read_truth,
)
from app.domain.register_errors import MissingEntry, UnknownChoice, UnknownCommune
from app.domain.register_lists import load_choices, load_kinds
from app.domain.territory import Level
from app.ingestion.fields import Field
from app.ingestion.register_cells import Line, lines_of

if TYPE_CHECKING:
    from app.domain.reference import Reference
    from app.domain.register_places import PlaceReader
    from app.ingestion.grids import Grid

_Value = TypeVar("_Value")
LAST_YEAR = 2100
AGE = "age_"
_KINDS = tuple((kind.code, kind.label) for kind in load_kinds().values())
_TERRITORY = Field(
    "code", "Code du territoire", True, "territory",
    ("code", "code commune", "code insee", "siren epci", "siren_epci", "code epci", "codgeo", "depcom",
     "code_commune"),
)  # fmt: skip
_YEAR = Field("year", "Année", True, "integer", ("annee", "an", "millésime", "date"))
_SOURCE = Field("source", "Source", synonyms=("origine",))

CHILDMINDER_FIELDS: tuple[Field, ...] = (
    _TERRITORY,
    _YEAR,
    Field(
        "licensed", "Assistants maternels agréés", True, "integer",
        ("agréés", "am agréés", "nombre d’assistants maternels agréés"),
    ),
    Field("active", "Assistants maternels actifs", False, "integer", ("actifs", "am actifs", "en activité")),
    Field("places", "Places d’assistants maternels", False, "integer", ("places", "capacité")),
    *(
        Field(AGE + age.code, age.label, False, "integer", age.synonyms)
        for age in load_choices("age_class").values()
    ),
    _SOURCE,
    Field("fictitious", "Fictif", False, "boolean"),
)  # fmt: skip
TOTAL_FIELDS: tuple[Field, ...] = (
    Field("kind", "Type", True, "choice", ("type de service", "service"), _KINDS),
    Field("level", "Maille", True, "text", ("niveau", "échelle")),
    replace(_TERRITORY, synonyms=(*_TERRITORY.synonyms, "code departement", "departement")),
    _YEAR,
    Field("count", "Total connu", True, "integer", ("total", "nombre", "effectif")),
    _SOURCE,
)
MOVEMENT_FIELDS: tuple[Field, ...] = (
    Field("uuid", "Identifiant", False, "text", ("identifiant de l’équipement",)),
    Field("kind", "Type", True, "choice", ("type de service", "service"), _KINDS),
    Field("name", "Nom", False, "text", ("équipement", "structure", "nom de l’équipement")),
    Field("code_commune", "Code commune", True, "commune", ("code insee", "commune", "depcom")),
    Field("on", "Date du mouvement", True, "date", ("date", "année", "annee")),
    Field(
        "movement", "Mouvement", True, "choice", ("création ou fermeture", "sens", "nature du mouvement"),
        tuple((choice.code, choice.label) for choice in load_choices("movement").values()),
    ),
    Field("places", "Nombre de places", True, "integer", ("places",)),
    Field("code_qpv", "Code QPV", False, "text", ("qpv",)),
    Field("expected", "Prévu", False, "boolean", ("prévisionnel", "attendu")),
    Field("note", "Note", False, "text", ("observation", "commentaire")),
)  # fmt: skip

Found = tuple[Anomaly, ...]


@dataclass(frozen=True, slots=True)
class MovementEntry:
    """A line of a ledger, before its service is found."""

    line: int
    uuid: str
    kind: str
    name: str
    code_commune: str
    on: datetime.date
    year_only: bool
    movement: MovementKind
    places: int
    code_qpv: str
    expected: bool
    note: str


def read_year(field: str, text: str) -> int:
    """Return the year of « 2025 », « 2026-01 » or of a date. Raises NotANumber, OutOfRange."""
    year = parse_year(text)
    return year if year is not None else int(read_number(field, text, whole=True, high=LAST_YEAR))


def read_childminders(
    grid: Grid, columns: Mapping[str, str], reference: Reference
) -> tuple[tuple[tuple[int, Childminders], ...], Found]:
    """Return (line, childminders) of the lines without error, communes and Epci told apart by their code."""
    rows: list[tuple[int, Childminders]] = []
    anomalies: list[Anomaly] = []
    for line in lines_of(grid, columns):
        place = _territory(line, reference)
        year = needed(line, "year", line.read("year", lambda text: read_year("year", text)))
        licensed, active, places = (count_of(line, code) for code in ("licensed", "active", "places"))
        ages = tuple(
            (choice.label, count)
            for choice in load_choices("age_class").values()
            if (count := count_of(line, AGE + choice.code)) is not None
        )
        fictitious = line.read("fictitious", lambda text: read_truth("fictitious", text))
        if not line.refused and place is not None and year is not None:
            row = Childminders(
                "", *place, year, licensed, active, places, ages, line.text("source"), bool(fictitious)
            )
            rows.append((line.number, row))
        anomalies += line.anomalies
    return tuple(rows), tuple(anomalies)


def read_totals(
    grid: Grid, columns: Mapping[str, str], reference: Reference
) -> tuple[tuple[tuple[int, KnownTotal], ...], Found]:
    """Return (line, total) of the lines without error."""
    rows: list[tuple[int, KnownTotal]] = []
    anomalies: list[Anomaly] = []
    for line in lines_of(grid, columns):
        kind = needed(line, "kind", line.read("kind", lambda text: read_choice("kind", text, "kind")))
        place = _territory(line, reference)
        year = needed(line, "year", line.read("year", lambda text: read_year("year", text)))
        count = needed(line, "count", count_of(line, "count"))
        if not line.refused and place and kind and year is not None and count is not None:
            rows.append((line.number, KnownTotal(kind, *place, year, count, line.text("source"))))
        anomalies += line.anomalies
    return tuple(rows), tuple(anomalies)


def read_movements(
    grid: Grid, columns: Mapping[str, str], places: PlaceReader
) -> tuple[tuple[MovementEntry, ...], Found]:
    """Return the lines of a ledger without error."""
    rows: list[MovementEntry] = []
    anomalies: list[Anomaly] = []
    for line in lines_of(grid, columns):
        entry = _movement(line, places)
        if entry is not None:
            rows.append(entry)
        anomalies += line.anomalies
    return tuple(rows), tuple(anomalies)


def _movement(line: Line, places: PlaceReader) -> MovementEntry | None:
    kind = needed(line, "kind", line.read("kind", lambda text: read_choice("kind", text, "kind")))
    commune = needed(line, "code_commune", line.read("code_commune", places.commune))
    on = needed(line, "on", line.read("on", lambda text: read_date("on", text)))
    movement = needed(
        line, "movement", line.read("movement", lambda text: read_choice("movement", text, "movement"))
    )
    count = needed(line, "places", count_of(line, "places"))
    if count == 0:
        line.refuse(MissingEntry("places"))
    expected = line.read("expected", lambda text: read_truth("expected", text))
    if line.refused or not (kind and commune and on and movement and count):
        return None
    return MovementEntry(
        line.number, line.text("uuid"), kind, line.text("name"), commune, on, is_year_only(line.text("on")),
        MovementKind(movement), count, line.text("code_qpv").upper(), bool(expected), line.text("note"),
    )  # fmt: skip


def needed(line: Line, code: str, value: _Value | None) -> _Value | None:
    """Return the value, or collect that its cell is empty."""
    if value is None and not line.text(code):
        line.refuse(MissingEntry(code))
    return value


def count_of(line: Line, code: str) -> int | None:
    """Return the count of a cell, None if it is empty or refused."""
    return line.read(code, lambda text: int(read_number(code, text, whole=True)))


_LEVELS = {
    "epci": Level.EPCI,
    "commune": Level.COMMUNE,
    "departement": Level.DEPARTEMENT,
    "region": Level.REGION,
    "arrondissement": Level.ARRONDISSEMENT,
}


def _territory(line: Line, reference: Reference) -> tuple[Level, str] | None:
    """Return level and code; the level is that of its column, else told by the length of the code."""
    text = line.text("code").upper()
    if not text:
        line.refuse(MissingEntry("code"))
        return None
    said = line.text("level")
    if said and fold(said) not in _LEVELS:
        line.refuse(UnknownChoice("level", said, choices=tuple(_LEVELS)))
        return None
    level = _LEVELS[fold(said)] if said else _level_of(text)
    code = text.rjust(5, "0") if level is Level.COMMUNE else text
    if level is Level.COMMUNE:
        code = reference.successor(code) or code
    if not reference.exists(level, code):
        line.refuse(UnknownCommune("code", text))
        return None
    return level, code


def _level_of(code: str) -> Level:
    if len(code) == 9:
        return Level.EPCI
    return Level.COMMUNE if len(code) in (4, 5) else Level.DEPARTEMENT
