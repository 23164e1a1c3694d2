"""What stops the import of a free table: facts only, the interface says the sentence."""

from __future__ import annotations

from app.domain.errors import DomainError, FileError


class UnknownModel(DomainError):
    """No kind of table with that code; facts: code, known (codes and labels)."""


class MissingColumns(FileError):
    """The table lacks needed columns of the model; facts: model (label), fields (labels), headers."""


class UnknownField(DomainError):
    """The model has no such field; facts: field, model (label), known (codes)."""


class UnknownColumn(FileError):
    """The table has no such column; facts: column, headers."""


class BadColumn(DomainError):
    """A column was not named as field=header; facts: value."""


class ColumnsWithoutModel(DomainError):
    """Columns were named without saying of which model."""
