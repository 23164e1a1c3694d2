"""What is kept in memory is what the base holds, and is left as soon as the base changes."""

from __future__ import annotations

from pathlib import Path

from app.domain.indicator import ValueState
from app.domain.territory import Level
from app.services import Services
from app.services.series_store import SeriesStore
from db.models import ImportRun
from db.session import Base, create_base
from db.values import ValueRow, write_values

NIORTAIS = "200041317"


def _load(base: Base, number: int, source: str, amount: float) -> None:
    row = ValueRow(
        "couv_global", 2023, Level.EPCI, NIORTAIS, amount, ValueState.VALUE, 1, False, 2025, number
    )
    with base.bulk() as session:
        session.add(
            ImportRun(
                number=number, source=source, file=f"{source}.csv", sha256="x", imported_at="2026-01-01"
            )
        )
        write_values(session, number, source, [row])


def test_where_sources_disagree_the_last_import_is_both_shown_and_named(tmp_path: Path) -> None:
    from app import bootstrap

    base = create_base(tmp_path / "b.maillage", ("79",), "Essai")
    _load(base, 1, "cnaf_txcouv", 67.2)
    _load(base, 2, "insee_bpe", 68.0)
    services = bootstrap.build_services(base)
    value = services.indicators.value("couv_global", Level.EPCI, NIORTAIS, 2023)
    assert (value.number, value.provenance[0].file, value.provenance[0].row) == (68.0, "insee_bpe.csv", 2)
    services.base.close()


def test_nothing_is_read_twice_until_the_base_changes(tmp_path: Path) -> None:
    base = create_base(tmp_path / "b.maillage", ("79",), "Essai")
    _load(base, 1, "cnaf_txcouv", 67.2)
    store = SeriesStore(base)
    first = store.block("couv_global", 2023, Level.EPCI)
    rows = store.rows("couv_global", Level.EPCI, NIORTAIS, ("200041416",))
    assert store.block("couv_global", 2023, Level.EPCI) is first
    assert store.rows("couv_global", Level.EPCI, NIORTAIS) is rows
    assert store.rows("couv_global", Level.EPCI, "200041416") == []
    _load(base, 2, "cnaf_txcouv", 70.0)
    assert store.block("couv_global", 2023, Level.EPCI).series.numbers.tolist() == [67.2]
    store.forget()
    assert store.block("couv_global", 2023, Level.EPCI).series.numbers.tolist() == [70.0]
    assert [row.number for row in store.rows("couv_global", Level.EPCI, NIORTAIS)] == [70.0]
    base.close()


def test_memory_is_bounded(tmp_path: Path) -> None:
    from app.services import series_store

    base = create_base(tmp_path / "b.maillage", ("79",), "Essai")
    _load(base, 1, "cnaf_txcouv", 67.2)
    store = SeriesStore(base)
    kept = series_store.MOST_CELLS
    series_store.MOST_CELLS = 0
    try:
        store.block("couv_global", 2023, Level.EPCI)
        store.block("couv_global", 2022, Level.EPCI)
        assert store.block("couv_global", 2023, Level.EPCI).series.numbers.tolist() == [67.2]
    finally:
        series_store.MOST_CELLS = kept
    base.close()


def test_an_undone_import_is_no_longer_shown(demo: Services) -> None:
    assert demo.indicators.value("couv_global", Level.EPCI, NIORTAIS, 2023).number == 74.2
    for run in demo.imports.runs():
        if run.file == "txcouv_pe_epci_2023.csv":
            demo.imports.undo(run.number)
    value = demo.indicators.value("couv_global", Level.EPCI, NIORTAIS, 2023)
    assert (value.number, value.state) == (None, ValueState.NO_DATA)
