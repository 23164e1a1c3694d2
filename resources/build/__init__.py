"""Scripts that regenerate the embedded tables from public lists; the application never runs them."""

from __future__ import annotations
