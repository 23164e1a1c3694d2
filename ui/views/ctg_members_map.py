"""Small map of the communes of one CTG: those of the start, those that joined since, the others hatched."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain.french import plural, typographic
from ui.widgets.mini_map import MiniMap, simple_shapes

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.ctg_rows import CtgDetail

OUTSIDE, START, JOINED = -1, 1, 2
"""Classes on the map: outside is hatched."""


@dataclass(frozen=True, slots=True)
class MembersMap:
    """Shapes, and the sentence that says what they show."""

    shown: MiniMap | None
    note: str


def read_members_map(services: Services, detail: CtgDetail, progress: Progress) -> MembersMap:
    """Outlines of the communes of the EPCI concerned; heavy the first time."""
    import numpy as np

    from maps.palettes import palette

    classes = {
        m.code: JOINED if m.amendment_uuid or m.joins_on else START for m in detail.members if m.present
    }
    codes = {c for epci in detail.row.codes_epci for c in services.territory.reference.members(epci)}
    codes |= set(classes)
    layer = services.outlines.fond(progress).communes
    rows = np.flatnonzero([code in codes for code in layer.codes])
    if not len(rows):
        return MembersMap(None, "Contours des communes absents de cette base.")
    kept = replace(
        layer,
        codes=tuple(layer.codes[row] for row in rows),
        names=tuple(layer.names[row] for row in rows),
        polygons=layer.polygons[rows],
        label_xy=layer.label_xy[rows],
        parents=(),
    )
    numbers = tuple(classes.get(code, OUTSIDE) for code in kept.codes)
    shapes = simple_shapes(kept, numbers, tuple("" for _ in kept.codes))
    shown = MiniMap(shapes, tuple(palette("lagune", 3)), tuple(palette("lagune", 3, dark=True)))
    return MembersMap(shown, _note(detail, list(numbers)))


def _note(detail: CtgDetail, numbers: list[int]) -> str:
    said = [plural(sum(m.present for m in detail.members), "commune de la CTG", "communes de la CTG")]
    joined = numbers.count(JOINED)
    if joined:
        said.append(f"dont {joined} par avenant, en plus foncé")
    outside = numbers.count(OUTSIDE)
    if outside:
        said.append(f"{plural(outside, 'commune')} de l’EPCI hors CTG, en hachures")
    return typographic(f"{', '.join(said)}.")
