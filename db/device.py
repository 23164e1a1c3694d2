"""The identity of this computer for this user, outside the bases: a copied base is not a copied laptop."""

from __future__ import annotations

import re
import socket
from functools import cache
from pathlib import Path

import platformdirs

from db.models.base import new_uuid

_FORM = re.compile(r"[0-9a-f]{32}")


def device_file() -> Path:
    """Return the file that holds the identity."""
    return platformdirs.user_data_path("Maillage", appauthor=False) / "poste"


@cache
def device_of(file: Path) -> str:
    """Return the identity, made at the first call; kept for this process only if it cannot be written."""
    try:
        found = file.read_text("ascii").strip()
        if _FORM.fullmatch(found):
            return found
    except (OSError, UnicodeDecodeError):
        pass  # absent or damaged: make a new one
    made = new_uuid()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(made, "ascii")
    except OSError:
        return made
    return made


def this_device() -> str:
    """Return the identity of this computer for this user."""
    return device_of(device_file())


def device_name() -> str:
    """Return the name of this computer."""
    return socket.gethostname()
