"""Read a workbook (xlsx, ods, xls) through a child process bound in time, rows and memory."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.errors import UnreadableFile
from app.ingestion.cells import as_text
from app.ingestion.guard import MAX_COLUMNS, check_archive
from app.ingestion.sheet_worker import send_tables
from app.ingestion.table import Record, Table
from app.progress import Progress

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

MAX_SECONDS = 60.0
MAX_DECLARED = 600_000_000
"""Bytes that the parts of a workbook may declare in all."""
_TICK = 0.2

Headers = tuple[str, ...]


@dataclass
class SheetTop:
    """The top of a sheet: name, and where its headers stand."""

    name: str
    header_line: int
    headers: Headers


def check_workbook(path: Path, archive: zipfile.ZipFile) -> None:
    """Raise UnreadableFile if what the workbook declares is unsafe or out of bounds."""
    check_archive(path, archive)
    declared = sum(entry.file_size for entry in archive.infolist())
    if declared > MAX_DECLARED:
        raise UnreadableFile(path, reason="too_large", limit=MAX_DECLARED)


def sheet_tops(
    path: Path, choose: Callable[[Sequence[str]], int], progress: Progress
) -> tuple[SheetTop, ...]:
    """Return the headers of each sheet: among its first lines, the one that fits a known source best."""
    tops: list[SheetTop] = []
    for name, first, rows in _sheets(path, None, progress):
        lines = [_texts(row) for row in rows]
        filled = [(index, line) for index, line in enumerate(lines) if any(line)]
        if filled:
            index, line = max(filled, key=lambda item: (choose(item[1]), -item[0]))
            tops.append(SheetTop(name, first + index, line))
    return tuple(tops)


def whole_sheets(path: Path, progress: Progress) -> Iterator[tuple[str, int, list[Sequence[object]]]]:
    """Yield name, first line and every row of each sheet, read in one go."""
    return _sheets(path, None, progress, whole=True)


def open_sheet(path: Path, top: SheetTop, progress: Progress) -> Table:
    """Return the table of one sheet."""
    if len(top.headers) > MAX_COLUMNS:
        raise UnreadableFile(path, reason="too_many_columns", count=len(top.headers), limit=MAX_COLUMNS)
    return Table(
        headers=top.headers,
        header_line=top.header_line,
        records=_records(path, top, progress),
        sheet=top.name,
    )


def _texts(row: Sequence[object]) -> Headers:
    cells = [as_text(cell).strip() for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _records(path: Path, top: SheetTop, progress: Progress) -> Iterator[Record]:
    for _, first, rows in _sheets(path, top.name, progress):
        for line, row in enumerate(rows, start=first):
            if line > top.header_line:
                yield line, row


def _sheets(
    path: Path, sheet: str | None, progress: Progress, *, whole: bool = False
) -> Iterator[tuple[str, int, list[Sequence[object]]]]:
    """Yield name, first line and rows of each sheet."""
    current: tuple[str, int, list[Sequence[object]]] | None = None
    for message in _messages(path, sheet, progress, whole):
        if message[0] == "sheet":
            if current is not None:
                yield current
            current = (message[1], message[2], [])
        elif current is not None:
            current[2].extend(message[1])
    if current is not None:
        yield current


def _messages(path: Path, sheet: str | None, progress: Progress, whole: bool) -> Iterator[tuple[Any, ...]]:
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=send_tables, args=(sender, str(path), sheet, whole), daemon=True)
    child.start()
    sender.close()
    try:
        yield from _received(path, receiver, progress)
    finally:
        receiver.close()
        _end(child)


def _received(path: Path, receiver: Connection, progress: Progress) -> Iterator[tuple[Any, ...]]:
    deadline = time.monotonic() + MAX_SECONDS
    while True:
        progress.report(0.1, "Lecture du classeur")
        if time.monotonic() > deadline:
            raise UnreadableFile(path, reason="too_slow", limit=MAX_SECONDS)
        if not receiver.poll(_TICK):
            continue
        try:
            message = receiver.recv()
        except EOFError as error:  # the child died without a word: memory, or a fault of the reader
            raise UnreadableFile(path, reason="too_large") from error
        if message[0] == "error":
            raise UnreadableFile(path, reason=message[1])
        if message[0] == "end":
            return
        yield message


def _end(child: BaseProcess) -> None:
    child.join(1.0)
    if child.is_alive():
        child.kill()
        child.join()
    child.close()
