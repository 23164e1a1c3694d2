"""Check that every dependency installed has a wheel for Windows on 64-bit Intel and every supported Python.

Asks pip to resolve the runtime dependencies for win_amd64 without building anything; exits 1 if one is
missing. Needs the package index; without it, says so and exits 0, since nothing can be known then.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

PYTHONS = ("3.11", "3.12", "3.13")
ROOT = Path(__file__).resolve().parent.parent
UNREACHABLE = ("Connection", "Temporary failure", "Max retries", "No matching distribution found for alembic")


def main() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["dependencies"]
    for version in PYTHONS:
        with tempfile.TemporaryDirectory() as folder:
            report = subprocess.run(
                [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--ignore-installed",
                 "--only-binary=:all:", "--platform", "win_amd64", "--python-version", version,
                 "--implementation", "cp", "--target", folder, *wanted],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
        if report.returncode:
            if any(word in report.stderr for word in UNREACHABLE):
                sys.stdout.write("wheels: the package index does not answer, nothing checked\n")
                return 0
            sys.stdout.write(f"wheels: Python {version} on Windows lacks one:\n{report.stderr[-1500:]}\n")
            return 1
        sys.stdout.write(f"wheels: every dependency has a win_amd64 wheel for Python {version}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
