"""Every finding has a title and a sentence, with French typography."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from app.domain.anomaly import Anomaly, Severity, anomaly_text, pack_ranges, parse_ranges
from app.domain.anomaly_texts import RULES
from app.domain.french import typographic

_SOURCES = Path(__file__).resolve().parents[2] / "app" / "ingestion"


_PLACES = {"note": 1, "ignore": 1, "error": 3, "question": 3}
"""Place of the rule among the arguments of the methods of the collector."""


def rules_named() -> set[str]:
    """Rules written as such in the calls of the readers."""
    found = set()
    for path in _SOURCES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            place = _PLACES.get(node.func.attr)
            if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                found.add(str(node.args[place].value))
    return found


def test_every_rule_that_reading_can_find_has_a_text() -> None:
    paths = [path for path in _SOURCES.parent.rglob("*.py") if not path.name.startswith("anomaly_texts")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    assert {rule for rule in RULES if f'"{rule}"' in code} == RULES
    assert len(rules_named()) > 20
    assert rules_named() <= RULES


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_text_never_fails_and_ends_as_a_sentence(rule: str) -> None:
    title, explanation = anomaly_text(Anomaly(3, "col", "12", rule, Severity.INFO))
    assert title
    assert explanation.endswith(".")
    assert typographic(explanation) == explanation
    assert not re.search(r" [;:!?%]|'", title + explanation)


@pytest.mark.parametrize(
    ("lines", "packed"),
    [([2, 3, 4], "2-4"), ([24, 2, 3, 3], "2-3,24"), ([7], "7"), ([], ""), ([1, 3], "1,3")],
)
def test_ranges_of_lines(lines: list[int], packed: str) -> None:
    assert pack_ranges(lines) == packed
    if packed:
        unpacked = {n for low, high in parse_ranges(packed) for n in range(low, high + 1)}
        assert unpacked == set(lines)


def test_the_ranges_of_an_anomaly() -> None:
    assert Anomaly(None, "", "", "x", Severity.INFO).ranges == ()
    assert Anomaly(6, "", "", "x", Severity.INFO).ranges == ((6, 6),)
    assert Anomaly(2, "", "", "x", Severity.INFO, (("lines", "2-18"),)).ranges == ((2, 18),)
