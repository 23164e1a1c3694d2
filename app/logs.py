"""Local, rotating logs; nothing ever leaves the computer."""

from __future__ import annotations

import faulthandler
import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOGGER = logging.getLogger("maillage")
SIZE_BYTES = 500_000
FILES = 3


def log_folder() -> Path:
    """Folder of the logs on this computer."""
    import platformdirs

    return platformdirs.user_log_path("Maillage", appauthor=False)


def start_logs() -> None:
    """Write warnings and errors to a rotating file; a folder that refuses is no reason to stop."""
    if LOGGER.handlers:
        return
    LOGGER.propagate = False
    try:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / "maillage.log", maxBytes=SIZE_BYTES, backupCount=FILES, encoding="utf-8", delay=True
        )
        # The file stays open for the life of the process: a crash of native code writes to it.
        faulthandler.enable((folder / "crash.log").open("a", encoding="utf-8"))
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOGGER.addHandler(handler)


def log_bug(error: BaseException) -> None:
    """Keep a traceback that no user will see."""
    LOGGER.error("unexpected error", exc_info=error)
