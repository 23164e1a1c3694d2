"""The dashboard and the alerts of the demonstration base, an empty base, and their commands."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pypdfium2
import pytest

from app.cli import run_command
from app.services import Services
from app.services.dashboard import MOST_TILES, TILES, TITLES, Scope

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
    assert (tiles["cpog"].title, tiles["cpog"].fictitious) == ("CPOG 2023 à 2027", True)
    assert [line.value for line in tiles["cpog"].lines] == ["6 sur 16", "20 sur 27"]
    assert tiles["sheet"].figure == "n.d."


def test_a_contract_that_ended_is_said_with_its_day(demo: Services) -> None:
    tile = next(t for t in demo.dashboard.read(datetime.date(2028, 2, 1), "79").tiles if t.code == "cpog")
    assert tile.empty
    assert "a pris fin le 31 décembre 2027" in tile.note


def test_with_two_caf_the_contract_that_is_followed_is_shown(demo: Services) -> None:
    tile = next(tile for tile in demo.dashboard.read(ON).tiles if tile.code == "cpog")
    assert [line.value for line in tile.lines] == ["6 sur 16", "20 sur 27"]
    assert "Caf des Deux-Sèvres" in tile.note


def test_two_gauges_of_a_contract_are_never_one(demo: Services) -> None:
    tile = next(tile for tile in demo.dashboard.read(ON, "52").tiles if tile.code == "cpog")
    assert [line.label for line in tile.lines] == ["Actions réalisées", "Résultats atteints"]
    assert tile.figure == ""


def test_late_things_are_counted_by_age_and_listed(demo: Services) -> None:
    shown = demo.dashboard.read(ON, "79")
    late = [alert for alert in shown.alerts if alert.late]
    tiles = {tile.code: tile for tile in shown.tiles}
    assert "due" not in tiles  # the page lists what is due; paper counts it
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
    for code in TILES:
        assert tiles[code].empty, code
        assert tiles[code].figure == "n.d."
        assert tiles[code].note
        assert tiles[code].verb
    assert shown.alerts == ()
    assert shown.next_due is None


def test_tiles_are_chosen_and_ordered(empty: Services) -> None:
    empty.dashboard.choose(("cpog", "due", "unknown"))
    assert empty.dashboard.chosen() == ("cpog", "due")
    assert [tile.code for tile in empty.dashboard.read(ON).tiles] == ["cpog", "due"]
    empty.base.undo()
    assert empty.dashboard.chosen() == TILES


def test_twelve_tiles_at_most(empty: Services) -> None:
    empty.dashboard.choose(tuple(reversed(TITLES)))
    assert empty.dashboard.chosen() == tuple(reversed(TITLES))[:MOST_TILES]
    empty.dashboard.choose(())
    assert empty.dashboard.chosen() == TILES


def test_a_stock_of_several_departements_is_a_sum_and_a_rate_is_a_range(demo: Services) -> None:
    coverage, births = demo.dashboard.tiles(("coverage", "births"), Scope(ON, year=2023))
    assert coverage.figure == "70,2 à 70,6"
    assert coverage.source is None
    assert len(coverage.dots) == 17
    assert births.figure == "4\u202f370"
    assert births.source is None


def test_a_ctg_tile_says_three_shares_and_one_stage_an_epci(demo: Services) -> None:
    (tile,) = demo.dashboard.tiles(("ctg",), Scope(ON, "79"))
    assert (tile.figure, tile.unit) == ("2", "EPCI sur 8")
    assert [line.label for line in tile.lines] == ["EPCI", "habitants", "communes"]
    words = sorted(segment.word for segment in tile.segments)
    assert words == ["", "", "", "", "", "Diagnostic", "En cours", "En cours"]
    (over,) = demo.dashboard.tiles(("ctg",), Scope(ON, "52"))
    assert over.unit == f"EPCI sur {len(over.segments)}"


def test_the_tile_of_one_epci_is_its_convention(demo: Services) -> None:
    (tile,) = demo.dashboard.tiles(("ctg",), Scope(ON, "79", "200041317"))
    assert (tile.title, tile.figure) == ("CTG du Niortais", "En cours")
    assert tile.unit.startswith("jusqu’au ")
    assert tile.wishes[0][0] == "ctg"
    (none,) = demo.dashboard.tiles(("ctg",), Scope(ON, "79", "247900798"))
    assert none.empty
    assert none.verb == "Créer une CTG"


def test_results_nobody_typed_are_not_a_zero(demo: Services) -> None:
    (tile,) = demo.dashboard.tiles(("cpog",), Scope(ON, "52"))
    assert {line.value for line in tile.lines} == {"n.d."}
    assert tile.title == "CPOG 2023 à 2027"
    assert [line.note for line in tile.lines] == ["aucun état d’action saisi", "aucun réalisé saisi"]


def test_an_answer_is_kept_and_can_be_taken_back(demo: Services) -> None:
    alerts = demo.alerts
    first = alerts.alerts(ON, departement="79").shown[0]
    alerts.mark_done(first, "Vu en comité.")
    assert first.key not in {alert.key for alert in alerts.alerts(ON).shown}
    alerts.reopen(first)
    assert first.key in {alert.key for alert in alerts.alerts(ON).shown}
    given = alerts.answers()
    assert [answer.done for answer in given] == [True, False]
    assert {answer.rule for answer in given} == {first.rule.code}
    assert given[0].evidence == first.evidence


def test_a_rule_goes_back_to_its_delivered_threshold(empty: Services) -> None:
    empty.alerts.set_rule("ctg_end", threshold=90, active=False)
    changed = next(rule for rule in empty.alerts.rules() if rule.code == "ctg_end")
    assert (changed.threshold, changed.active) == (90, False)
    empty.alerts.reset_rule("ctg_end")
    back = next(rule for rule in empty.alerts.rules() if rule.code == "ctg_end")
    assert (back.threshold, back.active) == (365, True)


def test_the_next_date_is_known_even_when_nothing_is_to_do(demo: Services) -> None:
    facts = demo.alerts.facts(ON)
    found = demo.alerts.next_due(facts, ON, departement="79")
    assert found is not None
    assert found > ON


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
    assert "Ce qui dérive" in text
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
