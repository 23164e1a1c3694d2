"""Sites, services, places, childminders and zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.session import Base


class RegisterService:
    """Sites, services, places, childminders and zones."""

    def __init__(self, base: Base) -> None:
        self._base = base
