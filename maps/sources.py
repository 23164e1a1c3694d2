"""Sources as they are printed: each once, an address by the name of its site."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.domain.french import fold, typographic

_ADDRESS = re.compile(r"https?://(?:www\.)?([^/\s?#]+)\S*")
LONGEST = 90
"""Letters of a source that is not cut."""


def listed_sources(sources: Iterable[str]) -> list[str]:
    """Return the sources in order, each once whatever its capitals; the whole reference is in the base."""
    found: dict[str, str] = {}
    for source in sources:
        for part in source.split(" | "):
            words = typographic(_short(part.strip()))
            if words:
                found.setdefault(fold(words), words)
    return [words for key, words in found.items() if not _is_told(key, found)]


def _is_told(key: str, found: Iterable[str]) -> bool:
    """True for « registre » when « registre des équipements » is there."""
    return any(other != key and other.startswith(f"{key} ") for other in found)


def _short(text: str) -> str:
    address = _ADDRESS.search(text)
    if address:
        return address.group(1)
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]}…"
