"""Refused entries about CTG, plans of action and steering."""

from __future__ import annotations

from app.domain.errors import DomainError, FileError


class UnknownObject(DomainError):
    """Nothing there any more; facts: kind, uuid."""


class BadField(DomainError):
    """A value typed is refused; facts: field, value, reason (code said by ui/error_words_ctg.py)."""


class EndBeforeStart(DomainError):
    """An end before its start; facts: field, start, end."""


class ForbiddenTransition(DomainError):
    """The lifecycle does not allow this passage; facts: current, requested, allowed."""


class MissingForStage(DomainError):
    """A passage lacks something; facts: requested, missing (codes)."""


class StageOutOfOrder(DomainError):
    """A stage dated before the one it follows; facts: requested, on, previous, previous_on."""


class SignedAfterEnd(DomainError):
    """A signature after the end of the convention; facts: on, end."""


class OverlappingCtg(DomainError):
    """A commune would be in two CTG on the same day; facts: other, communes (codes), names, span."""


class OutsideCtg(DomainError):
    """A commune is not in the CTG; facts: codes, name."""


class StepAfterEnd(DomainError):
    """An étape or a fiche planned outside the CTG; facts: field, on, limit, name."""


class ReasonNeeded(DomainError):
    """This status needs reason, decider and date; facts: status, missing (fields)."""


class CyclicLink(DomainError):
    """A thing would be inside itself; facts: name."""


class ForbiddenParent(DomainError):
    """An enjeu, an objective or a fiche cannot be put there; facts: kind, parent_kind."""


class OrphanDecision(DomainError):
    """A decision without its séance, or about a fiche of another convention; facts: reason."""


class FrozenMeeting(DomainError):
    """A snapshot of a séance is kept as it was shown; facts: title."""


class DocumentMissing(FileError):
    """The attached file is not in its folder any more; facts: title."""


class DocumentAltered(FileError):
    """The attached file is not the one that was attached; facts: title."""


class InUse(DomainError):
    """It cannot be removed while something needs it; facts: kind, name, count, by."""
