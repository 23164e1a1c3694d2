"""Links from a COG engagement to the evidence, read both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.session import Base


class CascadeService:
    """Links from a COG engagement to the evidence, read both ways."""

    def __init__(self, base: Base) -> None:
        self._base = base
