"""Find the tables that a file holds, by its content and never by its extension."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import IO

from app.domain.errors import UnreadableFile
from app.ingestion import sheets, text_table
from app.ingestion.guard import check_archive, check_file, head_of
from app.ingestion.model import Recognised
from app.ingestion.sources import Model, find_model, fit, level_of
from app.ingestion.table import Table
from app.progress import SILENT, Progress

OUTLINES = "outlines"
_ZIP = b"PK"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_SQLITE = b"SQLite format 3"
_SHAPEFILE = b"\x00\x00\x27\x0a"
_TEXT_SUFFIXES = (".csv", ".txt", ".tsv")

ModelOf = Callable[[Sequence[str]], Model | None]


@dataclass(frozen=True)
class Candidate:
    """One table of a file: its headers, the model they fit if any, and how to open it again.

    open: takes the encoding to try (ignored by workbooks) and the progress.
    """

    headers: tuple[str, ...]
    model: Model | None
    open: Callable[[str, Progress], Table]
    encodings: tuple[str, ...] = ("",)
    member: str = ""
    sheet: str = ""

    @property
    def part(self) -> str:
        """Name of the sheet or of the member of the zip, empty for a file of one table."""
        return self.sheet or self.member

    def recognised(self) -> Recognised | None:
        """Return what the table is, None if no model fits."""
        if self.model is None:
            return None
        level = level_of(self.model)
        return Recognised(
            self.model.source, self.model.label, "values", level, self.member, self.sheet, self.headers
        )


def find_tables(
    path: Path,
    progress: Progress = SILENT,
    *,
    choose: text_table.Chooser = fit,
    model_of: ModelOf = find_model,
    multiline: bool = False,
) -> tuple[Candidate, ...] | Recognised:
    """Return the tables of the file, known ones first, or a Recognised of kind "outlines" for shapes.

    choose: how well cells look like known headers; model_of: the model that headers fit, if any; multiline:
    a text cell may hold ends of lines. Raises UnreadableFile.
    """
    found = _tables(path, progress, choose, multiline)
    if isinstance(found, Recognised):
        return found
    modelled = [replace(candidate, model=model_of(candidate.headers)) for candidate in found]
    return tuple(sorted(modelled, key=lambda candidate: candidate.model is None))


def _tables(
    path: Path, progress: Progress, choose: text_table.Chooser, multiline: bool
) -> Sequence[Candidate] | Recognised:
    size = check_file(path)
    head = head_of(path)
    open_text = partial(text_table.open_text, choose=choose, multiline=multiline)
    if head.startswith(_ZIP):
        return _of_zip(path, progress, choose, open_text)
    if head.startswith(_OLD_WORKBOOK):
        return _of_workbook(path, progress, choose)
    if _is_outlines(head):
        return Recognised(OUTLINES, "Contours de territoires", OUTLINES)
    return (_of_text(path, open_text, lambda: path.open("rb"), size, head),)


def is_workbook(path: Path) -> bool:
    """Tell whether the file is a workbook (xlsx, ods, xls). Raises UnreadableFile for unsafe parts."""
    head = head_of(path)
    if not head.startswith(_ZIP):
        return head.startswith(_OLD_WORKBOOK)
    try:
        with zipfile.ZipFile(path) as archive:
            found = _holds_workbook(archive)
            if found:
                sheets.check_workbook(path, archive)
            return found
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise UnreadableFile(path, reason="damaged") from error


def _holds_workbook(archive: zipfile.ZipFile) -> bool:
    names = archive.namelist()
    return "[Content_Types].xml" in names or "content.xml" in names


def _is_outlines(head: bytes) -> bool:
    if head.startswith(_SQLITE):
        return head[68:72] in (b"GPKG", b"GP10", b"GP11")
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    is_shapes = text.startswith(b"{") and (b'"Feature' in head or b'"features"' in head)
    return head.startswith(_SHAPEFILE) or is_shapes


OpenText = Callable[[Path, text_table.Opener, int, str, Progress], Table]


def _of_text(
    path: Path, open_text: OpenText, opener: text_table.Opener, size: int, head: bytes, member: str = ""
) -> Candidate:
    sniffed = text_table.sniff_encoding(path, head)

    def open_it(encoding: str, progress: Progress) -> Table:
        table = open_text(path, opener, size, encoding, progress)
        table.member = member
        return table

    try:
        table = open_it(sniffed, SILENT)
    except UnicodeDecodeError as error:  # it announces an encoding that it does not keep
        raise UnreadableFile(path, reason="encoding") from error
    table.close()
    encodings = (sniffed, "cp1252") if sniffed == "utf-8" else (sniffed,)
    return Candidate(table.headers, None, open_it, encodings, member)


def _of_zip(
    path: Path, progress: Progress, choose: text_table.Chooser, open_text: OpenText
) -> Sequence[Candidate] | Recognised:
    try:
        with zipfile.ZipFile(path) as archive:
            if _holds_workbook(archive):
                sheets.check_workbook(path, archive)
                return _of_workbook(path, progress, choose)
            check_archive(path, archive)
            if any(name.lower().endswith((".shp", ".gpkg", ".geojson")) for name in archive.namelist()):
                return Recognised(OUTLINES, "Contours de territoires", OUTLINES)
            return _members(path, archive, open_text)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise UnreadableFile(path, reason="damaged") from error


def _members(path: Path, archive: zipfile.ZipFile, open_text: OpenText) -> Sequence[Candidate]:
    found = []
    for entry in archive.infolist():
        name = entry.filename
        if entry.is_dir() or not name.lower().endswith(_TEXT_SUFFIXES) or name.startswith("__MACOSX/"):
            continue
        if entry.flag_bits & 1:
            raise UnreadableFile(path, reason="encrypted", member=name)
        if entry.file_size:
            with archive.open(entry) as stream:
                head = stream.read(text_table.SAMPLE)
            found.append(_of_text(path, open_text, _member_opener(path, name), entry.file_size, head, name))
    if not found:
        raise UnreadableFile(path, reason="no_table")
    return found


def _member_opener(path: Path, name: str) -> text_table.Opener:
    def opener() -> IO[bytes]:
        with zipfile.ZipFile(path) as archive:
            return archive.open(name)  # the entry keeps the file open until it is closed itself

    return opener


def _of_workbook(path: Path, progress: Progress, choose: text_table.Chooser) -> Sequence[Candidate]:
    tops = sheets.sheet_tops(path, choose, progress)
    if not tops:
        raise UnreadableFile(path, reason="no_table")
    return [_of_sheet(path, top) for top in tops]


def _of_sheet(path: Path, top: sheets.SheetTop) -> Candidate:
    return Candidate(
        top.headers,
        None,
        lambda _, progress: sheets.open_sheet(path, top, progress),
        sheet=top.name,
    )
