"""Right column of « Comparer »: a mean that misleads, the ranking, a position, the spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.french import NO_DATA, number, ordinal, plural, typographic
from ui.views.map_column import RightColumn, label_lines, surface
from ui.views.map_compare_group import GroupEditor
from ui.views.map_compare_query import misleading_words
from ui.views.map_detail import ranking_title
from ui.widgets.parts import Banner, clear, line, scrolled, short_grid, text
from ui.widgets.ranked import Ranked

if TYPE_CHECKING:
    from app.domain.groups import Dispersion, Position
    from maps.choropleth import Choropleth
    from ui.theme import Theme
    from ui.views.map_compare_query import CompareAnswer


class CompareSide(RightColumn):
    """What must stand beside any mean; or the group being edited."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Classement, position et dispersion")
        self._answer: CompareAnswer | None = None
        self._names: dict[str, str] = {}
        self.banner = Banner()
        self.title = text("", "section", wrap=True)
        self.ranked = Ranked(theme)
        self._card, self._body = surface(5)
        read = QWidget()
        inner = QVBoxLayout(read)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        for widget in (self.banner, self.title, self.ranked, line()):
            inner.addWidget(widget)
        area = scrolled(self._card)
        area.setMinimumHeight(theme.px(110))
        inner.addWidget(area, 1)
        self.editor = GroupEditor(theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(read)
        self._stack.addWidget(scrolled(self.editor))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(18, 12, 10, 10)
        outer.addWidget(self._stack)

    def edit(self, editing: bool) -> None:
        """Show the editor of groups, or what was read."""
        self._stack.setCurrentIndex(1 if editing else 0)

    @property
    def editing(self) -> bool:
        """True while a group is being edited."""
        return self._stack.currentIndex() == 1

    # -- the whole ---------------------------------------------------------------------------------------

    def show_answer(self, answer: CompareAnswer, made: Choropleth | None) -> None:
        """Show what stands beside the map."""
        self._answer = answer
        self._names = dict(zip(made.layer.codes, made.layer.names, strict=True)) if made else {}
        self.title.setText(ranking_title(made) if made else "")
        self.ranked.setVisible(made is not None)
        if made is None:
            clear(self._body)
        decimals = made.indicator.decimals if made else 1
        if answer.misleading:
            words = [misleading_words(*found, self._names, decimals) for found in answer.misleading]
            self.banner.say("\n".join(words), "ocre")
        else:
            self.banner.hide()

    # -- one territory -----------------------------------------------------------------------------------

    def show_position(self, name: str, found: Position | None, decimals: int, unit: str) -> None:
        """Show where a territory stands, then the spread of all."""
        clear(self._body)
        answer = self._answer
        if answer is None:
            return
        if found is None:
            hint = "Choisissez un territoire pour le situer\u202f: rang, médiane et quartiles des autres."
            self._body.addWidget(text(hint, "second", wrap=True))
        else:
            self._position(name, found, decimals, unit)
        if answer.spread is not None:
            self._spread(answer.spread, decimals)
        self._small(answer)
        self._body.addStretch(1)

    def _position(self, name: str, found: Position, decimals: int, unit: str) -> None:
        answer = self._answer
        assert answer is not None
        self._body.addWidget(text(name, "object", wrap=True))
        group = answer.group()
        among = f"dans « {group.name} »" if group else "parmi tous les territoires"
        rank = NO_DATA if found.rank is None else f"{ordinal(found.rank)} sur {number(found.count)}"
        shown = NO_DATA if found.number is None else f"{number(found.number, decimals)} {unit}"
        self._body.addWidget(text(shown, "strong", wrap=True))
        self._body.addWidget(text(typographic(f"{rank} {among}"), wrap=True))
        gap = found.gap_to_median
        lines = [
            ("Médiane des autres", found.median),
            ("Premier quartile", found.first_quartile),
            ("Troisième quartile", found.third_quartile),
            ("Du plus bas", found.low),
            ("au plus haut", found.high),
        ]
        self._lines([(label, _plain(value, decimals)) for label, value in lines])
        signed = NO_DATA if gap is None else number(gap, decimals, signed=True)
        self._lines([("Écart à la médiane", signed)])
        left_out = plural(found.others, "autre territoire", "autres territoires")
        words = f"Référence de {left_out} : l’unité comparée est laissée hors de sa référence."
        if found.missing:
            words += f" {plural(found.missing, 'sans valeur', 'sans valeur')}."
        if group is not None and group.criteria:
            words += f" Critères : {group.criteria}."
        self._body.addWidget(text(typographic(words), "hint", wrap=True))

    def _spread(self, spread: Dispersion, decimals: int) -> None:
        self._body.addWidget(line())
        self._body.addWidget(text("Dispersion", "strong"))
        ratio = "" if spread.ratio is None else f", rapport {number(spread.ratio, 1)}"
        words = (
            f"De {number(spread.low, decimals)} à {number(spread.high, decimals)}{ratio} ; médiane "
            f"{number(spread.median, decimals)}, la moitié des territoires entre "
            f"{number(spread.first_quartile, decimals)} et {number(spread.third_quartile, decimals)}."
        )
        self._body.addWidget(text(typographic(words), "second", wrap=True))

    def _small(self, answer: CompareAnswer) -> None:
        if not answer.small:
            return
        names = [self._names.get(code, code) for code in sorted(answer.small)]
        shown = ", ".join(names[:6]) + ("…" if len(names) > 6 else "")
        words = (
            f"Petit dénominateur, moins de {number(answer.threshold)} enfants : "
            f"{plural(len(names), 'territoire', 'territoires')} ({shown})."
        )
        self._body.addWidget(text(typographic(words), "hint", tone="ocre", wrap=True))

    def _lines(self, lines: list[tuple[str, str]]) -> None:
        self._body.addLayout(label_lines(short_grid(), lines))


def _plain(value: float | None, decimals: int) -> str:
    return NO_DATA if value is None else number(value, decimals)


def positions_apply(made: Choropleth | None) -> bool:
    """True for a map of values: a difference or two quantities have no rank in a group."""
    return made is not None and not made.signed and made.second is None
