"""The cascade as a flow: every level that has links, room for each box, parts that lose nothing."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.cascade import LEVELS, RANK, Cascade, CascadeLink, CascadeNode
from app.domain.cascade_flow import FlowDiagram, flow_of, parts_of
from app.domain.cascade_places import place_flow
from tests.domain.test_cascade import CASE, node


def case(pairs: list[tuple[int, int]]) -> FlowDiagram:
    nodes = [node(LEVELS[i % len(LEVELS)], f"n{i}", str(i), epcis=("e",)) for i in range(27)]
    links = [
        CascadeLink("", f"n{a}", f"n{b}") for a, b in pairs if RANK[nodes[a].kind] <= RANK[nodes[b].kind]
    ]
    return flow_of(Cascade(nodes, links), "52")


PAIRS = st.lists(
    st.tuples(st.integers(0, 26), st.integers(0, 26)).filter(lambda pair: pair[0] < pair[1]), max_size=60
)


def test_every_level_with_links_is_a_column() -> None:
    flow = flow_of(CASE, "52")
    assert flow.kinds == (
        "cog_node", "cpog_engagement", "cpog_indicator", "sdsf_axis", "sdsf_objective", "ctg_objective",
        "fiche", "evidence",
    )  # fmt: skip
    fiches = {box.uuid: box.fiches for box in flow.boxes}
    # axe1 holds obj1 (f1, f2) and obj2 (f3); axe2 and obj3 hold nothing and stay
    assert (fiches["cog"], fiches["axe1"], fiches["obj1"], fiches["ctg1"]) == (2, 3, 2, 2)
    assert (fiches["axe2"], fiches["obj3"], fiches["f1"], fiches["doc"]) == (0, 0, None, None)
    assert "alone" not in fiches
    assert ("obj1", "f1") in flow.ribbons


def test_one_epci_keeps_its_plans() -> None:
    flow = flow_of(CASE, "52", ["e1", "e2"], "e2")
    assert [box.uuid for box in flow.column("fiche")] == ["f3"]
    assert flow.column("ctg_objective") == ()
    assert {box.uuid: box.fiches for box in flow.column("sdsf_axis")} == {"axe1": 1, "axe2": 0}


def test_a_link_inside_a_tree_starts_from_what_is_answered() -> None:
    nodes = [
        CascadeNode("sdsf_axis", "axis", "Axe"),
        CascadeNode("ctg_objective", "issue", "Enjeu"),
        CascadeNode("ctg_objective", "goal", "Objectif"),
        CascadeNode("ctg_objective", "other", "Sans axe"),
        CascadeNode("fiche", "f1", "Une"),
        CascadeNode("fiche", "f2", "Deux"),
        CascadeNode("sdsf_axis", "second", "Axe"),
        CascadeNode("ctg_objective", "deep", "Objectif"),
        CascadeNode("fiche", "f3", "Trois"),
    ]
    pairs = (("axis", "issue"), ("issue", "goal"), ("goal", "f1"), ("other", "f2"),
             ("issue", "deep"), ("second", "deep"), ("deep", "f3"))  # fmt: skip
    flow = flow_of(Cascade(nodes, [CascadeLink("", *pair) for pair in pairs]))
    assert set(flow.ribbons) == {
        ("axis", "issue"), ("issue", "f1"), ("other", "f2"),
        ("second", "deep"), ("deep", "f3"), ("issue", "f3"),
    }  # fmt: skip
    assert flow.path("axis") == {"axis", "issue", "f1", "f3"}
    assert {box.uuid for box in flow.through(["f1"]).boxes} == {"axis", "issue", "f1"}


@given(PAIRS)
def test_what_is_written_is_what_is_drawn(pairs: list[tuple[int, int]]) -> None:
    flow = case(pairs)
    for box in flow.boxes:
        below = flow.path(box.uuid) - {box.uuid}
        under = [one for one in flow.column("fiche") if one.uuid in below]
        assert box.fiches is None or box.fiches == len(under), box


@given(PAIRS, st.integers(1, 40))
def test_boxes_never_overlap_nor_leave_the_height(pairs: list[tuple[int, int]], high: int) -> None:
    flow = case(pairs)
    heights = {box.uuid: high + len(box.label) for box in flow.boxes}
    places = place_flow(flow, heights, 6, 2, least=80)
    assert places.height >= 80
    for kind in flow.kinds:
        below = -6.0
        for box in flow.column(kind):
            assert places.tops[box.uuid] >= below + 6 - 1e-6
            below = places.tops[box.uuid] + heights[box.uuid]
        assert below <= places.height + 1e-6
    assert set(places.ends) == set(flow.ribbons)


@given(PAIRS, st.integers(1, 4))
@example([(0, 21), (0, 22), (12, 22)], 1)
def test_parts_lose_no_ribbon_and_fit(pairs: list[tuple[int, int]], most: int) -> None:
    flow = case(pairs)

    def fits(part: FlowDiagram) -> bool:
        return all(len(part.column(kind)) <= most for kind in part.kinds)

    parts = parts_of(flow, fits)
    assert {ribbon for part in parts for ribbon in part.ribbons} == set(flow.ribbons)
    assert {box.uuid for part in parts for box in part.boxes} == {box.uuid for box in flow.boxes}
    for part in parts:
        assert fits(part)
        assert all({one, other} <= set(part.by_uuid) for one, other in part.ribbons)
