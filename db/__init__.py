"""The base: one SQLite file, its tables, its journal."""

from __future__ import annotations
