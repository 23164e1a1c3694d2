"""One page a subject."""

from __future__ import annotations
