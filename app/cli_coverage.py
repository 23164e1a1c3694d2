"""Commands about coverage and gaps."""

from __future__ import annotations
