"""A process that writes in a base until it is killed; it says on its output what was committed."""

from __future__ import annotations

import sys
from pathlib import Path

from app.domain.indicator import ValueState, ValueStatus
from app.domain.territory import Level
from db import device
from db.models import ImportRun, Setting, setting_uuid
from db.session import Base, open_base
from db.values import ValueRow, write_values

TERRITORIES = 4000


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def edit_for_ever(base: Base) -> None:
    """One small edit after another; a number is said once its edit is committed."""
    number = 0
    while True:
        with base.write(f"étape {number}") as session:
            session.merge(Setting(uuid=setting_uuid("step"), key="step", value=str(number)))
            session.add(Setting(uuid=setting_uuid(f"s{number}"), key=f"s{number}", value="x" * 300))
        say(str(number))
        number += 1


def import_for_ever(base: Base) -> None:
    """One import after another, each replacing every value by its number."""
    number = 1
    while True:
        rows = [
            ValueRow("i", 2020 + year, Level.COMMUNE, f"{code:05d}", float(number), ValueState.VALUE,
                     ValueStatus.CONSOLIDATED, False, 2025, code)
            for year in range(2) for code in range(TERRITORIES)
        ]  # fmt: skip
        with base.bulk() as session:
            session.add(ImportRun(number=number, source="s", file="f", sha256="x", imported_at="2026-01-01"))
            write_values(session, number, "s", rows)
        say(str(number))
        number += 1


def hold(_base: Base) -> None:
    """Keep the base open until the parent closes the input."""
    say("held")
    sys.stdin.read()


if __name__ == "__main__":
    path = Path(sys.argv[2])
    device.device_file = lambda: path.parent / "computer" / "poste"
    {"edit": edit_for_ever, "import": import_for_ever, "hold": hold}[sys.argv[1]](open_base(path))
