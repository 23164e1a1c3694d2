"""One engine for what is due and what drifts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.session import Base


class AlertService:
    """One engine for what is due and what drifts."""

    def __init__(self, base: Base) -> None:
        self._base = base
