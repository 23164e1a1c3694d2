"""Start of the window: application, theme, first paint, then what is heavy in a thread."""

from __future__ import annotations

import importlib
import logging
import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTimer, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from ui import icons
from ui.collector import collect_here
from ui.opener import Opener
from ui.preferences import Preferences
from ui.window import MainWindow

LOG = logging.getLogger("maillage")
HEAVY = ("sqlalchemy", "shapely", "app.services.indicators", "maps.build", "ui.views.map", "ui.views.data")
"""Imported after the first paint, in the order in which the user needs them."""
WARM_AFTER_MS = 50


class BugCatcher(QObject):
    """Shows once, on the interface thread, what nobody caught."""

    caught = Signal(object)

    def install(self) -> None:
        """Become the hook of uncaught exceptions of every thread."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        LOG.error("unexpected error", exc_info=(kind, error, trace))
        self.caught.emit(error)

    def _thread_hook(self, hooked: threading.ExceptHookArgs) -> None:
        if hooked.exc_value is not None:
            self._hook(hooked.exc_type, hooked.exc_value, hooked.exc_traceback)


def make_application(arguments: list[str]) -> QApplication:
    """Return the one QApplication, in French."""
    QCoreApplication.setApplicationName("Maillage")
    QCoreApplication.setOrganizationName("Maillage")
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(arguments)
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    translator = QTranslator(app)
    if translator.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    collect_here(app)
    return app


def make_window(app: QApplication, opener: Opener, preferences: Preferences) -> MainWindow:
    """Return the window, dressed in the theme of this computer, not shown yet."""
    theme = preferences.theme()
    icons.use(theme)
    theme.apply(app)
    return MainWindow(opener, theme, preferences)


def choose_start(window: MainWindow, opener: Opener, path: Path | None) -> None:
    """Open the base asked for, else the latest one, else show the wizard."""
    recent = opener.recent()
    chosen = path or (recent[0] if recent else None)
    if chosen is None:
        window.show_start()
    else:
        window.open_path(chosen)


def warm_up() -> None:
    """Import what the first pages need, away from the interface thread."""
    for name in HEAVY:
        importlib.import_module(name)


def run(opener: Opener, path: Path | None) -> int:
    """Show the window until it is closed; returns the exit code."""
    app = make_application(sys.argv[:1])
    window = make_window(app, opener, Preferences())
    catcher = BugCatcher()
    catcher.caught.connect(window.show_report)
    catcher.install()
    window.show()
    choose_start(window, opener, path)
    warmer = threading.Thread(target=warm_up, name="maillage-warm-up", daemon=True)
    QTimer.singleShot(WARM_AFTER_MS, warmer.start)
    return app.exec()
