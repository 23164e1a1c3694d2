"""What the window asks of the application: open and create bases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.progress import Progress

if TYPE_CHECKING:
    from app.services import Services

SUFFIX = ".maillage"


class Opener(Protocol):
    """Implemented by app.bootstrap; every call may take long and runs away from the interface thread."""

    def open(self, path: Path) -> Services:
        """Open a base."""

    def create(self, path: Path, departements: Sequence[str]) -> Services:
        """Create a base for one or more départements."""

    def demo(self, path: Path, progress: Progress) -> Services:
        """Create the demonstration base."""

    def default_folder(self) -> Path:
        """Folder proposed for bases."""

    def recent(self) -> list[Path]:
        """Bases opened lately, latest first."""
