"""Long values: rows a second through `write_values`, against pandas.to_sql in the same run; the journal.

Two peers: one flat table of texts with the provenance of each row, which keeps the same information as ours,
and a bare table of numbers, which keeps less. Frames are built before the clock starts, as our rows are.

Run: python -m tests.benchmarks.bench_import [rows]. Each figure is the best of a few runs on new files, of
one run from a million rows. Ratios only: nothing is asserted.
"""

from __future__ import annotations

import dataclasses
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing
from functools import partial
from pathlib import Path
from typing import TypeVar

import pandas as pd
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from app.domain.indicator import ValueState, ValueStatus
from app.domain.territory import Level
from db.models import ImportRun, Setting, setting_uuid
from db.session import Base, create_base
from db.values import ValueRow, read_series, write_values

T = TypeVar("T")
COMMUNES = 34_000
RUNS = 3
OBJECTS = 5_000
EDITS = 60
TARGET = 8
FILE = "DS_ETAT_CIVIL_NAIS_COMMUNES_2025_data.csv"
SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
LICENCE = "Licence Ouverte 2.0"


def make_rows(count: int, decimals: int | None = 1) -> list[ValueRow]:
    """Values of communes over several years; decimals: None for numbers as long as they come."""
    draw = random.Random(2)
    codes = [f"{i:05d}" for i in range(COMMUNES)]
    return [
        ValueRow(
            "naissances", 1990 + i // COMMUNES, Level.COMMUNE, codes[i % COMMUNES],
            draw.random() * 100 if decimals is None else round(draw.random() * 100, decimals),
            ValueState.VALUE, ValueStatus.CONSOLIDATED, False, 2025, i + 2,
        )
        for i in range(count)
    ]  # fmt: skip


def write(base: Base, number: int, rows: Sequence[ValueRow]) -> float:
    """Import rows; return the seconds it took, commit included."""
    start = time.perf_counter()
    with base.bulk() as session:
        session.add(ImportRun(number=number, source="s", file=FILE, sha256=SHA256, imported_at="2026-01-01"))
        write_values(session, number, "insee_naissances", rows)
    return time.perf_counter() - start


def ours(folder: Path, rows: Sequence[ValueRow]) -> tuple[float, float, float]:
    """Seconds of a first import, of the same one again, and of one that changes a value in a hundred."""
    changed = [
        dataclasses.replace(row, number=round(row.number + 1, 1))
        if i % 100 == 0 and row.number is not None
        else row
        for i, row in enumerate(rows)
    ]
    with closing(create_base(folder / "a.maillage", ["79"], "x")) as base:
        return write(base, 1, rows), write(base, 2, rows), write(base, 3, changed)


def flat(rows: Sequence[ValueRow]) -> pd.DataFrame:
    """One table of texts, each row with where it comes from: the information that our tables keep."""
    states = {state: state.name.lower() for state in ValueState}
    statuses = {status: status.name.lower() for status in ValueStatus}
    return pd.DataFrame(
        {
            "indicator": [row.indicator for row in rows],
            "period": [row.year for row in rows],
            "level": "commune",
            "territory": [row.code for row in rows],
            "value": [row.number for row in rows],
            "state": [states[ValueState(row.state)] for row in rows],
            "status": [statuses[ValueStatus(row.status)] for row in rows],
            "estimated": [row.estimated for row in rows],
            "fictitious": False,
            "millesime": [row.millesime for row in rows],
            "source": "insee_naissances",
            "file": FILE,
            "sha256": SHA256,
            "sheet": "",
            "licence": LICENCE,
            "imported_at": "2026-01-01T10:00:00+01:00",
            "row": [row.row for row in rows],
        }
    )


def bare(rows: Sequence[ValueRow]) -> pd.DataFrame:
    """Numbers alone: no source, no file, no text but the code of the territory."""
    return pd.DataFrame(
        {
            "indicator": 1,
            "period": [row.year for row in rows],
            "territory": [row.code for row in rows],
            "value": [row.number for row in rows],
            "state": [int(row.state) for row in rows],
            "import": 1,
            "row": [row.row for row in rows],
        }
    )


def to_sql(frame: pd.DataFrame, folder: Path) -> float:
    """Seconds of pandas.to_sql for a frame, commit included."""
    engine = create_engine(f"sqlite:///{folder / 'peer.db'}")
    start = time.perf_counter()
    with engine.begin() as connection:
        frame.to_sql("value", connection, index=False)
    seconds = time.perf_counter() - start
    engine.dispose()
    return seconds


def objects(base: Base, prefix: str, opened: Callable[[], AbstractContextManager[Session]]) -> float:
    """Seconds to add many objects in one transaction."""
    start = time.perf_counter()
    with opened() as session:
        keys = [f"{prefix}{i}" for i in range(OBJECTS)]
        session.add_all(Setting(uuid=setting_uuid(key), key=key, value="1") for key in keys)
    return time.perf_counter() - start


def edits(base: Base) -> float:
    """Seconds of one small edit, journaled, on the disk."""
    start = time.perf_counter()
    for i in range(EDITS):
        with base.write("réglage") as session:
            session.merge(Setting(uuid=setting_uuid("a"), key="a", value=str(i)))
    return (time.perf_counter() - start) / EDITS


def series(folder: Path, rows: Sequence[ValueRow]) -> float:
    """Seconds to read one series whole."""
    with closing(create_base(folder / "s.maillage", ["79"], "x")) as base:
        write(base, 1, rows)
        with base.read() as session:
            read_series(session, "naissances", 1990, Level.COMMUNE)
            start = time.perf_counter()
            for _ in range(20):
                read_series(session, "naissances", 1990, Level.COMMUNE)
            return (time.perf_counter() - start) / 20


def in_new_folders(call: Callable[[Path], T], runs: int = RUNS) -> list[T]:
    """Results of a call on new folders."""
    found = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            found.append(call(Path(folder)))
    return found


def journal_cost(folder: Path) -> tuple[float, float, float]:
    """Seconds of many objects without and with the journal, and of one edit."""
    with closing(create_base(folder / "j.maillage", ["79"], "x")) as base:
        objects(base, "warm", base.bulk)
        plain = min(objects(base, f"p{i}-", base.bulk) for i in range(RUNS))
        journaled = min(objects(base, f"j{i}-", lambda: base.write("lot")) for i in range(RUNS))
        return plain, journaled, edits(base)


def compare(count: int, runs: int) -> None:
    """Print ours against both peers."""
    rows = make_rows(count)
    peers = {}
    for name, make in (("flat, same information", flat), ("bare numbers", bare)):
        frame = make(rows)
        peers[name] = min(in_new_folders(partial(to_sql, frame), runs))
        print(f"pandas.to_sql, {name:<24} {count / peers[name]:>10,.0f} rows/s")
        del frame
    first, again, changed = (
        min(times) for times in zip(*in_new_folders(lambda f: ours(f, rows), runs), strict=True)
    )
    for label, seconds in (("first import", first), ("same import again", again), ("1 % changed", changed)):
        ratios = ", ".join(f"{peer / seconds:4.1f} times {name}" for name, peer in peers.items())
        print(f"{label:<39} {count / seconds:>10,.0f} rows/s   {ratios}")
    ratio = peers["flat, same information"] / first
    print(f"target: {TARGET} times the same information, {'reached' if ratio >= TARGET else 'MISSED'}")


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    runs = RUNS if count < 1_000_000 else 1
    print(f"{count:,} rows")
    compare(count, runs)
    long = make_rows(min(count, 300_000), None)
    seconds = min(in_new_folders(lambda folder: ours(folder, long)[0], runs))
    print(f"{'first import, numbers of 15 digits':<39} {len(long) / seconds:>10,.0f} rows/s")
    rows = make_rows(COMMUNES)
    (block,) = in_new_folders(lambda folder: series(folder, rows), 1)
    print(f"read a series of {COMMUNES:,}: {block * 1e3:.2f} ms")
    plain, journaled, edit = min(in_new_folders(journal_cost))
    print(f"{OBJECTS:,} objects: {plain:.3f} s, journaled {journaled:.3f} s ({journaled / plain - 1:+.0%})")
    print(f"one journaled edit: {edit * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
