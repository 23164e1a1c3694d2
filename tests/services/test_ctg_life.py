"""One CTG driven from préfiguration to renewal, with an avenant and a commune that joins."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.domain.action import ActionState, NodeKind
from app.domain.ctg import AmendmentKind, CtgStatus, PartyKind, Scope
from app.domain.ctg_errors import (
    BadField,
    EndBeforeStart,
    ForbiddenTransition,
    MissingForStage,
    OverlappingCtg,
    SignedAfterEnd,
    StageOutOfOrder,
)
from app.domain.errors import DomainError
from app.domain.territory import Level
from app.services import Services
from app.services.ctg_rows import NewCtg
from ui.errors import sentence

HAUT_VAL = "200041994"
NIORT = "79191"


def new(services: Services, **values: object) -> str:
    given: dict[str, object] = {
        "name": "CTG d’essai", "scope": Scope.EPCI, "codes": (HAUT_VAL,),
        "starts_on": date(2022, 1, 1), "ends_on": date(2025, 12, 31),
    }  # fmt: skip
    return services.ctg.create(NewCtg(**{**given, **values})).uuid  # type: ignore[arg-type]


def test_the_whole_life_of_a_ctg(empty: Services, tmp_path: Path) -> None:
    ctg = empty.ctg
    uuid = new(empty)
    detail = ctg.ctg(uuid, date(2022, 6, 1))
    members = empty.territory.reference.members(HAUT_VAL)
    assert {row.code for row in detail.members} == set(members)
    assert [party.kind for party in detail.parties] == [PartyKind.CAF, PartyKind.EPCI]
    assert len(detail.annexes) == 7
    assert detail.row.status is CtgStatus.PREFIGURATION
    stage = next(row for row in detail.stages if row.status is CtgStatus.DIAGNOSTIC)
    assert stage.allowed
    assert stage.blocking == ()

    # a passage that the life does not allow changes nothing
    with pytest.raises(ForbiddenTransition):
        ctg.advance(uuid, CtgStatus.RUNNING, date(2027, 1, 1))
    days = [date(2021, 3, 1), date(2021, 12, 12), date(2025, 9, 1), date(2026, 6, 30), date(2026, 7, 1)]
    ctg.advance(uuid, CtgStatus.DIAGNOSTIC, days[0])
    with pytest.raises(StageOutOfOrder):
        ctg.advance(uuid, CtgStatus.SIGNED, date(2000, 1, 1))
    paper = tmp_path / "convention signée.pdf"
    paper.write_bytes(b"%PDF-1.4 essai")
    document = ctg.documents.add("ctg", uuid, paper, "Convention").uuid
    ctg.set_themes(uuid, ("acces_droits", "non_recours_accueil", "petite_enfance"))
    ctg.advance(uuid, CtgStatus.SIGNED, days[1], document)
    ctg.advance(uuid, CtgStatus.RUNNING, days[1])

    # a plan
    issue = ctg.add("node", uuid, kind=NodeKind.ISSUE, title="Accueil").uuid
    goal = ctg.add("node", uuid, kind=NodeKind.STRATEGIC, title="Places", parent_uuid=issue).uuid
    kept = ctg.add_action(uuid, goal, title="Ouvrir un point").uuid
    done = ctg.add_action(uuid, goal, title="Finie").uuid
    step = ctg.add("step", kept, title="Recenser", planned_on="30/06/2023").uuid
    ctg.add("step", kept, title="Ouvrir")
    ctg.edit("step", step, done_on="2023-07-02")
    ctg.set_status(done, ActionState.DONE)
    assert ctg.action(kept).row.progress.percent == 50

    # an avenant: a commune joins and the end is later; what was signed is still there
    added = ctg.amend(
        uuid, kind=AmendmentKind.JOINING, title="Niort rejoint", effective_on=date(2023, 7, 1),
        signed_on=date(2023, 6, 15), new_ends_on=date(2026, 6, 30), communes=(NIORT,),
        themes=("logement",), parties=((PartyKind.COMMUNE, "Commune de Niort"),),
    ).uuid  # fmt: skip
    detail = ctg.ctg(uuid, date(2022, 6, 1))
    assert detail.initial_ends_on == date(2025, 12, 31)
    assert detail.row.ends_on == date(2025, 12, 31)
    after = ctg.ctg(uuid, date(2023, 7, 1))
    assert after.row.ends_on == date(2026, 6, 30)
    assert after.row.communes == detail.row.communes + 1
    assert after.row.themes == 4
    assert [row.number for row in after.amendments] == [1]
    assert next(row for row in after.members if row.code == NIORT).amendment_uuid == added
    with pytest.raises(DomainError):
        ctg.remove("amendment", added)

    # evaluation, renewal: what is alive is copied, the link is kept
    ctg.advance(uuid, CtgStatus.EVALUATION, days[2])
    following = ctg.renew(uuid, date(2026, 7, 1), date(2030, 6, 30), "CTG suivante").uuid
    ctg.advance(uuid, CtgStatus.RENEWED, days[3])
    new_one = ctg.ctg(following, date(2027, 1, 1))
    assert new_one.previous == (uuid, "CTG d’essai")
    assert ctg.ctg(uuid).following == (following, "CTG suivante")
    assert new_one.row.communes == after.row.communes
    assert [row.title for row in ctg.actions(following)] == ["Ouvrir un point"]
    copied = ctg.action(ctg.actions(following)[0].uuid)
    assert [row.title for row in copied.steps] == ["Ouvrir"]
    assert copied.copied_from == kept
    assert [row.title for row in ctg.plan(following)] == ["Accueil", "Places", "Ouvrir un point"]
    with pytest.raises(ForbiddenTransition):
        ctg.advance(uuid, CtgStatus.RUNNING, days[4])

    # everything can be undone and done again, to the first action and back
    steps = 0
    before = empty.ctg.rows(date(2027, 1, 1))
    while empty.base.undo_name():
        empty.base.undo()
        steps += 1
    assert empty.ctg.rows() == []
    for _ in range(steps):
        empty.base.redo()
    assert empty.ctg.rows(date(2027, 1, 1)) == before
    assert empty.base.check() == []


def test_a_signature_waits_for_dates_and_a_partner(empty: Services) -> None:
    uuid = new(empty, starts_on=None, ends_on=None)
    empty.ctg.advance(uuid, CtgStatus.DIAGNOSTIC, date(2021, 1, 1))
    with pytest.raises(MissingForStage) as raised:
        empty.ctg.advance(uuid, CtgStatus.SIGNED, date(2021, 1, 2))
    assert raised.value.facts["missing"] == ("starts_on", "ends_on")


def test_the_day_of_a_signature_is_corrected(empty: Services) -> None:
    uuid = new(empty)
    ctg = empty.ctg
    ctg.advance(uuid, CtgStatus.DIAGNOSTIC, date(2021, 6, 1))
    ctg.advance(uuid, CtgStatus.SIGNED, date(2022, 3, 6))
    assert not ctg.rows(date(2022, 2, 1))[0].in_force
    changes = ctg.correct_stage(uuid, CtgStatus.SIGNED, date(2022, 1, 15))
    assert changes.topics
    detail = ctg.ctg(uuid, date(2022, 2, 1))
    assert detail.row.signed_on == date(2022, 1, 15)
    assert detail.row.in_force
    signed = next(row for row in detail.stages if row.status is CtgStatus.SIGNED)
    assert signed.reached_on == date(2022, 1, 15)
    assert empty.base.undo_name() == "date de signature de la CTG"
    assert not ctg.correct_stage(uuid, CtgStatus.SIGNED, date(2022, 1, 15)).topics
    empty.base.undo()
    assert ctg.ctg(uuid).row.signed_on == date(2022, 3, 6)


@pytest.mark.parametrize(
    ("status", "on", "error"),
    [
        (CtgStatus.SIGNED, date(2021, 5, 31), StageOutOfOrder),
        (CtgStatus.SIGNED, date(2026, 1, 1), SignedAfterEnd),
        (CtgStatus.DIAGNOSTIC, date(2022, 3, 7), StageOutOfOrder),
        (CtgStatus.RUNNING, date(2022, 4, 1), BadField),
        (CtgStatus.EXPIRED, date(2026, 4, 1), BadField),
    ],
)
def test_a_wrong_correction_changes_nothing(
    empty: Services, status: CtgStatus, on: date, error: type[DomainError]
) -> None:
    uuid = new(empty)
    empty.ctg.advance(uuid, CtgStatus.DIAGNOSTIC, date(2021, 6, 1))
    empty.ctg.advance(uuid, CtgStatus.SIGNED, date(2022, 3, 6))
    before = empty.ctg.ctg(uuid), empty.base.undo_name()
    with pytest.raises(error) as raised:
        empty.ctg.correct_stage(uuid, status, on)
    assert sentence(raised.value).endswith(".")
    assert (empty.ctg.ctg(uuid), empty.base.undo_name()) == before


def test_a_convention_never_ends_before_its_signature(empty: Services) -> None:
    uuid = new(empty)
    empty.ctg.advance(uuid, CtgStatus.DIAGNOSTIC, date(2021, 6, 1))
    empty.ctg.advance(uuid, CtgStatus.SIGNED, date(2022, 3, 6))
    with pytest.raises(SignedAfterEnd):
        empty.ctg.edit("ctg", uuid, ends_on="01/02/2022")
    empty.ctg.correct_stage(uuid, CtgStatus.SIGNED, None)
    assert empty.ctg.ctg(uuid).row.signed_on is None
    assert not empty.ctg.rows(date(2023, 1, 1))[0].in_force


def test_an_overlap_is_refused_and_nothing_changes(empty: Services) -> None:
    new(empty)
    before = empty.base.history()
    with pytest.raises(OverlappingCtg) as raised:
        new(empty, name="Autre", scope=Scope.DEPARTEMENT, codes=("79",))
    assert raised.value.facts["names"]
    with pytest.raises(EndBeforeStart):
        new(empty, name="À l’envers", starts_on=date(2027, 1, 1), ends_on=date(2026, 1, 1))
    assert len(empty.ctg.rows()) == 1
    assert empty.base.history() == before
    new(empty, name="Après", starts_on=date(2026, 1, 1), ends_on=date(2029, 12, 31))
    assert len(empty.ctg.rows()) == 2


def test_a_member_joins_once(empty: Services) -> None:
    uuid = new(empty)
    empty.ctg.join(uuid, (NIORT,), date(2023, 1, 1))
    with pytest.raises(BadField):
        empty.ctg.join(uuid, (NIORT,), date(2024, 1, 1))
    empty.ctg.leave(uuid, (NIORT,), date(2023, 12, 31))
    present = {row.code: row.present for row in empty.ctg.members(uuid, date(2023, 6, 1))}
    assert present[NIORT]
    assert not {row.code: row.present for row in empty.ctg.members(uuid, date(2024, 6, 1))}[NIORT]


def test_levels_from_a_commune_to_a_departement(empty: Services) -> None:
    uuid = new(empty, scope=Scope.COMMUNE, codes=(NIORT,))
    assert [row.name for row in empty.ctg.members(uuid)] == ["Niort"]
    whole = new(empty, scope=Scope.DEPARTEMENT, codes=("79",), starts_on=None, ends_on=None)
    count = len(empty.territory.reference.communes(departement="79"))
    assert len(empty.ctg.members(whole)) == count
    assert Level.COMMUNE > Level.EPCI
