"""The séance projected: one message a slide, large type, decisions always visible, keys written below."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.french import long_date, plural, short_date, typographic
from ui.stylesheet import sheet
from ui.theme import Theme
from ui.views.meetings_entry import Decide, DecisionEntry
from ui.views.meetings_slide_view import SlideView
from ui.views.meetings_type import LOW, meeting_sizes, screen_height
from ui.widgets.parts import clear, fictitious, line, row, scrolled, text

if TYPE_CHECKING:
    from app.services.steering_rows import DecisionRow, MeetingDetail
    from ui.views.meetings_slides import Slide

KEYS = (
    ("← →", "point"), ("D", "décision"), ("C", "carte seule"), ("V", "valeurs"), ("F", "figer cette vue"),
    ("N", "écran noir"), ("T", "durée"), ("Z", "annuler"), ("+ −", "taille"),
)  # fmt: skip
SIZES = (16, 18, 20, 22, 25, 28)
DECISIONS_WIDTH, DECISIONS_NARROW = 424, 340
NARROW = 1240
"""Pixels of width under which decisions take less room."""
TICK_MS = 1000


@dataclass(frozen=True)
class StageActs:
    """What the page does for the meeting: write a decision, freeze a view, undo, forget the window."""

    decide: Decide
    freeze: Callable[[Slide], None]
    undo: Callable[[], None]
    closed: Callable[[], None]


class MeetingStage(QWidget):
    """A window of its own, always light; what is written goes to the base at once."""

    def __init__(self, zoom: float, acts: StageActs) -> None:
        super().__init__()
        self.theme = Theme("light", zoom)
        self._acts = acts
        self._detail: MeetingDetail | None = None
        self.slides: tuple[Slide, ...] = ()
        self.place = 0
        self._size = 1 if zoom > 1 or screen_height() >= LOW else 0
        self._dressed: tuple[int, bool] | None = None
        self._began: datetime.datetime | None = None
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Réunion")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.owner = text("", "slide_label")
        self.head = text("", "slide_second")
        self.badge = fictitious()
        self.dots = text("", "slide_second")
        self.point = text("", "slide_label")
        self.clock = text("", "slide_second")
        self.slide = SlideView(self.theme)
        self.list = QVBoxLayout()
        self.list.setSpacing(10)
        self.entry = DecisionEntry(acts.decide, self._written)
        self.saved = text("", "slide_second", wrap=True)
        self.black = QFrame(self)
        self.black.setStyleSheet("background: black")
        self.black.setAccessibleName("Écran noir")
        self._lay_out()
        self.entry.hide()
        self.black.hide()
        self._grow(0)
        self._watch()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)
        self._tick()

    def _watch(self) -> None:
        for field in (self.entry.words, self.entry.owner, self.entry.due, self.entry.action):
            field.installEventFilter(self)

    def _lay_out(self) -> None:
        top = row(self.owner, self.head, self.badge, None, self.dots, self.point, self.clock, gap=16)
        top.setContentsMargins(32, 12, 32, 12)
        inside = QWidget()
        inside.setProperty("role", "page")
        right = QVBoxLayout(inside)
        right.setContentsMargins(24, 20, 24, 16)
        right.setSpacing(12)
        right.addWidget(text("Décisions", "slide_label"))
        right.addLayout(self.list)
        right.addWidget(self.entry)
        right.addWidget(self.entry.said)
        right.addStretch(1)
        right.addWidget(self.saved)
        self.decisions = scrolled(inside)
        left = QVBoxLayout()
        left.setContentsMargins(32, 20, 28, 12)
        left.addWidget(self.slide)
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addLayout(left, 1)
        both.addWidget(self.decisions)
        keys = row(*(part for pair in KEYS for part in _key(*pair)), None, *_key("Échap", "quitter"), gap=8)
        keys.setContentsMargins(32, 8, 32, 10)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        for part in (top, line(), both, line(), keys):
            outer.addWidget(part) if isinstance(part, QWidget) else outer.addLayout(part)
        outer.setStretch(2, 1)

    # -- what is shown -----------------------------------------------------------------------------------

    def show_meeting(
        self, detail: MeetingDetail, slides: Sequence[Slide] = (), actions: Mapping[str, str] | None = None
    ) -> None:
        """Show a séance, at the point reached; slides and fiches stay those held when none are given."""
        self._detail = detail
        self.slides = tuple(slides) or self.slides
        if actions is not None:
            self.entry.show_actions(actions)
        self.place = min(self.place, max(len(self.slides) - 1, 0))
        self.owner.setText(detail.row.owner_name)
        self.head.setText(f"{detail.row.instance} du {long_date(detail.row.held_on)}")
        self.badge.setVisible(any(slide.fictitious for slide in self.slides))
        self._draw()
        self._draw_decisions(detail.decisions)

    def _draw(self) -> None:
        slide = self.slides[self.place] if self.slides else None
        dots = "".join("●" if at == self.place else "○" for at in range(len(self.slides)))
        self.dots.setText(dots)
        self.dots.setAccessibleName(f"Point {self.place + 1} sur {len(self.slides)}")
        self.point.setText(f"{self.place + 1}. {slide.point}" if slide else "Aucun point à l’ordre du jour")
        self.entry.item = slide.item if slide else None
        self.slide.setVisible(slide is not None)
        self.slide.show_slide(slide)

    def _draw_decisions(self, decisions: Sequence[DecisionRow]) -> None:
        clear(self.list)
        for held in decisions:
            said = [held.owner, f"avant le {short_date(held.due_on)}" if held.due_on else ""]
            said.append(f"fiche {held.action_number}" if held.action_number else "")
            number = text(str(held.number), "slide_label", tone="encre")
            number.setAlignment(Qt.AlignmentFlag.AlignTop)
            number.setFixedWidth(self.theme.px(34))
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(text(typographic(held.text), wrap=True))
            under = ", ".join(part for part in said if part)
            if under:
                words.addWidget(text(typographic(under), "slide_second", wrap=True))
            both = QHBoxLayout()
            both.addWidget(number)
            both.addLayout(words, 1)
            self.list.addLayout(both)
        if not decisions:
            self.list.addWidget(text("Aucune décision pour l’instant.", "slide_second"))

    def _tick(self) -> None:
        now = datetime.datetime.now()
        said = f"{now:%H:%M}"
        if self._began is not None:
            minutes = int((now - self._began).total_seconds() // 60)
            said += f", depuis {plural(minutes, 'minute')}"
        self.clock.setText(said)

    # -- keys --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the keyboard and of a remote; a black screen comes back at any key."""
        if self.black.isVisible():
            self.black.hide()
            return
        key = event.key()
        act = self._acts_of().get(key)
        if act is not None:
            act()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.go_to(key - Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)

    def _acts_of(self) -> dict[int, Callable[[], object]]:
        keys = Qt.Key
        found: dict[int, Callable[[], object]] = {
            keys.Key_D: self.ask, keys.Key_C: self.slide.toggle_alone, keys.Key_V: self.slide.toggle_values,
            keys.Key_F: self.freeze, keys.Key_N: self.hide_all, keys.Key_T: self.time, keys.Key_Z: self._undo,
            keys.Key_Escape: self._leave, keys.Key_Minus: lambda: self._grow(-1),
        }  # fmt: skip
        found |= dict.fromkeys((keys.Key_Right, keys.Key_PageDown, keys.Key_Space), lambda: self.go(1))
        found |= dict.fromkeys((keys.Key_Left, keys.Key_PageUp), lambda: self.go(-1))
        found |= dict.fromkeys((keys.Key_Plus, keys.Key_Equal), lambda: self._grow(1))
        return {int(key): act for key, act in found.items()}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Échap leaves the line of a decision, wherever the cursor is in it."""
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and cast("QKeyEvent", event).key() == Qt.Key.Key_Escape:
            self._leave()
            return True
        return super().eventFilter(watched, event)

    def go(self, step: int) -> None:
        """Go to another point of the agenda."""
        self.go_to(self.place + step)

    def go_to(self, place: int) -> None:
        """Go to a point, the nearest one that exists."""
        self.place = max(0, min(place, len(self.slides) - 1))
        self._draw()

    def ask(self) -> None:
        """Open the line of a decision."""
        self.entry.show()
        self.entry.words.setFocus()
        QTimer.singleShot(0, lambda: self.decisions.ensureWidgetVisible(self.entry))

    def freeze(self) -> None:
        """Keep this view as it is shown."""
        if self.slides:
            self._acts.freeze(self.slides[self.place])

    def say(self, words: str) -> None:
        """Say what was written, with its time."""
        self.saved.setText(typographic(f"{words} à {datetime.datetime.now():%H:%M}"))

    def hide_all(self) -> None:
        """N: a black screen, until the next key."""
        self.black.setGeometry(self.rect())
        self.black.show()
        self.black.raise_()

    def time(self) -> None:
        """T: count the minutes from now, or stop."""
        self._began = None if self._began is not None else datetime.datetime.now()
        self._tick()

    def _undo(self) -> None:
        self._acts.undo()

    def _written(self) -> None:
        self.entry.said.setText("")
        self.say("Enregistré")
        self.setFocus()

    def _grow(self, step: int) -> None:
        self._size = max(0, min(self._size + step, len(SIZES) - 1))
        size = SIZES[self._size]
        self.setPalette(self.theme.palette())
        low = self.height() < LOW
        if (size, low) != self._dressed:
            self._dressed = (size, low)
            self.setStyleSheet(
                sheet(self.theme.hex, self.theme.px) + meeting_sizes(size, low, self.theme.hex("texte"))
            )

    def _leave(self) -> None:
        if self.entry.isVisible():
            self.entry.hide()
            self.setFocus()
        else:
            self.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower decisions on a narrow screen."""
        super().resizeEvent(event)
        wide = DECISIONS_WIDTH if self.width() >= NARROW else DECISIONS_NARROW
        self.decisions.setFixedWidth(self.theme.px(wide))
        self._grow(0)

    def show_on(self, near: QWidget) -> None:
        """Full screen, on the second screen when there is one: the first stays to its user."""
        own = near.screen()
        others = [screen for screen in QGuiApplication.screens() if screen is not own]
        self.setScreen((others or [own])[0])
        self.move((others or [own])[0].geometry().topLeft())
        self.showFullScreen()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the page."""
        self._timer.stop()
        self._acts.closed()
        super().closeEvent(event)


def _key(keys: str, words: str) -> tuple[QWidget, QWidget]:
    return text(keys, "shortcut"), text(words, "slide_key")
