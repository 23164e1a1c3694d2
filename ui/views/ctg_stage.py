"""One stage of a CTG in a popover: its date, its document, what is missing, and how to pass to the next."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.ctg import NEXT_STATUSES, CtgStatus, order_of
from app.domain.errors import DomainError
from app.domain.french import typographic
from ui.errors import sentence
from ui.labels_ctg import ADVICE, CTG_STATUS
from ui.views import ctg_calls as calls
from ui.views.ctg_words import stage_label
from ui.widgets.fields import ChoiceField, DateField
from ui.widgets.parts import Banner, Picture, button, line, row, text

if TYPE_CHECKING:
    from app.services.ctg_rows import CtgDetail, DocumentRow, StageRow
    from ui.views.page import Kit

WIDTH = 360
PASS_WORDS = {
    CtgStatus.EXPIRED: "Déclarer la CTG échue",
    CtgStatus.RENEWED: "Déclarer la CTG renouvelée",
}


class StagePopover(QFrame):
    """Closed by Échap or a click beside it; a refused passage is said inside.

    `asked` carries a call to run, and whether the popover may close once it is done.
    """

    asked = Signal(object, bool)
    ctg_asked = Signal(str)

    def __init__(
        self, kit: Kit, detail: CtgDetail, stage: StageRow, documents: Sequence[DocumentRow], parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._kit = kit
        self._detail = detail
        self._stage = stage
        self._documents = documents
        self.setProperty("role", "popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(kit.theme.px(WIDTH))
        self.banner = Banner()
        self.date = DateField("Date du passage", required=True)
        self.planned = DateField("Prévue le")
        signed = stage.status is CtgStatus.SIGNED
        self.reached = DateField("Date de signature" if signed else "Depuis le")
        self.document = ChoiceField("Document", [(x.uuid, x.title) for x in documents])
        self.starts_on = DateField("Début", required=True)
        self.ends_on = DateField("Fin")
        self.passes: list[tuple[CtgStatus, QWidget]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 14, 18, 16)
        self._column.setSpacing(10)
        self.setAccessibleName(f"Étape\u202f: {stage_label(stage)}")
        self._head()
        self._when()
        self._pass()
        self._follow()

    # -- content -------------------------------------------------------------------------------------

    def _head(self) -> None:
        key = text("Échap", "shortcut")
        self._column.addLayout(row(text(stage_label(self._stage), "object"), None, key))
        self._column.addWidget(text(typographic(self._where()), "second", wrap=True))
        self._column.addWidget(self.banner)

    def _where(self) -> str:
        stage = self._stage
        if self._passed():
            return "Étape en cours." if stage.current else "Étape passée."
        if stage.allowed:
            return "Étape suivante possible."
        return f"Étape à venir : la CTG est « {CTG_STATUS[self._detail.row.status]} »."

    def _when(self) -> None:
        """Planned day of what is to come, document of what was reached."""
        stage = self._stage
        if self._passed():
            self.reached.set_value(stage.reached_on)
            self.reached.committed.connect(self._correct)
            self._column.addWidget(self.reached)
        else:
            self.planned.set_value(stage.planned_on)
            self.planned.committed.connect(self._plan)
            self._column.addWidget(self.planned)
        if stage.uuid and (self._documents or stage.document_uuid):
            self.document.set_value(stage.document_uuid)
            self.document.committed.connect(self._set_document)
            self._column.addWidget(self.document)
        elif stage.reached_on is not None:
            hint = "Aucun document : joignez-le dans l’onglet « Documents », puis choisissez-le ici."
            self._column.addWidget(text(typographic(hint), "hint", wrap=True))

    def _passed(self) -> bool:
        stage = self._stage
        if stage.status.is_over:
            return stage.current
        return order_of(stage.status) <= order_of(self._detail.row.status)

    def _pass(self) -> None:
        """What is missing, then the verbs, under the stage in progress and under the next ones."""
        held, current = self._stage, self._detail.row.status
        if not (held.current or held.allowed):
            return
        wanted = NEXT_STATUSES[current] if held.current else (held.status,)
        if not wanted:
            return
        self._column.addWidget(line())
        target = next((s for s in self._detail.stages if s.status is wanted[0]), held)
        self._say_missing(target)
        self.date.set_value(datetime.date.today())
        self._column.addWidget(self.date)
        for rank, status in enumerate(wanted):
            words = PASS_WORDS.get(status, f"Passer à «\u202f{CTG_STATUS[status]}\u202f»")
            made = button(words, partial(self._advance, status), role="" if rank else "primary")
            if not rank and status not in PASS_WORDS:
                made.setToolTip("Passer à l’étape suivante")
            self.passes.append((status, made))
            self._column.addWidget(made)

    def _say_missing(self, target: StageRow) -> None:
        for codes, tone, icon, head in (
            (target.blocking, "rouge", "help-octagon", "Il manque"),
            (target.advised, "ocre", "alert-triangle", "Conseillé, sans bloquer"),
        ):
            for code in codes:
                words = text(typographic(f"{head} : {ADVICE.get(code, code)}"), tone=tone, wrap=True)
                held = row(Picture(icon, tone, 16), words)
                held.setStretch(1, 1)
                self._column.addLayout(held)
        if not target.blocking and not target.advised:
            held = row(Picture("circle-check", "vert", 16), text("Rien ne manque pour passer.", tone="vert"))
            held.setStretch(1, 1)
            self._column.addLayout(held)

    def _follow(self) -> None:
        """The convention that follows: its link, or how to prepare it."""
        detail = self._detail
        if self._stage.status not in (CtgStatus.RENEWED, CtgStatus.EXPIRED):
            return
        self._column.addWidget(line())
        if detail.following is not None:
            uuid, name = detail.following
            self._column.addWidget(button(f"Ouvrir {name}", partial(self._open, uuid), role="link"))
            return
        end = detail.row.ends_on
        if end is not None:
            self.starts_on.set_value(end + datetime.timedelta(days=1))
        self._column.addWidget(text("Préparer la CTG suivante", "section"))
        hint = "Ce qui vit encore est copié, le lien est gardé ; celle-ci reste inchangée."
        self._column.addWidget(text(typographic(hint), "hint", wrap=True))
        self._column.addLayout(row(self.starts_on, self.ends_on, gap=10))
        self.renew_button = button("Préparer la suite", self._renew, icon="file-plus")
        self._column.addWidget(self.renew_button)

    # -- acts ----------------------------------------------------------------------------------------

    def show_under(self, anchor: QWidget) -> None:
        """Open under a stage, inside the screen."""
        self.adjustSize()
        screen = anchor.screen().availableGeometry()
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + 6))
        left = max(screen.left() + 4, min(corner.x(), screen.right() - self.width() - 4))
        top = max(screen.top() + 4, min(corner.y(), screen.bottom() - self.height() - 4))
        self.move(left, top)
        self.show()
        first = self.passes[0][1] if self.passes else self
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _advance(self, status: CtgStatus) -> None:
        if self.date.commit():
            document = self.document.value
            held = (self._kit.services, self._detail.row.uuid, status, self.date.value, document)
            self.asked.emit(partial(calls.advance, *held), True)

    def _correct(self, on: datetime.date | None) -> None:
        held = (self._kit.services, self._detail.row.uuid, self._stage.status, on)
        self.asked.emit(partial(calls.correct_stage, *held), False)

    def _plan(self, on: datetime.date | None) -> None:
        held = (self._kit.services, self._detail.row.uuid, self._stage.status, on)
        self.asked.emit(partial(calls.plan_stage, *held), False)

    def _set_document(self, uuid: str | None) -> None:
        held = (self._kit.services, "stage", self._stage.uuid, {"document_uuid": uuid})
        self.asked.emit(partial(calls.edit, *held), False)

    def _renew(self) -> None:
        if self.starts_on.commit() and self.ends_on.commit():
            dates = (self.starts_on.value, self.ends_on.value, datetime.date.today())
            self.asked.emit(partial(calls.renew, self._kit.services, self._detail.row.uuid, *dates), True)

    def _open(self, uuid: str) -> None:
        self.close()
        self.ctg_asked.emit(uuid)

    def refuse(self, error: DomainError) -> None:
        """Say why a passage or a date is refused; nothing was written, the date held comes back."""
        if self._passed():
            self.reached.set_value(self._stage.reached_on)
        self.banner.say(sentence(error), "rouge")
        self.adjustSize()
