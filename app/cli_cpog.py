"""Commands about COG and CPOG."""

from __future__ import annotations
