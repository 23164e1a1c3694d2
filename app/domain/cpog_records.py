"""From rows of tables to records and back, so that a closed year is kept as plain JSON."""

from __future__ import annotations

import datetime
import json
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from app.domain.cpog import Contract, Cpog

T = TypeVar("T")
Row = Mapping[str, Any]


def record(kind: type[T], row: Row) -> T:
    """Build a record from a row: ISO texts become dates, codes become words; unknown columns are left out."""
    readers = _readers(cast("Any", kind))
    return kind(**{name: readers[name](row[name]) for name in readers if name in row})


@cache
def _readers(kind: Any) -> dict[str, Callable[[Any], Any]]:
    hints = get_type_hints(kind)
    return {field.name: _reader(hints[field.name]) for field in fields(kind)}


def _reader(hint: Any) -> Callable[[Any], Any]:
    if get_origin(hint) in {typing.Union, types.UnionType}:
        inner = _reader(next(part for part in get_args(hint) if part is not type(None)))
        return lambda value: None if value is None else inner(value)
    if hint is datetime.date:
        return datetime.date.fromisoformat
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    if hint is bool:
        return bool
    return lambda value: value


@cache
def _parts() -> dict[str, type]:
    """Kinds of the tuples of a contract, by field."""
    hints = get_type_hints(Contract)
    return {f.name: get_args(hints[f.name])[0] for f in fields(Contract) if f.name != "cpog"}


def contract_of(cpog: Row, tables: Mapping[str, Sequence[Row]]) -> Contract:
    """Build a contract from its row and its children, by name of field."""
    return Contract(
        cpog=record(Cpog, cpog),
        **{name: tuple(record(kind, row) for row in tables.get(name, ())) for name, kind in _parts().items()},
    )


def row_of(item: Any) -> dict[str, Any]:
    """Return the columns of a record: dates as ISO text, words as their codes."""
    return {name: _plain(value) for name, value in asdict(item).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, datetime.date) else value


def encode(contract: Contract) -> str:
    """Write a contract as JSON, the same text for the same content."""
    content = {"cpog": row_of(contract.cpog)}
    tables = {name: [row_of(item) for item in getattr(contract, name)] for name in _parts()}
    return json.dumps({**content, **tables}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def decode(text: str) -> Contract:
    """Read what encode wrote, by this version or an earlier one."""
    content = json.loads(text)
    return contract_of(content.pop("cpog"), content)
