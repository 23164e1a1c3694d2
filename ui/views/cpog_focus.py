"""What the sub-pages of « CPOG » share: the contract, the indicator and the year that one looks at."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.services.cpog_rows import CpogRow


class CpogFocus(QObject):
    """One for the page. Signals are emitted only when something differs."""

    contract_changed = Signal()
    indicator_changed = Signal()
    year_changed = Signal()

    def __init__(self, year: int) -> None:
        super().__init__()
        self._asked = year
        self.contract: CpogRow | None = None
        self.indicator = ""
        self.year = year

    @property
    def code(self) -> str:
        """Code of the contract, empty without any."""
        return self.contract.code if self.contract is not None else ""

    @property
    def years(self) -> tuple[int, ...]:
        """Years of the contract."""
        if self.contract is None:
            return ()
        return tuple(range(self.contract.starts_on.year, self.contract.ends_on.year + 1))

    def set_contract(self, contract: CpogRow | None) -> None:
        """Look at another contract: its indicator is chosen again, the year kept if it has it."""
        before = self.code
        self.contract = contract
        if self.code != before:
            self.indicator = ""
            self._set_year(self._asked)
            self.contract_changed.emit()

    def set_indicator(self, uuid: str) -> None:
        """Look at another indicator."""
        if uuid != self.indicator:
            self.indicator = uuid
            self.indicator_changed.emit()

    def set_year(self, year: int) -> None:
        """Look at another year; kept within the contract."""
        self._asked = year
        if self._set_year(year):
            self.year_changed.emit()

    def _set_year(self, year: int) -> bool:
        years = self.years
        kept = min(max(year, years[0]), years[-1]) if years else year
        changed = kept != self.year
        self.year = kept
        return changed
