"""One module a source: a file gives clean rows and anomalies."""

from __future__ import annotations
