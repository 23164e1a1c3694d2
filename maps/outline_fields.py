"""Find in the columns of an outline file the official codes, the names and the level."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from app.domain.territory import Level

if TYPE_CHECKING:
    from numpy.typing import NDArray

CODE_COLUMNS = (
    "insee_com",
    "code_insee",
    "codgeo",
    "depcom",
    "code_commune",
    "com",
    "code",
    "id",
    "code_siren",
    "siren_epci",
    "code_epci",
    "epci",
    "siren",
    "insee_dep",
    "code_dept",
    "code_departement",
    "departement",
    "dep",
)
"""In lower case, by preference: IGN Admin Express, Insee, COGiter, geo.api.gouv.fr, regional portals."""
NAME_COLUMNS = {
    Level.COMMUNE: ("nom_com", "libcom", "nom_officiel", "nom", "libgeo", "name", "libelle"),
    Level.EPCI: ("nom_epci", "nom_officiel", "nom", "libepci", "libgeo", "name", "libelle"),
    Level.DEPARTEMENT: ("nom_dep", "nom_officiel", "nom", "libgeo", "name", "libelle"),
}
SHAPES = {
    Level.EPCI: re.compile(r"\d{9}"),
    Level.COMMUNE: re.compile(r"(?:\d{5}|2[AB]\d{3})"),
    Level.DEPARTEMENT: re.compile(r"(?:\d{2}|2[AB]|97\d)"),
}
"""What an official code of each level looks like."""
SAME_SHAPE = 0.9
DISTINCT = 0.8
"""Least share of different values in a column of codes; some files repeat a code for each island."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Level of a file, and for each of its rows a code (empty when missing) and a name."""

    level: Level
    codes: tuple[str, ...]
    names: tuple[str, ...]


def find_fields(columns: Mapping[str, NDArray[Any]]) -> Fields | None:
    """Fields of a table given by columns of equal length; None if no column holds official codes."""
    lowered = {name.lower(): values for name, values in columns.items()}
    for name in CODE_COLUMNS:
        if name not in lowered:
            continue
        codes = _codes(lowered[name])
        level = _level(codes)
        if level is not None:
            return Fields(level, codes, _names(lowered, level, codes))
    return None


def _codes(values: NDArray[Any]) -> tuple[str, ...]:
    """Values as trimmed text; numbers get back the zero that their type made them lose."""
    if values.dtype.kind in "iu":
        return tuple(f"{value:05d}" for value in values.tolist())
    if values.dtype.kind == "f":
        return tuple(f"{int(v):05d}" if np.isfinite(v) else "" for v in values.tolist())
    return tuple("" if value is None else str(value).strip().upper() for value in values.tolist())


def _level(codes: tuple[str, ...]) -> Level | None:
    """Level whose codes look like these and are nearly all different; None otherwise."""
    known = [code for code in codes if code]
    if not known or len(set(known)) < DISTINCT * len(known):
        return None
    for level, shape in SHAPES.items():
        if sum(bool(shape.fullmatch(code)) for code in known) >= SAME_SHAPE * len(known):
            return level
    return None


def _names(lowered: Mapping[str, NDArray[Any]], level: Level, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the first known column, or of one that begins like a name; empty texts without any."""
    others = [name for name in lowered if name.startswith(("nom", "lib"))]
    for name in (*NAME_COLUMNS[level], *others):
        if name in lowered and lowered[name].dtype.kind == "O":
            return tuple("" if value is None else str(value).strip() for value in lowered[name].tolist())
    return ("",) * len(codes)
