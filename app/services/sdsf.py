"""SDSF and their sheet of common indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.session import Base


class SdsfService:
    """SDSF and their sheet of common indicators."""

    def __init__(self, base: Base) -> None:
        self._base = base
