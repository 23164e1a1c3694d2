"""Official coverage beside our own counts, and what the gap between them is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.coverage import Certainty, Comparison, GapPart

if TYPE_CHECKING:
    from app.domain.coverage import Count
    from app.domain.coverage_cells import Cell
    from app.domain.coverage_ground import Area
    from app.domain.coverage_scene import Scene
    from app.domain.indicator import Value

ROUNDING = 0.05
"""Official rates are published to one decimal: half of the last one."""
PAIRS = (
    ("eaje", "Places d’Eaje", "couv_eaje", "propre_eaje"),
    ("am", "Places d’assistants maternels", "couv_am", "propre_am"),
    ("total", "Tous modes", "couv_global", "propre_total"),
)
"""Code, label, official indicator, own figure."""
OTHER_MODES = (("couv_gad", "Garde à domicile, hors registre"), ("couv_prescol", "École, hors registre"))


def compare(
    scene: Scene, area: Area, count: Count, values: Mapping[str, Value], cells: Mapping[str, Cell]
) -> tuple[Comparison, ...]:
    """Compare each mode and the total, for the territories where one of the two figures exists."""
    found = []
    gaps: dict[str, float | None] = {}
    for code, label, official_code, own_code in PAIRS:
        official, own = values[official_code], values[own_code]
        if official.number is None and own.number is None:
            continue
        gap = None
        if official.number is not None and own.number is not None:
            gap = official.number - own.number
        gaps[code] = gap
        parts = _parts(scene, area, count, code, gap, values, gaps)
        certainty = cells[own_code].certainty if own_code in cells else Certainty.UNKNOWN
        found.append(Comparison(code, label, official, own, certainty, gap, parts))
    return tuple(found)


def _parts(
    scene: Scene,
    area: Area,
    count: Count,
    code: str,
    gap: float | None,
    values: Mapping[str, Value],
    gaps: Mapping[str, float | None],
) -> tuple[GapPart, ...]:
    counted = _counted(code, gap, values, gaps)
    told = [*counted, *_dates(values, code)]
    if code == "eaje":
        told += _holes(scene, area, count)
    if gap is not None:
        rest = gap - sum(part.amount or 0.0 for part in counted)
        label = "Arrondi" if abs(rest) <= ROUNDING else "Reste, expliqué par les lignes sans nombre"
        told.append(GapPart("residual", label, rest))
    return tuple(told)


def _counted(
    code: str, gap: float | None, values: Mapping[str, Value], gaps: Mapping[str, float | None]
) -> list[GapPart]:
    """Pieces of the total gap that are numbers: modes out of the register, gaps of each mode."""
    if code != "total" or gap is None:
        return []
    parts = [
        GapPart(mode, label, values[mode].number)
        for mode, label in OTHER_MODES
        if values[mode].number is not None
    ]
    parts += [GapPart(f"gap_{one}", f"{label}{french.THIN}: écart", gaps[one])
              for one, label, _, _ in PAIRS if one != code and gaps.get(one) is not None]  # fmt: skip
    lone = [("eaje", "couv_eaje"), ("am", "couv_am")]
    parts += [
        GapPart(f"without_{one}", f"{values[official].indicator.label}{french.THIN}: rien au registre",
                values[official].number)
        for one, official in lone
        if gaps.get(one) is None and values[official].number is not None
    ]  # fmt: skip
    return parts


def _dates(values: Mapping[str, Value], code: str) -> list[GapPart]:
    """Differences of date and of denominator, which cannot be counted."""
    official, own = (values[name] for row in PAIRS if row[0] == code for name in row[2:])
    parts = []
    if official.number is None or own.number is None:
        return []
    if official.year != own.year:
        parts.append(GapPart("year", f"Années différentes{french.THIN}: {official.year} et {own.year}"))
    children = values.get("enfants_moins_3")
    if children is not None and children.number is not None:
        words = children.formula[:1].lower() + children.formula[1:]
        parts.append(
            GapPart(
                "denominator",
                f"Enfants de notre compte{french.THIN}: {french.number(children.number)} ({words}, "
                f"{children.year})\u202f; la Cnaf ne publie pas le sien",
            )
        )
    return parts


def _holes(scene: Scene, area: Area, count: Count) -> list[GapPart]:
    """What the register lacks: structures without a name, named ones without their places."""
    pairs = [pair for knowledge in scene.knowledges for pair in knowledge.named(area.members)]
    silent = sum(equipment.licensed is None for _, equipment in pairs)
    parts = []
    if count.number is not None and count.number > len(pairs):
        missing = int(count.number) - len(pairs)
        listed = f"{french.number(count.number)} recensées"
        parts.append(
            GapPart("unnamed", f"{french.plural(missing, 'structure')} sans nom au registre sur {listed}")
        )
    if silent:
        parts.append(
            GapPart("no_places", f"{french.plural(silent, 'structure nommée', 'structures nommées')} "
                                 "sans nombre de places")
        )  # fmt: skip
    return parts


def far_apart(comparisons: Sequence[Comparison], threshold: float) -> tuple[Comparison, ...]:
    """Comparisons whose gap is at least the threshold, both ways."""
    return tuple(item for item in comparisons if item.gap is not None and abs(item.gap) >= threshold)
