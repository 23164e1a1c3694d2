"""Documents attached to anything: copied into the companion folder of the base, with their digest."""

from __future__ import annotations

import hashlib
import re
import shutil
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.changes import Changes
from app.domain.ctg_errors import DocumentAltered, DocumentMissing
from app.domain.errors import DiskFull, UnreadableFile, WriteRefused
from app.services.clock import now
from app.services.ctg_edit import add_row, changed, edit, find, remove
from app.services.ctg_rows import Created, DocumentRow
from db.models import new_uuid
from db.models.ctg import Document

if TYPE_CHECKING:
    from db.session import Base

PRESENT, MISSING, ALTERED = "present", "missing", "altered"
LARGEST = 200 * 1024 * 1024
"""Bytes of one document: a scanned convention is a few megabytes."""

_BLOCK = 1024 * 1024
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


class DocumentService:
    """The documents of one base; removing one keeps its file, so that the removal can be undone."""

    def __init__(self, base: Base) -> None:
        self._base = base

    @property
    def folder(self) -> Path:
        """`<base>.documents`, beside the base."""
        return self._base.path.with_name(f"{self._base.path.name}.documents")

    def add(self, owner_kind: str, owner_uuid: str, path: Path, title: str = "", kind: str = "") -> Created:
        """Copy a file into the companion folder and attach it.

        Raises UnreadableFile, WriteRefused, DiskFull, ReadOnlyBase.
        """
        uuid = new_uuid()
        with self._base.write("document ajouté") as session:
            size, digest = _digest(path)
            name = f"{uuid[:8]}_{safe_name(path.name)}"
            self._copy(path, name, digest)
            columns = {
                "uuid": uuid, "owner_kind": owner_kind, "owner_uuid": owner_uuid, "kind": kind,
                "title": title or path.stem, "file": name, "size": size, "sha256": digest, "added_at": now(),
            }  # fmt: skip
            add_row(session, "document", owner_uuid, columns)
        return Created(uuid, changed("document"))

    def _copy(self, path: Path, name: str, digest: str) -> None:
        """Copy under a temporary name, check, then give the name: no half document is ever seen."""
        temporary = self.folder / f".{name}.part"
        try:
            self.folder.mkdir(exist_ok=True)
            shutil.copyfile(path, temporary)
            if _digest(temporary)[1] != digest:
                raise WriteRefused(self.folder / name, reason="changed")
            temporary.replace(self.folder / name)
        except OSError as error:
            full = error.errno == 28
            raise (DiskFull if full else WriteRefused)(self.folder, reason=error.strerror or "") from error
        finally:
            temporary.unlink(missing_ok=True)

    def edit(self, uuid: str, **values: object) -> Changes:
        """Change title, kind or note."""
        with self._base.write("document\u202f: description") as session:
            done = edit(session, "document", uuid, values)
        return changed("document") if done else Changes()

    def remove(self, uuid: str) -> Changes:
        """Detach a document; its file stays in the folder until `clean`."""
        with self._base.write("document supprimé") as session:
            remove(session, "document", uuid)
        return changed("document")

    def rows(self, owner_uuid: str | None = None, *, check: bool = True) -> list[DocumentRow]:
        """Documents of a thing (or all), oldest first; check: read the files again to tell their state."""
        with self._base.read() as session:
            query = select(Document).order_by(Document.added_at, Document.title)
            if owner_uuid is not None:
                query = query.where(Document.owner_uuid == owner_uuid)
            return [
                DocumentRow(row.uuid, row.owner_kind, row.owner_uuid, row.kind, row.title, row.file, row.size,
                            row.sha256, datetime.fromisoformat(row.added_at), row.note,
                            self._state(row, check))
                for row in session.scalars(query)
            ]  # fmt: skip

    def _state(self, row: Document, check: bool) -> str:
        path = self.folder / row.file
        if not path.is_file():
            return MISSING
        if path.stat().st_size != row.size:
            return ALTERED
        return ALTERED if check and _digest(path)[1] != row.sha256 else PRESENT

    def path(self, uuid: str) -> Path:
        """The file of a document, to be opened. Raises DocumentMissing, DocumentAltered, UnknownObject."""
        with self._base.read() as session:
            row: Document = find(session, "document", uuid)
            path, state, title = self.folder / row.file, self._state(row, True), row.title
        if state == MISSING:
            raise DocumentMissing(path, title=title)
        if state == ALTERED:
            raise DocumentAltered(path, title=title)
        return path

    def problems(self) -> list[DocumentRow]:
        """Documents whose file is missing or altered."""
        return [row for row in self.rows() if row.state != PRESENT]


def safe_name(name: str) -> str:
    """A file name that every system accepts, at most 80 characters, extension kept."""
    clean = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", name)).strip(" .") or "document"
    path = Path(clean)
    suffix = path.suffix[:12]
    return path.stem[: 80 - len(suffix)].rstrip(" .") + suffix


def _digest(path: Path) -> tuple[int, str]:
    """Bytes and SHA-256 of a file. Raises UnreadableFile."""
    digest = hashlib.sha256()
    size = 0
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                size += len(block)
                if size > LARGEST:
                    raise UnreadableFile(path, reason="too_large")
                digest.update(block)
    except FileNotFoundError as error:
        raise UnreadableFile(path, reason="missing") from error
    except IsADirectoryError as error:
        raise UnreadableFile(path, reason="folder") from error
    except OSError as error:
        raise UnreadableFile(path, reason="permission") from error
    return size, digest.hexdigest()
