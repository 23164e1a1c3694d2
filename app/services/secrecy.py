"""The one door of what leaves the base: figures, values, coverage and maps as a profile may read them.

What is applied to each way out. « masks »: counts under the threshold, cells masked by their producer, and
the complements that sums over levels and years make needed, are written « s », whoever reads; official
values that are published whole (Insee, rates of the Cnaf) are left alone. « outside »: more is left out for
the profiles partenaire and public.

======================================  ====================================================================
way out                                 what is applied
======================================  ====================================================================
screen                                  nothing: it is that of the Caf
Ctrl+C in a table                       masks on maps (`MapLayout`), gaps, childminders; no cell is run
« Copier la valeur », citation          masks (`value`, `choropleth`); a formula that tells is not selectable
image, PDF, SVG, PNG, XLSX of a map     masks (`MapService.write`), classes and circles made again
`indicateurs`, `carte`, `fiche`         masks; --profil
`couverture` (table, CSV, map)          masks: official, childminders with what is added up, typed children
`lacunes` and the list of gaps          what is expected is « s » where it tells the childminders; --profil
fiche action made from a gap            same, since partners read it
booklet, deck, workbook, fiche          masks; outside: no amount (`diagnostics_money`); no contact ever
dashboard on one page                   masks; outside: neither CPOG nor list of things to do; --profil
`alertes`                               official rates as published, dates and amounts: for the Caf
register as CSV, XLSX, JSON             no person in it; outside: no signal; --profil, « pour un partenaire »
sheet of the SDSF                       masks on linked lines; small counts of people; former versions too
CPOG (bilan, avis, series)              for the Cnaf: « s » hides its terms and its former versions
papers and workbooks of a CTG, cascade  words, amounts and targets of the signatories; no contact
calendars                               titles and dates only
contacts                                listed in the window only; no file has any
anomalies of an import                  lines of the file of the Caf, for the Caf
======================================  ====================================================================
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from app.domain.diagnostic import check_profile
from app.domain.secrecy_model import CAF, profile
from app.services.coverage_store import CoverageStore
from app.services.diagnostics_guard import MinderMasks, minder_masks, safe_coverage, safe_value
from app.services.diagnostics_secrecy import MaskBook, SafeFigures
from app.services.diagnostics_store import base_state
from app.services.secrecy_children import OF_THE_CAF, children_masks
from app.services.secrecy_gaps import safe_gap, safe_results

if TYPE_CHECKING:
    from app.domain.coverage import NetworkCoverage
    from app.domain.indicator import Value
    from app.domain.maillage import Gap
    from app.domain.maillage_gaps import RuleResult
    from app.domain.register import Register
    from app.services.indicators import IndicatorService
    from app.services.settings import SettingsService
    from app.services.territory import TerritoryService
    from db.session import Base
    from maps.choropleth import Choropleth
    from maps.layers import Multiples

THRESHOLD = "masking_threshold"
MOST_BOOKS = 3
"""Books of masks kept: one a profile."""


class RegisterSource(Protocol):
    """What is asked of the register."""

    def register(self, on: datetime.date | None = None) -> Register:
        """Everything, or what lives on a day."""
        ...


class SecrecyService:
    """Masks are chosen once on the whole base for a profile, a threshold and a state of the base.

    Every file, image and copy goes through it, so that two papers together tell no more than one.
    """

    def __init__(
        self,
        base: Base,
        territory: TerritoryService,
        indicators: IndicatorService,
        settings: SettingsService,
        register: RegisterSource | None = None,
    ) -> None:
        self._base = base
        self._territory = territory
        self._indicators = indicators
        self._settings = settings
        self._typed = CoverageStore(settings)
        self._register = register
        self._books: dict[tuple[str, float, str], MaskBook] = {}
        self._lock = threading.Lock()

    def forget(self) -> None:
        """Choose the masks again: call it after an import, an undo or a redo."""
        self._books.clear()

    def threshold(self) -> float:
        """Counts above zero and under it are masked."""
        return self._settings.parameter(THRESHOLD)

    def book(self, code: str = CAF) -> MaskBook:
        """Masks of a profile. Raises UnknownProfile."""
        threshold = self.threshold()
        with self._base.read() as session:
            state, _ = base_state(session)
        key = (check_profile(code), threshold, state)
        with self._lock:  # two papers at once would choose the same masks twice
            if key not in self._books:
                self._books = {k: b for k, b in self._books.items() if k[1:] == key[1:]}
                reader = profile(code, threshold)
                typed = {rule: self._typed.typed_children(rule) for rule in OF_THE_CAF}
                children = children_masks(typed, self._territory, reader)
                self._books[key] = MaskBook(self._indicators, self._territory, reader, children)
            return self._books[key]

    def figures(self, code: str = CAF) -> SafeFigures:
        """The figures as a profile may read them. Raises UnknownProfile."""
        return SafeFigures(self._indicators, self._territory, self.book(code))

    def value(self, value: Value, code: str = CAF) -> Value:
        """One value as a profile may read it."""
        return safe_value(value, self.book(code), self.minders(code))

    def minders(self, code: str = CAF) -> MinderMasks:
        """Masks of the counts of childminders."""
        book = self.book(code)
        if self._register is None:
            return MinderMasks(frozenset())
        if "minders" not in book.shared:
            book.shared["minders"] = minder_masks(self._register.register(), self._territory, book)
        held: MinderMasks = book.shared["minders"]
        return held

    def coverage(self, coverage: NetworkCoverage, code: str = CAF) -> NetworkCoverage:
        """A coverage as a profile may read it."""
        return safe_coverage(coverage, self.book(code), self.minders(code))

    def gaps(self, gaps: Sequence[Gap], code: str = CAF) -> list[Gap]:
        """Gaps as a profile may read them."""
        minders = self.minders(code)
        return [safe_gap(gap, minders) for gap in gaps]

    def results(self, results: Sequence[RuleResult], code: str = CAF) -> list[RuleResult]:
        """Rules applied as a profile may read them."""
        return safe_results(results, self.minders(code))

    def choropleth(self, drawn: Choropleth | Multiples, code: str = CAF) -> Any:
        """A map, or several on a sheet, as a profile may read them: the same kind of object."""
        from app.services.secrecy_maps import safe_map

        return safe_map(drawn, self.book(code), self.minders(code), self._territory)
