"""Sites, services, places, childminders, zones: the register of equipment."""

from __future__ import annotations

JOURNALED: tuple[str, ...] = ()
"""Tables of this module that people edit."""
