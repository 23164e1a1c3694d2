"""Steering: séances, frozen views, decisions by age, evaluation, contacts erased for good, documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.domain.ctg_errors import (
    BadField,
    DocumentAltered,
    DocumentMissing,
    FrozenMeeting,
    OrphanDecision,
    UnknownObject,
)
from app.domain.errors import UnreadableFile
from app.domain.indicator import ValueState
from app.domain.steering import DecisionState, InstanceKind, Presence
from app.services import Services
from app.services.ctg_content import CtgContents
from app.services.ctg_due import events, write_calendar
from app.services.documents import safe_name
from tests.services.ctg_cases import NIORT, Small, make_ctg, make_small

ON = date(2026, 11, 21)


@pytest.fixture
def small(empty: Services) -> Small:
    return make_small(empty)


@pytest.fixture
def meeting(empty: Services, small: Small) -> str:
    instance = empty.steering.add_instance(
        "ctg", small.ctg, kind=InstanceKind.STEERING, title="Comité de pilotage", composition=["Caf", "CC"]
    ).uuid
    return empty.steering.add_meeting(instance, held_on="15/06/2026", starts_at="14 h", place="Mairie").uuid


def test_a_seance_invites_the_organisations_and_keeps_its_agenda(empty: Services, meeting: str) -> None:
    first = empty.steering.add_item(meeting, title="Chiffres").uuid
    second = empty.steering.add_item(meeting, title="Décisions", kind="fiche").uuid
    empty.steering.order_items(meeting, [second, first])
    empty.steering.set_attendance(meeting, "CC", Presence.EXCUSED)
    empty.steering.set_attendance(meeting, "MSA", Presence.PRESENT)
    found = empty.steering.meeting(meeting, ON)
    assert [item.title for item in found.agenda] == ["Décisions", "Chiffres"]
    assert {row.organisation: row.state for row in found.attendance} == {
        "Caf": Presence.PRESENT, "CC": Presence.EXCUSED, "MSA": Presence.PRESENT,
    }  # fmt: skip
    assert found.row.owner_name == "CTG d’essai"


DUE = {
    "hier": (date(2026, 11, 20), 0), "quinze": (date(2026, 11, 6), 15), "trente": (date(2026, 10, 22), 30),
    "soixante": (date(2026, 9, 22), 60), "quatre-vingt-dix": (date(2026, 8, 23), 90),
    "cent quatre-vingts": (date(2026, 5, 25), 180),
}  # fmt: skip


def test_overdue_decisions_by_class_of_age(empty: Services, meeting: str) -> None:
    for text, (due, _) in DUE.items():
        empty.steering.add_decision(meeting, text, due_on=due, owner="Caf")
    empty.steering.add_decision(meeting, "à venir", due_on="22/11/2026")
    done = empty.steering.add_decision(meeting, "faite", due_on="01/01/2026").uuid
    empty.steering.close_decision(done, date(2026, 2, 1))
    classes = empty.steering.overdue(None, ON)
    assert {row.from_days: [d.text for d in row.decisions] for row in classes} == {
        held: [text] for text, (_, held) in DUE.items()
    }
    states = [row.state for row in empty.steering.decisions(None, ON)]
    assert states.count(DecisionState.LATE) == 6
    assert states.count(DecisionState.OPEN) == 1
    row = next(row for row in empty.steering.decisions(None, ON) if row.text == "faite")
    assert (row.state, row.late_days, row.number) == (DecisionState.DONE, 31, 8)


def test_a_decision_without_its_seance_is_refused(empty: Services, small: Small, meeting: str) -> None:
    other = make_ctg(empty, name="Autre", codes=("79191",), scope=_commune())
    stranger = empty.ctg.add_action(other, title="Ailleurs").uuid
    before = empty.base.history()
    for act in (
        lambda: empty.steering.add_decision("absente", "x"),
        lambda: empty.steering.add_decision(meeting, "x", action_uuid="absente"),
        lambda: empty.steering.add_decision(meeting, "x", action_uuid=stranger),
        lambda: empty.steering.add_decision(meeting, "x", item_uuid="absent"),
    ):
        with pytest.raises(OrphanDecision):
            act()
    assert empty.base.history() == before
    decided = empty.steering.add_decision(meeting, "x", action_uuid=small.action).uuid
    assert empty.ctg.action(small.action, ON).row.decisions == 1
    empty.ctg.remove("action", small.action)
    (row,) = empty.steering.decisions(None, ON)
    assert (row.uuid, row.action_uuid) == (decided, None)


def _commune() -> object:
    from app.domain.ctg import Scope

    return Scope.COMMUNE


def test_a_frozen_view_stays_as_it_was_shown(empty: Services, meeting: str) -> None:
    shown = {"title": "Couverture", "values": [{"code": "200041994", "value": 77.2}], "breaks": [60, 70]}
    uuid = empty.steering.freeze(meeting, "Couverture", "map", shown).uuid
    (row,) = empty.steering.meeting(meeting, ON).snapshots
    assert row.intact
    assert empty.steering.snapshot(uuid) == shown
    now = {"title": "Couverture", "values": [{"code": "200041994", "value": 78.0}], "breaks": [60, 70]}
    (change,) = empty.steering.differences(uuid, now)
    assert (change.path, change.shown, change.now) == ("values/0/value", 77.2, 78.0)
    with pytest.raises(FrozenMeeting):
        empty.steering.edit("snapshot", uuid, content="{}")
    empty.steering.hold(meeting)
    with pytest.raises(FrozenMeeting):
        empty.steering.remove("snapshot", uuid)


def test_evaluation_keeps_absences_apart(empty: Services, small: Small) -> None:
    empty.steering.add_question(
        "ctg", small.ctg, question="Plus de places ?", criterion="Accès", t0="12,5", t0_year=2024, decimals=1
    )
    (row,) = empty.steering.evaluation(small.ctg)
    assert (row.t0.number, row.t0.state, row.t0.year) == (12.5, ValueState.VALUE, 2024)
    assert (row.t1.number, row.t1.state) == (None, ValueState.NO_DATA)
    with pytest.raises(BadField):
        empty.steering.edit("evaluation", row.uuid, t1=3)
    empty.steering.edit("evaluation", row.uuid, t1=3, t1_state=0, judgement="Oui")
    assert empty.steering.evaluation(small.ctg)[0].t1.number == 3


# -- contacts -----------------------------------------------------------------------------------------


def test_a_contact_is_erased_from_the_base_and_from_its_journal(empty: Services, small: Small) -> None:
    mail = "coordination.enfance@exemple.fr"
    path = empty.base.path
    kept = empty.steering.add_contact(function="Directrice", organisation="CC").uuid
    uuid = empty.steering.add_contact(function="Coordination", mail=mail, phone="05 49 11 22 33").uuid
    empty.steering.edit("contact", uuid, phone="05 49 44 55 66", note="avant midi")
    assert {row.personal for row in empty.steering.contacts()} == {True}
    assert mail.encode() in path.read_bytes()
    names = [row.name for row in empty.base.history()]
    empty.steering.erase_contact(uuid)
    assert [row.uuid for row in empty.steering.contacts()] == [kept]
    raw = path.read_bytes()
    for trace in (mail, "05 49 11 22 33", "05 49 44 55 66", "avant midi"):
        assert trace.encode() not in raw, trace
    assert [row.name for row in empty.base.history()] == names
    assert empty.base.check() == []
    undone, _ = empty.base.undo()
    assert undone == "contact ajouté"
    assert empty.steering.contacts() == []
    empty.base.redo()
    assert [row.uuid for row in empty.steering.contacts()] == [kept]


def test_an_action_that_held_other_things_keeps_them(empty: Services, small: Small) -> None:
    with empty.ctg._base.gather("plusieurs choses"):
        uuid = empty.steering.add_contact(function="Coordination", mail="a.b@exemple.fr").uuid
        empty.ctg.edit("action", small.action, title="Autre titre")
    empty.steering.erase_contact(uuid)
    empty.base.undo()
    assert empty.ctg.action(small.action).row.title == "Ouvrir un point"
    assert b"a.b@exemple.fr" not in empty.base.path.read_bytes()


def test_bad_contacts_and_unknown_ones_are_refused(empty: Services) -> None:
    with pytest.raises(BadField):
        empty.steering.add_contact(function="x", mail="pas une adresse")
    with pytest.raises(BadField):
        empty.steering.add_contact(function="")
    with pytest.raises(UnknownObject):
        empty.steering.erase_contact("absent")
    assert empty.steering.contacts() == []


# -- documents ----------------------------------------------------------------------------------------


def test_a_document_is_copied_and_its_state_is_told(empty: Services, small: Small, tmp_path: Path) -> None:
    paper = tmp_path / "Délibération n° 4.pdf"
    paper.write_bytes(b"%PDF-1.4 texte")
    uuid = empty.ctg.documents.add("ctg", small.ctg, paper, "Délibération").uuid
    paper.unlink()
    copy = empty.ctg.documents.path(uuid)
    assert copy.parent == empty.base.path.with_name(empty.base.path.name + ".documents")
    assert copy.read_bytes() == b"%PDF-1.4 texte"
    assert [row.state for row in empty.ctg.documents.rows(small.ctg)] == ["present"]
    copy.write_bytes(b"%PDF-1.4 TEXTE")
    assert [row.state for row in empty.ctg.documents.problems()] == ["altered"]
    with pytest.raises(DocumentAltered):
        empty.ctg.documents.path(uuid)
    copy.unlink()
    assert [row.state for row in empty.ctg.documents.rows(small.ctg)] == ["missing"]
    assert "document" in {alert.rule for alert in empty.ctg.alerts(ON, small.ctg)}
    with pytest.raises(DocumentMissing):
        empty.ctg.documents.path(uuid)


def test_removing_a_document_is_undone_with_its_file(empty: Services, small: Small, tmp_path: Path) -> None:
    paper = tmp_path / "a.txt"
    paper.write_text("a", encoding="utf-8")
    uuid = empty.ctg.documents.add("ctg", small.ctg, paper).uuid
    party = empty.ctg.ctg(small.ctg).parties[0].uuid
    empty.ctg.edit("party", party, document_uuid=uuid)
    empty.ctg.documents.remove(uuid)
    assert empty.ctg.ctg(small.ctg).parties[0].document_uuid is None
    empty.base.undo()
    assert empty.ctg.ctg(small.ctg).parties[0].document_uuid == uuid
    assert empty.ctg.documents.path(uuid).read_text(encoding="utf-8") == "a"


def test_a_file_that_cannot_be_read_attaches_nothing(empty: Services, small: Small, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        empty.ctg.documents.add("ctg", small.ctg, tmp_path / "absent.pdf")
    with pytest.raises(UnreadableFile):
        empty.ctg.documents.add("ctg", small.ctg, tmp_path)
    assert empty.ctg.documents.rows() == []


@pytest.mark.parametrize("name", ["a/b:c*?.pdf", "..", "x" * 300 + ".pdf", "CON\x00.txt", " . "])
def test_names_of_documents_suit_every_system(name: str) -> None:
    found = safe_name(name)
    assert found
    assert len(found) <= 80
    assert not set(found) & set('<>:"/\\|?*\x00')
    assert found.strip(" .") == found


# -- papers and agendas -------------------------------------------------------------------------------


def test_the_minutes_list_decisions_and_what_is_still_open(
    empty: Services, small: Small, meeting: str
) -> None:
    instance = empty.steering.instances(small.ctg)[0].uuid
    item = empty.steering.add_item(meeting, title="Décisions").uuid
    empty.steering.add_decision(
        meeting, "Ouvrir", due_on="30/06/2026", item_uuid=item, action_uuid=small.action
    )
    later = empty.steering.add_meeting(instance, held_on="20/11/2026").uuid
    contents = CtgContents(empty.ctg, empty.steering, empty.territory)
    first = contents.minutes(meeting, ON)
    assert first.next_on == date(2026, 11, 20)
    (line,) = first.agenda[0].decisions
    assert (line.state, line.fiche, line.overdue) == ("en_retard", "1.1.1", "90 à 179 jours")
    second = contents.minutes(later, ON)
    assert [row.text for row in second.earlier] == ["Ouvrir"]
    assert second.present == ("Caf", "CC")


def test_the_plan_is_printed_whole_and_without_contacts(empty: Services, small: Small) -> None:
    empty.steering.add_contact(function="Coordination", mail="a.b@exemple.fr")
    empty.ctg.add_action(small.ctg, title="Sans enjeu")
    content = CtgContents(empty.ctg, empty.steering, empty.territory).plan(small.ctg, ON)
    assert [issue.title for issue in content.issues] == ["Accueil", "Fiches non rattachées à un enjeu"]
    (strategic,) = content.issues[0].strategics
    assert [action.number for op in strategic.operationals for action in op.actions] == ["1.1.1"]
    assert "a.b@exemple.fr" not in repr(content)


def test_agendas_hold_what_is_due(empty: Services, small: Small, meeting: str, tmp_path: Path) -> None:
    empty.ctg.add("step", small.action, title="Recenser", planned_on="01/02/2026")
    empty.steering.add_decision(meeting, "Ouvrir", due_on="30/06/2026")
    found = {event.summary: event.on for event in events(empty.ctg, empty.steering, ON)}
    assert found == {
        "Fin de la CTG d’essai": date(2027, 12, 31),
        "Fiche 1.1.1\u202f: Recenser": date(2026, 2, 1),
        "Décision\u202f: Ouvrir": date(2026, 6, 30),
    }
    path = tmp_path / "agenda.ics"
    assert write_calendar(path, empty.ctg, empty.steering, ON) == 3
    assert path.read_bytes().count(b"BEGIN:VEVENT\r\n") == 3
    assert events(empty.ctg, empty.steering, ON, NIORT) == []
