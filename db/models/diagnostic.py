"""Diagnostics: models, texts and frozen versions."""

from __future__ import annotations

JOURNALED: tuple[str, ...] = ()
"""Tables of this module that people edit."""
