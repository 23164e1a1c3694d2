"""Coverage by the four networks, rules of maillage, comparison groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.session import Base


class CoverageService:
    """Coverage by the four networks, rules of maillage, comparison groups."""

    def __init__(self, base: Base) -> None:
        self._base = base
