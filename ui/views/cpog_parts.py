"""What the views of « CPOG » share: the choice of the year, a file to write, a heading."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.domain.errors import DomainError
from ui.errors import sentence
from ui.folders import open_folder
from ui.views.cpog_focus import CpogFocus
from ui.views.data_parts import SubPage
from ui.widgets.parts import row

if TYPE_CHECKING:
    from app.progress import Progress
    from ui.tasks import Task
    from ui.views.page import Kit
    from ui.widgets.parts import Banner

SUFFIXES = {
    ".pdf": "Document PDF (*.pdf)",
    ".xlsx": "Classeur Excel (*.xlsx)",
    ".ics": "Calendrier (*.ics)",
    ".csv": "Table CSV (*.csv)",
}


class YearBox(QComboBox):
    """The years of the contract; follows the year of the page."""

    def __init__(self, focus: CpogFocus) -> None:
        super().__init__()
        self._focus = focus
        self.setAccessibleName("Année du CPOG")
        self.activated.connect(lambda place: focus.set_year(int(self.itemData(place))))
        focus.year_changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Show the years of the contract, that of the page chosen."""
        self.clear()
        for year in self._focus.years:
            self.addItem(str(year), year)
        self.setCurrentIndex(self.findData(self._focus.year))
        self.setAccessibleDescription(str(self._focus.year))


class CpogView(SubPage):
    """A view of the contract in the focus: reads in a task, once at a time, again when the year changes."""

    by_year = True

    def __init__(self, kit: Kit, focus: CpogFocus) -> None:
        super().__init__(kit)
        self.focus = focus
        self._reading: Task | None = None
        self.setProperty("zone", "cpog-view")
        focus.year_changed.connect(self._year_changed)

    def reload(self) -> None:
        """Read again what is shown."""
        if not self.focus.code:
            return
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self.kit.runner.read(self.question(), self._answered)

    def question(self) -> Callable[[Progress], Any]:
        """The call that reads what is shown."""
        raise NotImplementedError

    def show_answer(self, answer: Any) -> None:
        """Show what was read."""
        raise NotImplementedError

    def _answered(self, answer: Any) -> None:
        self._reading = None
        self.show_answer(answer)

    def _year_changed(self) -> None:
        if self.isVisible() and self.by_year:
            self.reload()


class LinkName(QPushButton):
    """A name that opens something, cut with an ellipsis where room lacks; its hint then holds it whole."""

    def __init__(self, words: str, action: Callable[[], object], hint: str = "") -> None:
        super().__init__(words)
        self._words, self._hint = words, hint
        self.setAccessibleName(words)
        self.setProperty("role", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(60)
        self.clicked.connect(lambda _checked=False: action())

    def sizeHint(self) -> QSize:
        """Room for all the words."""
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + 14, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(60, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words to the room."""
        super().resizeEvent(event)
        room = self.width() - 10
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)
        self.setToolTip(self._words if shown != self._words else self._hint)


def pair(one: QWidget, other: QWidget) -> QHBoxLayout:
    """Two fields side by side, of the same width."""
    made = row(one, other, gap=12)
    made.setStretch(0, 1)
    made.setStretch(1, 1)
    return made


def ask_where(parent: QWidget, title: str, name: str, suffix: str) -> str:
    """Ask where to write a file; empty when the user gives up."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return QFileDialog.getSaveFileName(
        parent, title, str(Path(folder) / f"{name}{suffix}"), SUFFIXES[suffix]
    )[0]


class PaperWriter:
    """Asks where, then writes a file in a task that can be cancelled."""

    def __init__(self, kit: Kit, parent: QWidget, banner: Banner) -> None:
        self._kit = kit
        self._parent = parent
        self._banner = banner
        self.choose = ask_where

    def write(self, title: str, name: str, suffix: str, call: Callable[[Path, Progress], None]) -> None:
        """call: writes the file at a path."""
        chosen = self.choose(self._parent, title, name, suffix)
        if chosen:
            path = Path(chosen)
            path = path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)
            self._kit.runner.read(
                partial(_write, call, path), self._written, name=title, refused=self._refused
            )

    def _written(self, path: Path) -> None:
        self._kit.notify(
            f"Fichier écrit\u202f: {path.name}", "Ouvrir le dossier", partial(open_folder, path.parent)
        )

    def _refused(self, error: DomainError) -> None:
        self._banner.say(sentence(error), "rouge")


def _write(call: Callable[[Path, Progress], None], path: Path, progress: Progress) -> Path:
    call(path, progress)
    return path
