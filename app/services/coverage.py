"""Coverage by the four networks, rules of maillage, comparison groups."""

from __future__ import annotations

from app.services.coverage_compare import CoverageCompare
from app.services.coverage_gaps import CoverageGaps
from app.services.coverage_lists import CoverageLists


class CoverageService(CoverageLists, CoverageGaps, CoverageCompare):
    """Everything that may be asked about coverage; nothing is kept in memory, so nothing is to be forgotten.

    Networks: networks, years, network, choropleth, basket, basket_rule, save_basket, licences, qpv,
    declare_whole, withdraw_whole, set_children, prefer_children. Maillage: rules, rule, save_rule,
    remove_rule, results, gaps, export_gaps. Comparison: groups, save_group, remove_group, position, spread,
    misleading, evolution, converted.
    """
