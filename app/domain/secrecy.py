"""Secrecy before anything leaves: small counts are masked, and others with them, so that no sum tells them.

One entry, `guard`, for every export. Masks are chosen on every table given, so give the whole base and not
one page: the same cell is then masked in every paper.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

from app.domain.indicator import ValueState
from app.domain.secrecy_bounds import Interval, deduced, equations
from app.domain.secrecy_model import (
    Cell,
    Guarded,
    Key,
    Link,
    Masked,
    Profile,
    Reason,
    SecretTable,
    Use,
    emptied,
)

__all__ = ["guard", "protection", "reader_view"]

EXACT = 1e-6
PROTECTED = (Reason.SMALL, Reason.PRODUCER)
"""What must not be told again by sums; the rest is masked only to help them."""


def guard(tables: Sequence[SecretTable], profile: Profile, around: Sequence[SecretTable] = ()) -> Guarded:
    """Return what a profile may read.

    around: tables that the same readers hold from elsewhere, taken into account and not returned. Zero stays
    zero, a cell masked or not published stays so. What the profile may not see at all is left out, not
    masked.
    """
    removed = {
        cell.key: Reason.CONTACT if cell.contact else Reason.CAF_ONLY
        for table in tables
        for cell in table.cells
        if (cell.contact and profile.hides_contacts) or (cell.caf_only and profile.hides_caf_only)
    }
    every = [emptied(table, frozenset(), frozenset(removed)) for table in (*tables, *around)]
    reasons = dict(_Masks(every, profile).choose())
    hidden = frozenset(reasons)
    own = {cell.key for table in tables for cell in table.cells}
    reasons.update(removed)
    return Guarded(
        tables=tuple(emptied(table, hidden, frozenset(removed)) for table in tables),
        masked=tuple(Masked(key, reason) for key, reason in reasons.items() if key in own),
    )


class _Masks:
    """Cells masked so far and why, on all tables at once."""

    def __init__(self, tables: Sequence[SecretTable], profile: Profile) -> None:
        self.profile = profile
        self.cells = {cell.key: cell for table in tables for cell in table.cells}
        self.links = list(dict.fromkeys(link for table in tables for link in table.links))
        self.uses = list(dict.fromkeys(use for table in tables for use in table.uses))
        self.reasons = {
            key: reason for key, cell in self.cells.items() if (reason := _primary(cell, profile)) is not None
        }
        self.of_key: dict[Key, list[Link]] = {}
        for link in self.links:
            for key, _ in link.terms:
                self.of_key.setdefault(key, []).append(link)

    def choose(self) -> dict[Key, Reason]:
        """Mask what uses masked cells, then complements, until nothing leaks; return why for each cell."""
        while True:
            self.spread()
            leaks = self.leaks(self.links, exact=False) or self.leaks(self.links, exact=True)
            if not leaks:
                return self.reasons
            before = len(self.reasons)
            for key in leaks:
                for link in self.of_key[key]:
                    if key in self.leaks([link]):  # asked again: the last mask may serve several sums
                        self.mask_one([link])
            if len(self.reasons) == before and not self.mask_one(self.around(leaks[0])):
                return self.reasons

    def spread(self) -> None:
        """Mask every result computed on a masked cell, results of results included."""
        waiting = self.uses
        while found := [use for use in waiting if use.result not in self.reasons and self._uses(use)]:
            self.reasons.update((use.result, Reason.USES) for use in found)
            waiting = [use for use in waiting if use.result not in self.reasons]

    def _uses(self, use: Use) -> bool:
        return _is_known(self.cells.get(use.result)) and any(key in self.reasons for key in use.inputs)

    def leaks(self, links: Sequence[Link], *, exact: bool = True) -> list[Key]:
        """Cells masked for themselves whose interval is too narrow, the narrowest first."""
        wanted = {
            key: self.width(key)
            for link in links
            for key, _ in link.terms
            if self.reasons.get(key) in PROTECTED
        }
        if not wanted:
            return []
        view = reader_view(self.cells, links, self.reasons, wanted, exact=exact)
        narrow = {k: high - low for k, (low, high) in view.items() if high - low < wanted[k] - EXACT}
        return sorted(narrow, key=lambda key: (narrow[key], repr(key)))

    def width(self, key: Key) -> float:
        """Least width of the interval that a reader may be left with."""
        own = self.cells[key].protection
        return protection(self.profile) if own is None else own

    def mask_one(self, links: Sequence[Link]) -> bool:
        """Mask one more cell of these sums: one masked another year, else the smallest part, last a total.

        Zeros are never masked: everybody would know them, and they protect nothing. False if none is left.
        """
        elsewhere = {_twin(key) for key in self.reasons}
        totals = {link.total for link in links}

        def cost(name: Key) -> tuple[bool, bool, float, str]:
            number = self.cells[name].number or 0.0
            return (name in totals, _twin(name) not in elsewhere, abs(number), repr(name))

        names = {name for link in links for name, _ in link.terms if self._is_open(name)}
        choice = min(names, key=cost, default=None)
        if choice is not None:
            self.reasons[choice] = Reason.COMPLEMENT
        return choice is not None

    def around(self, key: Key) -> list[Link]:
        """Sums that reach a cell from one masked cell to the next, when none tells it alone."""
        found: dict[Link, None] = {}
        waiting = [key]
        while waiting:
            for link in self.of_key.get(waiting.pop(), ()):
                if link not in found:
                    found[link] = None
                    waiting += [name for name, _ in link.terms if name in self.reasons]
        return list(found)

    def _is_open(self, name: Key) -> bool:
        cell = self.cells.get(name)
        return name not in self.reasons and cell is not None and _is_known(cell) and bool(cell.number)


def _primary(cell: Cell, profile: Profile) -> Reason | None:
    if cell.state is ValueState.MASKED:
        return Reason.PRODUCER
    small = cell.counted and cell.number is not None and 0 < cell.number < profile.threshold
    return Reason.SMALL if small else None


def _is_known(cell: Cell | None) -> bool:
    return cell is not None and cell.number is not None and cell.state.is_known


def protection(profile: Profile) -> float:
    """Least width of the interval that a reader may be left with on a masked count."""
    return max(profile.threshold - 1.0, 1.0)


def reader_view(
    cells: Mapping[Key, Cell],
    links: Sequence[Link],
    hidden: Collection[Key],
    wanted: Mapping[Key, float] | None = None,
    *,
    exact: bool = True,
) -> dict[Key, Interval]:
    """Return the interval that a reader can give to hidden cells from what is shown; see deduced.

    A masked count is known to be at least 1, since zeros are shown. wanted: all hidden cells if None.
    """
    held = {key: cells[key] for link in links for key, _ in link.terms if key in cells}
    shown = {key: cell.number or 0.0 for key, cell in held.items() if key not in hidden and _is_known(cell)}
    floors = {key: _floor(cell) for key, cell in held.items() if key not in shown}
    system, unknown = equations(links, shown, floors)
    if wanted is None:
        wanted = dict.fromkeys((key for key in unknown if key in hidden), math.inf)
    return deduced(system, unknown, wanted, exact=exact)


def _floor(cell: Cell) -> float:
    if cell.floor is None:
        return -math.inf
    return max(cell.floor, 1.0) if cell.counted and cell.number is not None else cell.floor


def _twin(key: Key) -> Key:
    """The same cell without its year, so that one territory is masked every year rather than two."""
    return key[:-1] if isinstance(key, tuple) else key
