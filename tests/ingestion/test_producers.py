"""Constants of producers come from the dated table, and every line of it says where it comes from."""

from __future__ import annotations

import pytest

from app.domain.dictionary import load_indicators, load_sources
from app.ingestion import producers
from app.ingestion.producers import Constant, constants, in_force, indicators, limit, millesime
from app.ingestion.sources import BIRTHS, BPE, CNAF, MODELS, POPULATION


def test_every_line_has_a_known_source_a_label_and_a_basis() -> None:
    assert constants()
    for item in constants():
        assert item.source in load_sources()
        assert item.label
        assert item.basis
        if item.kind in ("measure", "facility"):
            assert item.value in load_indicators()
        else:
            float(item.value)


def test_the_geography_of_codes_follows_the_source() -> None:
    assert [millesime(source, 2023) for source in (CNAF, BIRTHS, BPE, POPULATION)] == [
        2023,
        2024,
        2023,
        2025,
    ]
    assert {model.source for model in MODELS} == {item.source for item in constants()}


def test_codes_of_the_producer_give_our_indicators() -> None:
    assert indicators(BPE, "facility")["D509"] == "micro_creche"
    assert indicators(POPULATION, "measure") == {"PMUN": "population"}


def test_a_constant_is_dated(monkeypatch: pytest.MonkeyPatch) -> None:
    dated = (
        Constant("s", "geography", "", "1", "avant", 0, 2019, "b"),
        Constant("s", "geography", "", "2", "après", 2020, 0, "b"),
    )
    monkeypatch.setattr(producers, "constants", lambda: dated)
    limit.cache_clear()
    assert [millesime("s", year) for year in (2019, 2020)] == [2020, 2022]
    assert in_force("s", "geography") == dated[1:]
    with pytest.raises(KeyError):
        limit("s", "rounding")
    limit.cache_clear()
