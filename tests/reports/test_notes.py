"""Notes keep their number and say lines shortly."""

from __future__ import annotations

from maps.canvas import Box
from reports.notes import Notebook, describe, rows_words
from reports.table import lay_out
from tests.reports.contents import value


def test_the_same_origin_keeps_its_number() -> None:
    notes = Notebook()
    assert notes.mark([value(67.2)]) == "1"
    assert notes.mark([value(60.9, row=2)]) == "2"
    assert notes.mark([value(67.2)]) == "1"
    assert notes.mark([]) == ""
    assert [number for number, _ in notes.since(1)] == [2]


def test_rows_are_gathered_in_ranges() -> None:
    assert rows_words([14]) == "ligne\u00a014"
    assert rows_words([12, 9, 13, 14]) == "lignes\u00a09, 12 à 14"
    assert rows_words(range(0, 100, 3)) == "34\u00a0lignes, de 0 à 99"


def test_a_sum_tells_the_origin_of_its_parts() -> None:
    total = value(3.0, provenance=(), formula="1 + 2 = 3.", parts=(value(1.0, row=3), value(2.0, row=4)))
    assert describe([total]) == (
        "Calculé\u202f: 1 + 2 = 3\u202f; txcouv_pe_epci_2023.csv, lignes\u00a03 à 4, SHA-256\u00a03fa9c1d2."
    )


def test_the_table_takes_more_blocks_when_communes_are_many() -> None:
    box = Box(0, 0, 500, 400)
    assert [lay_out(n, box.h).blocks for n in (12, 60, 158)] == [1, 2, 3]
    assert lay_out(158, box.h).shown == 158
    assert lay_out(1000, box.h).shown < 1000
