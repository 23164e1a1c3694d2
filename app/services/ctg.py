"""CTG: conventions and plans of action."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.session import Base


class CtgService:
    """CTG: conventions and plans of action."""

    def __init__(self, base: Base) -> None:
        self._base = base
