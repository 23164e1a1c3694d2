"""Frozen content to paper."""

from __future__ import annotations
