"""The main window: one base at a time, the wizard before any, keyboard, palette, files dropped anywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QMainWindow, QWidget

from app.domain.errors import DomainError
from app.domain.french import THIN
from app.progress import Progress
from ui import icons, keys
from ui.commands import commands_of
from ui.errors import sentence
from ui.frame import Frame
from ui.opener import SUFFIX, Opener
from ui.places import BOTTOM, TOP
from ui.preferences import Preferences
from ui.state import FrameState, read_state
from ui.tasks import TaskRunner
from ui.theme import Theme
from ui.widgets.focus_ring import FocusRing
from ui.widgets.palette import Palette
from ui.widgets.parts import column, text
from ui.zones import next_zone

if TYPE_CHECKING:
    from app.services import Services
    from ui.report import ReportDialog
    from ui.views.first_run import FirstRun

SMALLEST = QSize(920, 560)
FIRST_SIZE = QSize(1366, 768)


@dataclass(frozen=True, slots=True)
class Opened:
    """A base opened away from the screen, with what the frame shows first."""

    services: Services
    state: FrameState


class MainWindow(QMainWindow):
    """Shows the wizard, « Ouverture… », or the frame of the base."""

    ready = Signal()
    """The frame of a base is shown."""

    def __init__(self, opener: Opener, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        self.opener = opener
        self.theme = theme
        self.preferences = preferences
        self.runner = TaskRunner(self)
        self.runner.failed.connect(self._failed)
        self.frame: Frame | None = None
        self.start: FirstRun | None = None
        self._report: ReportDialog | None = None
        self.setWindowIcon(icons.app_icon())
        self.setMinimumSize(SMALLEST)
        self.setAcceptDrops(True)
        self.resize(FIRST_SIZE)
        self.restoreGeometry(preferences.geometry())
        self.ring = FocusRing(self, theme)
        self.palette_dialog = Palette(self, theme, partial(commands_of, self))
        keys.register(self, self._actions())
        self._name_window(None)

    # -- keyboard ----------------------------------------------------------------------------------------

    def _actions(self) -> dict[str, Callable[[], object]]:
        places = [place.key for place in (*TOP, *BOTTOM)]
        actions: dict[str, Callable[[], object]] = {
            f"page:{i}": partial(self._go, key) for i, key in enumerate(places)
        }
        actions |= {
            "palette": self.open_palette,
            "territory": self._with_frame(lambda frame: frame.bar.territory.open(1)),
            "references": self._with_frame(lambda frame: frame.bar.references.showMenu()),
            "year:-1": self._with_frame(lambda frame: frame.bar.year.step(-1)),
            "year:1": self._with_frame(lambda frame: frame.bar.year.step(1)),
            "undo": self._with_frame(lambda frame: frame.undo()),
            "redo": self._with_frame(lambda frame: frame.redo()),
            "save": self._with_frame(lambda frame: frame.backup()),
            "open": self.choose_base,
            "back": self._with_frame(lambda frame: frame.context.back()),
            "forward": self._with_frame(lambda frame: frame.context.forward()),
            "zone:1": self._with_frame(lambda frame: next_zone(frame, 1)),
            "zone:-1": self._with_frame(lambda frame: next_zone(frame, -1)),
            "zoom:1": partial(self.theme.step_zoom, 1),
            "zoom:-1": partial(self.theme.step_zoom, -1),
            "zoom:0": partial(self.theme.step_zoom, 0),
            "full": self.toggle_full_screen,
            "help": self._with_frame(lambda frame: frame.show_shortcuts()),
        }
        return actions

    def _with_frame(self, act: Callable[[Frame], object]) -> Callable[[], None]:
        def run() -> None:
            if self.frame is not None:
                act(self.frame)

        return run

    def _go(self, page: str) -> None:
        if self.frame is not None:
            self.frame.navigate(page)

    def open_palette(self) -> None:
        """Open « Rechercher ou agir »."""
        if self.frame is not None:
            self.palette_dialog.open_over()

    def toggle_full_screen(self) -> None:
        """Enter or leave the full screen."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # -- bases -------------------------------------------------------------------------------------------

    def show_start(self) -> None:
        """Show the first-run wizard."""
        from ui.views.first_run import FirstRun

        self._leave_base()
        self.start = FirstRun(self.opener, self.runner, self.theme)
        self.start.opened.connect(self._services_ready)
        self.setCentralWidget(self.start)
        self._name_window(None)

    def choose_base(self) -> None:
        """Ask for a base and open it."""
        folder = str(self.opener.default_folder())
        chosen, _ = QFileDialog.getOpenFileName(self, "Ouvrir une base", folder, f"Base Maillage (*{SUFFIX})")
        if chosen:
            self.open_path(Path(chosen))

    def open_path(self, path: Path) -> None:
        """Open a base away from the screen; a refusal comes back to the wizard with its reason."""
        if self.frame is None:
            self.setCentralWidget(_waiting(path))
        call = partial(_open, self.opener, path)
        self.runner.read(call, self._show_base, name="Ouverture de la base", refused=self._refused)

    def _services_ready(self, services: object, page: str) -> None:
        self._first_page = page
        self.runner.read(partial(_with_state, services), self._show_base)

    _first_page = ""

    def _show_base(self, opened: Opened) -> None:
        self._leave_base()
        self.frame = Frame(opened.services, self.runner, self.theme, opened.state, self.preferences)
        self.frame.search_asked.connect(self.open_palette)
        self.frame.page_shown.connect(self.preferences.keep_page)
        self.frame.report_asked.connect(self.show_report)
        self.setCentralWidget(self.frame)
        self.start = None
        self._name_window(opened.services)
        self.frame.navigate(self._first_page or self._last_page())
        self._first_page = ""
        self.ring.raise_()
        self.ready.emit()

    def _last_page(self) -> str:
        page = self.preferences.page()
        return page if page in [place.key for place in (*TOP, *BOTTOM)] else "home"

    def _refused(self, error: DomainError) -> None:
        if self.frame is not None:
            self.frame.notify(sentence(error), tone="rouge")
            return
        self.show_start()
        if self.start is not None:
            self.start.say(sentence(error))

    def _leave_base(self) -> None:
        if self.frame is not None:
            services, self.frame = self.frame.services, None
            self.runner.write(partial(_close, services), _ignore)

    def _name_window(self, services: Services | None) -> None:
        if services is None:
            self.setWindowTitle("Maillage")
            return
        mark = " (démonstration)" if services.base.demo else ""
        self.setWindowTitle(f"{services.base.path.name}{mark} — Maillage")

    # -- errors nobody expected --------------------------------------------------------------------------

    def _failed(self, words: str, error: object) -> None:
        if self.frame is None and self.start is not None:
            self.start.say(words)
        elif self.frame is None and isinstance(error, BaseException):
            self.show_report(error)

    def show_report(self, error: object) -> None:
        """Offer the report of an unexpected error, one at a time."""
        if not isinstance(error, BaseException) or self._report is not None:
            return
        from ui.report import ReportDialog

        self._report = ReportDialog(error, self)
        self._report.finished.connect(self._report_closed)
        self._report.open()

    def _report_closed(self) -> None:
        if self._report is not None:
            self._report.deleteLater()
            self._report = None

    # -- files dropped, size, end ------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take local files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A base opens; anything else goes to the import."""
        self.take_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def take_files(self, files: list[Path]) -> None:
        """Open the base among the files, or import them in the base shown."""
        bases = [path for path in files if path.suffix == SUFFIX]
        if bases:
            self.open_path(bases[0])
        elif files and self.frame is not None:
            self.frame.navigate("data", files=files)
        elif files and self.start is not None:
            self.start.say(f"Créez d’abord la base{THIN}; les fichiers s’importent ensuite.")

    def changeEvent(self, event: QEvent) -> None:
        """Keep the ring above what is shown."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.ring.raise_()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the place; stop what runs; let the file go."""
        self.preferences.keep_geometry(self.saveGeometry())
        self.runner.close()
        if self.frame is not None:
            self.frame.services.base.close()
            self.frame = None
        super().closeEvent(event)


def _waiting(path: Path) -> QWidget:
    page = QWidget()
    label: QLabel = text(f"Ouverture de {path.name}…", "second")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    page.setLayout(column(None, label, None))
    return page


def _open(opener: Opener, path: Path, progress: Progress) -> Opened:
    return _with_state(opener.open(path), progress)


def _with_state(services: object, progress: Progress) -> Opened:
    from app.services import Services

    if not isinstance(services, Services):
        raise TypeError("not the services of a base")
    return Opened(services, read_state(services, progress))


def _close(services: Services, _progress: Progress) -> None:
    services.base.close()


def _ignore(_result: None) -> None:
    """Nothing is shown when a base is closed."""
