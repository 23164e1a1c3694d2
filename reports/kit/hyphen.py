"""Where a French word may be cut at the end of a line."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

SHORTEST = 7
"""Letters under which a word is never cut."""
LEAST_BEFORE, LEAST_AFTER = 3, 3
_PLAIN = re.compile(r"^([«(\"’\w]*?[’])?([a-zà-öø-ÿœæ]+)([.,;:!?)»\u202f]*)$")
_COMPOUND = re.compile(r"(?<=[^\W\d]{2})[-/](?=[^\W\d]{2})")
LONGEST = 30
"""Letters beyond which a word is a code: no hyphen is added to it."""


@lru_cache(maxsize=1)
def _patterns() -> Any:
    import pyphen

    return pyphen.Pyphen(lang="fr", left=LEAST_BEFORE, right=LEAST_AFTER)


@lru_cache(maxsize=20_000)
def cuts(word: str) -> tuple[tuple[str, str], ...]:
    """Return the ways to cut a word, longest beginning first, the hyphen included.

    Only words in lower case are cut by the patterns of French: never a name, a number nor an acronym. A
    compound may be cut after its own hyphen.
    """
    found = [(word[: m.end()], word[m.end() :]) for m in _COMPOUND.finditer(word)]
    match = _PLAIN.match(word)
    if match and SHORTEST <= len(match[2]) <= LONGEST:
        before, body, after = match[1] or "", match[2], match[3]
        found += [
            (f"{before}{body[:place]}-", f"{body[place:]}{after}") for place in _patterns().positions(body)
        ]
    return tuple(sorted(found, key=lambda cut: -len(cut[0])))
