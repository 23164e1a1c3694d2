"""Every traced number of a document, in order, for the versions that are kept and compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from maps.choropleth import Choropleth
from reports.kit.blocks import Document
from reports.kit.printed import Printed


def printed_in(item: object) -> Iterator[Printed]:
    """Return the printed numbers of a document or of a piece of it, in the order of reading."""
    if isinstance(item, Printed):
        yield item
    elif isinstance(item, tuple | list):
        for part in item:
            yield from printed_in(part)
    elif isinstance(item, Choropleth):
        return
    else:
        for name in _names_of(type(item)):
            yield from printed_in(getattr(item, name))


def numbers_of(document: Document) -> tuple[dict[str, Any], ...]:
    """Return id, label, territory, year and text of each number that has an origin, each once."""
    found: dict[str, dict[str, Any]] = {}
    for shown in printed_in(document.sections):
        if (shown.indicator or shown.is_traced) and shown.id not in found:
            found[shown.id] = {
                "id": shown.id,
                "label": shown.label,
                "territory": shown.territory,
                "year": shown.year,
                "text": shown.text,
            }
    return tuple(found.values())


def is_fictitious(item: object) -> bool:
    """Tell whether a document, or a piece of it, holds a number or a table that is not real."""
    if isinstance(item, tuple | list):
        return any(is_fictitious(part) for part in item)
    if isinstance(item, str | int | float | None):
        return False
    if getattr(item, "fictitious", False):
        return True
    if isinstance(item, Choropleth):
        return False
    return any(is_fictitious(getattr(item, name)) for name in _names_of(type(item)))


def _names_of(kind: type) -> tuple[str, ...]:
    """Fields of a dataclass, looked for once; none for anything else."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
    return _NAMES[kind]


_NAMES: dict[type, tuple[str, ...]] = {}
