"""Choice of a figure to attach to a constat: indicator, territory, year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.territory import Level
from ui.widgets.fields import ChoiceField
from ui.widgets.parts import button, row

if TYPE_CHECKING:
    from app.services.ctg_rows import CtgDetail
    from ui.views.page import Kit


class PinForm(QWidget):
    """Folded until asked; `asked` carries indicator, level, code and year."""

    asked = Signal(str, object, str, int)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._shown = ""
        self._places: dict[str, tuple[Level, str]] = {}
        self.open_button = button("Attacher un chiffre", self.open_form, icon="plus")
        self.indicator = ChoiceField("Indicateur", [], required=True)
        self.place = ChoiceField("Territoire", [], required=True)
        self.year = ChoiceField("Année", [], required=True)
        self.indicator.committed.connect(lambda _code: self._fill_years())
        self.place.committed.connect(lambda _key: self._fill_years())
        self.send_button = button("Attacher", self.send, icon="check", role="primary")
        self.form = QWidget()
        held = QVBoxLayout(self.form)
        held.setContentsMargins(0, 0, 0, 0)
        held.setSpacing(8)
        held.addWidget(self.indicator)
        both = row(self.place, self.year, gap=8)
        both.setStretch(0, 1)
        held.addLayout(both)
        held.addLayout(row(self.send_button, button("Fermer", self.close_form), None))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row(self.open_button, None))
        layout.addWidget(self.form)
        self.form.hide()
        for field in (self.indicator, self.place):
            field.box.setSizeAdjustPolicy(field.box.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.box.setMinimumContentsLength(12)

    def show_detail(self, detail: CtgDetail) -> None:
        """Offer the territories of a convention, and those it is compared with."""
        if detail.row.uuid == self._shown:
            return
        self._shown = detail.row.uuid
        reference = self._kit.services.territory.reference
        found = [(Level.EPCI, code) for code in detail.row.codes_epci]
        found += [(Level.DEPARTEMENT, code) for code in detail.row.departements]
        regions = dict.fromkeys(reference.departement(code).code_region for code in detail.row.departements)
        found += [(Level.REGION, code) for code in regions]
        found.append((Level.FRANCE, "FR"))
        found += [(Level.COMMUNE, member.code) for member in detail.members if member.present]
        self._places = {f"{int(level)}:{code}": (level, code) for level, code in found}
        self.place.set_choices(
            [(key, reference.name(level, code)) for key, (level, code) in self._places.items()]
        )
        self.place.set_value(next(iter(self._places)))
        self.close_form()

    def open_form(self) -> None:
        """Show the three fields."""
        held = self._kit.services.indicators.available()
        self.indicator.set_choices([(found.indicator.code, found.indicator.label) for found in held])
        if self.indicator.value is None and held:
            self.indicator.set_value(held[0].indicator.code)
        self._fill_years()
        self.form.show()
        self.open_button.hide()
        self.indicator.control.setFocus()

    def close_form(self) -> None:
        """Fold."""
        self.form.hide()
        self.open_button.show()

    def _fill_years(self) -> None:
        code, key = self.indicator.value, self.place.value
        years: tuple[int, ...] = ()
        if code and key in self._places:
            years = self._kit.services.indicators.years(code, self._places[key][0])
        self.year.set_choices([(str(year), str(year)) for year in reversed(years)])
        if years:
            self.year.set_value(str(years[-1]))
        self.send_button.setEnabled(bool(years))
        self.send_button.setToolTip("" if years else "Aucune année importée à cette maille")

    def send(self) -> None:
        """Ask for the figure."""
        if self.year.value and self.indicator.value and self.place.value in self._places:
            level, code = self._places[self.place.value]
            self.asked.emit(self.indicator.value, level, code, int(self.year.value))
            self.close_form()
