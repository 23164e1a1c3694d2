"""The form of a zone: written as one goes for a known one, at once for a new one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.errors import DomainError
from app.domain.register import Zone
from app.domain.register_change import with_values
from app.domain.register_errors import RegisterRefusal
from app.domain.register_lists import load_choices
from ui.views.equipment_parts import from_start, pair, quiet, refusal_words
from ui.widgets.fields import ChoiceField, DateField, Field, LongTextField, NumberField, TextField
from ui.widgets.parts import button, column, scrolled, text

if TYPE_CHECKING:
    from app.changes import Changes
    from app.services.register_rows import Added
    from ui.views.page import Kit

OTHER = "autre"
KINDS = (
    *((code, choice.label) for code, choice in load_choices("zone_kind").items()),
    (OTHER, "Autre zonage"),
)
LISTS = ("communes", "partial")


class ZoneForm(QFrame):
    """Fields of one zone."""

    saved = Signal(object)
    """Added: a new zone."""
    changed = Signal(object)
    """Changes: a known one was edited."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self.setProperty("role", "card")
        self.setAccessibleName("Fiche de la zone")
        self.zone: Zone | None = None
        self.title = text("Nouvelle zone", "object", wrap=True)
        self.fields: dict[str, Field] = {
            "name": TextField("Nom", required=True),
            "kind": ChoiceField("Zonage", KINDS, required=True),
            "own": TextField("Nom de ce zonage"),
            "code": TextField("Code"),
            "communes": LongTextField(
                "Communes entières", placeholder="Noms ou codes, séparés par ;", lines=3
            ),
            "partial": LongTextField(
                "Communes en partie", placeholder="Noms ou codes, séparés par ;", lines=2
            ),
            "starts_on": DateField("Début"),
            "ends_on": DateField("Fin (premier jour sans)"),
            "population": NumberField("Habitants"),
            "source": TextField("Source"),
        }
        self.outline = text("Son contour vient d’un fichier.", "hint", wrap=True)
        self.confirm = button("Créer la zone", self.save, role="primary")
        for code, field in self.fields.items():
            field.committed.connect(partial(self._commit, code))
        fields = self.fields
        dates = pair(fields["starts_on"], fields["ends_on"])
        lines = column(
            fields["name"], fields["kind"], fields["own"], fields["code"], fields["communes"],
            fields["partial"], self.outline, dates, fields["population"], fields["source"], None, gap=10,
        )  # fmt: skip
        lines.setContentsMargins(0, 0, 8, 0)
        inside = QWidget()
        inside.setProperty("role", "surface")
        inside.setLayout(lines)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 10, 12)
        whole.setSpacing(8)
        whole.addWidget(self.title)
        whole.addWidget(scrolled(inside), 1)
        whole.addWidget(self.confirm)
        self.start(focus=False)

    @property
    def is_new(self) -> bool:
        """True while a new zone is being entered."""
        return self.zone is None

    def start(self, *, focus: bool = True) -> None:
        """Empty the form."""
        self.zone = None
        self.title.setText("Nouvelle zone")
        self.confirm.show()
        self.outline.hide()
        for code, field in self.fields.items():
            field.accept()
            field.set_value(OTHER if code == "kind" else None)
            field.write(OTHER if code == "kind" else None)
        self.fields["own"].show()
        if focus:
            self.take_focus()

    def show_zone(self, zone: Zone) -> None:
        """Show a known zone; a refused field keeps what was typed."""
        other = self.zone is None or self.zone.uuid != zone.uuid
        self.zone = zone
        self.title.setText(zone.name)
        self.confirm.hide()
        self.outline.setVisible(zone.wkb is not None)
        for code, field in self.fields.items():
            if other:
                field.accept()
            if not field.error.text():
                field.set_value(self._value(zone, code))
        from_start(self.fields.values())
        self.fields["own"].setVisible(self.fields["kind"].value == OTHER)

    def take_focus(self) -> None:
        """Put the keyboard in the first field."""
        self.fields["name"].control.setFocus()

    def template(self) -> Zone:
        """Kind, dates and source for the outlines of a file; nothing else is taken from the form."""
        read = {
            code: field.read() for code, field in self.fields.items() if code not in ("population", *LISTS)
        }
        return Zone(
            "", self._kind(read), "", read["name"] or "", starts_on=read["starts_on"],
            ends_on=read["ends_on"], source=read["source"] or "",
        )  # fmt: skip

    def _value(self, zone: Zone, code: str) -> Any:
        if code == "kind":
            return zone.kind if zone.kind in load_choices("zone_kind") else OTHER
        if code == "own":
            return "" if zone.kind in load_choices("zone_kind") else zone.kind
        if code in LISTS:
            name = self.kit.services.territory.reference.commune
            return "\u202f; ".join(name(one).name for one in getattr(zone, code))
        return getattr(zone, code)

    # -- writing -----------------------------------------------------------------------------------------

    def _commit(self, code: str, value: Any) -> None:
        if code == "kind":
            self.fields["own"].setVisible(value == OTHER)
        if self.zone is None or (code == "kind" and value == OTHER):
            return
        call = quiet(self._edit, self.zone, code, value)
        self.kit.runner.write(call, self.changed.emit, refused=partial(self._refuse, code))

    def _edit(self, zone: Zone, code: str, value: Any) -> Changes:
        register = self.kit.services.register
        if code in LISTS:
            value = register.places.communes(str(value or ""), code)
        code = "kind" if code == "own" else code
        empty = "" if code in ("name", "code", "source", "kind") else None
        return register.edit_zone(with_values(zone, {code: empty if value is None else value}))

    def save(self) -> None:
        """Create the zone, in one action; a refusal stays at its field."""
        if self.zone is None and all([field.commit() for field in self.fields.values()]):
            values = {code: field.value for code, field in self.fields.items()}
            call = quiet(self._create, values)
            self.kit.runner.write(call, self._created, refused=partial(self._refuse, "name"))

    def _create(self, values: dict[str, Any]) -> Added:
        register = self.kit.services.register
        communes, partial_ = (register.places.communes(str(values[code] or ""), code) for code in LISTS)
        return register.add_zone(
            Zone(
                "", self._kind(values), values["code"] or "", values["name"], communes, partial_, None,
                values["starts_on"], values["ends_on"], values["population"], values["source"] or "",
            )
        )  # fmt: skip

    @staticmethod
    def _kind(values: dict[str, Any]) -> str:
        kind = str(values["kind"] or OTHER)
        return str(values["own"] or values["name"] or OTHER) if kind == OTHER else kind

    def _created(self, added: Added) -> None:
        self.saved.emit(added)

    def _refuse(self, code: str, error: DomainError) -> None:
        named = error.field if isinstance(error, RegisterRefusal) else code
        self.fields.get(named, self.fields[code]).refuse(refusal_words(error))
