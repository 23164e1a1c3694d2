"""What the user can act upon about COG and CPOG."""

from __future__ import annotations

from app.domain.errors import DomainError


class UnknownContract(DomainError):
    """No CPOG with that code; facts: code, known (tuple of codes)."""


class NoContract(DomainError):
    """The base holds no CPOG; facts: delivered (tuple of codes that could be loaded)."""


class UnknownCog(DomainError):
    """No COG with that code; facts: code, known."""


class UnknownItem(DomainError):
    """What was asked is no longer in the base; facts: what."""


class ContractExists(DomainError):
    """Another CPOG has that code; facts: code."""


class BadContract(DomainError):
    """A field of a contract is refused; facts: field, value, reason."""


class BadIndicator(DomainError):
    """A field of an indicator is refused; facts: field, value, reason."""


class EntryRefused(DomainError):
    """Cells are refused, and nothing is written; facts: findings (CellFinding), texts (French sentences)."""


class InitialTargetLocked(DomainError):
    """An initial target is never overwritten; facts: indicator, period, value."""


class IncompleteRevision(DomainError):
    """Means, target and calendar must each change or say why not; facts: field."""


class RevisionUnbalanced(DomainError):
    """A revised target is given for a year without initial target; facts: indicator, period."""


class ClosingIncomplete(DomainError):
    """Gaps of that year are not explained; facts: year, indicators (tuple of names)."""


class AlreadyClosed(DomainError):
    """Nothing changed since the year was closed; facts: year, version."""


class NotClosed(DomainError):
    """That year is not closed; facts: year."""


class GapIncomplete(DomainError):
    """A gap needs a cause and an origin; facts: field."""


class ActionUnexplained(DomainError):
    """A stopped or postponed action needs reason, decider and date; facts: state, field."""


class BadHypothesis(DomainError):
    """A hypothesis is refused; facts: field, reason."""


class BadDeadline(DomainError):
    """A date of the calendar does not exist; facts: day, month."""


class BadLink(DomainError):
    """An indicator cannot be linked to itself or twice; facts: reason."""


class NoPeers(DomainError):
    """No value of another Caf for that indicator; facts: indicator, period."""


class NothingDelivered(DomainError):
    """No CPOG is delivered for that code; facts: code, known."""
