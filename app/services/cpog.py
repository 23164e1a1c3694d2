"""COG and CPOG: contracts, indicators, trajectories, follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.session import Base


class CpogService:
    """COG and CPOG: contracts, indicators, trajectories, follow-up."""

    def __init__(self, base: Base) -> None:
        self._base = base
