"""Imports seen from the services: idempotent, undone whole, and nothing lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.anomaly import anomaly_text
from app.domain.errors import DomainError, ImportNotFound, UnknownSource
from app.domain.territory import Level
from app.progress import Cancelled, Progress
from app.services import Services
from app.services.batch import import_all

HEADER = (
    "annee;numepci;nomepci;txcouv_eaje_epci;txcouv_prescol_epci;txcouv_am_ind_epci;"
    "txcouv_gad_ind_epci;txcouv_epci\n"
)
NIORT = "2023;200041317;CA du Niortais;20.4;3.3;49;1.4;{total}\n"


def write(path: Path, *lines: str) -> Path:
    path.write_text(HEADER + "".join(lines), "utf-8")
    return path


def coverage(services: Services) -> float | None:
    return services.indicators.value("couv_global", Level.EPCI, "200041317", 2023).number


def test_a_second_import_of_the_same_file_changes_nothing(empty: Services, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", NIORT.format(total="74.2"))
    _, first = empty.imports.import_file(path)
    assert (first.new, first.changed) == (5, 0)
    before = empty.indicators.value("couv_global", Level.EPCI, "200041317", 2023)
    _, second = empty.imports.import_file(path)
    assert (second.number, second.new, second.changed, second.unchanged) == (None, 0, 0, 5)
    assert empty.indicators.value("couv_global", Level.EPCI, "200041317", 2023) == before
    assert len(empty.imports.runs()) == 1


def test_a_simulation_says_what_would_change_and_writes_nothing(empty: Services, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", NIORT.format(total="74.2"))
    _, result = empty.imports.import_file(path, simulate=True)
    assert (result.number, result.new) == (None, 5)
    assert empty.imports.runs() == []


def test_undoing_an_import_brings_the_former_values_back(empty: Services, tmp_path: Path) -> None:
    empty.imports.import_file(write(tmp_path / "a.csv", NIORT.format(total="74.2")))
    prepared = empty.imports.prepare([write(tmp_path / "b.csv", NIORT.format(total="74.4"))])[0]
    assert (prepared.count.changed, prepared.count.unchanged) == (1, 4)
    result = empty.imports.apply(prepared)
    assert coverage(empty) == 74.4
    assert result.number is not None
    empty.imports.undo(result.number)
    assert coverage(empty) == 74.2
    with pytest.raises(ImportNotFound):
        empty.imports.undo(result.number)


def test_a_cancelled_import_leaves_the_base_as_it_was(empty: Services, tmp_path: Path) -> None:
    prepared = empty.imports.prepare([write(tmp_path / "a.csv", NIORT.format(total="74.2"))])[0]
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        empty.imports.apply(prepared, None, progress)
    assert empty.imports.runs() == []
    assert empty.indicators.available() == ()


def test_one_unreadable_file_stops_the_batch_before_anything_is_written(
    empty: Services, tmp_path: Path
) -> None:
    good = write(tmp_path / "a.csv", NIORT.format(total="74.2"))
    bad = tmp_path / "b.csv"
    bad.write_text("couleur;taille\nbleu;3\n", "utf-8")
    with pytest.raises(UnknownSource):
        import_all(empty.imports, [good, bad])
    assert empty.imports.runs() == []
    assert isinstance(empty.imports.prepare([bad])[0].error, DomainError)


def test_anomalies_are_kept_with_their_import_and_decisions_can_be_undone(
    empty: Services, tmp_path: Path
) -> None:
    path = write(
        tmp_path / "a.csv", NIORT.format(total="74.2"), "2023;999999999;Nulle part;1;1;1;1;4\n",
        "2023;200041416;CC Airvaudais-Val du Thouet;0;11.1;59.3;0.8;71.2\n",
    )  # fmt: skip
    empty.imports.import_file(path)
    rows = empty.imports.anomalies()
    assert {row.line for row in rows} >= {3, 4}
    assert all(row.title for row in rows)
    question = next(row for row in rows if row.line == 4)
    empty.imports.decide(question.uuid, "no_data")
    assert empty.base.undo_name() is not None
    empty.base.undo()
    again = next(row for row in empty.imports.anomalies() if row.uuid == question.uuid)
    assert again.decision == question.decision


def test_an_answer_turns_a_zero_into_an_absence(empty: Services, tmp_path: Path) -> None:
    line = "2023;200041416;CC Airvaudais-Val du Thouet;0;11.1;59.3;0.8;71.2\n"
    prepared = empty.imports.prepare([write(tmp_path / "a.csv", line)])[0]
    assert prepared.clean is not None
    asked = [i for i, a in enumerate(prepared.clean.anomalies) if a.target == "couv_eaje" and a.value == "0"]
    assert asked
    empty.imports.apply(prepared, {asked[0]: "no_data"})
    value = empty.indicators.value("couv_eaje", Level.EPCI, "200041416", 2023)
    assert value.number is None
    assert empty.indicators.value("couv_am", Level.EPCI, "200041416", 2023).number == 59.3


def test_anomalies_are_exported_without_formula(empty: Services, tmp_path: Path) -> None:
    import python_calamine

    path = write(tmp_path / "a.csv", NIORT.format(total="74.2"), "2023;999999999;=1+1;1;1;1;1;4\n")
    empty.imports.import_file(path)
    empty.imports.export_anomalies(tmp_path / "anomalies.xlsx")
    rows = python_calamine.load_workbook(tmp_path / "anomalies.xlsx").get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["Import", "Fichier", "Ligne", "Colonne"]
    assert len(rows) == len(empty.imports.anomalies()) + 1


@pytest.mark.shared
def test_every_real_file_is_imported_or_refused_with_a_reason(demo: Services, shared_data: Path) -> None:
    folder = shared_data / "cnaf"
    for path in sorted(folder.glob("txcouv_pe_*.csv")):
        _, result = demo.imports.import_file(path)
        assert result.rejected == 0, path.name
        assert result.unchanged > 0, path.name
    _, births = demo.imports.import_file(shared_data / "insee" / "naissances_2023_2025_communes_52_79.csv")
    assert (births.new, births.changed, births.unchanged) == (0, 0, 2034)


def test_a_zero_is_weighed_against_the_equipment_counts_of_the_base(demo: Services, tmp_path: Path) -> None:
    # BPE 2025: no Eaje in CC Airvaudais-Val du Thouet.
    line = "2023;200041416;CC Airvaudais-Val du Thouet;0;11.1;59.3;0.8;71.2\n"
    prepared = demo.imports.prepare([write(tmp_path / "a.csv", line)])[0]
    assert prepared.clean is not None
    question = next(a for a in prepared.clean.anomalies if a.rule == "zero_eaje")
    assert "BPE 2025 ne compte aucun Eaje" in anomaly_text(question)[1]
