"""« Assistants maternels »: counts by EPCI or commune and year, typed or pasted; totals told apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QSpinBox, QVBoxLayout

from app.changes import Changes
from app.domain.errors import DomainError
from app.domain.french import THIN, number, plural, typographic
from app.domain.indicator import ValueState
from app.domain.register import Childminders
from app.domain.register_errors import RegisterRefusal
from app.domain.territory import Level
from ui.errors import sentence
from ui.models.grid import CellEdit, CellRefusal, EditColumn
from ui.models.table import Column
from ui.views.data_parts import SubPage
from ui.views.equipment_parts import quiet, refusal_words
from ui.widgets.equipment_lists import read_count
from ui.widgets.grid import Grid
from ui.widgets.parts import Banner, row, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from ui.context import Context
    from ui.tasks import Task
    from ui.views.page import Kit

LEVELS = ((str(int(Level.EPCI)), "Par EPCI"), (str(int(Level.COMMUNE)), "Par commune"))
FIELDS = ("licensed", "active", "places")
WIDTHS = (240, 110, 110, 110, 150, 320)


@dataclass(frozen=True, slots=True)
class Line:
    """One territory and year: what is known of it, nothing where held is None."""

    level: Level
    code: str
    name: str
    year: int
    held: Childminders | None
    hidden: frozenset[str] = frozenset()
    """Counts that must not leave; nothing is hidden on the screen of the Caf."""

    def count(self, field: str) -> int | ValueState | None:
        """A count, None when unknown."""
        if field in self.hidden:
            return ValueState.MASKED
        found: int | None = getattr(self.held, field) if self.held is not None else None
        return found

    @property
    def each(self) -> float | ValueState | None:
        """Places per person, None when unknown."""
        if self.held is None:
            return None
        return ValueState.MASKED if self.hidden else self.held.places_each


@dataclass(frozen=True, slots=True)
class Read:
    """Lines of a year, and what is known of the département as a whole."""

    year: int
    lines: tuple[Line, ...]
    totals: tuple[str, ...]


def _count(header: str, field: str) -> EditColumn[Line]:
    return EditColumn(
        header, lambda line: line.count(field), parse=partial(read_count, field), code=field, right=True
    )


COLUMNS: tuple[Column[Line], ...] = (
    Column("Territoire", lambda line: line.name),
    _count("Agréés", "licensed"),
    _count("Actifs", "active"),
    _count("Places", "places"),
    Column(
        "Places par personne", lambda line: line.each, text=lambda each: number(each, 1), right=True,
    ),
    EditColumn(
        "Source", lambda line: (line.held.source if line.held else "") or None, parse=str.strip,
        code="source", hint=lambda line: line.held.source if line.held else "",
    ),
)  # fmt: skip


class ChildmindersView(SubPage):
    """Every territory has its line, known or not, so that a column of Excel is pasted whole."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self._started = False
        self.banner = Banner()
        self.level = Segments(LEVELS, "Maille")
        self.level.set_current(LEVELS[0][0])
        self.level.chosen.connect(lambda _code: self.reload())
        self.year = QSpinBox()
        self.year.setAccessibleName("Année")
        self.year.setRange(2000, kit.services.register.today().year)
        self.year.setGroupSeparatorShown(False)
        self.year.valueChanged.connect(lambda _year: self.reload())
        self.count = text("", "second")
        self.totals = text("", "hint", wrap=True)
        self.grid = Grid(kit.theme, COLUMNS, "Assistants maternels")
        self.grid.setProperty("role", "framed")
        self.grid.setShowGrid(False)
        self.grid.guard = self._guard
        self.grid.edited.connect(self._edited)
        self.grid.refused.connect(self._cells_refused)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(self.banner)
        lines.addLayout(row(self.level, 10, text("Année", "label"), self.year, 10, self.count, None))
        lines.addWidget(self.grid, 1)
        lines.addWidget(self.totals)

    def _guard(self, rows: Sequence[Line], put: Callable[[Sequence[Any]], None]) -> None:
        """Copy lines as those outside may read them."""
        self.kit.runner.read(partial(_leaving, self.kit.services, rows), put)

    # -- reading -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the counts of the territory, for the year chosen; at first, the latest one with any."""
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        year = self.year.value() if self._started else 0
        level = Level(int(self.level.current))
        call = partial(_read, self.kit.services, self.kit.context.value, level, year)
        self._reading = self.kit.runner.read(call, self._show, refused=self._refuse)

    def _show(self, found: Read) -> None:
        if not self._started:
            self._started = True
            self.year.blockSignals(True)
            self.year.setValue(found.year)
            self.year.blockSignals(False)
            for place, width in enumerate(WIDTHS):
                self.grid.setColumnWidth(place, self.theme.px(width))
        current = self.grid.currentIndex()
        self.grid.table.replace_rows(found.lines)
        if current.isValid():
            self.grid.setCurrentIndex(self.grid.proxy.index(current.row(), current.column()))
        known = sum(line.held is not None for line in found.lines)
        self.count.setText(f"connu pour {number(known)} sur {plural(len(found.lines), 'territoire')}")
        self.totals.setVisible(bool(found.totals))
        said = f"{THIN}; ".join(found.totals)
        self.totals.setText(f"Connu pour tout le département, jamais réparti{THIN}: {said}.")

    # -- writing -----------------------------------------------------------------------------------------

    def _edited(self, edits: list[CellEdit]) -> None:
        rows: dict[tuple[str, int, str], Childminders] = {}
        for edit in edits:
            line: Line = edit.row
            key = (line.code, line.year, line.held.uuid if line.held else "")
            held = rows.get(key) or line.held or _blank(line)
            rows[key] = _with(held, edit.column, edit.value)
        call = quiet(self.kit.services.register.save_childminders, list(rows.values()))
        self.kit.runner.write(call, self._written, refused=self._refuse)

    def _cells_refused(self, refusals: list[CellRefusal]) -> None:
        first = refusals[0]
        said = f"Rien n’a été écrit. Ligne {first.row + 1}, {first.column or 'collage'} : {first.sentence}"
        self.banner.say(typographic(said), "rouge")

    def _written(self, changes: Changes) -> None:
        self.banner.hide()
        self.kit.hub.changed.emit(changes)

    def _refuse(self, error: DomainError) -> None:
        said = refusal_words(error) if isinstance(error, RegisterRefusal) else sentence(error)
        self.banner.say(typographic(f"Rien n’a été écrit. {said}"), "rouge")


def _blank(line: Line) -> Childminders:
    return Childminders("", line.level, line.code, line.year, None, None, None)


def _with(held: Childminders, field: str, value: Any) -> Childminders:
    if field == "source":
        return replace(held, source=str(value))
    return replace(held, **{field: value})


def _leaving(services: Services, rows: Sequence[Line], _progress: Progress) -> list[Line]:
    """Lines as those outside may read them; places tell people."""
    masks = services.secrecy.minders()

    def hidden(line: Line) -> frozenset[str]:
        year = line.held.year if line.held is not None else line.year
        return frozenset(field for field in FIELDS if masks.hides(field, line.level, line.code, year))

    return [replace(line, hidden=hidden(line)) for line in rows]


def _read(services: Services, context: Context, level: Level, year: int, _progress: Progress) -> Read:
    register = services.register
    if not year:
        years = [known.year for known in register.childminders()]
        year = max(years, default=context.year or register.today().year)
    held: dict[str, list[Childminders]] = {}
    for known in register.childminders(level, year):
        held.setdefault(known.code, []).append(known)
    lines: list[Line] = []
    for code, name in _territories(services, context, level):
        several: Sequence[Childminders | None] = held.get(code) or (None,)
        lines += [Line(level, code, name, year, found) for found in several]
    return Read(year, tuple(lines), tuple(_totals(services, context, year)))


def _territories(services: Services, context: Context, level: Level) -> Sequence[tuple[str, str]]:
    territory = services.territory
    if level is Level.COMMUNE:
        communes = territory.communes(context.epci, context.departement)
        kept = [commune for commune in communes if context.commune in (None, commune.code)]
        return [(commune.code, commune.name) for commune in kept]
    epcis = territory.epcis(context.departement)
    return [(epci.code, epci.short_name) for epci in epcis if context.epci in (None, epci.code)]


def _totals(services: Services, context: Context, year: int) -> list[str]:
    told = []
    for found in services.register.childminders(Level.DEPARTEMENT, year):
        if context.departement in (None, found.code):
            name = services.territory.reference.departement(found.code).name
            counts = [
                f"{number(count)} {word}"
                for count, word in (
                    (found.licensed, "agréés"),
                    (found.active, "actifs"),
                    (found.places, "places"),
                )
                if count is not None
            ]
            told.append(f"{name}, {', '.join(counts)} ({found.source})")
    return told
