"""Instances, séances, decisions, documents and contacts, shared by CTG and SDSF."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.session import Base


class SteeringService:
    """Instances, séances, decisions, documents and contacts, shared by CTG and SDSF."""

    def __init__(self, base: Base) -> None:
        self._base = base
