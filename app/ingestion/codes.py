"""Recognise the code of a territory, repair what spreadsheets break, say why a code is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.anomaly import Facts, Severity
from app.domain.french import fold
from app.domain.numbers import plain_text
from app.domain.territory import FRANCE, Level
from app.ingestion.cells import as_text
from app.ingestion.model import Territories

_PLACEHOLDER = re.compile(r"Z{2,}|X{2,}|9{5,}|_[TZ]|[0-9]{2,3}X{2,}|0+", re.IGNORECASE)
_PLACEHOLDER_WORDS = {
    "",
    "non renseigne",
    "non reparti",
    "nr",
    "nd",
    "n d",
    "indetermine",
    "inconnu",
    "autre",
}
_EXPONENT = re.compile(r"[0-9]+(?:[.,][0-9]*)?[eE]\+?[0-9]+")
_POINT_ZERO = re.compile(r"([0-9]+)[.,]0+")
_OVERSEAS = ("975", "977", "978", "984", "986", "987", "988", "989")
_FRANCE = {"f", "fr", "fra", "france", "france entiere", "france entiere hors mayotte", "01 france"}
LENGTHS = {Level.COMMUNE: 5, Level.DEPARTEMENT: 2, Level.REGION: 2, Level.EPCI: 9}


@dataclass(frozen=True, slots=True)
class Code:
    """What a cell says: the official code, or None and the rule that explains why.

    A rule may also be a remark on a code that was accepted (repaired, merged since).
    """

    code: str | None
    rule: str = ""
    severity: Severity = Severity.INFO
    facts: Facts = ()


class CodeReader:
    """Resolve codes of one file against the geography of its millésime, each text once."""

    def __init__(self, reference: Territories, millesime: int) -> None:
        self._reference = reference
        self._millesime = millesime
        self._known: dict[tuple[Level, object], Code] = {}
        self._official: dict[Level, frozenset[str]] = {}

    def read(self, level: Level, raw: object) -> Code:
        """Return the code of that level written in the cell."""
        key = (level, raw)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._resolve(level, plain_text(as_text(raw)).lstrip("'"))
        return found

    def _resolve(self, level: Level, text: str) -> Code:
        if level is Level.FRANCE:
            return _france(text)
        if self._is_official(level, text):
            return self._accepted(level, text)
        if _PLACEHOLDER.fullmatch(text) or fold(text) in _PLACEHOLDER_WORDS:
            return Code(None, "placeholder")
        if _EXPONENT.fullmatch(text):
            return Code(None, "scientific", Severity.ERROR)
        return self._repaired(level, text) or self._refused(level, text)

    def _is_official(self, level: Level, code: str) -> bool:
        return code in self._codes_then(level) or self._reference.exists(level, code)

    def _codes_then(self, level: Level) -> frozenset[str]:
        """Codes of the millésime of the file, for the levels that change from year to year."""
        if level not in (Level.COMMUNE, Level.EPCI):
            return frozenset()
        if level not in self._official:
            listed = self._reference.communes if level is Level.COMMUNE else self._reference.epcis
            self._official[level] = frozenset(item.code for item in listed(millesime=self._millesime))
        return self._official[level]

    def _accepted(self, level: Level, code: str) -> Code:
        if level is Level.COMMUNE and not self._reference.exists(level, code):
            return Code(code, "merged_since", facts=self._successor(code))
        return Code(code)

    def _repaired(self, level: Level, text: str) -> Code | None:
        """Return the code with its lost zero, its capital letter or without « .0 », if it then exists."""
        whole = _POINT_ZERO.fullmatch(text)
        candidate = (whole.group(1) if whole else text).replace(" ", "").upper()
        candidate = candidate.rjust(LENGTHS.get(level, 0), "0")
        if candidate == text or not self._is_official(level, candidate):
            return None
        lost = len(candidate) > len(text) or (whole is not None and len(candidate) > len(whole.group(1)))
        return Code(candidate, "lost_zero" if lost else "code_repaired", facts=(("code", candidate),))

    def _refused(self, level: Level, text: str) -> Code:
        if text.startswith(_OVERSEAS):
            return Code(None, "overseas")
        facts = self._successor(text) if level is Level.COMMUNE else ()
        return Code(None, "unknown_code", Severity.ERROR, (("level", int(level)), *facts))

    def _successor(self, code: str) -> Facts:
        heir = self._reference.successor(code)
        if heir is None:
            return ()
        return (("successor", heir), ("successor_name", self._reference.name(Level.COMMUNE, heir)))


def is_france(text: str) -> bool:
    """Tell whether a text stands for the whole country."""
    return fold(text) in _FRANCE or fold(text) == "france entiere hors mayotte"


def _france(text: str) -> Code:
    folded = fold(text)
    if folded == "france entiere hors mayotte":
        return Code(FRANCE.code, "without_mayotte")
    if folded in _FRANCE:
        return Code(FRANCE.code)
    return Code(None, "other_object")
