"""Plans: every field of a fiche, moves, statuses, money, links, search, copies, and bad input."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.domain.action import ActionState, NodeKind, OriginKind
from app.domain.ctg import Scope
from app.domain.ctg_errors import (
    BadField,
    CyclicLink,
    EndBeforeStart,
    ForbiddenParent,
    InUse,
    OutsideCtg,
    ReasonNeeded,
    StepAfterEnd,
    UnknownObject,
)
from app.domain.errors import DomainError
from app.domain.indicator import ValueState
from app.domain.territory import Level
from app.services import Services
from tests.services.ctg_cases import NIORT, Small, make_ctg, make_small

ON = date(2026, 11, 21)


@pytest.fixture
def small(empty: Services) -> Small:
    return make_small(empty)


FIELDS: dict[str, object] = {
    "title": "Ouvrir deux points", "theme": "petite_enfance", "kind": "developpement",
    "origin_kind": "nationale", "origin": "COG", "finding": "Peu de places", "audience": "Familles",
    "description": "Deux demi-journées",
    "deliverables": "Convention\nBilan", "pilot_function": "Responsable", "pilot_organisation": "Rpe",
    "elected_function": "Vice-présidence", "partners": ["MSA", "Communes"], "caf_role": "complement",
    "fte": "0,5", "places": "12", "expected_result": "Deux points ouverts", "vigilance": "Locaux",
    "retex": "À refaire plus tôt", "starts_on": "01/02/2024", "ends_on": date(2026, 12, 31),
}  # fmt: skip


def test_every_field_of_a_fiche_is_written_and_read_back(empty: Services, small: Small) -> None:
    empty.ctg.edit("action", small.action, **FIELDS)
    found = empty.ctg.action(small.action, ON)
    assert found.row.title == "Ouvrir deux points"
    assert found.row.pilot == "Rpe, Responsable"
    assert (found.row.starts_on, found.row.ends_on) == (date(2024, 2, 1), date(2026, 12, 31))
    assert found.origin_kind is OriginKind.NATIONAL
    assert (found.fte, found.places) == (0.5, 12)
    assert found.partners == ("MSA", "Communes")
    assert found.deliverables == "Convention\nBilan"
    assert [number for _, number, _ in found.path] == ["1", "1.1"]
    assert dict(found.sections)["identite"]
    assert not dict(found.sections)["budget"]


def test_an_edit_that_changes_nothing_writes_nothing(empty: Services, small: Small) -> None:
    empty.ctg.edit("action", small.action, **FIELDS)
    before = empty.base.history()
    assert not empty.ctg.edit("action", small.action, **FIELDS).topics
    assert empty.base.history() == before


def test_the_history_is_field_by_field_and_fields_come_back_as_they_were(
    empty: Services, small: Small
) -> None:
    empty.ctg.edit("action", small.action, audience="Familles")
    middle = empty.ctg.history("action", small.action)[0].at
    empty.ctg.edit("action", small.action, audience="Jeunes", vigilance="Locaux")
    first, second, *_ = empty.ctg.history("action", small.action)
    assert {(row.field, row.before, row.after) for row in (first, second)} == {
        ("audience", "Familles", "Jeunes"), ("vigilance", "", "Locaux"),
    }  # fmt: skip
    assert first.action == "fiche\u202f: publics, points de vigilance"
    then = empty.ctg.fields_at("action", small.action, middle)
    assert then is not None
    assert (then["audience"], then["vigilance"]) == ("Familles", "")
    step = empty.ctg.add("step", small.action, title="Recenser").uuid
    empty.ctg.remove("step", step)
    tables = [row.table for row in empty.ctg.history_with_parts("action", small.action)]
    assert tables.count("action_step") == 2


def test_progress_follows_steps_and_an_override_gives_its_reason(empty: Services, small: Small) -> None:
    steps = [empty.ctg.add("step", small.action, title=f"Étape {n}").uuid for n in range(3)]
    empty.ctg.edit("step", steps[0], done_on="30/06/2025")
    assert empty.ctg.action(small.action, ON).row.progress.percent == 33
    with pytest.raises(ReasonNeeded):
        empty.ctg.set_progress(small.action, 80, "")
    empty.ctg.set_progress(small.action, 80, "Deux points déjà ouverts")
    found = empty.ctg.action(small.action, ON)
    assert (found.row.progress.percent, found.row.progress.overridden) == (80, True)
    empty.ctg.set_progress(small.action, "", "")
    assert empty.ctg.action(small.action, ON).row.progress.percent == 33


def test_steps_and_annexes_are_put_in_order(empty: Services, small: Small) -> None:
    steps = [empty.ctg.add("step", small.action, title=f"Étape {n}").uuid for n in range(3)]
    empty.ctg.order("step", small.action, [steps[2], steps[0]])
    titles = [step.title for step in empty.ctg.action(small.action).steps]
    assert titles == ["Étape 2", "Étape 0", "Étape 1"]
    annexes = [annex.uuid for annex in empty.ctg.ctg(small.ctg).annexes]
    empty.ctg.order("annex", small.ctg, annexes[::-1])
    assert [annex.uuid for annex in empty.ctg.ctg(small.ctg).annexes] == annexes[::-1]
    empty.base.undo()
    assert [annex.uuid for annex in empty.ctg.ctg(small.ctg).annexes] == annexes


def test_four_statuses_keep_reason_decider_and_date(empty: Services, small: Small) -> None:
    with pytest.raises(ReasonNeeded):
        empty.ctg.set_status(small.action, ActionState.POSTPONED, "Retard", "")
    assert empty.ctg.action(small.action).row.status is ActionState.TO_START
    on, until = date(2026, 3, 1), date(2027, 6, 30)
    empty.ctg.set_status(small.action, ActionState.POSTPONED, "Retard du permis", "Copil", on, until)
    found = empty.ctg.action(small.action, ON)
    assert (found.row.status, found.row.ends_on) == (ActionState.POSTPONED, until)
    (change,) = empty.ctg.status_changes(small.ctg, frozenset({ActionState.POSTPONED}))
    assert (change.number, change.reason, change.decided_on) == ("1.1.1", "Retard du permis", on)
    empty.base.undo()
    assert empty.ctg.action(small.action, ON).row.status is ActionState.TO_START
    assert empty.ctg.status_changes() == []


def test_moves_renumber_and_can_be_undone(empty: Services, small: Small) -> None:
    second = empty.ctg.add_action(small.ctg, small.goal, title="Second").uuid
    loose = empty.ctg.add_action(small.ctg, title="Sans enjeu").uuid
    assert [row.number for row in empty.ctg.actions(small.ctg)] == ["1.1.1", "1.1.2", "F1"]
    empty.ctg.move(second, small.goal, 0)
    assert [row.title for row in empty.ctg.actions(small.ctg)][:2] == ["Second", "Ouvrir un point"]
    empty.ctg.move(loose, small.issue, 9)
    assert {row.title: row.number for row in empty.ctg.actions(small.ctg)}["Sans enjeu"] == "1.2"
    with pytest.raises(CyclicLink):
        empty.ctg.move(small.issue, small.goal, 0)
    with pytest.raises(ForbiddenParent):
        empty.ctg.move(small.goal, None, 0)
    empty.base.undo()
    empty.base.undo()
    assert [row.number for row in empty.ctg.actions(small.ctg)] == ["1.1.1", "1.1.2", "F1"]


def test_a_budget_by_hand(empty: Services, small: Small) -> None:
    put = empty.ctg.set_amount
    put(small.action, 2025, "Caf", "caf", "fonctionnement", "paye", "4 800")
    put(small.action, 2025, "EPCI", "epci", "fonctionnement", "paye", "5 200,50")
    put(small.action, 2025, "MSA", "msa", "fonctionnement", "paye", "")
    put(small.action, 2025, "EPCI", "epci", "fonctionnement", "vote", "5 000")
    empty.ctg.set_cost(small.action, 2025, "fonctionnement", "paye", "12 500")
    empty.ctg.edit("action", small.action, places=10)
    budget = empty.ctg.action(small.action, ON).budget
    (year,) = budget.years
    paid = next(total for total in year.totals if total.state == "paye")
    assert (paid.cents, paid.absent) == (1000050, ("MSA",))
    assert next(total for total in year.totals if total.state == "vote").cents == 500000
    rest = next(rest for rest in year.remainders if rest.state == "paye")
    assert (rest.cost, rest.rest, rest.unfunded) == (1250000, 770000, 249950)
    assert year.cost_per_place == 125000
    assert [(w.voted, w.paid) for w in budget.warnings] == [(500000, 520050)]
    put(small.action, 2025, "Caf", "caf", "fonctionnement", "paye", "4 900")
    assert len(empty.ctg.action(small.action).budget.cells) == 4


def test_eviction_is_seen_on_a_fiche_and_on_the_plan(empty: Services, small: Small) -> None:
    for year, caf, epci in ((2024, 38, 62), (2025, 49, 51), (2026, 55, 45)):
        empty.ctg.set_amount(small.action, year, "Caf", "caf", "fonctionnement", "paye", caf)
        empty.ctg.set_amount(small.action, year, "EPCI", "epci", "fonctionnement", "paye", epci)
    assert [e.funder for e in empty.ctg.action(small.action).budget.evictions] == ["EPCI"]
    assert [e.years for e in empty.ctg.budget(small.ctg).evictions] == [(2024, 2025, 2026)]
    other = empty.ctg.add_action(small.ctg, small.goal, title="Autre").uuid
    empty.ctg.set_amount(other, 2026, "EPCI", "epci", "fonctionnement", "prevu", "")
    assert empty.ctg.budget(small.ctg).evictions == ()


def test_indicators_have_a_start_targets_and_actuals(empty: Services, small: Small) -> None:
    uuid = empty.ctg.add("indicator", small.action, label="Communes", unit="communes").uuid
    empty.ctg.set_value(uuid, "depart", 2023, 26)
    empty.ctg.set_value(uuid, "cible", 2027, "52")
    empty.ctg.set_value(uuid, "realise", 2026, 36)
    (row,) = empty.ctg.action(small.action, ON).indicators
    assert row.baseline is not None
    assert row.actual is not None
    assert row.target is not None
    assert (row.baseline.number, row.actual.number, row.target.number, row.reached) == (26, 36, 52, False)
    empty.ctg.set_value(uuid, "realise", 2026, 60)
    assert empty.ctg.ctg(small.ctg, ON).row.results.count == 1
    with pytest.raises(BadField):
        empty.ctg.set_value(uuid, "realise", 2027, None, int(ValueState.VALUE))
    empty.ctg.set_value(uuid, "realise", 2027, None, int(ValueState.NO_DATA))


def test_a_gap_makes_a_draft(empty: Services, small: Small) -> None:
    uuid = empty.ctg.action_from_gap(
        small.ctg,
        "laep_arrondissement",
        Level.COMMUNE,
        "79270",
        "Saint-Maixent-l’École",
        "Aucun Laep",
        small.goal,
    ).uuid
    found = empty.ctg.action(uuid)
    assert found.gap is not None
    assert (found.gap.rule, found.gap.code, found.gap.reason) == (
        "laep_arrondissement",
        "79270",
        "Aucun Laep",
    )
    assert found.communes == ("79270",)
    assert found.row.title == "Répondre à la lacune\u202f: Saint-Maixent-l’École"
    assert found.origin_kind is OriginKind.GAP


def test_search_ignores_accents_and_order(empty: Services, small: Small) -> None:
    empty.ctg.edit("action", small.action, description="Itinérance du relais, école de Niort")
    for text in ("ITINERANCE", "ecole relais", "itiner niort", "1.1.1", "ouvrir"):
        assert [hit.action_uuid for hit in empty.ctg.search(text)] == [small.action], text
    for text in ("", "crèche", "inerance"):
        assert empty.ctg.search(text) == []
    assert empty.ctg.search("itinerance")[0].field == "description"


def test_what_was_learnt_comes_back_for_a_similar_fiche(empty: Services, small: Small) -> None:
    empty.ctg.edit("action", small.action, title="Ouvrir un Laep itinérant", retex="Prévoir le chauffage")
    (hit,) = empty.ctg.retex_for("Lancer un Laep itinérant dans le sud")
    assert hit.retex == "Prévoir le chauffage"
    assert empty.ctg.retex_for("Rénover un multi-accueil") == []


def test_a_copy_leaves_dates_and_money_behind(empty: Services, small: Small) -> None:
    empty.ctg.edit("action", small.action, **FIELDS, communes=["79270"])
    empty.ctg.add("step", small.action, title="Faite", planned_on="2024-03-01", done_on="2024-03-01")
    empty.ctg.add("step", small.action, title="À faire", planned_on="2025-03-01")
    empty.ctg.set_amount(small.action, 2025, "Caf", "caf", "fonctionnement", "paye", 10)
    other = make_ctg(empty, name="Autre", scope=Scope.COMMUNE, codes=(NIORT,))
    empty.ctg.copy_actions([small.action], other)
    (row,) = empty.ctg.actions(other)
    copy = empty.ctg.action(row.uuid)
    assert (row.title, row.status, row.ends_on) == ("Ouvrir deux points", ActionState.TO_START, None)
    assert [(step.title, step.planned_on) for step in copy.steps] == [("À faire", None)]
    assert copy.communes == ()
    assert copy.budget.cells == ()
    assert copy.copied_from == small.action


def test_links_are_read_both_ways_and_never_turn_round(empty: Services, small: Small) -> None:
    link = empty.ctg.link("action", small.action, "sdsf_objective", "o1", "axe 1").uuid
    assert empty.ctg.link("action", small.action, "sdsf_objective", "o1").uuid == link
    (out,) = empty.ctg.links(small.action)
    (back,) = empty.ctg.links("o1")
    assert (out.kind, out.outgoing) == ("sdsf_objective", True)
    assert (back.kind, back.words, back.outgoing) == ("action", "Ouvrir un point", False)
    empty.ctg.link("sdsf_objective", "o1", "cpog_indicator", "i1")
    with pytest.raises(CyclicLink):
        empty.ctg.link("cpog_indicator", "i1", "action", small.action)
    with pytest.raises(BadField):
        empty.ctg.link("action", small.action, "action", small.action)
    empty.ctg.remove("action", small.action)
    assert [row.kind for row in empty.ctg.links("o1")] == ["cpog_indicator"]


def test_a_finding_becomes_an_issue(empty: Services, small: Small) -> None:
    finding = empty.ctg.add("finding", small.ctg, text="Peu de places au sud", theme="petite_enfance").uuid
    issue = empty.ctg.make_issue(finding).uuid
    (row,) = empty.ctg.findings(small.ctg)
    assert row.issues == ((issue, "2"),)
    assert [plan.title for plan in empty.ctg.plan(small.ctg)][-1] == "Peu de places au sud"


def test_a_pinned_figure_stays_when_the_base_changes(demo: Services) -> None:
    niort = next(row for row in demo.ctg.rows(ON) if row.name == "CTG du Niortais")
    finding = demo.ctg.add("finding", niort.uuid, text="Couverture").uuid
    demo.ctg.pin_figure(finding, "couv_global", Level.EPCI, "200041317", 2023)
    pinned = next(row for row in demo.ctg.findings(niort.uuid) if row.uuid == finding).figures[0]
    assert (pinned.number, pinned.year, pinned.changed) == (74.2, 2023, False)
    assert pinned.file == "txcouv_pe_epci_2023.csv"
    number = next(run.number for run in demo.imports.runs() if run.file == "txcouv_pe_epci_2023.csv")
    demo.imports.undo(number)
    again = next(row for row in demo.ctg.findings(niort.uuid) if row.uuid == finding).figures[0]
    assert (again.number, again.changed, again.number_now) == (74.2, True, None)


Act = Callable[[Services, Small], object]

REFUSED: dict[str, tuple[type[DomainError], Act]] = {
    "étape after the end": (
        StepAfterEnd, lambda s, c: s.ctg.add("step", c.action, title="Tard", planned_on="01/01/2028"),
    ),
    "fiche after the end": (StepAfterEnd, lambda s, c: s.ctg.edit("action", c.action, ends_on="2028-01-01")),
    "end before start": (
        EndBeforeStart,
        lambda s, c: s.ctg.edit("action", c.action, starts_on="2026-02-01", ends_on="2026-01-01"),
    ),
    "text for an amount": (
        BadField,
        lambda s, c: s.ctg.set_amount(c.action, 2026, "Caf", "caf", "fonctionnement", "prevu", "beaucoup"),
    ),
    "commune outside": (OutsideCtg, lambda s, c: s.ctg.edit("action", c.action, communes=["75056"])),
    "objective with fiches": (InUse, lambda s, c: s.ctg.remove("node", c.goal)),
    "unknown fiche": (UnknownObject, lambda s, _: s.ctg.edit("action", "absent", title="x")),
    "étape of nothing": (UnknownObject, lambda s, _: s.ctg.add("step", "absent", title="x")),
    "fiche without title": (BadField, lambda s, c: s.ctg.add_action(c.ctg, c.goal)),
    "fiche of no convention": (UnknownObject, lambda s, _: s.ctg.add_action("absent", title="x")),
    "node of another convention": (
        ForbiddenParent,
        lambda s, c: s.ctg.add("node", make_ctg(s, name="B", scope=Scope.COMMUNE, codes=(NIORT,)),
                               kind=NodeKind.STRATEGIC, title="x", parent_uuid=c.issue),
    ),
    "CTG ends too soon": (EndBeforeStart, lambda s, c: s.ctg.edit("ctg", c.ctg, ends_on="2023-01-01")),
    "commitment of an unknown party": (
        UnknownObject, lambda s, c: s.ctg.add("commitment", c.ctg, text="x", party_uuid="absent"),
    ),
    "unknown status of an amount": (
        BadField, lambda s, c: s.ctg.set_amount(c.action, 2026, "Caf", "caf", "fonctionnement", "espere", 1),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_bad_input_changes_nothing(empty: Services, small: Small, name: str) -> None:
    error, act = REFUSED[name]
    before = (empty.ctg.plan(small.ctg, ON), empty.ctg.action(small.action, ON), empty.ctg.ctg(small.ctg, ON))
    with pytest.raises(error):
        act(empty, small)
    assert (
        empty.ctg.plan(small.ctg, ON),
        empty.ctg.action(small.action, ON),
        empty.ctg.ctg(small.ctg, ON),
    ) == before


def test_removing_a_convention_leaves_nothing_and_comes_back_whole(demo: Services) -> None:
    rows = demo.ctg.rows(ON)
    niort = next(row for row in rows if row.name == "CTG du Niortais")
    before = (
        demo.ctg.plan(niort.uuid, ON),
        demo.ctg.budget(niort.uuid, ON),
        demo.steering.decisions(None, ON),
    )
    demo.ctg.remove("ctg", niort.uuid)
    assert demo.ctg.search("itinérance", niort.uuid) == []
    assert demo.steering.decisions(niort.uuid, ON) == []
    assert demo.base.check() == []
    demo.base.undo()
    assert demo.ctg.rows(ON) == rows
    assert before == (
        demo.ctg.plan(niort.uuid, ON), demo.ctg.budget(niort.uuid, ON), demo.steering.decisions(None, ON)
    )  # fmt: skip
