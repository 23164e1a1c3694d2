"""A paper read back: same, changed, gone, known at last, moved to another file, apart."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from app.domain.dictionary import load_indicators
from app.domain.indicator import Provenance, Value, ValueState
from app.domain.manifest import Outcome, TraceReport, differences, trace
from app.domain.territory import Level

ORIGIN = Provenance("Cnaf", "txcouv.csv", "a" * 64, "", 14, 1, "2026-01-01")
VALUE = Value(
    load_indicators()["couv_global"], Level.EPCI, "x", 2023, 67.2, ValueState.VALUE, provenance=(ORIGIN,)
)


@dataclass(frozen=True)
class Shown:
    """A number as a manifest keeps it."""

    id: str = "k"
    indicator: str = "couv_global"
    label: str = "Couverture"
    level: str = "epci"
    code: str = "x"
    territory: str = "Mellois"
    year: int | None = 2023
    text: str = "67,2"
    number: float | None = 67.2
    state: str = "valeur"
    pages: tuple[int, ...] = (3, 8)


ABSENT = replace(VALUE, number=None, state=ValueState.NO_DATA)
MOVED = replace(VALUE, provenance=(replace(ORIGIN, sha256="b" * 64),))
PARTS = replace(VALUE, provenance=(), parts=(VALUE,))


@pytest.mark.parametrize(
    ("printed", "now", "outcome"),
    [
        (Shown(), VALUE, Outcome.SAME),
        (Shown(), replace(VALUE, number=67.24), Outcome.SAME),
        (Shown(), replace(VALUE, number=68.0), Outcome.CHANGED),
        (Shown(), ABSENT, Outcome.GONE),
        (Shown(text="n.d.", number=None, state="pas_de_donnee"), VALUE, Outcome.APPEARED),
        (Shown(text="n.d.", number=None, state="pas_de_donnee"), ABSENT, Outcome.SAME),
        (Shown(text="n.p.", number=None, state="non_publie"), ABSENT, Outcome.CHANGED),
        (Shown(), MOVED, Outcome.SOURCE),
        (Shown(), PARTS, Outcome.SAME),
        (Shown(text="3,4 points"), None, Outcome.APART),
    ],
)
def test_each_printed_number_has_one_outcome(printed: Shown, now: Value | None, outcome: Outcome) -> None:
    assert trace(printed, ["a" * 64], now).outcome is outcome


def test_a_number_masked_on_the_paper_says_nothing_of_the_base() -> None:
    masked = Shown(text="s", number=None, state="masque")
    assert trace(masked, [], VALUE, masked=True).outcome is Outcome.APART


def test_words_give_the_page_both_numbers_and_the_year() -> None:
    row = trace(Shown(), ["a" * 64], replace(VALUE, number=68.0))
    assert row.words == "Couverture, Mellois, 2023 (pages 3 et 8)\u202f: imprimé 67,2, la base donne 68,0"


def test_a_report_counts_and_keeps_what_changed() -> None:
    rows = (trace(Shown(), [], VALUE), trace(Shown(), [], ABSENT), trace(Shown(), [], None))
    report = TraceReport("t", "2026-01-01", True, rows)
    assert [row.outcome for row in report.changed] == [Outcome.GONE]
    assert report.counts == {Outcome.SAME: 1, Outcome.GONE: 1, Outcome.APART: 1}


def test_two_versions_differ_by_numbers_added_removed_and_changed() -> None:
    def row(key: str, text: str) -> dict[str, object]:
        return {"id": key, "label": key, "territory": "T", "year": 2023, "text": text}

    found = differences(
        [row("a", "1"), row("b", "2"), row("c", "3")], [row("a", "1"), row("b", "5"), row("d", "4")]
    )
    assert [(d.id, d.before, d.after) for d in found] == [("b", "2", "5"), ("d", "", "4"), ("c", "3", "")]
