"""Whole-day events as an iCalendar text (RFC 5545), for the agendas of other software."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

BYTES = 75
"""Most bytes of a line."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day; uid stays the same from one export to the next, so that agendas update it.

    reminder_days: how long before an agenda warns, 0 for no warning. fictitious: said after the summary.
    """

    uid: str
    on: datetime.date
    summary: str
    description: str = ""
    category: str = ""
    reminder_days: int = 0
    fictitious: bool = False


def calendar_text(events: Iterable[Event], stamp: datetime.datetime) -> str:
    """Return the calendar, in order of date; stamp: when it is written, in UTC. Lines end with CR LF."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Maillage//Maillage//FR", "CALSCALE:GREGORIAN"]
    for event in sorted(events, key=lambda event: (event.on, event.uid)):
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _event(event: Event, stamp: datetime.datetime) -> list[str]:
    summary = _escaped(f"{event.summary} (fictif)" if event.fictitious else event.summary)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}@maillage",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.on + datetime.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{summary}",
    ]
    lines += [f"DESCRIPTION:{_escaped(event.description)}"] if event.description else []
    lines += [f"CATEGORIES:{_escaped(event.category)}"] if event.category else []
    if event.reminder_days:
        trigger = f"TRIGGER:-P{event.reminder_days}D"
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{summary}", trigger, "END:VALARM"]
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return text.replace("\r", "").replace("\n", "\\n")


def folded(line: str) -> list[str]:
    """Cut a line into parts of at most 75 bytes, never inside a character; next ones begin with a space."""
    parts, part, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > BYTES:
            parts.append(part)
            part, size = " ", 1
        part, size = part + sign, size + width
    return [*parts, part]
