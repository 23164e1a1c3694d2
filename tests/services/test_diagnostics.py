"""Diagnostics on the demonstration base: sections, texts, versions, secrecy, papers, traces."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.claims import Problem
from app.domain.diagnostic import DiagnosticOptions, DiagnosticStatus, section_kinds
from app.domain.diagnostic_errors import (
    DiagnosticNotFound,
    DiagnosticRefused,
    NotesPending,
    UnknownProfile,
    UnknownSection,
)
from app.domain.errors import DomainError, NoValue, UnknownTerritory, WriteRefused
from app.domain.indicator import ValueState
from app.domain.manifest import Outcome
from app.domain.secrecy_model import profile
from app.domain.territory import Level
from app.progress import Cancelled, Progress
from app.services import Services
from app.services.diagnostics_maker import Made
from app.services.diagnostics_rows import BatchReport
from app.services.diagnostics_secrecy import MaskBook, SafeFigures
from reports.diagnostic_content import Absent, SectionContent
from reports.diagnostic_numbers import printed_in
from tests.services.diagnostic_cases import DAY, DER, NIORTAIS, opened


@pytest.fixture(scope="module")
def shared(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """The demonstration base opened once, for what only reads."""
    yield from opened(demo_file, tmp_path_factory.mktemp("diagnostics"), read_only=True)


@pytest.fixture(scope="module")
def made(shared: Services) -> Made:
    return shared.diagnostics.made_for(NIORTAIS, on=DAY)


@pytest.fixture(scope="module")
def paper(shared: Services, made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from reports.kit.write import write_pdf

    path = tmp_path_factory.mktemp("papier") / "d.pdf"
    write_pdf(made.document, path)
    return path


def section(made: Made, code: str) -> SectionContent:
    return next(found for found in made.content.sections if found.code == code)


def test_every_section_is_there_in_order_and_none_failed(made: Made) -> None:
    assert [found.code for found in made.content.sections] == list(section_kinds())
    assert not any(found.failed for found in made.content.sections)
    assert all(found.items for found in made.content.sections)


def test_a_section_without_data_says_what_is_missing_in_one_line(made: Made) -> None:
    items = section(made, "population_caf").items
    assert {type(item) for item in items} == {Absent}
    verbs = [item.how.split()[0] for item in items if isinstance(item, Absent)]
    assert verbs == ["importer", "importer", "l’écrire"]


def test_every_number_of_the_base_is_traced_to_its_file(made: Made) -> None:
    printed = [
        found for found in printed_in(made.document.sections) if found.indicator and found.number is not None
    ]
    assert len(printed) > 300
    assert all(found.is_traced for found in printed)


def test_an_empty_base_says_so_in_each_section(empty: Services) -> None:
    content = empty.diagnostics.made_for(NIORTAIS, on=DAY).content
    assert len(content.sections) == len(section_kinds())
    assert not any(found.failed for found in content.sections)


def test_a_section_that_fails_is_said_and_the_others_are_made(
    shared: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise NoValue(indicator="x", level=Level.EPCI, year=2023, years=())

    monkeypatch.setattr("app.services.diagnostics_sections.childhood", fail)
    content = shared.diagnostics.made_for(NIORTAIS, on=DAY).content
    assert [found.code for found in content.sections if found.failed] == ["petite_enfance"]


def test_same_base_same_options_same_date_same_bytes(shared: Services, paper: Path) -> None:
    from reports.kit.write import pdf_bytes

    assert pdf_bytes(shared.diagnostics.made_for(NIORTAIS, on=DAY).document) == paper.read_bytes()


def test_pages_hold_no_raw_value(paper: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(paper)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert not re.search(r"\b(nan|None|inf|null|True|False)\b|\{|<|>|’’", text)
    assert "74,2" in text


def test_only_the_sections_asked_are_made_with_their_words(shared: Services) -> None:
    content = shared.diagnostics.made_for(NIORTAIS, sections=("glossaire", "maillage"), on=DAY).content
    assert [found.code for found in content.sections] == ["glossaire", "maillage"]


@pytest.mark.parametrize(
    ("code", "options", "sections", "error"),
    [
        ("123", None, (), UnknownTerritory),
        (NIORTAIS, DiagnosticOptions(profile="voisin"), (), UnknownProfile),
        (NIORTAIS, DiagnosticOptions(year=1950), (), NoValue),
        (NIORTAIS, None, ("zut",), UnknownSection),
    ],
)
def test_what_cannot_be_made_is_refused(
    shared: Services,
    code: str,
    options: DiagnosticOptions | None,
    sections: tuple[str, ...],
    error: type[DomainError],
) -> None:
    with pytest.raises(error):
        shared.diagnostics.made_for(code, options, sections, DAY)


# -- trace ------------------------------------------------------------------------------------------


def test_a_paper_just_made_is_unchanged(shared: Services, paper: Path) -> None:
    report = shared.diagnostics.trace(paper)
    assert report.same_base
    assert report.changed == ()
    assert report.counts[Outcome.SAME] > 200


def test_ten_numbers_lead_back_to_their_line(shared: Services, paper: Path) -> None:
    import resources
    from reports.kit.manifest import read_manifest

    numbers = [
        n for n in read_manifest(paper).numbers if n.sources and n.sources[0].row and n.number is not None
    ]
    for number in numbers[:: max(len(numbers) // 10, 1)]:
        if number.formula:
            continue
        source = number.sources[0]
        line = resources.path("demo", source.file).read_text("utf-8").splitlines()[source.row - 1]  # type: ignore[operator]
        assert re.search(rf"\b{re.escape(f'{number.number:g}')}\b", line), (number, line)


def test_a_changed_import_is_told(demo: Services, paper: Path) -> None:
    run = next(run for run in demo.imports.runs() if "epci" in run.file)
    demo.imports.undo(run.number)
    report = demo.diagnostics.trace(paper)
    gone = [row for row in report.changed if row.outcome is Outcome.GONE]
    assert any("couverture" in row.label for row in gone)


# -- plans, texts, versions -------------------------------------------------------------------------


@pytest.fixture
def kept(demo: Services) -> str:
    """A diagnostic without its longest sections."""
    uuid, _ = demo.diagnostics.create(NIORTAIS)
    for code in ("synthese", "enfance_jeunesse", "animation", "maillage", "actions", "liens"):
        demo.diagnostics.edit_section(uuid, code, enabled=False)
    return uuid


def test_a_diagnostic_is_made_edited_and_undone(demo: Services, kept: str) -> None:
    service = demo.diagnostics
    service.edit_section(kept, "portrait", text="Un texte {population}.")
    service.move_section(kept, "glossaire", 0)
    service.edit_section(kept, "financement", enabled=False)
    plan = service.detail(kept).plan
    assert plan[0].code == "glossaire"
    assert demo.base.undo_name() == "Diagnostic, financements"
    demo.base.undo()
    assert next(s for s in service.detail(kept).plan if s.code == "financement").enabled
    content = service.made_for(NIORTAIS, on=DAY).content
    own = next(found for found in content.sections if found.code == "portrait").own
    assert "".join(piece if isinstance(piece, str) else piece.text for piece in own).startswith(
        "Un texte 123"
    )


def test_texts_are_checked_with_the_explanation(demo: Services, kept: str) -> None:
    text = "70 %, supérieur de près de 1 point au taux national (58,5 %)"
    demo.diagnostics.edit_section(kept, "petite_enfance", text=text)
    found = demo.diagnostics.check_texts(kept)
    gap = next(item.finding for item in found if item.finding.problem is Problem.GAP)
    assert gap.explanation.endswith("est de 11,5\u00a0points et non 1")
    with pytest.raises(NotesPending):
        demo.diagnostics.validate(kept, on=DAY)
    demo.diagnostics.validate(kept, "Écart assumé", on=DAY, anyway=True)
    assert demo.diagnostics.detail(kept).row.status is DiagnosticStatus.VALIDATED


def test_a_text_being_typed_is_checked(shared: Services) -> None:
    found = shared.diagnostics.check_text(NIORTAIS, "petite_enfance", "La couverture est de 66,2 places.")
    assert [item.finding.suggestion for item in found] == ["74,2"]
    assert (
        shared.diagnostics.check_text(NIORTAIS, "petite_enfance", "La couverture est de 74,2 places.") == []
    )


def test_versions_keep_who_when_and_which_base(demo: Services, kept: str) -> None:
    service = demo.diagnostics
    service.keep_version(kept, "avant comité", on=DAY)
    service.edit_section(kept, "portrait", text="Nouveau.")
    service.edit_section(kept, "acces", enabled=False)
    demo.imports.undo(next(run.number for run in demo.imports.runs() if "naissances" in run.file))
    service.keep_version(kept, on=DAY)
    last, first = service.versions(kept)
    assert (last.number, first.number, first.note) == (2, 1, "avant comité")
    assert first.device_is_here
    assert (last.base_is_same, first.base_is_same) == (True, False)
    assert first.numbers > last.numbers > 0
    compared = service.compare(first.uuid, last.uuid)
    assert compared.texts == ("Portrait du territoire",)
    assert compared.sections == ("Accès aux droits, logement et handicap",)
    assert any("Naissances" in difference.label for difference in compared.numbers)


def test_a_validated_diagnostic_does_not_change_until_reopened(demo: Services, kept: str) -> None:
    service = demo.diagnostics
    service.validate(kept, on=DAY)
    with pytest.raises(DiagnosticRefused):
        service.edit_section(kept, "portrait", text="Non.")
    service.reopen(kept)
    service.edit_section(kept, "portrait", text="Oui.")
    assert [row.status for row in service.versions(kept)] == [DiagnosticStatus.VALIDATED]


def test_a_diagnostic_is_renamed_and_removed(demo: Services, kept: str) -> None:
    service = demo.diagnostics
    with pytest.raises(DiagnosticRefused):
        service.rename(kept, " ")
    service.rename(kept, "Diagnostic 2027")
    service.set_options(kept, DiagnosticOptions(profile="partenaire", period="2027-2031"))
    assert service.detail(kept).options.profile == "partenaire"
    with pytest.raises(UnknownProfile):
        service.set_options(kept, DiagnosticOptions(profile="x"))
    service.remove(kept)
    assert service.rows() == []
    demo.base.undo()
    assert service.rows()[0].title == "Diagnostic 2027"
    with pytest.raises(DiagnosticNotFound):
        service.detail("absent")


# -- secrecy ----------------------------------------------------------------------------------------


def test_counts_under_the_threshold_are_masked_everywhere(
    shared: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    births = replace(shared.indicators.get("naissances"), masking="")
    monkeypatch.setitem(shared.indicators._dictionary, "naissances", births)
    book = MaskBook(shared.indicators, shared.territory, profile("public", 5))
    figures = SafeFigures(shared.indicators, shared.territory, book)
    series = figures.series("naissances", Level.COMMUNE, 2025)
    raw = shared.indicators.series("naissances", Level.COMMUNE, 2025)
    small = (raw.numbers > 0) & (raw.numbers < 5)
    assert small.sum() > 50
    assert (series.states[small] == ValueState.MASKED).all()
    assert (series.states[raw.numbers == 0] == ValueState.ZERO).all()
    code = raw.codes[int(small.argmax())]
    for name in ("naissances_3_ans", "natalite"):
        assert figures.value(name, Level.COMMUNE, code, 2025).state is ValueState.MASKED
    assert figures.value("naissances", Level.COMMUNE, code, 2025).formula == ""


def test_free_figures_are_left_as_they_are(shared: Services, made: Made) -> None:
    assert (
        shared.diagnostics.made_for(NIORTAIS, DiagnosticOptions(profile="public"), on=DAY).numbers
        == made.numbers
    )


# -- files ------------------------------------------------------------------------------------------


def test_the_workbook_holds_every_table_and_source(shared: Services, made: Made, tmp_path: Path) -> None:
    import python_calamine

    from reports.diagnostic_xlsx import write_xlsx

    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_xlsx(made.document, first)
    write_xlsx(made.document, second)
    assert first.read_bytes() == second.read_bytes()
    book = python_calamine.CalamineWorkbook.from_path(first)
    assert book.sheet_names[-1] == "Sources"
    rows = book.get_sheet_by_name("Sources").to_python()
    assert len(rows) > 300
    assert any("txcouv_pe_epci_2023.csv" in row for row in rows)
    with pytest.raises(WriteRefused):
        shared.diagnostics.write_epci(NIORTAIS, [tmp_path / "d.odt"], on=DAY)


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".pptx"])
def test_cancelling_leaves_no_file(shared: Services, tmp_path: Path, suffix: str) -> None:
    progress = Progress(lambda share, _: progress.cancel() if share > 0.6 else None)
    with pytest.raises(Cancelled):
        shared.diagnostics.write_epci(NIORTAIS, [tmp_path / f"d{suffix}"], on=DAY, progress=progress)
    assert list(tmp_path.iterdir()) == []


def test_a_batch_goes_on_after_a_failure_and_starts_again_where_it_stopped(
    shared: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = shared.diagnostics
    asked: list[str] = []
    three = [e for e in shared.territory.epcis() if e.code in (NIORTAIS, DER, "200069755")]
    monkeypatch.setattr(shared.territory, "epcis", lambda _=None: tuple(three))

    def write(code: str, paths: tuple[Path, ...], *_: object, **__: object) -> None:
        asked.append(code)
        if code == DER:
            raise NoValue(indicator="x", level=Level.EPCI, year=2023, years=())
        paths[0].write_bytes(b"%PDF-")

    monkeypatch.setattr(service, "write_epci", write)
    report: BatchReport = service.write_all(tmp_path / "lot", on=DAY)
    assert sorted(line.outcome for line in report.lines) == ["échec", "écrit", "écrit"]
    assert [line.code for line in report.failures] == [DER]
    assert sorted(asked) == sorted(e.code for e in three)


def test_a_booklet_already_made_is_kept(shared: Services, paper: Path, tmp_path: Path) -> None:
    from app.services.diagnostics_batch import is_current

    service = shared.diagnostics
    assert is_current(paper, service, NIORTAIS, None, DAY)
    assert not is_current(paper, service, DER, None, DAY)
    assert not is_current(paper, service, NIORTAIS, DiagnosticOptions(profile="public"), DAY)
    assert not is_current(tmp_path / "absent.pdf", service, NIORTAIS, None, DAY)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-")
    assert not is_current(broken, service, NIORTAIS, None, DAY)


@pytest.mark.skipif(os.name == "nt", reason="full device of Unix")
@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx", ".pptx"])
def test_a_full_disk_leaves_no_half_file(
    shared: Services, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DomainError):
        shared.diagnostics._maker.write(made.document, [tmp_path / f"d{suffix}"])
    assert list(tmp_path.iterdir()) == []


def test_each_refusal_has_its_french_sentence() -> None:
    from app.domain import diagnostic_errors
    from ui.error_words_diagnostic import BUILDERS, REASONS

    errors = [
        e
        for e in vars(diagnostic_errors).values()
        if isinstance(e, type) and e.__module__.endswith("diagnostic_errors")
    ]
    assert set(BUILDERS) == set(errors)
    for build, error in ((BUILDERS[e], e) for e in errors):
        for reason in REASONS:
            words = build(error(reason=reason, code="x", known=("a", "b"), count=2))
            assert words[0].endswith(".")
