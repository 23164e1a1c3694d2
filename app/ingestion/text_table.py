"""Read a CSV file as producers and spreadsheets write it: encoding, separator, quotes, true line numbers."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

from app.domain.errors import UnreadableFile
from app.ingestion.guard import MAX_COLUMNS, MAX_LINE, BoundedStream, buffered
from app.ingestion.table import Record, Table
from app.progress import Progress

SEPARATORS = (";", ",", "\t", "|")
SAMPLE = 65536
_MAGIC = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"SQLite format 3", b"\x7fELF", b"MZ", b"\x1f\x8b")

LONGEST_RECORD = 100
"""Lines that one record may take where cells hold ends of lines."""
LOOKED_AHEAD = 20
"""Lines read under the first one to tell the separator of a table that is not known."""

Opener = Callable[[], IO[bytes]]
Chooser = Callable[[Sequence[str]], int]
"""How well headers fit something known, 0 for not at all."""


def sniff_encoding(path: Path, head: bytes) -> str:
    """Return "utf-8-sig", "utf-16", "utf-8" or "cp1252"; raise UnreadableFile for what is not text.

    "utf-8" only says that the sample allows it: a later byte may prove it wrong.
    """
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in head or head.startswith(_MAGIC):
        raise UnreadableFile(path, reason="format")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def open_text(
    path: Path,
    opener: Opener,
    total: int,
    encoding: str,
    progress: Progress,
    choose: Chooser,
    multiline: bool = False,
) -> Table:
    """Return the table of a text file, ready to be read once.

    choose: to choose the separator. multiline: a quoted cell may hold ends of lines; it is a quote that never
    closed otherwise. A byte that is not of the encoding raises UnicodeDecodeError, here or while the records
    are read.
    """
    raw = BoundedStream(path, opener(), total, progress, wide=encoding == "utf-16")
    errors = "replace" if encoding == "cp1252" else "strict"
    stream = io.TextIOWrapper(buffered(raw), encoding=encoding, errors=errors, newline="")
    try:
        return _table(path, stream, encoding, choose, LONGEST_RECORD if multiline else 1)
    except BaseException:
        stream.close()
        raise


def _table(path: Path, stream: io.TextIOWrapper, encoding: str, choose: Chooser, longest: int) -> Table:
    lines = _Lines(stream)
    header, comments = _header(path, lines)
    separator = best_separator(header, choose, lines.ahead(LOOKED_AHEAD))
    while longest > 1 and header.count('"') % 2 and (more := lines.first()):
        header += "\n" + more.rstrip("\r\n")  # a header of several lines, as spreadsheets write them
    headers = tuple(name.strip().lstrip("\ufeff") for name in _split(path, header, separator))
    if len(headers) > MAX_COLUMNS:
        raise UnreadableFile(path, reason="too_many_columns", count=len(headers), limit=MAX_COLUMNS)
    broken: list[tuple[int, int]] = []
    return Table(
        headers=headers,
        header_line=lines.number,
        records=_records(lines, separator, broken, longest),
        encoding=encoding,
        separator=separator,
        comments=comments,
        broken=broken,
        close=stream.close,
    )


class _Lines:
    """Lines of a stream, counted as they are pulled."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        self._ahead: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        while self._ahead:
            self.number += 1
            yield self._ahead.pop(0)
        for line in self._stream:
            self.number += 1
            yield line

    def first(self) -> str:
        """Return one line, or an empty text at the end."""
        line = self._ahead.pop(0) if self._ahead else self._stream.readline(MAX_LINE)
        self.number += 1 if line else 0
        return line

    def ahead(self, count: int) -> Sequence[str]:
        """Return the next lines, which stay to be read."""
        while len(self._ahead) < count and (line := self._stream.readline(MAX_LINE)):
            self._ahead.append(line)
        return self._ahead


def _header(path: Path, lines: _Lines) -> tuple[str, tuple[str, ...]]:
    """Return the first line that is neither blank nor a comment, and the comments above it."""
    comments = []
    while line := lines.first():
        text = line.strip("\r\n\ufeff \t")
        if text.startswith("#"):
            comments.append(text.lstrip("# "))
        elif text.strip(";,|\t") and not text.lower().startswith("sep="):
            return line.rstrip("\r\n"), tuple(comments)
    raise UnreadableFile(path, reason="no_table")


def best_separator(header: str, choose: Chooser, under: Sequence[str] = ()) -> str:
    """Return the separator whose headers fit something known best, else the one that cuts most lines alike.

    under: the lines below, where titles may stand above the headers: one of them may fit better.
    """

    def rank(separator: str) -> tuple[int, int, int, int]:
        lines = [_cells(line, separator) for line in (header, *under)]
        widths = Counter(len(cells) for cells in lines if len(cells) > 1)
        width, alike = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        return max(map(choose, lines)), alike, width, -SEPARATORS.index(separator)

    return max(SEPARATORS, key=rank)


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line.rstrip("\r\n")], delimiter=separator), [])
    except csv.Error:
        return []


def _split(path: Path, header: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([header], delimiter=separator, strict=True), [])
    except csv.Error as error:
        raise UnreadableFile(path, reason="no_table") from error


def _records(lines: _Lines, separator: str, broken: list[tuple[int, int]], longest: int) -> Iterator[Record]:
    """Yield each record with its first line; one over too many lines is a quote that never closed."""
    csv.field_size_limit(MAX_LINE)
    reader = csv.reader(iter(lines), delimiter=separator)
    before = lines.number
    while True:
        failed = False
        try:
            cells = next(reader, None)
        except csv.Error:
            cells, failed = [], True
        if cells is None:
            return
        number = lines.number
        if failed or number > before + longest:
            broken.append((before + 1, number))
        elif cells:
            yield before + 1, cells
        before = number
