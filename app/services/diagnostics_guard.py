"""Secrecy of what is computed beside the series: coverage by networks, counts of childminders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from app.domain.indicator import Indicator, Value, ValueState
from app.domain.secrecy import guard
from app.domain.secrecy_model import Cell, Link, Reason, SecretTable
from app.domain.territory import Level
from app.services.secrecy_links import areas_of, tree_links

if TYPE_CHECKING:
    from app.domain.coverage import NetworkCoverage, TerritoryCoverage
    from app.domain.register import Childminders, Register
    from app.services.diagnostics_secrecy import MaskBook
    from app.services.territory import TerritoryService

MINDER_FIGURES = frozenset({"nb_am", "places_am", "am_par_etp", "propre_am", "propre_total"})
"""Figures of a coverage from which the number of childminders can be told."""
CHILDREN = "enfants_moins_3"
FIELDS = ("licensed", "active", "places")
MinderKey = tuple[str, Level, str, int]
"""Field or age class, level, territory, year."""


@dataclass(frozen=True)
class MinderMasks:
    """Counts of childminders that must not be shown, over the whole base."""

    hidden: frozenset[MinderKey]
    reasons: tuple[tuple[MinderKey, Reason], ...] = ()
    """Why each is masked; one that another count would tell has no reason of its own."""

    def hides(self, field: str, level: Level, code: str, year: int) -> bool:
        """Tell whether one count is masked."""
        return (field, level, code, year) in self.hidden

    def any_at(self, level: Level, code: str) -> bool:
        """Tell whether a territory has a masked count of people or places, whatever its year."""
        return (level, code) in self._places

    @cached_property
    def _places(self) -> frozenset[tuple[Level, str]]:
        return frozenset(key[1:3] for key in self.hidden if key[0] in FIELDS)


def minder_masks(register: Register, territory: TerritoryService, book: MaskBook) -> MinderMasks:
    """Choose the masks of childminders: small counts, then others so that no sum tells them.

    What the application adds up from communes, where a wider territory has no count of its own, is a sum too.
    """
    rows = register.childminders
    if not rows:
        return MinderMasks(frozenset())
    years = sorted({row.year for row in rows})
    areas = areas_of(territory)
    tables = [_minder_table(rows, territory, year) for year in years]
    tables += [_added_table(rows, areas, year) for year in years]
    guarded = guard(tables, book.profile)
    reasons = {key: found.reason for found in guarded.masked if isinstance(key := found.key, tuple)}
    # those agréés tell those in activity, and places tell people: about four each
    places = {key[1:] for key in reasons if key[0] in ("licensed", "active")}
    keys = {key for table in tables for cell in table.cells if isinstance(key := cell.key, tuple)}
    told = {key for key in keys if key[0] in FIELDS and key[1:] in places}
    return MinderMasks(frozenset({*reasons, *told}), tuple(reasons.items()))


def _minder_table(rows: Iterable[Childminders], territory: TerritoryService, year: int) -> SecretTable:
    mine = [row for row in rows if row.year == year]
    cells = [cell for row in mine for cell in _minder_cells(row)]
    held = {cell.key for cell in cells}
    links = [link for row in mine for link in _age_links(row) if link.total in held]
    for field in FIELDS:
        every = tree_links(territory, lambda level, code, field=field: (field, level, code, year))  # type: ignore[misc]
        links += [link for link in every if link.total in held and not held.isdisjoint(link.parts)]
    return SecretTable(f"assistants maternels {year}", tuple(cells), tuple(links))


def _added_table(
    rows: Iterable[Childminders], areas: Mapping[tuple[Level, str], tuple[str, ...]], year: int
) -> SecretTable:
    """Sums of the latest counts of communes, in the wider territories that have none of their own."""
    before = sorted((row for row in rows if row.year <= year), key=lambda row: row.year)
    held = {(row.level, row.code): row for row in before}
    cells: list[Cell] = []
    links: list[Link] = []
    for (level, code), communes in areas.items():
        inside = [row for one in communes if (row := held.get((Level.COMMUNE, one))) is not None]
        for field in ("active", "places") if (level, code) not in held else ():
            known = [counted for row in inside if (counted := _counted(row, field)) is not None]
            if known:
                total = float(sum(number for _, number in known))
                state = ValueState.VALUE if total else ValueState.ZERO
                cells.append(Cell((field, level, code, year), total, state, level=level, year=year))
                links.append(Link((field, level, code, year), tuple(key for key, _ in known)))
    return SecretTable(f"assistants maternels additionnés {year}", tuple(cells), tuple(links))


def _counted(row: Childminders, field: str) -> tuple[MinderKey, int] | None:
    """Cell and number of a count; people are the active ones, else those agréés."""
    name = "licensed" if field == "active" and row.active is None else field
    number = {"active": row.active, "licensed": row.licensed, "places": row.places}[name]
    return None if number is None else ((name, row.level, row.code, row.year), number)


def _minder_cells(row: Childminders) -> Iterator[Cell]:
    counts: list[tuple[str, int | None]] = [("licensed", row.licensed), ("active", row.active)]
    counts += [(f"age {label}", number) for label, number in row.ages]
    for field, number in [*counts, ("places", row.places)]:
        if number is not None:
            state = ValueState.VALUE if number else ValueState.ZERO
            yield Cell(
                (field, row.level, row.code, row.year), float(number), state, level=row.level, year=row.year
            )


def _age_links(row: Childminders) -> list[Link]:
    """Ages add up to the active ones, or to the licensed ones."""
    parts = tuple((f"age {label}", row.level, row.code, row.year) for label, _ in row.ages)
    if not parts:
        return []
    total = sum(number for _, number in row.ages)
    return [
        Link((field, row.level, row.code, row.year), parts)
        for field, number in (("active", row.active), ("licensed", row.licensed))
        if number == total
    ]


def safe_coverage(coverage: NetworkCoverage, book: MaskBook, minders: MinderMasks) -> NetworkCoverage:
    """Return a coverage as the readers of a profile may see it: official and own figures masked alike."""
    rows = tuple(_safe_row(row, coverage.level, book, minders) for row in coverage.rows)
    return replace(coverage, rows=rows)


def _safe_row(
    row: TerritoryCoverage, level: Level, book: MaskBook, minders: MinderMasks
) -> TerritoryCoverage:
    hidden = set(MINDER_FIGURES) if minders.any_at(level, row.code) else set()
    hidden |= _children_figures(row, level, book)
    values = tuple(_safe_value(value, book, hidden) for value in row.values)
    same = all(one is other for one, other in zip(values, row.values, strict=True))
    return row if same else replace(row, values=values, comparisons=())


def _children_figures(row: TerritoryCoverage, level: Level, book: MaskBook) -> set[str]:
    """Own figures about children where their count must not be told; births are no such count.

    Official rates stay: they are published, and rest on another count.
    """
    children = next((value for value in row.values if value.indicator.code == CHILDREN), None)
    if children is None or not children.number or children.estimated:
        return set()
    if (level, row.code) not in book.children:
        return set()
    own = (value.indicator for value in row.values if not book.knows(value.indicator.code))
    return {indicator.code for indicator in own if about_children(indicator)}


def about_children(indicator: Indicator) -> bool:
    """Tell whether a number of children can be told from a figure."""
    return "nfants" in f"{indicator.numerator} {indicator.denominator}"


def safe_value(value: Value, book: MaskBook, minders: MinderMasks) -> Value:
    """Return one value as the readers of a profile may see it, official or computed by the application."""
    place, indicator = (value.level, value.code), value.indicator
    told = indicator.code in MINDER_FIGURES and minders.any_at(*place)
    typed = about_children(indicator) and not value.estimated and not book.knows(indicator.code)
    hidden = {indicator.code} if told or (typed and place in book.children) else set()
    return _safe_value(value, book, hidden)


def _safe_value(value: Value, book: MaskBook, hidden: set[str]) -> Value:
    if value.indicator.code in hidden and value.number is not None:
        return replace(value, number=None, state=ValueState.MASKED, formula="", parts=())
    shown = book.value(value)
    if shown.state.is_known and any(part.state is ValueState.MASKED for part in shown.parts):
        official = book.knows(value.indicator.code)
        return shown if official else replace(shown, number=None, state=ValueState.MASKED, parts=())
    return value if shown == value else shown
