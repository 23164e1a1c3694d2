"""The page of synthesis, the method and the glossary, made from the figures of the base."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import resources
from app.domain import french
from app.domain.french import NBSP, THIN, fold
from app.domain.indicator import Direction, Value
from app.domain.sentences import (
    Figure,
    Sentence,
    comparison_sentence,
    estimate_sentence,
    said,
    small_sentence,
    value_sentence,
)
from app.domain.sentences_change import evolution_sentence
from app.domain.sentences_rank import rank_sentence
from app.domain.sentences_words import gap, judgement, noun_of, within_rounding
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.services.diagnostics_study import Study
    from reports.diagnostic_content import Compared, Item

KEY_FIGURES = ("couv_global", "couv_eaje", "couv_am", "natalite", "eaje_pour_1000")
SYNTHESIS = 5
FALL = 5.0
"""A change of births smaller than this many % over the period is not put forward."""
DEPENDENCE = 0.75
"""Share of the places from which one mode is said to carry the offer."""


def story(compared: Compared, study: Study) -> tuple[Sentence, ...]:
    """Everything that is said of one figure: value, comparison, rank, change, cautions."""
    value = compared.value
    found = [value_sentence(value, study.place)]
    if value.number is not None:
        comparison = comparison_sentence(value, compared.references)
        found += [comparison] if comparison else []
        if compared.ranking is not None:
            found.append(
                rank_sentence(value, compared.ranking, compared.group, peers=[v for _, v in compared.peers])
            )
        if compared.before is not None:
            change = evolution_sentence(compared.before, value, study.place)
            found += [change] if change else []
        cautions = (
            small_sentence(compared.small, study.small) if compared.small else None,
            estimate_sentence(value),
        )
        found += [sentence for sentence in cautions if sentence]
    return tuple(found)


def held(study: Study, codes: Iterable[str]) -> list[Compared]:
    """Figures of the base among these, in this order."""
    return [found for code in codes if (found := study.compared(code)) is not None]


def known(items: Iterable[Compared]) -> list[Compared]:
    """Those that have a number."""
    return [item for item in items if item.value.number is not None]


def synthesis(
    study: Study,
    beyond: tuple[list[Sentence], list[Sentence]] = ([], []),
    issues: Sequence[str] = (),
) -> list[Item]:
    """One page: five figures with their position, four lists, and what may be at stake.

    beyond: opportunities and threats known from other subjects; issues: enjeux of the CTG.
    """
    from reports.diagnostic_content import Absent, FiguresItem, Framed, Points, Said, SwotItem, Title

    figures = known(held(study, KEY_FIGURES))[:SYNTHESIS]
    if not figures:
        return [Absent("Aucun chiffre de synthèse", "importer au moins le taux de couverture de la Cnaf")]
    strengths, weaknesses = _sides(figures, study)
    opportunities, threats = (
        (*mine, *others) for mine, others in zip(_prospects(study), beyond, strict=True)
    )
    first = story(figures[0], study)[:3]
    items: list[Item] = [Said(first, lead=True), FiguresItem(tuple(figures), 3)]
    items.append(Title("Forces, faiblesses, opportunités, menaces"))
    items.append(SwotItem(strengths, weaknesses, opportunities, threats))
    note = (
        "Lecture proposée d’après les seuls chiffres de la base, à débattre et à compléter par les acteurs."
    )
    items.append(Framed(note, "note"))
    return [*items, Title("Enjeux"), Points(tuple(issues), numbered=True)] if issues else items


def _sides(figures: Sequence[Compared], study: Study) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """Figures whose indicator has a good direction, above or under the département beyond rounding."""
    sides: dict[str, list[Sentence]] = {"favorable": [], "défavorable": []}
    for item in figures:
        reference = next((c for c in item.references if c.place.name == study.departement_place.name), None)
        if reference is None or item.indicator.direction is Direction.NONE:
            continue
        difference = gap(item.value.number or 0.0, reference.value.number or 0.0, item.indicator.decimals)
        side = judgement(difference, item.indicator.direction)
        if side and not within_rounding(difference, item.indicator.decimals):
            sentence = comparison_sentence(item.value, [reference], noun_of(item.indicator).the)
            sides[side] += [sentence] if sentence else []
    return tuple(sides["favorable"]), tuple(sides["défavorable"])


def _prospects(study: Study) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """What moves: births that fall or rise, dependence on one mode."""
    threats: list[Sentence] = []
    opportunities: list[Sentence] = []
    births = study.history("naissances", Level.EPCI, study.epci.code)
    if len(births) > 1 and births[0].number and births[-1].number is not None:
        change = (births[-1].number - births[0].number) / births[0].number * 100
        sentence = evolution_sentence(births[0], births[-1], study.place)
        if sentence and abs(change) >= FALL:
            (threats if change < 0 else opportunities).append(sentence)
    share = _main_mode(study)
    return tuple(opportunities), tuple([*threats, *([share] if share else [])])


def _main_mode(study: Study) -> Sentence | None:
    """Say that one mode makes three quarters of the places or more: its future weighs on all."""
    total = study.own("couv_global")
    part = study.own("couv_am", total.year if total else None)
    if total is None or part is None or not total.number or part.number is None:
        return None
    if part.number / total.number < DEPENDENCE:
        return None
    return shares_one(total, part)


def shares_one(total: Value, part: Value) -> Sentence:
    """« Les assistants maternels assurent à eux seuls 82 % des places en 2023. »"""
    share = (part.number or 0.0) / (total.number or 1.0) * 100
    shown = [french.number(x, total.indicator.decimals) for x in (part.number, total.number)]
    formula = f"{shown[0]} ÷ {shown[1]} × 100 = {french.percent(share, 0)}"
    text = Figure(french.percent(share, 0), (part, total), formula)
    return said("les assistants maternels assurent à eux seuls ", text, f" des places en {total.year}")


def method(study: Study) -> list[Item]:
    """What the booklet is, how to read its figures, what the profile hides."""
    from reports.diagnostic_content import Framed, Points, Said, Title

    communes = study.territory.communes(study.epci.code)
    count = french.plural(len(communes), "commune")
    text = f"ce document décrit {study.place.the} ({count}) au {french.long_date(study.on)}"
    items: list[Item] = [Said((said(text),))]
    note = study.territory.scope_note(study.epci.code)
    if note:
        items.append(Framed(f"Territoire à cheval{THIN}: {note}.", "attention"))
    items += [Title("Lire les chiffres"), Points(_reading_rules(study))]
    masked = study.figures.book.masked
    profile = study.figures.book.profile
    words = (
        f"Profil «{THIN}{profile.label}{THIN}»{THIN}: les effectifs non nuls inférieurs à "
        f"{french.number(profile.threshold)} sont masqués, avec ceux qui permettraient de les retrouver. "
        f"Cellules masquées dans la base{THIN}: {french.number(len(masked))}."
    )
    return [*items, Title("Secret statistique"), Said((Sentence((words,)),))]


def _reading_rules(study: Study) -> tuple[str, ...]:
    small = french.number(study.small)
    return (
        f"Le taux de couverture se dit en places pour 100{NBSP}enfants de moins de 3{NBSP}ans, "
        f"non en{THIN}%{THIN}; il peut dépasser 100.",
        f"n.d.{THIN}: pas de donnée importée. n.p.{THIN}: non publié à cette maille. s{THIN}: masqué, secret "
        f"statistique. 0{THIN}: zéro, une valeur. ≈{THIN}: valeur estimée.",
        f"Un écart se calcule entre deux nombres imprimés{THIN}; à 0,1{NBSP}point près, deux taux sont dits "
        "comparables.",
        "Une moyenne n’est jamais une moyenne de taux. Un rang compte les EPCI du plus élevé au plus bas.",
        f"Un taux qui porte sur moins de {small}{NBSP}enfants est signalé{THIN}: il varie fortement d’une "
        "année à l’autre.",
        "Chaque nombre porte un repère qui renvoie à sa source et à son calcul, en fin de document.",
    )


def glossary(texts: Iterable[str]) -> list[Item]:
    """Terms of the lexicon that the booklet uses, sorted as in French."""
    from reports.diagnostic_content import GlossaryItem

    used = f" {fold(' '.join(texts))} "
    found = []
    for row in resources.read_table("diagnostic", "glossary.csv"):
        forms = [fold(form) for form in (row["term"], *row["forms"].split("|")) if form]
        if any(f" {form} " in used or f" {form}s " in used for form in forms):
            long = f"{row['full']}. " if row["full"] and fold(row["full"]) != fold(row["term"]) else ""
            period = f" ({row['period']})" if row["period"] else ""
            found.append((row["term"], french.typographic(f"{long}{row['definition']}{period}")))
    return [GlossaryItem(tuple(sorted(found, key=lambda term: fold(term[0]))))] if found else []
