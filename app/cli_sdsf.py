"""Commands about SDSF, cascade, alerts and dashboard."""

from __future__ import annotations
