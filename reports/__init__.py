"""Papers from frozen content; fed, never querying."""

from __future__ import annotations
