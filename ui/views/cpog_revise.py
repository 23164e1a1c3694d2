"""« Réviser la cible »: means, target and calendar together, each changed or « inchangé, parce que… »."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.cpog_codes import Act, SeriesKind, TargetStatus
from app.domain.errors import DomainError
from app.domain.ledger import Waterfall
from app.services.cpog_reading import today
from app.services.cpog_rows import IndicatorCard, RevisionForm
from ui import labels_cpog
from ui.errors import sentence
from ui.views.cpog_revise_grids import MovementsGrid, TargetsGrid
from ui.views.cpog_writing import Writer
from ui.widgets.fields import CheckField, ChoiceField, DateField, LongTextField, TextField
from ui.widgets.parts import Banner, button, clear, line, picture, row, scrolled, text
from ui.widgets.waterfall import WaterfallPlot, balance_words

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from ui.views.page import Kit

REST_MS = 300
UNCHANGED = "inchangé, parce que…"


class Either(QWidget):
    """What changes, or why it does not: one of the two is asked."""

    def __init__(self, label: str, changed: QWidget | None = None) -> None:
        super().__init__()
        self.changed = LongTextField("Ce qui change", lines=1) if changed is None else None
        self.same = CheckField(UNCHANGED)
        self.why = TextField("Pourquoi cela ne change pas")
        self.why.hide()
        self._other = changed
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.same.box.setAccessibleName(f"{label}, {UNCHANGED}")
        head = row(text(label, "section"), None, self.same)
        column.addLayout(head)
        shown = self.changed if self.changed is not None else changed
        assert shown is not None
        column.addWidget(shown)
        column.addWidget(self.why)
        self.same.box.toggled.connect(self._toggled)

    def _toggled(self, same: bool) -> None:
        self.why.setVisible(same)
        for part in (self.changed, self._other):
            if part is not None:
                part.setVisible(not same)
        if same:
            self.why.edit.setFocus()

    def reset(self) -> None:
        """Empty the part."""
        self.same.box.setChecked(False)
        self.why.set_value("")
        if self.changed is not None:
            self.changed.set_value("")

    @property
    def text(self) -> str:
        """What changes, empty if nothing does."""
        kept = self.changed is not None and not self.same.box.isChecked()
        return str(self.changed.read()) if kept and self.changed is not None else ""

    @property
    def reason(self) -> str:
        """Why nothing changes, empty if something does."""
        return str(self.why.read()) if self.same.box.isChecked() else ""


class ReviseView(QWidget):
    """The form, with the waterfall it would give."""

    closed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self._card: IndicatorCard | None = None
        self.setProperty("role", "surface")
        self.setProperty("zone", "cpog-revise")
        self.banner = Banner()
        self._writer = Writer(kit, self.banner, self)
        self.title = text("", "object", wrap=True)
        self.act = ChoiceField("Acte", [(a, labels_cpog.ACT[a].capitalize()) for a in Act], required=True)
        self.label = TextField("Intitulé de l’acte")
        self.on = DateField("Date", required=True)
        self.reason = LongTextField("Motif", required=True, lines=1)
        self.targets = TargetsGrid(kit.theme)
        self.movements = MovementsGrid(kit.theme)
        self.means = Either("Moyens")
        self.target = Either("Cible", self.targets)
        self.calendar = Either("Calendrier")
        self.draft = CheckField("Hypothèse non notifiée par la Cnaf")
        self.waterfall = WaterfallPlot(kit.theme)
        self.balance = QVBoxLayout()
        self.save = button("Écrire la révision", self.write, role="primary")
        self.cancel = button("Renoncer", self._close)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.preview)
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "surface")
        column = QVBoxLayout(inside)
        column.setContentsMargins(22, 14, 22, 14)
        column.setSpacing(10)
        column.addWidget(text("Réviser la cible", "title"))
        column.addWidget(self.title)
        first: QHBoxLayout = row(self.act, self.on, self.label, gap=12)
        first.setStretch(2, 1)
        column.addLayout(first)
        column.addWidget(self.reason)
        column.addWidget(line())
        column.addWidget(self.target)
        column.addWidget(line())
        both = row(self.means, self.calendar, gap=20)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        column.addLayout(both)
        column.addWidget(line())
        column.addLayout(row(text("Montants par année", "section"), None, self.movements.add))
        column.addWidget(self.movements)
        column.addWidget(self.draft)
        column.addWidget(self.waterfall)
        column.addLayout(self.balance)
        column.addStretch(1)
        foot = QFrame()
        foot.setProperty("role", "status")
        verbs = row(self.save, self.cancel, None)
        verbs.setContentsMargins(22, 8, 22, 12)
        foot.setLayout(verbs)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scrolled(inside), 1)
        self.banner.setContentsMargins(0, 0, 0, 0)
        said = row(self.banner)
        said.setContentsMargins(22, 0, 22, 0)
        outer.addLayout(said)
        outer.addWidget(foot)

    def _wire(self) -> None:
        for signal in (self.targets.changed, self.movements.changed):
            signal.connect(self._rest.start)
        for part in (self.means, self.target, self.calendar):
            part.same.box.toggled.connect(lambda _on: self._rest.start())
        self.reason.edit.textChanged.connect(self._rest.start)

    # -- content -----------------------------------------------------------------------------------------

    def open(self, card: IndicatorCard, year: int) -> None:
        """Start an empty form on an indicator."""
        self._card = card
        self.banner.hide()
        self.title.setText(card.row.name)
        self.act.set_value(Act.AMENDMENT)
        self.on.set_value(today())
        self.label.set_value("")
        self.reason.set_value("")
        self.draft.box.setChecked(False)
        for part in (self.means, self.target, self.calendar):
            part.reset()
        periods = [
            (period, initial, revised)
            for period, initial, revised in zip(
                card.periods, card.points(SeriesKind.INITIAL), card.points(SeriesKind.REVISED), strict=True
            )
            if initial is not None
        ]
        self.targets.show_periods(periods, card.indicator, card.closed_years)
        self.movements.show_years([period.year for period, *_ in periods if not period.quarter], year)
        self.waterfall.show_waterfall(None)
        self._show_balance(())
        self.reason.edit.setFocus()

    def form(self) -> RevisionForm:
        """The form as typed."""
        assert self._card is not None
        changed = not self.target.same.box.isChecked()
        return RevisionForm(
            self._card.row.uuid, self.on.value or today(), Act(self.act.value or Act.OTHER),
            str(self.reason.read()), str(self.label.read()),
            targets=self.targets.targets() if changed else (), target_unchanged=self.target.reason,
            means=self.means.text, means_unchanged=self.means.reason,
            calendar=self.calendar.text, calendar_unchanged=self.calendar.reason,
            movements=self.movements.movements(),
            target_status=TargetStatus.HYPOTHESIS if self.draft.box.isChecked() else TargetStatus.NOTIFIED,
        )  # fmt: skip

    def preview(self) -> None:
        """Draw what the form would give, once it holds together."""
        if self._card is not None and self.isVisible():
            self.kit.runner.read(
                partial(_preview, self.kit.services, self.form()), self._previewed, refused=self._not_yet
            )

    def _previewed(self, waterfalls: Sequence[Waterfall]) -> None:
        changed = [item for item in waterfalls if item.gap or item.bars]
        shown = next(iter(sorted(changed, key=lambda item: (item.balanced, item.year))), None)
        decimals = self._card.indicator.decimals if self._card is not None else 1
        self.waterfall.show_waterfall(shown, decimals)
        self.waterfall.setVisible(shown is not None)
        self._show_balance(waterfalls)

    def _not_yet(self, error: DomainError) -> None:
        clear(self.balance)
        self.waterfall.hide()
        self.balance.addWidget(text(sentence(error), "hint", wrap=True))

    def _show_balance(self, waterfalls: Sequence[Waterfall]) -> None:
        clear(self.balance)
        for words, balanced in balance_words(waterfalls):
            icon, token = ("circle-check", "vert") if balanced else ("alert-triangle", "ocre")
            said = row(picture(icon, token, 16), text(words, wrap=True))
            said.setStretch(1, 1)
            self.balance.addLayout(said)

    # -- writing -----------------------------------------------------------------------------------------

    def write(self) -> None:
        """Write the revision; what it lacks is said above the button."""
        if self._card is None or not all([self.act.commit(), self.on.commit(), self.reason.commit()]):
            return
        self.kit.runner.write(
            partial(_revise, self.kit.services, self.form()), self._written, refused=self._refuse
        )

    def _written(self, changes: Any) -> None:
        self.kit.hub.changed.emit(changes)
        self.kit.notify("Révision écrite")
        self._close()

    def _refuse(self, error: DomainError) -> None:
        self.banner.say(sentence(error), "rouge")

    def _close(self) -> None:
        self._card = None
        self.closed.emit()


def _preview(services: Services, form: RevisionForm, _progress: Progress) -> Sequence[Waterfall]:
    return services.cpog.preview_revision(form)


def _revise(services: Services, form: RevisionForm, _progress: Progress) -> Any:
    return services.cpog.revise(form)
