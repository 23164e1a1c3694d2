"""Start Maillage: the window, the command line, or the check of a build."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from pathlib import Path

FOREIGN_VARIABLES = ("PROJ_LIB", "PROJ_DATA", "GDAL_DATA", "GDAL_DRIVER_PATH", "QT_PLUGIN_PATH")
"""Set by other software on the same computer, they would point our libraries at the wrong data."""
OBJECTS_BETWEEN_SEARCHES = 100_000
"""A command lives a few seconds: looking for lost cycles as often as by default takes a fifth of them."""


def main() -> int:
    """Run what the arguments ask for; returns the exit code (0 done, 1 bug, 2 wrong input)."""
    multiprocessing.freeze_support()
    for name in FOREIGN_VARIABLES:
        os.environ.pop(name, None)
    from app.logs import start_logs

    start_logs()
    arguments = sys.argv[1:]
    if arguments == ["--self-test"]:
        from app.selftest import run_self_test

        return run_self_test()
    if not arguments or (len(arguments) == 1 and arguments[0].endswith(".maillage")):
        return open_window(Path(arguments[0]) if arguments else None)
    gc.set_threshold(OBJECTS_BETWEEN_SEARCHES, 20, 50)
    from app.cli import run_command

    code = run_command(arguments)
    gc.freeze()  # Python searches everything once more before it leaves: a third of a second for nobody
    return code


def open_window(path: Path | None) -> int:
    """Show the window on a base, on the latest one, or on the first-run wizard."""
    from app.bootstrap import Opener

    try:
        from ui.application import run
    except ImportError as error:
        from app.cli_french import missing_library_sentence
        from app.logs import log_bug

        log_bug(error)
        sys.stderr.write(missing_library_sentence(str(error)) + "\n")
        return 1
    return run(Opener(), path)


if __name__ == "__main__":
    sys.exit(main())
