"""Sections of a fiche that are words: identité, constat, description, pilotage, Retex."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QVBoxLayout, QWidget

from app.domain.ctg_themes import load_themes
from app.domain.ctg_words import ACTION_KIND, CAF_ROLE, ORIGIN
from app.domain.french import value_text
from ui.views import action_calls as calls
from ui.views.action_parts import Desk, FieldSection
from ui.widgets.fields import ChoiceField, DateField, Field, LongTextField, NumberField, TextField
from ui.widgets.parts import Elided, button, clear, fictitious, icon_button, row, text

if TYPE_CHECKING:
    from app.domain.indicator import Value
    from app.progress import Progress
    from app.services.ctg_plan_rows import FindingFigureRow, FindingRow
    from ui.views.action_calls import ActionRead


def identity(desk: Desk) -> FieldSection:
    """Theme, kind, dates, number of origin."""
    fields: dict[str, Field] = {
        "theme": ChoiceField("Thème", [(theme.code, theme.label) for theme in load_themes().values()]),
        "kind": ChoiceField("Nature", [(kind.value, word) for kind, word in ACTION_KIND.items()]),
        "starts_on": DateField("Début"),
        "ends_on": DateField("Échéance"),
        "reference": TextField("Numéro d’origine", placeholder="celui d’un plan importé"),
    }
    return FieldSection("identite", "Identité", desk, fields)


def description(desk: Desk) -> FieldSection:
    """What is done, what comes out of it, what to watch."""
    fields: dict[str, Field] = {
        "description": LongTextField("Description", lines=3),
        "deliverables": LongTextField("Livrables, un par ligne", lines=2),
        "vigilance": LongTextField("Points de vigilance", lines=2),
    }
    fields["description"].label.hide()
    return FieldSection("description", "Description", desk, fields)


def retex(desk: Desk) -> FieldSection:
    """What was learnt, shown to those who write a similar fiche."""
    hint = "ce qui a marché, ce qui a manqué, ce qu’on referait"
    field = LongTextField("Retour d’expérience", lines=3, placeholder=hint)
    field.label.hide()
    return FieldSection("retex", "Retex", desk, {"retex": field})


class PilotSection(FieldSection):
    """Functions and organisations, never names."""

    def __init__(self, desk: Desk) -> None:
        fields: dict[str, Field] = {
            "pilot_organisation": TextField("Pilote, organisation"),
            "pilot_function": TextField("Pilote, fonction", placeholder="une fonction, pas un nom"),
            "elected_function": TextField("Élu référent, fonction", placeholder="une fonction, pas un nom"),
            "caf_role": ChoiceField(
                "Rôle de la Caf", [(role.value, word) for role, word in CAF_ROLE.items()]
            ),
            "fte": NumberField("Moyens humains", decimals=2, least=0, unit="ETP"),
            "partners": LongTextField("Partenaires, un par ligne", lines=2),
        }
        super().__init__("pilotage", "Pilotage et partenaires", desk, fields)

    def values(self, read: ActionRead) -> Mapping[str, Any]:
        """Partners are one a line."""
        return {**super().values(read), "partners": "\n".join(read.detail.partners)}


class FindingBlock(QFrame):
    """A constat of the diagnostic, with its figures as they were pinned."""

    def __init__(self, section: FindingSection, finding: FindingRow, link: str) -> None:
        super().__init__()
        self.setProperty("role", "quote")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 8)
        layout.setSpacing(3)
        for figure in finding.figures:
            layout.addLayout(self._figure(section, figure))
        words = row(text(finding.text, "second", wrap=True), gap=8)
        words.setStretch(0, 1)
        if finding.fictitious:
            words.addWidget(fictitious())
        words.addWidget(icon_button("unlink", "Détacher ce constat", partial(section.unlink, link)))
        layout.addLayout(words)

    @staticmethod
    def _figure(section: FindingSection, figure: FindingFigureRow) -> Any:
        shown = value_text(figure.number, figure.state, figure.decimals)
        value = text(f"{shown} {figure.unit}", "strong", wrap=True)
        line = row(value, Elided(f"{figure.place}, {figure.year}", "second"))
        line.setStretch(0, 3)
        line.setStretch(1, 2)
        if figure.changed:
            now = value_text(figure.number_now, figure.state, figure.decimals)
            line.addWidget(text(f"{now} aujourd’hui", "hint", tone="ocre"))
        producer = figure.source.split(",")[0] or "Source"
        source = button(f"{producer} {figure.year}", icon="info-circle", role="link")
        source.setToolTip(figure.source)
        source.setAccessibleName(f"Comment est-ce calculé\u202f? {figure.label}")
        source.clicked.connect(partial(section.explain, figure, source))
        line.addWidget(source)
        return line


class FindingSection(FieldSection):
    """Constats linked, the gap that the fiche answers, the words of the user."""

    def __init__(self, desk: Desk) -> None:
        fields: dict[str, Field] = {
            "finding": LongTextField("Constat, en mots", lines=2),
            "origin_kind": ChoiceField("Origine", [(kind.value, word) for kind, word in ORIGIN.items()]),
            "origin": TextField("Précision sur l’origine"),
        }
        super().__init__("constat", "Constat d’origine", desk, fields)
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(8)
        self.body.insertLayout(1, self._blocks)
        self.gap = text("", "second", wrap=True)
        self.gap.hide()
        self.body.insertWidget(2, self.gap)
        self.attach = button("Rattacher un constat", self.ask, icon="link", role="link")
        self.body.addLayout(row(self.attach, None))

    def show_read(self, read: ActionRead) -> None:
        """Show the constats and the words."""
        same = self.read is not None and self.read.detail.findings == read.detail.findings
        super().show_read(read)
        gap = read.detail.gap
        self.gap.setVisible(gap is not None)
        self.gap.setText(f"Lacune du maillage, {gap.name}\u202f: {gap.reason}" if gap else "")
        if same and self._blocks.count():
            return
        clear(self._blocks)
        links = {link.other_uuid: link.uuid for link in read.detail.links if link.kind == "finding"}
        for finding in read.detail.findings:
            self._blocks.addWidget(FindingBlock(self, finding, links.get(finding.uuid, "")))

    def ask(self) -> None:
        """Offer the constats of the convention."""
        if self.read is not None:
            call = partial(calls.findings, self.desk.kit.services, self.read.ctg.row.uuid)
            self.desk.kit.runner.read(call, self._offer)

    def _offer(self, findings: list[FindingRow]) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        held = {finding.uuid for finding in self.read.detail.findings} if self.read else set()
        for finding in findings:
            if finding.uuid not in held:
                menu.addAction(finding.text[:90], partial(self._link, finding.uuid))
        if menu.isEmpty():
            menu.addAction("Aucun autre constat dans cette CTG").setEnabled(False)
        menu.popup(self.attach.mapToGlobal(self.attach.rect().bottomLeft()))

    def _link(self, finding: str) -> None:
        self.desk.write(partial(calls.link_finding, self.desk.kit.services, finding, self.desk.action))

    def unlink(self, link: str) -> None:
        """Take a constat away from the fiche."""
        self.desk.write(partial(calls.unlink, self.desk.kit.services, link))

    def explain(self, figure: FindingFigureRow, anchor: QPushButton, _checked: bool = False) -> None:
        """« Comment est-ce calculé ? », from what the base holds now."""
        call = partial(_value, self.desk, figure)
        self.desk.kit.runner.read(call, partial(self._explained, figure.place, anchor))

    def _explained(self, place: str, anchor: QWidget, value: Value) -> None:
        from ui.views.map_papers import prove

        prove(self.desk.kit, value, place, self.window()).show_beside(anchor)


def _value(desk: Desk, figure: FindingFigureRow, _progress: Progress) -> Value:
    return desk.kit.services.indicators.value(figure.indicator, figure.level, figure.code, figure.year)
