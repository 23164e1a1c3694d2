"""Fields that a table may bring, and which of its columns holds each: by name, or as the user said before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.domain.french import fold

KINDS = ("text", "integer", "number", "date", "boolean", "choice", "commune", "epci", "territory")
_SHORTEST = 4
"""Letters under which a name found inside a longer header proves nothing."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that an importer reads in a column.

    code: ours; label: French, shown to the user; kind: one of KINDS; synonyms: other headers met, in any
    case and with any accents; choices: (code, label) of each accepted value of a "choice".
    """

    code: str
    label: str
    required: bool = False
    kind: str = "text"
    synonyms: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()

    def names(self) -> tuple[str, ...]:
        """Return every header that stands for the field, folded."""
        return _names(self.label, self.code, self.synonyms)


@lru_cache(maxsize=2048)
def _names(label: str, code: str, synonyms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(name) for name in (label, code, *synonyms)))


def match_columns(
    headers: Sequence[str], fields: Sequence[Field], kept: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return field code -> header; a field without a column is left out, a header serves one field.

    kept: what the user said for a former table: it wins for the headers that are here; an empty header there
    means « no column ».
    """
    kept = kept or {}
    found = {code: header for code, header in kept.items() if header in headers}
    left_out = {code for code, header in kept.items() if not header}
    wanted = [field for field in fields if field.code not in found and field.code not in left_out]
    free = [header for header in headers if header and header not in found.values()]
    for _, header, code in sorted(_pairs(free, wanted)):
        if code not in found and header not in found.values():
            found[code] = header
    codes = {field.code for field in fields}
    return {code: header for code, header in found.items() if code in codes}


def _pairs(headers: Sequence[str], fields: Sequence[Field]) -> Iterator[tuple[tuple[int, ...], str, str]]:
    """Yield rank (the lowest is the best), header and field code of each pair of like names."""
    for column, header in enumerate(headers):
        folded = fold(header)
        for place, field in enumerate(fields):
            likes = [(_likeness(folded, name), -len(name)) for name in field.names()]
            rank, length = min(likes, default=(_UNLIKE, 0))
            if rank < _UNLIKE:
                yield (rank, length, place, column), header, field.code


_SAME, _BEGINS, _HOLDS, _UNLIKE = range(4)


def _likeness(header: str, name: str) -> int:
    if header == name:
        return _SAME
    if len(name) < _SHORTEST:
        return _UNLIKE
    if header.startswith(f"{name} "):
        return _BEGINS
    return _HOLDS if set(name.split()) <= set(header.split()) else _UNLIKE


def columns_score(headers: Sequence[str], fields: Sequence[Field]) -> float:
    """Return from 0 to 1 how well headers fit fields: half for the required ones, half for headers explained.

    Under 0.6 where a required field has no column of a like name.
    """
    named = [header for header in headers if header]
    required = {field.code for field in fields if field.required}
    if not named:
        return 0.0
    found = match_columns(named, fields)
    share = len(required & found.keys()) / len(required) if required else min(len(found), 1)
    score = 0.5 * share + 0.5 * len(found) / len(named)
    return score if share == 1 else min(score, 0.59)


def missing_fields(fields: Sequence[Field], columns: Mapping[str, str]) -> tuple[Field, ...]:
    """Return the required fields that have no column."""
    return tuple(field for field in fields if field.required and not columns.get(field.code))


def column_named(written: str, headers: Sequence[str]) -> str | None:
    """Return the header that the user wrote, whatever the case and the accents; None if there is none."""
    if written in headers:
        return written
    wanted = fold(written)
    return next((header for header in headers if fold(header) == wanted), None) if wanted else None
