"""Commands about CTG and plans of action."""

from __future__ import annotations
