"""Commands about the register of equipment."""

from __future__ import annotations
