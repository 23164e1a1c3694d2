"""Close a year, correct it later as a version, and say what changed."""

from __future__ import annotations

import datetime

from app.changes import Changes
from app.domain.cpog import Contract
from app.domain.cpog_closing import differences, unexplained
from app.domain.cpog_errors import AlreadyClosed, ClosingIncomplete, NotClosed
from app.domain.cpog_records import decode, encode
from app.services import clock
from app.services.cpog_follow import CpogFollow
from app.services.cpog_reading import today
from app.services.cpog_rows import DifferenceRow
from app.services.cpog_store import CHANGED
from db.models.base import key_of
from db.models.cpog_series import CpogClosingTable
from db.queries.cpog import all_rows


class CpogClosings(CpogFollow):
    """The annual bilan: closed once every gap is explained, then frozen."""

    def to_explain(self, code: str, year: int, on: datetime.date | None = None) -> tuple[str, ...]:
        """Names of the indicators whose gap must be explained before closing. Raises UnknownContract."""
        return tuple(i.name for i in unexplained(self.contract(code), year, on or today()))

    def close(
        self, code: str, year: int, author: str = "", reason: str = "", on: datetime.date | None = None
    ) -> Changes:
        """Freeze a year; a second time makes a version, with its reason.

        Raises UnknownContract, ClosingIncomplete, AlreadyClosed if nothing changed since.
        """
        contract = self.contract(code)
        missing = unexplained(contract, year, on or today())
        if missing:
            raise ClosingIncomplete(year=year, indicators=tuple(i.name for i in missing))
        known = [row for row in self.closings(contract.cpog.uuid) if row.year == year]
        if known and not differences(self._closed(contract, year, known[-1].version), contract, year):
            raise AlreadyClosed(year=year, version=known[-1].version)
        version = known[-1].version + 1 if known else 1
        name = f"bilan {year} arrêté" + (f", version {version}" if version > 1 else "")
        with self._writing(name) as session:
            session.add(
                CpogClosingTable(
                    uuid=key_of("cpog-closing", contract.cpog.uuid, year, version),
                    cpog_uuid=contract.cpog.uuid, year=year, version=version, closed_at=clock.now(),
                    author=author, reason=reason, content=encode(contract),
                )
            )  # fmt: skip
        return CHANGED

    def difference(
        self, code: str, year: int, before: int | None = None, after: int | None = None
    ) -> list[DifferenceRow]:
        """What changed in a closed year: from version before (the first) to after (what is there now).

        Raises UnknownContract, NotClosed.
        """
        contract = self.contract(code)
        old = self._closed(contract, year, before or 1)
        new = contract if after is None else self._closed(contract, year, after)
        return [
            DifferenceRow(d.indicator_uuid, d.indicator, d.what, d.before, d.after)
            for d in differences(old, new, year)
        ]

    def closed_contract(self, code: str, year: int, version: int | None = None) -> Contract:
        """The contract as it was when a year was closed, in its last version or another. Raises NotClosed."""
        contract = self.contract(code)
        known = [row.version for row in self.closings(contract.cpog.uuid) if row.year == year]
        if not known:
            raise NotClosed(year=year)
        return self._closed(contract, year, version or known[-1])

    def _closed(self, contract: Contract, year: int, version: int) -> Contract:
        with self._base.read() as session:
            rows = all_rows(
                session, CpogClosingTable, cpog_uuid=contract.cpog.uuid, year=year, version=version
            )
        if not rows:
            raise NotClosed(year=year)
        return decode(rows[0]["content"])
