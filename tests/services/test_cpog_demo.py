"""The contract of the demonstration: everything in it is marked, it shows every case, real ones stay bare."""

from __future__ import annotations

import datetime
from pathlib import Path

import pypdfium2
import pytest

from app.domain.cpog_codes import SeriesKind
from app.domain.cpog_errors import ContractExists
from app.services import Services
from app.services.cpog_rows import ACTUAL

CODE = "79-2023-2027"
ON = datetime.date(2026, 11, 21)


def test_everything_invented_is_marked_and_nothing_real_is(demo: Services) -> None:
    contract = demo.cpog.contract(CODE)
    assert len(contract.values) > 100
    assert all(item.fictitious for item in (*contract.values, *contract.targets))
    assert "(fictif)" in contract.cpog.label
    rows = {row.code: row for row in demo.cpog.contracts(ON)}
    assert {code: row.fictitious for code, row in rows.items()} == {
        "79-2018-2022": False, "52-2023-2027": False, CODE: True,
    }  # fmt: skip
    for code in ("79-2018-2022", "52-2023-2027"):
        assert not demo.cpog.contract(code).values


def test_it_holds_the_rows_of_the_grid_without_the_targets_of_the_other_caf(demo: Services) -> None:
    real, made = demo.cpog.contract("52-2023-2027"), demo.cpog.contract(CODE)
    assert [i.label for i in made.indicators] == [i.label for i in real.indicators]
    assert not {i.uuid for i in made.indicators} & {i.uuid for i in real.indicators}
    assert sum(i.pinned for i in made.indicators) == 12
    assert not any("individualisée" in i.target_text.casefold() for i in made.indicators)


def test_nothing_of_it_can_be_undone_by_mistake(demo: Services) -> None:
    assert not any("fictif" in row.name for row in demo.base.history(100))
    with pytest.raises(ContractExists):
        demo.cpog.create(demo.cpog.contract(CODE).cpog)


def test_two_gauges_a_tunnel_and_a_forecast_are_filled(demo: Services) -> None:
    gauges = demo.cpog.gauges(CODE, 2025, ON)
    assert (gauges.progress[0].numerator, gauges.progress[0].denominator) == (6, 16)
    assert (gauges.results[0].numerator, gauges.results[0].denominator) == (20, 27)
    assert any(gauge.weighted for gauge in gauges.results)
    row = next(r for r in demo.cpog.indicators(CODE, 2025, ON) if r.rank == 17)
    card = demo.cpog.card(row.uuid, ON, 2025)
    for kind in (ACTUAL, SeriesKind.INITIAL, SeriesKind.REVISED, SeriesKind.FORECAST, SeriesKind.LOW):
        assert any(card.points(kind)), kind
    shares = {row.year: (row.numerator, row.denominator, row.declared) for row in card.computed}
    assert shares[2025][:2] == (0, 2), "two conventions of the département; the other one has its own"
    assert shares[2025][2] is not None


def test_closed_years_are_explained_and_one_was_corrected(demo: Services) -> None:
    assert demo.cpog.contracts(ON)[2].closed_years == (2023, 2024)
    assert demo.cpog.to_explain(CODE, 2023, ON) == demo.cpog.to_explain(CODE, 2024, ON) == ()
    assert len(demo.cpog.to_explain(CODE, 2025, ON)) == 3
    changed = demo.cpog.difference(CODE, 2023)
    assert [(row.before[:3], row.after[:3]) for row in changed] == [("655", "648")]
    assert [row.indicator for row in demo.cpog.difference(CODE, 2024)] == ["Formation des agents"]


def test_one_hypothesis_left_its_range_for_two_periods(demo: Services) -> None:
    states = {row.hypothesis.label[:8]: row.state for row in demo.cpog.hypotheses(CODE)}
    assert [state.alert for state in states.values()].count(True) == 1
    assert states["Demandes"].in_a_row == 2
    alerts = demo.alerts.alerts(ON, departement="79").shown
    mine = [alert for alert in alerts if alert.subject.owner == CODE]
    assert mine
    assert all(alert.subject.fictitious for alert in mine)


def test_waterfalls_add_up_and_say_what_they_cannot_explain(demo: Services) -> None:
    falls = {w.year: w for row in demo.cpog.ledger(CODE) for w in row.waterfalls if w.gap}
    assert {year: (w.gap, w.explained, w.residue) for year, w in falls.items()}[2025] == (-10, -10, 0)
    left = [w for row in demo.cpog.ledger(CODE) for w in row.waterfalls if w.residue]
    assert [(w.year, w.residue, w.balanced) for w in left] == [(2026, -2, False)]


def test_every_series_leaves_as_a_csv_with_its_marks_and_versions(demo: Services, tmp_path: Path) -> None:
    path = tmp_path / "series.csv"
    demo.cpog.write_series(CODE, path)
    lines = path.read_text("utf-8-sig").splitlines()
    contract = demo.cpog.contract(CODE)
    assert len(lines) == 1 + len(contract.values) + len(contract.targets)
    assert all("fictif" in line for line in lines[1:])
    assert any("Un dossier requalifié en fautif" in line for line in lines)


def test_the_paper_of_a_year_closed_twice_says_what_changed_since_the_first_time(demo: Services) -> None:
    content = demo.cpog.bilan(CODE, 2023, None, ON)
    assert content.status == "arrêté, version 2"
    assert any("655" in line and "648" in line for line in content.corrections)


def test_its_paper_carries_the_watermark(demo: Services, tmp_path: Path) -> None:
    path = tmp_path / "bilan.pdf"
    demo.cpog.write_bilan(CODE, 2025, path, ON)
    document = pypdfium2.PdfDocument(path)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    assert all("données fictives" in text for text in texts)
