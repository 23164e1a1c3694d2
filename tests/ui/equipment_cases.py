"""What the tests of « Équipements » share: a few services, invented, beside those delivered."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Opener
from app.domain.register import (
    Equipment,
    Movement,
    MovementKind,
    PlaceGroup,
    Point,
    Site,
    Transfer,
)
from app.services.register_rows import SupportRow
from ui.views.equipment import EquipmentPage

if TYPE_CHECKING:
    from app.services.register import RegisterService
    from ui.views.page import Kit

NIORT, THOUARS, MELLE = "79191", "79329", "79174"


@dataclass(frozen=True)
class Made:
    """Uuids of the services added."""

    creche: str
    laep: str


def fill(register: RegisterService) -> Made:
    """Add a crèche that has everything, and an itinerant Laep without agrément."""
    today = register.today()
    creche = register.add_equipment(
        Equipment(
            "", "", "eaje", "Les Lucioles", manager="Ville de Melle", manager_kind="commune",
            opened_on=datetime.date(2012, 9, 3), licence_to=today + datetime.timedelta(days=47),
            licensed_places=30, itinerant=False, fictitious=True, source="exemple", source_year=2025,
            groups=(
                PlaceGroup("", "Psu", "psu", 20, 18),
                PlaceGroup("", "Extension", "psu", 12, None, expected=True),
            ),
        ),
        Site("", "Pôle enfance", MELLE, -0.1430, 46.2220, precise=True),
    ).uuid  # fmt: skip
    for on, kind, places, qpv, expected in (
        (datetime.date(2021, 9, 1), MovementKind.CREATION, 12, "", False),
        (datetime.date(2023, 1, 1), MovementKind.CREATION, 6, "QP079001", False),
        (datetime.date(2024, 7, 1), MovementKind.CLOSURE, 4, "", False),
        (datetime.date(2027, 1, 1), MovementKind.CREATION, 12, "", True),
    ):
        register.add_movement(Movement("", creche, on, kind, places, qpv, expected, year_only=on.month == 1))
    register.set_signal(creche, "occupancy", 2024, 52.5, "compte de résultat 2024")
    register.set_signal(creche, "deficit", 2024, 3.0, "compte de résultat 2024")
    register.save_support(
        SupportRow(
            "", creche, datetime.date(2025, 3, 5), "visite", "Point sur l’occupation", "Caf, conseiller"
        )
    )
    register.add_transfer(creche, Transfer("", datetime.date(2020, 1, 1), "", "", "Ville de Melle", "epci"))
    laep = register.add_equipment(
        Equipment(
            "", "", "laep", "La Parenthèse", itinerant=True, fictitious=True,
            points=(Point("", "Salle des fêtes", THOUARS, days=(0, 3), hours_per_year=120.0),),
        ),
        Site("", "", THOUARS),
    ).uuid  # fmt: skip
    return Made(creche, laep)


@pytest.fixture(scope="session")
def filled(frozen_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made]:
    """The demonstration base with the services added, made once; copy it, never write to it."""
    folder = tmp_path_factory.mktemp("equipment")
    path = Path(shutil.copy(frozen_demo, folder / "demo.maillage"))
    services = Opener().open(path)
    made = fill(services.register)
    services.base.close()
    return path, made


@pytest.fixture
def demo_file(home: Path, filled: tuple[Path, Made]) -> Path:
    """A copy of that base, in the place of the demonstration base."""
    return Path(shutil.copy(filled[0], home / "deux-sevres.maillage"))


@pytest.fixture
def made(filled: tuple[Path, Made]) -> Made:
    """The services added."""
    return filled[1]


def settle(qtbot: QtBot, kit: Kit) -> None:
    """Wait until nothing is being read or written."""
    qtbot.waitUntil(lambda: not kit.runner.tasks)


def shown_page(qtbot: QtBot, kit: Kit, *, read: bool = True) -> EquipmentPage:
    """The page « Équipements », shown; read: with its register."""
    made = EquipmentPage(kit)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    if read:
        made.activate()
        settle(qtbot, kit)
    return made


def said(widget: QWidget) -> str:
    """Every text shown."""
    return " | ".join(
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget) and label.text()
    )
