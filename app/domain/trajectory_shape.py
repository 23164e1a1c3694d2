"""Shape of a yearly path as it is typed: warnings that explain, and never block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.cpog import CpogIndicator
from app.domain.cpog_codes import Sense
from app.domain.french import number, percent

LATE_YEARS = 2
LATE_SHARE = 0.5
LEAST_STEPS = 4
"""A path of fewer steps always has more than half of its effort in its last two years, or nearly."""


@dataclass(frozen=True, slots=True)
class ShapeWarning:
    """A code, and a French sentence with the numbers inside."""

    code: str
    text: str


def shape_warnings(
    indicator: CpogIndicator, targets: Mapping[int, float], observed: Mapping[int, float]
) -> tuple[ShapeWarning, ...]:
    """Warn about a path of yearly targets.

    targets: year -> target, the reference aside. observed: year -> value seen. Empty or one-point paths only
    meet the checks against the reference.
    """
    if not targets:
        return ()
    path = _path(indicator, targets)
    found = [
        _target_on_follow(indicator),
        _late_effort(path),
        _high_step(path, observed),
        _below_reference(indicator, targets),
        _not_monotone(path),
    ]
    return tuple(warning for warning in found if warning is not None)


def _path(indicator: CpogIndicator, targets: Mapping[int, float]) -> list[tuple[int, float]]:
    path = sorted(targets.items())
    year = indicator.reference_year
    if indicator.reference is not None and year is not None and year < path[0][0]:
        return [(year, indicator.reference), *path]
    return path


def _target_on_follow(indicator: CpogIndicator) -> ShapeWarning | None:
    if not indicator.is_follow:
        return None
    return ShapeWarning("target_on_follow", "Un indicateur de suivi n’a normalement pas de cible.")


def _late_effort(path: Sequence[tuple[int, float]]) -> ShapeWarning | None:
    total = path[-1][1] - path[0][1]
    if len(path) <= LEAST_STEPS or not total:
        return None
    share = (path[-1][1] - path[-1 - LATE_YEARS][1]) / total
    if share <= LATE_SHARE + 1e-9:
        return None
    return ShapeWarning(
        "late_effort", f"{percent(100 * share, 0)} de l’effort porte sur les deux dernières années."
    )


def _steps(path: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    return [(after[0], after[1] - before[1]) for before, after in pairwise(path)]


def _high_step(path: Sequence[tuple[int, float]], observed: Mapping[int, float]) -> ShapeWarning | None:
    seen = [abs(step) for _, step in _steps(sorted(observed.items()))]
    steps = _steps(path)
    if not seen or not steps:
        return None
    year, step = max(steps, key=lambda item: abs(item[1]))
    if abs(step) <= max(seen):
        return None
    text = (
        f"La marche de {year} ({number(step, _decimals(step), signed=True)}) dépasse la plus forte jamais "
        f"observée ({number(max(seen), _decimals(max(seen)))})."
    )
    return ShapeWarning("high_step", text)


def _decimals(value: float) -> int:
    return 0 if float(value).is_integer() else 1


def _below_reference(indicator: CpogIndicator, targets: Mapping[int, float]) -> ShapeWarning | None:
    reference = indicator.reference
    if reference is None or indicator.direction not in {Sense.UP, Sense.DOWN}:
        return None
    up = indicator.direction is Sense.UP
    easy = [
        year for year, target in sorted(targets.items()) if (target < reference if up else target > reference)
    ]
    if not easy:
        return None
    shown = number(reference, indicator.decimals)
    text = f"La cible de {easy[0]} est moins exigeante que la référence ({shown})."
    return ShapeWarning("below_reference", text)


def _not_monotone(path: Sequence[tuple[int, float]]) -> ShapeWarning | None:
    signs = {step > 0 for _, step in _steps(path) if step}
    if len(signs) < 2:
        return None
    return ShapeWarning("not_monotone", "La trajectoire monte puis descend, ou l’inverse.")
