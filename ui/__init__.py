"""Window, pages and French words."""

from __future__ import annotations
