"""Contracts delivered, the grid, revisions, closed years: what a Caf does of a CPOG in a year."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.cpog import Cpog, CpogIndicator, Document
from app.domain.cpog_codes import (
    Act,
    ActionState,
    IndicatorType,
    LinkKind,
    MovementNature,
    Nature,
    Origin,
    Sense,
    TargetKind,
)
from app.domain.cpog_errors import (
    ActionUnexplained,
    AlreadyClosed,
    ClosingIncomplete,
    ContractExists,
    EntryRefused,
    GapIncomplete,
    IncompleteRevision,
    NotClosed,
    NothingDelivered,
    RevisionUnbalanced,
    UnknownContract,
)
from app.domain.cpog_points import Hypothesis, Peer, Period
from app.domain.indicator import ValueState
from app.services.cpog import CpogService
from app.services.cpog_computed import Computed
from app.services.cpog_rows import Entry, Filters, MovementForm, RevisionForm
from db.session import Base, create_base, open_base

ON = datetime.date(2025, 6, 1)
CPOG_79, CPOG_52 = "79-2018-2022", "52-2023-2027"
OWN = Cpog(
    "own", "52-essai", "CPOG d’essai", "52", datetime.date(2023, 1, 1), datetime.date(2027, 12, 31), True
)


@pytest.fixture(scope="module")
def delivered_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cpog") / "base.maillage"
    base = create_base(path, ["79", "52"], "Essai")
    service = CpogService(base)
    service.load_delivered(CPOG_79)
    service.load_delivered(CPOG_52)
    base.close()
    return path


@pytest.fixture
def base(delivered_file: Path, tmp_path: Path) -> Iterator[Base]:
    path = tmp_path / "base.maillage"
    shutil.copyfile(delivered_file, path)
    opened = open_base(path)
    yield opened
    opened.close()


@pytest.fixture
def cpog(base: Base) -> CpogService:
    return CpogService(base)


def indicator(service: CpogService, code: str, rank: int, sub_series: str = "") -> CpogIndicator:
    return next(i for i in service.contract(code).indicators if i.rank == rank and i.sub_series == sub_series)


def ceiling(service: CpogService) -> str:
    service.create(OWN)
    service.save_indicator(
        CpogIndicator("plafond", "own", 0, "Plafond d’emplois", Nature.COG, IndicatorType.RESULT, "etpma",
                      Sense.DOWN, TargetKind.INDIVIDUAL)
    )  # fmt: skip
    return "plafond"


def test_both_contracts_are_whole(cpog: CpogService) -> None:
    one, two = cpog.contracts(ON)
    assert (one.code, one.state, one.indicators, one.sub_series) == (CPOG_79, "echu", 35, 9)
    assert (one.off_cog, one.follow, one.announced, one.flags) == (4, 7, 29, 18)
    assert (two.code, two.state, two.indicators, two.sub_series) == (CPOG_52, "signe", 41, 0)
    assert (two.off_cog, two.follow, two.announced, two.flags) == (10, 10, None, 12)
    assert sum(i.cog_ref != "" for i in cpog.contract(CPOG_79).indicators if not i.parent_uuid) == 27
    assert sum(i.code != "" for i in cpog.contract(CPOG_52).indicators) == 31
    assert [len(cpog.contract(code).engagements) for code in (CPOG_79, CPOG_52)] == [186, 239]
    assert [sum(i.pinned for i in cpog.contract(code).indicators) for code in (CPOG_79, CPOG_52)] == [12, 12]


@pytest.mark.parametrize(
    ("code", "rank", "sub_series", "kind", "printed", "other"),
    [
        (CPOG_79, None, "", "compte", "29 indicateurs retenus", "35 lignes"),
        (CPOG_79, 5, "RSA", "invraisemblable", "5,3 %", "53 %"),
        (CPOG_79, 35, "", "conflit", "1,37 % en fin de COG", "1,18 % en 2022"),
        (CPOG_79, 29, "", "definition", "5,7 %", "96,9 %"),
        (CPOG_52, None, "", "calcul", "près de 1 point", "11,5 points"),
        (CPOG_52, 10, "", "suivi", "COG", "sans cible"),
        (CPOG_52, 39, "", "cible", "cible 250", "1892"),
    ],
)
def test_every_contradiction_keeps_both_values(
    cpog: CpogService, code: str, rank: int | None, sub_series: str, kind: str, printed: str, other: str
) -> None:
    uuid = indicator(cpog, code, rank, sub_series).uuid if rank else ""
    found = [
        (f.printed.replace("\u202f", " "), f.other.replace("\u202f", " "))
        for f in cpog.contract(code).flags
        if f.indicator_uuid == uuid and f.kind == kind
    ]
    assert (printed, other) in found


def test_delivered_targets_are_those_printed(cpog: CpogService) -> None:
    card = cpog.card(indicator(cpog, CPOG_79, 8).uuid, ON)
    assert [p and p.text for p in card.points("initiale")] == [None, *["91\u202f%"] * 5]
    prose = indicator(cpog, CPOG_52, 2)
    assert (prose.target_kind, prose.start_year, prose.target_text) == (
        TargetKind.INDIVIDUAL, 2024, "individualisée à partir de 2024",
    )  # fmt: skip
    assert indicator(cpog, CPOG_52, 12).target_kind is TargetKind.NATIONAL
    assert len(cpog.card(indicator(cpog, CPOG_79, 9).uuid, ON).sub_series) == 5


def test_links_are_said_and_never_found_by_label(cpog: CpogService) -> None:
    same = cpog.card(indicator(cpog, CPOG_79, 1).uuid, ON).links
    assert [(link.cpog_code, link.kind, link.indicator) for link in same] == [
        (CPOG_52, LinkKind.SAME, "Délai, prestations légales")
    ]
    broken = cpog.card(indicator(cpog, CPOG_52, 37).uuid, ON).links
    assert [link.kind for link in broken] == [LinkKind.BREAK]
    assert cpog.card(indicator(cpog, CPOG_79, 7).uuid, ON).links == ()


def test_loading_twice_changes_nothing_and_can_be_undone(cpog: CpogService, base: Base) -> None:
    assert cpog.load_delivered(CPOG_52)[1].topics == frozenset()
    base.undo()
    assert [row.code for row in cpog.contracts(ON)] == [CPOG_79]
    with pytest.raises(NothingDelivered):
        cpog.load_delivered("99")
    with pytest.raises(UnknownContract):
        cpog.indicators(CPOG_52)


def test_the_list_is_filtered(cpog: CpogService) -> None:
    assert len(cpog.indicators(CPOG_52, 2024, ON)) == 41
    assert len(cpog.indicators(CPOG_52, 2024, ON, Filters(type=IndicatorType.FOLLOW))) == 10
    assert [r.rank for r in cpog.indicators(CPOG_52, 2024, ON, Filters(text="laep"))] == [26]
    assert {r.fiche for r in cpog.indicators(CPOG_52, 2024, ON, Filters(fiche="4"))} == {"4"}
    assert all(r.state == "suivi" for r in cpog.indicators(CPOG_52, 2024, ON) if r.type == "suivi")


def test_a_quarter_is_typed_then_corrected_with_a_reason(cpog: CpogService) -> None:
    uuid = indicator(cpog, CPOG_52, 4).uuid
    quarter = Entry(uuid, Period(2025, 1), "16,4 j", source="tableau de bord")
    result = cpog.enter([quarter])
    assert result.written == 1
    assert result.findings == ()
    assert cpog.enter([quarter]).written == 0
    with pytest.raises(EntryRefused) as raised:
        cpog.enter([Entry(uuid, Period(2025, 1), "16")])
    assert [f.code for f in raised.value.facts["findings"]] == ["duplicate"]  # type: ignore[attr-defined]
    cpog.enter([Entry(uuid, Period(2025, 1), "16")], reason="erreur de saisie")
    point = next(p for p in cpog.card(uuid, ON).points("realise") if p)
    assert (point.text, point.version, point.versions) == ("16\u00a0j", 2, 2)


def test_a_contract_is_read_again_only_after_a_write(cpog: CpogService, base: Base) -> None:
    uuid = indicator(cpog, CPOG_52, 4).uuid
    read = cpog.contract(CPOG_52)
    assert cpog.contract(read.cpog.uuid) is read
    cpog.enter([Entry(uuid, Period(2025, 1), "16,4 j", source="tableau de bord")])
    assert cpog.contract(CPOG_52).values_of[uuid][0].number == 16.4
    with base.gather("lot"):
        cpog.enter([Entry(uuid, Period(2025, 2), "16 j", source="tableau de bord")])
        assert len(cpog.contract(CPOG_52).values_of[uuid]) == 2
    base.undo()
    assert len(cpog.contract(CPOG_52).values_of[uuid]) == 1
    base.undo()
    assert cpog.contract(CPOG_52) == read


def test_one_bad_cell_writes_nothing(cpog: CpogService) -> None:
    uuid = indicator(cpog, CPOG_52, 1).uuid
    cells = [
        Entry(uuid, Period(2024), "72 %"),
        Entry(uuid, Period(2025), "beaucoup"),
        Entry(uuid, Period(2023), "130"),
        Entry("absent", Period(2023), "1"),
        Entry(uuid, Period(2024), "73 %"),
        Entry(uuid, Period(2040), "73 %"),
        Entry(uuid, Period(2023), "72", series="initiale"),
        Entry(uuid, Period(2023), "72", series="revisee"),
    ]
    with pytest.raises(EntryRefused):
        cpog.enter(cells)
    blocking = {f.position: f.code for f in cpog.check(cells) if f.blocking}
    assert blocking == {
        1: "not_a_number", 2: "out_of_bounds", 3: "unknown_indicator", 4: "twice", 5: "out_of_contract",
        6: "initial_locked", 7: "revised_by_act",
    }  # fmt: skip
    assert cpog.contract(CPOG_52).values == ()


def test_a_block_is_pasted_from_a_spreadsheet(cpog: CpogService) -> None:
    one, two = (indicator(cpog, CPOG_52, rank).uuid for rank in (34, 39))
    cells = cpog.block(
        "880\u202f051\t1 000 000,50 €\r\n1\u00a0892\tND\r\n", [one, two], [Period(2023), Period(2024)]
    )
    assert cpog.enter(cells).written == 4
    numbers = [v.number for v in cpog.contract(CPOG_52).values if v.number is not None]
    assert sorted(numbers) == [1892, 880051, 1000000.5]


def test_documents_and_engagements_come_and_go(cpog: CpogService, base: Base) -> None:
    uuid = cpog.contract(CPOG_52).cpog.uuid
    cpog.save_document(Document("d", uuid, "avenant", "Avenant de mars", "1", ON, signed=True))
    cpog.save_document(Document("d", uuid, "avenant", "Avenant de mars 2025", "1", ON, signed=True))
    assert [d.label for d in cpog.detail(CPOG_52, ON).documents] == ["Avenant de mars 2025"]
    cpog.remove_document("d")
    root = next(e for e in cpog.contract(CPOG_52).engagements if e.code == "D")
    cpog.remove_engagement(root.uuid)
    assert len(cpog.contract(CPOG_52).engagements) == 239 - 116
    base.undo()
    assert len(cpog.contract(CPOG_52).engagements) == 239


def test_states_terms_and_warnings_of_cells(cpog: CpogService) -> None:
    uuid, follow = indicator(cpog, CPOG_52, 1).uuid, indicator(cpog, CPOG_52, 26).uuid
    result = cpog.enter(
        [
            Entry(uuid, Period(2023), "ND"),
            Entry(uuid, Period(2024), "", numerator="1 250", denominator="2 500"),
            Entry(uuid, Period(2025), "80", numerator="1", denominator="2"),
            Entry(follow, Period(2024), "400", series="initiale"),
        ]
    )
    assert [(f.position, f.code) for f in result.findings] == [(2, "rate_mismatch"), (3, "target_on_follow")]
    values = {v.year: v for v in cpog.contract(CPOG_52).values}
    assert values[2023].state is ValueState.NO_DATA
    assert values[2023].number is None
    assert values[2024].number == 50


def test_the_staff_ceiling_is_revised_to_the_unit(cpog: CpogService) -> None:
    uuid = ceiling(cpog)
    path = {2023: 31589, 2024: 31089, 2025: 30489}
    cpog.enter([Entry(uuid, Period(y), str(n), series="initiale") for y, n in path.items()])
    form = RevisionForm(
        uuid, datetime.date(2024, 12, 1), Act.AMENDMENT, "Missions nouvelles", "avenant 1",
        targets=((Period(2023), 32100.0), (Period(2024), 31846.0), (Period(2025), 31383.0)),
        means="Emplois complémentaires", calendar_unchanged="les dates de la COG ne bougent pas",
        movements=tuple(
            MovementForm(year, motive, amount, MovementNature(nature))
            for year, rows in {
                2023: (("prime", 140, "autofinance"), ("Aripa", 336, "perenne"), ("Rsa", 35, "perenne")),
                2024: (("prime", 140, "autofinance"), ("Apl", 150, "conjoncturel"), ("Aripa", 427, "perenne"),
                       ("Rsa", 40, "perenne")),
                2025: (("tous", 893.5, "perenne"),),
            }.items()
            for motive, amount, nature in rows
        ),
    )  # fmt: skip
    assert [w.residue for w in cpog.preview_revision(form)] == [0, 0, 0.5]
    cpog.revise(form)
    (row,) = cpog.ledger("52-essai")
    assert [(w.year, w.gap, w.residue, w.balanced) for w in row.waterfalls] == [
        (2023, 511, 0, True), (2024, 757, 0, True), (2025, 894, 0.5, True),
    ]  # fmt: skip
    card = cpog.card(uuid, ON)
    assert [p.number for p in card.points("initiale") if p] == list(path.values())
    assert [p.act for p in card.points("revisee") if p] == ["avenant 1 du 1er décembre 2024"] * 3


def test_a_revision_answers_for_means_target_and_calendar(cpog: CpogService) -> None:
    uuid = indicator(cpog, CPOG_52, 1).uuid
    form = RevisionForm(uuid, ON, Act.LETTER, "Effectifs", targets=((Period(2023), 70.0),))
    with pytest.raises(IncompleteRevision) as raised:
        cpog.revise(form)
    assert raised.value.facts == {"field": "moyens"}
    unknown = RevisionForm(uuid, ON, Act.LETTER, "Effectifs", targets=((Period(2026), 70.0),),
                           means_unchanged="a", calendar_unchanged="b")  # fmt: skip
    with pytest.raises(RevisionUnbalanced):
        cpog.revise(unknown)


def test_a_year_is_closed_then_corrected(cpog: CpogService) -> None:
    uuid = indicator(cpog, CPOG_52, 1).uuid
    cpog.enter([Entry(uuid, Period(2023), "65 %")])
    assert cpog.to_explain(CPOG_52, 2023, ON) == ("Réclamations en 10 jours",)
    with pytest.raises(ClosingIncomplete):
        cpog.close(CPOG_52, 2023, on=ON)
    with pytest.raises(GapIncomplete):
        cpog.explain(uuid, Period(2023), "Deux départs", None)
    cpog.explain(uuid, Period(2023), "Deux départs", Origin.MIXED, "Renfort", "responsable de service", ON)
    cpog.close(CPOG_52, 2023, "direction", on=ON)
    with pytest.raises(AlreadyClosed):
        cpog.close(CPOG_52, 2023, on=ON)
    with pytest.raises(EntryRefused):
        cpog.enter([Entry(uuid, Period(2023), "66 %")])
    cpog.enter([Entry(uuid, Period(2023), "66 %")], reason="contrôle du fichier")
    (change,) = cpog.difference(CPOG_52, 2023)
    assert (change.what, change.before, change.after) == ("Réalisé 2023", "65\u202f%", "66\u202f%")
    assert [v.number for v in cpog.closed_contract(CPOG_52, 2023).values] == [65]
    cpog.close(CPOG_52, 2023, "direction", "correction", ON)
    assert [(row.year, row.version) for row in cpog.closings(cpog.contract(CPOG_52).cpog.uuid)] == [
        (2023, 1), (2023, 2),
    ]  # fmt: skip
    assert len(cpog.difference(CPOG_52, 2023, 1, 2)) == 1
    with pytest.raises(NotClosed):
        cpog.difference(CPOG_52, 2024)


def test_a_hypothesis_alerts_even_if_the_indicator_holds(cpog: CpogService) -> None:
    uuid = indicator(cpog, CPOG_52, 17).uuid
    key, _ = cpog.save_hypothesis(
        Hypothesis("", cpog.contract(CPOG_52).cpog.uuid, uuid, "Schémas votés par an", value=2, low=2, high=3)
    )
    for year in (2023, 2024):
        cpog.observe(key, Period(year), 1)
    (row,) = cpog.hypotheses(CPOG_52)
    assert (row.state.alert, row.sentence) == (
        True,
        "prévue entre 2 et 3, hors de sa plage 2 périodes de suite",
    )
    assert "hypothese" in {reminder.kind for reminder in cpog.reminders(ON)}
    assert next(r for r in cpog.indicators(CPOG_52, 2024, ON) if r.uuid == uuid).hypothesis_alert


def test_actions_are_followed_and_stopped_ones_explained(cpog: CpogService) -> None:
    leaves = cpog.board(CPOG_52, ON)
    cpog.follow_action(leaves[0].engagement.uuid, ActionState.DONE, evidence="convention signée")
    with pytest.raises(ActionUnexplained):
        cpog.follow_action(leaves[1].engagement.uuid, ActionState.DEPROGRAMMED, reason="crédits")
    cpog.follow_action(
        leaves[1].engagement.uuid, ActionState.DEPROGRAMMED, reason="crédits", decided_by="direction",
        decided_on=ON,
    )  # fmt: skip
    counted, without = cpog.gauges(CPOG_52, 2024, ON).progress
    assert (counted.numerator, counted.denominator, without.denominator) == (1, 2, 1)


def test_computed_and_declared_stand_side_by_side(base: Base) -> None:
    class Schemes:
        def codes(self) -> frozenset[str]:
            return frozenset({"ctg_schema"})

        def compute(self, code: str, departement: str, year: int) -> tuple[Computed, ...]:
            rule = "4 CTG sur 8 intègrent un schéma"
            return (Computed("", 50.0, ValueState.VALUE, rule, 4, 8),) if year == 2025 else ()

    service = CpogService(base, computed=[Schemes()])
    uuid = indicator(service, CPOG_52, 17).uuid
    service.enter([Entry(uuid, Period(2025), "62,5 %")])
    (row,) = service.card(uuid, ON).computed
    assert (row.text, row.declared and row.declared.number, row.difference_text) == (
        "50\u202f%", 62.5, "+12,5\u00a0points",
    )  # fmt: skip


def test_other_caf_are_compared_without_oneself(cpog: CpogService) -> None:
    found = indicator(cpog, CPOG_52, 1)
    values = [("52", 10.0), ("10", 60.0), ("55", 70.0), ("88", 80.0), ("08", 90.0)]
    cpog.save_peers(
        [Peer("", found.cpog_uuid, found.uuid, "Grand Est", dep, 2024, number=x) for dep, x in values]
    )
    (row,) = cpog.compare(found.uuid, Period(2024))
    assert (row.count, row.median, row.text) == (
        4, 75.0, "Grand Est\u202f: médiane 75,0\u202f% sur 4\u00a0autres Caf",
    )  # fmt: skip


def test_new_contracts_come_from_another_or_from_the_cog(cpog: CpogService) -> None:
    uuid, _ = cpog.copy(CPOG_52, OWN)
    copied = cpog.contract(uuid)
    assert (len(copied.indicators), len(copied.engagements), copied.targets) == (41, 239, ())
    assert cpog.card(copied.indicators[0].uuid, ON).links[0].cpog_code == CPOG_52
    with pytest.raises(ContractExists):
        cpog.create(Cpog("x", "52-essai", "Encore", "52", OWN.starts_on, OWN.ends_on))
    other = Cpog("", "79-cog", "D’après la COG", "79", datetime.date(2018, 1, 1), datetime.date(2022, 12, 31))
    cpog.create_from_cog("2018-2022", other, with_targets=True)
    grid = cpog.contract("79-cog")
    assert len([i for i in grid.indicators if not i.parent_uuid]) == 39
    assert len([i for i in grid.indicators if i.parent_uuid]) == 13
    assert len(grid.targets) == 166
