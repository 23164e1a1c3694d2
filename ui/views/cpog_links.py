"""The same measure in other contracts: links said by someone, never by their labels."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.cpog_codes import LinkKind
from ui import labels_cpog
from ui.views.cpog_parts import LinkName
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.parts import button, clear, icon_button, row, text

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.cpog_rows import IndicatorCard, LinkRow
    from ui.views.cpog_writing import Writer
    from ui.views.page import Kit

Choices = list[tuple[str, str]]


class LinksPart(QWidget):
    """Links of the indicator shown; `asked` carries the indicator to open."""

    asked = Signal(str)

    def __init__(self, kit: Kit, writer: Writer) -> None:
        super().__init__()
        self._kit = kit
        self._writer = writer
        self._card: IndicatorCard | None = None
        self.add = icon_button("link", "Lier à un indicateur d’un autre contrat", self.open)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.form = QWidget()
        self.other = ChoiceField("Indicateur de l’autre contrat", (), required=True)
        self.kind = ChoiceField(
            "Lien", [(k, labels_cpog.LINK[k].capitalize()) for k in LinkKind], required=True
        )
        self.note = TextField("Pourquoi")
        self.save = button("Lier", self.write, role="primary")
        self.cancel = button("Fermer", self.form.hide)
        inner = QVBoxLayout(self.form)
        inner.setContentsMargins(0, 4, 0, 4)
        inner.setSpacing(8)
        for part in (self.other, self.kind, self.note):
            inner.addWidget(part)
        self.other.box.setMinimumContentsLength(12)
        self.other.box.setSizeAdjustPolicy(
            self.other.box.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        inner.addLayout(row(self.save, self.cancel, None))
        self.form.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row(text("Dans les autres contrats", "section"), None, self.add))
        layout.addLayout(self._list)
        layout.addWidget(self.form)

    def show_card(self, card: IndicatorCard) -> None:
        """Show the links of an indicator."""
        if self._card is None or self._card.row.uuid != card.row.uuid:
            self.form.hide()
        self._card = card
        clear(self._list)
        for link in card.links:
            self._list.addLayout(self._line(link))
        if not card.links:
            self._list.addWidget(text("Aucun lien écrit.", "hint"))

    def _line(self, link: LinkRow) -> QVBoxLayout:
        name = LinkName(link.indicator, partial(self.asked.emit, link.indicator_uuid))
        erase = icon_button(
            "unlink", f"Retirer le lien vers {link.indicator}", partial(self._remove, link.uuid)
        )
        box = QVBoxLayout()
        box.setSpacing(0)
        head = row(name, erase)
        head.setStretch(0, 1)
        box.addLayout(head)
        note = f", {link.note}" if link.note else ""
        box.addWidget(
            text(
                f"{labels_cpog.LINK[link.kind].capitalize()}, CPOG {link.cpog_code}{note}", "hint", wrap=True
            )
        )
        return box

    def open(self) -> None:
        """Open the form, with the indicators of the other contracts."""
        if self._card is not None:
            self._kit.runner.read(
                partial(_choices, self._kit.services, self._card.row.cpog_uuid), self._offer
            )

    def _offer(self, choices: Choices) -> None:
        self.other.set_value(None)
        self.other.set_choices(choices)
        self.kind.set_value(LinkKind.SAME)
        self.note.set_value("")
        self.form.show()
        self.other.box.setFocus()

    def write(self) -> None:
        """Write the link."""
        if self._card is not None and self.other.commit() and self.kind.commit() and self.note.commit():
            kind = LinkKind(self.kind.value)
            self._writer.write("link", self._card.row.uuid, self.other.value, kind, self.note.value or "")
            self.form.hide()

    def _remove(self, uuid: str) -> None:
        self._writer.write("unlink", uuid)


def _choices(services: Services, cpog_uuid: str, _progress: Progress) -> Choices:
    return [
        (indicator.uuid, f"{contract.cpog.starts_on.year}-{contract.cpog.ends_on.year}, {indicator.name}")
        for contract in services.cpog.all_contracts()
        if contract.cpog.uuid != cpog_uuid
        for indicator in contract.indicators
    ]
