"""Tab « Signaux »: each value beside its threshold and its source; nothing adds them up."""

from __future__ import annotations

import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QSpinBox, QVBoxLayout, QWidget

from app.domain.errors import DomainError
from app.domain.french import THIN, number, short_date, typographic
from app.domain.register_signals import SignalLine
from ui.labels_equipment import LEVELS_OF_SIGNAL
from ui.labels_register import FIELD_LABELS
from ui.views.equipment_parts import CardPart, quiet, refusal_words
from ui.widgets.fields import DateField, NumberField, TextField
from ui.widgets.parts import button, clear, column, picture, row, text

if TYPE_CHECKING:
    from app.services.register_rows import EquipmentCard
    from ui.tasks import Task
    from ui.views.page import Kit

FIRST_YEAR = 2000
AGO = 1
"""By default, the year before this one: accounts are not closed sooner."""


class SignalsPart(CardPart):
    """One block a signal, for one year."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self.year = QSpinBox()
        self.year.setAccessibleName("Année des signaux")
        self.year.setRange(FIRST_YEAR, self.register.today().year)
        self.year.setGroupSeparatorShown(False)
        self.year.valueChanged.connect(self._read)
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(8)
        self.blocks: dict[str, SignalBlock] = {}
        self.add(
            row(text("Année", "label"), self.year, None),
            text("Chaque signal se lit seul\u202f: aucun score ne les additionne.", "hint", wrap=True),
            self._blocks,
        )

    def show_card(self, card: EquipmentCard) -> None:
        """Another service starts at the latest year with a value."""
        if card.equipment.uuid != self.uuid:
            held = [line.reading.year for line in card.signals if line.reading is not None and not line.parts]
            year = max(held, default=self.register.today().year - AGO)
            self.year.blockSignals(True)
            self.year.setValue(year)
            self.year.blockSignals(False)
        super().show_card(card)

    def fill(self, card: EquipmentCard) -> None:  # noqa: ARG002 - read again for the year chosen
        """Read the signals of the year chosen."""
        self._read()

    def _read(self) -> None:
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        if self.uuid:
            call = quiet(self.register.signals, self.uuid, self.year.value())
            self._reading = self.kit.runner.read(call, self._show, refused=self._gone)

    def _gone(self, _error: DomainError) -> None:
        """The service was removed meanwhile."""

    def _show(self, lines: tuple[SignalLine, ...]) -> None:
        if [line.signal.code for line in lines] != list(self.blocks):
            clear(self._blocks)
            self.blocks = {}
            for line in lines:
                self.blocks[line.signal.code] = SignalBlock(self, line)
                self._blocks.addWidget(self.blocks[line.signal.code])
        for line in lines:
            self.blocks[line.signal.code].show_line(line)


class SignalBlock(QFrame):
    """One signal: value and source typed or computed, threshold, where it stands."""

    def __init__(self, part: SignalsPart, line: SignalLine) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._part = part
        self._signal = line.signal
        self._line = line
        signal = line.signal
        self._icon = picture("line-dashed", "texte3", 16)
        self.state = text("", "label", wrap=True)
        self.value = NumberField(signal.label, decimals=signal.decimals, unit=signal.unit)
        self.source = TextField("Source de la valeur")
        self.computed = text("", "second", wrap=True)
        self.threshold = text("", "hint", wrap=True)
        self.change = button("Régler le seuil", self._open_threshold, role="link")
        self.bound = NumberField("Seuil", decimals=signal.decimals, unit=signal.unit)
        self.since = DateField("À partir du", required=True)
        self._form = QWidget()
        fields = row(self.bound, self.since, gap=10)
        fields.setStretch(0, 1)
        fields.setStretch(1, 1)
        self._form.setLayout(
            column(
                fields,
                row(
                    button("Enregistrer le seuil", self._save_threshold),
                    button("Fermer", self._form.hide),
                    None,
                ),
            )
        )
        self._form.hide()
        title = text(signal.label, "label", wrap=True)
        note = text(signal.note, "hint", wrap=True)
        head = row(self._icon, self.state, gap=6)
        head.setStretch(1, 1)
        inside = column(
            title, self.value, self.source, self.computed, head, self.threshold, note, self.change,
            self._form, gap=5,
        )  # fmt: skip
        inside.setContentsMargins(12, 8, 12, 8)
        self.setLayout(inside)
        title.setVisible(signal.computed)
        for part_ in (self.value, self.source):
            part_.setVisible(not signal.computed)
        self.computed.setVisible(signal.computed)
        self.value.committed.connect(self._commit)
        self.source.committed.connect(self._commit)

    def show_line(self, line: SignalLine) -> None:
        """Show the value of the year, the threshold in force then."""
        self._line = line
        signal, reading = line.signal, line.reading
        if not self.value.error.text():
            self.value.set_value(reading.number if reading else None)
        self.source.set_value(reading.source if reading else "")
        if signal.computed:
            parts = [f"{FIELD_LABELS.get(name, name).lower()} {number(count)}" for name, count in line.parts]
            known = f"{number(reading.number, signal.decimals)}{THIN}{signal.unit}" if reading else "n.d."
            said = (
                f"{known} ({', '.join(parts)})" if parts else f"{known} : un groupe de places ne le dit pas."
            )
            self.computed.setText(typographic(said))
        icon, token, words = _state(line)
        self._icon.change(icon, token)
        self.state.setText(words)
        self.threshold.setText(_threshold_words(line))

    def _commit(self, _value: Any) -> None:
        part = self._part
        if not self.value.commit():
            return
        part.write(
            part.register.set_signal, part.uuid, self._signal.code, part.year.value(), self.value.value,
            str(self.source.value or ""), refused=self._refuse,
        )  # fmt: skip

    def _refuse(self, error: DomainError) -> None:
        self.value.refuse(refusal_words(error))

    def _open_threshold(self) -> None:
        held = self._line.threshold
        self.bound.set_value(held.bound if held else None)
        self.since.set_value(datetime.date(self._part.year.value(), 1, 1))
        self._form.show()
        self.bound.edit.setFocus()

    def _save_threshold(self) -> None:
        if self.bound.commit() and self.since.commit():
            self._part.write(
                self._part.register.set_threshold, self._signal.code, self.bound.value, self.since.value,
                refused=partial(_refuse_bound, self.bound), done=self._saved,
            )  # fmt: skip

    def _saved(self, _done: object) -> None:
        self._form.hide()


def _refuse_bound(field: NumberField, error: DomainError) -> None:
    field.refuse(refusal_words(error))


def _state(line: SignalLine) -> tuple[str, str, str]:
    """Icon, token and words: never by colour alone."""
    if line.crossed is True:
        return "alert-triangle", "ocre", f"Au-delà du seuil en {line.year}"
    if line.crossed is False:
        return "circle-check", "vert", f"Dans le seuil en {line.year}"
    if line.reading is None:
        return "line-dashed", "texte3", f"Valeur inconnue en {line.year}"
    return "line-dashed", "texte3", "Seuil à fixer"


def _threshold_words(line: SignalLine) -> str:
    signal, held = line.signal, line.threshold
    if held is None or held.bound is None:
        return typographic(f"Aucun seuil. {signal.source}.")
    sense = LEVELS_OF_SIGNAL[signal.direction]
    since = f", depuis le {short_date(held.starts_on)}" if held.starts_on else ""
    origin = "livré avec Maillage" if held.delivered else "réglé ici"
    bound = f"{number(held.bound, signal.decimals)}{THIN}{signal.unit}"
    return typographic(f"Signalé {sense} {bound} ({origin}{since}).")
