"""Errors the user can act upon: each carries facts, the interface says the sentence."""

from __future__ import annotations

from pathlib import Path


class DomainError(Exception):
    """Something the user can act upon; `facts` holds what the sentence needs."""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(type(self).__name__, facts)


class FileError(DomainError):
    """A DomainError about one file; facts: path."""

    def __init__(self, path: Path | str, **facts: object) -> None:
        self.path = Path(path)
        super().__init__(path=self.path, **facts)


class BaseNotFound(FileError):
    """No file there."""


class BaseExists(FileError):
    """A file is already there and must not be overwritten."""


class ForeignFile(FileError):
    """The file is not a base of Maillage."""


class DamagedBase(FileError):
    """The base fails its integrity check; facts: details."""


class NewerBase(FileError):
    """The base was written by a newer version; facts: found, known."""


class BaseLocked(FileError):
    """Somebody else holds the base; facts: holder."""


class ReadOnlyBase(FileError):
    """A write was asked on a base opened read-only; facts: reason."""


class DiskFull(FileError):
    """No room left on the disk; facts: disk."""


class WriteRefused(FileError):
    """The system refused to write there; facts: reason."""


class UnreadableFile(FileError):
    """The file to import cannot be read; facts: reason (a code said by ui/errors.py)."""


class UnknownSource(FileError):
    """The headers match no known source; facts: headers."""


class UnknownTerritory(DomainError):
    """No territory with that code; facts: code, level."""


class UnknownIndicator(DomainError):
    """No indicator with that code; facts: code, known."""


class NoValue(DomainError):
    """Nothing to show for that choice; facts: indicator, level, year, years."""


class BadParameter(DomainError):
    """A value typed by the user is refused; facts: name, value, reason."""


class NothingToUndo(DomainError):
    """The journal has no such step; facts: direction."""


class UndoConflict(DomainError):
    """An action cannot be undone or redone: what it changed is no longer as it left it; facts: name."""


class ImportNotFound(DomainError):
    """No import with that number; facts: number."""


class ImportSuperseded(DomainError):
    """An import cannot be undone because a later one changed the same values; facts: number, later."""
