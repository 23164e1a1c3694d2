"""Territory, year and references: what stays at the top of every page and survives navigation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

REFERENCES = ("departement", "region", "france")
MOST_REFERENCES = 2
MOST_STEPS = 100


@dataclass(frozen=True, slots=True)
class Context:
    """What the window is about. departement None: all those of the base; references: two at most."""

    departement: str | None = None
    epci: str | None = None
    commune: str | None = None
    year: int = 0
    references: tuple[str, ...] = ("departement", "france")


class ContextModel(QObject):
    """Holds the context and the way back: pages and territories seen before."""

    changed = Signal(object)
    """The new Context."""
    moved = Signal(str)
    """The page to show after back or forward."""
    steps_changed = Signal()

    def __init__(self, value: Context | None = None, page: str = "home") -> None:
        super().__init__()
        self._value = value or Context()
        self._page = page
        self._past: list[tuple[str, Context]] = []
        self._next: list[tuple[str, Context]] = []

    @property
    def value(self) -> Context:
        """The context now."""
        return self._value

    @property
    def page(self) -> str:
        """The page now."""
        return self._page

    def set_territory(
        self, departement: str | None = None, epci: str | None = None, commune: str | None = None
    ) -> None:
        """Go to a territory: the deepest code given; a step of the way back."""
        self._go(self._page, replace(self._value, departement=departement, epci=epci, commune=commune))

    def set_year(self, year: int) -> None:
        """Change the year; not a step of the way back."""
        self._set(replace(self._value, year=year))

    def set_references(self, references: Sequence[str]) -> None:
        """Keep the last two of the references given. Raises ValueError for an unknown one."""
        unknown = [name for name in references if name not in REFERENCES]
        if unknown:
            raise ValueError(f"unknown references: {unknown}")
        kept = [name for name in REFERENCES if name in references[-MOST_REFERENCES:]]
        self._set(replace(self._value, references=tuple(kept)))

    def set_page(self, page: str) -> None:
        """Remember the page shown; a step of the way back."""
        self._go(page, self._value)

    def can_go_back(self) -> bool:
        """True if there is a step before."""
        return bool(self._past)

    def can_go_forward(self) -> bool:
        """True if a step back was made."""
        return bool(self._next)

    def back(self) -> None:
        """Come back to the page and territory seen before, if any."""
        self._step(self._past, self._next)

    def forward(self) -> None:
        """Undo a step back, if any."""
        self._step(self._next, self._past)

    def _step(self, source: list[tuple[str, Context]], target: list[tuple[str, Context]]) -> None:
        if not source:
            return
        target.append((self._page, self._value))
        page, value = source.pop()
        value = replace(value, year=self._value.year, references=self._value.references)
        moved = page != self._page
        self._page = page
        self._set(value)
        if moved:
            self.moved.emit(page)
        self.steps_changed.emit()

    def _go(self, page: str, value: Context) -> None:
        if (page, value) == (self._page, self._value):
            return
        self._past.append((self._page, self._value))
        del self._past[:-MOST_STEPS]
        self._next.clear()
        self._page = page
        self._set(value)
        self.steps_changed.emit()

    def _set(self, value: Context) -> None:
        if value != self._value:
            self._value = value
            self.changed.emit(value)
