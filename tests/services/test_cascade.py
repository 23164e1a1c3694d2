"""The cascade of Haute-Marne on a real base: links both ways, orphans counted by hand, export."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.reference import load_reference
from app.domain.sdsf import NodeKind
from app.domain.sdsf_errors import LinkRefused
from app.services.cascade import CascadeService
from app.services.indicators import IndicatorService
from app.services.sdsf import SdsfService
from app.services.territory import TerritoryService
from db.models.ctg import Ctg, CtgMember
from db.models.ctg_plan import ActionSheet, PlanNode
from db.session import Base, create_base

LANGRES, JOINVILLE = "200072999", "200068666"


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    made = create_base(tmp_path / "b.maillage", ("52",), "Essai")
    yield made
    made.close()


@pytest.fixture
def territory(base: Base) -> TerritoryService:
    return TerritoryService(load_reference(), base.info.departements)


@pytest.fixture
def sdsf(base: Base, territory: TerritoryService) -> SdsfService:
    made = SdsfService(base, territory, IndicatorService(base, territory))
    made.load_delivered()
    return made


@pytest.fixture
def service(base: Base, territory: TerritoryService) -> CascadeService:
    return CascadeService(base, territory)


def plan(base: Base, territory: TerritoryService, code: str, titles: tuple[str, ...]) -> None:
    """A CTG of one Epci with one objective and some fiches, all fictitious."""
    with base.write("plan") as session:
        session.add(Ctg(uuid=code, name=f"CTG {code}", scope="epci", status="en_cours", fictitious=True))
        for commune in territory.reference.members(code)[:3]:
            session.add(CtgMember(ctg_uuid=code, code_commune=commune))
        session.add(PlanNode(uuid=f"o{code}", ctg_uuid=code, kind="operationnel", rank=1, title="Objectif"))
        for rank, title in enumerate(titles, 1):
            session.add(
                ActionSheet(
                    uuid=f"{code}-{title}", ctg_uuid=code, node_uuid=f"o{code}", rank=rank, title=title,
                    status="a_lancer", fictitious=True,
                )
            )  # fmt: skip


def test_the_axes_start_without_any_fiche(service: CascadeService, sdsf: SdsfService) -> None:
    matrix = service.matrix("52")
    assert len(matrix.axes) == 9
    assert len(matrix.epcis) == 9
    assert {count for row in matrix.counts for count in row} == {0}
    assert service.orphans("52").objectives == ()  # no objective is known: nothing is invented


def test_orphans_and_matrix_counted_by_hand(
    service: CascadeService, sdsf: SdsfService, base: Base, territory: TerritoryService
) -> None:
    epcis = [epci.code for epci in territory.epcis("52")]
    one, other = epcis[0], epcis[1]
    plan(base, territory, one, ("A", "B"))
    plan(base, territory, other, ("C",))
    scheme = next(row.uuid for row in sdsf.schemes("52") if row.generation == 2)
    axis = sdsf.scheme(scheme).nodes[0].uuid
    objective = sdsf.add_node(scheme, NodeKind.OBJECTIVE, "Maintenir l’offre", axis)
    second = sdsf.add_node(scheme, NodeKind.OBJECTIVE, "Aller vers", axis)
    service.link(objective, f"{one}-A")
    service.link(second, f"o{other}")
    orphans = service.orphans("52")
    missing = {node.label: set(codes) for node, codes in orphans.objectives}
    assert missing == {
        "Maintenir l’offre": set(epcis) - {one},
        "Aller vers": set(epcis) - {other},
    }
    assert [node.label for node in orphans.fiches] == ["B"]
    matrix = service.matrix("52")
    assert matrix.counts[0][epcis.index(one)] == 1
    assert matrix.counts[0][epcis.index(other)] == 1
    assert sum(map(sum, matrix.counts)) == 2
    found = service.cascade().origin(f"{one}-A", "sdsf_axis")
    assert [node.label for node in found] == ["Petite enfance"]


def test_a_link_is_made_once_undone_and_removed(
    service: CascadeService, sdsf: SdsfService, base: Base, territory: TerritoryService
) -> None:
    code = territory.epcis("52")[0].code
    plan(base, territory, code, ("A",))
    axis = service.cascade().of_kind("sdsf_axis")[0].uuid
    assert service.link(axis, f"{code}-A").topics
    assert not service.link(axis, f"{code}-A").topics
    assert service.count_links() == 1
    with pytest.raises(LinkRefused):
        service.link(f"{code}-A", axis)
    base.undo()
    assert service.count_links() == 0
    base.redo()
    link = next(link.uuid for link in service.cascade().links if link.uuid)
    service.unlink(link)
    assert service.count_links() == 0
    with pytest.raises(LinkRefused):
        service.unlink(link)


def test_the_tree_of_an_epci_keeps_its_branches(
    service: CascadeService, sdsf: SdsfService, base: Base, territory: TerritoryService
) -> None:
    one, other = (epci.code for epci in territory.epcis("52")[:2])
    plan(base, territory, one, ("A",))
    plan(base, territory, other, ("C",))
    axis = service.cascade().of_kind("sdsf_axis")[0].uuid
    service.link(axis, f"o{one}")
    service.link(axis, f"o{other}")
    labels = [(line.depth, line.node.label) for line in service.tree("52", one)]
    assert labels == [(0, "Petite enfance"), (1, "Objectif"), (2, "A")]
    assert service.tree("52", one)[1].link_uuid != ""
    assert service.tree("52", one)[2].link_uuid == ""


def test_the_export_is_read_again(
    service: CascadeService, sdsf: SdsfService, base: Base, territory: TerritoryService, tmp_path: Path
) -> None:
    code = territory.epcis("52")[0].code
    plan(base, territory, code, ("=A", "B"))
    service.link(service.cascade().of_kind("sdsf_axis")[0].uuid, f"{code}-B")
    path = tmp_path / "cascade.csv"
    assert service.export(path, {"fiche": "Fiche action"}) == 4
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {row["Intitulé"] for row in rows} == {"Petite enfance", "Objectif", "'=A", "B"}
    fiche = next(row for row in rows if row["Intitulé"] == "B")
    assert fiche["Répond à"] == "1 Petite enfance | 1 Objectif"
    assert fiche["Fictif"] == "fictif"


def test_the_export_of_an_epci_keeps_what_leads_to_its_fiches(
    service: CascadeService, sdsf: SdsfService, base: Base, territory: TerritoryService, tmp_path: Path
) -> None:
    one, other = (epci.code for epci in territory.epcis("52")[:2])
    plan(base, territory, one, ("A",))
    plan(base, territory, other, ("C",))
    first, second = (node.uuid for node in service.cascade().of_kind("sdsf_axis")[:2])
    service.link(first, f"{one}-A")
    service.link(second, f"{other}-C")
    path = tmp_path / "cascade.csv"
    assert service.export(path, {}, epci=one) == 3
    said = path.read_text("utf-8-sig")
    assert "Petite enfance" in said
    assert f"{other}" not in said


def test_the_flow_of_a_departement_leaves_out_the_plans_of_another(
    service: CascadeService, sdsf: SdsfService, base: Base, territory: TerritoryService
) -> None:
    one, other = (epci.code for epci in territory.epcis("52")[:2])
    plan(base, territory, one, ("A",))
    plan(base, territory, other, ("C",))
    flow = service.flow("52")
    assert flow.kinds == ("sdsf_axis", "ctg_objective", "fiche")
    assert len(flow.column("fiche")) == 2
    assert all(box.node.fictitious for box in flow.column("ctg_objective"))
    assert {box.fiches for box in flow.column("sdsf_axis")} == {0}
    assert [box.uuid for box in service.flow("52", one).column("fiche")] == [f"{one}-A"]
    assert service.flow("79").kinds == ()
