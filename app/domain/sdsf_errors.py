"""What is refused about SDSF, the cascade and alerts."""

from __future__ import annotations

from app.domain.errors import DomainError, FileError


class SdsfNotFound(DomainError):
    """No such scheme, node or sheet; facts: what."""


class SdsfRefused(DomainError):
    """A value typed in a scheme is refused; facts: field, value, reason."""


class ForbiddenStage(DomainError):
    """A scheme cannot pass to that stage; facts: current, asked."""


class WrongParent(DomainError):
    """A node cannot stand there; facts: kind, parent."""


class NodeHasLinks(DomainError):
    """A node that others rest on is not erased; facts: label, count."""


class SheetRefused(FileError):
    """The file is not a sheet of common indicators; facts: reason."""


class LinkRefused(DomainError):
    """A link of the cascade is refused; facts: reason."""


class AlertRefused(DomainError):
    """An answer to an alert is refused; facts: field, reason."""
