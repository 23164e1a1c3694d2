"""Outlines, classes and choropleths; fed, never querying."""

from __future__ import annotations
