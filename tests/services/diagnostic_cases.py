"""What the tests of diagnostics share: Epci, a day, the demonstration base opened, blocks and words."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app import bootstrap
from app.services import Services
from app.services.diagnostics_maker import Made
from reports.kit.blocks import Beside, Block, Chip, Section, Table
from reports.kit.printed import bare

NIORTAIS, DER, MEUSE_ROGNON = "200041317", "200068666", "200069664"
"""A town, an Epci over two départements, a rural one with gaps."""
DAY = datetime.date(2026, 11, 21)


def opened(demo_file: Path, folder: Path, *, read_only: bool) -> Iterator[Services]:
    """Open a base with the outlines computed for the demonstration, then close it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bootstrap, "cache_folder", lambda: demo_file.parent / "cache")
        patch.setattr(bootstrap.Opener, "_recent_file", staticmethod(lambda: folder / "recent.json"))
        path = demo_file if read_only else Path(shutil.copy(demo_file, folder / "d.maillage"))
        services = bootstrap.Opener().open(path, read_only=read_only)
        yield services
        services.base.close()


def flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Blocks one by one, those side by side included."""
    for block in blocks:
        if isinstance(block, Beside):
            yield from flat((*block.left, *block.right))
        else:
            yield block


def section(made: Made, code: str) -> Section:
    """A section as it will be printed."""
    return next(found for found in made.document.sections if found.key == code)


def blocks(made: Made, code: str, kind: type[Any]) -> list[Any]:
    """Blocks of a kind in a section."""
    return [block for block in flat(section(made, code).blocks) if isinstance(block, kind)]


def texts(made: Made, code: str) -> str:
    """Words of a section, tables included."""
    found = []
    for block in flat(section(made, code).blocks):
        if isinstance(block, Table):
            found += [bare(cell) for row in block.rows for cell in row.cells if not isinstance(cell, Chip)]
            found += [bare(block.note), bare(block.caption)]
        else:
            text = getattr(block, "text", getattr(block, "what", ""))
            found.append(bare(text))
            found += [bare(item) for item in getattr(block, "items", ()) if isinstance(item, str | tuple)]
    return "\n".join(found)
