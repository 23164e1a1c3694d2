"""« Vérifier »: everything to look at before a booklet leaves, section by section."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from app.domain.french import listing, plural
from ui.models.table import Column
from ui.views.data_parts import FittedTable, SubPage
from ui.views.diagnostic_words import Point, points_of
from ui.widgets.parts import button, row, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from ui.views.diagnostic_session import Session

NARROW = 620
VIEWS = (("all", "Tout"), ("texts", "Textes saisis"), ("figures", "Chiffres"))
COLUMNS: tuple[Column[Point], ...] = (
    Column("Section", lambda point: point.title, hint=lambda point: point.title),
    Column("Nature", lambda point: point.nature, tone=lambda point: point.tone),
    Column("Constat", lambda point: point.words, hint=lambda point: point.words),
    Column("À faire", lambda point: point.advice or None, absent="", hint=lambda point: point.advice),
)


class CheckView(SubPage):
    """Entrée or a double click brings a point in sight."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.kit)
        self._session = session
        self._points: list[Point] = []
        self.views = Segments(VIEWS, "Points à vérifier")
        self.summary = text("", "second", wrap=True)
        self.table = FittedTable(session.kit.theme, COLUMNS, "Points à vérifier", flexible=(2, 3, 0))
        self.detail = text("", "second", wrap=True)
        self.table.setProperty("role", "framed")
        self.go = button("Voir dans la section", self._go, icon="arrow-right")
        self.fill = button("", self._fill_it, icon="file-import")
        self.fill.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(row(self.views, None, self.fill, self.go))
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.detail)
        self.views.chosen.connect(lambda _code: self._fill())
        self.table.opened.connect(session.point_asked)
        self.table.chosen.connect(self._chosen)
        session.preview_made.connect(lambda _preview: self.reload())
        session.checked.connect(lambda _findings: self.reload())

    def reload(self) -> None:
        """Gather the points again."""
        preview = self._session.preview
        self._points = points_of(preview.review.sections if preview else (), self._session.findings)
        self._fill()

    def _fill(self) -> None:
        keep = {"all": None, "texts": True, "figures": False}[self.views.current]
        shown = [point for point in self._points if keep is None or (point.finding is not None) is keep]
        self.table.show_rows(shown)
        self.summary.setText(self._said())
        self._chosen(self.table.current_row())

    def _chosen(self, point: Point | None) -> None:
        """Say the whole point under the table, where it is not cut."""
        self.go.setEnabled(point is not None)
        self.detail.setVisible(point is not None)
        words, _page, _wishes = remedy(point)
        self.fill.setVisible(bool(words))
        self.fill.setText(words)
        self.fill.setAccessibleName(words)
        if point is not None:
            advice = f" {point.advice[:1].upper()}{point.advice[1:]}." if point.advice else ""
            self.detail.setText(f"{point.words[:1].upper()}{point.words[1:]}.{advice}")

    def _said(self) -> str:
        if self._session.preview is None:
            return "Mise en page du document…"
        counts = Counter(_family(point) for point in self._points)
        words = [plural(counts[one], one, many) for one, many in FAMILIES if counts[one]]
        return f"{listing(words)}.".capitalize() if words else "Rien à signaler dans ce document."

    def _fill_it(self) -> None:
        _words, page, wishes = remedy(self.table.current_row())
        if page:
            self.kit.navigate(page, **wishes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What to do is said under the table where columns lack room."""
        super().resizeEvent(event)
        narrow = self.width() < self.theme.px(NARROW)
        if self.table.isColumnHidden(3) != narrow:
            self.table.setColumnHidden(3, narrow)
            self.table.fit_columns()

    def _go(self) -> None:
        point = self.table.current_row()
        if point is not None:
            self._session.point_asked.emit(point)


def remedy(point: Point | None) -> tuple[str, str, dict[str, str]]:
    """Verb, page and wishes that lead to what fills a missing line; empty without one."""
    advice = point.advice if point is not None and point.finding is None else ""
    if "Équipements" in advice or "registre" in advice:
        return "Équipements", "equipment", {}
    if "plan d’actions" in advice or "CTG" in advice:
        return "CTG", "ctg", {}
    return ("Importer…", "data", {"tab": "import"}) if "import" in advice else ("", "", {})


FAMILIES = (
    ("écart dans un texte", "écarts dans les textes"),
    ("nombre non vérifié", "nombres non vérifiés"),
    ("donnée manquante", "données manquantes"),
    ("série incomplète", "séries incomplètes"),
    ("petit effectif", "petits effectifs"),
    ("donnée ancienne", "données anciennes"),
    ("section fictive", "sections fictives"),
    ("section non composée", "sections non composées"),
)
_NATURES = {
    "Donnée manquante": "donnée manquante",
    "Petit effectif": "petit effectif",
    "Donnée ancienne": "donnée ancienne",
    "Fictif": "section fictive",
    "Composition": "section non composée",
}


def _family(point: Point) -> str:
    if point.finding is not None:
        return "écart dans un texte" if point.finding.is_error else "nombre non vérifié"
    return _NATURES.get(point.nature, "série incomplète")
