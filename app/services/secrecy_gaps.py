"""Gaps of maillage as a profile may read them: what is expected tells the number of childminders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.maillage import Gap, Measure
from app.domain.maillage_words import hidden_reason

if TYPE_CHECKING:
    from app.domain.maillage_gaps import RuleResult
    from app.services.diagnostics_guard import MinderMasks


def safe_gap(gap: Gap, minders: MinderMasks) -> Gap:
    """Return the gap without what is expected, in numbers and in words, where it must not be told."""
    if gap.rule.measure is not Measure.FTE or gap.needed is None or not minders.any_at(gap.level, gap.code):
        return gap
    reason = hidden_reason(gap.rule, gap.reason)
    return replace(gap, needed=None, reason=reason, draft=replace(gap.draft, constat=reason), masked=True)


def safe_results(results: Sequence[RuleResult], minders: MinderMasks) -> list[RuleResult]:
    """Same, for rules applied; answers stay: they tell no number."""
    return [replace(result, gaps=tuple(safe_gap(gap, minders) for gap in result.gaps)) for result in results]
