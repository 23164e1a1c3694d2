"""French sentences of the errors about the register of equipment."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.errors import DomainError

BUILDERS: dict[type, Callable[[DomainError], tuple[str, str, str]]] = {}
"""For each error: what happened, what is safe, what to do."""
