"""Secrecy of what is computed beside the series: coverage by networks, counts of childminders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain.indicator import Value, ValueState
from app.domain.secrecy import guard
from app.domain.secrecy_model import Cell, Link, Reason, SecretTable
from app.domain.territory import Level

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
        """Tell whether a territory has a masked count of people, whatever its year."""
        return any(key[1:3] == (level, code) for key in self.hidden)


def minder_masks(register: Register, territory: TerritoryService, book: MaskBook) -> MinderMasks:
    """Choose the masks of childminders: small counts, then others so that no sum tells them."""
    rows = register.childminders
    tables = [_minder_table(rows, territory, year) for year in sorted({row.year for row in rows})]
    guarded = guard(tables, book.profile)
    reasons = {key: found.reason for found in guarded.masked if isinstance(key := found.key, tuple)}
    hidden = set(reasons)
    # places tell people: about four each
    told = {("places", *key[1:]) for key in hidden if key[0] in ("licensed", "active")}
    return MinderMasks(frozenset(hidden | told), tuple(reasons.items()))


def _minder_table(rows: Iterable[Childminders], territory: TerritoryService, year: int) -> SecretTable:
    mine = [row for row in rows if row.year == year]
    cells = [cell for row in mine for cell in _minder_cells(row)]
    held = {cell.key for cell in cells}
    links: list[Link] = []
    for row in mine:
        links += [link for link in _age_links(row) if link.total in held]
        for field in FIELDS:
            total = (field, row.level, row.code, year)
            for parts in _inside(row, field, territory):
                if total in held and held.issuperset(parts):
                    links.append(Link(total, tuple(parts)))
    return SecretTable(f"assistants maternels {year}", tuple(cells), tuple(links))


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


def _inside(row: Childminders, field: str, territory: TerritoryService) -> Iterator[list[MinderKey]]:
    """Ways in which a territory is made of smaller ones."""
    if row.level is Level.EPCI:
        yield [(field, Level.COMMUNE, code, row.year) for code in territory.members(Level.EPCI, row.code)]
    if row.level is Level.DEPARTEMENT:
        yield [(field, Level.EPCI, epci.code, row.year) for epci in territory.epcis(row.code)]


def safe_coverage(coverage: NetworkCoverage, book: MaskBook, minders: MinderMasks) -> NetworkCoverage:
    """Return a coverage as the readers of a profile may see it: official and own figures masked alike."""
    rows = tuple(_safe_row(row, coverage.level, book, minders) for row in coverage.rows)
    return replace(coverage, rows=rows)


def _safe_row(
    row: TerritoryCoverage, level: Level, book: MaskBook, minders: MinderMasks
) -> TerritoryCoverage:
    hidden = set(MINDER_FIGURES) if minders.any_at(level, row.code) else set()
    hidden |= _children_figures(row, book)
    values = tuple(_safe_value(value, book, hidden) for value in row.values)
    same = all(one is other for one, other in zip(values, row.values, strict=True))
    return row if same else replace(row, values=values, comparisons=())


def _children_figures(row: TerritoryCoverage, book: MaskBook) -> set[str]:
    """Every figure about children where their count is small and is not an estimate from births."""
    children = next((value for value in row.values if value.indicator.code == CHILDREN), None)
    if children is None or not children.number or children.estimated:
        return set()
    if children.number >= book.profile.threshold:
        return set()
    about = (value.indicator for value in row.values)
    return {one.code for one in about if "nfants" in f"{one.numerator} {one.denominator}"}


def _safe_value(value: Value, book: MaskBook, hidden: set[str]) -> Value:
    if value.indicator.code in hidden and value.number is not None:
        return replace(value, number=None, state=ValueState.MASKED, formula="", parts=())
    shown = book.value(value)
    if shown.state.is_known and any(part.state is ValueState.MASKED for part in shown.parts):
        official = book.knows(value.indicator.code)
        return shown if official else replace(shown, number=None, state=ValueState.MASKED, parts=())
    return value if shown == value else shown
