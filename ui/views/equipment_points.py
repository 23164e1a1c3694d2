"""Tab « Points et jours »: where an itinerant service goes, which days, how many hours."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout

from app.domain.errors import DomainError
from app.domain.french import number, plural, typographic
from app.domain.register import Point
from app.domain.register_errors import RegisterRefusal
from ui.labels_register import DAYS
from ui.views.equipment_identity import complete_communes
from ui.views.equipment_parts import CardPart, refusal_words
from ui.widgets.fields import NumberField, TextField
from ui.widgets.parts import button, clear, column, icon_button, row, text

if TYPE_CHECKING:
    from app.services.register_rows import EquipmentCard
    from ui.views.page import Kit

DAY = 32


class PointsPart(CardPart):
    """One block a point: days as buttons, hours a year."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.said = text("", "second", wrap=True)
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(8)
        self.blocks: dict[str, PointBlock] = {}
        self.commune = TextField("Commune du nouveau point", required=True)
        complete_communes(self.commune.edit, kit.services)
        self.commune.edit.returnPressed.connect(self.add_point)
        self.add(
            self.said, self._blocks, self.commune,
            row(button("Ajouter le point", self.add_point, icon="plus"), None),
        )  # fmt: skip

    def fill(self, card: EquipmentCard) -> None:
        """Show the points and what they add up to."""
        item = card.equipment
        state = {True: "Itinérant", False: "Non itinérant", None: "Itinérance non précisée"}[item.itinerant]
        hours = [point.hours_per_year for point in item.points if point.hours_per_year is not None]
        said = f"{state}, {plural(len(item.points), 'point')}"
        if hours:
            part = "" if len(hours) == len(item.points) else "au moins "
            said += f", {part}{number(sum(hours))} heures par an"
        self.said.setText(f"{said}.")
        if [point.uuid for point in item.points] != list(self.blocks):
            clear(self._blocks)
            self.blocks = {}
            for point in item.points:
                self.blocks[point.uuid] = PointBlock(self)
                self._blocks.addWidget(self.blocks[point.uuid])
        for point in item.points:
            self.blocks[point.uuid].show_point(point, self._name(point.code_commune))

    def _name(self, code: str) -> str:
        reference = self.kit.services.territory.reference
        return reference.commune(code).name

    def add_point(self) -> None:
        """Add a point in the commune typed; an equipment with points is itinerant."""
        if self.card is None or not self.commune.commit() or not self.commune.value:
            return
        self.write(self._add, self.uuid, str(self.commune.value), done=self._added, refused=self._refused)

    def _add(self, uuid: str, typed: str) -> Any:
        code = self.register.places.commune(typed, "points")
        return self.register.add_point(uuid, Point("", self._name(code), code))

    def _added(self, _done: object) -> None:
        self.commune.set_value("")
        self.commune.edit.clear()

    def _refused(self, error: DomainError) -> None:
        self.commune.refuse(refusal_words(error))


class PointBlock(QFrame):
    """One point."""

    def __init__(self, part: PointsPart) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._part = part
        self._point: Point | None = None
        self.title = text("", "label", wrap=True)
        self.label = TextField("Lieu")
        self.hours = NumberField("Heures par an", decimals=1)
        self.days = tuple(self._day(place) for place in range(len(DAYS)))
        self.label.committed.connect(partial(self._commit, "label"))
        self.hours.committed.connect(partial(self._commit, "hours_per_year"))
        both = row(self.label, self.hours, gap=10)
        both.setStretch(0, 3)
        both.setStretch(1, 2)
        inside = column(
            row(self.title, None, icon_button("trash", "Supprimer ce point", self._remove)),
            row(*self.days, None, gap=3), both, gap=6,
        )  # fmt: skip
        inside.setContentsMargins(12, 8, 12, 10)
        self.setLayout(inside)

    def _day(self, place: int) -> QToolButton:
        made = QToolButton()
        made.setText(DAYS[place][0].upper())
        made.setToolTip(DAYS[place])
        made.setCheckable(True)
        made.setProperty("role", "framed")
        made.setFixedSize(DAY, DAY)
        made.clicked.connect(self._commit_days)
        return made

    def show_point(self, point: Point, commune: str) -> None:
        """Show a point; a refused field keeps what was typed."""
        self._point = point
        self.title.setText(commune)
        for place, made in enumerate(self.days):
            made.setChecked(place in point.days)
            made.setAccessibleName(f"{commune}, {DAYS[place]}")
        self.label.set_value(point.label)
        if not self.hours.error.text():
            self.hours.set_value(point.hours_per_year)

    def _commit_days(self) -> None:
        self._commit("days", tuple(place for place, made in enumerate(self.days) if made.isChecked()))

    def _commit(self, code: str, value: Any) -> None:
        if self._point is not None:
            point = replace(self._point, **{code: value})
            self._part.write(
                self._part.register.edit_point, self._part.uuid, point, refused=partial(self._refuse, code)
            )

    def _refuse(self, code: str, error: DomainError) -> None:
        if code == "days":
            self._part.refuse(error)
        else:
            (self.hours if code == "hours_per_year" else self.label).refuse(refusal_words(error))

    def _remove(self) -> None:
        if self._point is not None:
            self._part.write(
                self._part.register.remove_point, self._part.uuid, self._point.uuid, refused=self._kept
            )

    def _kept(self, error: DomainError) -> None:
        words = refusal_words(error) if isinstance(error, RegisterRefusal) else ""
        if words:
            self._part.banner.say(typographic(words), "rouge")
        else:
            self._part.refuse(error)
