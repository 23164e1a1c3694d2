"""A table being read, whatever the file holds it: headers, then cells with their line number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

Record = tuple[int, Sequence[object]]
"""Line number in the file (1-based) and cells: text, or what a workbook holds."""


def _nothing() -> None:
    """Close nothing."""


@dataclass
class Table:
    """Headers as written, and the records below them, read once.

    comments: texts of the leading « # » lines. broken: ranges of lines whose quotes never close, filled while
    the records are read. close: to be called once done, even before the end.
    """

    headers: tuple[str, ...]
    header_line: int
    records: Iterator[Record]
    encoding: str = ""
    separator: str = ""
    member: str = ""
    sheet: str = ""
    comments: tuple[str, ...] = ()
    broken: list[tuple[int, int]] = field(default_factory=list)
    close: Callable[[], None] = _nothing
