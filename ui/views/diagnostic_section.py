"""The section chosen: its title, its own text with live figures, and what disagrees or lacks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

import resources
from app.domain.diagnostic import section_kinds
from app.domain.french import THIN
from ui import icons
from ui.views import diagnostic_calls as calls
from ui.views.diagnostic_words import full_title, points_of
from ui.widgets.claim_edit import ClaimEdit
from ui.widgets.fields import TextField
from ui.widgets.parts import button, clear, column, picture, row, text

if TYPE_CHECKING:
    from app.domain.claims_model import Finding
    from app.progress import Progress
    from app.services import Services
    from app.services.diagnostics_rows import TextFinding
    from ui.tasks import Task
    from ui.views.diagnostic_session import Session
    from ui.views.diagnostic_words import Point

CHECK_MS = 500
"""Silence of the keyboard after which a text being typed is checked."""
MOST = 6
PLACES = (("", "Du territoire"), (":departement", "Du département"), (":france", "De la France"))
LIVE = (
    "Un nom entre accolades, {couverture}, est remplacé par le chiffre de la base. Ajoutez :france, "
    ":departement ou une année."
)


def live_names() -> list[tuple[str, str]]:
    """(name, indicator) of each live figure, in the order of the file."""
    rows = resources.read_table("diagnostic", "fields.csv")
    return [(row["name"], row["code"]) for row in rows]


class SectionPanel(QWidget):
    """Follows the section chosen in the plan."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._code = ""
        self._checking: Task | None = None
        self.title = text("", "object", wrap=True)
        self.purpose = text("", "second", wrap=True)
        self.own_title = TextField("Titre imprimé")
        self.own_text = ClaimEdit(session.kit.theme, "Texte de la section")
        self.live = self._live_button()
        hint = text(LIVE.replace(" :", f"{THIN}:").replace(f"Ajoutez{THIN}:", "Ajoutez :"), "hint", wrap=True)
        self.findings = QVBoxLayout()
        self.findings.setSpacing(8)
        layout = column(
            self.title, self.purpose, self.own_title, self.own_text, row(self.live, None), hint,
            self.findings, None, gap=10,
        )  # fmt: skip
        layout.setContentsMargins(16, 12, 16, 16)
        self.setLayout(layout)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(CHECK_MS)
        self._rest.timeout.connect(self._check)
        self.own_title.committed.connect(partial(self._write, "title"))
        self.own_text.committed.connect(partial(self._write, "text"))
        self.own_text.typed.connect(lambda _typed: self._rest.start())
        session.detail_read.connect(lambda _detail: self._fill())
        session.preview_made.connect(lambda _preview: self._say(self.own_text.findings))

    def _live_button(self) -> QToolButton:
        made = QToolButton()
        made.setText("Insérer un chiffre")
        made.setAccessibleName("Insérer un chiffre de la base dans le texte")
        made.setIcon(icons.icon("plus", "texte2"))
        made.setIconSize(QSize(16, 16))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setProperty("role", "framed")
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(made)
        menu.setAccessibleName("Chiffres de la base")
        indicators = {found.code: found.label for found in self._session.kit.services.indicators.all()}
        for suffix, words in PLACES:
            inner = menu.addMenu(words)
            for name, code in live_names():
                action = inner.addAction(indicators.get(code, name))
                action.triggered.connect(partial(self._insert, f"{{{name}{suffix}}}"))
        made.setMenu(menu)
        return made

    def _insert(self, words: str, _checked: bool = False) -> None:
        self.own_text.insert(words)

    # -- what is shown -----------------------------------------------------------------------------------

    @property
    def code(self) -> str:
        """Section shown."""
        return self._code

    def show_section(self, code: str) -> None:
        """Show a section; what was typed in the former one is written first."""
        if code != self._code:
            self.own_text.commit()
            self.own_title.commit()
            self._code = code
            self.own_text.show_findings(())
            self._fill()

    def select(self, finding: Finding) -> None:
        """Show where a finding is in the text."""
        self.own_text.select(finding)

    def _fill(self) -> None:
        section = self._session.section(self._code)
        if section is None:
            return
        kind = section_kinds()[section.code]
        self.title.setText(full_title(section))
        self.purpose.setText(kind.purpose)
        self.own_title.edit.setPlaceholderText(kind.title)
        self.own_title.set_value(section.title)
        self.own_text.set_value(section.text)
        for control in (self.own_title.edit, self.own_text.edit):
            control.setReadOnly(self._session.locked)
        self.live.setEnabled(not self._session.locked)
        self._rest.start()
        self._say(self.own_text.findings)

    # -- check -------------------------------------------------------------------------------------------

    def _check(self) -> None:
        detail = self._session.detail
        if detail is None or not self._code:
            return
        if self._checking is not None and self._checking.running:
            self._checking.cancel()
        typed = self.own_text.edit.toPlainText()
        call = partial(_check_text, self._session.kit.services, detail.row.code_epci, self._code, typed)
        self._checking = self._session.kit.runner.read(call, partial(self._checked, self._code, typed))

    def _checked(self, code: str, typed: str, findings: list[TextFinding]) -> None:
        if code == self._code and typed == self.own_text.edit.toPlainText():
            found = tuple(item.finding for item in findings)
            self.own_text.show_findings(found)
            self._say(found)

    def _say(self, findings: tuple[Finding, ...]) -> None:
        """List findings of the text, then what the figures of the section lack."""
        clear(self.findings)
        for finding in findings[:MOST]:
            self.findings.addLayout(self._line(finding))
        preview = self._session.preview
        reviews = [s for s in preview.review.sections if s.code == self._code] if preview else []
        for point in points_of(reviews, ())[:MOST]:
            self.findings.addLayout(_fact(point))

    def _line(self, finding: Finding) -> QVBoxLayout:
        tone = "ocre" if finding.is_error else ""
        icon = picture("alert-triangle" if tone else "info-circle", tone or "texte3", 16)
        words = text(f"«{THIN}{finding.written}{THIN}»{THIN}: {finding.explanation}", wrap=True)
        head = row(icon, words, gap=8)
        head.setStretch(1, 1)
        head.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        verbs = row(24, button("Voir", partial(self.own_text.select, finding), role="link"), gap=4)
        if finding.suggestion and not self._session.locked:
            verb = button(
                f"Écrire {finding.suggestion}", partial(self.own_text.replace, finding), role="link"
            )
            verbs.addWidget(verb)
        verbs.addStretch(1)
        return column(head, verbs, gap=0)

    def _write(self, field: str, value: str) -> None:
        if self._code and not self._session.locked:
            self._session.write(calls.write_section, self._code, field, value or "")


def _fact(point: Point) -> QVBoxLayout:
    icon = {"ocre": "alert-triangle", "rouge": "help-octagon"}.get(point.tone, "info-circle")
    mark = picture(icon, point.tone or "texte3", 16)
    words = text(f"{point.nature}{THIN}: {point.words}", wrap=True)
    head = row(mark, words, gap=8)
    head.setStretch(1, 1)
    head.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
    if not point.advice:
        return column(head, gap=0)
    advice = text(point.advice[:1].upper() + point.advice[1:] + ".", "hint", wrap=True)
    inner = row(24, advice, gap=0)
    inner.setStretch(1, 1)
    return column(head, inner, gap=2)


def _check_text(
    services: Services, code_epci: str, section: str, typed: str, _progress: Progress
) -> list[TextFinding]:
    return services.diagnostics.check_text(code_epci, section, typed)
