"""Build the frozen application and check it where it must work: odd path, hostile variables, no network.

    python .ci/smoke_build.py [--keep FOLDER]

Run it with the Python of an environment that has the `dev` extra. Prints size, start-up times and the steps
of the self-test; exit code 0 if everything works. --keep: build there and leave the result.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = "maillage.exe" if os.name == "nt" else "maillage"
HOSTILE = {
    "PROJ_LIB": "/nonexistent",
    "PROJ_DATA": "/nonexistent",
    "GDAL_DATA": "/nonexistent",
    "GDAL_DRIVER_PATH": "/nonexistent",
    "QT_PLUGIN_PATH": "/nonexistent",
    "PYTHONPATH": "/nonexistent",
    "http_proxy": "http://127.0.0.1:9",
    "https_proxy": "http://127.0.0.1:9",
    "QT_QPA_PLATFORM": "offscreen",
}
KEPT = ("PATH", "SYSTEMROOT", "SystemRoot", "WINDIR", "TEMP", "TMP", "LANG")
BIGGEST_MB = 500
"""Measured: 465 on Linux (GDAL 83, Qt 92 with its ICU, two OpenBLAS 49). Beyond, look for an intruder."""


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def build(work: Path) -> Path:
    """Run PyInstaller; return the folder of the application."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "PyInstaller", str(ROOT / "build.spec"), "--noconfirm"]
    places = ["--log-level", "WARN", "--distpath", str(work / "dist"), "--workpath", str(work / "work")]
    subprocess.run([*command, *places], cwd=ROOT, check=True)
    say(f"construction : {time.perf_counter() - started:.0f} s")
    return work / "dist" / "maillage"


def hostile_environment(home: Path) -> dict[str, str]:
    """As little as possible of this computer, and what other software leaves behind."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    folders = {name: str(home) for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")}
    return {**kept, **folders, **HOSTILE}


def without_network() -> list[str]:
    """Prefix that takes the network away, where the system offers one."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return []
    prefix = [unshare, "--net", "--map-root-user"]
    tried = subprocess.run([*prefix, "true"], check=False, capture_output=True)
    return prefix if tried.returncode == 0 else []


def run(program: Path, environment: dict[str, str], folder: Path, *arguments: str) -> float:
    """Run the program; say what it wrote; return the seconds it took. Stops on a code other than 0."""
    started = time.perf_counter()
    command = [*without_network(), str(program), *arguments]
    done = subprocess.run(command, env=environment, cwd=folder, check=False, capture_output=True, timeout=300)
    seconds = time.perf_counter() - started
    if arguments != ("--help",):
        say(done.stdout.decode("utf-8", "replace").rstrip()[-3000:])
    if done.returncode:
        say(done.stderr.decode("utf-8", "replace"))
        raise SystemExit(f"maillage {' '.join(arguments)} : code {done.returncode}")
    return seconds


def check(built: Path, folder: Path) -> None:
    """Move the application under a path with a space and an accent, then use it."""
    place = folder / "essai é" / "Maillage"
    shutil.copytree(built, place, symlinks=True)
    home = folder / "maison é"
    home.mkdir()
    environment = hostile_environment(home)
    size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file() and not path.is_symlink())
    say(f"taille : {size / 1e6:.0f} Mo")
    if size > BIGGEST_MB * 1e6:
        raise SystemExit(f"plus de {BIGGEST_MB} Mo : une bibliothèque inutile est entrée")
    program = place / PROGRAM
    for rank in ("premier", "deuxième"):
        say(f"{rank} --help : {run(program, environment, home, '--help'):.2f} s")
    say(f"demo : {run(program, environment, home, 'demo', '-o', 'demo é'):.2f} s")
    for name in ("demo.maillage", "*.png", "*.pdf"):
        if not list((home / "demo é").glob(name)):
            raise SystemExit(f"demo n’a pas écrit {name}")
    read_workbook(program, environment, home)
    say(f"autocontrôle : {run(program, environment, home, '--self-test'):.2f} s")


def read_workbook(program: Path, environment: dict[str, str], home: Path) -> None:
    """A workbook is read in a child process, which a frozen program starts in its own way."""
    import xlsxwriter

    lines = (ROOT / "resources" / "demo" / "txcouv_pe_epci_2023.csv").read_text("utf-8-sig").splitlines()
    book = xlsxwriter.Workbook(str(home / "txcouv_pe_epci_2023.xlsx"))
    sheet = book.add_worksheet("couverture")
    for row, line in enumerate(line for line in lines if not line.startswith("#")):
        sheet.write_row(row, 0, line.split(";"))
    book.close()
    run(program, environment, home, "nouveau", "essai.maillage", "--departement", "79")
    seconds = run(program, environment, home, "importer", "essai.maillage", "txcouv_pe_epci_2023.xlsx")
    say(f"import d’un classeur : {seconds:.2f} s")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="folder of the build, left there")
    parser.add_argument("--built", type=Path, help="folder of an application already built, only checked")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="maillage-") as temporary:
        folder = Path(temporary)
        built = arguments.built or build(arguments.keep or folder)
        check(built, folder)
    say("construction contrôlée.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
