"""Services made by hand for the tests of the data page: they remember what was asked of them."""

from __future__ import annotations

import dataclasses
import datetime
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pytestqt.qtbot import QtBot

from app.changes import Changes, Topic
from app.domain.anomaly import Anomaly, Decision, Severity
from app.domain.dictionary import load_indicators
from app.domain.errors import ImportSuperseded, UnreadableFile
from app.domain.indicator import ValueState, ValueStatus
from app.domain.territory import Level
from app.ingestion.model import Clean, CleanRow, Preview
from app.progress import SILENT, Progress
from app.services.rows import (
    AnomalyRow,
    CatalogueRow,
    Forecast,
    ImportResult,
    ImportRunRow,
    OutlineSetRow,
    Prepared,
)
from app.services.table_imports import Asked, ModelChoice
from ui.context import ContextModel
from ui.hub import Hub
from ui.tasks import TaskRunner
from ui.theme import Theme
from ui.views.data import DataPage
from ui.views.page import Kit

NOTHING_ASKED = Asked()
Moves = list[tuple[str, dict[str, Any]]]
WRITTEN = Changes(frozenset({Topic.VALUES, Topic.IMPORTS}))
HEADERS = ("annee", "numepci", "nomepci", "txcouv_eaje_epci", "txcouv_epci")
NAMES = ("Année", "Code EPCI", "Nom", "Eaje", "Global")
LINES = (
    (2, ("2023", "200027308", "CC d'Auberive Vingeanne et Montsaugeonnais", "16", "62.1")),
    (3, ("2023", "200040244", "CA du Bocage Bressuirais", "12.9", "65.8")),
    (6, ("2023", "200041416", "CC Airvaudais-Val du Thouet", "0", "71.2")),
    (9, ("2023", "200068559", "CC du Bassin de Joinville en Champagne", "10.5", "59.1")),
)
ANOMALIES = (
    Anomaly(14, "txcouv_epci", "abc", "not_a_number", Severity.ERROR, (), Decision.REJECT),
    Anomaly(
        6,
        "txcouv_eaje_epci",
        "0",
        "zero_eaje",
        Severity.QUESTION,
        (("level", 3), ("bpe_year", 2025), ("bpe_count", 0)),
        Decision.KEEP,
        "couv_eaje",
    ),
    Anomaly(9, "numepci", "200068559", "two_departements", Severity.QUESTION, (), Decision.KEEP),
    Anomaly(11, "numepci", "200068666", "two_departements", Severity.QUESTION, (), Decision.KEEP),
    Anomaly(
        2,
        "txcouv_epci",
        "",
        "parts_rounded",
        Severity.INFO,
        (("count", 17), ("lines", "2-18"), ("extreme", 0.1)),
        Decision.UNDERSTOOD,
    ),
)


def clean(path: Path, anomalies: Sequence[Anomaly] = ANOMALIES) -> Clean:
    """A coverage file by Epci, read."""
    status = ValueStatus.CONSOLIDATED
    row = CleanRow("couv_eaje", 2023, Level.EPCI, "200040244", 12.9, ValueState.VALUE, status, False, 2023, 3)
    return Clean(
        source="cnaf_txcouv",
        label="Cnaf, couverture petite enfance par EPCI",
        level=Level.EPCI,
        years=(2023,),
        rows=(row,),
        anomalies=tuple(anomalies),
        rows_read=17,
        encoding="utf-8-sig",
        separator=";",
        sheet="",
        licence="Licence Ouverte 2.0",
        sha256="ab" * 32,
        preview=Preview(HEADERS, NAMES, (False, False, False, True, True), LINES),
        path=path,
        levels=(Level.EPCI,),
    )


def run(number: int = 1, **changes: Any) -> ImportRunRow:
    """An import in force."""
    made = ImportRunRow(
        number=number,
        file="txcouv_pe_epci_2023.csv",
        source_label="Taux de couverture petite enfance",
        imported_at=datetime.datetime(2026, 3, 5, 10, 42),
        new=85,
        changed=0,
        unchanged=0,
        rejected=1,
        undone_at=None,
        anomalies=2,
        sha256="ab" * 32,
        licence="Licence Ouverte 2.0",
        fictitious=False,
    )
    return dataclasses.replace(made, **changes)


def kept(uuid: str = "a", **changes: Any) -> AnomalyRow:
    """A question kept with its import."""
    made = AnomalyRow(
        uuid, 1, "txcouv_pe_epci_2023.csv", 6, "txcouv_eaje_epci", "0",
        "Un zéro ou une absence\u202f?", "Le zéro est vraisemblable.", Severity.QUESTION, "keep",
        "zero_eaje", ((6, 6),),
    )  # fmt: skip
    return dataclasses.replace(made, **changes)


def catalogue() -> list[CatalogueRow]:
    """Two indicators filled."""
    known = load_indicators()
    return [
        CatalogueRow(known["couv_global"], Level.EPCI, 2023, 17, "Taux de couverture", ((0, 16), (2, 1))),
        CatalogueRow(known["naissances"], Level.COMMUNE, 2025, 678, "Naissances", ((0, 600), (1, 78))),
    ]


@dataclass
class FakeImports:
    """Reads nothing; writes into a list."""

    held: list[ImportRunRow] = field(default_factory=list)
    stored: list[AnomalyRow] = field(default_factory=list)
    applied: list[tuple[str, dict[int, str]]] = field(default_factory=list)
    undone: list[int] = field(default_factory=list)
    decided: list[tuple[str, str]] = field(default_factory=list)
    exported: list[tuple[Path, int | None]] = field(default_factory=list)
    refuse: Exception | None = None
    refuse_undo: bool = False
    gate: threading.Event | None = None
    prepare_as: dict[str, Prepared] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def prepare(
        self, paths: Sequence[Path], progress: Progress = SILENT, asked: Asked = NOTHING_ASKED
    ) -> list[Prepared]:
        progress.report(0.5, "Lecture")
        self.asked.append(asked)
        return [self.prepare_as.get(path.name) or self._prepared(path) for path in paths]

    def _prepared(self, path: Path) -> Prepared:
        if "illisible" in path.name:
            return Prepared(path, error=UnreadableFile(path, reason="encoding"))
        anomalies = () if "propre" in path.name else ANOMALIES
        return Prepared(path, clean=clean(path, anomalies), count=Forecast(new=85, changed=2, unchanged=3))

    def choices(self, _headers: Sequence[str]) -> list[ModelChoice]:
        return []

    def forecast(self, prepared: Prepared, decisions: Mapping[int, str]) -> Forecast:
        refused = sum(code == "reject" for code in decisions.values())
        return dataclasses.replace(prepared.count, new=prepared.count.new - 5 * refused)

    def apply(self, prepared: Prepared, decisions: Mapping[int, str], progress: Progress) -> ImportResult:
        if self.gate is not None:
            for _second in range(100):
                progress.report(0.1, "Écriture")
                if self.gate.wait(0.02):
                    break
        if self.refuse is not None and self.applied:
            raise self.refuse
        self.applied.append((prepared.path.name, dict(decisions)))
        return ImportResult(len(self.applied), 85, 2, 3, 1, WRITTEN)

    def undo(self, number: int) -> Changes:
        if self.refuse_undo:
            raise ImportSuperseded(number=number, later=[9])
        self.undone.append(number)
        return WRITTEN

    def runs(self) -> list[ImportRunRow]:
        return self.held

    def anomalies(self, number: int | None = None) -> list[AnomalyRow]:
        return [row for row in self.stored if number in (None, row.import_number)]

    def decide(self, uuid: str, decision: str) -> Changes:
        self.decided.append((uuid, decision))
        self.stored = [
            dataclasses.replace(row, decision=decision) if row.uuid == uuid else row for row in self.stored
        ]
        return Changes(frozenset({Topic.IMPORTS, Topic.JOURNAL}))

    def export_anomalies(self, path: Path, number: int | None = None) -> None:
        self.exported.append((path, number))


@dataclass
class FakeOutlines:
    """Sets of outlines in memory."""

    held: list[OutlineSetRow] = field(default_factory=list)

    def sets(self) -> list[OutlineSetRow]:
        return self.held

    def fond(self, _progress: Progress = SILENT) -> Any:
        used = next((row.label for row in self.held if row.active), None)
        label = used or "fond approché (centres et superficies communales)"
        return SimpleNamespace(label=label, millesime=2026)

    def activate(self, uuid: str | None, level: Level) -> Changes:
        self.held = [
            dataclasses.replace(row, active=row.uuid == uuid) if row.level == level else row
            for row in self.held
        ]
        return Changes(frozenset({Topic.OUTLINES, Topic.JOURNAL}))


@dataclass
class FakeBase:
    """Counts the copies."""

    read_only: bool = False
    read_only_reason: str = ""
    copies: int = 0

    def backup(self, _path: Path | None) -> Path:
        self.copies += 1
        return Path("copie.maillage")


def make_kit(services: Any, moves: list[tuple[str, dict[str, Any]]]) -> Kit:
    """A kit around these services; navigate writes in moves. Close its runner."""

    def navigate(page: str, /, **wishes: Any) -> None:
        moves.append((page, wishes))

    def notify(*_said: Any, **_more: Any) -> None:
        """Say nothing."""

    return Kit(services, TaskRunner(), Hub(), ContextModel(), Theme(), navigate, notify)


def shown_page(qtbot: QtBot, kit: Kit, width: int, height: int) -> DataPage:
    """The page « Données » of that size, shown."""
    made = DataPage(kit)
    qtbot.addWidget(made)
    made.resize(width, height)
    made.show()
    return made


def fake_services() -> Any:
    """Everything the data page asks for."""
    return SimpleNamespace(
        base=FakeBase(),
        imports=FakeImports(),
        outlines=FakeOutlines(),
        indicators=SimpleNamespace(catalogue=list),
    )
