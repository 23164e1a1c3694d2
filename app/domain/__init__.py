"""Rules of the field: no Qt, no SQL, no file."""

from __future__ import annotations
