"""Right of « CPOG »: the state in one sentence, the gap, what is supposed, what is said, what disagrees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.cpog_codes import SeriesKind
from app.domain.cpog_points import Period
from app.domain.cpog_units import unit_of
from app.domain.french import THIN, short_date, typographic
from app.services.cpog_rows import ACTUAL, ComparisonRow, IndicatorCard, Point
from ui import labels, labels_cpog
from ui.views.cpog_bounds import BoundsPart
from ui.views.cpog_focus import CpogFocus
from ui.views.cpog_gap import GapEditor
from ui.views.cpog_hypothesis import HypothesisPart
from ui.views.cpog_links import LinksPart
from ui.views.cpog_words import LOOKS, plain, terms, with_colon
from ui.views.cpog_writing import Writer
from ui.widgets.fields import LongTextField
from ui.widgets.parts import Banner, clear, line, picture, row, scrolled, text

if TYPE_CHECKING:
    from ui.views.page import Kit


class AnalysisPanel(QFrame):
    """Follows the card; what is typed is written as one goes."""

    indicator_asked = Signal(str)

    def __init__(self, kit: Kit, focus: CpogFocus) -> None:
        super().__init__()
        self.kit = kit
        self.focus = focus
        self._card: IndicatorCard | None = None
        self.setProperty("role", "panel")
        self.setProperty("side", "right")
        self.setProperty("zone", "cpog-analysis")
        self.banner = Banner()
        writer = self._writer = Writer(kit, self.banner, self)
        self.state = text("", "section", wrap=True)
        self._shape = picture("minus", "texte3", 16)
        self.figure = text("", "key")
        self.against = text("", "second", wrap=True)
        self.dates = text("", "hint", wrap=True)
        self.gap = GapEditor(writer)
        self.gap_line = line()
        self.hypotheses = HypothesisPart(writer)
        self.comment = LongTextField("Commentaire du bilan", lines=3)
        self.notes = QVBoxLayout()
        self.links = LinksPart(kit, writer)
        self.bounds = BoundsPart(writer)
        self._lay_out()
        self.comment.committed.connect(self._comment)
        self.links.asked.connect(self.indicator_asked)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "surface")
        column = QVBoxLayout(inside)
        column.setContentsMargins(18, 16, 16, 16)
        column.setSpacing(8)
        head: QHBoxLayout = row(self._shape, self.state)
        head.setStretch(1, 1)
        figures = row(self.figure, self.against)
        figures.setStretch(1, 1)
        self.notes.setSpacing(6)
        for item in (
            self.banner, head, figures, self.dates, self.gap_line, self.gap, line(), self.hypotheses, line(),
            self.comment, self.notes, line(), self.links, line(), self.bounds,
        ):  # fmt: skip
            if isinstance(item, QWidget):
                column.addWidget(item)
            else:
                column.addLayout(item)
            column.addSpacing(4)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    # -- content -----------------------------------------------------------------------------------------

    def show_card(self, card: IndicatorCard, peers: Sequence[ComparisonRow] = ()) -> None:
        """Show the analysis of an indicator at the year chosen."""
        self._card = card
        year = self.focus.year
        self._show_state(card, year)
        self.gap.show_gaps(card.gaps, year, neutral=card.indicator.is_follow)
        self.gap_line.setVisible(bool(card.gaps))
        self.hypotheses.show_card(card, year)
        words = next((c.text for c in card.comments if c.year == year), "")
        self.comment.label.setText(f"Commentaire du bilan {year}")
        self.comment.control.setAccessibleName(f"Commentaire du bilan {year}")
        self.comment.set_value(words)
        self.links.show_card(card)
        self.bounds.show_card(card)
        self.bounds.setVisible(not card.sub_series)
        clear(self.notes)
        for title, lines in notes_of(card, peers, year):
            self.notes.addWidget(line())
            self.notes.addWidget(text(title, "section"))
            for icon, words, hint in lines:
                self.notes.addLayout(_note(icon, words, hint))

    def _show_state(self, card: IndicatorCard, year: int) -> None:
        icon, token = LOOKS[card.row.state]
        self._shape.change(icon, token)
        self.state.setText(f"{year}{THIN}: {labels_cpog.STATE[card.row.state]}")
        actual, target = _at(card, ACTUAL, year), _target(card, year)
        suffix = unit_of(card.indicator.unit).suffix
        known = actual if actual is not None else card.row.last
        self.figure.setVisible(known is not None and not card.sub_series)
        self.figure.setText(known.text.removesuffix(suffix) if known is not None else "")
        self.against.setText(_against(card, known, target, year, suffix.strip()))
        self.dates.setText(_dates(card, actual, year))
        self.dates.setVisible(bool(self.dates.text()))

    def first_field(self) -> QWidget:
        """Where the keyboard goes when the panel opens."""
        return self.gap.cause.control if self.gap.isVisible() else self.comment.control

    # -- writing -----------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Write what is being typed before another indicator is shown."""
        if self._card is not None:
            self.gap.flush()
            self.comment.commit()
            self.bounds.flush()

    def _comment(self, words: str) -> None:
        if self._card is not None:
            self._writer.write("comment", self._card.row.uuid, self.focus.year, words)


Note = tuple[str, str, str]
"""Icon, words, smaller words under."""


def notes_of(card: IndicatorCard, peers: Sequence[ComparisonRow], year: int) -> list[tuple[str, list[Note]]]:
    """Sections that are only read: computed values, shape, flags of the document, other Caf."""
    computed = _computed(card, year)
    shapes = [("alert-triangle", warning.text, "") for warning in card.warnings]
    flags = [
        ("quote", f"{labels_cpog.FLAG.get(flag.kind, flag.kind).capitalize()}{THIN}: {flag.text}",
         _both(flag.printed, flag.other))
        for flag in card.flags
    ]  # fmt: skip
    others = [("users-group", row.text, _spread(row)) for row in peers]
    sections = [
        ("Calculé par la base", computed), ("Forme de la trajectoire", shapes),
        ("Ce que dit le document", flags), ("Autres Caf", others),
    ]  # fmt: skip
    return [(title, lines) for title, lines in sections if lines]


def _computed(card: IndicatorCard, year: int) -> list[Note]:
    """The year chosen with its rule, the other years in one line."""
    held = [row for row in card.computed if row.state.is_known]
    own = [
        ("calculator", with_colon(f"{row.label}, {row.year}", row.text),
         ", ".join(part for part in (_declared(row.declared, row.difference_text), row.rule) if part))
        for row in held if row.year == year
    ]  # fmt: skip
    others: dict[str, list[str]] = {}
    for found in held:
        if found.year != year:
            others.setdefault(found.label, []).append(f"{found.text} en {found.year}")
    lines = [("calculator", f"{label}, autres années", ", ".join(said)) for label, said in others.items()]
    return own + lines


def _declared(point: Point | None, difference: str) -> str:
    if point is None:
        return "rien de déclaré"
    return f"déclaré {point.text}" + (f", {difference} d’écart" if difference else "")


def _both(printed: str, other: str) -> str:
    said = [with_colon("imprimé", printed)] if printed else []
    said += [with_colon("ailleurs ou calculé", other)] if other else []
    return ", ".join(said)


def _spread(row: ComparisonRow) -> str:
    if row.lower_quartile is None or row.upper_quartile is None:
        return "trop peu de Caf pour des quartiles"
    return f"la moitié des Caf entre {plain(row.lower_quartile)} et {plain(row.upper_quartile)}"


def _note(icon: str, words: str, hint: str) -> QHBoxLayout:
    token = "ocre" if icon == "alert-triangle" else "texte3"
    box = QVBoxLayout()
    box.setSpacing(1)
    box.addWidget(text(typographic(words), wrap=True))
    if hint:
        box.addWidget(text(typographic(hint), "hint", wrap=True))
    shape = QVBoxLayout()
    shape.addWidget(picture(icon, token, 16))
    shape.addStretch(1)
    made = row(shape, box)
    made.setStretch(1, 1)
    return made


def _at(card: IndicatorCard, kind: str, year: int) -> Point | None:
    period = Period(year)
    if period not in card.periods:
        return None
    return card.points(kind)[card.periods.index(period)]


def _target(card: IndicatorCard, year: int) -> tuple[str, Point] | None:
    for kind, words in ((SeriesKind.REVISED, "cible révisée"), (SeriesKind.INITIAL, "cible initiale")):
        point = _at(card, kind, year)
        if point is not None:
            return words, point
    return None


def _against(
    card: IndicatorCard, known: Point | None, target: tuple[str, Point] | None, year: int, unit: str
) -> str:
    if card.sub_series:
        return "Cette ligne n’a pas de valeur propre, ses séries en ont une."
    aim = f"pour une {target[0]} de {target[1].text}" if target is not None else "sans cible cette année"
    if known is None:
        return f"Aucune valeur, {aim}." if target is not None else "Aucune valeur, aucune cible cette année."
    parts = [unit if known.number is not None else ""]
    parts.append(f"en {known.period.label}," if known.period != Period(year) else "")
    return " ".join(part for part in (*parts, aim) if part)


def _dates(card: IndicatorCard, actual: Point | None, year: int) -> str:
    said = [f"Écart à la cible{THIN}: {card.row.difference_text}"] if card.row.difference_text else []
    if actual is not None:
        said += [f"calcul {terms(actual)}"] if terms(actual) else []
        said += [f"observé le {short_date(actual.observed_on)}"] if actual.observed_on else []
        said += [f"saisi le {_entry_day(actual)}"] if actual.entered_at else []
        said += [labels.STATUS[actual.status]] if actual.status is not None else []
    if year in card.closed_years:
        said.append("année arrêtée")
    words = ", ".join(said)
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _entry_day(point: Point) -> str:
    import datetime

    return short_date(datetime.date.fromisoformat(point.entered_at[:10]))
