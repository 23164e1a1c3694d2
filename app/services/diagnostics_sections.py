"""Sections made from the indicators of the base: portrait, early childhood, counts of equipment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.indicator import Kind, Value
from app.domain.sentences import comparison_sentence, value_sentence
from app.domain.sentences_change import counts_sentence, evolution_sentence, shares_sentence
from app.domain.territory import Level
from app.services.diagnostics_synthesis import held, known, story

if TYPE_CHECKING:
    from app.services.diagnostics_study import Study
    from reports.content import ModeRow
    from reports.diagnostic_content import Item, ModesItem

MODES = ("couv_am", "couv_eaje", "couv_prescol", "couv_gad")
MODE_NAMES = {
    "couv_am": "les assistants maternels",
    "couv_eaje": "les Eaje",
    "couv_prescol": "l’école maternelle avant 3 ans",
    "couv_gad": "la garde à domicile",
}
PORTRAIT = ("population", "naissances", "naissances_3_ans", "natalite", "densite")
COMMUNE_COLUMNS = ("population", "naissances", "naissances_3_ans", "eaje", "rpe", "couv_global")

# -- portrait ---------------------------------------------------------------------------------------


def portrait(study: Study) -> list[Item]:
    """Population, births, density, communes."""
    from reports.diagnostic_content import Absent, FiguresItem, Said, Title

    figures = held(study, PORTRAIT)
    items: list[Item] = []
    if known(figures):
        items.append(Said(tuple(s for f in figures[:1] for s in story(f, study)), lead=True))
        items.append(FiguresItem(tuple(known(figures)[:6]), 3))
    items += [Title("Naissances"), *_births(study)]
    items += [Title("Communes"), *_communes(study)]
    items.append(
        Absent(
            "Âges, familles et revenus",
            "importer les tableaux de l’Insee (recensement, Filosofi) par commune",
        )
    )
    return items


def _births(study: Study) -> list[Item]:
    from reports.diagnostic_content import Absent, HistoryItem, Said, Side

    values = study.history("naissances", Level.EPCI, study.epci.code)
    numbers = [value for value in values if value.number is not None]
    if not numbers:
        return [
            Absent("Naissances du territoire", "importer l’état civil de l’Insee pour toutes ses communes")
        ]
    sentences = [value_sentence(numbers[-1], study.place)]
    compared = study.compared("naissances")
    extra = comparison_sentence(numbers[-1], compared.references) if compared else None
    change = evolution_sentence(numbers[0], numbers[-1], study.place)
    sentences += [sentence for sentence in (extra, change) if sentence]
    chart = HistoryItem(
        "Naissances domiciliées, par an", ((study.epci.short_name, tuple(values)),), "naissances"
    )
    area = study.commune_map(
        "naissances_3_ans", "Enfants de moins de 3 ans, estimés, par commune", key="carte_3ans"
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


# -- early childhood --------------------------------------------------------------------------------


def childhood(study: Study) -> list[Item]:
    """Capacity by mode, coverage, counts of establishments."""
    from reports.diagnostic_content import Absent, DumbbellItem, Said, Side, StripItem, Title

    main = study.compared("couv_global")
    if main is None:
        return [
            Absent("Couverture petite enfance", "importer les taux de couverture de la Cnaf (data.caf.fr)")
        ]
    items: list[Item] = [Said(story(main, study), lead=True)]
    area = study.epci_map("couv_global", "Taux de couverture petite enfance", key="carte_couverture")
    modes = _modes(study, main.value.year)
    reading = shares_sentence(
        main.value, (study.own(m, main.value.year) or main.value for m in MODES), MODE_NAMES
    )
    items.append(Title("Les modes d’accueil"))
    if reading is not None:
        items.append(Said((reading,)))
    items.append(Side(area, modes) if area is not None else modes)
    items.append(replace(modes, table=True))
    spread = known(held(study, ("couv_global", *MODES[:2])))
    if spread:
        items.append(StripItem(f"Dispersion des {study.peers_words}", tuple(spread), study.epci.short_name))
    items += _establishments(study)
    against = [f for f in known(held(study, (*MODES, "eaje_pour_1000"))) if f.references]
    if against:
        names = (study.epci.short_name, against[0].references[0].place.name)
        items.append(
            DumbbellItem(f"{names[0]} et {names[1]}, indicateur par indicateur", tuple(against), names)
        )
    return items


def _modes(study: Study, year: int) -> ModesItem:
    from reports.content import ModeRow
    from reports.diagnostic_content import ModesItem

    def row(name: str, level: Level, code: str) -> ModeRow:
        parts = tuple((study.figures.get(m), study.figures.value(m, level, code, year)) for m in MODES)
        total = study.figures.value("couv_global", level, code, year)
        return ModeRow(name, code == study.epci.code, parts, total)

    rows = [(row(e.short_name, Level.EPCI, e.code), Level.EPCI, e.code) for e in study.peers]
    rows.sort(key=lambda found: (found[0].total.number is None, -(found[0].total.number or 0.0)))
    rows.append(
        (
            row(study.departement_place.name, Level.DEPARTEMENT, study.departement),
            Level.DEPARTEMENT,
            study.departement,
        )
    )
    rows.append((row("France", Level.FRANCE, "FR"), Level.FRANCE, "FR"))
    births = tuple(study.figures.latest("naissances_3_ans", level, code) for _, level, code in rows)
    caption = f"Places pour 100 enfants de moins de 3 ans, par mode d’accueil, {year}"
    return ModesItem(caption, tuple(found for found, _, _ in rows), births, 2)


def _establishments(study: Study) -> list[Item]:
    """Counts of establishments from the base permanente des équipements."""
    from reports.diagnostic_content import Said, Title

    values = [value for code in ("eaje", "micro_creche", "rpe") if (value := study.own(code)) is not None]
    by_year: dict[int, list[Value]] = {}
    for value in values:
        by_year.setdefault(value.year, []).append(value)
    found = [counts_sentence(same, study.place) for _, same in sorted(by_year.items())]
    sentences = tuple(sentence for sentence in found if sentence is not None)
    return [Title("Établissements recensés"), Said(sentences)] if sentences else []


def counts(study: Study, codes: Sequence[str]) -> list[Item]:
    """Sentences and a map for counts of establishments of other sections."""
    from reports.diagnostic_content import Said

    found = [item for item in known(held(study, codes)) if item.indicator.kind is Kind.STOCK]
    if not found:
        return []
    sentences = [value_sentence(item.value, study.place) for item in found]
    for item in found:
        share = comparison_sentence(item.value, item.references)
        sentences += [share] if share else []
    area = study.commune_map(found[0].indicator.code, f"{found[0].indicator.label}, par commune")
    return [Said(tuple(sentences)), *([area] if area else [])]
