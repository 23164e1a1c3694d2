"""Errors of coverage, rules of maillage, baskets and groups that the user can act upon."""

from __future__ import annotations

from app.domain.errors import DomainError


class UnknownNetwork(DomainError):
    """No network with that code; facts: code, known."""


class UnknownFigure(DomainError):
    """A network has no such figure; facts: code, known."""


class BadCriterion(DomainError):
    """A meaning of « couvert » without its number, or with an impossible one; facts: field, value, reason."""


class BadRule(DomainError):
    """A rule of maillage is refused; facts: field, value, reason."""


class UnknownRule(DomainError):
    """No rule with that code; facts: code, known."""


class BadGroup(DomainError):
    """A comparison group is refused; facts: field, value, reason."""


class UnknownGroup(DomainError):
    """No group with that code; facts: code."""


class BadBasket(DomainError):
    """A basket of services is refused; facts: field, value, reason."""


class NotConvertible(DomainError):
    """Values cannot be carried to another geography; facts: indicator, year, millesime, reason."""
