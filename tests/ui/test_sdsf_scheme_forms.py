"""Verbs of a scheme by what they show: another stage, an avenant, a renewal, all undone by Ctrl+Z."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.sdsf import NodeKind, Stage
from ui.views.page import Kit
from ui.views.sdsf import SdsfPage
from ui.views.sdsf_scheme import SchemeView


@pytest.fixture
def view(qtbot: QtBot, kit: Kit) -> SchemeView:
    kit.services.sdsf.load_delivered()
    kit.context.set_territory("52")
    page = SdsfPage(kit)
    qtbot.addWidget(page)
    page.resize(1009, 542)
    page.show()
    page.activate()
    made = page.view("scheme")
    assert isinstance(made, SchemeView)
    made.page = page  # type: ignore[attr-defined] # kept alive
    settle(qtbot, made)
    return made


def settle(qtbot: QtBot, view: SchemeView) -> None:
    qtbot.waitUntil(lambda: not view.kit.runner.tasks)


def titles(view: SchemeView) -> list[str]:
    return [view.schemes.itemText(place) for place in range(view.schemes.count())]


def test_each_generation_is_told_apart(view: SchemeView) -> None:
    assert titles(view) == ["Haute-Marne 2020-2026, en cours", "Haute-Marne 2016, échu"]
    words = [action.text() for action in view.verbs.menu().actions()]
    assert words == [
        "Changer d’étape…", "Ajouter un avenant…", "Renouveler le schéma…", "Supprimer le schéma"
    ]  # fmt: skip


def test_another_page_leads_to_a_scheme(view: SchemeView, qtbot: QtBot) -> None:
    old = next(row.uuid for row in view.kit.services.sdsf.schemes("52") if row.generation == 1)
    view.page.receive(tab="scheme", scheme=old)  # type: ignore[attr-defined]
    settle(qtbot, view)
    assert view.schemes.currentText() == "Haute-Marne 2016, échu"
    assert view.tree.topLevelItemCount() == 0


def test_a_stage_follows_another_and_comes_back(view: SchemeView, qtbot: QtBot) -> None:
    form = view.side.stage
    view.open_form(form)
    assert view.panel.isHidden()
    assert view.card.isHidden()
    form.submit()
    assert "obligatoire" in form.stage.error.text()
    form.stage.box.setCurrentIndex(form.stage.box.findText("En évaluation"))
    form.submit()
    settle(qtbot, view)
    assert titles(view)[0].endswith("en évaluation")
    assert view.card.isVisible()
    view.kit.services.base.undo()
    view.reload()
    settle(qtbot, view)
    assert titles(view)[0].endswith("en cours")


def test_a_forbidden_stage_is_said_under_its_field(view: SchemeView, qtbot: QtBot) -> None:
    form = view.side.stage
    view.open_form(form)
    form.stage.box.setCurrentIndex(form.stage.box.findText("Renouvelé"))
    form.submit()
    settle(qtbot, view)
    said = form.stage.error.text().replace("\u202f", " ").replace("\u00a0", " ")
    assert "ne peut pas devenir « renouvelé »" in said
    assert "« en évaluation » ou « échu »" in said
    assert form.isVisible()
    assert titles(view)[0].endswith("en cours")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert form.isHidden()
    assert view.card.isVisible()


def test_an_avenant_prolongs_and_is_undone(view: SchemeView, qtbot: QtBot) -> None:
    form = view.side.amendment
    view.open_form(form)
    form.signed_on.edit.setText("02/11/2026")
    form.ends_on.edit.setText("30/06/2026")
    form.submit()
    settle(qtbot, view)
    assert "ne raccourcit pas" in form.ends_on.error.text()
    form.ends_on.edit.setText("31/12/2027")
    form.submit()
    settle(qtbot, view)
    assert titles(view)[0] == "Haute-Marne 2020-2027, en cours"
    assert view.detail is not None
    assert [held.get("kind") for held in view.detail.amendments] == ["prolongation"]
    assert view.detail.row.ends_on == date(2026, 12, 31)
    assert view.kit.services.base.undo()[0] == "Nouvel avenant du SDSF"
    view.reload()
    settle(qtbot, view)
    assert titles(view)[0] == "Haute-Marne 2020-2026, en cours"


def test_a_renewal_carries_axes_and_objectives(view: SchemeView, qtbot: QtBot) -> None:
    assert view.detail is not None
    sdsf = view.kit.services.sdsf
    axis = view.detail.nodes[0].uuid
    objective = sdsf.add_node(view.detail.row.uuid, NodeKind.OBJECTIVE, "Maintenir l’offre", axis)
    sdsf.add_node(view.detail.row.uuid, NodeKind.ACTION, "Bus", objective)
    sdsf.edit(view.detail.row.uuid, stage=Stage.EVALUATION)
    view.reload()
    settle(qtbot, view)
    form = view.side.renewal
    view.open_form(form)
    assert "passe à" in form.said.text()
    assert form.label.edit.toPlainText().endswith("de la Haute-Marne 2027-2032")
    assert (form.starts_on.edit.text(), form.ends_on.edit.text()) == ("01/01/2027", "31/12/2032")
    form.submit()
    settle(qtbot, view)
    assert titles(view)[:2] == ["Haute-Marne 2027-2032, en préparation", "Haute-Marne 2020-2026, renouvelé"]
    assert view.schemes.currentText() == "Haute-Marne 2027-2032, en préparation"
    assert view.tree.topLevelItemCount() == 9
    first = view.tree.topLevelItem(0)
    below = first.child(0) if first is not None else None
    assert below is not None
    assert (below.text(1), below.childCount()) == ("Maintenir l’offre", 0)
    view.schemes.setCurrentIndex(1)
    view._choose_scheme(1)
    settle(qtbot, view)
    view.open_form(form)
    form.submit()
    settle(qtbot, view)
    assert "déjà renouvelé" in form.label.error.text()
    view.kit.services.base.undo()
    view.reload()
    settle(qtbot, view)
    assert titles(view)[0] == "Haute-Marne 2020-2026, en évaluation"


def test_a_scheme_removed_comes_back(view: SchemeView, qtbot: QtBot) -> None:
    view.remove_scheme()
    settle(qtbot, view)
    assert titles(view) == ["Haute-Marne 2016, échu"]
    view.kit.services.base.undo()
    view.reload()
    settle(qtbot, view)
    assert len(titles(view)) == 2
    assert view.stack.currentIndex() == 0
