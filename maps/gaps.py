"""The map of a rule of maillage: met, missing and not known told apart by colour and by texture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely

from app.domain.french import typographic
from app.domain.maillage import Rule
from app.domain.maillage_gaps import RuleResult
from app.domain.maillage_words import condition_text, kinds_text
from app.domain.territory import Level
from maps.answers import AnswerWords, answer_map, question
from maps.build import layer_of
from maps.choropleth import Choropleth, Fond, OutlineLayer

MET, MISSING = "règle respectée", "manque"
Groups = Mapping[str, tuple[str, Sequence[str]]]
"""Name and communes of each territory of a level that the fond does not outline."""


def gap_map(
    fond: Fond, result: RuleResult, *, where: str = "", groups: Groups | None = None, day: str = ""
) -> Choropleth:
    """Return the map of a rule applied to the territories of a fond.

    groups: for the level of arrondissements, outlined from communes. A territory that the condition leaves
    out has neither class nor absence. Raises ValueError for a level without outline nor groups.
    """
    rule = result.rule
    layer = layer_of(fond, rule.level) if groups is None else grouped(fond, rule.level, groups)
    answers = dict(result.answers)
    words = AnswerWords(
        title=f"{rule.label}{', ' + where if where else ''}",
        subtitle=_subtitle(rule, day),
        yes=MET,
        no=MISSING,
        unknown="rien ne prouve un manque, la liste des services n’est pas complète ici.",
        source=rule.source,
    )
    asked = question(
        f"regle_{rule.code}", rule.label, f"règle de maillage, version {rule.version}", theme=rule.theme,
        definition=rule.note,
    )  # fmt: skip
    year = int(day[-4:]) if day[-4:].isdigit() else 0
    return answer_map(fond, layer, [answers.get(code) for code in layer.codes], words, asked, year)


def grouped(fond: Fond, level: Level, groups: Groups) -> OutlineLayer:
    """Return outlines made of communes of the fond, for a level that it does not hold."""
    rank = {code: place for place, code in enumerate(fond.communes.codes)}
    codes, names, shapes = [], [], []
    for code, (name, communes) in groups.items():
        places = [rank[commune] for commune in communes if commune in rank]
        if places:
            codes.append(code)
            names.append(name)
            shapes.append(_united(fond.communes.polygons[places]))
    polygons = np.array(shapes, dtype=object)
    xy = shapely.get_coordinates(shapely.point_on_surface(polygons)).reshape(-1, 2)
    return OutlineLayer(level, fond.epsg, tuple(codes), tuple(names), polygons, xy)


def _united(polygons: np.ndarray[tuple[int], np.dtype[np.object_]]) -> object:
    try:
        return shapely.coverage_union_all(polygons)
    except shapely.errors.GEOSException:  # outlines that overlap
        return shapely.union_all(polygons)


def _subtitle(rule: Rule, day: str) -> str:
    words = f"{kinds_text(rule)}, {condition_text(rule)}"
    dated = f", au {day}" if day else ""
    return typographic(f"{words[:1].upper()}{words[1:]}. Version {rule.version}{dated}")
