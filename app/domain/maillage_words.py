"""French sentences about the gaps of maillage, and the draft of a fiche action that answers one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.coverage import Basis, Certainty, Count
from app.domain.maillage import ActionDraft, Condition, GapCertainty, Measure, Rule
from app.domain.register_lists import load_kinds
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.domain.coverage_ground import Area

UNITS: dict[Measure, tuple[str, str]] = {
    Measure.STRUCTURES: ("structure", "structures"),
    Measure.POINTS: ("point d’accueil", "points d’accueil"),
    Measure.HOURS: ("heure d’ouverture par an", "heures d’ouverture par an"),
    Measure.FTE: ("ETP", "ETP"),
}
CONDITIONS: dict[Condition, str] = {
    Condition.ALL: "tous les territoires",
    Condition.RURAL: "EPCI ruraux : aucune commune de plus de {threshold} habitants",
    Condition.POPULATION: "plus de {threshold} habitants",
    Condition.QPV: "territoires qui ont un QPV",
    Condition.ZRR: "territoires en ZRR",
    Condition.FRR: "territoires en FRR",
}
PUBLICS: dict[str, str] = {
    "petite_enfance": "Enfants de moins de 3 ans, leurs parents et les assistants maternels",
    "parentalite": "Parents et enfants de moins de 6 ans",
    "animation_vie_sociale": "Habitants",
}
SHORT: dict[str, str] = {"laep": "Laep", "rpe": "Rpe", "centre_social": "centre social", "evs": "EVS"}
"""Kinds whose everyday name is shorter than their label."""


def kinds_text(rule: Rule) -> str:
    """« centre social ou EVS »."""
    known = load_kinds()
    names = [SHORT.get(kind) or (known[kind].label if kind in known else kind) for kind in rule.kinds]
    return " ou ".join(names)


def condition_text(rule: Rule) -> str:
    """The condition with its number."""
    words = CONDITIONS[rule.condition].format(threshold=french.number(rule.threshold))
    return french.typographic(words)


def expected_text(rule: Rule, number: float) -> str:
    """« 1 Laep itinérant », « 2 structures (centre social ou EVS) »."""
    travels = " itinérant" if rule.itinerant else ""
    if rule.measure is Measure.STRUCTURES and number < 2:
        return f"{french.number(number)} {kinds_text(rule)}{travels}"
    return f"{amount_text(number, rule.measure)} ({kinds_text(rule)}{travels})"


def amount_text(number: float, measure: Measure) -> str:
    """« 2 structures », « 1,9 ETP »."""
    one, many = UNITS[measure]
    return french.plural(round(number, 1), one, many)


def reason_of(rule: Rule, area: Area, needed: float | None, found: Count, certainty: GapCertainty) -> str:
    """One or two French sentences: what is expected, what is found, from where, what is not known."""
    expected = _expected(rule, needed)
    if certainty is GapCertainty.MISSING:
        return french.typographic(f"{expected} {_found_text(rule, found)}.")
    return french.typographic(f"{expected} {_unknown_text(rule, area, found)}")


def _expected(rule: Rule, needed: float | None) -> str:
    if needed is None:
        return f"Attendu : un ETP pour {french.number(rule.ratio)} assistants maternels."
    if rule.measure is Measure.FTE:
        return f"Attendu : {amount_text(needed, rule.measure)} ({_per_minders(rule)})."
    return f"Attendu : {expected_text(rule, needed)}."


def _per_minders(rule: Rule) -> str:
    return f"un pour {french.number(rule.ratio)} assistants maternels"


def hidden_reason(rule: Rule, reason: str) -> str:
    """The same sentences without the number expected, from which that of childminders would be told."""
    rest = reason.partition(f"{_per_minders(rule)}).")[2]
    expected = f"Attendu : {french.MASKED} ({_per_minders(rule)}, dont le nombre est couvert par le secret)"
    return french.typographic(f"{expected}.{rest}")


def _found_text(rule: Rule, found: Count) -> str:
    """What is found, with its source."""
    number = found.number or 0.0
    shown = "Trouvé : aucun" if number == 0 else f"Trouvé : {amount_text(number, rule.measure)}"
    if found.basis is Basis.INDICATOR:
        return f"{shown} dans {found.source} ({found.year})"
    if found.basis is Basis.TOTAL:
        return f"{shown}, {found.source}"
    return f"{shown} ({found.source})"


def _unknown_text(rule: Rule, area: Area, found: Count) -> str:
    if rule.measure is Measure.FTE:
        return "Inconnu : les assistants maternels ou les ETP de Rpe ne sont pas saisis."
    if found.certainty is Certainty.AT_LEAST and found.number:
        return f"Connu : au moins {amount_text(found.number, rule.measure)}, recensement partiel."
    many = french.plural(len(area.members), "commune")
    return f"Inconnu : rien n’est nommé au registre, dont la liste n’est pas déclarée complète ({many})."


def draft_of(
    rule: Rule, level: Level, area: Area, found: Count, reason: str, epci_of: Mapping[str, str]
) -> ActionDraft:
    """The draft of a fiche action that would fill the gap, to be edited by people."""
    grows = bool(found.number)
    epci = area.code if level is Level.EPCI else epci_of.get(area.code, "")
    return ActionDraft(
        title=_title(rule, level, area, grows),
        theme=rule.theme,
        kind="developpement" if grows else "creation",
        constat=reason,
        public=PUBLICS.get(rule.theme, ""),
        communes=area.members,
        code_epci=epci,
        source=french.typographic(
            f"Règle de maillage « {rule.label} », version {rule.version} ({rule.source})"
        ),
    )


def _title(rule: Rule, level: Level, area: Area, grows: bool) -> str:
    what = kinds_text(rule)
    if rule.measure is Measure.FTE:
        act = f"Renforcer l’animation de {what}"
    elif rule.itinerant:
        act = f"Proposer un accueil itinérant de {what}"
    else:
        act = f"Développer l’offre de {what}" if grows else f"Créer un {what}"
    after = " (arrondissement)" if level is Level.ARRONDISSEMENT else ""
    return french.typographic(f"{act} : {area.name}{after}")
