"""Time to first window, against importing every heavy library first: prints seconds and the ratio.

Run: QT_QPA_PLATFORM=offscreen python tests/benchmarks/bench_start.py
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNS = 5
HEAVY = "import geopandas, pandas, reportlab.pdfgen.canvas, scipy.spatial, pyogrio, mapclassify, pyqtgraph"
WINDOW = (
    "from app.bootstrap import Opener; from ui.application import make_application, make_window; "
    "from ui.preferences import Preferences; app = make_application(['m']); "
    "window = make_window(app, Opener(), Preferences()); window.show(); window.show_start(); "
    "app.processEvents()"
)


def seconds(code: str, home: str) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "HOME": home}
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, cwd=ROOT)
    return time.perf_counter() - started


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        ours = [seconds(WINDOW, home) for _ in range(RUNS)]
        eager = [seconds(f"{HEAVY}; {WINDOW}", home) for _ in range(RUNS)]
    lazy, full = statistics.median(ours), statistics.median(eager)
    print(f"first window, process included   {lazy:6.2f} s")
    print(f"same, heavy imports first        {full:6.2f} s")
    print(f"ratio                            {full / lazy:6.1f} x")


if __name__ == "__main__":
    main()
