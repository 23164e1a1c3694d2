"""Whatever the bytes, reading gives a Clean or an error the user can act upon, and counts every line."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.anomaly import anomaly_text
from app.domain.errors import UnknownSource, UnreadableFile
from app.ingestion import read_file
from app.ingestion.model import Territories

TOP = (
    "annee;numepci;nomepci;txcouv_eaje_epci;txcouv_prescol_epci;"
    "txcouv_am_ind_epci;txcouv_gad_ind_epci;txcouv_epci"
)
GOOD = "2023;200041317;CA du Niortais;20,4;3,3;49;1,4;74,2"
CELLS = st.one_of(
    st.sampled_from(
        ["", "2023", "200041317", "999999999", "2,0E+8", "n.d.", "s", "-1", "1e400", "12 345", '"', "0"]
    ),
    st.text(max_size=12),
)
LINES = st.lists(st.lists(CELLS, min_size=1, max_size=10).map(";".join), max_size=12)


def check(content: bytes, reference: Territories) -> None:
    """Read the bytes; every line of the file must be kept, ignored, refused or a repetition."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fichier.csv"
        path.write_bytes(content)
        try:
            clean = read_file(path, reference)
        except (UnreadableFile, UnknownSource):
            return
    kept = {row.row for row in clean.rows}
    said = {line for item in clean.anomalies for low, high in item.ranges for line in range(low, high + 1)}
    assert clean.rejected <= clean.rows_read
    assert kept.isdisjoint({item.line for item in clean.anomalies if item.severity == 2})
    assert all(line in kept or line in said for line, _ in clean.preview.lines)
    for item in clean.anomalies:
        assert all(anomaly_text(item))


@given(LINES)
@settings(max_examples=60, deadline=None)
def test_spoiled_lines_never_raise_and_are_all_said(reference, lines: list[str]) -> None:
    check(
        "\r\n".join([TOP, GOOD, *lines, GOOD.replace("2023", "2022")]).encode("utf-8", "replace"), reference
    )


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_spoiled_bytes_never_raise(reference, data: st.DataObject) -> None:
    content = bytearray("\r\n".join([TOP, GOOD, GOOD.replace("2023", "2022")]).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    check(bytes(content) or b"x", reference)
