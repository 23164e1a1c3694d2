"""The right side of a scheme: the element chosen and the scheme itself, or the form asked in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.views.sdsf_forms import AmendmentForm, RenewalForm, SchemeForm, StageForm
from ui.widgets.parts import scrolled

if TYPE_CHECKING:
    from app.services.sdsf_rows import NodeRow, SdsfRow
    from ui.views.sdsf_panel import NodePanel, SchemeCard


class SchemeSide(QWidget):
    """`closed` says that a form gave its place back."""

    closed = Signal()

    def __init__(self, panel: NodePanel, card: SchemeCard) -> None:
        super().__init__()
        self.panel, self.card = panel, card
        self.stage, self.amendment, self.renewal = StageForm(), AmendmentForm(), RenewalForm()
        self._forms: tuple[SchemeForm, ...] = (self.stage, self.amendment, self.renewal)
        self._has_node = False
        inside = QWidget()
        inside.setProperty("role", "surface")
        held = QVBoxLayout(inside)
        held.setContentsMargins(14, 12, 14, 14)
        held.setSpacing(16)
        for form in self._forms:
            form.given_up.connect(self.close_form)
            form.hide()
            held.addWidget(form)
        held.addWidget(panel)
        held.addWidget(card)
        held.addStretch(1)
        self._scroll = scrolled(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)

    @property
    def form(self) -> SchemeForm | None:
        """The form shown."""
        return next((form for form in self._forms if not form.isHidden()), None)

    def show_node(self, node: NodeRow | None) -> None:
        """Show another element; a form open stays."""
        self._has_node = node is not None
        self.panel.show_node(node)
        if self.form is not None:
            self.panel.hide()

    def open_form(self, form: SchemeForm, row: SdsfRow) -> None:
        """Show a form about a scheme."""
        for part in (self.panel, self.card, *self._forms):
            part.setVisible(part is form)
        self._scroll.verticalScrollBar().setValue(0)
        form.open(row)

    def close_form(self) -> None:
        """Show again the element and the scheme."""
        if self.form is None:
            return
        for form in self._forms:
            form.hide()
        self.card.show()
        self.panel.setVisible(self._has_node)
        self.closed.emit()
