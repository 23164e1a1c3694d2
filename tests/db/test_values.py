"""Official series: written by blocks, read back whole, undone whole, each value with its origin."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trial
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from app.domain.errors import ImportNotFound, ImportSuperseded
from app.domain.indicator import ValueState, ValueStatus
from app.domain.territory import Level
from app.progress import Cancelled, Progress
from db.models import ImportRun, StoredRow, TerritoryKey, ValueVersion
from db.session import Base, create_base
from db.values import (
    ValueRow,
    WriteCount,
    coverage,
    read_histories,
    read_history,
    read_series,
    undo_import,
    write_values,
    years,
)

ROWS = tuple(
    ValueRow(
        "couv_global", 2023, Level.EPCI, code, number, state, ValueStatus.CONSOLIDATED, False, 2025, row, name
    )
    for row, (code, number, state, name) in enumerate(
        [
            ("200041317", 67.2, ValueState.VALUE, "CA du Niortais"),
            ("200041333", 0.0, ValueState.ZERO, "CC du Haut Val de Sèvre"),
            ("200041416", None, ValueState.MASKED, "CC Parthenay-Gâtine"),
            ("200041994", None, ValueState.NO_DATA, "CC Val de Gâtine"),
        ],
        start=2,
    )
)  # fmt: skip


def load(
    base: Base, number: int, rows: Sequence[ValueRow], source: str = "cnaf", *, fictitious: bool = False
) -> WriteCount:
    with base.bulk() as session:
        session.add(
            ImportRun(number=number, source=source, file="f.csv", sha256="x", imported_at="2026-01-01")
        )
        return write_values(session, number, source, rows, fictitious=fictitious)


def unload(base: Base, number: int) -> None:
    with base.bulk() as session:
        undo_import(session, number)


def content(base: Base) -> tuple[list[object], list[object], list[object]]:
    """Everything the long table, its versions and its blocks hold."""
    with base.read() as session:
        run = session.connection().exec_driver_sql
        return (
            list(run("SELECT * FROM value ORDER BY 1, 2, 3, 4").fetchall()),
            list(run("SELECT * FROM value_version ORDER BY 1, 2, 3, 4, 5, 6").fetchall()),
            list(run("SELECT * FROM series_block ORDER BY 1, 2, 3").fetchall()),
        )


def test_a_series_is_read_whole_with_its_states_and_lines(base: Base) -> None:
    assert load(base, 1, ROWS) == WriteCount(new=4)
    with base.read() as session:
        block = read_series(session, "couv_global", 2023, Level.EPCI)
    assert block.codes == ("200041317", "200041333", "200041416", "200041994")
    assert block.numbers[:2].tolist() == [67.2, 0.0]
    assert all(math.isnan(number) for number in block.numbers[2:])
    assert block.states.tolist() == [0, 1, 4, 2]
    assert block.rows.tolist() == [2, 3, 4, 5]
    assert block.import_numbers.tolist() == [1, 1, 1, 1]
    assert (block.estimated, block.fictitious, block.millesime) == (False, False, 2025)
    assert base.check() == []


def test_a_series_that_is_not_there_is_empty(base: Base) -> None:
    with base.read() as session:
        block = read_series(session, "couv_global", 1999, Level.EPCI)
        assert (block.codes, len(block.numbers), block.millesime) == ((), 0, 0)
        assert read_history(session, "couv_global", Level.EPCI, "x") == []
        assert years(session, "couv_global", Level.EPCI) == ()
        assert coverage(session) == []


def test_years_coverage_and_history_of_one_territory(base: Base) -> None:
    more = [replace(row, year=year, row=row.row + year) for year in (2021, 2022) for row in ROWS[:2]]
    load(base, 1, [*ROWS, *more])
    with base.read() as session:
        assert years(session, "couv_global", Level.EPCI) == (2021, 2022, 2023)
        assert coverage(session) == [
            ("couv_global", Level.EPCI, 2021, 2),
            ("couv_global", Level.EPCI, 2022, 2),
            ("couv_global", Level.EPCI, 2023, 4),
        ]
        found = read_history(session, "couv_global", Level.EPCI, "200041317")
    assert [(v.year, v.number, v.row, v.source, v.import_number) for v in found] == [
        (2021, 67.2, 2023, "cnaf", 1),
        (2022, 67.2, 2024, "cnaf", 1),
        (2023, 67.2, 2, "cnaf", 1),
    ]


def test_the_same_import_again_changes_nothing(base: Base) -> None:
    load(base, 1, ROWS)
    before = content(base)
    moved = [replace(row, row=row.row + 100) for row in ROWS]  # same values on other lines
    assert load(base, 2, moved) == WriteCount(unchanged=4)
    assert content(base) == before


def test_a_later_import_touches_only_what_changed(base: Base) -> None:
    load(base, 1, ROWS)
    later = [replace(ROWS[0], number=70.0), *ROWS[1:3], replace(ROWS[3], state=ValueState.NOT_PUBLISHED)]
    assert load(base, 2, later) == WriteCount(changed=2, unchanged=2)
    with base.read() as session:
        block = read_series(session, "couv_global", 2023, Level.EPCI)
        kept = session.scalars(select(ValueVersion).order_by(ValueVersion.territory)).all()
    assert block.numbers[0] == 70.0
    assert block.states[3] == ValueState.NOT_PUBLISHED
    assert block.import_numbers.tolist() == [2, 1, 1, 2]
    assert [(v.number, v.import_number, v.superseded_by, v.aside) for v in kept] == [
        (67.2, 1, 2, 0),
        (None, 1, 2, 0),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"status": ValueStatus.PROVISIONAL},
        {"estimated": True},
        {"millesime": 2026},
        {"number": 67.20000000000002},
        {"number": None, "state": ValueState.MASKED},
    ],
)
def test_every_column_of_a_value_counts(base: Base, change: dict[str, object]) -> None:
    load(base, 1, ROWS)
    before = content(base)
    assert load(base, 2, [replace(ROWS[0], **change)]) == WriteCount(changed=1)  # type: ignore[arg-type]
    unload(base, 2)
    assert content(base) == before


def test_undoing_an_import_gives_back_what_it_replaced(base: Base) -> None:
    load(base, 1, ROWS)
    before = content(base)
    load(base, 2, [replace(row, number=50.0, state=ValueState.VALUE) for row in ROWS])
    load(base, 3, [replace(ROWS[0], indicator="naissances", level=Level.COMMUNE, code="79191")])
    unload(base, 3)
    unload(base, 2)
    assert content(base) == before
    unload(base, 1)
    assert content(base) == ([], [], [])
    with base.read() as session:
        assert all(session.scalars(select(ImportRun.undone_at)).all())
    assert base.check() == []


def test_an_import_replaced_by_a_later_one_is_undone_after_it(base: Base) -> None:
    load(base, 1, ROWS)
    load(base, 2, [replace(ROWS[0], number=50.0)])
    before = content(base)
    with pytest.raises(ImportSuperseded) as raised:
        unload(base, 1)
    assert raised.value.facts == {"number": 1, "later": 2}
    assert content(base) == before
    unload(base, 2)
    unload(base, 1)
    assert content(base)[0] == []


def test_an_import_that_is_not_there_or_undone_already_is_not_found(base: Base) -> None:
    with pytest.raises(ImportNotFound):
        unload(base, 7)
    load(base, 1, ROWS)
    unload(base, 1)
    with pytest.raises(ImportNotFound):
        unload(base, 1)


def test_a_frozen_value_is_never_overwritten(base: Base) -> None:
    load(base, 1, [replace(ROWS[0], status=ValueStatus.FROZEN), ROWS[1]])
    correction = [replace(ROWS[0], number=70.0), replace(ROWS[1], number=1.5, state=ValueState.VALUE)]
    assert load(base, 2, correction) == WriteCount(changed=2, aside=1)
    with base.read() as session:
        block = read_series(session, "couv_global", 2023, Level.EPCI)
        kept = session.scalars(select(ValueVersion).where(ValueVersion.aside == 1)).one()
    assert block.numbers.tolist() == [67.2, 1.5]
    assert (kept.number, kept.import_number, kept.superseded_by) == (70.0, 2, 2)
    before = content(base)
    assert load(base, 3, correction) == WriteCount(unchanged=2)
    assert content(base) == before
    unload(base, 2)
    assert content(base)[1] == []


def test_of_two_lines_for_one_territory_the_last_wins(base: Base) -> None:
    assert load(base, 1, [ROWS[0], ROWS[1], replace(ROWS[0], number=12.5, row=9)]) == WriteCount(
        new=2, unchanged=1
    )
    with base.read() as session:
        block = read_series(session, "couv_global", 2023, Level.EPCI)
    assert block.numbers.tolist() == [12.5, 0.0]
    assert block.rows.tolist() == [9, 3]


def test_one_import_may_hold_rows_of_different_kinds_for_one_series(base: Base) -> None:
    mixed = [ROWS[0], replace(ROWS[1], estimated=True), replace(ROWS[2], millesime=2026)]
    assert load(base, 1, mixed) == WriteCount(new=3)
    with base.read() as session:
        block = read_series(session, "couv_global", 2023, Level.EPCI)
    assert (len(block.codes), block.estimated, block.millesime) == (3, True, 2026)
    assert base.check() == []
    unload(base, 1)
    assert content(base) == ([], [], [])


def test_two_sources_live_together_and_the_last_import_is_shown(base: Base) -> None:
    load(base, 1, ROWS[:2], "insee")
    load(base, 2, [replace(ROWS[0], number=1.0)], "cnaf")
    with base.read() as session:
        block = read_series(session, "couv_global", 2023, Level.EPCI)
        found = read_history(session, "couv_global", Level.EPCI, ROWS[0].code)
    assert block.numbers.tolist() == [1.0, 0.0]
    assert block.import_numbers.tolist() == [2, 1]
    assert [(value.source, value.number) for value in found] == [("insee", 67.2), ("cnaf", 1.0)]
    unload(base, 2)
    with base.read() as session:
        assert read_series(session, "couv_global", 2023, Level.EPCI).numbers.tolist() == [67.2, 0.0]


def test_levels_do_not_mix_and_are_one_range_each(base: Base) -> None:
    same_code = [replace(ROWS[0], level=level, code="79") for level in (Level.DEPARTEMENT, Level.REGION)]
    load(base, 1, [*ROWS, *same_code, replace(ROWS[0], level=Level.COMMUNE, code="2A004")])
    with base.read() as session:
        for level in (Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE):
            numbers = session.scalars(select(TerritoryKey.number).where(TerritoryKey.level == level)).all()
            first = level * 1_000_000
            assert sorted(numbers) == list(range(first, first + len(numbers)))
        assert read_series(session, "couv_global", 2023, Level.COMMUNE).codes == ("2A004",)


def test_fictitious_values_are_marked(base: Base) -> None:
    load(base, 1, ROWS, fictitious=True)
    with base.read() as session:
        assert read_series(session, "couv_global", 2023, Level.EPCI).fictitious
        assert read_history(session, "couv_global", Level.EPCI, ROWS[0].code)[0].fictitious


def test_a_cancelled_import_leaves_nothing(base: Base) -> None:
    load(base, 1, ROWS)
    before = content(base)
    progress = Progress(lambda share, _: progress.cancel() if share > 0 else None)
    rows = [replace(row, year=year) for year in (2019, 2020, 2021) for row in ROWS]

    def cancelled() -> None:
        with base.bulk() as session:
            write_values(session, 2, "cnaf", rows, progress=progress)

    with pytest.raises(Cancelled):
        cancelled()
    assert content(base) == before


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_number_that_is_not_one_is_a_fault_of_the_caller(base: Base, number: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        load(base, 1, [replace(ROWS[0], number=number)])
    assert content(base) == ([], [], [])


def test_a_block_that_no_longer_matches_the_table_is_found(base: Base) -> None:
    load(base, 1, ROWS)
    with base.bulk() as session:
        session.execute(delete(StoredRow).where(StoredRow.row == 3))
    assert base.check() == ["block:couv_global:2023:3"]


def test_nothing_to_write_writes_nothing(base: Base) -> None:
    assert load(base, 1, []) == WriteCount()


def test_two_bases_give_territories_the_same_uuid(
    base: Base, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = create_base(tmp_path_factory.mktemp("other") / "b.maillage", ["79"], "x")
    load(base, 1, ROWS)
    load(other, 1, ROWS[::-1][:2])
    uuids = []
    for each in (base, other):
        with each.read() as session:
            uuids.append(session.scalar(select(TerritoryKey.uuid).where(TerritoryKey.code == ROWS[3].code)))
    assert uuids[0] == uuids[1]
    other.close()


NUMBER = st.one_of(st.none(), st.integers(0, 3).map(float), st.floats(allow_nan=False, allow_infinity=False))
CELL = st.tuples(
    st.sampled_from(["79", "52", "2A"]), st.sampled_from([2022, 2023]), NUMBER, st.integers(0, 2)
)


@trial(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(imports=st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=4))
def test_imports_undone_from_the_last_give_back_each_state(
    tmp_path_factory: pytest.TempPathFactory, imports: list[list[tuple[str, int, float | None, int]]]
) -> None:
    base = create_base(tmp_path_factory.mktemp("trial") / "a.maillage", ["79"], "x")
    states = [content(base)]
    for number, cells in enumerate(imports, start=1):
        rows = [
            ValueRow("i", year, Level.DEPARTEMENT, code, n, 2 if n is None else 0, status, False, 2025, line)
            for line, (code, year, n, status) in enumerate(cells)
        ]  # fmt: skip
        count = load(base, number, rows)
        assert count.new + count.changed + count.unchanged == len(rows)
        states.append(content(base))
        assert base.check() == []
        with base.read() as session:
            assert sum(row[3] for row in coverage(session)) == session.scalar(
                select(func.count()).select_from(StoredRow)
            )
    for number in range(len(imports), 0, -1):
        unload(base, number)
        assert content(base) == states[number - 1]
    base.close()


def test_histories_read_together_are_those_read_one_by_one(base: Base) -> None:
    load(base, 1, ROWS)
    load(base, 2, [replace(row, year=2024) for row in ROWS[:2]])
    load(base, 3, [replace(ROWS[0], number=68.0)], source="other")
    codes = [row.code for row in ROWS]
    with base.read() as session:
        found = read_histories(session, "couv_global", Level.EPCI, [*codes, "999999999"])
        assert found.pop("999999999") == []
        for code in codes:
            assert found[code] == read_history(session, "couv_global", Level.EPCI, code)
        assert read_histories(session, "unknown", Level.EPCI, codes[:1]) == {codes[0]: []}
    assert [row.import_number for row in found[codes[0]]] == [1, 3, 2]
