"""What « Rechercher ou agir » can do: actions, territories, indicators, help; accents and order ignored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from app.domain.french import fold

GROUPS = (
    "Actions", "Indicateurs", "Territoires", "CTG", "Fiches action", "Réunions", "CPOG", "SDSF",
    "Équipements", "Aide",
)  # fmt: skip
FOUND_ONLY = GROUPS[1:-1]
"""Groups that would hide the others as long as nothing is typed."""
MOST_OF_GROUP = 8
NUMBERED = re.compile(r"\d+(?:\.\d+)+")
"""Number of a fiche: a label begins with it, its figures are not searched one by one."""


@dataclass(frozen=True)
class Command:
    """One line of the palette. words: other words that find it."""

    group: str
    label: str
    run: Callable[[], object]
    icon: str = "chevron-right"
    note: str = ""
    shortcut: str = ""
    words: str = ""

    @cached_property
    def found_by(self) -> str:
        """Everything that finds it, folded."""
        return fold(f"{self.label} {self.note} {self.words}")


def search(commands: Iterable[Command], text: str) -> list[Command]:
    """Return the commands that hold every word of text, by group, the best first; few of each group.

    Nothing typed gives the actions and help alone: a list of territories would hide them.
    """
    words = fold(text).split()
    numbers = [part for part in text.split() if NUMBERED.fullmatch(part)]
    found: dict[str, list[tuple[tuple[int, int], Command]]] = {group: [] for group in GROUPS}
    for command in commands:
        if not words and command.group in FOUND_ONLY:
            continue
        if numbers and not command.label.startswith(tuple(numbers)):
            continue
        text_found = command.found_by
        if all(word in text_found for word in words):
            found[command.group].append((_rank(command, words), command))
    kept: list[Command] = []
    for group in GROUPS:
        ranked = found[group]
        if words:
            ranked = sorted(ranked, key=lambda pair: pair[0])
        kept.extend(command for _, command in ranked[: None if not words else MOST_OF_GROUP])
    return kept


def _rank(command: Command, words: list[str]) -> tuple[int, int]:
    """Labels that begin with the first word come first, then those with a word that does."""
    if not words:
        return (0, 0)
    label = fold(command.label)
    begins = sum(any(part.startswith(word) for part in label.split()) for word in words)
    first = label.startswith(words[0]) or fold(command.words).startswith(words[0])
    return (0 if first else 1, -begins)
