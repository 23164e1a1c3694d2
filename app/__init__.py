"""Rules, ingestion, services and entry points of Maillage."""

from __future__ import annotations
