"""One class a subject; the services open sessions, and nothing else does."""

from __future__ import annotations
