"""What the register refuses: each error names the field, and its rule names the sentence.

Facts always hold `field` (code of the field where the sentence is shown) and `value` (as typed).
"""

from __future__ import annotations

from app.domain.errors import DomainError


class RegisterRefusal(DomainError):
    """An entry of the register that cannot be kept; nothing was written."""

    rule = ""
    """Code of the sentence in `app.domain.register_words`, shared with the anomalies of imports."""

    def __init__(self, field: str, value: object = "", **facts: object) -> None:
        super().__init__(field=field, value=str(value), **facts)

    @property
    def field(self) -> str:
        """Code of the field concerned."""
        return str(self.facts["field"])


class MissingEntry(RegisterRefusal):
    """A required field is empty."""

    rule = "missing"


class NegativeNumber(RegisterRefusal):
    """A count or a quantity below zero."""

    rule = "negative"


class NotANumber(RegisterRefusal):
    """The text is not a number."""

    rule = "number"


class NotWhole(RegisterRefusal):
    """A count that is not whole."""

    rule = "whole"


class NotADate(RegisterRefusal):
    """The text is not a day that exists."""

    rule = "date"


class UnknownChoice(RegisterRefusal):
    """The text is none of the accepted words; facts: choices (tuple of labels)."""

    rule = "choice"


class OutOfRange(RegisterRefusal):
    """A number beyond what is possible; facts: low, high."""

    rule = "range"


class TooLong(RegisterRefusal):
    """A text longer than a cell may hold; facts: limit."""

    rule = "long"


class DatesReversed(RegisterRefusal):
    """An end before its start; facts: start, end (dates), start_field."""

    rule = "dates"


class UnknownCommune(RegisterRefusal):
    """No commune with that code or name; facts: candidates (tuple of names) when several match."""

    rule = "commune"


class PointOutsideCommune(RegisterRefusal):
    """The point is not in its commune; facts: commune, distance_km."""

    rule = "outside"


class HalfPoint(RegisterRefusal):
    """A longitude without latitude, or the other way."""

    rule = "half_point"


class ItinerantWithoutPoint(RegisterRefusal):
    """An itinerant service that receives nowhere."""

    rule = "itinerant"


class PlacesOverLicence(RegisterRefusal):
    """The groups in force together exceed the places of the agrément; facts: total, licence, groups."""

    rule = "over_licence"


class OpenedOverLicensed(RegisterRefusal):
    """More places open than licensed; facts: opened, licensed."""

    rule = "opened"


class SameManager(RegisterRefusal):
    """A transfer to the gestionnaire that it already has; facts: manager."""

    rule = "same_manager"


class EmptyZone(RegisterRefusal):
    """A zone without commune nor outline."""

    rule = "empty_zone"


class ZoneOverlap(RegisterRefusal):
    """The same zone is already in force at the same time; facts: name."""

    rule = "zone_overlap"


class AlreadyThere(RegisterRefusal):
    """The same line is already there: same territory, year and source."""

    rule = "already"


class NotTogether(RegisterRefusal):
    """A field that cannot be changed for several services at once."""

    rule = "not_together"


class UnreadablePaste(RegisterRefusal):
    """What was pasted has no column of services; facts: missing (tuple of labels)."""

    rule = "paste"


class RegisterRowNotFound(RegisterRefusal):
    """The row is not there any more; facts: what (site, equipment, zone, …)."""

    rule = "not_found"
