"""Tab « Identité »: every field of the service, written when it is left; a refusal stays at its field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit

from app.domain.errors import DomainError
from app.domain.register import Status
from app.domain.register_errors import RegisterRefusal
from app.domain.register_fields import BY_CODE, FieldSpec
from app.domain.zones import Standing
from ui.views.equipment_parts import CardPart, from_start, pair, refusal_words
from ui.widgets.fields import CheckField, ChoiceField, DateField, Field, LongTextField, NumberField, TextField
from ui.widgets.parts import button, row, text

if TYPE_CHECKING:
    from app.services import Services
    from app.services.register_rows import EquipmentCard
    from ui.views.page import Kit

LINES: tuple[tuple[str, ...], ...] = (
    ("name",),
    ("kind",),
    ("status", "status_on"),
    ("manager",),
    ("manager_kind",),
    ("commune",),
    ("site",),
    ("address",),
    ("POINT",),
    ("opened_on", "closed_on"),
    ("licence_from", "licence_to"),
    ("licensed_places", "opened"),
    ("itinerant", "fte"),
    ("hours_per_year",),
    ("served",),
    ("source",),
    ("source_year", "reliability"),
    ("fictitious",),
    ("note",),
)
GROUPS = {
    "status": "", "commune": "Où", "opened_on": "Dates et agrément", "itinerant": "Activité",
    "source": "D’où vient l’information",
}  # fmt: skip
YES_NO = (("oui", "oui"), ("non", "non"))
REQUIRED = ("kind", "status")


def make_field(spec: FieldSpec) -> Field:
    """Return the control of a field of the register."""
    if spec.code == "fictitious":
        return CheckField("Donnée fictive, pour l’exemple")
    if spec.kind == "boolean":
        return ChoiceField(spec.label, YES_NO)
    if spec.choices:
        return ChoiceField(spec.label, spec.options(), required=spec.code in REQUIRED)
    if spec.kind == "date":
        return DateField(spec.label)
    if spec.kind in ("integer", "number"):
        return NumberField(spec.label, decimals=0 if spec.kind == "integer" else 2)
    if spec.code in ("note", "served"):
        hint = "Communes séparées par un point-virgule" if spec.code == "served" else ""
        return LongTextField(spec.label, placeholder=hint, lines=2)
    return TextField(spec.label)


def complete_communes(edit: QLineEdit, services: Services) -> None:
    """Propose the communes of the base."""
    names = sorted({commune.name for commune in services.territory.communes()})
    completer = QCompleter(QStringListModel(names, edit), edit)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    edit.setCompleter(completer)


class IdentityPart(CardPart):
    """One field a line, two for dates."""

    placing_asked = Signal(object)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.fields: dict[str, Field] = {}
        self.point = text("", "second", wrap=True)
        self.zones = text("", "hint", wrap=True)
        self.place = button("Placer sur la carte", self._place, icon="map-pin")
        self.unplace = button("Revenir au centre", self._unplace, role="link")
        for codes in LINES:
            self._add_line(codes)
        name = self.fields["commune"]
        assert isinstance(name, TextField)
        complete_communes(name.edit, kit.services)

    def _add_line(self, codes: tuple[str, ...]) -> None:
        title = GROUPS.get(codes[0], "")
        if title:
            self.add(4, text(title, "group"))
        if codes == ("POINT",):
            self.add(self.point, row(self.place, self.unplace, None), self.zones)
            return
        made = [self._field(code) for code in codes]
        self.add(made[0] if len(made) == 1 else pair(made[0], made[1]))

    def _field(self, code: str) -> Field:
        made = make_field(BY_CODE[code])
        made.committed.connect(partial(self._commit, code))
        self.fields[code] = made
        return made

    # -- showing -----------------------------------------------------------------------------------------

    def show_card(self, card: EquipmentCard) -> None:
        """Show another service: refusals of the former one are forgotten."""
        if card.equipment.uuid != self.uuid:
            for field in self.fields.values():
                field.accept()
        super().show_card(card)

    def fill(self, card: EquipmentCard) -> None:
        """Show every field; one that is refused keeps what was typed."""
        for code, field in self.fields.items():
            if not field.error.text():
                field.set_value(self._value(code, card))
        from_start(self.fields.values())
        self.fields["status_on"].setVisible(card.equipment.status is Status.SUSPENDED)
        several = sum(not group.expected for group in card.equipment.groups) > 1
        self.fields["opened"].setEnabled(not several)
        self.fields["opened"].setToolTip(
            "Plusieurs groupes\u202f: voir l’onglet « Places »" if several else ""
        )
        site = card.site
        if site.precise and site.lon is not None and site.lat is not None:
            self.point.setText(f"Emplacement exact\u202f: {degrees(site.lon, site.lat)}")
        else:
            self.point.setText("Emplacement inconnu\u202f: placé au centre de la commune.")
        self.unplace.setVisible(site.precise)
        inside = [found.zone.name for found in card.zones if found.standing is Standing.INSIDE]
        maybe = [found.zone.name for found in card.zones if found.standing is Standing.POSSIBLE]
        said = [f"Zones\u202f: {', '.join(inside)}"] if inside else []
        said += [f"Peut-être\u202f: {', '.join(maybe)}"] if maybe else []
        self.zones.setText(". ".join(said))
        self.zones.setVisible(bool(said))

    def _value(self, code: str, card: EquipmentCard) -> Any:
        reader = _READERS.get(code)
        if reader is not None:
            return reader(card)
        if code == "served":
            name = self.kit.services.territory.reference.commune
            return "\u202f; ".join(name(one).name for one in card.equipment.served)
        value = getattr(card.equipment, code)
        return value or None if BY_CODE[code].choices else value

    # -- writing -----------------------------------------------------------------------------------------

    def _commit(self, code: str, value: Any) -> None:
        if self.card is None:
            return
        cells = [(self.uuid, code, value)]
        self.write(self.register.edit_cells, cells, refused=partial(self._refuse_field, self.uuid, code))

    def _refuse_field(self, uuid: str, code: str, error: DomainError) -> None:
        if uuid != self.uuid:
            self.refuse(error)
            return
        named = error.field if isinstance(error, RegisterRefusal) else code
        field = self.fields.get({"code_commune": "commune", "licensed": "licensed_places"}.get(named, named))
        (field if field is not None and named == code else self.fields[code]).refuse(refusal_words(error))

    def _place(self) -> None:
        if self.card is not None:
            self.placing_asked.emit(partial(self._take_point, self.card.site.uuid))

    def _take_point(self, site_uuid: str, lon: float, lat: float, code_commune: str) -> None:
        site = self.register.site(site_uuid)
        self.write(
            self.register.edit_site,
            replace(site, lon=lon, lat=lat, precise=True, code_commune=code_commune or site.code_commune),
        )

    def _unplace(self) -> None:
        if self.card is not None:
            site = replace(self.card.site, lon=None, lat=None, precise=False)
            self.write(self.register.edit_site, site)


_READERS: dict[str, Callable[[EquipmentCard], Any]] = {
    "commune": lambda card: card.commune,
    "site": lambda card: card.site.name,
    "address": lambda card: card.site.address,
    "opened": lambda card: card.equipment.opened,
    "itinerant": lambda card: {True: "oui", False: "non", None: None}[card.equipment.itinerant],
    "status": lambda card: card.equipment.status.value,
    "reliability": lambda card: card.equipment.reliability.value or None,
    "fictitious": lambda card: card.equipment.fictitious,
}


def degrees(lon: float, lat: float) -> str:
    """« 46,22200 N, 0,14300 O »."""
    north = f"{abs(lat):.5f} {'N' if lat >= 0 else 'S'}"
    east = f"{abs(lon):.5f} {'E' if lon >= 0 else 'O'}"
    return f"{north}, {east}".replace(".", ",")
