"""Themes of one CTG as boxes: the compulsory ones are said, those of an avenant stay as signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout

from app.domain.french import long_date, plural, typographic
from ui.labels_ctg import theme_label
from ui.widgets.parts import Card, clear, text

if TYPE_CHECKING:
    from app.services.ctg_rows import CtgDetail, ThemeRow


class ThemesCard(Card):
    """`chosen` carries the codes signed at the start."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("Thèmes")
        self.boxes: list[QCheckBox] = []
        self.note = text("", "second", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.body.addWidget(self.note)
        self.body.addLayout(self._grid)

    def show_detail(self, detail: CtgDetail) -> None:
        """Show the themes of a convention; the focus stays on its box."""
        held = next((box.property("code") for box in self.boxes if box.hasFocus()), "")
        clear(self._grid)
        chosen = [theme for theme in detail.themes if theme.chosen]
        said = [plural(len(chosen), "thème retenu", "thèmes retenus")]
        missing = [theme.label for theme in detail.themes if theme.compulsory and not theme.chosen]
        if missing:
            said.append(f"obligatoires absents : {', '.join(missing)}")
        self.note.setText(typographic(" ; ".join(said)))
        numbers = {amendment.uuid: amendment.number for amendment in detail.amendments}
        self.boxes = [self._box(theme, numbers) for theme in detail.themes]
        for place, box in enumerate(self.boxes):
            self._grid.addWidget(box, place // 2, place % 2)
            if held and box.property("code") == held:
                box.setFocus()

    def _box(self, held: ThemeRow, numbers: dict[str, int]) -> QCheckBox:
        words = theme_label(held.code, short=True) + (" (obligatoire)" if held.compulsory else "")
        if held.actions:
            words += f", {plural(held.actions, 'fiche')}"
        box = QCheckBox(words)
        box.setToolTip(held.label)
        box.setChecked(held.chosen)
        if held.amendment_uuid:
            box.setEnabled(False)
            since = f", depuis le {long_date(held.since)}" if held.since else ""
            number = numbers.get(held.amendment_uuid, "")
            box.setText(f"{words}, avenant n°\u00a0{number}")
            box.setToolTip(f"{held.label}. Entré par l’avenant n°\u00a0{number}{since}")
        box.setAccessibleName(box.text())
        box.setProperty("code", held.code)
        box.clicked.connect(self._ticked)
        return box

    def _ticked(self) -> None:
        ticked = [box for box in self.boxes if box.isChecked() and box.isEnabled()]
        self.chosen.emit(tuple(box.property("code") for box in ticked))

    def focus_missing(self) -> None:
        """Go to the first theme that is not chosen."""
        for box in self.boxes:
            if box.isEnabled() and not box.isChecked():
                box.setFocus()
                return
