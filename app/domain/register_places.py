"""Read communes, lists of communes and points of itinerance as people write them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from app.domain.french import fold
from app.domain.numbers import plain_text
from app.domain.register import Point
from app.domain.register_errors import UnknownChoice, UnknownCommune
from app.domain.register_rules import WEEK
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.domain.reference import Reference

CODE = re.compile(r"[0-9][0-9AB]?[0-9]{3}(?:[.,]0+)?", re.IGNORECASE)
_LIST = re.compile(r"[;|\n]")
_POINT = re.compile(r"(?P<place>[^(]+?)\s*(?:\((?P<days>[^)]*)\))?\s*")
_DAY = re.compile(r"[a-z]+")
_TOWN = re.compile(r"^(?:ville|commune|mairie) d(?:e |')", re.IGNORECASE)
DAY_LETTERS = 2
"""Two letters tell a day: lu, ma, me, je, ve, sa, di."""


class PlaceReader:
    """Finds communes by code or by name, those of the base first; each text is looked for once."""

    def __init__(self, reference: Reference, departements: tuple[str, ...]) -> None:
        self._reference = reference
        self._departements = departements
        self._found = lru_cache(maxsize=4096)(self._find)

    def commune(self, text: str, field: str = "code_commune") -> str:
        """Return the code of a commune of today, from a code (even one merged since) or a name.

        Raises UnknownCommune, with the names that would do when there are several.
        """
        code, candidates = self._found(plain_text(text))
        if code is None:
            raise UnknownCommune(field, text, candidates=candidates)
        return code

    def name(self, code: str) -> str:
        """Return the name of a commune."""
        return self._reference.commune(code).name

    def communes(self, text: str, field: str = "served") -> tuple[str, ...]:
        """Return the communes of a list separated by ; or | (or by spaces or commas, for codes)."""
        if all(CODE.fullmatch(part) for part in re.split(r"[;|,\s]+", text.strip()) if part):
            parts = re.split(r"[;|,\s]+", text.strip())
        else:
            parts = _LIST.split(text)
        codes = (self.commune(part.strip(), field) for part in parts if part.strip())
        return tuple(dict.fromkeys(codes))

    def points(self, text: str, field: str = "points") -> tuple[Point, ...]:
        """Return the points of « Thouars (lundi, jeudi) ; 79013 (mardi) », without uuid."""
        found = []
        for part in _LIST.split(text):
            match = _POINT.fullmatch(part.strip())
            if not part.strip():
                continue
            if match is None:
                raise UnknownCommune(field, part.strip(), candidates=())
            code = self.commune(match["place"], field)
            days = read_days(match["days"] or "", field)
            found.append(Point("", self._reference.commune(code).name, code, days=days))
        return tuple(found)

    def _find(self, text: str) -> tuple[str | None, tuple[str, ...]]:
        if CODE.fullmatch(text):
            return self._of_code(re.split("[.,]", text)[0].upper().rjust(5, "0")), ()
        matches = self._of_name(text, self._departements) or self._of_name(text, ())
        if len(matches) == 1:
            return matches[0], ()
        names = tuple(f"{self._reference.commune(code).name} ({code})" for code in matches[:5])
        return None, names

    def _of_code(self, code: str) -> str | None:
        now = self._reference.successor(code)
        return now if now is not None and self._reference.exists(Level.COMMUNE, now) else None

    def _of_name(self, text: str, departements: tuple[str, ...]) -> list[str]:
        """Return the communes of exactly that name, today or formerly; today wins."""
        text = _TOWN.sub("", text)
        if not fold(text):
            return []
        hits = [
            territory.code
            for territory in self._reference.find(text, departements, limit=30)
            if territory.level is Level.COMMUNE
        ]
        wanted = _key(text)
        communes = [self._reference.commune(code) for code in hits]
        same = [commune.code for commune in communes if _key(commune.name) == wanted]
        formerly = [c.code for c in communes if any(_key(name) == wanted for name in c.former_names)]
        return same or formerly


def read_days(text: str, field: str = "points") -> tuple[int, ...]:
    """Return the days of « lundi, jeudi », « lun jeu » or « lu-je », 0 for Monday. Raises UnknownChoice."""
    days = []
    for word in _DAY.findall(fold(text)):
        if word == "et":
            continue
        found = [i for i, day in enumerate(WEEK) if len(word) >= DAY_LETTERS and day.startswith(word)]
        if len(found) != 1:
            raise UnknownChoice(field, text, choices=WEEK)
        days.append(found[0])
    return tuple(sorted(set(days)))


def _key(name: str) -> str:
    short = {"st": "saint", "ste": "sainte", "sts": "saints"}
    return " ".join(short.get(word, word) for word in fold(name).split())
