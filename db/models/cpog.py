"""COG and CPOG: contracts, indicators, trajectories, follow-up."""

from __future__ import annotations

JOURNALED: tuple[str, ...] = ()
"""Tables of this module that people edit."""
