"""What a contract says of itself is changed line by line, each change an action that can be undone."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from app.domain.cpog import Cpog
from app.domain.cpog_errors import BadContract, BadIndicator, UnknownItem
from app.services import Services


def test_lines_of_a_contract_are_added_changed_and_taken_away_one_undo_each(empty: Services) -> None:
    empty.cpog.create(Cpog("", "79-e", "Essai", "79", datetime.date(2028, 1, 1), datetime.date(2032, 12, 31)))
    names = {"party": "name", "document": "label", "engagement": "title", "indicator": "label"}
    for kind, field in names.items():
        uuid, _ = empty.cpog.add_item("79-e", kind)
        empty.cpog.edit_item("79-e", kind, uuid, **{field: "Autre"})
        with pytest.raises((BadContract, BadIndicator)):
            empty.cpog.edit_item("79-e", kind, uuid, **{field: " "})
        empty.cpog.remove_item(kind, uuid)
        empty.base.undo()
    contract = empty.cpog.contract("79-e")
    assert [contract.parties[0].name, contract.documents[0].label] == ["Autre", "Autre"]
    assert [contract.engagements[0].title, contract.indicators[0].label] == ["Autre", "Autre"]
    with pytest.raises(UnknownItem):
        empty.cpog.edit_item("79-e", "party", "inconnu", name="Autre")


def test_an_indicator_that_holds_figures_is_never_removed(demo: Services) -> None:
    indicator = demo.cpog.contract("52-2023-2027").indicators[0]
    with pytest.raises(BadIndicator):
        demo.cpog.remove_item("indicator", indicator.uuid)
    assert demo.cpog.contract("52-2023-2027").indicators[0] == indicator


def test_bounds_and_weights_are_undone_one_by_one(demo: Services) -> None:
    indicator = demo.cpog.contract("52-2023-2027").indicators[0]
    demo.cpog.bound(indicator.uuid, 10.0, 90.0, 0.5)
    demo.cpog.weigh(indicator.uuid, 2.0)
    held = demo.cpog.contract("52-2023-2027").by_uuid[indicator.uuid]
    assert (held.low, held.high, held.tolerance, held.weight) == (10, 90, 0.5, 2)
    for bad in ((50.0, 40.0, None), (None, None, -1.0)):
        with pytest.raises(BadIndicator):
            demo.cpog.bound(indicator.uuid, *bad)
    demo.base.undo()
    demo.base.undo()
    assert demo.cpog.contract("52-2023-2027").by_uuid[indicator.uuid] == indicator


def test_targets_without_any_value_are_not_a_zero(demo: Services) -> None:
    gauges = demo.cpog.gauges("52-2023-2027", 2023)
    assert (gauges.results[0].numerator, gauges.results[0].denominator > 0) == (0, True)
    assert not gauges.has_results
    assert demo.cpog.bilan("52-2023-2027", 2023).results_rate is None
    assert demo.cpog.gauges("79-2023-2027", 2025).has_results


def test_the_workbook_says_nd_where_no_value_was_typed(demo: Services, tmp_path: Path) -> None:
    path = tmp_path / "bilan.xlsx"
    demo.cpog.write_bilan("52-2023-2027", 2023, path)
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Jauges").to_python()
    assert {row[1] for row in rows if row[0] == "Cibles atteintes"} == {"n.d."}
