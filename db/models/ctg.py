"""CTG: conventions, plans of action, steering, evaluation."""

from __future__ import annotations

JOURNALED: tuple[str, ...] = ()
"""Tables of this module that people edit."""
