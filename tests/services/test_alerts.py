"""Alerts on a real base: answers, rules of the base, subjects that fail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.domain.alert_facts import DueFact, Facts, FreshnessFact, Subject
from app.domain.errors import NoValue
from app.domain.sdsf_errors import AlertRefused
from app.services.alerts import AlertService
from app.services.settings import SettingsService
from db.session import Base, create_base

ON = date(2026, 11, 21)


def provide(_on: date) -> Facts:
    return Facts(
        dues=[
            DueFact("deadline", Subject("deadline", "d1", "Résultats du trimestre", "52"), date(2027, 1, 10)),
            DueFact("licence_end", Subject("equipment", "e1", "Crèche", "52", "epci1"), date(2026, 10, 1)),
        ],
        freshness=[FreshnessFact(Subject("indicator", "i", "Naissances"), 2019, 1, 1)],
    )


def fail(_on: date) -> Facts:
    raise NoValue(indicator="x", level=1, year=1, years=())


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Base]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    made = create_base(tmp_path / "b.maillage", ("52",), "Essai")
    yield made
    made.close()


@pytest.fixture
def service(base: Base) -> AlertService:
    return AlertService(base, SettingsService(base), (provide, fail))


def test_late_first_and_one_failing_subject_hides_nothing(service: AlertService) -> None:
    shown = service.alerts(ON).shown
    assert [alert.rule.code for alert in shown] == ["licence_end", "deadline", "stale"]
    assert shown[0].late
    assert "51\u00a0jours de retard" in shown[0].evidence


def test_an_epci_sees_its_own_and_what_concerns_everybody(service: AlertService) -> None:
    codes = [alert.rule.code for alert in service.alerts(ON, departement="52", epci="epci2").shown]
    assert codes == ["deadline", "stale"]
    assert [alert.rule.code for alert in service.alerts(ON, departement="79").shown] == ["stale"]


def test_an_answer_needs_a_reason_and_a_date_to_come(service: AlertService, base: Base) -> None:
    alert = service.alerts(ON).shown[0]
    for until, reason in ((date(2026, 12, 1), " "), (ON, "congés")):
        with pytest.raises(AlertRefused):
            service.put_off(alert, until, reason, ON)
    assert service.answers() == ()
    service.put_off(alert, date(2026, 12, 1), "agrément en cours d’instruction", ON)
    assert alert.key not in {shown.key for shown in service.alerts(ON).shown}
    assert service.alerts(ON).put_off[0][1].reason.startswith("agrément")
    assert alert.key in {shown.key for shown in service.alerts(date(2026, 12, 1)).shown}
    base.undo()
    assert alert.key in {shown.key for shown in service.alerts(ON).shown}


def test_done_stays_done_and_is_in_the_history(service: AlertService) -> None:
    alert = service.alerts(ON).shown[0]
    service.mark_done(alert, "renouvelé")
    assert alert.key not in {shown.key for shown in service.alerts(date(2028, 1, 1)).shown}
    assert [answer.reason for answer in service.answers()] == ["renouvelé"]


def test_a_base_changes_its_rules(service: AlertService) -> None:
    service.set_rule("stale", active=False)
    service.set_rule("deadline", threshold=10)
    assert [alert.rule.code for alert in service.alerts(ON).shown] == ["licence_end"]
    with pytest.raises(AlertRefused):
        service.set_rule("nothing", active=True)
