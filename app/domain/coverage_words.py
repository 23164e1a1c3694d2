"""French words printed beside a coverage: meaning of « couvert », origin of counts, what is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain import french
from app.domain.coverage import Basis, Certainty, Criterion, Meaning, Network, NetworkCoverage, Share
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.domain.coverage_lists import NetworkInfo

TERRITORIES: dict[Level, tuple[str, str]] = {
    Level.EPCI: ("EPCI", "EPCI"),
    Level.COMMUNE: ("commune", "communes"),
    Level.DEPARTEMENT: ("département", "départements"),
    Level.ARRONDISSEMENT: ("arrondissement", "arrondissements"),
}
NAMED = 5
"""Territories named in a note; beyond, they are counted."""
NAMES = frozenset({"Eaje", "Rpe", "Ram", "Laep"})
"""Words of the institution that keep their capital inside a sentence."""
MEANT = frozenset({"part_communes_couvertes", "part_population_couverte"})
"""Figures that depend on the meaning of « couvert »."""
EFFECTIVE = "Offre effective : sans les structures suspendues ni les places non ouvertes."


def criterion_text(criterion: Criterion) -> str:
    """« couvert : une structure dans le territoire », with the numbers of the meaning."""
    meaning = criterion.meaning
    if meaning is Meaning.STRUCTURE:
        words = "une structure dans le territoire"
    elif meaning is Meaning.POINT:
        words = "une structure, un point d’accueil ou une commune desservie"
    elif meaning is Meaning.HOURS:
        words = f"au moins {french.number(criterion.hours)} heures d’ouverture par an"
    else:
        words = _distance_text(criterion)
    return french.typographic(f"couvert : {words}")


def _distance_text(criterion: Criterion) -> str:
    detour = french.number(criterion.detour, 2).rstrip("0").rstrip(",")
    rule = f"vol d’oiseau × {detour}"
    if criterion.minutes is None:
        return f"à moins de {french.number(criterion.road_km)} km par la route ({rule})"
    speed = french.number(criterion.speed_kmh)
    return f"à moins de {french.number(criterion.minutes)} minutes ({rule}, à {speed} km/h)"


def share_text(share: Share, one: str, many: str) -> str:
    """« 12 EPCI sur 17 (70,6 %), 3 non connus »: numerator, denominator, and what is not known."""
    noun = one if share.covered < 2 else many
    words = f"{french.number(share.covered)} {noun} sur {french.number(share.total)}"
    if share.rate is not None:
        return f"{words} ({french.percent(share.rate)})"
    if share.low is None or share.high is None:
        return f"aucun {one}"
    between = f"entre {french.percent(share.low)} et {french.percent(share.high)}"
    return f"{words}, {french.number(share.unknown)} sans réponse ({between})"


def coverage_notes(coverage: NetworkCoverage, info: NetworkInfo) -> tuple[str, ...]:
    """Sentences to print under a table that shows every figure, in order."""
    notes = [*_meaning_notes(coverage), *_basis_notes(coverage, info), *_total_notes(coverage, info)]
    return _written([*notes, *_children_notes(coverage)])


def map_notes(coverage: NetworkCoverage, info: NetworkInfo, figure: str) -> tuple[str, ...]:
    """Sentences to print under the map of one figure: only those it rests on."""
    shown = coverage.figures[coverage.rank(figure)]
    with_children = "nfants" in f"{shown.numerator} {shown.denominator}"
    notes = [] if coverage.is_official(figure) else _figure_notes(coverage, info, figure)
    if with_children and not coverage.is_official(figure):
        notes += _children_notes(coverage)
    if with_children:
        notes += _small_notes(coverage)
    return _written(notes)


def _figure_notes(coverage: NetworkCoverage, info: NetworkInfo, figure: str) -> list[str]:
    notes = _meaning_notes(coverage) if figure in MEANT else []
    if coverage.effective and not notes:
        notes = [EFFECTIVE]
    return [*notes, *_basis_notes(coverage, info), *_total_notes(coverage, info)]


def _written(notes: list[str]) -> tuple[str, ...]:
    return tuple(french.typographic(note) for note in notes)


def _meaning_notes(coverage: NetworkCoverage) -> list[str]:
    notes = [_sentence(criterion_text(coverage.criterion))]
    if coverage.effective:
        notes.append(EFFECTIVE)
    if coverage.criterion.meaning is Meaning.DISTANCE:
        notes.append(
            "Distances entre le centre des communes et les structures connues. Une commune proche d’un "
            "territoire non connu n’est pas dite « non couverte »."
        )
    return notes


def _basis_notes(coverage: NetworkCoverage, info: NetworkInfo) -> list[str]:
    notes = []
    by_basis = {basis: [row for row in coverage.rows if row.count.basis is basis] for basis in Basis}
    listed = by_basis[Basis.INDICATOR]
    if listed:
        count = listed[0].count
        notes.append(
            f"{_capital(info.plural)} comptés par commune dans {count.source} ({count.year}) "
            f"pour {_many(len(listed), coverage.level)}."
        )
    partial = [row for row in coverage.rows if row.count.certainty is Certainty.AT_LEAST]
    if partial:
        named = len(partial) <= NAMED
        names = (
            french.listing([row.name for row in partial]) if named else _many(len(partial), coverage.level)
        )
        notes.append(f"Recensement partiel, « au moins » : {names}.")
    unknown = [row for row in coverage.rows if row.count.certainty is Certainty.UNKNOWN]
    if unknown:
        notes.append(f"Rien de connu pour {_many(len(unknown), coverage.level)} : ce n’est pas un zéro.")
    return notes


def _total_notes(coverage: NetworkCoverage, info: NetworkInfo) -> list[str]:
    """Wider totals are told with their year, and never spread."""
    notes = []
    named: dict[str, str] = {"centre_social": "centres sociaux", "evs": "EVS", "laep": "Laep", "rpe": "Rpe"}
    for total in coverage.totals:
        what = named.get(total.kind, info.plural)
        where = {Level.DEPARTEMENT: "département", Level.EPCI: "EPCI"}.get(total.level, "territoire")
        notes.append(
            f"Total connu en {total.year} pour le {where} {total.code} : {french.number(total.count)} "
            f"{what}, dont la répartition n’est pas connue."
        )
    return notes


def _children_notes(coverage: NetworkCoverage) -> list[str]:
    choice = coverage.children
    if choice is None or choice.rule is None:
        if coverage.network is Network.AVS:
            return []
        return ["Nombre d’enfants non connu : aucun taux par enfant n’est calculé."]
    estimated = ", estimation" if choice.estimated else ""
    label = choice.rule.label[:1].lower() + choice.rule.label[1:]
    return [f"Enfants de moins de {choice.rule.age} ans : {label}, {choice.year}{estimated}."]


def _small_notes(coverage: NetworkCoverage) -> list[str]:
    """The territories whose rates rest on few children."""
    names = [row.name for row in coverage.rows if row.small]
    if not names:
        return []
    shown = french.listing(names) if len(names) <= NAMED else _many(len(names), coverage.level)
    return [f"Petit nombre d’enfants, taux fragile : {shown}."]


def inside_text(label: str) -> str:
    """A label inside a sentence: small first letter, but for a name such as Laep."""
    first = label.split(" ", 1)[0].rstrip(",")
    return label if first in NAMES or label[1:2].isupper() else label[:1].lower() + label[1:]


def _many(count: int, level: Level) -> str:
    one, many = TERRITORIES.get(level, ("territoire", "territoires"))
    return french.plural(count, one, many)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    return _capital(text) + "."
