"""Who lives there: ages, families, incomes and population of the Caf, or which file would tell it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.french import NBSP, THIN
from app.domain.sentences import Figure, said
from app.domain.territory import Level
from app.services.diagnostics_synthesis import held, known, story

if TYPE_CHECKING:
    from app.domain.indicator import Value
    from app.services.diagnostics_study import Study
    from reports.diagnostic_content import Item

AGES = {
    "0_14": "0-14 ans",
    "15_29": "15-29 ans",
    "30_44": "30-44 ans",
    "45_59": "45-59 ans",
    "60_74": "60-74 ans",
    "75_89": "75-89 ans",
    "90_plus": "90 ans et +",
}
TYPES = ("couples_enfants", "couples_sans_enfant", "monoparentales")
INCOMES = ("niveau_vie", "taux_pauvrete")
COVERED = ("allocataires", "personnes_couvertes", "enfants_couverts", "allocataires_monoparents")
BENEFITS = ("foyers_rsa", "foyers_ppa")
WHERE = f"page Données, «{THIN}Importer{THIN}»"
NO_AGES = f"«{THIN}base-cc-evol-struct-pop{THIN}» (insee.fr, recensement)"
NO_TYPES = f"«{THIN}base-cc-coupl-fam-men{THIN}» (insee.fr, recensement)"
NO_INCOME = f"«{THIN}DISP_EPCI{THIN}» de Filosofi (insee.fr{THIN}; code, médiane, taux)"
NO_COVERED = f"des allocataires par commune (data.caf.fr{THIN}; colonnes code, A, PERCOU, AM, ENF)"
NO_BENEFITS = f"«{THIN}s_ben_com_f{THIN}» (data.caf.fr)"
NO_SERIES = "l’écrire dans le texte de cette section, avec sa source"


def people(study: Study) -> list[Item]:
    """Ages, families and incomes; each one drawn, or one line that says which file to import."""
    return [*ages(study), *families(study), *incomes(study)]


def ages(study: Study) -> list[Item]:
    """The pyramid of ages, with the shape of the département, and the share of the youngest."""
    from reports.diagnostic_content import Absent, Said
    from reports.diagnostic_items import PyramidItem

    year = _latest(study, "femmes_0_14")
    own = _pyramid(study, Level.EPCI, study.epci.code, year)
    if own is None:
        return [Absent("Âges de la population", _how(NO_AGES))]
    around = _pyramid(study, Level.DEPARTEMENT, study.departement, year)
    pieces: list[str | Figure] = [
        f"en {year}, ",
        _young(own),
        f" des habitants {study.place.of} ont moins de 15{NBSP}ans",
    ]
    if around is not None:
        pieces += [", contre ", _young(around), f" {study.departement_place.within}"]
    women, men = own
    caption = f"Population par sexe et âge, {study.epci.short_name}, {year}"
    outline = around or ((), ())
    chart = PyramidItem(
        caption, tuple(AGES.values()), women, men, *outline, outline_name=study.departement_place.of
    )
    return [Said((said(*pieces),)), chart]


def _pyramid(
    study: Study, level: Level, code: str, year: int | None
) -> tuple[tuple[Value, ...], tuple[Value, ...]] | None:
    """Women then men by age; None unless every class is known."""
    if year is None:
        return None
    women, men = (
        tuple(study.figures.value(f"{who}_{age}", level, code, year) for age in AGES)
        for who in ("femmes", "hommes")
    )
    return (women, men) if all(value.number is not None for value in (*women, *men)) else None


def _young(sides: tuple[tuple[Value, ...], tuple[Value, ...]]) -> Figure:
    women, men = sides
    return share_figure((women[0], men[0]), (*women, *men), "part des moins de 15 ans")


def share_figure(parts: Sequence[Value], whole: Sequence[Value], name: str) -> Figure:
    """« 17,9 % », with its formula; parts and whole are counts that are all known."""
    part, total = (sum(value.number or 0.0 for value in values) for values in (parts, whole))
    text = french.percent(part / total * 100) if total else "n.d."
    formula = f"{french.number(part)} ÷ {french.number(total)} × 100 = {text}"
    return Figure(text, tuple(dict.fromkeys((*parts, *whole))), formula, name)


def families(study: Study) -> list[Item]:
    """Families by type, and the share of those with one parent."""
    from reports.diagnostic_content import Absent, Said
    from reports.diagnostic_items import BarsItem

    found = [item.value for item in known(held(study, TYPES))]
    if len(found) < len(TYPES):
        return [Absent("Familles", _how(NO_TYPES))]
    year = found[0].year
    share = share_figure(found[-1:], found, "part des familles monoparentales")
    words = said(f"en {year}, ", share, f" des familles {study.place.of} sont monoparentales")
    return [
        Said((words,)),
        BarsItem(f"Familles selon leur type, {study.epci.short_name}, {year}", tuple(found)),
    ]


def incomes(study: Study) -> list[Item]:
    """Median standard of living and poverty, told and shown among the Epci of the département."""
    from reports.diagnostic_content import Absent, Said, StripItem

    found = known(held(study, INCOMES))
    if not found:
        return [Absent("Revenus et pauvreté", _how(NO_INCOME))]
    items: list[Item] = []
    for one in found:
        items.append(Said(story(one, study)))
        if sum(value.number is not None for _, value in one.peers) > 1:
            words = f"{one.indicator.label} des {study.peers_words}, {one.value.year}"
            items.append(StripItem(words, (one,), study.epci.short_name))
    return items


def caf(study: Study) -> list[Item]:
    """Population known of the Caf, and its benefits; each group missing says its file."""
    from reports.diagnostic_content import Absent, FiguresItem, Framed, Said

    items: list[Item] = []
    figures = known(held(study, (*COVERED, *BENEFITS)))
    if figures:
        items += [Said(story(figures[0], study), lead=True), FiguresItem(tuple(figures), 3)]
        area = study.commune_map(figures[0].indicator.code, figures[0].indicator.label, key="carte_caf")
        items += [area] if area is not None else []
        items.append(
            Framed("La Caf ne compte pas les familles du régime agricole, suivies par la Msa.", "note")
        )
    codes = {item.indicator.code for item in figures}
    if not codes & set(COVERED):
        items.append(Absent("Allocataires, personnes et enfants couverts", _how(NO_COVERED)))
    if not codes & set(BENEFITS):
        items.append(Absent("Bénéficiaires du Rsa et de la prime d’activité", _how(NO_BENEFITS)))
    return [*items, Absent("Quotient familial", NO_SERIES)]


def _how(file: str) -> str:
    """« importer le fichier … : page Données, « Importer » »."""
    return f"importer le fichier {file}{THIN}: {WHERE}"


def _latest(study: Study, code: str) -> int | None:
    value = study.own(code)
    return None if value is None else value.year
