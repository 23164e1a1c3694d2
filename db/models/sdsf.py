"""SDSF, links of the cascade, alerts put off."""

from __future__ import annotations

JOURNALED: tuple[str, ...] = ()
"""Tables of this module that people edit."""
