"""The first run: three screens, under one minute, no account, no network."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QStackedWidget, QWidget

from app.domain.errors import DomainError
from app.domain.french import percent, typographic
from app.progress import Progress
from ui.errors import sentence
from ui.opener import SUFFIX, Opener
from ui.views.first_run_steps import DEMO_FILE, BeginPage, PlacePage, WherePage, brand
from ui.widgets.parts import Banner, Card, button, column, row, text
from ui.widgets.steps import Step, Stepper

if TYPE_CHECKING:
    from app.domain.reference import Reference
    from app.services import Services
    from ui.tasks import Task, TaskRunner
    from ui.theme import Theme

STEPS = tuple(
    Step(typographic(label)) for label in ("Où travaillez-vous ?", "Où ranger la base ?", "Commencer")
)
WIDEST = 820


class FirstRun(QWidget):
    """`opened` carries the Services of the base made or opened, and the page to show first."""

    opened = Signal(object, str)

    def __init__(self, opener: Opener, runner: TaskRunner, theme: Theme) -> None:
        super().__init__()
        self._opener = opener
        self._runner = runner
        self._task: Task | None = None
        self._page = "map"
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.where = WherePage(self.choose_existing, self.open_existing)
        self.place = PlacePage(opener.default_folder())
        self.begin = BeginPage(
            [
                ("map-2", "Ouvrir la carte", "Créer la base et voir tout de suite le territoire.",
                 partial(self.create_base, "map")),
                ("file-import", "Importer des fichiers", "Créer la base, puis y déposer les "
                 "fichiers de la Cnaf ou de l’Insee.", partial(self.create_base, "data")),
                ("bulb", "Découvrir avec l’exemple", typographic(
                 "Une base de démonstration : Deux-Sèvres et Haute-Marne, 17 EPCI."), self.open_demo),
            ]
        )  # fmt: skip
        self._build(theme)
        self.where.changed.connect(self._follow)
        self.place.changed.connect(self._follow)
        self.stepper.pressed.connect(self.show_step)
        self.show_step(0)
        self._runner.read(_load, self._show_reference)

    def _build(self, theme: Theme) -> None:
        self.stepper = Stepper(theme, STEPS)
        self.banner = Banner()
        self.stack = QStackedWidget()
        for page in (self.where, self.place, self.begin):
            self.stack.addWidget(page)
        self.back = button("Retour", self._back, icon="arrow-left")
        self.demo = button("Découvrir avec l’exemple", self.open_demo, icon="bulb", role="link")
        self.next = button("Continuer", self._next, role="primary")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Avancement")
        self.step_text = text("", "second")
        self.cancel = button("Annuler", self._cancel)
        self.working = QWidget()
        self.working.setLayout(column(self.step_text, row(self.progress, self.cancel, gap=12), gap=4))
        self.working.hide()
        card = Card("")
        card.title.hide()
        card.setAccessibleName("Premiers pas")
        card.body.addWidget(self.stack, 1)
        inside = QWidget()
        inside.setMaximumWidth(theme.px(WIDEST))
        buttons = row(self.back, self.demo, None, self.next, gap=12)
        layout = column(brand(), self.stepper, self.banner, card, self.working, buttons, gap=14)
        layout.setStretch(3, 1)
        inside.setLayout(layout)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 20)
        outer.addStretch(1)
        outer.addWidget(inside, 20)
        outer.addStretch(1)

    # -- steps -------------------------------------------------------------------------------------------

    @property
    def step(self) -> int:
        """Number of the screen shown, from 0."""
        return self.stack.currentIndex()

    def show_step(self, step: int) -> None:
        """Show one of the three screens."""
        if step == 1:
            self.place.propose(self.where.names())
        self.stack.setCurrentIndex(step)
        self.stepper.set_current(step)
        self.back.setVisible(step > 0)
        self.demo.setVisible(step == 0)
        self.next.setVisible(step < 2)
        self._follow()

    def say(self, words: str) -> None:
        """Say what went wrong, above the screen."""
        self.banner.say(words, "rouge")

    def _next(self) -> None:
        self.banner.hide()
        self.show_step(self.step + 1)

    def _back(self) -> None:
        self.show_step(self.step - 1)

    def _follow(self) -> None:
        ready = bool(self.where.codes()) if self.step == 0 else self.place.ready()
        self.next.setEnabled(ready)

    def _show_reference(self, reference: Reference) -> None:
        self.where.show_reference(reference)
        self.where.show_recent(self._opener.recent())
        self.where.list.field.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- bases -------------------------------------------------------------------------------------------

    def create_base(self, page: str) -> None:
        """Create the base and open it on a page."""
        call = partial(_create, self._opener, self.place.path(), self.where.codes())
        self._start(call, page, "Création de la base")

    def open_demo(self) -> None:
        """Open the demonstration base, made the first time."""
        path = self._opener.default_folder() / DEMO_FILE
        self._start(partial(_demo, self._opener, path), "map", "Base de démonstration")

    def choose_existing(self) -> None:
        """Ask for a base and open it."""
        folder = str(self._opener.default_folder())
        chosen, _ = QFileDialog.getOpenFileName(self, "Ouvrir une base", folder, f"Base Maillage (*{SUFFIX})")
        if chosen:
            self.open_existing(Path(chosen))

    def open_existing(self, path: Path) -> None:
        """Open a base."""
        self._start(partial(_open, self._opener, path), "", "Ouverture de la base")

    def _start(self, call: object, page: str, name: str) -> None:
        if self._task is not None and self._task.running:
            return
        self._page = page
        self.banner.hide()
        self._work(True)
        self.step_text.setText(f"{name}…")
        self.progress.setRange(0, 0)
        self._task = self._runner.write(call, self._opened, name=name, refused=self._refused)  # type: ignore[arg-type]
        self._task.progressed.connect(self._show_progress)
        self._task.finished.connect(self._ended)

    def _show_progress(self, share: float, step: str) -> None:
        self.progress.setRange(0, 100)
        self.progress.setValue(round(share * 100))
        if step:
            self.step_text.setText(f"{step}  {percent(share * 100, 0)}")

    def _opened(self, services: Services) -> None:
        self.opened.emit(services, self._page)

    def _refused(self, error: DomainError) -> None:
        self.say(sentence(error))

    def _ended(self) -> None:
        self._work(False)

    def _work(self, working: bool) -> None:
        self.working.setVisible(working)
        for widget in (self.stack, self.back, self.next, self.demo, self.stepper):
            widget.setEnabled(not working)
        if not working:
            self._follow()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.step_text.setText("Annulation…")


def _load(_progress: Progress) -> Reference:
    from app.domain.reference import load_reference

    return load_reference()


def _create(opener: Opener, path: Path, codes: tuple[str, ...], _progress: Progress) -> Services:
    path.parent.mkdir(parents=True, exist_ok=True)
    return opener.create(path, codes)


def _demo(opener: Opener, path: Path, progress: Progress) -> Services:
    if path.exists():
        return opener.open(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    return opener.demo(path, progress)


def _open(opener: Opener, path: Path, _progress: Progress) -> Services:
    return opener.open(path)
