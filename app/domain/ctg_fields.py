"""Fields that people type about CTG, plans and steering: how each is read, and its French name."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.action import ActionKind, CafRole, NodeKind, OriginKind
from app.domain.budget import MoneyState, Nature
from app.domain.conformity import PointState
from app.domain.ctg import AmendmentKind, PartyKind
from app.domain.ctg_errors import BadField
from app.domain.numbers import parse_number, plain_text
from app.domain.steering import InstanceKind, MeetingStatus, Presence

Read = Callable[[object], object]

LONGEST_TEXT = 20_000
"""Characters of one field: a page of notes is a few thousand."""
MOST_EUROS = 1e11
_FRENCH_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")


class Refused(ValueError):
    """Why a value is refused: a code."""


@dataclass(frozen=True, slots=True)
class Field:
    """How a field is read; empty tells what an empty value gives, None if it is refused."""

    read: Read
    required: bool = False


def text(value: object) -> str:
    """A text, trimmed; line ends are those of Unix."""
    found = "" if value is None else str(value).replace("\r\n", "\n").replace("\x00", "").strip()
    if len(found) > LONGEST_TEXT:
        raise Refused("too_long")
    return found


def day(value: object) -> str | None:
    """An ISO day from a date, « 31/12/2027 » or « 2027-12-31 »; nothing gives None."""
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    typed = plain_text("" if value is None else str(value))
    if not typed:
        return None
    found = parse_day(typed)
    if found is None:
        raise Refused("date")
    return found.isoformat()


def parse_day(typed: str) -> datetime.date | None:
    """The day written in a text, None if there is none or it does not exist."""
    typed = plain_text(typed)
    french, iso = _FRENCH_DAY.fullmatch(typed), _ISO_DAY.fullmatch(typed)
    if french:
        d, m, y = (int(part) for part in french.groups())
    elif iso:
        y, m, d = (int(part) for part in iso.groups())
    else:
        return None
    try:
        found = datetime.date(y, m, d)
    except ValueError:
        return None
    return found if 1900 <= y <= 2100 else None


def number(value: object) -> float | None:
    """A number, from a number or a French text; nothing gives None."""
    if value is None or isinstance(value, int | float):
        return None if value is None else float(value)
    typed = plain_text(str(value))
    if not typed:
        return None
    found = parse_number(typed.removesuffix("€").removesuffix("%").strip())
    if found is None:
        raise Refused("number")
    return found


def positive(value: object) -> float | None:
    """A number at least zero."""
    found = number(value)
    if found is not None and found < 0:
        raise Refused("negative")
    return found


def whole(low: int, high: int) -> Read:
    """A whole number between two bounds."""

    def read(value: object) -> int | None:
        found = number(value)
        if found is None:
            return None
        if found != int(found):
            raise Refused("whole")
        if not low <= found <= high:
            raise Refused("range")
        return int(found)

    return read


def cents(value: object) -> int | None:
    """Cents of an amount typed in euros (« 4 800 », « 12,50 € »); nothing gives None."""
    found = positive(value)
    if found is not None and found > MOST_EUROS:
        raise Refused("range")
    return None if found is None else round(found * 100)


def one_of(choices: type[StrEnum]) -> Read:
    """A code of an enumeration; nothing gives an empty text."""
    return among(tuple(choices))


def among(codes: tuple[str, ...]) -> Read:
    """One of some codes; nothing gives an empty text."""

    def read(value: object) -> str:
        found = "" if value is None else str(value)
        if found and found not in codes:
            raise Refused("choice")
        return found

    return read


def key(value: object) -> str | None:
    """The key of another row, or None."""
    return str(value) if value else None


def codes(value: object) -> str:
    """Codes separated by spaces, sorted, each once; from a text or any collection."""
    parts = (
        value.split() if isinstance(value, str) else list(value) if isinstance(value, list | tuple) else []
    )
    return " ".join(sorted({str(part) for part in parts}))


def lines(value: object) -> str:
    """A list of texts kept one a line; from a text or a list."""
    parts = value if isinstance(value, list | tuple) else str(value or "").split("\n")
    return "\n".join(cleaned for part in parts if (cleaned := text(part)))


def yes(value: object) -> bool:
    """A boolean."""
    return bool(value)


YEAR = Field(whole(1990, 2100), required=True)
TITLE = Field(text, required=True)
TEXT = Field(text)
DAY = Field(day)
KEY = Field(key)
RANK = Field(whole(0, 100_000))
NUMBER = Field(number)
POSITIVE = Field(positive)
CENTS = Field(cents)
OPTIONAL_YEAR = Field(whole(1990, 2100))
STATE = Field(whole(0, 4), required=True)
YES = Field(yes)


def choice(kinds: type[StrEnum], *, required: bool = True) -> Field:
    """A field that takes one code of an enumeration."""
    return Field(one_of(kinds), required)


FIELDS: Mapping[str, Mapping[str, Field]] = {
    "ctg": {
        "name": TITLE, "starts_on": DAY, "ends_on": DAY, "cej_ends_on": DAY, "ambition": TEXT, "note": TEXT,
        "source": TEXT, "fictitious": YES,
    },
    "stage": {"planned_on": DAY, "reached_on": DAY, "document_uuid": KEY, "note": TEXT},
    "member": {"joins_on": DAY, "leaves_on": DAY, "amendment_uuid": KEY},
    "party": {
        "kind": choice(PartyKind), "name": TITLE, "code": TEXT, "rank": RANK, "deliberation_expected": YES,
        "deliberation_number": TEXT, "deliberation_on": DAY, "document_uuid": KEY, "joins_on": DAY,
        "leaves_on": DAY, "amendment_uuid": KEY, "note": TEXT,
    },
    "amendment": {
        "kind": choice(AmendmentKind), "title": TITLE, "signed_on": DAY,
        "effective_on": Field(day, required=True), "new_ends_on": DAY, "document_uuid": KEY, "note": TEXT,
    },
    "theme": {"code": TITLE, "label": TEXT, "since": DAY, "until": DAY, "amendment_uuid": KEY},
    "annex": {"title": TITLE, "rank": RANK, "document_uuid": KEY},
    "note": {"kind": Field(among(("force", "faiblesse", "opportunite", "menace")), required=True),
             "text": TITLE, "rank": RANK},
    "parameter": {
        "code": TITLE, "label": TITLE, "value": POSITIVE, "unit": TITLE, "valid_from": DAY, "valid_to": DAY,
        "source": TEXT, "note": TEXT,
    },
    "bonus": {"year": YEAR, "parameter": TITLE, "quantity": POSITIVE, "source": TEXT, "note": TEXT},
    "post": {
        "title": TITLE, "employer": TITLE, "employer_kind": choice(PartyKind), "fte": POSITIVE, "rank": RANK,
        "starts_on": DAY, "ends_on": DAY, "vacant_from": DAY, "vacant_to": DAY, "note": TEXT,
    },
    "funding": {"year": YEAR, "funder": TITLE, "state": choice(MoneyState), "amount_cents": CENTS},
    "conformity": {"state": choice(PointState), "comment": TEXT, "checked_on": DAY},
    "finding": {"text": TITLE, "theme": TEXT, "rank": RANK},
    "figure": {"rank": RANK},
    "node": {"title": TITLE, "text": TEXT, "theme": TEXT, "kind": choice(NodeKind), "parent_uuid": KEY,
             "rank": RANK},
    "action": {
        "title": TITLE, "theme": TEXT, "kind": choice(ActionKind, required=False),
        "origin_kind": choice(OriginKind, required=False), "origin": TEXT, "finding": TEXT,
        "description": TEXT, "audience": TEXT, "communes": Field(codes), "deliverables": TEXT,
        "pilot_function": TEXT, "pilot_organisation": TEXT, "elected_function": TEXT,
        "partners": Field(lines), "caf_role": choice(CafRole, required=False), "fte": POSITIVE,
        "places": Field(whole(0, 100_000)), "expected_result": TEXT, "vigilance": TEXT, "retex": TEXT,
        "starts_on": DAY, "ends_on": DAY, "progress_override": Field(whole(0, 100)),
        "progress_reason": TEXT, "node_uuid": KEY, "rank": RANK, "reference": TEXT, "fictitious": YES,
    },
    "step": {"title": TITLE, "holder": TEXT, "planned_on": DAY, "done_on": DAY, "note": TEXT, "rank": RANK},
    "cost": {"year": YEAR, "nature": choice(Nature), "state": choice(MoneyState), "amount_cents": CENTS},
    "budget": {
        "year": YEAR, "funder": TITLE, "funder_kind": choice(PartyKind), "nature": choice(Nature),
        "state": choice(MoneyState), "amount_cents": CENTS, "note": TEXT,
    },
    "commitment": {
        "party_uuid": Field(key, required=True), "text": TITLE, "due_on": DAY, "done_on": DAY,
        "dropped_on": DAY, "impact": TEXT, "rank": RANK,
    },
    "indicator": {
        "indicator": TEXT, "label": TITLE, "unit": TEXT, "decimals": Field(whole(0, 6), required=True),
        "direction": Field(among(("up", "down", "none")), required=True), "source": TEXT, "rank": RANK,
    },
    "value": {"kind": Field(among(("depart", "cible", "realise")), required=True), "year": YEAR,
              "number": NUMBER, "state": STATE, "fictitious": YES},
    "year": {"year": YEAR, "highlights": TEXT, "vigilance": TEXT},
    "instance": {"kind": choice(InstanceKind), "title": TITLE, "composition": Field(lines), "rank": RANK},
    "meeting": {
        "title": TEXT, "held_on": Field(day, required=True), "starts_at": TEXT, "place": TEXT, "note": TEXT,
        "status": choice(MeetingStatus),
    },
    "agenda": {"title": TITLE, "kind": TEXT, "target": TEXT, "note": TEXT, "rank": RANK},
    "attendance": {"organisation": TITLE, "state": choice(Presence), "rank": RANK},
    "decision": {
        "text": TITLE, "owner": TEXT, "due_on": DAY, "done_on": DAY, "dropped_on": DAY, "action_uuid": KEY,
        "item_uuid": KEY, "note": TEXT,
    },
    "evaluation": {
        "question": TITLE, "criterion": TEXT, "indicator": TEXT, "source": TEXT, "unit": TEXT,
        "decimals": Field(whole(0, 6), required=True), "t0": NUMBER, "t0_state": STATE,
        "t0_year": OPTIONAL_YEAR, "t1": NUMBER, "t1_state": STATE, "t1_year": OPTIONAL_YEAR, "t2": NUMBER,
        "t2_state": STATE, "t2_year": OPTIONAL_YEAR, "judgement": TEXT, "argument": TEXT, "rank": RANK,
        "fictitious": YES,
    },
    "document": {"title": TITLE, "kind": TEXT, "note": TEXT},
    "contact": {"function": TITLE, "organisation": TEXT, "mail": TEXT, "phone": TEXT, "note": TEXT,
                "ctg_uuid": KEY},
}  # fmt: skip
"""Fields of each kind of thing that people may type."""


def read_fields(kind: str, values: Mapping[str, object]) -> dict[str, object]:
    """Return the columns to write. Raises BadField: unknown field, empty required one, bad value."""
    known = FIELDS.get(kind, {})
    found: dict[str, object] = {}
    for name, value in values.items():
        field = known.get(name)
        if field is None:
            raise BadField(field=name, value=value, reason="unknown")
        found[name] = _read(name, field, value)
    return found


def _read(name: str, field: Field, value: object) -> object:
    try:
        read = field.read(value)
    except Refused as refused:
        raise BadField(field=name, value=value, reason=str(refused)) from None
    if field.required and read in (None, ""):
        raise BadField(field=name, value="", reason="empty")
    return read


def required_fields(kind: str) -> tuple[str, ...]:
    """Fields without which a thing of that kind is not made."""
    return tuple(name for name, field in FIELDS[kind].items() if field.required)
