"""Bilan, « avis annuel » and tables of a CPOG, as contents and as files."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.cpog import Contract
from app.domain.cpog_errors import NotClosed, UnknownCog
from app.progress import SILENT, Progress
from app.services.cpog_cog import CpogCog
from app.services.cpog_reading import today
from app.services.export import write_csv
from app.services.secrecy_cpog import leaving, leaving_changes, masked_points
from maps.files import write_whole

if TYPE_CHECKING:
    from app.services.cpog_rows import ComputedRow
    from app.services.cpog_sheets import Known
    from reports.cpog_content import CpogContent, NoticeContent


class CpogPapers(CpogCog):
    """What leaves the base. A closed year prints as it was closed."""

    def bilan(
        self, code: str, year: int, version: int | None = None, on: datetime.date | None = None
    ) -> CpogContent:
        """Content of the bilan of a year: its last closed version, or the one asked, or what is there now.

        Raises UnknownContract, NotClosed for a version that does not exist.
        """
        from app.services.cpog_bilan import bilan_content

        contract, known = self._year(code, year, version, on or today())
        return bilan_content(contract, year, known)

    def notice(
        self, code: str, year: int, indicators: Sequence[str] = (), on: datetime.date | None = None
    ) -> NoticeContent:
        """Content of the two-page « avis annuel », on the pinned indicators or those given."""
        from app.services.cpog_bilan import notice_content

        contract, known = self._year(code, year, None, on or today())
        return notice_content(contract, year, known, indicators)

    def write_bilan(
        self,
        code: str,
        year: int,
        path: Path,
        on: datetime.date | None = None,
        progress: Progress = SILENT,
    ) -> None:
        """Write the bilan as .pdf or .xlsx by the suffix. Raises WriteRefused, DiskFull, Cancelled."""
        if path.suffix.lower() == ".xlsx":
            from app.services import cpog_xlsx

            contract, known = self._year(code, year, None, on or today())
            cpog_xlsx.write_bilan(contract, year, known.on, path)
            return
        from reports import bilan_cpog

        bilan_cpog.write_bilan(self.bilan(code, year, None, on), path, progress)

    def write_notice(
        self,
        code: str,
        year: int,
        path: Path,
        on: datetime.date | None = None,
        progress: Progress = SILENT,
    ) -> None:
        """Write the « avis annuel » as PDF. Raises WriteRefused, DiskFull, Cancelled."""
        from reports import bilan_cpog

        bilan_cpog.write_notice(self.notice(code, year, (), on), path, progress)

    def write_ical(self, path: Path, on: datetime.date | None = None, code: str = "") -> None:
        """Write the deadlines to come as an iCalendar file. Raises WriteRefused, DiskFull."""
        write_whole(path, self.ical(on, code).encode())

    def write_series(self, code: str, path: Path) -> None:
        """Write every point of every series as CSV. Raises UnknownContract, WriteRefused, DiskFull."""
        headers, rows = self.series_table(code)
        write_csv(path, [headers, *rows])

    def series_table(self, code: str) -> tuple[tuple[str, ...], list[list[object]]]:
        """Headers and rows of every point of every series of a contract, for a CSV of everything."""
        from app.services import cpog_xlsx

        contract = self.contract(code)
        safe = leaving(contract, masked_points(contract))
        rows: list[list[object]] = [list(row) for row in cpog_xlsx.series_rows(safe)]
        return cpog_xlsx.SERIES, rows

    def _year(self, code: str, year: int, version: int | None, on: datetime.date) -> tuple[Contract, Known]:
        from app.services.cpog_sheets import Known

        contract = self.contract(code)
        hidden = masked_points(contract)
        closings = [row for row in self.closings(contract.cpog.uuid) if row.year == year]
        caf = self._caf(contract.cpog.departement)
        computed = tuple(
            (i.uuid, row) for i in contract.indicators for row in self._computed_of(contract, i.uuid)
        )
        known = Known(caf, on, computed=computed, demo=self._base.info.demo)
        known = replace(known, **self._of_cog(contract, on))
        if not closings:
            if version is not None:
                raise NotClosed(year=year)
            return leaving(contract, hidden), known
        last = closings[-1]
        kept = version or last.version
        closed_on = datetime.date.fromisoformat(last.closed_at[:10])
        changed = leaving_changes(self.difference(code, year, version or closings[0].version), hidden, year)
        known = replace(known, closed_on=closed_on, version=kept, corrections=changed)
        return leaving(self.closed_contract(code, year, kept), hidden), known

    def _of_cog(self, contract: Contract, on: datetime.date) -> dict[str, Any]:
        """Names of the fiches of the COG, and its évaluations that are followed; nothing if not held."""
        from reports.cpog_content import ActionLine

        try:
            rows = self.cog_tree(contract.cpog.cog_code, contract.cpog.departement, on)
        except UnknownCog:
            return {}
        lines = tuple(
            (r.fiche, ActionLine(r.code, r.title, r.state.value, " ".join(map(str, r.years)), r.evidence,
                                 r.comment, bool(r.late)))
            for r in rows
            if r.state is not None
        )  # fmt: skip
        return {"fiches": tuple((r.fiche, r.title) for r in rows if r.kind == "fiche"), "actions": lines}

    def _computed_of(self, contract: Contract, uuid: str) -> tuple[ComputedRow, ...]:
        return self._computed_rows(contract, contract.by_uuid[uuid])

    def _caf(self, departement: str) -> str:
        """« Caf des Deux-Sèvres »."""
        from app.domain.reference import load_reference

        return load_reference().departement(departement).caf_name
