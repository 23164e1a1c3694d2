"""What leaves the page of diagnostics: files behind the guard, versions, batch, trace."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.errors import WriteRefused
from app.domain.secrecy_model import Reason
from app.domain.territory import Level
from app.progress import Progress
from app.services.diagnostics_review import MaskedCell
from app.services.diagnostics_rows import BatchLine, BatchReport
from tests.ui.diagnostic_cases import PAUSE, make, nothing_to_mask, opened, quick_pages, settle, shown_page
from ui.views.diagnostic import DiagnosticsPage
from ui.views.diagnostic_batch import BatchView, batch_words
from ui.views.diagnostic_export import ExportView, paths_of
from ui.views.diagnostic_trace import TraceView
from ui.views.diagnostic_versions import VersionsView
from ui.views.page import Kit

pytestmark = pytest.mark.usefixtures("nothing_to_mask", "quick_pages")
__all__ = ["nothing_to_mask", "quick_pages"]


@pytest.fixture
def page(qtbot: QtBot, kit: Kit) -> DiagnosticsPage:
    made = shown_page(qtbot, kit)
    kit.hub.changed.connect(made._base_changed)
    return made


def part(page: DiagnosticsPage, qtbot: QtBot, code: str) -> object:
    page.editor.show_tab(code)
    settle(qtbot, page)
    return page.editor.part(code)


# -- export ----------------------------------------------------------------------------------------


def test_a_diagnostic_is_exported_in_the_forms_wanted(
    page: DiagnosticsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(qtbot, page)
    view = part(page, qtbot, "export")
    assert isinstance(view, ExportView)
    assert "aucun chiffre de ce document n’est masqué" in view.masks.text()
    assert view.verb.text() == "Exporter pour la Caf…"
    asked: list[str] = []

    def choose(_parent: object, proposed: str, _filters: str) -> str:
        asked.append(Path(proposed).name)
        return str(tmp_path / "livret.pdf")

    view.choose = choose
    view.boxes[".xlsx"].setChecked(True)
    view.verb.click()
    assert view.running.isVisible()
    assert not view.verb.isEnabled()
    settle(qtbot, page)
    assert asked == ["diagnostic_niortais.pdf"]
    assert sorted(path.name for path in tmp_path.glob("livret*")) == ["livret.pdf", "livret.xlsx"]
    assert "livret.pdf et livret.xlsx" in view.banner.words()
    assert view.verb.isEnabled()
    for box in view.boxes.values():
        box.setChecked(False)
    assert not view.verb.isEnabled()


def test_the_guard_lists_masks_for_the_profile(
    page: DiagnosticsPage, qtbot: QtBot, qtmodeltester: ModelTester, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = (
        MaskedCell("Naissances", Level.COMMUNE, "Aiffres", 2025, Reason.SMALL),
        MaskedCell("Naissances", Level.COMMUNE, "Beauvoir-sur-Niort", 2025, Reason.COMPLEMENT),
    )
    service = page.kit.services.diagnostics
    uuid = opened(qtbot, page)
    monkeypatch.setattr(type(service), "masked", lambda *_: cells)
    view = part(page, qtbot, "export")
    assert isinstance(view, ExportView)
    view.profile.box.setCurrentIndex(view.profile.box.findData("public"))
    view.profile.commit()
    settle(qtbot, page)
    assert service.detail(uuid).options.profile == "public"
    assert view.verb.text() == "Exporter pour le public…"
    assert "2\u00a0chiffres masqués, dont 1 pour protéger les autres" in view.masks.text()
    assert any("réservées à la Caf" in words for _icon, words in view.notes_said())
    qtmodeltester.check(view.table.table)
    assert [view.table.table.index(row, 4).data() for row in (0, 1)] == ["direct", "complémentaire"]


def test_an_export_is_stopped_or_refused_and_says_so(
    page: DiagnosticsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(qtbot, page)
    view = part(page, qtbot, "export")
    assert isinstance(view, ExportView)
    view.choose = lambda *_: str(tmp_path / "d")

    def endless(_uuid: str, _paths: object, progress: Progress) -> None:
        while True:
            progress.report(0.4, "Page 1")
            PAUSE.wait(0.01)

    service = page.kit.services.diagnostics
    monkeypatch.setattr(type(service), "write", lambda _self, *given, **named: endless(*given, **named))
    view.export()
    qtbot.waitUntil(lambda: "Page 1" in view.running.step.text())
    view.running.cancel_button.click()
    settle(qtbot, page)
    assert "Aucun fichier incomplet" in view.banner.words()

    def refuse(*_: object, **__: object) -> None:
        raise WriteRefused(tmp_path / "d.pdf", reason="denied")

    monkeypatch.setattr(type(service), "write", refuse)
    view.export()
    settle(qtbot, page)
    assert "d.pdf" in view.banner.words()
    assert paths_of(tmp_path / "a.b", [".pdf"]) == (tmp_path / "a.b.pdf",)


# -- versions --------------------------------------------------------------------------------------


def test_versions_are_kept_listed_and_compared(
    page: DiagnosticsPage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    uuid = opened(qtbot, page, ("cadre", "glossaire"))
    view = part(page, qtbot, "versions")
    assert isinstance(view, VersionsView)
    assert "Aucune version arrêtée" in view.state.text()
    view.note.edit.setText("avant comité")
    view.keep_button.click()
    settle(qtbot, page)
    assert [row.note for row in page.kit.services.diagnostics.versions(uuid)] == ["avant comité"]
    assert view.note.edit.text() == ""
    page.kit.services.diagnostics.edit_section(uuid, "cadre", text="Nouveau.")
    view.keep()
    settle(qtbot, page)
    qtmodeltester.check(view.table.table)
    assert [view.table.table.index(row, 0).data() for row in (0, 1)] == ["2", "1"]
    assert view.table.table.index(0, 2).data() == "ce poste"
    view.compare_button.click()
    settle(qtbot, page)
    assert view.report.text().startswith("De la version 1 à la version 2")
    assert "Textes modifiés\u202f: Cadre et méthode." in view.report.text()
    view.before.setCurrentIndex(view.before.findText("n° 2", flags=Qt.MatchFlag.MatchStartsWith))
    view.compare()
    settle(qtbot, page)
    assert view.report.text() == "Les versions 2 et 2 disent la même chose."


def test_a_text_that_contradicts_the_base_is_validated_only_on_purpose(
    page: DiagnosticsPage, qtbot: QtBot
) -> None:
    uuid = make(page.kit.services)
    page.kit.services.diagnostics.edit_section(uuid, "glossaire", text="La couverture est de 66,2 places.")
    page.open(uuid)
    settle(qtbot, page)
    view = part(page, qtbot, "versions")
    assert isinstance(view, VersionsView)
    view.status_button.click()
    settle(qtbot, page)
    assert "contredisent la base" in view.banner.words()
    view.validate(anyway=True)
    settle(qtbot, page)
    assert page.editor.badge.text() == "Validé"
    assert view.status_button.text() == "Repasser en projet"
    view.status_button.click()
    settle(qtbot, page)
    assert page.editor.badge.text() == "Projet"
    assert not page.editor.banner.isVisible()


# -- batch and trace -------------------------------------------------------------------------------


def test_a_batch_lists_failures_first_and_is_taken_up_again(
    page: DiagnosticsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.show_batch()
    settle(qtbot, page)
    view = page.batch
    assert isinstance(view, BatchView)
    view.choose = lambda *_: str(tmp_path)
    view.choose_folder()
    lines = (
        BatchLine("1", "CC A", tmp_path / "a.pdf", "écrit"),
        BatchLine("2", "CC B", tmp_path / "b.pdf", "échec", "NoValue"),
    )
    given: list[object] = []

    def endless(folder: Path, options: object, *, resume: bool, progress: Progress) -> BatchReport:
        given.append((folder, options, resume))
        while len(given) == 1:
            progress.report(0.3, "CC A (1 sur 2)")
            PAUSE.wait(0.01)
        return BatchReport(lines)

    service = page.kit.services.diagnostics
    monkeypatch.setattr(type(service), "write_all", lambda _self, *a, **named: endless(*a, **named))
    view.verb.click()
    qtbot.waitUntil(lambda: "CC A" in view.running.step.text())
    view.running.cancel()
    settle(qtbot, page)
    assert view.verb.text() == "Reprendre"
    assert "déjà écrits restent" in view.banner.words()
    view.verb.click()
    settle(qtbot, page)
    assert given == [(tmp_path, None, True)] * 2
    assert [row.name for row in view.table.table.rows] == ["CC B", "CC A"]
    assert "pas de valeur pour cette année" in view.banner.words()
    assert batch_words(BatchReport(lines[:1])) == "1\u00a0livret écrit."


def test_a_booklet_is_traced_and_a_stranger_refused(
    page: DiagnosticsPage, qtbot: QtBot, tmp_path: Path, qtmodeltester: ModelTester
) -> None:
    path = tmp_path / "d.pdf"
    service = page.kit.services.diagnostics
    uuid = make(page.kit.services, ("cadre",))
    service.edit_section(uuid, "cadre", text="{couverture} et {couverture:france}")
    service.write(uuid, [path])
    view = page.trace
    assert isinstance(view, TraceView)
    view.choose = lambda _parent: str(path)
    page.show_trace()
    settle(qtbot, page)
    assert "écrit depuis cette base" in view.summary.text()
    assert view.views.button("changed").text() == "Ce qui a changé (0)"
    assert {row.printed for row in view.table.table.rows} >= {"74,2", "60,9"}
    qtmodeltester.check(view.table.table)
    run = next(run for run in page.kit.services.imports.runs() if "epci" in run.file)
    page.kit.services.imports.undo(run.number)
    view.trace(path)
    settle(qtbot, page)
    assert view.views.current == "changed"
    assert view.table.table.rowCount() == 1
    other = tmp_path / "autre.pdf"
    other.write_bytes(b"%PDF-1.4 rien")
    view.trace(other)
    settle(qtbot, page)
    assert view.banner.isVisible()
