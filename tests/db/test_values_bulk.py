"""What the fast ways of writing must keep: exact numbers, and blocks as if they were made again."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trial
from hypothesis import strategies as st

from app.domain.indicator import ValueState, ValueStatus
from app.domain.territory import Level
from db.models import ImportRun
from db.models.base import key_of, keys_of
from db.queries.blocks import rebuild_blocks
from db.session import Base, create_base
from db.values import ValueRow, WriteCount, read_series, write_values

CODES = [f"{i:02d}" for i in range(12)]


def load(base: Base, number: int, rows: list[ValueRow], source: str = "a") -> WriteCount:
    with base.bulk() as session:
        session.add(ImportRun(number=number, source=source, file="f", sha256="x", imported_at="2026-01-01"))
        return write_values(session, number, source, rows)


def row(code: str, number: float | None, line: int = 2, year: int = 2023) -> ValueRow:
    state = ValueState.NO_DATA if number is None else ValueState.VALUE
    return ValueRow(
        "i", year, Level.DEPARTEMENT, code, number, state, ValueStatus.CONSOLIDATED, False, 2025, line
    )


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    base = create_base(tmp_path_factory.mktemp("bulk") / "a.maillage", ["79"], "x")
    yield base
    base.close()


RUNS = iter(range(1, 100_000))


@trial(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    numbers=st.lists(
        st.one_of(
            st.none(),
            st.integers(-(10**15), 10**15).map(float),
            st.integers(-(10**6), 10**6).map(lambda n: n / 100),
            st.floats(allow_nan=False, allow_infinity=False),
        ),
        min_size=1,
        max_size=len(CODES),
    ),
    lines=st.lists(st.integers(0, 2**31 - 1), min_size=len(CODES), max_size=len(CODES)),
)
def test_numbers_and_lines_come_back_exactly(
    shared: Base, numbers: list[float | None], lines: list[int]
) -> None:
    run = next(RUNS)
    rows = [row(code, number, line, run) for code, number, line in zip(CODES, numbers, lines, strict=False)]
    load(shared, run, rows)
    with shared.read() as session:
        block = read_series(session, "i", run, Level.DEPARTEMENT)
        stored = session.connection().exec_driver_sql(
            "SELECT number, row FROM value WHERE period = ? ORDER BY territory", (run,)
        )
        assert list(stored.fetchall()) == [(item.number, item.row) for item in rows]
    found = [None if np.isnan(number) else number for number in block.numbers.tolist()]
    assert found == numbers
    assert block.rows.tolist() == [item.row for item in rows]


@trial(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    imports=st.lists(
        st.tuples(
            st.sampled_from(["a", "b"]),
            st.lists(st.tuples(st.sampled_from(CODES), st.one_of(st.none(), st.integers(1, 3))), max_size=9),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_blocks_are_as_if_made_again(
    shared: Base, imports: list[tuple[str, list[tuple[str, int | None]]]]
) -> None:
    year = next(RUNS)
    for source, cells in imports:
        rows = [
            row(code, None if number is None else float(number), line, year)
            for line, (code, number) in enumerate(cells)
        ]
        load(shared, next(RUNS), rows, source)
        columns = "codes, numbers, states, import_numbers, rows, count, estimated, fictitious, millesime"
        select = f"SELECT {columns} FROM series_block WHERE period = ?"
        with shared.bulk() as session:
            run = session.connection().exec_driver_sql
            before = list(run(select, (year,)).fetchall())
            (indicator,) = run("SELECT number FROM indicator_key").scalars() if before else (1,)
            rebuild_blocks(session.connection(), [(indicator, year, int(Level.DEPARTEMENT))])
            assert list(run(select, (year,)).fetchall()) == before
    assert shared.check() == []


def test_a_number_that_is_not_finite_is_refused_with_the_others_kept(shared: Base) -> None:
    year = next(RUNS)
    for number in (float("inf"), float("nan")):
        with pytest.raises(ValueError, match="finite"):
            load(shared, next(RUNS), [row("00", 1.0, 2, year), row("01", number, 3, year)])
    with shared.read() as session:
        assert read_series(session, "i", year, Level.DEPARTEMENT).codes == ()


def test_keys_made_together_are_those_made_one_by_one() -> None:
    codes = ["79191", "2A004", "é", ""]
    assert keys_of("territory", 4, last=codes) == [key_of("territory", 4, code) for code in codes]
