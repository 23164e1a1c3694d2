"""What each refusal of the register says, in French: on a form, and in the anomalies of an import."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.domain.anomaly import Anomaly, Decision, Severity
from app.domain.french import listing, number, plural, short_date

if TYPE_CHECKING:
    from app.domain.anomaly_texts import Said
    from app.domain.register_errors import RegisterRefusal

Facts = Mapping[str, object]

WHAT = {
    "site": "Ce site",
    "equipment": "Cet équipement",
    "point": "Ce point",
    "group": "Ce groupe de places",
    "transfer": "Ce transfert",
    "movement": "Ce mouvement de places",
    "childminders": "Cette ligne",
    "zone": "Cette zone",
}
MOST = 8
"""Accepted words quoted in one sentence."""


def _value(facts: Facts) -> str:
    return f"« {facts.get('value', '')} »"


def _words(facts: Facts, name: str) -> list[str]:
    """Return a fact that is several words: a tuple in an error, a text joined with | in an anomaly."""
    found = facts.get(name, ())
    if isinstance(found, str):
        return [word for word in found.split("|") if word]
    return [str(word) for word in found] if isinstance(found, tuple | list) else []


def _real(facts: Facts, name: str) -> float:
    found = facts.get(name, 0)
    return float(found) if isinstance(found, int | float | str) and found != "" else 0.0


def _day(facts: Facts, name: str) -> str:
    found = facts.get(name)
    if isinstance(found, str) and found:
        found = datetime.date.fromisoformat(found)
    return short_date(found) if isinstance(found, datetime.date) else "une date inconnue"


def _likeness(said: Said) -> str:
    """What brings a line and a service of the register together."""
    metres = said.real("metres")
    return f"À {number(metres)} m de" if "metres" in said.facts else "Ressemble à"


def _choice(facts: Facts) -> str:
    words = _words(facts, "choices")
    shown = ", ".join(words[:MOST]) + ("…" if len(words) > MOST else "")
    return f"{_value(facts)} n'est pas un mot connu ici. Mots acceptés : {shown}."


def _range(facts: Facts) -> str:
    low, high = number(_real(facts, "low")), number(_real(facts, "high"))
    return f"{_value(facts)} n'est pas possible ici : entre {low} et {high}."


def _dates(facts: Facts) -> str:
    end, start = _day(facts, "end"), _day(facts, "start")
    ending = _ENDS.get(str(facts.get("field", "")), "La fin")
    starting = _STARTS.get(str(facts.get("start_field")), "le début")
    return f"{ending}, le {end}, doit venir après {starting}, le {start}."


_ENDS = {
    "closed_on": "La fermeture",
    "licence_to": "La fin d'agrément",
    "status_on": "La suspension",
    "on": "Le transfert",
}
_STARTS = {"opened_on": "l'ouverture", "licence_from": "le début d'agrément"}


def _commune(facts: Facts) -> str:
    candidates = _words(facts, "candidates")
    if candidates:
        return f"Plusieurs communes s'appellent {_value(facts)} : {listing(candidates)}. Donnez le code."
    return f"Aucune commune ne correspond à {_value(facts)}."


def _outside(facts: Facts) -> str:
    away = number(_real(facts, "distance_km"), 1)
    return (
        f"Ce point n'est pas dans la commune {facts.get('commune', '')} : il est à {away} km de son centre."
    )


def _over_licence(facts: Facts) -> str:
    total, licence = plural(_real(facts, "total"), "place"), plural(_real(facts, "licence"), "place")
    count = int(_real(facts, "groups"))
    who = f"Les {count} groupes de places font" if count > 1 else "Le groupe de places fait"
    return f"{who} {total}, plus que l'agrément : {licence}."


def _opened(facts: Facts) -> str:
    opened, licensed = number(_real(facts, "opened")), number(_real(facts, "licensed"))
    if facts.get("field") == "active":
        return (
            f"{opened} assistants maternels actifs pour {licensed} agréés : les actifs sont parmi les agréés."
        )
    return f"{opened} places ouvertes pour {licensed} agréées : il ne peut pas y en avoir plus d'ouvertes."


SENTENCES: dict[str, tuple[str, Callable[[Facts], str] | str]] = {
    "missing": ("Champ obligatoire", "Ce champ ne peut pas rester vide."),
    "negative": ("Nombre négatif", lambda f: f"{_value(f)} est négatif : ce nombre ne peut pas l'être."),
    "number": ("Nombre illisible", lambda f: f"{_value(f)} n'est pas un nombre."),
    "whole": ("Nombre non entier", lambda f: f"{_value(f)} n'est pas un nombre entier."),
    "date": ("Date illisible", lambda f: f"{_value(f)} n'est pas une date du calendrier (jj/mm/aaaa)."),
    "choice": ("Mot inconnu", _choice),
    "range": ("Nombre impossible", _range),
    "long": ("Texte trop long", lambda f: f"Ce texte dépasse {number(_real(f, 'limit'))} signes."),
    "dates": ("Dates dans le désordre", _dates),
    "commune": ("Commune inconnue", _commune),
    "outside": ("Point hors de la commune", _outside),
    "half_point": ("Coordonnée manquante", "Il faut la longitude et la latitude, ou aucune des deux."),
    "itinerant": (
        "Itinérant sans point",
        "Un service itinérant a au moins un point d'accueil : ajoutez-en un, ou cochez « non itinérant ».",
    ),
    "over_licence": ("Places au-delà de l'agrément", _over_licence),
    "opened": ("Plus ouvert qu'agréé", _opened),
    "same_manager": (
        "Transfert sans changement",
        lambda f: f"« {f.get('manager', '')} » est déjà le gestionnaire à cette date.",
    ),
    "empty_zone": ("Zone vide", "Une zone a au moins une commune ou un contour."),
    "zone_overlap": (
        "Zone déjà en vigueur",
        lambda f: f"La zone « {f.get('name', '')} » est déjà en vigueur à ces dates.",
    ),
    "already": ("Ligne déjà présente", "Le même territoire a déjà cette année, avec la même source."),
    "not_together": (
        "Champ propre à un équipement",
        "Ce champ se change sur la fiche de chaque équipement, pas pour plusieurs à la fois.",
    ),
    "paste": (
        "Collage illisible",
        lambda f: f"Rien de reconnu dans ce qui est collé : il faut {listing(_words(f, 'missing'))}.",
    ),
    "not_found": (
        "Introuvable",
        lambda f: f"{WHAT.get(str(f.get('what', '')), 'Cette ligne')} n'est plus dans le registre.",
    ),
}
"""Title and sentence of each rule; a sentence never fails for want of a fact."""

REMARKS: dict[str, tuple[str, Callable[[Said], str] | str]] = {
    "register_year_only": (
        "Année seule",
        lambda s: f"« {s.value} » ne donne que l'année : lu comme le 1er janvier.",
    ),
    "register_merged": (
        "Commune réunie depuis",
        lambda s: f"Commune d'aujourd'hui : {s.text('name')} ({s.text('code')}).",
    ),
    "register_project": ("Type en projet", lambda s: f"« {s.value} » est lu comme un projet."),
    "register_elsewhere": (
        "Hors du territoire",
        lambda s: f"{s.text('name')} n'est dans aucun EPCI de la base : l'équipement est gardé.",
    ),
    "register_alike": (
        "Peut-être déjà là",
        lambda s: f"{_likeness(s)} « {s.text('name')} », déjà dans le registre : à réunir ou à garder.",
    ),
    "register_no_service": (
        "Équipement introuvable",
        lambda s: f"Aucun équipement « {s.value} » de ce type dans cette commune. Ligne non importée.",
    ),
    "register_not_zoned": (
        "Commune non classée",
        lambda s: f"{s.count('commune non classée', 'communes non classées')} : rien à retenir.",
    ),
}
"""Remarks of imports that are no refusal."""


def sentence_of(rule: str, facts: Facts) -> str:
    """Return the sentence of a rule with its facts."""
    _, sentence = SENTENCES[rule]
    return sentence(facts) if callable(sentence) else sentence


def anomaly_texts() -> dict[str, tuple[str, Callable[[Said], str] | str]]:
    """Return title and explanation of every anomaly of the imports of the register."""
    refusals = {f"register_{rule}": (title, _explained(rule)) for rule, (title, _) in SENTENCES.items()}
    return {**refusals, **REMARKS}


def _explained(rule: str) -> Callable[[Said], str]:
    def explain(said: Said) -> str:
        facts = {"value": said.value, **said.facts}
        return f"{sentence_of(rule, facts)} Ligne non importée."

    return explain


def refusal_anomaly(error: RegisterRefusal, line: int | None, column: str, value: str) -> Anomaly:
    """Return the anomaly that says a refusal about one line of a file; the line is left out."""
    facts = tuple((name, _plain(fact)) for name, fact in error.facts.items() if name != "value")
    return Anomaly(line, column, value, f"register_{error.rule}", Severity.ERROR, facts, Decision.REJECT)


def _plain(fact: object) -> str | int | float:
    if isinstance(fact, tuple | list):
        return "|".join(str(item) for item in fact)
    if isinstance(fact, datetime.date):
        return fact.isoformat()
    return fact if isinstance(fact, int | float) else str(fact)
