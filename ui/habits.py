"""What the user set on a screen and expects to find again: small texts by key."""

from __future__ import annotations


class Habits:
    """Kept as long as the application runs; see `ui.preferences` for those of this computer."""

    def __init__(self) -> None:
        self._held: dict[str, str] = {}

    def habit(self, key: str) -> str:
        """The text kept under a key, empty the first time."""
        return self._held.get(key, "")

    def keep_habit(self, key: str, text: str) -> None:
        """Keep a text under a key; an empty one forgets it."""
        self._held[key] = text
