"""What targets suppose: each hypothesis, its range, what was observed; a small form to write one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.cpog_points import Hypothesis, Period
from ui.views.cpog_parts import LinkName, pair
from ui.views.cpog_words import plain
from ui.widgets.fields import ChoiceField, Field, NumberField, TextField
from ui.widgets.parts import button, clear, icon_button, picture, row, text

if TYPE_CHECKING:
    from app.services.cpog_rows import HypothesisRow, IndicatorCard
    from ui.views.cpog_writing import Writer


class HypothesisPart(QWidget):
    """The hypotheses of the indicator shown."""

    def __init__(self, writer: Writer) -> None:
        super().__init__()
        self._writer = writer
        self._card: IndicatorCard | None = None
        self._edited: HypothesisRow | None = None
        self._year = 0
        self.add = icon_button("plus", "Ajouter une hypothèse", partial(self.edit, None))
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.form = QWidget()
        self.label = TextField("Intitulé", required=True)
        self.value = NumberField("Valeur attendue", decimals=2)
        self.unit = TextField("Unité", placeholder="par mois, par an…")
        self.low = NumberField("Plage, bas", decimals=2)
        self.high = NumberField("Plage, haut", decimals=2)
        self.periods = NumberField("Périodes hors plage avant alerte", least=1)
        self.period = ChoiceField("Période", (), required=True)
        self.seen = NumberField("Observée", decimals=2)
        self._fields: tuple[Field, ...] = (
            self.label, self.value, self.unit, self.low, self.high, self.periods, self.seen,
        )  # fmt: skip
        self.save = button("Écrire l’hypothèse", self.write, role="primary")
        self.cancel = button("Fermer", self.form.hide)
        self.remove = button("Supprimer", self._remove, icon="trash", role="danger")
        self._lay_out()

    def _lay_out(self) -> None:
        inner = QVBoxLayout(self.form)
        inner.setContentsMargins(0, 4, 0, 4)
        inner.setSpacing(8)
        inner.addWidget(self.label)
        inner.addLayout(pair(self.value, self.unit))
        inner.addLayout(pair(self.low, self.high))
        inner.addWidget(self.periods)
        inner.addLayout(pair(self.period, self.seen))
        inner.addLayout(row(self.save, self.cancel, None))
        inner.addLayout(row(self.remove, None))
        self.form.hide()
        for shown in (self.period.committed, self.period.box.activated):
            shown.connect(lambda _asked: self._show_seen())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row(text("Hypothèse suivie", "section"), None, self.add))
        layout.addLayout(self._list)
        layout.addWidget(self.form)

    def show_card(self, card: IndicatorCard, year: int) -> None:
        """Show the hypotheses of an indicator."""
        other = self._card is None or self._card.row.uuid != card.row.uuid
        self._card, self._year = card, year
        if other:
            self.form.hide()
        clear(self._list)
        for item in card.hypotheses:
            self._list.addLayout(self._line(item))
        if not card.hypotheses:
            self._list.addWidget(text("Aucune hypothèse liée à cette cible.", "hint", wrap=True))

    def _line(self, item: HypothesisRow) -> QVBoxLayout:
        last = item.state.last
        value = plain(last.number) if last is not None and last.number is not None else "n.d."
        hint = "Modifier ou noter une observation"
        name = LinkName(item.hypothesis.label, partial(self.edit, item), hint)
        box = QVBoxLayout()
        box.setSpacing(0)
        head = row(name, text(value, "strong"))
        head.setStretch(0, 1)
        box.addLayout(head)
        tone = "ocre" if item.state.outside else ""
        sentence = text(item.sentence, "hint", tone=tone, wrap=True)
        line = (
            row(picture("alert-triangle", "ocre", 14), sentence, gap=6) if item.state.alert else row(sentence)
        )
        line.setStretch(line.count() - 1, 1)
        box.addLayout(line)
        return box

    def edit(self, item: HypothesisRow | None) -> None:
        """Open the form on a hypothesis, or on a new one."""
        self._edited = item
        held = item.hypothesis if item is not None else None
        for field, value in (
            (self.label, held.label if held else ""), (self.value, held.value if held else None),
            (self.unit, held.unit if held else ""), (self.low, held.low if held else None),
            (self.high, held.high if held else None), (self.periods, held.periods if held else 2),
        ):  # fmt: skip
            field.set_value(value)
        self.period.set_choices([(str(q), Period(self._year, q).label) for q in (0, 1, 2, 3, 4)])
        self.period.set_value(str(_last_of(item, self._year).quarter))
        self._show_seen()
        self.period.setEnabled(held is not None)
        self.seen.setEnabled(held is not None)
        self.remove.setVisible(held is not None)
        self.form.show()
        self.label.edit.setFocus()

    @property
    def _period(self) -> Period:
        return Period(self._year, int(self.period.read() or 0))

    def _show_seen(self) -> None:
        self.seen.set_value(self._observed(self._edited))

    def _observed(self, item: HypothesisRow | None) -> float | None:
        if item is None:
            return None
        return next((o.number for o in item.observations if o.period == self._period), None)

    def write(self) -> None:
        """Write the hypothesis, and what was observed if the value changed."""
        if self._card is None or not all([field.commit() for field in self._fields]):
            return
        held = self._edited.hypothesis if self._edited is not None else None
        seen = self.seen.value
        hypothesis = Hypothesis(
            held.uuid if held else "", self._card.row.cpog_uuid, self._card.row.uuid, self.label.value,
            self.unit.value, self.value.value, self.low.value, self.high.value,
            int(self.periods.value or 2), held.source if held else "", held.note if held else "",
        )  # fmt: skip
        if hypothesis != held:
            self._writer.write("save_hypothesis", hypothesis)
        if held is not None and seen != self._observed(self._edited):
            self._writer.write("observe", held.uuid, self._period, seen)
        self.form.hide()

    def _remove(self) -> None:
        if self._edited is not None:
            self._writer.write("remove_hypothesis", self._edited.hypothesis.uuid)
            self.form.hide()


def _last_of(item: HypothesisRow | None, year: int) -> Period:
    """The last period of the year that was observed, the year itself without any."""
    held = [o.period for o in item.observations if o.year == year] if item is not None else []
    return max(held, key=lambda period: period.rank, default=Period(year))


def sentences(rows: Sequence[HypothesisRow]) -> list[str]:
    """What the hypotheses say, for tests and screen readers."""
    return [f"{row.hypothesis.label}, {row.sentence}" for row in rows]
