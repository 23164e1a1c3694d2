"""Themes of the CTG: the delivered checklist, its two compulsory ones, themes added by users."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

import resources


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the checklist."""

    code: str
    label: str
    short: str
    compulsory: bool


@lru_cache(maxsize=1)
def load_themes() -> dict[str, Theme]:
    """Themes by code, compulsory ones first. Do not change the returned dict."""
    return {
        row["code"]: Theme(row["code"], row["label"], row["short"], row["compulsory"] == "oui")
        for row in resources.read_table("ctg", "themes.csv")
    }


def missing_themes(chosen: Collection[str]) -> tuple[str, ...]:
    """Codes of the compulsory themes that are not chosen."""
    return tuple(t.code for t in load_themes().values() if t.compulsory and t.code not in chosen)


def theme_label(code: str, short: bool = False) -> str:
    """Label of a theme, its own words if users made it."""
    theme = load_themes().get(code)
    if theme is None:
        return code
    return theme.short if short else theme.label
