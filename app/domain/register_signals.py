"""Signals of fragility of one service: each value beside its threshold, never a score."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.register import Equipment
from app.domain.register_lists import Signal


@dataclass(frozen=True, slots=True)
class Threshold:
    """The bound of a signal from a day on; None means no threshold from then. delivered: not the user's."""

    signal: str
    bound: float | None
    starts_on: datetime.date | None = None
    note: str = ""
    delivered: bool = False
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A value typed for a signal and a year, or computed from the register."""

    signal: str
    year: int
    number: float
    source: str = ""
    fictitious: bool = False
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class SignalLine:
    """One signal of one service and year: crossed is None when the value or the threshold is missing."""

    signal: Signal
    year: int
    reading: Reading | None
    threshold: Threshold | None
    crossed: bool | None
    parts: tuple[tuple[str, float], ...] = ()
    """For a computed signal: the named numbers it rests on."""


def threshold_at(thresholds: Iterable[Threshold], signal: Signal, on: datetime.date) -> Threshold | None:
    """Return the threshold in force on a day: the latest of the user, else the delivered one."""
    own = [
        item
        for item in thresholds
        if item.signal == signal.code and (item.starts_on is None or item.starts_on <= on)
    ]
    if own:
        return max(own, key=lambda item: item.starts_on or datetime.date.min)
    if signal.bound is None:
        return None
    return Threshold(signal.code, signal.bound, note=signal.source, delivered=True)


def signal_lines(
    item: Equipment,
    signals: Mapping[str, Signal],
    readings: Iterable[Reading],
    thresholds: Iterable[Threshold],
    year: int,
) -> tuple[SignalLine, ...]:
    """Return every signal of a service for a year, those without value included."""
    held = {reading.signal: reading for reading in readings if reading.year == year}
    rules = tuple(thresholds)
    on = datetime.date(year, 12, 31)
    return tuple(_line(item, signal, held.get(code), rules, on) for code, signal in signals.items())


def _line(
    item: Equipment,
    signal: Signal,
    reading: Reading | None,
    thresholds: tuple[Threshold, ...],
    on: datetime.date,
) -> SignalLine:
    parts: tuple[tuple[str, float], ...] = ()
    if signal.computed:
        reading, parts = _opened_share(item, signal, on)
    threshold = threshold_at(thresholds, signal, on)
    crossed = None
    if reading is not None and threshold is not None and threshold.bound is not None:
        crossed = signal.crossed(reading.number, threshold.bound)
    return SignalLine(signal, on.year, reading, threshold, crossed, parts)


def _opened_share(
    item: Equipment, signal: Signal, on: datetime.date
) -> tuple[Reading | None, tuple[tuple[str, float], ...]]:
    then = item.at(on)
    licensed, opened = then.licensed, then.opened
    if not licensed or opened is None or then.opened_unknown:
        return None, ()
    share = 100 * opened / licensed
    parts = (("opened", float(opened)), ("licensed", float(licensed)))
    return Reading(signal.code, on.year, share, fictitious=item.fictitious), parts


def crossed_count(lines: Iterable[SignalLine]) -> int:
    """Return how many signals are beyond their threshold: a count of lines to read, not a score."""
    return sum(line.crossed is True for line in lines)
