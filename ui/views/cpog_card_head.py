"""Head of the card: what kind of indicator it is, its name, its place on the dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.domain.cpog_codes import TargetStatus
from app.domain.french import THIN, plural
from app.domain.trajectory import IndicatorState
from app.services.cpog_rows import IndicatorCard
from ui import icons, labels_cpog
from ui.views.cpog_words import SENSE_ICONS
from ui.widgets.parts import button, clear, fictitious, icon_button, picture, row, text
from ui.widgets.provenance import TITLE

if TYPE_CHECKING:
    from ui.views.cpog_writing import Writer

LEAST, SHORT = 64, 160


class Chip(QLabel):
    """A badge that gives way when room lacks; its hint then holds all its words."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setProperty("role", "badge")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._words = words

    def sizeHint(self) -> QSize:
        """Room for all the words."""
        wide = self.fontMetrics().horizontalAdvance(self._words) + 20
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Only long words give way."""
        whole = self.sizeHint()
        return QSize(whole.width() if whole.width() <= SHORT else LEAST, whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words to the room."""
        super().resizeEvent(event)
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width() - 16)
        self.setText(shown)
        self.setToolTip(self._words if shown != self._words else "")


class CardHead(QWidget):
    """Chips, name, where it comes from."""

    parent_asked = Signal(str)

    def __init__(self, writer: Writer) -> None:
        super().__init__()
        self._writer = writer
        self._card: IndicatorCard | None = None
        self.chips = row(gap=8)
        self.pin = icon_button("pin", "Épingler au tableau de bord", self._pin)
        self.pin.setCheckable(True)
        self.title = text("", "title", wrap=True)
        self.subtitle = text("", "second", wrap=True)
        self.how = button(TITLE, icon="info-circle", role="link")
        self.parent_link = button("Toutes les séries", self._open_parent, icon="arrow-left", role="link")
        under = row(self.subtitle, self.how)
        under.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row(self.chips, None, self.pin))
        layout.addWidget(self.parent_link)
        layout.addWidget(self.title)
        layout.addLayout(under)

    def show_card(self, card: IndicatorCard) -> None:
        """Show another indicator."""
        self._card = card
        clear(self.chips)
        for icon, words in chips_of(card):
            chip = Chip(words)
            self.chips.addLayout(row(picture(icon, "texte2", 16), chip, gap=4) if icon else row(chip))
        if card.row.fictitious or any(child.row.fictitious for child in card.sub_series):
            self.chips.addWidget(fictitious())
        indicator = card.indicator
        series = f" – {indicator.sub_series}" if indicator.sub_series else ""
        self.title.setText(indicator.label + series)
        self.subtitle.setText(_details(card))
        self.how.setVisible(not card.sub_series)
        self.parent_link.setVisible(bool(indicator.parent_uuid))
        self.pin.setChecked(indicator.pinned)
        self.pin.setIcon(icons.icon("pinned-filled" if indicator.pinned else "pin", "texte2", on="encre"))
        name = "Retirer du tableau de bord" if indicator.pinned else "Épingler au tableau de bord"
        self.pin.setToolTip(name)
        self.pin.setAccessibleName(name)

    def _pin(self) -> None:
        if self._card is not None:
            self._writer.write("pin", self._card.row.uuid, not self._card.indicator.pinned)

    def _open_parent(self) -> None:
        if self._card is not None:
            self.parent_asked.emit(self._card.indicator.parent_uuid)


def _details(card: IndicatorCard) -> str:
    indicator = card.indicator
    details = [
        indicator.heading,
        indicator.unit_detail,
        f"fiche {indicator.fiche}" if indicator.fiche else "",
        f"suivi à partir de {indicator.start_year}" if indicator.start_year else "",
    ]
    said = ", ".join(part for part in details if part) or indicator.domain
    return f"{said[:1].upper()}{said[1:]}"


def chips_of(card: IndicatorCard) -> list[tuple[str, str]]:
    """(icon, words) of the head: code, nature, type, target, direction."""
    indicator = card.indicator
    said = [("", indicator.code)] if indicator.code else []
    said.append(("", labels_cpog.NATURE[indicator.nature]))
    eye = "eye" if card.row.state is IndicatorState.FOLLOW else ""
    said.append((eye, labels_cpog.TYPE[indicator.type]))
    if card.sub_series:
        said.append(("", plural(len(card.sub_series), "série")))
    else:
        kind = indicator.target_text or labels_cpog.TARGET_KIND[indicator.target_kind]
        said.append(("", kind if kind.startswith("Cible") else f"Cible{THIN}: {kind}"))
    said.append((SENSE_ICONS.get(indicator.direction, ""), labels_cpog.SENSE[indicator.direction]))
    return said


def has_draft(card: IndicatorCard) -> bool:
    """True if a target is only a hypothesis."""
    return any(
        point is not None and point.target_status is TargetStatus.HYPOTHESIS
        for series in card.series
        for point in series.points
    )
