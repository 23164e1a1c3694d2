"""Zip files: one table or several, hostile names, files that swell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.errors import UnknownSource, UnreadableFile
from app.ingestion import guard, read_all, read_file, recognise

Write = Callable[..., Path]
BIRTHS = "GEO;GEO_OBJECT;EC_MEASURE;OBS_STATUS;TIME_PERIOD;OBS_VALUE\n79191;COM;LVB;A;2024;600\n"
COVERAGE = "annee;numepci;txcouv_epci\n2023;200041317;74,2\n"
METADATA = "COD_VAR;LIB_VAR\nGEO;Zone\n"


def archive(**members: str | bytes) -> bytes:
    """A zip with the given members; « __ » in a name stands for a dot."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name.replace("__", "."), content)
    return stream.getvalue()


def named(name: str) -> bytes:
    """A zip with one member of that exact name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr(zipfile.ZipInfo(name), BIRTHS)
    return stream.getvalue()


def test_the_table_is_found_beside_its_metadata(write: Write, reference) -> None:
    content = archive(
        DS_NAIS_2024_metadata__csv=METADATA, DS_NAIS_2024_data__csv=BIRTHS, LISEZMOI__pdf=b"%PDF"
    )
    clean = read_file(write(content, "naissances.zip"), reference)
    assert (clean.member, len(clean.rows)) == ("DS_NAIS_2024_data.csv", 1)
    (said,) = [item for item in clean.anomalies if item.rule == "other_table"]
    assert dict(said.facts)["name"] == "DS_NAIS_2024_metadata.csv"


def test_a_zip_renamed_csv_is_still_a_zip(write: Write, reference) -> None:
    assert len(read_file(write(archive(data__csv=BIRTHS), "naissances.csv"), reference).rows) == 1


def test_several_known_tables_are_read_one_by_one_and_said(write: Write, reference) -> None:
    path = write(archive(a__csv=BIRTHS, b__csv=COVERAGE), "lot.zip")
    first = read_file(path, reference)
    assert (first.source, first.member) == ("insee_naissances", "a.csv")
    (said,) = [item for item in first.anomalies if item.rule == "other_table"]
    assert dict(said.facts) == {"name": "b.csv", "known": 1, "count": 1}
    both = read_all(path, reference)
    assert [clean.source for clean in both] == ["insee_naissances", "cnaf_txcouv"]
    assert len({clean.sha256 for clean in both}) == 1
    assert recognise(path).member == "a.csv"


def test_a_zip_without_known_table(write: Write, reference) -> None:
    with pytest.raises(UnknownSource):
        read_file(write(archive(a__csv=METADATA), "x.zip"), reference)
    for content in (archive(a__pdf=b"%PDF"), archive()):
        with pytest.raises(UnreadableFile) as caught:
            read_file(write(content, "x.zip"), reference)
        assert caught.value.facts["reason"] == "no_table"


@pytest.mark.parametrize(
    "name", ["../data.csv", "a/../../data.csv", "/etc/data.csv", "C:/data.csv", "..\\data.csv", "C:data.csv"]
)
def test_names_that_leave_the_zip_are_refused(write: Write, reference, name: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_file(write(named(name), "x.zip"), reference)
    assert caught.value.facts["reason"] == "unsafe_name"


@pytest.mark.parametrize("name", ["data..csv", "dossier/data.csv", "été 2024.csv"])
def test_ordinary_names_are_accepted(write: Write, reference, name: str) -> None:
    assert len(read_file(write(named(name), "x.zip"), reference).rows) == 1


def test_a_zip_that_swells_is_refused_before_it_is_read(
    write: Write, reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "SMALL", 100_000)
    path = write(archive(data__csv=BIRTHS + "\n" * 5_000_000), "x.zip")
    with pytest.raises(UnreadableFile) as caught:
        read_file(path, reference)
    assert caught.value.facts["reason"] == "zip_bomb"


def test_a_member_beyond_the_bound_or_too_many_members_are_refused(
    write: Write, reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "MAX_BYTES", 1_000)
    with pytest.raises(UnreadableFile) as caught:
        read_file(write(archive(data__csv=BIRTHS * 50), "x.zip"), reference)
    assert caught.value.facts["reason"] == "too_large"
    monkeypatch.setattr(guard, "MAX_MEMBERS", 2)
    with pytest.raises(UnreadableFile) as caught:
        read_file(write(archive(a__csv="x", b__csv="x", c__csv="x"), "x.zip"), reference)
    assert caught.value.facts["reason"] == "too_many_members"


def test_a_truncated_or_altered_zip_is_damaged(write: Write, reference) -> None:
    content = archive(data__csv=BIRTHS * 400)
    altered = bytearray(content)
    altered[60:70] = b"0123456789"
    for broken in (content[: len(content) // 2], bytes(altered)):
        with pytest.raises(UnreadableFile) as caught:
            read_file(write(broken, "x.zip"), reference)
        assert caught.value.facts["reason"] == "damaged"


def test_a_protected_zip_says_so(write: Write, reference) -> None:
    content = bytearray(archive(data__csv=BIRTHS))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile) as caught:
        read_file(write(bytes(content), "x.zip"), reference)
    assert caught.value.facts["reason"] == "encrypted"


def test_shapes_are_left_to_the_maps(write: Write, reference) -> None:
    geojson = '{"type": "FeatureCollection", "features": []}'
    for content, name in (
        (geojson, "a.geojson"),
        (archive(a__shp=b"\x00", a__dbf=b"\x00"), "a.zip"),
        (b"\x00\x00\x27\x0a" + b"\x00" * 96, "a.shp"),
    ):
        path = write(content, name)
        assert recognise(path).kind == "outlines"
        with pytest.raises(UnreadableFile):
            read_file(path, reference)
