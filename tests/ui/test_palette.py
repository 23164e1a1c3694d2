"""What « Rechercher ou agir » finds in the files of the base, and that it opens the exact object."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.commands import commands_of
from ui.models.commands import GROUPS, MOST_OF_GROUP, Command, search
from ui.window import MainWindow


def found(window: MainWindow, text: str, group: str) -> list[str]:
    return [command.label for command in search(commands_of(window), text) if command.group == group]


def settle(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(3):
        qtbot.waitUntil(lambda: not window.runner.tasks)


@pytest.mark.parametrize(
    ("text", "group", "expected"),
    [
        ("laep ITINERANT", "Fiches action", "Lancer un Laep itinérant"),
        ("itinerance rpe points", "Fiches action", "Ouvrir deux points d’itinérance du Rpe à l’ouest"),
        (
            "schema departemental deux sevres",
            "SDSF",
            "Schéma départemental des services aux familles des Deux",
        ),
        ("ctg niortais", "CTG", "CTG du Niortais"),
        ("comite pilotage", "Réunions", "Comité de pilotage"),
    ],
)
def test_objects_are_found_without_accents_in_any_order(
    opened: MainWindow, text: str, group: str, expected: str
) -> None:
    assert any(expected in label for label in found(opened, text, group))


def test_a_fiche_found_by_its_number_opens(qtbot: QtBot, opened: MainWindow) -> None:
    labels = found(opened, "1.1.1", "Fiches action")
    assert labels
    assert all(label.startswith("1.1.1") for label in labels)
    opened.open_palette()
    palette = opened.palette_dialog
    palette.field.setText(labels[-1])
    assert palette.model.commands[0].label == labels[-1]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    settle(qtbot, opened)
    assert opened.frame is not None
    page = opened.frame.page
    assert page is opened.frame.pages["ctg"]
    assert page.shown is page.action
    assert page.action.read.detail.row.title == labels[-1].split(" ", 1)[1]


def test_an_indicator_of_a_cpog_and_a_seance_open(qtbot: QtBot, opened: MainWindow) -> None:
    assert opened.frame is not None
    services = opened.frame.services
    contract = next(one for one in services.cpog.all_contracts() if one.indicators)
    wanted = contract.indicators[0]
    next(c for c in commands_of(opened) if c.group == "CPOG" and c.label.startswith(wanted.label)).run()
    settle(qtbot, opened)
    assert opened.frame.page is opened.frame.pages["cpog"]
    assert opened.frame.page.focus.indicator == wanted.uuid
    meeting = services.steering.meetings()[0]
    next(c for c in commands_of(opened) if c.group == "Réunions").run()
    settle(qtbot, opened)
    assert opened.frame.page is opened.frame.pages["meetings"]
    assert opened.frame.page.panel.detail.row.uuid == meeting.uuid


def test_every_group_is_known_and_shown_a_little(opened: MainWindow) -> None:
    commands = commands_of(opened)
    assert {command.group for command in commands} <= set(GROUPS)
    many = [Command("Fiches action", f"{n} Fiche", lambda: None, words="école") for n in range(500)]
    assert len([c for c in search([*commands, *many], "ecole fiche") if c in many]) == MOST_OF_GROUP
    assert search(many, "") == []
