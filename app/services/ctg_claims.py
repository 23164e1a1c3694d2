"""Figures typed in the sentences of a CTG against the base: Epci, several, communes, département."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import resources
from app.domain.claims import Book, Fact, Finding, check_text
from app.domain.claims_read import folded
from app.domain.diagnostic import section_kinds
from app.domain.french import fold, plural
from app.domain.indicator import Indicator, Kind
from app.domain.sentences_names import commune_place, departement_place, epci_place
from app.domain.sentences_words import is_percent
from app.domain.territory import Level
from app.services.diagnostics_checks import fact_of

if TYPE_CHECKING:
    from app.domain.reference import Reference
    from app.services.diagnostics_secrecy import SafeFigures

OWN = "own"
DEPARTEMENT_WORDS = ("département", "taux départemental", "départemental")
OWN_WORDS = ("le territoire", "notre territoire", "la CTG", "de la CTG")


@dataclass(frozen=True)
class Ground:
    """The territory of a convention: its communes, and the largest territories that make it up exactly."""

    reference: Reference
    communes: tuple[str, ...]

    @cached_property
    def parts(self) -> tuple[Level, tuple[str, ...]]:
        """A whole département, whole Epci, else communes."""
        held = set(self.communes)
        deps = self.departements
        if len(deps) == 1 and held == {c.code for c in self.reference.communes(departement=deps[0])}:
            return Level.DEPARTEMENT, deps
        epcis = self.epcis
        if held and held == {code for epci in epcis for code in self.reference.members(epci)}:
            return Level.EPCI, epcis
        return Level.COMMUNE, self.communes

    @cached_property
    def epcis(self) -> tuple[str, ...]:
        """The Epci of its communes."""
        found = {self.reference.epci_of(code) for code in self.communes}
        return tuple(sorted(code for code in found if code))

    @cached_property
    def departements(self) -> tuple[str, ...]:
        """The départements of its communes."""
        return tuple(sorted({self.reference.commune(code).code_departement for code in self.communes}))

    @property
    def said(self) -> str:
        """« la CA du Niortais », « les 2 EPCI de la CTG »."""
        level, codes = self.parts
        if len(codes) > 1:
            noun = ("EPCI", "EPCI") if level is Level.EPCI else ("commune", "communes")
            return f"les {plural(len(codes), *noun)} de la CTG"
        return _said(self.reference, level, codes[0]) if codes else "la CTG"


def check_sentence(
    figures: SafeFigures, reference: Reference, communes: Iterable[str], section: str, text: str
) -> list[Finding]:
    """Numbers of a sentence that the base contradicts; none when the base cannot tell.

    communes: codes of the convention; section: what a sentence that names no indicator speaks of. The rate
    of several territories is recomputed from counts or is not known: rates are never averaged.
    """
    ground = Ground(reference, tuple(sorted(communes)))
    if not ground.communes or not any(sign.isdigit() for sign in text):
        return []
    book = _book(figures, ground, section_kinds()[section].indicator, text)
    return [finding for finding in check_text(text, book) if finding.is_error]


def _book(figures: SafeFigures, ground: Ground, indicator: str, text: str) -> Book:
    rows = resources.read_table("diagnostic", "fields.csv")
    words = {row["code"]: tuple(row["words"].split("|")) for row in rows}
    bare = folded(text)
    asked = {code for code, every in words.items() if any(bare.find(fold(word)) for word in every)}
    codes = asked | {indicator} if indicator else asked
    places, names, where = _places(ground, text)
    facts: list[Fact] = []
    for code in sorted(codes):
        held = figures.get(code)
        facts += _own_facts(figures, ground, held)
        for key, (level, territory) in where.items():
            facts += _facts(figures, held, level, territory, key)
    return Book(words, places, names, facts, OWN, indicator)


def _places(
    ground: Ground, text: str
) -> tuple[dict[str, tuple[str, ...]], dict[str, str], dict[str, tuple[Level, str]]]:
    """Words of each place, its name, its territory; communes only as the text writes them, capitals too."""
    reference = ground.reference
    own_level, own_codes = ground.parts
    own = (own_level, own_codes[0]) if len(own_codes) == 1 else None
    where: dict[str, tuple[Level, str]] = {}
    places: dict[str, tuple[str, ...]] = {OWN: OWN_WORDS}
    for level, code, words in _known(ground, text):
        if (level, code) == own:
            places[OWN] += words
        else:
            key = f"{level.name}:{code}"
            where[key], places[key] = (level, code), words
    names = {OWN: ground.said} | {key: _said(reference, *held) for key, held in where.items()}
    return places, names, where


def _known(ground: Ground, text: str) -> Iterable[tuple[Level, str, tuple[str, ...]]]:
    reference = ground.reference
    for code in ground.epcis:
        epci = reference.epci(code)
        yield Level.EPCI, code, (epci.name, epci.short_name)
    regions = []
    for code in ground.departements:
        departement = reference.departement(code)
        alone = DEPARTEMENT_WORDS if len(ground.departements) == 1 else ()
        yield Level.DEPARTEMENT, code, (departement.name, *alone)
        regions.append(departement.code_region)
    for code in dict.fromkeys(regions):
        yield Level.REGION, code, (reference.region(code).name, "région", "régional")
    yield Level.FRANCE, "FR", ("France", "national", "nationale", "taux national", "moyenne nationale")
    for code in ground.communes:
        name = reference.commune(code).name
        if name in text:
            yield Level.COMMUNE, code, (name,)


def _said(reference: Reference, level: Level, code: str) -> str:
    if level is Level.EPCI:
        return epci_place(reference.epci(code)).the
    if level is Level.DEPARTEMENT:
        return departement_place(reference.departement(code)).the
    if level is Level.COMMUNE:
        return commune_place(reference.commune(code).name).the
    return "la France" if level is Level.FRANCE else reference.name(level, code)


def _facts(figures: SafeFigures, indicator: Indicator, level: Level, code: str, key: str) -> list[Fact]:
    years = figures.years(indicator.code, level)
    values = (figures.value(indicator.code, level, code, year) for year in years)
    return [fact_of(value, key) for value in values if value.number is not None]


def _own_facts(figures: SafeFigures, ground: Ground, indicator: Indicator) -> list[Fact]:
    level, codes = ground.parts
    if len(codes) == 1:
        return _facts(figures, indicator, level, codes[0], OWN)
    found = []
    for year in figures.years(indicator.code, level):
        number = _total(figures, indicator, level, codes, year)
        if number is not None:
            found.append(
                Fact(
                    indicator.code, OWN, year, number, indicator.decimals,
                    per_hundred=indicator.unit.startswith("places pour 100"), percent=is_percent(indicator),
                )
            )  # fmt: skip
    return found


def _total(
    figures: SafeFigures, indicator: Indicator, level: Level, codes: Sequence[str], year: int
) -> float | None:
    """A count summed, or a rate recomputed from counts summed; None if one of them is missing or masked."""
    import numpy as np

    from app.domain.derived import FORMULAS

    if indicator.kind is Kind.STOCK:
        numbers = figures.series_for(indicator.code, level, year, tuple(codes)).numbers
        return None if np.isnan(numbers).any() else float(numbers.sum())
    if not indicator.is_derived:
        return None
    totals = []
    for name, at in figures.inputs_of(indicator, level, year):
        series = figures.series_for(name, level, at, tuple(codes))
        if series.indicator.kind is not Kind.STOCK or np.isnan(series.numbers).any():
            return None
        totals.append(np.array([series.numbers.sum()]))
    number = float(FORMULAS[indicator.formula].compute(totals)[0])
    return None if np.isnan(number) else number
