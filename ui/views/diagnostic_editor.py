"""One diagnostic: its plan, its true pages, the options of the document and of the section."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes, Topic
from app.domain.diagnostic import DiagnosticStatus
from ui.labels_diagnostic import STATUS
from ui.views import diagnostic_calls as calls
from ui.views.data_parts import SubPage, tell
from ui.views.diagnostic_parts import TABS, part_of
from ui.views.diagnostic_plan import PlanView
from ui.views.diagnostic_session import Session
from ui.views.diagnostic_side import SidePanel, dress
from ui.views.diagnostic_words import full_title, section_line
from ui.widgets.page_links import PageLinks
from ui.widgets.page_preview import PagePreview
from ui.widgets.page_preview_bar import PreviewBar
from ui.widgets.parts import Banner, Elided, fictitious, icon_button, row, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.domain.diagnostic import PlannedSection
    from app.services.diagnostics_rows import DiagnosticDetail, TextFinding
    from ui.views.diagnostic_words import Point
    from ui.views.page import Kit

LEFT, LEFT_COMPACT = 264, 224
RIGHT, RIGHT_WIDE = 316, 380
WIDE, TIGHT = 1500, 820


class EditorView(QWidget):
    """Everything is written as it is done; the pages follow."""

    back_asked = Signal()
    own_margins = True

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self._compact = False
        self._wished = ""
        """Section asked with the diagnostic: shown as soon as its page is known."""
        self.session = Session(kit, self)
        self.banner = Banner()
        self.name = Elided("", "title")
        self.badge = text("", "badge")
        self.fictive = fictitious()
        self.fictive.hide()
        self.tabs = Segments(TABS, "Vues du diagnostic")
        self.detail_button = icon_button("adjustments-horizontal", "Détail", framed=True)
        self.detail_button.setCheckable(True)
        self.detail_button.toggled.connect(self._show_side)
        self.plan = PlanView(kit.theme)
        self.preview = PagePreview(kit.theme, kit.runner)
        self.preview_bar = PreviewBar(self.preview)
        PageLinks(self.preview, kit.runner)
        self.side = SidePanel(self.session)
        self._parts: dict[str, SubPage] = {}
        self._lay_out()
        self._connect()

    # -- layout ------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        back = icon_button("arrow-left", "Tous les diagnostics", self.back_asked.emit)
        head = QFrame()
        head.setProperty("role", "context")
        inner = row(back, self.name, self.badge, self.fictive, 12, self.tabs, self.detail_button, gap=8)
        inner.setStretch(1, 1)
        inner.setContentsMargins(12, 6, 12, 6)
        head.setLayout(inner)
        self.left = QFrame()
        dress(self.left, "left", "plan")
        inside = QVBoxLayout(self.left)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.addWidget(self.plan)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._pages())
        columns = QHBoxLayout()
        columns.setSpacing(0)
        columns.addWidget(self.left)
        columns.addWidget(self.stack, 1)
        columns.addWidget(self.side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (head, self.banner):
            layout.addWidget(part)
        layout.addLayout(columns, 1)

    def _pages(self) -> QWidget:
        made = QWidget()
        made.setProperty("zone", "preview")
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        bar = QVBoxLayout()
        bar.setContentsMargins(12, 6, 12, 6)
        bar.addWidget(self.preview_bar)
        layout.addLayout(bar)
        layout.addWidget(self.preview, 1)
        return made

    def _connect(self) -> None:
        session = self.session
        session.detail_read.connect(self._show_detail)
        session.preview_made.connect(self._show_preview)
        session.checked.connect(self._show_findings)
        session.making.connect(self.preview_bar.follow)
        session.refused.connect(self._say)
        session.unmade.connect(self._say_unmade)
        session.gone.connect(self.back_asked)
        self.preview.opened.connect(self._open_page)
        self.plan.section_chosen.connect(self._choose)
        self.plan.ticked.connect(partial(self._write, calls.enable))
        self.plan.moved.connect(partial(self._write, calls.move))
        self.tabs.chosen.connect(self.show_tab)
        session.point_asked.connect(self.show_point)
        for place, (code, _words) in enumerate(TABS):
            keys = QShortcut(QKeySequence(f"Alt+{place + 1}"), self)
            keys.activated.connect(partial(self.show_tab, code))
        export = QShortcut(QKeySequence("Ctrl+E"), self)
        export.activated.connect(partial(self.show_tab, "export"))

    # -- parts -------------------------------------------------------------------------------------------

    def show_tab(self, code: str) -> None:
        """Show the pages, what is to be checked, the export or the versions."""
        self.tabs.set_current(code)
        if code == "preview":
            self.stack.setCurrentIndex(0)
            return
        part = self.part(code)
        self.stack.setCurrentWidget(part)
        part.reload()

    def part(self, code: str) -> SubPage:
        """A part beside the pages, built at its first visit."""
        if code not in self._parts:
            made = part_of(code, self.session)
            self._parts[code] = made
            self.stack.addWidget(made)
        return self._parts[code]

    def show_point(self, point: Point) -> None:
        """Bring a point to check in sight: its section, its place in the text."""
        self.plan.choose(point.section)
        self.side.show_side("section")
        self.detail_button.setChecked(True)
        if point.finding is not None:
            self.side.section.select(point.finding)

    # -- reading -----------------------------------------------------------------------------------------

    def open(self, uuid: str, section: str = "") -> None:
        """Edit a diagnostic."""
        if uuid != self.session.uuid:
            self.preview.show_pages(None)
            self.name.setText("")
            self.fictive.hide()
            self.banner.hide()
            self.show_tab("preview")
        self._wished = section
        if section:
            self.plan.choose(section)
        self.plan.setFocus()
        self.session.open(uuid)
        self.side.options.read_choices()

    def reload(self) -> None:
        """Read again."""
        self.session.read()

    def follow(self, changes: Changes) -> None:
        """Read again after a write; figures are made again if more than plans changed."""
        others = changes.topics - {Topic.DIAGNOSTICS, Topic.JOURNAL}
        self.session.read(figures=bool(others))
        if Topic.RULES in changes.topics or Topic.VALUES in changes.topics:
            self.side.options.read_choices()

    def _show_detail(self, detail: DiagnosticDetail) -> None:
        self.name.setText(f"{detail.row.title}, {detail.row.epci}")
        self.badge.setText(STATUS[detail.row.status])
        self.plan.plan.locked = self.session.locked
        self._show_plan()
        self.side.section.show_section(self.plan.current)
        validated = detail.row.status is DiagnosticStatus.VALIDATED
        if validated and not self.banner.isVisible():
            self.banner.say("Ce diagnostic est validé\u202f: il ne change plus.", "vert", *self._reopen())
        elif not validated:
            self._say("")
        part = self.stack.currentWidget()
        if isinstance(part, SubPage):
            part.reload()

    def _reopen(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        if self.kit.services.base.read_only:
            return ()
        return (("Repasser en projet", partial(self.session.write, calls.reopen)),)

    def _show_plan(self) -> None:
        detail = self.session.detail
        if detail is None:
            return
        preview = self.session.preview
        reviews = {review.code: review for review in preview.review.sections} if preview else {}
        counts: dict[str, int] = {}
        for found in self.session.findings:
            counts[found.section] = counts.get(found.section, 0) + found.finding.is_error
        self.plan.show_lines(
            [section_line(s, reviews.get(s.code), counts.get(s.code, 0), self._page(s)) for s in detail.plan]
        )

    def _show_findings(self, findings: list[TextFinding]) -> None:
        count = sum(found.finding.is_error for found in findings)
        self.tabs.set_label("check", f"Vérifier ({count})" if count else "Vérifier")
        self._show_plan()

    def _page(self, section: PlannedSection) -> int:
        preview = self.session.preview
        found = preview.pages.page_of(full_title(section)) if preview and section.enabled else None
        return 0 if found is None else found + 1

    def _show_preview(self, preview: calls.Preview) -> None:
        self.preview.show_pages(preview.pages)
        self.fictive.setVisible(any(section.fictitious for section in preview.review.sections))
        self._show_plan()
        if self._wished:
            self._choose(self._wished)
            self._wished = ""

    # -- acting ------------------------------------------------------------------------------------------

    def _choose(self, code: str) -> None:
        self.side.section.show_section(code)
        section = self.session.section(code)
        page = self._page(section) if section is not None else 0
        if page:
            self.preview.go_to(page - 1)

    def _open_page(self, page: int) -> None:
        """Choose the section that a page belongs to, and show its options."""
        before = [line for line in self.plan.plan.lines if 0 < line.page <= page + 1]
        if before:
            self.plan.choose(max(before, key=lambda line: line.page).code)
            self.preview.go_to(page)
            self.side.show_side("section")
            self.detail_button.setChecked(True)

    def _write(self, call: Callable[..., Changes], *given: object) -> None:
        self.session.write(call, *given)

    def _say(self, words: str) -> None:
        tell(self.banner, words, "rouge")

    def _say_unmade(self, words: str) -> None:
        self.banner.say(words, "rouge", ("Réessayer", self.session.again))

    # -- size --------------------------------------------------------------------------------------------

    def set_compact(self, compact: bool, low: bool) -> None:  # noqa: ARG002 - panels scroll
        """Under 1240 pixels the options are behind « Détail »."""
        self._compact = compact
        self.detail_button.setVisible(compact)
        self.preview_bar.set_compact(compact)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        self._fit()

    def _show_side(self, _shown: bool) -> None:
        self._fit()

    def _fit(self) -> None:
        """Give the panels their width; where there is no room for three columns, options replace the plan."""
        theme = self.kit.theme
        shown = not self._compact or self.detail_button.isChecked()
        tight = self.width() < theme.px(TIGHT)
        self.side.setVisible(shown)
        self.left.setVisible(not (shown and tight))
        self.badge.setVisible(not tight)
        self.left.setFixedWidth(theme.px(LEFT_COMPACT if self._compact else LEFT))
        self.side.setFixedWidth(theme.px(RIGHT_WIDE if self.width() >= theme.px(WIDE) else RIGHT))
