"""Commands about diagnostics."""

from __future__ import annotations
