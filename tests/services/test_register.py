"""The register as pages use it: one action each, refusals that change nothing, undo and redo."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain import register_errors
from app.domain.errors import NothingToUndo, ReadOnlyBase
from app.domain.reference import load_reference
from app.domain.register import (
    Childminders,
    Equipment,
    KnownTotal,
    Movement,
    MovementKind,
    PlaceGroup,
    Point,
    Status,
    Transfer,
    Zone,
)
from app.domain.territory import Level
from app.services import Services
from app.services.register import RegisterService
from app.services.register_rows import RegisterFilter, SupportRow
from app.services.territory import TerritoryService
from db.session import Base, open_base
from tests.services.register_cases import CHAUMONT, NIORT, THOUARS, creche, opened, site, snapshot, steps

DAY = datetime.date


@pytest.fixture
def case(tmp_path: Path) -> Iterator[tuple[Base, RegisterService]]:
    with opened(tmp_path / "registre.maillage") as made:
        yield made


@pytest.fixture
def base(case: tuple[Base, RegisterService]) -> Base:
    return case[0]


@pytest.fixture
def register(case: tuple[Base, RegisterService]) -> RegisterService:
    return case[1]


def test_a_service_is_added_with_its_site_and_read_back(register: RegisterService) -> None:
    added = register.add_equipment(creche(), site(name="Pôle enfance"))
    row = register.row(added.uuid)
    assert (row.name, row.site, row.commune, row.epci) == (
        "Les Lucioles",
        "Pôle enfance",
        "Niort",
        "Niortais",
    )
    assert (row.licensed, row.opened, row.opened_unknown, row.expected) == (20, 18, 0, None)
    assert not row.precise
    assert row.lon == pytest.approx(load_reference().commune(NIORT).lon)
    card = register.card(added.uuid)
    assert card.equipment.groups[0].funding == "psu"
    assert card.neighbours == ()


def test_one_site_hosts_several_services(register: RegisterService) -> None:
    first = register.add_equipment(creche(), site())
    place = register.equipment(first.uuid).site_uuid
    second = register.add_equipment(Equipment("", place, "laep", "Le Fil"))
    assert [item.kind for item in register.card(first.uuid).neighbours] == ["laep"]
    register.remove_equipment(first.uuid)
    assert len(register.register().sites) == 1
    register.remove_equipment(second.uuid)
    assert register.register().sites == ()


def test_each_action_is_undone_and_redone_whole(base: Base, register: RegisterService) -> None:
    journal = steps(base, register)
    empty = snapshot(base)
    added = register.add_equipment(
        creche(itinerant=True, points=(Point("", "Salle", NIORT, days=(0, 3)),)), site()
    )
    full = snapshot(base)
    assert journal.undo()[0] == "ajout de «\u202fLes Lucioles\u202f»"
    assert register.rows() == []
    assert {k: v for k, v in snapshot(base).items() if k != "journal"} == {
        k: v for k, v in empty.items() if k != "journal"
    }
    journal.redo()
    assert register.equipment(added.uuid).points[0].days == (0, 3)
    assert {k: v for k, v in snapshot(base).items() if k != "journal"} == {
        k: v for k, v in full.items() if k != "journal"
    }
    register.remove_equipment(added.uuid)
    journal.undo()
    assert register.equipment(added.uuid).groups[0].opened == 18
    with pytest.raises(NothingToUndo):
        journal.redo(), journal.redo()


REFUSED: list[tuple[str, Callable[[RegisterService, str], object]]] = [
    ("negative", lambda r, u: r.edit_field(u, "licensed_places", "-3")),
    ("dates", lambda r, u: r.bulk_edit((u,), "closed_on", "01/01/2019")),
    ("commune", lambda r, u: r.edit_field(u, "code_commune", "Nyort")),
    ("outside", lambda r, u: r.edit_site(replace(
        r.site(r.equipment(u).site_uuid), lon=5.33, lat=47.86, precise=True))),
    ("itinerant", lambda r, u: r.edit_field(u, "itinerant", "oui")),
    ("over_licence", lambda r, u: r.add_group(u, PlaceGroup("", "Paje", "paje", 6, None))),
    ("over_licence", lambda r, u: r.edit_field(u, "licensed_places", "19")),
    ("opened", lambda r, u: r.edit_field(u, "opened", "25")),
    ("choice", lambda r, u: r.edit_field(u, "kind", "piscine")),
    ("not_together", lambda r, u: r.edit_field(u, "couleur", "bleu")),
    ("not_found", lambda r, _: r.edit_field("absent", "name", "x")),
    ("not_found", lambda r, u: r.remove_group(u, "absent")),
    ("missing", lambda r, u: r.add_movement(Movement("", u, DAY(2024, 1, 1), MovementKind.CREATION, 0))),
    ("same_manager", lambda r, u: r.add_transfer(u, Transfer("", DAY(2024, 1, 1), "", "", "Caf", "caf"))),
    ("empty_zone", lambda r, _: r.add_zone(Zone("", "qpv", "Q", "Vide"))),
    ("commune", lambda r, _: r.add_childminders(Childminders("", Level.EPCI, "9", 2024, 1, None, None))),
    ("choice", lambda r, u: r.set_signal(u, "humeur", 2024, 1)),
    ("choice", lambda r, u: r.set_signal(u, "opened_share", 2024, 1)),
    ("missing", lambda r, u: r.save_support(SupportRow("", u, DAY(2024, 1, 1), "visite", " "))),
    ("paste", lambda r, _: r.paste("bonjour")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "call"), REFUSED)
def test_a_refusal_changes_nothing(
    case: tuple[Base, RegisterService], rule: str, call: Callable[[RegisterService, str], object]
) -> None:
    base, register = case
    added = register.add_equipment(
        creche(opened_on=DAY(2020, 1, 1), manager="Caf", manager_kind="caf"), site()
    )
    before = snapshot(base)
    with pytest.raises(register_errors.RegisterRefusal) as raised:
        call(register, added.uuid)
    assert raised.value.rule == rule
    assert snapshot(base) == before


def test_bulk_edit_is_one_action_or_nothing(base: Base, register: RegisterService) -> None:
    journal = steps(base, register)
    uuids = [register.add_equipment(creche(name), site()).uuid for name in ("A", "B", "C")]
    register.bulk_edit(uuids, "manager", "Agglomération")
    register.bulk_edit(uuids, "licence_to", DAY(2027, 1, 1))
    assert {row.manager for row in register.rows()} == {"Agglomération"}
    assert journal.undo()[0] == "Fin d’agrément de 3 équipements"
    assert {row.licence_to for row in register.rows()} == {None}
    late = register.add_equipment(creche("D", opened_on=DAY(2026, 1, 1)), site()).uuid
    with pytest.raises(register_errors.DatesReversed):
        register.bulk_edit([*uuids, late], "closed_on", DAY(2025, 1, 1))
    assert {item.closed_on for item in register.register().equipment} == {None}
    with pytest.raises(register_errors.NotTogether):
        register.bulk_edit(uuids, "name", "Tous pareils")


def test_a_cell_of_the_table_is_typed_as_people_do(register: RegisterService) -> None:
    uuid = register.add_equipment(creche(), site(lon=-0.4659, lat=46.3236, precise=True)).uuid
    register.edit_field(uuid, "served", "Niort ; Chauray")
    register.edit_field(uuid, "points", "Niort (lundi) ; Chauray (jeudi)")
    register.edit_field(uuid, "itinerant", "oui")
    register.edit_field(uuid, "opened", "20")
    register.edit_field(uuid, "status", "Suspendu")
    item = register.equipment(uuid)
    assert item.served == ("79191", "79081")
    assert [point.days for point in item.points] == [(0,), (3,)]
    assert (item.opened, item.status) == (20, Status.SUSPENDED)
    point = item.points[0].uuid
    register.edit_field(uuid, "points", "Niort (lundi, mardi)")
    assert [p.uuid for p in register.equipment(uuid).points] == [point]
    register.edit_field(uuid, "code_commune", "Thouars")
    moved = register.site(item.site_uuid)
    assert (moved.code_commune, moved.precise) == (THOUARS, False)


def test_transfers_follow_the_gestionnaire(register: RegisterService) -> None:
    uuid = register.add_equipment(creche(manager="Caf", manager_kind="caf"), site()).uuid
    late = register.add_transfer(uuid, Transfer("", DAY(2024, 1, 1), "", "", "Niort Agglo", "epci")).uuid
    register.add_transfer(uuid, Transfer("", DAY(2022, 1, 1), "", "", "Ville", "commune"))
    item = register.equipment(uuid)
    assert [(m.from_manager, m.to_manager) for m in item.transfers] == [
        ("Caf", "Ville"), ("Ville", "Niort Agglo"),
    ]  # fmt: skip
    assert register.rows(RegisterFilter(on=DAY(2023, 6, 1)))[0].manager == "Ville"
    assert register.rows(RegisterFilter(manager_kinds=("caf",))) == []
    register.edit_field(uuid, "manager", "Niort Agglomération")
    assert register.equipment(uuid).transfers[-1].to_manager == "Niort Agglomération"
    register.remove_transfer(uuid, late)
    assert register.row(uuid).manager == "Ville"


def test_the_table_is_filtered_by_all_its_criteria(register: RegisterService) -> None:
    register.add_equipment(creche("Été"), site())
    register.add_equipment(creche("Projet", status=Status.PROJECT), site(THOUARS))
    register.add_equipment(Equipment("", "", "laep", "Le Fil", manager="Mairie"), site(CHAUMONT))
    register.add_zone(Zone("", "qpv", "Q1", "Clou Bouchet", partial=(NIORT,)))

    def names(**criteria: object) -> list[str]:
        return [row.name for row in register.rows(RegisterFilter(**criteria))]  # type: ignore[arg-type]

    assert names() == ["Été", "Le Fil", "Projet"]
    assert names(kinds=("laep", "rpe")) == ["Le Fil"]
    assert names(statuses=(Status.PROJECT,)) == ["Projet"]
    assert names(departement="79") == ["Été", "Projet"]
    assert names(epci="200041317") == ["Été"]
    assert names(commune=CHAUMONT) == ["Le Fil"]
    assert names(text="ete niort") == ["Été"]
    assert names(text="mairie") == ["Le Fil"]
    assert names(zone="qpv") == ["Été"]
    row = register.rows(RegisterFilter(commune=NIORT))[0]
    assert (row.zones, row.zones_possible) == ((), ("Clou Bouchet",))


def test_a_register_of_a_day_forgets_after_a_change(register: RegisterService) -> None:
    uuid = register.add_equipment(creche(opened_on=DAY(2024, 1, 1)), site()).uuid
    heard: list[int] = []
    register.on_change(lambda: heard.append(1))
    assert register.register(DAY(2023, 1, 1)).equipment == ()
    assert len(register.register(DAY(2024, 1, 1)).equipment) == 1
    register.edit_field(uuid, "closed_on", "01/06/2024")
    assert register.register(DAY(2024, 6, 1)).equipment == ()
    assert heard


def test_licences_that_end_are_listed_soonest_first(register: RegisterService) -> None:
    for name, day in (("A", DAY(2026, 3, 1)), ("B", DAY(2025, 12, 1)), ("C", DAY(2028, 1, 1))):
        register.add_equipment(creche(name, licence_to=day), site())
    found = register.licences_ending(DAY(2026, 1, 1), 90)
    assert [(line.row.name, line.days) for line in found] == [("B", -31), ("A", 59)]


def test_the_ledger_of_the_service_and_of_the_filter(base: Base, register: RegisterService) -> None:
    uuid = register.add_equipment(creche(), site()).uuid
    other = register.add_equipment(creche("B"), site(CHAUMONT)).uuid
    register.add_movement(Movement("", uuid, DAY(2023, 5, 1), MovementKind.CREATION, 12, "qp079001"))
    closed = register.add_movement(
        Movement("", uuid, DAY(2023, 7, 9), MovementKind.CLOSURE, 5, year_only=True)
    )
    register.add_movement(Movement("", other, DAY(2023, 5, 1), MovementKind.CREATION, 100))
    (year,) = register.card(uuid).ledger
    assert (year.real.created, year.real.closed, year.real.net, year.qpv.created) == (12, 5, 7, 12)
    assert year.by_qpv[0][0] == "QP079001"
    assert register.ledger(RegisterFilter(departement="79")) == (year,)
    moves = {move.uuid: move for move in register.register().movements}
    assert moves[closed.uuid].on == DAY(2023, 1, 1)
    register.edit_movement(replace(moves[closed.uuid], places=6))
    register.remove_movement(closed.uuid)
    assert register.card(uuid).ledger[0].real.closed == 0
    assert steps(base, register).undo()[0].startswith("suppression d’un mouvement")
    assert register.card(uuid).ledger[0].real.closed == 6


def test_signals_thresholds_and_supports(register: RegisterService) -> None:
    uuid = register.add_equipment(creche(), site()).uuid
    register.set_signal(uuid, "deficit", 2024, 7.0, "Compte de résultat")
    register.set_signal(uuid, "deficit", 2024, 8.0)
    register.set_signal(uuid, "occupancy", 2024, 80)
    lines = {line.signal.code: line for line in register.signals(uuid)}
    assert lines["deficit"].crossed is True
    assert lines["billing"].reading is None
    assert (register.row(uuid).signals, register.row(uuid).signals_known) == (1, 3)
    register.set_threshold("deficit", 10, DAY(2024, 1, 1), "Avis de la commission")
    assert register.row(uuid).signals == 0
    register.remove_threshold(register.thresholds()[0].uuid)
    assert register.row(uuid).signals == 1
    register.set_signal(uuid, "deficit", 2024, None)
    assert register.row(uuid).signals_known == 2
    added = register.save_support(SupportRow("", uuid, DAY(2024, 2, 1), "visite", "Visite sur place"))
    register.save_support(SupportRow(added.uuid, uuid, DAY(2024, 2, 2), "aide", "Aide", amount_cents=150_000))
    (support,) = register.supports(uuid)
    assert (support.kind, support.amount_cents) == ("aide", 150_000)
    register.remove_support(added.uuid)
    assert register.supports(uuid) == ()


def test_the_history_of_a_service_holds_what_belonged_to_it(base: Base, register: RegisterService) -> None:
    journal = steps(base, register)
    uuid = register.add_equipment(creche(), site()).uuid
    group = register.equipment(uuid).groups[0]
    register.edit_group(uuid, replace(group, opened=10))
    register.edit_field(uuid, "manager", "Ville")
    register.remove_group(uuid, group.uuid)
    journal.undo()
    lines = register.history_of(uuid)
    assert [(line.table, line.deed, line.kind) for line in lines[:3]] == [
        ("place_group", "added", "undo"), ("place_group", "removed", "edit"),
        ("equipment", "changed", "edit"),
    ]  # fmt: skip
    assert lines[2].fields[0].field == "manager"
    assert (lines[2].fields[0].before, lines[2].fields[0].after) == ("", "Ville")
    assert any(f.before == 18 and f.after == 10 for line in lines for f in line.fields)
    assert {line.table for line in lines} == {"site", "equipment", "place_group"}
    assert all(line.device_is_here for line in lines)
    register.remove_equipment(uuid)
    assert register.history_of(uuid)[0].deed == "removed"


def test_duplicates_are_suggested_until_set_apart(register: RegisterService) -> None:
    first = register.add_equipment(creche("Crèche du Vert-Bois"), site()).uuid
    second = register.add_equipment(creche("Creche Vert Bois"), site()).uuid
    register.add_equipment(creche("Les Papillons"), site())
    (pair,) = register.duplicates()
    assert {pair.first.uuid, pair.second.uuid} == {first, second}
    assert pair.reasons == ("same_name", "same_commune")
    register.set_apart(second, first)
    assert register.duplicates() == []


def test_a_service_about_to_be_added_is_compared(register: RegisterService) -> None:
    place = site(lon=-0.4659, lat=46.3236, precise=True, address="2 rue Basse")
    register.add_equipment(Equipment("", "", "laep", "Le Fil"), place)
    near = site(lon=-0.4660, lat=46.3237, precise=True)
    ((row, reasons),) = register.resembling(Equipment("", "", "laep", "Autre nom"), near)
    assert (row.name, reasons) == ("Le Fil", ("near",))
    assert register.resembling(Equipment("", "", "rpe", "Le Fil"), near) == []
    assert [found.address for found in register.sites_near(near)] == ["2 rue Basse"]
    assert [found.address for found in register.sites_near(site(address="2, RUE BASSE"))] == ["2 rue Basse"]
    assert register.sites_near(site(THOUARS, address="2 rue Basse")) == []
    assert register.commune_at(-0.4659, 46.3236) is None  # no map here


def test_a_click_on_the_map_tells_its_commune(demo: Services) -> None:
    assert demo.register.commune_at(-0.4659, 46.3236) == NIORT
    assert demo.register.commune_at(2.35, 48.85) is None


def test_childminders_totals_and_zones_are_kept_once(base: Base, register: RegisterService) -> None:
    row = Childminders("", Level.EPCI, "200041333", 2026, 135, None, None, (("Moins de 30 ans", 12),))
    added = register.add_childminders(row)
    with pytest.raises(register_errors.AlreadyThere):
        register.add_childminders(row)
    register.edit_childminders(replace(row, uuid=added.uuid, active=120, places=360))
    (kept,) = register.childminders(Level.EPCI, 2026)
    assert (kept.active, kept.places_each, kept.ages) == (120, 3.0, (("Moins de 30 ans", 12),))
    total = KnownTotal("laep", Level.DEPARTEMENT, "79", 2018, 8, "CPOG")
    register.add_total(total)
    with pytest.raises(register_errors.AlreadyThere):
        register.add_total(total)
    assert register.totals("laep")[0].count == 8
    zone = register.add_zone(Zone("", "ZRR", "zrr-79", "Zrr", communes=(NIORT, "79060", NIORT)))
    assert register.zones("zrr")[0].communes == (NIORT, "79307")
    register.edit_zone(replace(register.zones()[0], ends_on=DAY(2024, 7, 1)))
    register.remove_zones((zone.uuid,))
    register.remove_childminders(added.uuid)
    register.remove_total(register.totals()[0].uuid)
    assert (register.zones(), register.childminders(), register.totals()) == ((), (), ())
    steps(base, register).undo()
    assert len(register.totals()) == 1


def test_zones_are_read_from_outlines(register: RegisterService, tmp_path: Path) -> None:
    commune = load_reference().commune(NIORT)
    assert commune.lon is not None
    assert commune.lat is not None
    ring = [[commune.lon + dx, commune.lat + dy] for dx, dy in
            ((-0.01, -0.01), (0.01, -0.01), (0.01, 0.01), (-0.01, 0.01), (-0.01, -0.01))]  # fmt: skip
    file = tmp_path / "quartier.geojson"
    feature = {"type": "Feature", "properties": {"code_qp": "QN07901M", "nom": "Quartier"},
               "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    register.import_zone_outlines(file, Zone("", "qpv", "", ""))
    (zone,) = register.zones("qpv")
    assert (zone.code, zone.partial, zone.communes) == ("QN07901M", (NIORT,), ())
    inside = register.add_equipment(creche(), site(lon=commune.lon, lat=commune.lat, precise=True)).uuid
    outside = register.add_equipment(
        creche("B"), site(lon=commune.lon + 0.03, lat=commune.lat, precise=True)
    ).uuid
    assert register.row(inside).zones == (zone.name,)
    assert (register.row(outside).zones, register.row(outside).zones_possible) == ((), ())


def test_a_read_only_base_is_read_and_refuses_to_be_written(base: Base, register: RegisterService) -> None:
    register.add_equipment(creche(), site())
    base.close()
    shut = open_base(base.path, read_only=True)
    again = RegisterService(shut, TerritoryService(load_reference(), ("79", "52")))
    assert len(again.rows()) == 1
    with pytest.raises(ReadOnlyBase):
        again.remove_equipment(again.rows()[0].uuid)
    shut.close()
