"""What each finding says: a title, and a sentence made of its facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from app.domain.french import listing, number, plural, typographic

Fact = str | int | float

_STATES = {2: "pas de donnée", 3: "non publié", 4: "secret statistique"}
_LEVELS = {
    0: "la France",
    1: "cette région",
    2: "ce département",
    3: "cet EPCI",
    4: "cette commune",
    5: "cet arrondissement",
}
_LEVEL_NOUNS = {1: "région", 2: "département", 3: "EPCI", 4: "commune", 5: "arrondissement"}
_STATUSES = {
    "B": "rupture de série",
    "D": "définition différente",
    "E": "valeur estimée",
    "F": "prévision",
    "I": "valeur imputée",
    "K": "donnée comptée avec un autre territoire",
    "L": "donnée non collectée",
    "M": "donnée qui ne peut pas exister",
    "N": "donnée non significative",
    "O": "donnée manquante",
    "P": "valeur provisoire",
    "Q": "secret statistique",
    "U": "fiabilité faible",
    "V": "valeur non validée",
    "W": "donnée qui en comprend une autre",
}
_OBJECTS = {
    "AAV2020": "aires d'attraction des villes",
    "BV2022": "bassins de vie",
    "UU2020": "unités urbaines",
    "ZE2020": "zones d'emploi",
    "CAN": "cantons",
    "FM": "France métropolitaine",
    "F_X_D976": "France hors Mayotte",
}
_INDICATORS = {"eaje": "Eaje", "rpe": "Rpe", "alsh": "Alsh", "micro_creche": "micro-crèche"}
_PLACES = {"name": "le nom du fichier", "header": "l'en-tête de la colonne", "comments": "les lignes de tête"}


@dataclass(frozen=True, slots=True)
class Said:
    """Facts of a finding with defaults, so that a sentence never fails."""

    value: str
    column: str
    facts: dict[str, Fact]

    def text(self, name: str) -> str:
        """A fact as text."""
        return str(self.facts.get(name, ""))

    def real(self, name: str) -> float:
        """A fact as a number, 0 if it is not there."""
        found = self.facts.get(name, 0)
        return 0.0 if isinstance(found, str) else float(found)

    def count(self, noun: str, many: str | None = None) -> str:
        """How many lines the finding is about, with a noun."""
        return plural(max(int(self.real("count")), 1), noun, many)


def finding_text(rule: str, value: str, column: str, facts: dict[str, Fact]) -> tuple[str, str]:
    """Return title and explanation of a finding, with French typography."""
    title, explain = _TEXTS.get(rule) or _subject_texts().get(rule, (rule, _no_more))
    said = Said(value, column, facts)
    explanation = explain(said) if callable(explain) else explain
    if said.real("others"):
        explanation += f" De même pour {said.count('autre ligne', 'autres lignes')}."
    return typographic(title), typographic(explanation)


SUBJECTS = (
    "app.domain.register_words",
    "app.domain.cpog_anomalies",
    "app.domain.ctg_anomalies",
    "app.domain.table_anomalies",
)
"""Modules whose `anomaly_texts()` gives the texts of the free tables of a subject, by rule."""


@cache
def _subject_texts() -> dict[str, tuple[str, Explain]]:
    return {rule: text for name in SUBJECTS for rule, text in import_module(name).anomaly_texts().items()}


def _no_more(_: Said) -> str:
    return ""


def _zero(said: Said) -> str:
    where = _LEVELS.get(int(said.real("level")), "ce territoire")
    if "bpe_year" in said.facts:
        year, count = said.text("bpe_year"), int(said.real("bpe_count"))
        if count == 0:
            return f"La BPE {year} ne compte aucun Eaje dans {where} : le zéro est vraisemblable."
        return f"La BPE {year} compte {plural(count, 'Eaje', 'Eaje')} dans {where} : le zéro est douteux."
    if "global" in said.facts:
        return (
            f"Le taux global est de {number(said.real('global'), 1)} : un zéro est possible, un oubli aussi."
        )
    return "Le fichier ne dit pas s'il n'y a aucune place ou si la donnée manque."


def _unknown_code(said: Said) -> str:
    noun = _LEVEL_NOUNS.get(int(said.real("level")), "territoire")
    year = said.text("millesime")
    base = f"Aucun code {noun} « {said.value} » dans la géographie {year}. Ligne non importée."
    if "successor" in said.facts:
        heir, name = said.text("successor"), said.text("successor_name")
        return f"{base} Commune réunie depuis à {name} ({heir})."
    return base


def _two_departements(said: Said) -> str:
    pairs = [pair.partition("|") for pair in said.text("shares").split(";") if pair]
    parts = []
    for rank, (count, _, where) in enumerate(pairs):
        noun = (" commune" if count == "1" else " communes") if rank == 0 else ""
        shown = ("Une" if rank == 0 else "une") if count == "1" else count
        parts.append(f"{shown}{noun} {where}")
    return (
        f"{', '.join(parts)}. Le taux porte sur l'EPCI entier."
        if parts
        else "Le taux porte sur l'EPCI entier."
    )


def _two_departements_seat(said: Said) -> str:
    count = said.count("EPCI s'étend", "EPCI s'étendent")
    return f"{count} sur plusieurs départements. Le taux porte sur l'EPCI entier."


def _parts_rounded(said: Said) -> str:
    count = int(said.real("count"))
    gap = number(said.real("extreme"), 1)
    where = "sur la ligne" if count == 1 else f"sur les {plural(count, 'ligne')}"
    if said.real("extreme") == 0:
        return f"Les parts font exactement le total {where}."
    return f"Écart de {gap} au plus {where} : arrondi du producteur."


def _parts_differ(said: Said) -> str:
    total, gap = number(said.real("sum"), 1), number(said.real("gap"), 1)
    return f"Les parts font {total}, soit {gap} d'écart : plus qu'un arrondi."


def _above_100(said: Said) -> str:
    most = number(said.real("extreme"), 1)
    return f"{said.count('taux')}, jusqu'à {most} : possible, ce sont des places pour 100 enfants."


def _state_word(said: Said) -> str:
    state = _STATES.get(int(said.real("state")), "absence")
    return f"{said.count('case lue', 'cases lues')} comme « {state} », jamais comme un zéro."


def _empty_cell(said: Said) -> str:
    return f"{said.count('case')} sans valeur : pas de donnée, jamais un zéro."


def _status(said: Said) -> str:
    meaning = _STATUSES.get(said.value, "statut particulier du producteur")
    return f"{said.count('ligne')} : {meaning}."


def _other_object(said: Said) -> str:
    name = _OBJECTS.get(said.value, said.value)
    return f"{said.count('ligne')} ({name}) : ce découpage n'est pas suivi ici."


def _duplicate_other(said: Said) -> str:
    first, written = said.text("first_line"), said.text("first_value")
    return (
        f"La ligne {first} donne déjà {written} pour le même territoire et la même année : elle est gardée."
    )


def _deduced_zero(said: Said) -> str:
    zeros = plural(int(said.real("zeros")), "commune")
    name = _INDICATORS.get(said.text("indicator"), said.text("indicator"))
    where = f"département {said.text('departement')}"
    return f"{zeros} sans ligne « {name} » ({where}, {said.text('year')}) : la BPE n'écrit pas les zéros."


def _merged_since(said: Said) -> str:
    if "successor" not in said.facts:
        return f"Commune de la géographie {said.text('millesime')}, qui n'existe plus aujourd'hui."
    heir = f"{said.text('successor_name')} ({said.text('successor')})"
    return f"Commune de la géographie {said.text('millesime')}, réunie depuis à {heir}."


def _other_table(said: Said) -> str:
    if said.real("known"):
        return f"« {said.text('name')} » est une table connue, à importer à part."
    return f"« {said.text('name')} » n'est pas une table connue."


def _other_facility(said: Said) -> str:
    return f"{said.count('ligne')} sur d'autres équipements que Eaje, Rpe, Alsh et micro-crèches."


def _unused(said: Said) -> str:
    columns = said.text("columns").split(", ")
    return f"{plural(len(columns), 'colonne lue', 'colonnes lues')} mais non reprises : {listing(columns)}."


def _elsewhere(said: Said) -> str:
    where = _PLACES.get(said.text("where"), "le fichier")
    return f"Le tableau ne donne pas l'année : {said.value}, d'après {where}."


Explain = Callable[[Said], str] | str

_TEXTS: dict[str, tuple[str, Explain]] = {
    # errors: the line is not written
    "bad_year": ("Année illisible", lambda s: f"« {s.value} » n'est pas une année. Ligne non importée."),
    "not_a_number": (
        "Texte dans une colonne de nombres",
        lambda s: f"« {s.value} » n'est ni un nombre ni une absence connue. Ligne non importée.",
    ),
    "negative": ("Valeur négative", "Une valeur négative est impossible ici. Ligne non importée."),
    "not_integer": (
        "Nombre non entier",
        lambda s: f"« {s.value} » devrait être un nombre entier. Ligne non importée.",
    ),
    "unknown_code": ("Code inconnu", _unknown_code),
    "scientific": (
        "Code déformé par un tableur",
        "Le code est en notation scientifique, ses derniers chiffres sont perdus. Ligne non importée.",
    ),
    "line_twice": (
        "Ligne en double",
        lambda s: f"« {s.value} » figure déjà plus haut dans le tableau. Ligne non importée.",
    ),
    "duplicate_other": ("Deux valeurs pour un même territoire", _duplicate_other),
    "wrong_width": (
        "Nombre de colonnes",
        lambda s: f"{s.text('found')} cases au lieu de {s.text('expected')}. Ligne non importée.",
    ),
    "open_quote": ("Guillemet non fermé", "Le guillemet ouvert ici n'est jamais fermé. Ligne non importée."),
    # questions: an answer is proposed
    "zero_eaje": ("Un zéro ou une absence ?", _zero),
    "rate_doubtful": (
        "Taux très élevé",
        "Plus de 200 places pour 100 enfants : possible dans un petit territoire, à vérifier.",
    ),
    "parts_differ": ("Parts et total", _parts_differ),
    "two_departements": ("EPCI sur deux départements", _two_departements),
    # informations
    "two_departements_seat": ("EPCI sur deux départements", _two_departements_seat),
    "zero_eaje_many": (
        "Zéros en Eaje",
        lambda s: f"{s.count('territoire')} sans place en Eaje : les zéros sont gardés.",
    ),
    "rate_above_100": ("Taux supérieur à 100", _above_100),
    "parts_rounded": ("Parts et total", _parts_rounded),
    "placeholder": (
        "Territoire non précisé",
        lambda s: f"{s.count('ligne')} du producteur sans territoire, laissées de côté.",
    ),
    "lost_zero": (
        "Zéro rétabli dans le code",
        lambda s: f"{s.count('code')} sans son premier zéro, corrigé à la lecture.",
    ),
    "code_repaired": (
        "Code corrigé",
        lambda s: f"{s.count('code écrit', 'codes écrits')} autrement que le code officiel.",
    ),
    "overseas": (
        "Collectivités d'outre-mer",
        lambda s: f"{s.count('ligne')} sur des collectivités sans Caf, laissées de côté.",
    ),
    "merged_since": ("Commune réunie depuis", _merged_since),
    "without_mayotte": ("France hors Mayotte", "Le taux national du producteur ne comprend pas Mayotte."),
    "other_object": ("Autre découpage", _other_object),
    "other_measure": (
        "Autre mesure",
        lambda s: f"{s.count('ligne')} de mesure « {s.value} » : elle n'est pas suivie ici.",
    ),
    "other_facility": ("Autres équipements", _other_facility),
    "other_frequency": (
        "Autre périodicité",
        lambda s: f"{s.count('ligne')} non annuelles, laissées de côté.",
    ),
    "observation_status": ("Statut de l'observation", _status),
    "confidential": (
        "Secret statistique",
        lambda s: f"{s.count('valeur')} sous secret : masquées, jamais remplacées par un zéro.",
    ),
    "state_word": ("Absence écrite en toutes lettres", _state_word),
    "empty_cell": ("Case vide", _empty_cell),
    "duplicate_same": (
        "Ligne répétée",
        lambda s: f"{s.count('valeur répétée', 'valeurs répétées')} à l'identique, comptée une fois.",
    ),
    "unused_columns": ("Colonnes non utilisées", _unused),
    "year_elsewhere": ("Année du fichier", _elsewhere),
    "other_table": ("Autre table du fichier", _other_table),
    "nothing_kept": ("Aucune ligne retenue", "Le fichier est lisible, mais rien n'y est à importer."),
    "deduced_zero": ("Zéros déduits", _deduced_zero),
}

RULES = frozenset(_TEXTS)
"""Codes of every rule with a text."""
