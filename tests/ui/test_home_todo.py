"""Alerts as lines: groups by date, words, and the place where each is settled."""

from __future__ import annotations

import pytest

from app.domain.alert_checks import CHECKS
from app.domain.alert_facts import Facts
from app.services.dashboard_alerts import alert_tile, watched
from tests.ui.home_cases import ON, about, alert
from ui.views import cpog_tabs, ctg_one, data, equipment, map_pages, sdsf
from ui.views.home_tasks import Task
from ui.views.home_todo import ICONS, drift_lines, line_of, place_of, todo_groups


def anywhere(_page: str) -> bool:
    return True


def test_lines_stand_under_their_date() -> None:
    alerts = [
        alert("action_late", 2, "Fiche"),
        alert("deadline", -15, "Envoi", kind="deadline"),
        alert("ctg_end", -90, "CTG", kind="ctg"),
        alert("tunnel_out", None, "Taux", kind="cpog_indicator"),
    ]
    groups = todo_groups(alerts, (), ON, anywhere)
    said = [(group.title.replace("\u00a0", " "), [line.title for line in group.lines]) for group in groups]
    assert said == [("En retard", ["Fiche"]), ("Avant le 19 décembre", ["Envoi"]), ("Ensuite", ["CTG"])]
    assert [line.title for line in drift_lines(alerts, anywhere)] == ["Taux"]


@pytest.mark.parametrize(
    ("days", "said"), [(2, "depuis 2 jours"), (1, "depuis 1 jour"), (0, "aujourd’hui"),
                       (-11, "30 novembre"), (-60, "18 janvier 2027")]
)  # fmt: skip
def test_when_is_said_as_one_says_it(days: int, said: str) -> None:
    line = line_of(alert("action_late", days), anywhere)
    assert line.when.replace("\u00a0", " ") == said
    assert line.late is (days > 0)
    assert line.tone == ("rouge" if days > 0 else "encre")


def test_what_is_due_says_its_action_and_what_drifts_its_evidence() -> None:
    assert line_of(alert("action_late", 2), anywhere).detail.startswith("Mettre à jour la fiche")
    drifting = line_of(alert("tunnel_out", None), anywhere)
    assert drifting.detail == "Réalisé hors du tunnel\u202f: constat"
    assert drifting.when == ""


@pytest.mark.parametrize(
    ("rule", "kind", "page", "wishes"),
    [
        ("action_late", "action", "ctg", {"action": "Objet-2"}),
        ("ctg_end", "ctg", "ctg", {"ctg": "Objet-2"}),
        (
            "partner_late",
            "commitment",
            "ctg",
            {"ctg": "propriétaire", "tab": "signataires", "row": "Objet-2"},
        ),
        ("decision_late", "decision", "ctg", {"ctg": "propriétaire", "tab": "comites", "row": "Objet-2"}),
        ("deadline", "deadline", "cpog", {"cpog": "propriétaire", "tab": "calendar"}),
        ("tunnel_out", "cpog_indicator", "cpog", {"indicator": "Objet-2"}),
        ("licence_end", "equipment", "equipment", {"equipment": "Objet-2"}),
        ("sheet_due", "sdsf_sheet", "sdsf", {"tab": "sheet", "sheet": "Objet-2"}),
        ("stale", "indicator", "data", {"tab": "import"}),
    ],
)
def test_each_line_leads_to_its_exact_place(rule: str, kind: str, page: str, wishes: dict[str, str]) -> None:
    assert place_of(alert(rule, 2, kind=kind), anywhere) == (page, tuple(wishes.items()))


def test_every_tab_asked_is_in_its_page() -> None:
    tabs = {
        "cpog": {code for code, *_ in cpog_tabs.TABS},
        "ctg": {code for code, *_ in ctg_one.TABS},
        "sdsf": {code for code, *_ in sdsf.TABS},
        "data": {code for code, *_ in data.TABS},
        "equipment": {code for code, *_ in equipment.TABS},
        "map": {code for code, *_ in map_pages.TABS},
    }
    kinds = ("action", "ctg", "commitment", "decision", "deadline", "cpog", "hypothesis",
             "cpog_indicator", "equipment", "sdsf_sheet", "indicator")  # fmt: skip
    asked = [
        (page, dict(wishes))
        for kind in kinds
        for page, wishes in [place_of(alert("stale", None, kind=kind), anywhere)]
    ]
    asked += [("map", {"tab": "coverage"}), ("data", {"tab": "catalogue"}), ("cpog", {"tab": "board"}),
              ("equipment", {"tab": "register"}), ("data", {"tab": "anomalies"}),
              ("data", {"tab": "outlines"})]  # fmt: skip
    assert not [(page, wishes["tab"]) for page, wishes in asked
                if "tab" in wishes and wishes["tab"] not in tabs[page]]  # fmt: skip


def test_a_ratio_to_check_is_shown_on_the_map() -> None:
    made = about(alert("ratio_differs", None, kind="indicator"), uuid="couv_global:200041317")
    assert place_of(made, anywhere) == ("map", (("indicator", "couv_global"), ("selected", "200041317")))


def test_a_place_that_is_not_in_the_window_is_not_offered() -> None:
    assert place_of(alert("action_late", 2), lambda page: page == "map") == ("", ())
    decision = about(alert("decision_late", 2, kind="decision"), owner="")
    assert place_of(decision, anywhere)[0] == "meetings"


def test_tasks_of_the_base_come_last() -> None:
    task = Task("file-import", "encre", "Importer les naissances", "état civil", "data")
    groups = todo_groups([alert("ctg_end", -90)], (task,), ON, anywhere)
    assert [line.title for line in groups[-1].lines] == ["Objet", "Importer les naissances"]
    assert groups[-1].lines[-1].alert is None


def test_every_rule_has_its_icon() -> None:
    assert set(ICONS) == set(CHECKS)


def test_nothing_watched_is_not_a_zero() -> None:
    seen = watched(Facts())
    assert all(alert_tile(code, (), seen).empty for code in ("due", "drift", "ages", "decisions"))
    due = alert_tile("due", (alert("action_late", 2),), seen)
    assert (due.figure, due.note) == ("1", "1 en retard")
