"""What is refused about diagnostics and their exports."""

from __future__ import annotations

from app.domain.errors import DomainError


class DiagnosticNotFound(DomainError):
    """No such diagnostic or version; facts: what."""


class DiagnosticRefused(DomainError):
    """An entry of a diagnostic is refused; facts: field, value, reason."""


class ForbiddenDiagnosticStatus(DomainError):
    """A diagnostic cannot pass to that status; facts: current, asked."""


class UnknownSection(DomainError):
    """No section with that code; facts: code, known."""


class UnknownProfile(DomainError):
    """No profile with that code; facts: code, known."""


class NotesPending(DomainError):
    """A text that disagrees with the base forbids validation; facts: count, sections."""
