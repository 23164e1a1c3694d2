"""One constat: its sentence, checked against the base; its figures and their proof; its enjeux."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ctg_themes import load_themes
from app.domain.french import short_date, typographic, value_text
from ui.views import ctg_finding_calls as calls
from ui.views.ctg_pin import PinForm
from ui.widgets.checked_text import CheckedText
from ui.widgets.fields import ChoiceField
from ui.widgets.parts import (
    Picture,
    button,
    clear,
    column,
    fictitious,
    icon_button,
    line,
    row,
    text,
)

if TYPE_CHECKING:
    from app.domain.claims import Finding as Claim
    from app.domain.indicator import Value
    from app.domain.territory import Level
    from app.services.ctg_rows import CtgDetail, FindingFigureRow, FindingRow
    from ui.tasks import Task
    from ui.views.page import Kit


def _narrow(field: ChoiceField) -> None:
    """Long choices are cut in a narrow panel, not the panel."""
    field.box.setSizeAdjustPolicy(field.box.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    field.box.setMinimumContentsLength(12)


def _themes(own: str) -> list[tuple[str, str]]:
    """Themes of the CTG, and the one of the constat when it is another."""
    found = [(theme.code, theme.label) for theme in load_themes().values()]
    if own and own not in load_themes():
        found.append((own, own[:1].upper() + own[1:]))
    return found


class FindingPanel(QWidget):
    """`edited` carries key and fields, `asked` a call to run, `plan_asked` that the plan is to be shown."""

    edited = Signal(str, object)
    asked = Signal(object)
    plan_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self.kit = kit
        self._checking: Task | None = None
        self._proving: Task | None = None
        self._held: FindingRow | None = None
        self._detail: CtgDetail | None = None
        self._anchor: QWidget | None = None
        self.title = text("", "section")
        self.badge = fictitious()
        self.text = CheckedText(kit.theme, "Constat, en une phrase")
        self.text.committed.connect(partial(self._typed, "text"))
        self.claims = QVBoxLayout()
        self.claims.setSpacing(4)
        self.theme_field = ChoiceField("Thème", _themes(""))
        _narrow(self.theme_field)
        self.theme_field.committed.connect(partial(self._typed, "theme"))
        self.figures = QVBoxLayout()
        self.figures.setSpacing(8)
        self.pin = PinForm(kit)
        self.pin.asked.connect(self._pin)
        self.issues = QVBoxLayout()
        self.issue_button = button("Faire un enjeu", self.make_issue, icon="git-branch", role="primary")
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 16)
        layout.setSpacing(10)
        layout.addLayout(row(self.title, self.badge, None, self.issue_button))
        layout.addLayout(self.issues)
        layout.addWidget(self.text)
        layout.addLayout(self.claims)
        layout.addWidget(self.theme_field)
        layout.addWidget(line())
        layout.addWidget(text("Chiffres sur lesquels il s’appuie", "label"))
        layout.addLayout(self.figures)
        layout.addWidget(self.pin)
        layout.addStretch(1)

    # -- showing -------------------------------------------------------------------------------------

    def show_finding(self, held: FindingRow, detail: CtgDetail) -> None:
        """Show a constat."""
        other = self._held is None or self._held.uuid != held.uuid
        self._held, self._detail = held, detail
        self.title.setText(f"Constat {held.rank}")
        self.badge.setVisible(held.fictitious)
        self.text.set_value(held.text)
        self.theme_field.set_choices(_themes(held.theme))
        self.theme_field.set_value(held.theme or None)
        clear(self.figures)
        for figure in held.figures:
            self.figures.addWidget(self._figure(figure))
        if not held.figures:
            hint = "Aucun chiffre. Un constat se prouve : attachez la valeur que la base tient aujourd’hui."
            self.figures.addWidget(text(typographic(hint), "hint", wrap=True))
        clear(self.issues)
        for _uuid, number in held.issues:
            made = button(f"Enjeu {number}".strip(), self.plan_asked.emit, icon="arrow-right", role="link")
            self.issues.addLayout(row(made, None))
        self.pin.show_detail(detail)
        if other:
            self._show_claims([])
        self._check(held.text)

    def _figure(self, figure: FindingFigureRow) -> QWidget:
        shown = value_text(figure.number, figure.state, figure.decimals)
        number = text(("≈\u202f" if figure.estimated else "") + shown, "object")
        number.setMinimumWidth(self.kit.theme.px(58))
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        what = text(f"{figure.label}, {figure.place}, {figure.year}", wrap=True)
        words = column(what, text(self._source(figure), "hint", wrap=True), gap=1)
        if figure.changed:
            words.addLayout(self._changed(figure))
        proof = icon_button("info-circle", f"Comment est-ce calculé\u202f? {figure.label}, {figure.place}")
        proof.clicked.connect(partial(self._prove, figure, proof))
        cut = icon_button("x", f"Retirer le chiffre\u202f: {figure.label}, {figure.place}")
        cut.clicked.connect(partial(self._unpin, figure))
        held = row(number, words, proof, cut, gap=8)
        held.setStretch(1, 1)
        for place in (2, 3) if not figure.fictitious else ():
            item = held.itemAt(place)
            if item is not None:
                item.setAlignment(Qt.AlignmentFlag.AlignTop)
        if figure.fictitious:
            held.insertWidget(2, fictitious())
        made = QWidget()
        made.setLayout(held)
        made.setAccessibleName(f"{figure.label}, {figure.place}, {figure.year}\u202f: {shown} {figure.unit}")
        return made

    @staticmethod
    def _source(figure: FindingFigureRow) -> str:
        where = f"{figure.file}, ligne {figure.line}" if figure.line else figure.file
        parts = [figure.unit, figure.source, where, f"gardé le {short_date(figure.pinned_at)}"]
        return typographic(" ; ".join(part for part in parts if part))

    def _changed(self, figure: FindingFigureRow) -> Any:
        now = value_text(figure.number_now, figure.state, figure.decimals)
        said = text(f"La base donne aujourd’hui {now}.", tone="ocre", wrap=True)
        again = button("Reprendre", partial(self._pin_again, figure), role="link")
        again.setAccessibleName(f"Reprendre la valeur d’aujourd’hui\u202f: {figure.label}")
        held = row(Picture("alert-triangle", "ocre", 16), said, again)
        held.setStretch(1, 1)
        return held

    # -- check ---------------------------------------------------------------------------------------

    def _check(self, words: str) -> None:
        detail, held = self._detail, self._held
        if detail is None or held is None:
            return
        if self._checking is not None and self._checking.running:
            self._checking.cancel()
        present = tuple(member.code for member in detail.members if member.present)
        communes = present or tuple(member.code for member in detail.members)
        call = partial(calls.check, self.kit.services, communes, held.theme, words)
        self._checking = self.kit.runner.read(call, self._show_claims)

    def _show_claims(self, found: list[Claim]) -> None:
        self.text.underline([(claim.start, claim.end, claim.explanation) for claim in found])
        clear(self.claims)
        for claim in found:
            said = f"« {claim.written} » : {claim.explanation}"
            said = said if said.endswith(".") else f"{said}."
            if claim.suggestion:
                said += f" Écrire : {claim.suggestion}."
            held = row(Picture("alert-triangle", "ocre", 16), text(typographic(said), tone="ocre", wrap=True))
            held.setStretch(1, 1)
            self.claims.addLayout(held)

    # -- acts ----------------------------------------------------------------------------------------

    def _typed(self, name: str, value: object) -> None:
        if self._held is not None:
            self.edited.emit(self._held.uuid, {name: value or ""})

    def make_issue(self) -> None:
        """Make an enjeu of the constat."""
        if self._held is not None:
            self.asked.emit(partial(calls.make_issue, self.kit.services, self._held.uuid))

    def _pin(self, indicator: str, level: Level, code: str, year: int) -> None:
        if self._held is not None:
            self.asked.emit(
                partial(calls.pin, self.kit.services, self._held.uuid, indicator, level, code, year)
            )

    def _pin_again(self, figure: FindingFigureRow) -> None:
        if self._held is not None:
            self.asked.emit(partial(calls.pin_again, self.kit.services, self._held.uuid, figure))

    def _unpin(self, figure: FindingFigureRow, _checked: bool = False) -> None:
        self.asked.emit(partial(calls.unpin, self.kit.services, figure.uuid))

    def _prove(self, figure: FindingFigureRow, anchor: QWidget, _checked: bool = False) -> None:
        self._anchor = anchor
        if self._proving is not None and self._proving.running:
            self._proving.cancel()
        self._proving = self.kit.runner.read(
            partial(calls.value, self.kit.services, figure), self._show_proof
        )

    def _show_proof(self, value: Value) -> None:
        from ui.views.map_papers import prove

        if self._anchor is not None:
            place = self.kit.services.territory.reference.name(value.level, value.code)
            self.popover = prove(self.kit, value, place, self.window())
            self.popover.show_beside(self._anchor)
