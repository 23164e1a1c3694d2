"""Third step of the wizard: the top of the file, then what is to check in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.french import listing
from app.ingestion.model import Preview
from ui.labels import LEVEL_MANY
from ui.theme import Theme
from ui.views.data_parts import tell
from ui.views.data_preview import PreviewTable
from ui.views.data_recognise import about
from ui.views.data_session import FileEntry, findings
from ui.views.data_texts import SEVERITY_CHOICES, format_words, severity_counts, severity_of
from ui.widgets.anomaly_table import AnomalyTable
from ui.widgets.finding import Finding
from ui.widgets.parts import Banner, button, clear, text
from ui.widgets.segments import Segments


class VerifyPanel(QWidget):
    """Step 3: top of the file, then what is to check; `answered` carries rank of the anomaly and code."""

    answered = Signal(int, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._entry: FileEntry | None = None
        self._shown: Preview | None = None
        self.described = text("", "second")
        self._badges = QHBoxLayout()
        self._badges.setSpacing(6)
        self.preview = PreviewTable(theme)
        self.banner = Banner()
        self.counts = text("", "second")
        self.filter = Segments(
            [(code, label) for code, label, _severity in SEVERITY_CHOICES],
            "Filtrer par gravité",
        )
        self.everywhere = button("Répondre pareil partout", self._answer_everywhere)
        self.everywhere.setProperty("dense", "true")
        self.table = AnomalyTable(theme, "À vérifier")
        self._lay_out()
        self.filter.chosen.connect(self._filter)
        self.table.decided.connect(self._decide)
        self.table.chosen.connect(self._chosen)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(text("Aperçu", "section"))
        head.addWidget(self.described, 1)
        head.addLayout(self._badges)
        self._check = QWidget()
        check = QHBoxLayout(self._check)
        check.setContentsMargins(0, 0, 0, 0)
        check.setSpacing(10)
        check.addWidget(text("À vérifier", "section"))
        check.addWidget(self.counts)
        check.addStretch(1)
        check.addWidget(self.everywhere)
        check.addWidget(self.filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.preview, 5)
        column.addWidget(self.banner)
        column.addWidget(self._check)
        column.addWidget(self.table, 6)
        self._rest = QWidget()
        column.addWidget(self._rest, 6)

    def show_entry(self, entry: FileEntry | None) -> None:
        """Show a file: its top and its anomalies, or why it cannot be imported."""
        shown = entry.preview if entry else None
        fresh = entry is not self._entry or shown is not self._shown
        self._entry, self._shown = entry, shown
        self.preview.setVisible(shown is not None)
        if entry is not None and shown is not None and fresh:
            self.preview.show_preview(shown, entry.anomalies)
        self.described.setText(_described(entry))
        self._show_badges(_badges(entry))
        rows = findings(entry) if entry is not None else []
        self._check.setVisible(bool(rows))
        self.table.setVisible(bool(rows))
        self._rest.setVisible(shown is None)
        self.counts.setText(severity_counts(row.severity for row in rows))
        self.table.show_findings(rows)
        tell(self.banner, *self._said(entry, bool(rows)))
        self._chosen(self.table.current_row())

    def set_compact(self, compact: bool) -> None:
        """Leave the counts to the cards in a narrow window."""
        self.counts.setVisible(not compact)

    def _said(self, entry: FileEntry | None, found: bool) -> tuple[str, str]:
        words, tone = about(entry)
        if words or entry is None or entry.prepared is None or found:
            return (words, tone)
        if entry.prepared.outline is not None:
            return ("Ces contours remplaceront le fond approché à leur niveau, dès l’import.", "")
        return ("Aucune anomalie\u202f: toutes les lignes seront importées.", "vert")

    def _show_badges(self, texts: Sequence[str]) -> None:
        clear(self._badges)
        for words in texts:
            self._badges.addWidget(text(words, "badge"))

    def _filter(self, code: str) -> None:
        self.table.keep_severity(severity_of(code))

    def _chosen(self, finding: Finding | None) -> None:
        same = self.table.same_rule(finding) if finding is not None else []
        self.everywhere.setEnabled(bool(same))
        self.everywhere.setToolTip(
            f"Donner la réponse de cette ligne aux {len(same)} autres de même constat"
            if same
            else "Choisissez une ligne dont le constat se répète"
        )
        if finding is not None:
            self.preview.show_line(int(finding.span) or None)

    def _decide(self, finding: Finding, code: str) -> None:
        self.answered.emit(finding.key, code)

    def _answer_everywhere(self) -> None:
        finding = self.table.current_row()
        if finding is not None:
            for other in self.table.same_rule(finding):
                self.answered.emit(other.key, finding.decision)


def _badges(entry: FileEntry | None) -> list[str]:
    """Separator, encoding and licence, as far as they are known."""
    prepared = entry.prepared if entry else None
    if prepared is None:
        return []
    if prepared.table is not None:
        return format_words(prepared.table.grid.separator, prepared.table.grid.encoding, "")
    clean = prepared.clean
    return format_words(clean.separator, clean.encoding, clean.licence) if clean else []


def _described(entry: FileEntry | None) -> str:
    """Years and levels of a file, in a few words."""
    clean = entry.prepared.clean if entry and entry.prepared else None
    if clean is None:
        return "" if entry is None else entry.name
    levels = listing([LEVEL_MANY[level] for level in clean.levels or (clean.level,)])
    years = (
        f"{clean.years[0]} à {clean.years[-1]}"
        if len(clean.years) > 2
        else listing([str(y) for y in clean.years])
    )
    return ", ".join(part for part in (years, levels) if part)
