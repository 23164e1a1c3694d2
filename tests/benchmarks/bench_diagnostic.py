"""The whole booklet of an Epci of the demonstration by the command line, then those of every Epci.

Run: python -m tests.benchmarks.bench_diagnostic. Each first booklet is a command of its own: interpreter,
imports, masks and figures are all cold, only the file of computed outlines is there, as on any second start.
"""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EPCIS = ("200041317", "200068666", "200069664")
"""Niortais, Grand Saint-Dizier over two départements, Meuse Rognon."""
DAY = datetime.date(2026, 11, 19)
TARGET_S, TARGET_MB, TARGET_RAM_MB = 3.0, 2.0, 400.0


def one(base: Path, code: str, folder: Path) -> dict[str, float]:
    """Write one booklet by a command of its own: seconds, processor, megabytes of file and of memory."""
    paper = folder / f"{code}.pdf"
    command = [sys.executable, "-m", "app", "diagnostic", str(base), code, "-o", str(paper)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{code}: no booklet")
    return {
        "seconds": time.perf_counter() - start,
        "processor": used.ru_utime + used.ru_stime,
        "megabytes": paper.stat().st_size / 1e6,
        "memory": used.ru_maxrss / 1024,
    }


def every(base: Path, folder: Path) -> tuple[int, float, float]:
    """Write the booklets of all Epci in one run: how many, seconds, processor."""
    from app.bootstrap import build_services
    from db.session import open_base

    services = build_services(open_base(base, read_only=True))
    wall, cpu = time.perf_counter(), time.process_time()
    report = services.diagnostics.write_all(folder / "tous", on=DAY)
    services.base.close()
    return len(report.lines), time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    """Print times and sizes; leave with 1 where a target is missed."""
    from app.bootstrap import Opener

    good = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        base = folder / "demo.maillage"
        Opener().demo(base).base.close()
        one(base, EPCIS[0], folder)  # leaves the file of outlines and the compiled modules
        for code in EPCIS:
            found = one(base, code, folder)
            print(
                f"{code}: {found['seconds']:.2f} s cold, {found['processor']:.2f} s of processor, "
                f"{found['megabytes']:.2f} MB, {found['memory']:.0f} MB of memory"
            )
            good = good and found["processor"] < TARGET_S and found["megabytes"] < TARGET_MB
            good = good and found["memory"] < TARGET_RAM_MB
        count, wall, cpu = every(base, folder)
        print(f"{count} booklets in one run: {wall:.1f} s, {cpu:.1f} s of processor")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
