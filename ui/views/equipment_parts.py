"""What the parts of « Équipements » share: calls to the services, writing, lists and headings of the card."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.errors import DomainError
from app.domain.register_errors import RegisterRefusal
from ui.error_words_register import field_sentence
from ui.errors import sentence
from ui.widgets.fields import Field, TextField
from ui.widgets.parts import Banner, Item, lay, row
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.changes import Changes
    from app.progress import Progress
    from app.services.register_rows import EquipmentCard
    from ui.theme import Theme
    from ui.views.page import Kit

T = TypeVar("T")
TIGHT = 620
"""Width under which a list and its detail do not hold together, at 100 %."""
Refused = Callable[[DomainError], None]


def quiet(method: Callable[..., T], *args: Any, **named: Any) -> Callable[[Progress], T]:
    """Return a call for the task runner from a method that tells no progress."""
    return partial(_quiet, method, args, named)


def _quiet(method: Callable[..., T], args: tuple[Any, ...], named: dict[str, Any], _progress: Progress) -> T:
    return method(*args, **named)


def refusal_words(error: DomainError) -> str:
    """What to write under a field: the sentence alone for a refused entry."""
    return field_sentence(error) if isinstance(error, RegisterRefusal) else sentence(error)


class Part(QWidget):
    """One part of the page that writes; a refusal goes to the field when there is one, else to the banner."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self.register = kit.services.register
        self.banner = Banner()
        self.done: Callable[[Any], None] | None = None

    def write(
        self,
        method: Callable[..., Any],
        *args: Any,
        refused: Refused | None = None,
        done: Callable[[Any], None] | None = None,
    ) -> None:
        """Ask a service to write, then tell every page; done: gets what the service returned, before."""
        self.kit.runner.write(
            quiet(method, *args), partial(self._written, done), refused=refused or self.refuse
        )

    def refuse(self, error: DomainError) -> None:
        """Say a refusal that belongs to no field; show again what is kept."""
        self.banner.say(sentence(error), "rouge")
        self.restore()

    def restore(self) -> None:
        """Show again what is kept, after a refusal."""

    def _written(self, done: Callable[[Any], None] | None, result: Any) -> None:
        self.banner.hide()
        if done is not None:
            done(result)
        changes: Changes = getattr(result, "changes", result)
        self.kit.hub.changed.emit(changes)


class CardPart(Part):
    """One tab of the card: shows the service it is given."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.card: EquipmentCard | None = None
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 16)
        self.body.setSpacing(10)
        self.body.addWidget(self.banner)

    @property
    def uuid(self) -> str:
        """The service shown, empty before the first."""
        return self.card.equipment.uuid if self.card is not None else ""

    def show_card(self, card: EquipmentCard) -> None:
        """Show a service; what is being typed is kept if it is the same."""
        if card.equipment.uuid != self.uuid:
            self.banner.hide()
        self.card = card
        self.fill(card)

    def fill(self, card: EquipmentCard) -> None:
        """Show what the tab is about."""

    def restore(self) -> None:
        """Show again what is kept."""
        if self.card is not None:
            self.fill(self.card)

    def add(self, *items: Item) -> None:
        """Add widgets, layouts and spaces under what is there."""
        margins = self.body.contentsMargins()
        lay(self.body, *items)
        self.body.setContentsMargins(margins)


class Beside(QWidget):
    """A list and what is about its row, side by side; one at a time where texts are large."""

    def __init__(self, theme: Theme, left: QWidget, right: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self.left, self.right = left, right
        self.choice = Segments((("list", "Liste"), ("detail", "Détail")), "Liste ou détail")
        self.choice.set_current("list")
        self.choice.chosen.connect(lambda _code: self.arrange())
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(left, 1)
        both.addWidget(right)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(self.choice)
        lines.addLayout(both, 1)

    def show_detail(self) -> None:
        """Show what is about the row, if there is room for one part only."""
        self.choice.set_current("detail")
        self.arrange()

    def arrange(self) -> None:
        """Show both parts, or the one chosen."""
        tight = self.width() < self._theme.px(TIGHT)
        detail = self.choice.current == "detail"
        self.choice.setVisible(tight)
        self.left.setVisible(not tight or not detail)
        self.right.setVisible(not tight or detail)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        self.arrange()


def pair(first: Field, second: Field) -> QHBoxLayout:
    """Return two fields side by side, of the same width whatever they hold."""
    for field in (first, second):
        slim(field)
    both = row(first, second, gap=10)
    for place, field in enumerate((first, second)):
        both.setStretch(place, 1)
        both.setAlignment(field, Qt.AlignmentFlag.AlignTop)
    return both


def slim(field: Field) -> None:
    """Let a list of choices be narrower than its longest word."""
    if isinstance(field.control, QComboBox):
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        field.control.setSizeAdjustPolicy(policy)
        field.control.setMinimumContentsLength(4)


def from_start(fields: Iterable[Field]) -> None:
    """Show the beginning of long texts, not their end."""
    for field in fields:
        if isinstance(field, TextField) and not field.edit.hasFocus():
            field.edit.setCursorPosition(0)


def ask_where(parent: QWidget, title: str, proposed: str, kinds: str) -> str:
    """Ask where to write a file; empty when the user gives up."""
    return QFileDialog.getSaveFileName(parent, title, proposed, kinds)[0]


def ask_file(parent: QWidget, title: str, kinds: str) -> str:
    """Ask which file to read; empty when the user gives up."""
    return QFileDialog.getOpenFileName(parent, title, "", kinds)[0]
