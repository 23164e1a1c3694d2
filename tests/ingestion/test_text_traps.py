"""Text files as spreadsheets and producers spoil them."""

from __future__ import annotations

import codecs
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.errors import UnknownSource, UnreadableFile
from app.domain.indicator import ValueState
from app.ingestion import Clean, guard, read_file, recognise
from app.progress import Cancelled, Progress

Write = Callable[..., Path]
HEADER = (
    "annee;numdep;nomdep;txcouv_eaje_dep;txcouv_prescol_dep;txcouv_am_ind_dep;txcouv_gad_ind_dep;txcouv_dep"
)
LINE = "2023;79;Deux-Sèvres;14,7;3,3;51,7;0,9;70,6"


def numbers(clean: Clean) -> list[float | None]:
    """Values in the order of the file."""
    return [row.number for row in clean.rows]


PLAIN = [14.7, 3.3, 51.7, 0.9, 70.6]


def values(clean: Clean) -> list[float | None]:
    """Values of Deux-Sèvres in the order of the columns of the header."""
    by_indicator = {row.indicator: row.number for row in clean.rows}
    return [by_indicator[f"couv_{name}"] for name in ("eaje", "prescol", "am", "gad", "global")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_are_found(write: Write, reference, encoding: str) -> None:
    clean = read_file(write(f"{HEADER}\r\n{LINE}\r\n", encoding=encoding), reference)
    assert values(clean) == PLAIN
    assert clean.encoding == encoding
    assert clean.preview.lines[0][1][2] == "Deux-Sèvres"


def test_one_accent_far_away_changes_the_encoding_of_the_whole_file(write: Write, reference) -> None:
    plain = "2022;79;Deux-Sevres;14,7;3,3;51,7;0,9;70,6\r\n"
    content = (f"{HEADER}\r\n" + plain * 4000).encode() + LINE.encode("cp1252")
    clean = read_file(write(content), reference)
    assert clean.encoding == "cp1252"
    assert clean.rows_read == 4001
    assert clean.preview.lines[0][0] == 2


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separators_are_found(write: Write, reference, separator: str) -> None:
    text = f"{HEADER}\n{LINE}\n".replace(",", ".").replace(";", separator)
    clean = read_file(write(text), reference)
    assert values(clean) == PLAIN
    assert clean.separator == separator


def test_quotes_everywhere_with_a_decimal_comma_between_commas(write: Write, reference) -> None:
    text = "\n".join(",".join(f'"{cell}"' for cell in line.split(";")) for line in (HEADER, LINE))
    clean = read_file(write(text), reference)
    assert values(clean) == PLAIN
    assert clean.separator == ","


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_numbers_count_comments_and_blank_lines(write: Write, reference, end: str) -> None:
    lines = ["# Source : Cnaf", "# Licence : Licence Ouverte 2.0", HEADER, "", LINE, ";;;;;;;", "", ""]
    clean = read_file(write(end.join(lines)), reference)
    assert {row.row for row in clean.rows} == {5}
    assert clean.rows_read == 1
    assert clean.rejected == 0
    assert [line for line, _ in clean.preview.lines] == [5]


def test_the_line_that_excel_puts_on_top_is_no_header(write: Write, reference) -> None:
    clean = read_file(write(f"sep=;\n{HEADER}\n{LINE}\n"), reference)
    assert {row.row for row in clean.rows} == {3}


def test_a_quote_that_never_closes_blocks_only_what_it_swallowed(write: Write, reference) -> None:
    broken = '2022;"52;Haute-Marne;1;1;1;1;4'
    clean = read_file(write(f"{HEADER}\n{LINE}\n{broken}\n{broken}\n"), reference)
    assert values(clean) == PLAIN
    (anomaly,) = [item for item in clean.anomalies if item.rule == "open_quote"]
    assert anomaly.ranges == ((3, 4),)


def test_a_line_too_short_or_too_long_is_refused_alone(write: Write, reference) -> None:
    text = (
        f"{HEADER}\n2022;79;Deux-Sèvres;1\n{LINE}\n2021;79;Deux-Sèvres;1;1;1;1;4;5\n2020;79;x;1;1;1;1;4;;;\n"
    )
    clean = read_file(write(text), reference)
    assert [(item.line, item.rule) for item in clean.anomalies if item.severity == 2] == [
        (2, "wrong_width"),
        (4, "wrong_width"),
    ]
    assert clean.years == (2020, 2023)
    assert (clean.rows_read, clean.rejected) == (4, 2)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "format"),
        (b"annee;numdep\x00;txcouv\n", "format"),
        (b"%PDF-1.7 ...", "format"),
        (b"\n\n;;;\n# rien\n", "no_table"),
        (b"PK\x03\x04 broken", "damaged"),
        (codecs.BOM_UTF8 + HEADER.encode() + b"\n2023;79;\xff\xff;1;1;1;1;4\n", "encoding"),
        ((";".join(f"c{n}" for n in range(1001))).encode(), "too_many_columns"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(write: Write, reference, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_file(write(content), reference)
    assert caught.value.facts["reason"] == reason


def test_a_folder_and_nothing_are_not_files(tmp_path: Path, reference) -> None:
    for path, reason in ((tmp_path, "folder"), (tmp_path / "absent.csv", "missing")):
        with pytest.raises(UnreadableFile) as caught:
            read_file(path, reference)
        assert caught.value.facts["reason"] == reason


def test_a_line_without_end_is_refused(write: Write, reference, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_LINE", 300_000)
    with pytest.raises(UnreadableFile):
        read_file(write(f"{HEADER}\n{LINE}\n" + "9" * 900_000), reference)


def test_a_file_beyond_the_bound_is_refused(write: Write, reference, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_BYTES", 100_000)
    with pytest.raises(UnreadableFile) as caught:
        read_file(write(f"{HEADER}\n" + f"{LINE}\n" * 10_000), reference)
    assert caught.value.facts["reason"] == "too_large"


def test_unknown_headers_give_the_closest_models(write: Write) -> None:
    with pytest.raises(UnknownSource) as caught:
        recognise(write("annee;numepci;taux\n2023;200041317;3\n"))
    assert caught.value.facts["headers"] == ("annee", "numepci", "taux")
    closest = caught.value.facts["closest"]
    assert isinstance(closest, tuple)
    assert closest[0] == ("Cnaf, couverture petite enfance par EPCI", ("Global",))


def test_reading_reports_and_stops_when_asked(write: Write, reference) -> None:
    path = write(f"{HEADER}\n" + f"{LINE}\n" * 60_000)
    shares: list[float] = []
    progress = Progress(lambda share, _: shares.append(share))
    read_file(path, reference, progress=progress)
    assert shares[-1] == 1.0
    assert len([share for share in shares if 0 < share < 1]) >= 5
    stopped = Progress(lambda share, _: stopped.cancel() if share > 0.3 else None)
    with pytest.raises(Cancelled):
        read_file(path, reference, progress=stopped)
    assert threading.active_count() >= 1


def test_states_are_never_zero(write: Write, reference) -> None:
    text = f"{HEADER}\n2023;79;x;n.d.;n.p.;s;ND;X\n2023;52;x;;  ;0;0,0;///\n"
    clean = read_file(write(text), reference)
    states = {(row.code, row.indicator): row.state for row in clean.rows}
    assert states["79", "couv_eaje"] is ValueState.NO_DATA
    assert states["79", "couv_prescol"] is ValueState.NOT_PUBLISHED
    assert states["79", "couv_am"] is ValueState.MASKED
    assert states["79", "couv_gad"] is ValueState.NO_DATA
    assert states["79", "couv_global"] is ValueState.NOT_PUBLISHED
    assert states["52", "couv_eaje"] is ValueState.NO_DATA
    assert states["52", "couv_am"] is ValueState.ZERO
    assert states["52", "couv_global"] is ValueState.NO_DATA
    known = [row.number for row in clean.rows if row.state.is_known]
    assert known == [0.0, 0.0]
    assert {item.rule for item in clean.anomalies} == {"state_word", "empty_cell"}
    assert clean.rejected == 0
