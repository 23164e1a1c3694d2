"""Live fields of a text: « {couverture} » is replaced by the figure of the base when the paper is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import resources
from app.domain.claims_model import Finding, Problem
from app.domain.french import THIN, fold
from app.domain.indicator import Value
from app.domain.sentences import Figure, figure
from app.domain.sentences_words import measure

_FIELD = re.compile(r"\{([^{}\n]*)\}")
REFERENCES = {"departement": "departement", "region": "region", "france": "france", "national": "france"}


@dataclass(frozen=True, slots=True)
class LiveField:
    """A field as asked: indicator code, reference (empty for the territory), year (None for the latest).

    whole: with its unit, when « unite » is written.
    """

    indicator: str
    reference: str = ""
    year: int | None = None
    whole: bool = False


Lookup = Callable[[LiveField], Value | None]


@lru_cache(maxsize=1)
def field_names() -> Mapping[str, str]:
    """Names that may stand in braces, folded, with the code of their indicator."""
    return {fold(row["name"]): row["code"] for row in resources.read_table("diagnostic", "fields.csv")}


def parse_field(text: str) -> LiveField | None:
    """Return the field of « couverture:france:2022 », None if a part of it is not understood."""
    name, *rest = (part.strip() for part in text.split(":"))
    code = field_names().get(fold(name))
    if code is None:
        return None
    reference, year, whole = "", None, False
    for part in rest:
        bare = fold(part)
        if bare in REFERENCES:
            reference = REFERENCES[bare]
        elif re.fullmatch(r"(19|20)\d\d", bare):
            year = int(bare)
        elif bare == "unite":
            whole = True
        else:
            return None
    return LiveField(code, reference, year, whole)


def fill(text: str, lookup: Lookup) -> tuple[str | Figure, ...]:
    """Return the text with its fields replaced; one that cannot be is said between brackets, never blank."""
    pieces: list[str | Figure] = []
    end = 0
    for match in _FIELD.finditer(text):
        pieces += [text[end : match.start()], _replaced(match.group(1), lookup)]
        end = match.end()
    pieces.append(text[end:])
    return tuple(piece for piece in pieces if piece)


def _replaced(written: str, lookup: Lookup) -> str | Figure:
    asked = parse_field(written)
    if asked is None:
        return f"[champ inconnu{THIN}: {written}]"
    value = lookup(asked)
    if value is None:
        return f"[pas de donnée{THIN}: {written}]"
    return figure(value, measure(value) if asked.whole and value.state.is_known else "")


def field_findings(text: str, lookup: Lookup) -> list[Finding]:
    """Return the fields that cannot be filled, with what may be written instead."""
    findings = []
    for match in _FIELD.finditer(text):
        asked = parse_field(match.group(1))
        if asked is None:
            near = ", ".join(sorted(f"{{{name}}}" for name in _close(match.group(1))))
            words = f"champ inconnu{f'{THIN}; essayez {near}' if near else ''}"
        else:
            found = lookup(asked)
            if found is not None and found.state.is_known:
                continue
            words = "pas de donnée pour ce champ dans la base"
        findings.append(Finding(match.start(), match.end(), match.group(), Problem.FIELD, words))
    return findings


def _close(written: str) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(fold(written.split(":")[0]), list(field_names()), 3, 0.5)
