"""Long selects and bulk writes, as functions."""

from __future__ import annotations
