"""One gap in full, and the fiche action it may become in a convention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from app.domain.french import NO_DATA, plural, typographic
from ui.labels_coverage import GAP
from ui.views.maillage_query import amount, convention_for, covered, is_missing
from ui.widgets.parts import button, clear, line, row, text

if TYPE_CHECKING:
    from app.domain.maillage import Gap
    from ui.views.maillage_query import GapsAnswer

OUTSIDE = "Cette CTG ne couvre pas ce territoire."


class GapPanel(QWidget):
    """Says why, and proposes the fiche."""

    action_wanted = Signal(object, str)
    """The gap, and the convention that takes the fiche."""
    ctg_wanted = Signal()
    whole_wanted = Signal(object)
    """A gap nobody is sure of: the list of its services may be declared whole."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self.gap: Gap | None = None
        self._answer: GapsAnswer | None = None
        self._body = QVBoxLayout()
        self._body.setSpacing(6)
        self.convention = QComboBox()
        self.convention.setAccessibleName("CTG qui reçoit la fiche action")
        self.convention.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.draft_button = button("Créer une fiche action", self._create, icon="file-plus", role="primary")
        self._none = text(typographic("Aucune CTG : créez-en une pour recevoir la fiche."), "hint", wrap=True)
        self._new = button("Créer une CTG", self.ctg_wanted.emit, icon="plus")
        self._label = text("Dans la CTG", "hint")
        self.outside = text(typographic(OUTSIDE), "hint", tone="ocre", wrap=True)
        self.convention.currentIndexChanged.connect(self._say_outside)
        self.whole = button("Déclarer la liste complète…", self._ask_whole, icon="circle-check", role="link")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._body)
        layout.addLayout(row(self.whole, None))
        for widget in (self._label, self.convention, self.outside, self._none):
            layout.addWidget(widget)
        layout.addLayout(row(self.draft_button, self._new, None))
        layout.addStretch(1)

    def show_gap(self, gap: Gap | None, answer: GapsAnswer | None) -> None:
        """Show a gap, or invite to choose one."""
        self.gap, self._answer = gap, answer
        clear(self._body)
        held = answer is not None and bool(answer.conventions)
        self.whole.setVisible(gap is not None and not is_missing(gap))
        for widget in (self._label, self.convention, self.draft_button):
            widget.setVisible(gap is not None and held)
        for widget in (self._none, self._new):
            widget.setVisible(gap is not None and not held)
        self._say_outside()
        if gap is None or answer is None:
            hint = "Choisissez un territoire sur la carte ou une ligne de la liste."
            self._body.addWidget(text(hint, "second", wrap=True))
            return
        self._say(gap)
        self.convention.clear()
        for one in answer.conventions:
            self.convention.addItem(one.name, one.uuid)
        self.convention.setCurrentIndex(max(self.convention.findData(convention_for(answer, gap)), 0))
        self._say_outside()

    def _say(self, gap: Gap) -> None:
        self._body.addWidget(text(gap.name, "object", wrap=True))
        tone = "ocre" if is_missing(gap) else ""
        self._body.addWidget(text(GAP[gap.certainty].capitalize(), "strong", tone=tone))
        self._body.addWidget(text(gap.reason, wrap=True))
        people = NO_DATA if gap.population is None else plural(gap.population, "habitant", "habitants")
        origin = gap.count.source or NO_DATA
        dated = f", {gap.count.year}" if gap.count.year else ""
        for label, words in (
            ("Attendu", amount(gap, gap.needed) or NO_DATA),
            ("Trouvé", amount(gap, gap.found) or NO_DATA),
            ("Population", people),
            ("Origine du compte", f"{origin}{dated}"),
        ):
            shown = text(words, "strong", wrap=True)
            shown.setAlignment(Qt.AlignmentFlag.AlignRight)
            held = row(text(label, "second"), shown)
            held.setStretch(1, 1)
            self._body.addLayout(held)
        self._body.addWidget(line())
        self._body.addWidget(text("Fiche proposée", "hint"))
        self._body.addWidget(text(gap.draft.title, "strong", wrap=True))
        communes = plural(len(gap.draft.communes), "commune", "communes")
        public = f"{gap.draft.public}. " if gap.draft.public else ""
        self._body.addWidget(text(typographic(f"{public}{communes}."), "hint", wrap=True))

    def _say_outside(self, _place: int = 0) -> None:
        """Say that the convention chosen is about another territory than the gap."""
        chosen = str(self.convention.currentData() or "")
        elsewhere = (
            self.gap is not None
            and self._answer is not None
            and bool(chosen)
            and not covered(self._answer, chosen, self.gap)
        )
        self.outside.setVisible(elsewhere)

    def _ask_whole(self) -> None:
        if self.gap is not None:
            self.whole_wanted.emit(self.gap)

    def _create(self) -> None:
        if self.gap is not None and self.convention.currentData():
            self.action_wanted.emit(self.gap, str(self.convention.currentData()))
