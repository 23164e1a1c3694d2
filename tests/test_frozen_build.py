"""What the frozen build takes is in step with the project."""

from __future__ import annotations

import ast
import re
import struct
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("app", "db", "maps", "reports", "resources", "ui")


def test_the_version_resource_says_the_version_of_the_project() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    text = (ROOT / "resources" / "build" / "version_info.txt").read_text("utf-8")
    assert f"StringStruct('FileVersion', '{version}')" in text
    assert f"StringStruct('ProductVersion', '{version}')" in text
    numbers = ", ".join([*version.split("."), "0"])
    assert f"filevers=({numbers})" in text
    assert f"prodvers=({numbers})" in text


def test_the_icon_holds_every_size_from_16_to_256() -> None:
    data = (ROOT / "resources" / "icons" / "maillage.ico").read_bytes()
    reserved, kind, count = struct.unpack_from("<HHH", data)
    sides = [data[6 + 16 * rank] or 256 for rank in range(count)]
    assert (reserved, kind) == (0, 1)
    assert sides == [16, 20, 24, 32, 40, 48, 64, 128, 256]


def test_nothing_left_out_of_the_build_is_imported() -> None:
    spec = (ROOT / "build.spec").read_text("utf-8")
    unused = spec[spec.index("UNUSED_MODULES") : spec.index("]  # fmt: skip")]
    left_out = {name for name in re.findall(r'"([A-Za-z_.]+)"', unused) if name not in {"io", "build"}}
    assert {"pandas", "geopandas", "interpolate"} <= left_out
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        if "build" in path.relative_to(ROOT).parts:
            continue
        for name in imported(path):
            assert name not in left_out, f"{path} imports {name}, which build.spec leaves out"
            assert not (name.startswith("scipy.") and name.split(".")[1] in left_out), f"{path}: {name}"


def test_what_is_read_at_work_is_shipped() -> None:
    """Hyphens and models of office files are data of libraries: nothing imports them."""
    spec = (ROOT / "build.spec").read_text("utf-8")
    for library in ("pyphen", "docx", "pptx"):
        assert f'collect_data_files("{library}"' in spec
    assert "hyph_fr" in spec
    assert '"lxml"' not in spec
    assert '"optimize"' not in spec


def imported(path: Path) -> set[str]:
    """Every module that a file imports, with its top package."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found | {name.partition(".")[0] for name in found}
