"""COG and CPOG: contracts, indicators, trajectories, follow-up."""

from __future__ import annotations

from app.services.cpog_papers import CpogPapers


class CpogService(CpogPapers):
    """All that pages, papers and commands may ask about COG and CPOG, in parts that rest on one another.

    From the bottom: cpog_store (contracts read and written), cpog_reading (lists, cards, gauges, board),
    cpog_contracts (create, copy, load, link), cpog_entry (the grid), cpog_follow (revisions, gaps, comments,
    hypotheses), cpog_closing (closed years), cpog_agenda (calendar, reminders, comparison), cpog_cog (COG),
    cpog_papers (bilan and tables).
    """
