"""Dated, sourced data shipped with the application."""

from __future__ import annotations
