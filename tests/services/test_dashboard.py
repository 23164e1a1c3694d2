"""The dashboard and the alerts of the demonstration base, an empty base, and their commands."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pypdfium2
import pytest

from app.cli import run_command
from app.services import Services
from app.services.dashboard import TILES

ON = datetime.date(2026, 11, 21)


def test_every_tile_of_the_demonstration_says_something(demo: Services) -> None:
    shown = demo.dashboard.read(ON, "79")
    tiles = {tile.code: tile for tile in shown.tiles}
    assert tuple(tiles) == TILES
    assert shown.territory == "Deux-Sèvres"
    assert tiles["coverage"].figure == "70,6"
    assert tiles["coverage"].lines[0].value == "65,8 à 77,2"
    assert len(tiles["coverage"].dots) == 8
    ctg = {line.label.split()[0].lower(): line.value for line in tiles["ctg"].lines}
    assert len(ctg) == 3
    assert tiles["ctg"].fictitious
    assert tiles["cpog"].empty  # the CPOG of Deux-Sèvres ended in 2022
    assert tiles["sheet"].figure == "n.d."


def test_two_gauges_of_a_contract_are_never_one(demo: Services) -> None:
    tile = next(tile for tile in demo.dashboard.read(ON, "52").tiles if tile.code == "cpog")
    assert [line.label for line in tile.lines] == ["Actions réalisées", "Résultats atteints"]
    assert tile.figure == ""


def test_late_things_are_counted_by_age_and_listed(demo: Services) -> None:
    shown = demo.dashboard.read(ON, "79")
    late = [alert for alert in shown.alerts if alert.late]
    tiles = {tile.code: tile for tile in shown.tiles}
    assert tiles["ages"].figure == str(len(late))
    assert sum(int(line.value) for line in tiles["ages"].lines) == len(late)
    rules = {alert.rule.code for alert in shown.alerts}
    assert {"decision_late", "action_late", "partner_late"} <= rules
    assert all(alert.subject.fictitious for alert in late)


def test_an_epci_sees_its_own_value_and_no_convention_of_others(demo: Services) -> None:
    lowest = next(
        epci.code for epci in demo.territory.epcis("52") if "Joinville" in epci.name
    )  # Cnaf 2023: 46,8, the lowest of Haute-Marne
    shown = demo.dashboard.read(ON, "52", lowest)
    tiles = {tile.code: tile for tile in shown.tiles}
    assert tiles["coverage"].figure == "46,8"
    assert shown.territory.endswith("Joinville en Champagne")
    assert not any(alert.subject.epci not in ("", lowest) for alert in shown.alerts)


def test_an_empty_base_has_no_zero(empty: Services) -> None:
    shown = empty.dashboard.read(ON)
    tiles = {tile.code: tile for tile in shown.tiles}
    for code in ("coverage", "ctg", "cpog", "places", "plan", "sheet", "quality"):
        assert tiles[code].empty, code
        assert tiles[code].figure == "n.d."
        assert tiles[code].note
    assert {line.value for line in tiles["networks"].lines} == {"n.d."}
    assert shown.alerts == ()


def test_tiles_are_chosen_and_ordered(empty: Services) -> None:
    empty.dashboard.choose(("cpog", "due", "unknown"))
    assert empty.dashboard.chosen() == ("cpog", "due")
    assert [tile.code for tile in empty.dashboard.read(ON).tiles] == ["cpog", "due"]
    empty.base.undo()
    assert empty.dashboard.chosen() == TILES


def test_the_dashboard_is_one_page_and_its_bytes_are_stable(demo: Services, tmp_path: Path) -> None:
    paths = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    for path in paths:
        demo.dashboard.write_pdf(path, ON, "79")
    assert paths[0].read_bytes() == paths[1].read_bytes()
    document = pypdfium2.PdfDocument(str(paths[0]))
    assert len(document) == 1
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "70,6" in text
    assert "FICTIF" in text
    assert not {"None", "nan", "inf"} & set(text.split())


def test_commands_speak_the_same(demo: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(demo.base.path)
    assert (
        run_command(["alertes", path, "--format", "json", "--departement", "79", "--date", "2026-11-21"]) == 0
    )
    said = json.loads(capsys.readouterr().out)
    assert len(said) == len(demo.dashboard.read(ON, "79").alerts)
    assert all(alert["pourquoi"] and alert["a_faire"] for alert in said)
    for name in ("c.pdf", "c.csv"):
        assert run_command(["cascade", path, "--departement", "52", "-o", str(tmp_path / name)]) == 0
        assert (tmp_path / name).stat().st_size > 200
    page = tmp_path / "t.pdf"
    assert run_command(["tableau-de-bord", path, "--epci", "200041317", "-o", str(page)]) == 0
    assert page.is_file()


def test_wrong_input_of_the_commands_is_one_sentence(
    demo: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(demo.base.path)
    for words in (
        ["alertes", path, "--date", "demain"],
        ["cascade", path, "-o", str(tmp_path / "c.doc")],
        ["tableau-de-bord", path, "--epci", "1", "-o", str(tmp_path / "t.pdf")],
    ):
        assert run_command(words) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert not [found for found in tmp_path.iterdir() if found.suffix in (".pdf", ".doc")]
