"""Names as French wants them: apostrophes, short names of Epci, articles of départements and régions."""

from __future__ import annotations

import re

_PREFIX = re.compile(
    r"^(?:CC|CA|CU|Métropole|Eurométropole)\s+(?:Européenne\s+)?(?:de l’|d’|(?:du|des|de la|de)\s+)?"
)
_ACRONYM = re.compile(r"\s*\([^)]*\)$")

NATURES = {"CC": "CC", "CA": "CA", "CU": "CU", "METRO": "ME", "MET69": "ME", "ME": "ME"}

# Charnière of the official geographic code (TNCC): how « de » is written before the name.
_OF = {"0": "de ", "1": "d’", "2": "du ", "3": "de la ", "4": "des ", "5": "de l’"}
_IN = {"0": "en ", "1": "en ", "2": "dans le ", "3": "en ", "4": "dans les ", "5": "dans l’"}
# Use departs from the charnière: some names of rivers keep their article, cities and islands take à.
_IN_EXCEPTIONS = {
    **dict.fromkeys(("23", "26", "42", "50", "51", "55", "58", "72", "80", "86"), "dans la "),
    **dict.fromkeys(("07", "09", "38"), "en "),
    **dict.fromkeys(("75", "974", "976", "975", "977", "978", "986"), "à "),
    **dict.fromkeys(("984",), "dans les "),
    **dict.fromkeys(("989",), "sur l’"),
}
_OF_EXCEPTIONS = {
    "984": "des ",
    "986": "de ",
    "987": "de la ",
    "988": "de la ",
    "989": "de l’",
}
_REGIONS_IN = {"04": "à ", "06": "à ", "01": "en ", "02": "en ", "03": "en "}


def clean(name: str) -> str:
    """Return the name with curved apostrophes, single spaces and no straight quotes."""
    return re.sub(r"\s+", " ", name.replace("'", "’").replace('"', "")).strip()


def same(name: str) -> str:
    """Return what stays of a name when spelling does not matter, to see if a name truly changed."""
    return re.sub(r"[\W_]+", " ", name).casefold().strip()


def short_epci(name: str) -> str:
    """Return the label of an Epci: « Mellois en Poitou » for « CC Mellois en Poitou »."""
    short = _ACRONYM.sub("", _PREFIX.sub("", name)).strip()
    return short[:1].upper() + short[1:]


def of_departement(code: str, name: str, tncc: str) -> str:
    """Return « des Deux-Sèvres », « de l’Ain », « du Rhône »."""
    return _OF_EXCEPTIONS.get(code, _OF[tncc]) + name


def in_departement(code: str, name: str, tncc: str) -> str:
    """Return « dans les Deux-Sèvres », « en Haute-Marne », « à Paris »."""
    return _IN_EXCEPTIONS.get(code, _IN[tncc]) + name


def of_region(name: str, tncc: str) -> str:
    """Return « de la Nouvelle-Aquitaine », « d’Occitanie »."""
    return _OF[tncc] + name


def in_region(code: str, name: str, tncc: str) -> str:
    """Return « en Nouvelle-Aquitaine », « dans le Grand Est », « à La Réunion »."""
    return _REGIONS_IN.get(code, _IN[tncc]) + name
