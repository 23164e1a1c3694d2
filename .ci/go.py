"""Set up a virtual environment and run Maillage or its tests, from nothing but Python 3.11 to 3.13.

    python .ci/go.py demo            set up, then write the demonstration base, map and fiche in ./demo
    python .ci/go.py test [ARGS]     set up, then run the tests
    python .ci/go.py check           set up, then ruff, mypy and the import contracts
    python .ci/go.py run [ARGS]      set up, then `maillage ARGS` (the window without ARGS)

Only the standard library is used here. The environment stands in .venv beside pyproject.toml, and is made
again when pyproject.toml changes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "maillage.stamp"
OLDEST, NEWEST = (3, 11), (3, 13)
QT_LIBRARIES = (
    "libegl1", "libgl1", "libxkbcommon0", "libxkbcommon-x11-0", "libdbus-1-3", "libfontconfig1",
    "libglib2.0-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0",
    "libxcb-render-util0", "libxcb-shape0", "libxcb-xinerama0", "libxcb-xkb1",
)  # fmt: skip


def say(text: str) -> None:
    sys.stderr.write(text + "\n")


def stop(text: str) -> None:
    say(text)
    raise SystemExit(2)


def make_environment(extra: str) -> None:
    """Create .venv and install what the verb needs, once for each content of pyproject.toml."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest()
    lines = STAMP.read_text().split() if STAMP.is_file() else []
    if lines and lines[0] == wanted and (extra in lines or not extra):
        return
    if not lines or lines[0] != wanted:
        shutil.rmtree(VENV, ignore_errors=True)
    if not PYTHON.exists():
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
        if made.returncode:
            stop("Python lacks its venv module. On Debian or Ubuntu: sudo apt-get install -y python3-venv")
    target = f"{ROOT}[{extra}]" if extra else str(ROOT)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*pip, "--editable", target], cwd=ROOT, check=False).returncode:
        stop("The dependencies could not be installed; the lines above say why. Then run this command again.")
    STAMP.write_text(" ".join(dict.fromkeys([wanted, *lines[1:], *([extra] if extra else [])])))


def require_qt_libraries() -> None:
    """On Linux, install the system libraries that Qt needs, or give the exact line to type."""
    probe = [str(PYTHON), "-c", "from PySide6 import QtGui, QtSvg, QtWidgets"]
    if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
        return
    line = "apt-get install -y --no-install-recommends " + " ".join(QT_LIBRARIES)
    if not shutil.which("apt-get"):
        stop("Qt lacks system libraries; the equivalents of these Debian packages are needed: " + line)
    if os.geteuid() != 0:
        stop(f"Qt lacks system libraries. Type this line, then run this command again:\n  sudo {line}")
    say("Installing the system libraries that Qt needs")
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    if subprocess.run(line.split(), check=False).returncode:
        stop("The system libraries that Qt needs could not be installed; the lines above say why.")


def run(*arguments: str) -> int:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, env=environment, check=False).returncode


def check() -> int:
    """Ruff, mypy strict and the import contracts; the first that fails stops the rest."""
    for tool in (
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
    ):
        if code := run("-m", *tool):
            return code
    linter = BIN / ("lint-imports.exe" if os.name == "nt" else "lint-imports")
    return subprocess.run([str(linter)], cwd=ROOT, check=False).returncode


def test(arguments: list[str]) -> int:
    """The whole suite, on two processes unless told otherwise, without a display."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return run("-m", "pytest", *(arguments or ["-n", "2"]))


def main(arguments: list[str]) -> int:
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        stop("Maillage needs Python 3.11, 3.12 or 3.13; this one is " + sys.version.split()[0])
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if verb not in ("demo", "test", "check", "run"):
        stop(__doc__ or "")
    make_environment("dev" if verb in ("test", "check") else "")
    if verb == "check":
        return check()
    if sys.platform == "linux" and (verb == "test" or (verb == "run" and not rest)):
        require_qt_libraries()
    if verb == "test":
        return test(rest)
    return run("-m", "app", *(["demo", *rest] if verb == "demo" else rest))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
