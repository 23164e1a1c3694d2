"""Booklets of an Epci, their texts and versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.session import Base


class DiagnosticService:
    """Booklets of an Epci, their texts and versions."""

    def __init__(self, base: Base) -> None:
        self._base = base
