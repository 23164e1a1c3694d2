"""One module a source: a file gives clean rows and anomalies, nothing is written."""

from __future__ import annotations

from app.ingestion.model import Clean, CleanRow, Options, Preview, Recognised
from app.ingestion.read import read_all, read_file, recognise

__all__ = ["Clean", "CleanRow", "Options", "Preview", "Recognised", "read_all", "read_file", "recognise"]
