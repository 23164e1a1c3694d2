"""What pages share."""

from __future__ import annotations
