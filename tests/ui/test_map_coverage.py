"""« Couverture » on the real services of the demonstration base, tested by what it shows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.domain.coverage import Network
from app.domain.indicator import ValueState
from app.domain.territory import Level
from maps.partial import PARTIAL
from tests.ui.map_pages import nameless, settle, shown, texts
from ui.views.map_coverage import CoveragePage
from ui.views.page import Kit
from ui.widgets.provenance import ProvenancePopover
from ui.widgets.share_bar import ShareBar

AIRVAUDAIS, NIORTAIS = "200041416", "200041317"


@pytest.fixture
def page(qtbot, kit: Kit) -> CoveragePage:
    return shown(qtbot, CoveragePage(kit))


def show(qtbot, page: CoveragePage, network: Network) -> None:
    qtbot.mouseClick(page.panel.networks[network], Qt.MouseButton.LeftButton)
    settle(qtbot, page)


def test_the_four_networks_are_one_click_each(page: CoveragePage, qtbot) -> None:
    titles, palettes = [], set()
    for network in Network:
        show(qtbot, page, network)
        titles.append(page.head.title.text())
        palettes.add(page.made.palette)
        assert page.panel.rule.isVisible()
        assert page.panel.rule.text() == "Couvert\u202f: une structure dans le territoire."
        assert nameless(page) == []
    assert [title.split("\u202f:")[0] for title in titles] == [
        "Accueil du jeune enfant", "Relais petite enfance", "Animation de la vie sociale",
        "Lieux d’accueil enfants-parents",
    ]  # fmt: skip
    assert len(palettes) == len(Network)


def test_shares_are_told_in_territories_and_in_people(page: CoveragePage, qtbot) -> None:
    said = texts(page.detail)
    assert "7 EPCI sur 8 (87,5\u202f%)" in said
    assert "98,2\u202f% de 375\u202f229 habitants" in said
    assert len(page.detail.findChildren(ShareBar)) == 2
    qtbot.mouseClick(page.panel.offer.button("effective"), Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    assert "Offre effective" in page.panel.rule.text()
    assert any(words.startswith("Offre nominale") for words in texts(page.detail))


def test_official_value_stands_beside_our_own_count(page: CoveragePage, qtbot) -> None:
    page.select(AIRVAUDAIS)
    settle(qtbot, page)
    said = texts(page.detail)
    assert "CC Airvaudais-Val du Thouet" in said
    assert {"Officiel, 2023", "Écart", "Compte complet"} <= set(said)
    assert any("la Cnaf ne publie pas le sien" in words for words in said)
    page.detail.explain()
    popover = page.window().findChild(ProvenancePopover)
    assert popover is not None
    assert any("Cnaf" in words for words in texts(popover))
    popover.close()


def test_what_is_partly_known_is_hatched_and_says_at_least(page: CoveragePage, qtbot) -> None:
    show(qtbot, page, Network.AVS)
    made = page.made
    assert NIORTAIS in made.at_least
    assert [layer.label for layer in made.zones] == [PARTIAL]
    assert made.states[made.layer.codes.index(AIRVAUDAIS)] == ValueState.NO_DATA
    lines = {line.code: line.value for line in page.ranked.lines}
    assert lines[NIORTAIS].startswith("≥")
    assert lines[AIRVAUDAIS] == "n.d."
    assert PARTIAL in texts(page.panel.legend)
    page.select(NIORTAIS)
    settle(qtbot, page)
    assert "Au moins, recensement partiel" in texts(page.detail)


def test_a_total_that_is_not_spread_is_told(page: CoveragePage, qtbot, calls) -> None:
    show(qtbot, page, Network.LAEP)
    words = page.stage.banner.words()
    assert "ce n’est pas un zéro" in words
    assert "8 Laep, dont la répartition n’est pas connue" in words
    assert all(line.value == "n.d." for line in page.ranked.lines)
    line = page.panel.layer_list.line("laep")
    assert line.count.text() == "n.d."
    qtbot.mouseClick(line.check, Qt.MouseButton.LeftButton, pos=line.check.rect().center())
    line.check.click()
    assert ("data", {"tab": "import"}) in calls.moves
    assert not line.check.isChecked()


def test_the_meaning_is_chosen_with_its_number(page: CoveragePage, qtbot) -> None:
    panel = page.panel
    assert not panel.amount.isVisible()
    panel.meaning.setCurrentIndex(panel.meaning.findData("km"))
    panel.meaning.activated.emit(panel.meaning.currentIndex())
    settle(qtbot, page)
    assert panel.amount.isVisible()
    panel.amount.setValue(5)
    panel.amount.editingFinished.emit()
    settle(qtbot, page)
    assert "à moins de 5 km par la route" in panel.rule.text()
    near = page._answer.coverage.people
    panel.amount.setValue(25)
    panel.amount.editingFinished.emit()
    settle(qtbot, page)
    assert page._answer.coverage.people.covered > near.covered
    page._choose_level(Level.COMMUNE)
    settle(qtbot, page)
    assert len(page.ranked.lines) == 252


@pytest.mark.parametrize(("code", "suffix"), [("pdf_a3", ".pdf"), ("png_slide", ".png")])
def test_it_is_printed_on_each_sheet(page: CoveragePage, qtbot, tmp_path, calls, code, suffix) -> None:
    path = tmp_path / f"carte{suffix}"
    page.export._choose = lambda *_: str(path)
    page.export.patterns.setChecked(code == "pdf_a3")
    page.export.export(code)
    qtbot.waitUntil(path.exists)
    settle(qtbot, page)
    assert path.stat().st_size > 5_000
    assert calls.said == [f"Carte exportée\u202f: carte{suffix}"]
