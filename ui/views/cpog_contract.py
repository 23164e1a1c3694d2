"""« Contrat »: what the document says of itself, its parties and acts, its engagements, its indicators."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.french import plural
from ui.views.cpog_contract_columns import (
    DOCUMENTS,
    PARTIES,
    HypothesisLine,
    engagement_columns,
    hypothesis_columns,
    indicator_columns,
)
from ui.views.cpog_parts import pair
from ui.views.cpog_writing import Writer
from ui.views.ctg_lists import EditList
from ui.widgets.fields import DateField, Field, LongTextField, TextField
from ui.widgets.parts import Banner, button, row, scrolled, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.domain.cpog import Engagement
    from app.progress import Progress
    from app.services import Services
    from app.services.cpog_rows import CpogDetail, HypothesisRow
    from ui.views.cpog_focus import CpogFocus
    from ui.views.page import Kit

PARTS = (
    ("self", "Contrat et actes"), ("indicator", "Indicateurs"), ("engagement", "Engagements"),
    ("hypothesis", "Hypothèses"),
)  # fmt: skip
SIGNED = "Sans date de signature, le contrat est prévu\u202f; signé, il est échu après son dernier jour."
HEIGHT, LABEL = 150, 230
PERIODS = 2
NO_HYPOTHESIS = "Aucune hypothèse. Ajoutez-en depuis la fiche d’un indicateur."


class ContractView(QWidget):
    """Written as one goes; `closed` leads back to the card."""

    closed = Signal()

    def __init__(self, kit: Kit, focus: CpogFocus) -> None:
        super().__init__()
        self.kit = kit
        self.focus = focus
        self.detail: CpogDetail | None = None
        self._wanted = ""
        self.setProperty("role", "surface")
        self.setProperty("zone", "cpog-contract")
        self.banner = Banner()
        self._writer = Writer(kit, self.banner, self)
        self.title = text("", "object", wrap=True)
        self.back = button("Revenir à la fiche", self.closed.emit, icon="arrow-left")
        self.parts = Segments(PARTS, "Parties du contrat")
        self.label = TextField("Intitulé", required=True)
        self.cog = TextField("COG déclinée", placeholder="2023-2027")
        self.starts_on = DateField("Début", required=True)
        self.ends_on = DateField("Fin", required=True)
        self.signed_on = DateField("Signé le")
        self.note = LongTextField("Note", lines=1)
        self.fields: dict[str, Field] = {
            "label": self.label, "cog_code": self.cog, "starts_on": self.starts_on, "ends_on": self.ends_on,
            "signed_on": self.signed_on, "note": self.note,
        }  # fmt: skip
        self.lists: dict[str, EditList] = {
            "party": self._list("party", "Parties", PARTIES, "Ajouter une partie", (0, 1)),
            "document": self._list("document", "Actes et annexes", DOCUMENTS, "Ajouter un acte", (2, 5)),
            "indicator": self._list(
                "indicator", "Indicateurs", indicator_columns(), "Ajouter un indicateur", (1,)
            ),
            "engagement": self._list(
                "engagement",
                "Engagements",
                engagement_columns(self._engagements),
                "Ajouter un engagement",
                (3,),
            ),
            "hypothesis": self._list("hypothesis", "Hypothèses", hypothesis_columns(), "", (0, 1, 7)),
        }
        self.stack = QStackedWidget()
        self._lay_out()
        for name, field in self.fields.items():
            field.committed.connect(partial(self._edit, name))
        self.parts.chosen.connect(self.show_part)

    def _list(
        self, kind: str, title: str, columns: Sequence[Any], add: str, flexible: tuple[int, ...]
    ) -> EditList:
        made = EditList(
            self.kit.theme, title, columns, title=title, flexible=flexible,
            add=(add, partial(self.add, kind)) if add else None,
            empty="Rien d’écrit." if add else NO_HYPOTHESIS,
        )  # fmt: skip
        if len(flexible) == 1:
            made.grid.LEAST = LABEL
        made.edited.connect(partial(self._edit_item, kind))
        made.removed.connect(partial(self._remove, kind))
        made.refused.connect(lambda words: self.banner.say(words, "rouge"))
        return made

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "surface")
        held = QVBoxLayout(inside)
        held.setContentsMargins(0, 0, 6, 0)
        held.setSpacing(10)
        held.addWidget(self.label)
        held.addLayout(pair(self.starts_on, self.ends_on))
        held.addLayout(pair(self.signed_on, self.cog))
        held.addWidget(text(SIGNED, "hint", wrap=True))
        held.addWidget(self.note)
        for kind in ("party", "document"):
            self.lists[kind].setMinimumHeight(self.kit.theme.px(HEIGHT))
            held.addWidget(self.lists[kind], 1)
        self.stack.addWidget(scrolled(inside))
        self.stack.addWidget(self.lists["indicator"])
        self.stack.addWidget(self.lists["engagement"])
        self.stack.addWidget(self.lists["hypothesis"])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 12, 22, 12)
        layout.setSpacing(10)
        head = row(self.title, self.back)
        head.setStretch(0, 1)
        layout.addLayout(head)
        layout.addWidget(self.banner)
        layout.addLayout(row(self.parts, None))
        layout.addWidget(self.stack, 1)

    # -- content -----------------------------------------------------------------------------------------

    def open(self, part: str) -> None:
        """Show a part of the contract of the focus."""
        self.banner.hide()
        self.show_part(part)
        self.reload()

    def show_part(self, code: str) -> None:
        """Show the contract itself, its indicators or its engagements."""
        self.parts.set_current(code)
        self.stack.setCurrentIndex([name for name, _ in PARTS].index(code))

    def reload(self) -> None:
        """Read the contract again."""
        if self.focus.code:
            self.kit.runner.read(partial(_read, self.kit.services, self.focus.code), self.show_read)

    def show_read(self, read: tuple[CpogDetail, Sequence[HypothesisRow]]) -> None:
        """Show a contract and its register of hypotheses."""
        detail, hypotheses = read
        self.detail = detail
        cpog = detail.cpog
        self.title.setText(f"{cpog.label}, {plural(detail.row.indicators, 'indicateur')}")
        for name, field in self.fields.items():
            field.set_value(getattr(cpog, name))
        shown: dict[str, Sequence[Any]] = {
            "party": detail.parties, "document": detail.documents, "indicator": detail.indicators,
            "engagement": detail.engagements,
            "hypothesis": [HypothesisLine(row.hypothesis.uuid, row) for row in hypotheses],
        }  # fmt: skip
        for kind, rows in shown.items():
            self.lists[kind].show_rows(rows)

    def set_compact(self, compact: bool) -> None:
        """Fewer columns on a narrow window: the others are on the card."""
        for place in (3, 4, 10, 11):
            self.lists["indicator"].grid.setColumnHidden(place, compact)
        self.lists["indicator"].grid.fit_columns()

    # -- writing -----------------------------------------------------------------------------------------

    def _edit(self, name: str, value: Any) -> None:
        values = {name: value if name.endswith("_on") else value or ""}
        if name == "signed_on":
            values["signed"] = value is not None
        self._writer.write("edit", self.focus.code, **values)

    def add(self, kind: str) -> None:
        """Add a line, ready to type."""
        call: Callable[[Progress], Any] = partial(_add, self.kit.services, self.focus.code, kind)
        self.kit.runner.write(call, partial(self._added, kind))

    def _added(self, kind: str, result: tuple[str, Any]) -> None:
        uuid, changes = result
        self.lists[kind].grid.wanted = uuid
        self.kit.hub.changed.emit(changes)

    def _edit_item(self, kind: str, held: Any, values: dict[str, Any]) -> None:
        if kind == "hypothesis":
            if "periods" in values:
                values["periods"] = int(values["periods"] or PERIODS)
            self._writer.write("save_hypothesis", replace(held.row.hypothesis, **values))
            return
        self._writer.write("edit_item", self.focus.code, kind, held.uuid, **values)

    def _remove(self, kind: str, rows: Sequence[Any]) -> None:
        for held in rows:
            if kind == "hypothesis":
                self._writer.write("remove_hypothesis", held.uuid)
            else:
                self._writer.write("remove_item", kind, held.uuid)

    def _engagements(self) -> Sequence[Engagement]:
        return self.detail.engagements if self.detail is not None else ()


def _read(services: Services, code: str, _progress: Progress) -> tuple[CpogDetail, Sequence[HypothesisRow]]:
    return services.cpog.detail(code), services.cpog.hypotheses(code)


def _add(services: Services, code: str, kind: str, _progress: Progress) -> tuple[str, Any]:
    return services.cpog.add_item(code, kind)
