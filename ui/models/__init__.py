"""Table models shared by every page."""

from __future__ import annotations
