"""Territories inside a sentence: article, « de », « à » and « dans » agreed with each name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.french import THIN, fold
from app.domain.places import Departement, Epci, Region

_ARTICLES = ("le ", "la ", "les ", "l’")
_SIGLES = ("CC ", "CA ", "CU ", "Métropole ")
_MUTE_H = frozenset(
    re.split(" ", "hyeres hendaye hirson herouville henin herimoncourt heyrieux herblay hautot hermanville")
)
"""Names of communes whose h is mute; any other keeps « de », which is always accepted."""


@dataclass(frozen=True, slots=True)
class Place:
    """A territory as sentences need it; name is the short one of tables and lists."""

    name: str
    the: str
    """« la CA du Niortais », « les Deux-Sèvres », « Niort »."""
    of: str
    """« de la CA du Niortais », « des Deux-Sèvres », « de Niort »."""
    within: str
    """« dans la CA du Niortais », « dans les Deux-Sèvres », « à Niort »."""
    to: str
    """« à la CA du Niortais », « aux Deux-Sèvres », « à Niort »."""
    plural: bool = False
    average: bool = False
    """True for a group: it is compared with as « la médiane du groupe », never as « celui de »."""


def elides(word: str) -> bool:
    """Tell whether « de » and « le » lose their e before a word (« d’Airvault », « de Yutz », « d’Ys »)."""
    bare = fold(word)
    if not bare:
        return False
    if bare[0] == "h":
        return re.split(r"\W", bare)[0] in _MUTE_H
    if bare[0] == "y":
        return len(bare) > 1 and bare[1] not in "aeiou"
    return bare[0] in "aeiou"


def of(the: str) -> str:
    """Return « du Niortais » for « le Niortais », « des Ardennes », « de la Marne », « d’Angers »."""
    if the.startswith("le "):
        return f"du {the[3:]}"
    if the.startswith("les "):
        return f"des {the[4:]}"
    if the.startswith(_ARTICLES):
        return f"de {the}"
    return f"d’{the}" if elides(the) else f"de {the}"


def to(the: str) -> str:
    """Return « au Niortais », « aux Ardennes », « à la Marne », « à Angers »."""
    if the.startswith("le "):
        return f"au {the[3:]}"
    if the.startswith("les "):
        return f"aux {the[4:]}"
    return f"à {the}"


def article(noun: str, feminine: bool, plural: bool) -> str:
    """Return the noun with its definite article: « le taux », « l’offre », « les naissances »."""
    if plural:
        return f"les {noun}"
    if elides(noun):
        return f"l’{noun}"
    return f"{'la' if feminine else 'le'} {noun}"


def capital(text: str) -> str:
    """Return the text with a first capital, the rest unchanged."""
    return text[:1].upper() + text[1:]


def epci_place(epci: Epci) -> Place:
    """Return the place of an Epci: « la CC Mellois en Poitou », « Bordeaux Métropole »."""
    the = epci.name
    if the.startswith(_SIGLES):
        the = f"la {the}"
    elif the.startswith("Eurométropole"):
        the = f"l’{the}"
    return Place(epci.short_name, the, of(the), f"dans {the}", to(the))


def departement_place(departement: Departement | Region) -> Place:
    """Return the place of a département or of a région, whose article is in its « de »."""
    the = _without_of(departement.of_name)
    return Place(
        departement.name, the, departement.of_name, departement.in_name, to(the), the.startswith("les ")
    )


def _without_of(text: str) -> str:
    for start, the in (("du ", "le "), ("des ", "les "), ("de la ", "la "), ("de l’", "l’")):
        if text.startswith(start):
            return the + text[len(start) :]
    return text.removeprefix("de ").removeprefix("d’")


def commune_place(name: str) -> Place:
    """Return the place of a commune: « Le Mans » gives « du Mans » and « au Mans »."""
    if name.startswith(("Le ", "Les ")):
        lower = name[:1].lower() + name[1:]
        return Place(name, name, of(lower), to(lower), to(lower))
    return Place(name, name, of(name), f"à {name}", f"à {name}")


def france_place() -> Place:
    """Return the place of the country."""
    return Place("France", "la France", "de la France", "en France", "à la France")


def group_place(label: str, count: int) -> Place:
    """Return the place of a group of comparison: its median is what is compared."""
    the = f"le groupe «{THIN}{label}{THIN}» ({count}\u00a0territoires)"
    return Place(label, the, of(the), f"dans {the}", to(the), average=True)
