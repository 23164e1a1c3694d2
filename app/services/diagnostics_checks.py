"""Texts of a diagnostic checked against the figures that its readers may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import resources
from app.domain.claims import Book, Fact, check_text
from app.domain.claims_fields import field_findings
from app.domain.diagnostic import PlannedSection, section_kinds
from app.domain.manifest import origins
from app.domain.sentences_words import is_percent
from app.domain.territory import Level
from app.services.diagnostics_assemble import Assembler
from app.services.diagnostics_conventions import ConventionSections
from app.services.diagnostics_rows import TextFinding

if TYPE_CHECKING:
    from app.domain.indicator import Value
    from app.services.diagnostics_partners import PartnerSections
    from app.services.diagnostics_study import Study


def check_plan(study: Study, partners: PartnerSections, plan: Sequence[PlannedSection]) -> list[TextFinding]:
    """What the texts of a plan say against the base."""
    lookup = Assembler(study, partners, ConventionSections()).lookup
    facts = tuple(_facts(study))
    found = []
    for section in plan:
        kind = section_kinds()[section.code]
        if not section.enabled or not section.text.strip():
            continue
        book = _book(study, facts, kind.indicator)
        every = [*check_text(section.text, book), *field_findings(section.text, lookup)]
        found += [TextFinding(section.code, section.title or kind.title, finding) for finding in every]
    return found


def _book(study: Study, facts: Sequence[Fact], indicator: str) -> Book:
    rows = resources.read_table("diagnostic", "fields.csv")
    reference = study.territory.reference
    departement = reference.departement(study.departement)
    region = reference.region(departement.code_region)
    return Book(
        indicators={row["code"]: tuple(row["words"].split("|")) for row in rows},
        places={
            "own": (study.epci.name, study.epci.short_name, "le territoire", "notre territoire"),
            "departement": (departement.name, "département", "taux départemental", "départemental"),
            "region": (region.name, "région", "régional"),
            "france": ("France", "national", "nationale", "taux national", "moyenne nationale"),
        },
        names={
            "own": study.place.the,
            "departement": study.departement_place.the,
            "region": region.name,
            "france": "la France",
        },
        facts=facts,
        own="own",
        indicator=indicator,
    )


def _facts(study: Study) -> list[Fact]:
    """Known numbers of the Epci and of what it is compared with, every year."""
    code_region = study.territory.reference.departement(study.departement).code_region
    places = {
        "own": (Level.EPCI, study.epci.code),
        "departement": (Level.DEPARTEMENT, study.departement),
        "region": (Level.REGION, code_region),
        "france": (Level.FRANCE, "FR"),
    }
    return [
        fact_of(value, key)
        for indicator in study.figures.all()
        for key, (level, code) in places.items()
        for value in study.history(indicator.code, level, code)
        if value.number is not None
    ]


def fact_of(value: Value, place: str) -> Fact:
    """A number of the base under the key of its place."""
    indicator = value.indicator
    return Fact(
        indicator.code,
        place,
        value.year,
        value.number or 0.0,
        indicator.decimals,
        per_hundred=indicator.unit.startswith("places pour 100"),
        percent=is_percent(indicator),
        origin=_origin(value),
    )


def _origin(value: Value) -> str:
    """« txcouv_pe_epci_2023.csv, ligne 14 »."""
    for origin in origins(value):
        return origin.file + (f", ligne {origin.row}" if origin.row else "")
    return ""
