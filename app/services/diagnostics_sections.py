"""Sections made from the indicators of the base: early childhood, counts of equipment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.indicator import Kind, Value, ValueState
from app.domain.sentences import comparison_sentence, value_sentence
from app.domain.sentences_change import counts_sentence, shares_sentence
from app.domain.sentences_names import capital
from app.domain.territory import Level
from app.services.diagnostics_synthesis import held, known, story

if TYPE_CHECKING:
    from app.services.diagnostics_study import Study
    from reports.content import ModeRow
    from reports.diagnostic_content import Item, ModesItem

MODES = ("couv_am", "couv_eaje", "couv_prescol", "couv_gad")
FEWEST = 3
"""Communes with a published rate under which a map of them would be empty."""
MODE_NAMES = {
    "couv_am": "les assistants maternels",
    "couv_eaje": "les Eaje",
    "couv_prescol": "l’école maternelle avant 3 ans",
    "couv_gad": "la garde à domicile",
}

# -- early childhood --------------------------------------------------------------------------------


def childhood(study: Study) -> list[Item]:
    """Capacity by mode, coverage, its change, counts of establishments."""
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
    items.append(Title("Position du territoire"))
    spread = known(held(study, ("couv_global", *MODES[:2])))
    if spread:
        items.append(StripItem(f"Dispersion des {study.peers_words}", tuple(spread), study.epci.short_name))
    against = [f for f in known(held(study, (*MODES, "eaje_pour_1000"))) if f.references]
    if against:
        names = (study.epci.short_name, against[0].references[0].place.name)
        items.append(
            DumbbellItem(f"{names[0]} et {names[1]}, indicateur par indicateur", tuple(against), names)
        )
    return [*items, *coverage_trends(study), *communes_coverage(study)]


def coverage_trends(study: Study) -> list[Item]:
    """The coverage and its modes over the years, or one line that says how to see them change."""
    from reports.diagnostic_content import Absent, HistoryItem, Title

    places = (
        (study.epci.short_name, Level.EPCI, study.epci.code),
        (study.departement_place.name, Level.DEPARTEMENT, study.departement),
        ("France", Level.FRANCE, "FR"),
    )
    found = {name: study.history("couv_global", level, code) for name, level, code in places}
    own = [value for value in found[study.epci.short_name] if value.number is not None]
    items: list[Item] = [Title("Évolution")]
    if len(own) < 2:
        how = "importer d’autres millésimes des taux de couverture de la Cnaf (data.caf.fr)"
        return [*items, Absent("Évolution de la couverture", how)]
    series = tuple((name, values) for name, values in found.items() if values)
    items.append(HistoryItem("Taux de couverture petite enfance, par an", series, "evolution_couverture"))
    modes = tuple(
        (study.figures.get(code).short_label, values)
        for code in MODES
        if (values := study.history(code, Level.EPCI, study.epci.code))
    )
    if modes:
        items.append(HistoryItem(f"Couverture par mode, {study.epci.short_name}", modes, "evolution_modes"))
    return items


def communes_coverage(study: Study) -> list[Item]:
    """The coverage of communes on a landscape page, where the producer publishes some of them."""
    held_years = study.figures.years("couv_global", Level.COMMUNE)
    if not held_years:
        return []
    codes = study.territory.members(Level.EPCI, study.epci.code)
    series = study.figures.series_for("couv_global", Level.COMMUNE, held_years[-1], codes)
    if sum(ValueState(int(state)).is_known for state in series.states) < FEWEST:
        return []
    area = study.commune_map(
        "couv_global", "Taux de couverture petite enfance des communes", wide=True, key="carte_couv_communes"
    )
    return [area] if area is not None else []


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


def establishments(study: Study) -> list[Item]:
    """Counts of establishments from the base permanente des équipements."""
    from reports.diagnostic_content import Said

    values = [value for code in ("eaje", "micro_creche", "rpe") if (value := study.own(code)) is not None]
    by_year: dict[int, list[Value]] = {}
    for value in values:
        by_year.setdefault(value.year, []).append(value)
    found = [counts_sentence(same, study.place) for _, same in sorted(by_year.items())]
    sentences = tuple(sentence for sentence in found if sentence is not None)
    return [Said(sentences)] if sentences else []


def counts(study: Study, codes: Sequence[str]) -> list[Item]:
    """Sentences and a map for counts of establishments of other sections.

    Where a sum would be partial it is not made: the communes that are known are still shown.
    """
    from reports.diagnostic_content import Said

    found = [item for item in held(study, codes) if item.indicator.kind is Kind.STOCK]
    sentences = [value_sentence(item.value, study.place) for item in known(found)]
    for item in known(found):
        share = comparison_sentence(item.value, item.references)
        sentences += [share] if share else []
    items: list[Item] = [Said(tuple(sentences))] if sentences else []
    items += [note for item in found for note in partial_note(item.value)]
    if found:
        indicator = found[0].indicator
        area = study.commune_map(indicator.code, f"{indicator.label}, par commune")
        items += [area] if area else []
    return items


def partial_note(value: Value) -> list[Item]:
    """Why a sum over communes is not made, in one framed line."""
    from reports.diagnostic_content import Framed

    if value.number is not None or not value.formula:
        return []
    label = value.indicator.label
    return [Framed(f"{label}, {value.year}. {capital(value.formula)}.", "note")]
