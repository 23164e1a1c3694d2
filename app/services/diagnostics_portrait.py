"""Portrait of a territory: where it is, its inhabitants and their change, births, communes."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

import resources
from app.domain import french
from app.domain.french import THIN
from app.domain.indicator import Provenance
from app.domain.sentences import comparison_sentence, said, value_sentence
from app.domain.sentences_change import evolution_sentence
from app.domain.territory import Level
from app.services.diagnostics_people import people
from app.services.diagnostics_sections import partial_note
from app.services.diagnostics_synthesis import held, known, story

if TYPE_CHECKING:
    from app.services.diagnostics_study import Study
    from reports.diagnostic_content import Item
    from reports.kit.charts import Style, TrendSeries
    from reports.kit.printed import Printed

PORTRAIT = ("population", "naissances", "naissances_3_ans", "natalite", "densite")
COMMUNE_COLUMNS = ("population", "naissances", "naissances_3_ans", "eaje", "rpe", "couv_global")
LEGAL = "populations.csv"
LEGAL_SOURCE = "Insee, populations municipales légales (livrées avec l’application)"
BASE = 100.0


def portrait(study: Study) -> list[Item]:
    """Place, population, births, communes, ages, families and incomes."""
    from reports.diagnostic_content import FiguresItem, Said, StripItem, Title

    figures = held(study, PORTRAIT)
    items: list[Item] = []
    if known(figures):
        items.append(Said(tuple(s for f in figures[:1] for s in story(f, study)), lead=True))
        items.append(FiguresItem(tuple(known(figures)[:6]), 3))
    items += _situation(study)
    items += _population(study)
    items += [Title("Naissances"), *_births(study)]
    spread = [item for item in known(held(study, ("natalite",))) if len(item.peers) > 1]
    if spread:
        words = f"Natalité des {study.peers_words}, {spread[0].value.year}"
        items.append(StripItem(words, tuple(spread), study.epci.short_name))
    items += [Title("Communes"), *_communes(study), Title("Âges, familles et revenus")]
    return [*items, *people(study)]


def _situation(study: Study) -> list[Item]:
    """The Epci in its département, then its communes, on one scale of classes."""
    from reports.diagnostic_content import Side, Title

    around = study.epci_map("densite", "Densité de population des EPCI", key="carte_situation")
    inside = study.commune_map("densite", "Densité de population des communes", key="carte_communes")
    maps = [area for area in (around, inside) if area is not None]
    if not maps:
        return []
    pair: Item = Side(maps[0], maps[1]) if len(maps) == 2 else maps[0]
    return [Title("Le territoire et ses communes"), pair]


# -- population -------------------------------------------------------------------------------------


def _population(study: Study) -> list[Item]:
    """Change of the legal population, beside that of the département, from the same start."""
    from reports.diagnostic_content import Said
    from reports.diagnostic_items import Ready
    from reports.kit.blocks import ChartBlock
    from reports.kit.charts import Style as Look
    from reports.kit.charts import Trend

    own = legal_populations(study, Level.EPCI, study.epci.code)
    if len(own) < 2:
        return []
    whole = legal_populations(study, Level.DEPARTEMENT, study.departement)
    years = sorted(own)
    lines = [_line(study.epci.short_name, own, Level.EPCI, study.epci.code, Look.ACTUAL)]
    if set(years) <= set(whole):
        same = {year: whole[year] for year in years}
        name = study.departement_place.name
        lines.append(_line(name, same, Level.DEPARTEMENT, study.departement, Look.REFERENCE))
    chart = Trend(
        tuple(lines), ticks=tuple((float(y), str(y)) for y in years), unit=f"base 100 en {years[0]}"
    )
    block = ChartBlock(
        chart, f"Population municipale, base 100 en {years[0]}", source=LEGAL_SOURCE, key="population",
        note=_note(study, own), height=130.0,
    )  # fmt: skip
    first, last = years[0], years[-1]
    change = (own[last] - own[first]) / own[first] * 100
    words = [
        f"de {first} à {last}, la population municipale {study.place.of} passe de "
        f"{french.number(own[first])} à {french.number(own[last])} habitants "
        f"({_signed(change)})"
    ]
    if len(lines) > 1:
        other = (whole[last] - whole[first]) / whole[first] * 100
        words.append(f", contre {_signed(other)} {study.departement_place.within}")
    return [Ready((block,)), Said((said("".join(words)),))]


def _note(study: Study, own: dict[int, int]) -> str:
    """Numbers behind the index, so that nobody has to guess them."""
    listed = ", ".join(f"{year}{THIN}: {french.number(own[year])}" for year in sorted(own))
    return f"{study.epci.short_name}, habitants {listed}."


def _signed(percent: float) -> str:
    sign = "+" if percent > 0 else "−" if percent < 0 else ""
    return f"{sign}{french.percent(abs(percent))}"


def legal_populations(study: Study, level: Level, code: str) -> dict[int, int]:
    """Inhabitants by census year, in the limits of today; a year that one commune lacks is left out."""
    members = study.territory.members(level, code)
    read = study.territory.reference.populations
    known_by = [read(commune) for commune in members]
    years = set.intersection(*(set(one) for one in known_by)) if known_by else set()
    return {year: sum(one[year] for one in known_by) for year in sorted(years)}


def _line(name: str, numbers: dict[int, int], level: Level, code: str, style: Style) -> TrendSeries:
    from reports.kit.charts import TrendPoint
    from reports.kit.charts import TrendSeries as Line

    start = min(numbers)
    points = tuple(
        TrendPoint(float(year), _index(name, numbers[year], numbers[start], level, code, year, start))
        for year in sorted(numbers)
    )
    return Line(name, style, points)


def _index(name: str, number: int, start: int, level: Level, code: str, year: int, first: int) -> Printed:
    from reports.kit.printed import LEVELS, Printed

    index = number / start * BASE
    text = french.number(index, 1)
    return Printed(
        text=text,
        number=index,
        indicator="population",
        label="Population municipale, base 100",
        level=LEVELS[level],
        code=code,
        territory=name,
        year=year,
        series=f"indice {first}",
        formula=f"{french.number(number)} ÷ {french.number(start)} × 100 = {text}",
        sources=(_legal_origin(),),
    )


@lru_cache(maxsize=1)
def _legal_origin() -> Provenance:
    data = resources.path("territory", LEGAL).read_bytes()
    return Provenance(
        LEGAL_SOURCE, LEGAL, hashlib.sha256(data).hexdigest(), "", None, None, "", "Licence Ouverte 2.0"
    )


# -- births and communes ----------------------------------------------------------------------------


def _births(study: Study) -> list[Item]:
    from reports.diagnostic_content import Absent, HistoryItem, Said, Side

    values = study.history("naissances", Level.EPCI, study.epci.code)
    numbers = [value for value in values if value.number is not None]
    area = study.commune_map(
        "naissances_3_ans", "Enfants de moins de 3 ans, estimés, par commune", key="carte_3ans"
    )
    if not numbers:
        how = "importer l’état civil de l’Insee pour toutes ses communes"
        notes = partial_note(values[-1]) if values else []
        return [Absent("Naissances du territoire", how), *notes, *([area] if area else [])]
    sentences = [value_sentence(numbers[-1], study.place)]
    compared = study.compared("naissances")
    extra = comparison_sentence(numbers[-1], compared.references) if compared else None
    change = evolution_sentence(numbers[0], numbers[-1], study.place)
    sentences += [sentence for sentence in (extra, change) if sentence]
    chart = HistoryItem(
        "Naissances domiciliées, par an", ((study.epci.short_name, tuple(values)),), "naissances"
    )
    return [Said(tuple(sentences)), Side(area, chart, 0.55) if area else chart]


def _communes(study: Study) -> list[Item]:
    from reports.content import CommuneRow
    from reports.diagnostic_content import CommunesItem

    latest = {
        code: (study.figures.years(code, Level.COMMUNE) or (study.year,))[-1] for code in COMMUNE_COLUMNS
    }

    def row(code: str, name: str) -> CommuneRow:
        read = {c: study.figures.value(c, Level.COMMUNE, code, latest[c]) for c in COMMUNE_COLUMNS}
        return CommuneRow(
            code, name, read["population"], read["naissances"], read["naissances_3_ans"],
            read["eaje"], read["rpe"], read["couv_global"],
        )  # fmt: skip

    rows = [row(commune.code, commune.name) for commune in study.territory.communes(study.epci.code)]
    rows.sort(key=lambda found: (-(found.population.number or 0.0), found.name))
    title = (
        f"Les {french.plural(len(rows), 'commune')} du territoire"
        if len(rows) > 1
        else "La commune du territoire"
    )
    return [CommunesItem(title, tuple(rows))]
