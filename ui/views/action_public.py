"""« Publics et communes »: for whom, and where in the territory of the convention."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.domain.french import listing, number, plural
from ui.views import action_calls as calls
from ui.views.action_parts import Desk, FieldSection
from ui.widgets.check_list import CheckList
from ui.widgets.fields import REST_MS, TextField
from ui.widgets.parts import button, column, row, text

if TYPE_CHECKING:
    from ui.views.action_calls import ActionRead

NAMED = 12
"""Communes named in the sentence; beyond, they are counted."""


def concerned(read: ActionRead) -> tuple[int, int]:
    """Communes of the fiche, over those of the convention."""
    whole = read.detail.communes_total
    return (len(read.detail.communes) or whole, whole)


class PublicSection(FieldSection):
    """Words for the public; communes ticked in a list that opens; none ticked means all."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("publics", "Publics et communes", desk, {"audience": TextField("Publics")})
        self.sentence = text("", "second", wrap=True)
        self.toggle = button("Choisir les communes", self.show_list, icon="map-pins", role="link")
        self.toggle.setCheckable(True)
        self.list = CheckList("Communes de la fiche", "Filtrer les communes")
        self.list.setFixedHeight(desk.kit.theme.px(230))
        self.whole = button("Tout le territoire", self.choose_all)
        self.whole.setProperty("dense", True)
        self.box = QWidget()
        self.box.setLayout(column(self.list, row(self.whole, None), gap=8))
        self.box.hide()
        self._filling = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._write)
        self.list.changed.connect(self._ticked)
        self.body.addWidget(self.sentence)
        self.body.addLayout(row(self.toggle, None))
        self.body.addWidget(self.box)

    def show_read(self, read: ActionRead) -> None:
        """Show the words and the communes."""
        before = self.read
        super().show_read(read)
        names = {member.code: member.name for member in read.ctg.members}
        if before is None or before.ctg.members != read.ctg.members:
            self._filling = True
            lines = [(member.code, member.name, member.code) for member in read.ctg.members]
            self.list.show_lines(sorted(lines, key=lambda line: line[1]))
            self._filling = False
        if not self._rest.isActive():
            self._tick(set(read.detail.communes))
        self._say(read, names)

    def _say(self, read: ActionRead, names: dict[str, str]) -> None:
        count, whole = concerned(read)
        if not read.detail.communes:
            self.sentence.setText(f"Tout le territoire, {plural(whole, 'commune')}.")
        elif count <= NAMED:
            self.sentence.setText(f"{listing([names.get(c, c) for c in read.detail.communes])}.")
        else:
            self.sentence.setText(f"{number(count)} communes sur {number(whole)}.")

    def _tick(self, codes: set[str]) -> None:
        held = set(self.list.ticked())
        self._filling = True
        for code in held ^ codes:
            self.list.tick(code, code in codes)
        self._filling = False

    def show_list(self) -> None:
        """Open or close the list."""
        self.box.setVisible(self.box.isHidden())
        if self.box.isVisible():
            self.list.field.setFocus()

    def choose_all(self) -> None:
        """No commune in particular: the whole territory."""
        self._tick(set())
        self._write()

    def _ticked(self) -> None:
        if not self._filling:
            self._rest.start()

    def _write(self) -> None:
        self._rest.stop()
        values = {"communes": list(self.list.ticked())}
        self.desk.write(partial(calls.edit, self.desk.kit.services, "action", self.desk.action, values))
