"""The map of a rule of maillage: met, missing and not known told apart by colour and by texture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely

from app.domain.coverage import Answer
from app.domain.french import plural, typographic
from app.domain.indicator import Direction, Indicator, Kind, ValueState
from app.domain.maillage import Rule
from app.domain.maillage_gaps import RuleResult
from app.domain.maillage_words import condition_text, kinds_text
from app.domain.territory import Level
from maps.build import layer_of
from maps.choropleth import Choropleth, Classes, Fond, Mark, OutlineLayer
from maps.palettes import palette

MET, MISSING = "règle respectée", "manque"
OUTSIDE = "hors de la règle"
COLOURS = (palette("lagune", 5)[1], palette("terre", 5)[2])
"""Met, then missing; the lines over the second one are read without colour."""
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
    told = [answers.get(code) for code in layer.codes]
    ranks = np.array([{Answer.YES: 0, Answer.NO: 1}.get(a, -1) if a else -1 for a in told], dtype=np.int16)
    unknown = np.array([answer is Answer.UNKNOWN for answer in told], dtype=bool)
    states = np.where(unknown, ValueState.NO_DATA, ValueState.VALUE).astype(np.uint8)
    counts = (int((ranks == 0).sum()), int((ranks == 1).sum()))
    title = f"{rule.label}{', ' + where if where else ''}"
    return Choropleth(
        title=title,
        subtitle=_subtitle(rule, day),
        indicator=_indicator(rule),
        year=int(day[-4:]) if day[-4:].isdigit() else 0,
        mark=Mark.AREA,
        fond=fond,
        layer=layer,
        numbers=np.where(ranks >= 0, ranks.astype(np.float64), np.nan),
        states=states,
        class_of=ranks,
        classes=Classes("manual", (0.0, 1.0, 2.0), counts),
        palette=COLOURS,
        sources=(typographic(rule.source),) if rule.source else (),
        textures=True,
        class_labels=(MET, MISSING),
        unclassed=OUTSIDE,
        notes=_notes(layer, told),
    )


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


def _notes(layer: OutlineLayer, told: Sequence[Answer | None]) -> tuple[str, ...]:
    notes = []
    if any(answer is Answer.UNKNOWN for answer in told):
        notes.append("Hachures : rien ne prouve un manque, la liste des services n’est pas complète ici.")
    outside = sum(answer is None for answer in told)
    if outside:
        nouns = {Level.COMMUNE: ("commune", "communes"), Level.EPCI: ("EPCI", "EPCI")}
        one, many = nouns.get(layer.level, ("territoire", "territoires"))
        notes.append(f"{plural(outside, one, many)} hors de la règle, sans couleur.")
    return tuple(typographic(note) for note in notes)


def _indicator(rule: Rule) -> Indicator:
    """What stands for the rule where a map names its quantity."""
    return Indicator(
        code=f"regle_{rule.code}", label=rule.label, short_label=rule.label, theme=rule.theme,
        definition=rule.note, numerator="", denominator="", unit="", decimals=0, kind=Kind.RATIO,
        direction=Direction.NONE, source=f"règle de maillage, version {rule.version}", masking="",
        valid_from="",
    )  # fmt: skip
