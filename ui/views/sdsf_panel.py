"""Right side of a scheme: the element chosen, then the scheme itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.french import NO_DATA, long_date, plural, typographic
from app.domain.sdsf import NodeKind
from ui import labels_sdsf as labels
from ui.widgets.fields import ChoiceField, DateField, Field, LongTextField, NumberField, TextField
from ui.widgets.parts import clear, text

if TYPE_CHECKING:
    from app.services.sdsf_rows import NodeRow, SdsfDetail

YES_NO = (("oui", "oui"), ("non", "non"))
FLAGS = {"oui": True, "non": False, None: None}


class NodePanel(QWidget):
    """Fields of an axis, an objective or an action; written as one goes."""

    def __init__(self, edit: Callable[[str, str, Any], None]) -> None:
        super().__init__()
        self._edit = edit
        self._uuid = ""
        self.title = text("", "section")
        self.label = LongTextField("Intitulé", required=True, lines=2)
        self.theme_field = TextField("Thème")
        self.expected = LongTextField("Niveau de résultat attendu", lines=2)
        self.pilot = TextField("Pilote (fonction et organisation)")
        self.starts_on = DateField("Début")
        self.ends_on = DateField("Échéance")
        self.state = ChoiceField(
            "État", [(code, words) for code, words in labels.ACTION_STATE.items() if code]
        )
        self.budget = NumberField("Budget", decimals=2, least=0, unit="€")
        self.source = text("", "hint", wrap=True)
        self._fields: dict[str, Field] = {
            "label": self.label, "theme": self.theme_field, "expected": self.expected, "pilot": self.pilot,
            "starts_on": self.starts_on, "ends_on": self.ends_on, "state": self.state,
            "budget_cents": self.budget,
        }  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.title)
        for name, field in self._fields.items():
            layout.addWidget(field)
            field.committed.connect(partial(self._committed, name))
        layout.addWidget(self.source)

    def show_node(self, node: NodeRow | None) -> None:
        """Show another element, or nothing."""
        self.setVisible(node is not None)
        if node is None:
            self._uuid = ""
            return
        self._uuid = node.uuid
        self.title.setText(f"{labels.NODE[node.kind].capitalize()} {node.number}")
        for name, field in self._fields.items():
            value = getattr(node, name)
            field.set_value(value / 100 if name == "budget_cents" and value is not None else value)
        for field in (self.pilot, self.starts_on, self.ends_on, self.state, self.budget):
            field.setVisible(node.kind is NodeKind.ACTION)
        self.expected.setVisible(node.kind is not NodeKind.AXIS)
        self.source.setText(typographic(f"Source : {node.source}") if node.source else "")

    def _committed(self, name: str, value: Any) -> None:
        if not self._uuid:
            return
        if name == "budget_cents" and value is not None:
            value = round(value * 100)
        if name in ("theme", "expected", "pilot", "state") and value is None:
            value = ""
        self._edit(self._uuid, name, value)


class SchemeCard(QWidget):
    """What is known of the scheme; « n.d. » where no document says it."""

    def __init__(self, edit: Callable[[str, Any], None]) -> None:
        super().__init__()
        self._edit = edit
        self.starts_on = DateField("Début")
        self.ends_on = DateField("Fin")
        self.signed_on = DateField("Signé le")
        self.youth = ChoiceField("Axe jeunesse (indicateur COG)", YES_NO)
        self.beyond = ChoiceField("Au-delà de la petite enfance et de la parentalité", YES_NO)
        kinds = [(code, labels.SDAVS[code]) for code in ("integre", "distinct")]
        self.sdavs = ChoiceField("Convergence avec le Sdavs", kinds)
        self.facts = QVBoxLayout()
        self.facts.setSpacing(2)
        self._fields: dict[str, Field] = {
            "starts_on": self.starts_on, "ends_on": self.ends_on, "signed_on": self.signed_on,
            "youth_axis": self.youth, "beyond_childhood": self.beyond, "sdavs": self.sdavs,
        }  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(text("Le schéma", "section"))
        layout.addLayout(self.facts)
        for name, field in self._fields.items():
            layout.addWidget(field)
            field.committed.connect(partial(self._committed, name))

    def show_detail(self, detail: SdsfDetail) -> None:
        """Show another scheme."""
        row = detail.row
        clear(self.facts)
        end = long_date(row.ends_with_amendments) if row.ends_with_amendments else NO_DATA
        said = [
            f"{row.departement}, {labels.STAGE[row.stage]}",
            f"{plural(row.axes, 'axe')}, {plural(row.objectives, 'objectif')}, "
            f"{plural(row.actions, 'action')}",
            f"Fin, avenants compris : {end}",
        ]
        said += (
            [f"Signataires : {', '.join(party.get('name') for party in detail.parties)}"]
            if detail.parties
            else []
        )
        said += [row.sdavs_label] if row.sdavs_label else []
        said += [f"Source : {row.source}"] if row.source else []
        said += [row.note] if row.note else []
        for words in said:
            self.facts.addWidget(text(typographic(words), "second", wrap=True))
        for name, field in self._fields.items():
            value = getattr(row, name)
            if isinstance(value, bool):
                value = "oui" if value else "non"
            field.set_value(value or None)

    def _committed(self, name: str, value: Any) -> None:
        if name in ("youth_axis", "beyond_childhood"):
            value = FLAGS[value]
        if name == "sdavs" and value is None:
            value = ""
        self._edit(name, value)
