"""Marks of printed numbers: one number for one origin, in the order they are met, and their pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reports.kit.printed import Printed


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the annex: its number, and the numbers printed under that mark."""

    number: int
    numbers: tuple[Printed, ...]


@dataclass(slots=True)
class Seen:
    """Where a number was printed: pages, and the mark beside it (0 for none)."""

    shown: Printed
    mark: int = 0
    pages: set[int] = field(default_factory=set)


class Notes:
    """Numbers the notes of a document and remembers every number printed."""

    def __init__(self, *, annexed: bool = True) -> None:
        self._annexed = annexed
        self._notes: dict[tuple[Printed, ...], Note] = {}
        self._seen: dict[Printed, Seen] = {}

    def mark(self, numbers: Sequence[Printed], *, counting: bool = True) -> int:
        """Return the number of the note on these numbers taken together, 0 if nothing is known of them.

        counting=False looks without remembering, for measures: a new note then has the next number.
        """
        known = tuple(dict.fromkeys(shown for shown in numbers if shown.is_traced))
        if counting:
            self.remember(numbers)
        if not known or not self._annexed:  # a mark that leads nowhere says nothing
            return 0
        note = self._notes.get(known)
        if note is None:
            note = Note(len(self._notes) + 1, known)
            if counting:
                self._notes[known] = note
        if counting:
            for shown in known:
                self._seen[shown].mark = self._seen[shown].mark or note.number
        return note.number

    def remember(self, numbers: Iterable[Printed]) -> None:
        """Keep printed numbers for the manifest."""
        for shown in numbers:
            if shown not in self._seen:
                self._seen[shown] = Seen(shown)

    def place(self, numbers: Iterable[Printed], page: int) -> None:
        """Say that these numbers are printed on that page."""
        for shown in numbers:
            seen = self._seen.get(shown)
            if seen is not None:
                seen.pages.add(page)

    def all(self) -> list[Note]:
        """Return the notes, in the order of their numbers."""
        return list(self._notes.values())

    def seen(self) -> list[Seen]:
        """Return every number printed, in the order they were met."""
        return list(self._seen.values())
