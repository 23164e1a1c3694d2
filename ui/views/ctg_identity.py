"""Identity of one CTG: its name, its dates, where what is known of it comes from; its removal."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from app.domain.french import long_date, typographic
from ui.labels_ctg import SCOPE
from ui.widgets.fields import DateField, Field, LongTextField, TextField
from ui.widgets.parts import Card, button, row, text

if TYPE_CHECKING:
    from app.services.ctg_rows import CtgDetail


class IdentityCard(Card):
    """`edited` carries a field and its value; `removed` and `ctg_asked` (the one before, the one after)."""

    edited = Signal(str, object)
    removed = Signal()
    ctg_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("Identité")
        self.said = text("", "second", wrap=True)
        self.name = TextField("Nom", required=True)
        self.starts_on = DateField("Début")
        self.ends_on = DateField("Fin signée")
        self.cej_ends_on = DateField("Fin du CEJ précédent")
        self.source = TextField("Source de ce qui est connu")
        self.note = LongTextField("Note", lines=2)
        self.fields: dict[str, Field] = {
            "name": self.name, "starts_on": self.starts_on, "ends_on": self.ends_on,
            "cej_ends_on": self.cej_ends_on, "source": self.source, "note": self.note,
        }  # fmt: skip
        for name, field in self.fields.items():
            field.committed.connect(partial(self._typed, name))
        self.before = button("", self._open_before, icon="arrow-left", role="link")
        self.after = button("", self._open_after, icon="arrow-right", role="link")
        self.erase = button("Supprimer la CTG", self.removed.emit, icon="trash", role="danger")
        self._links: tuple[str, str] = ("", "")
        self.body.addWidget(self.said)
        self.body.addWidget(self.name)
        self.body.addLayout(row(self.starts_on, self.ends_on, self.cej_ends_on, gap=10))
        self.body.addWidget(self.source)
        self.body.addWidget(self.note)
        self.body.addLayout(row(self.before, self.after, None, self.erase))

    def show_detail(self, detail: CtgDetail) -> None:
        """Show another convention; what is being typed stays."""
        held = detail.row
        for name, value in (
            ("name", held.name), ("starts_on", held.starts_on), ("ends_on", detail.initial_ends_on),
            ("cej_ends_on", detail.cej_ends_on), ("source", held.source), ("note", detail.note),
        ):  # fmt: skip
            self.fields[name].set_value(value)
        said = [f"Périmètre : {SCOPE[detail.scope]}."]
        if held.signed_on is not None:
            said.append(f"Signée le {long_date(held.signed_on)}.")
        if held.ends_on != detail.initial_ends_on and held.ends_on is not None:
            said.append(f"Prolongée jusqu’au {long_date(held.ends_on)} par avenant.")
        self.said.setText(typographic(" ".join(said)))
        pairs = (detail.previous, detail.following)
        self._links = tuple(pair[0] if pair else "" for pair in pairs)  # type: ignore[assignment]
        for made, pair in zip((self.before, self.after), pairs, strict=True):
            made.setVisible(pair is not None)
            made.setText(pair[1] if pair else "")
            made.setAccessibleName(pair[1] if pair else "CTG liée")

    def _typed(self, name: str, value: Any) -> None:
        self.edited.emit(name, "" if value is None and name in ("source", "note") else value)

    def _open_before(self) -> None:
        self.ctg_asked.emit(self._links[0])

    def _open_after(self) -> None:
        self.ctg_asked.emit(self._links[1])
