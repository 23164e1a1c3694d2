"""« Nouvel équipement »: the type first, then four fields; the place by commune, then a click on the map."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.errors import DomainError
from app.domain.french import listing, plural, typographic
from app.domain.register import Equipment, Site
from app.domain.register_errors import RegisterRefusal
from app.domain.register_fields import BY_CODE
from ui import labels_equipment as words
from ui.views.equipment_identity import complete_communes, make_field
from ui.views.equipment_parts import Part, quiet, refusal_words
from ui.widgets.fields import ChoiceField, Field, TextField
from ui.widgets.parts import button, icon_button, line, row, scrolled, text

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.register_rows import Added
    from ui.context import Context
    from ui.tasks import Task
    from ui.views.page import Kit

CODES = ("name", "manager", "manager_kind", "licensed_places")
NEW_SITE = ""
TOLD = 3


class NewForm(Part):
    """Right panel while a service is being entered; nothing is written before « Créer »."""

    closed = Signal()
    made = Signal(object)
    """Added: the new service."""
    placing_asked = Signal(object)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self._point: tuple[float, float] | None = None
        self.kind = ChoiceField("Type", words.kinds(), required=True)
        self.commune = TextField("Commune", required=True)
        complete_communes(self.commune.edit, kit.services)
        self.site = ChoiceField("Site", ((NEW_SITE, "Nouveau site"),), required=True)
        self.fields: dict[str, Field] = {code: make_field(BY_CODE[code]) for code in CODES}
        self.alike = text("", "hint", tone="ocre", wrap=True)
        self.where = text("", "second", wrap=True)
        self.confirm = button("Créer l’équipement", self.save, role="primary")
        self.place = button("Placer sur la carte", self._place, icon="map-pin")
        self._lay_out()
        for field in (self.kind, self.commune):
            field.committed.connect(self._look_around)
        for edit in (self.commune, self.fields["name"], self.fields["licensed_places"]):
            assert isinstance(edit, TextField)
            edit.edit.returnPressed.connect(self._enter)

    def _lay_out(self) -> None:
        panel = QFrame()
        panel.setProperty("role", "panel")
        panel.setProperty("side", "right")
        panel.setAccessibleName("Nouvel équipement")
        inside = QWidget()
        inside.setProperty("role", "surface")
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(16, 12, 16, 16)
        lines.setSpacing(10)
        for part in (
            self.banner,
            self.kind,
            self.fields["name"],
            self.commune,
            self.alike,
            self.site,
            self.where,
        ):
            lines.addWidget(part)
        lines.addLayout(row(self.place, None))
        for code in ("manager", "manager_kind", "licensed_places"):
            lines.addWidget(self.fields[code])
        lines.addStretch(1)
        head = row(
            text("Nouvel équipement", "object"), None, icon_button("x", "Renoncer", self.closed.emit), gap=4
        )
        head.setContentsMargins(16, 10, 8, 8)
        foot = row(self.confirm, button("Renoncer", self.closed.emit), None)
        foot.setContentsMargins(16, 10, 16, 12)
        whole = QVBoxLayout(panel)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(line())
        whole.addWidget(scrolled(inside), 1)
        whole.addWidget(line())
        whole.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(panel)

    # -- showing -----------------------------------------------------------------------------------------

    def start(self, context: Context) -> None:
        """Empty the form; the commune is that of the context, if there is one."""
        for field in (*self.fields.values(), self.commune):
            field.set_value(None)
            field.write(None)
            field.accept()
        if self.kind.value is None:
            self.kind.set_value(words.kinds()[0][0])
        self._point = None
        self.banner.hide()
        self.alike.hide()
        self.site.set_choices(((NEW_SITE, "Nouveau site"),))
        self.site.set_value(NEW_SITE)
        if context.commune:
            reference = self.kit.services.territory.reference
            self.commune.set_value(reference.commune(context.commune).name)
            self._look_around(None)
        self._say_where()
        self.kind.box.setFocus()

    def _look_around(self, _value: Any) -> None:
        """Read what is already in the commune: sites to share, services alike."""
        typed = self.commune.edit.text().strip()
        if not typed:
            return
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        call = partial(_around, self.kit.services, typed, str(self.kind.value or ""))
        self._reading = self.kit.runner.read(call, self._show_around, refused=self._unknown_commune)

    def _show_around(self, found: tuple[list[tuple[str, str]], list[str]]) -> None:
        sites, alike = found
        self.commune.accept()
        self.site.set_choices(((NEW_SITE, "Nouveau site"), *sites))
        if self.site.box.currentIndex() < 0:
            self.site.set_value(NEW_SITE)
        self.alike.setVisible(bool(alike))
        count = plural(
            len(alike), words.short_kind(str(self.kind.value)), words.short_kind(str(self.kind.value))
        )
        told = listing(alike[:TOLD]) + ("…" if len(alike) > TOLD else "")
        self.alike.setText(typographic(f"Déjà dans cette commune : {count} ({told}). Est-ce le même ?"))

    def _unknown_commune(self, error: DomainError) -> None:
        self.commune.refuse(refusal_words(error))

    def _say_where(self) -> None:
        if self._point is None:
            self.where.setText("Sans clic sur la carte, l’équipement est au centre de la commune.")
        else:
            self.where.setText("Emplacement exact choisi sur la carte.")

    # -- map ---------------------------------------------------------------------------------------------

    def _place(self) -> None:
        self.placing_asked.emit(self._take_point)

    def _take_point(self, lon: float, lat: float, code_commune: str) -> None:
        self._point = (lon, lat)
        if code_commune:
            self.commune.set_value(self.kit.services.territory.reference.commune(code_commune).name)
            self._look_around(None)
        self.site.set_value(NEW_SITE)
        self._say_where()

    # -- writing -----------------------------------------------------------------------------------------

    def _enter(self) -> None:
        """Entrée in the last field creates, elsewhere goes on."""
        if self.fields["licensed_places"].control.hasFocus():
            self.save()
        else:
            self.focusNextChild()

    def save(self) -> None:
        """Create the service, in one action; a refusal stays at its field."""
        fields = (self.kind, self.commune, *self.fields.values())
        if all([field.commit() for field in fields]):
            values = {code: field.value for code, field in self.fields.items()}
            self.kit.runner.write(
                quiet(
                    _create, self.kit.services, str(self.kind.value), str(self.commune.value),
                    str(self.site.value or ""), self._point, values,
                ),
                self.made.emit, refused=self._refused,
            )  # fmt: skip

    def _refused(self, error: DomainError) -> None:
        code = error.field if isinstance(error, RegisterRefusal) else ""
        field = {"kind": self.kind, "code_commune": self.commune, "commune": self.commune}.get(code)
        field = field or self.fields.get({"licensed": "licensed_places"}.get(code, code))
        if field is not None:
            field.refuse(refusal_words(error))
            field.control.setFocus()
        else:
            self.refuse(error)


def _around(
    services: Services, typed: str, kind: str, _progress: Progress
) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the sites of a commune (uuid, words), and the names of its services of a kind."""
    code = services.register.places.commune(typed)
    sites, alike = [], []
    for site in services.register.register().sites:
        if site.code_commune != code:
            continue
        hosted = [words.title_of(item.name, "", item.kind) for item in site.equipment]
        sites.append((site.uuid, site.name or site.address or ", ".join(hosted)))
        alike += [
            words.title_of(item.name, site.name, item.kind) for item in site.equipment if item.kind == kind
        ]
    return sites, alike


def _create(
    services: Services,
    kind: str,
    commune: str,
    site_uuid: str,
    point: tuple[float, float] | None,
    values: dict[str, Any],
) -> Added:
    register = services.register
    code = register.places.commune(commune)
    item = Equipment(
        "", site_uuid, kind, values["name"] or "", manager=values["manager"] or "",
        manager_kind=values["manager_kind"] or "", licensed_places=values["licensed_places"],
    )  # fmt: skip
    if site_uuid:
        return register.add_equipment(item)
    lon, lat = point or (None, None)
    return register.add_equipment(item, Site("", "", code, lon, lat, precise=point is not None))
