"""Read a CSV file as producers and spreadsheets write it: encoding, separator, quotes, true line numbers."""

from __future__ import annotations

import codecs
import csv
import io
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

Opener = Callable[[], IO[bytes]]


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
    choose: Callable[[Sequence[str]], int],
) -> Table:
    """Return the table of a text file, ready to be read once.

    choose: how well headers fit a known source (0 for not at all), to choose the separator. A byte that is
    not of the encoding raises UnicodeDecodeError, here or while the records are read.
    """
    raw = BoundedStream(path, opener(), total, progress, wide=encoding == "utf-16")
    errors = "replace" if encoding == "cp1252" else "strict"
    stream = io.TextIOWrapper(buffered(raw), encoding=encoding, errors=errors, newline="")
    try:
        return _table(path, stream, encoding, choose)
    except BaseException:
        stream.close()
        raise


def _table(
    path: Path, stream: io.TextIOWrapper, encoding: str, choose: Callable[[Sequence[str]], int]
) -> Table:
    lines = _Lines(stream)
    header, comments = _header(path, lines)
    separator = best_separator(header, choose)
    headers = tuple(name.strip().lstrip("\ufeff") for name in _split(path, header, separator))
    if len(headers) > MAX_COLUMNS:
        raise UnreadableFile(path, reason="too_many_columns", count=len(headers), limit=MAX_COLUMNS)
    broken: list[tuple[int, int]] = []
    return Table(
        headers=headers,
        header_line=lines.number,
        records=_records(lines, separator, broken),
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
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._stream:
            self.number += 1
            yield line

    def first(self) -> str:
        """Return one line, or an empty text at the end."""
        line = self._stream.readline(MAX_LINE)
        self.number += 1 if line else 0
        return line


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


def best_separator(header: str, choose: Callable[[Sequence[str]], int]) -> str:
    """Return the separator whose headers fit a known source best, else the one that gives most columns."""

    def rank(separator: str) -> tuple[int, int, int]:
        cells = next(csv.reader([header], delimiter=separator), [])
        return choose(cells), len(cells), -SEPARATORS.index(separator)

    return max(SEPARATORS, key=rank)


def _split(path: Path, header: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([header], delimiter=separator, strict=True), [])
    except csv.Error as error:
        raise UnreadableFile(path, reason="no_table") from error


def _records(lines: _Lines, separator: str, broken: list[tuple[int, int]]) -> Iterator[Record]:
    """Yield each record with its line; a record over several lines is a quote that never closed."""
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
        if failed or number > before + 1:
            broken.append((before + 1, number))
        elif cells:
            yield number, cells
        before = number
