"""The cascade on a small hand-made case: both ways, orphans, matrix, refused links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.cascade import LEVELS, RANK, Cascade, CascadeLink, CascadeNode
from app.domain.sdsf_errors import LinkRefused


def node(
    kind: str, uuid: str, number: str = "", epcis: tuple[str, ...] = (), departement: str = "52"
) -> CascadeNode:
    return CascadeNode(kind, uuid, uuid.upper(), number, departement, epcis)


NODES = (
    node("cog_node", "cog", departement=""),
    node("cpog_engagement", "eng", "A1"),
    node("cpog_indicator", "ind"),
    node("sdsf_axis", "axe1", "1"),
    node("sdsf_axis", "axe2", "2"),
    node("sdsf_objective", "obj1", "1.1"),
    node("sdsf_objective", "obj2", "1.2"),
    node("sdsf_objective", "obj3", "2.1"),
    node("ctg_objective", "ctg1", "1", ("e1",)),
    node("fiche", "f1", "1.1.1", ("e1",)),
    node("fiche", "f2", "1.1.2", ("e1",)),
    node("fiche", "f3", "1.1.1", ("e2",)),
    node("fiche", "alone", "9", ("e2",)),
    node("evidence", "doc", "", ("e1",)),
)
PAIRS = (
    ("cog", "eng"), ("eng", "obj1"), ("ind", "obj1"), ("axe1", "obj1"), ("axe1", "obj2"), ("axe2", "obj3"),
    ("obj1", "ctg1"), ("ctg1", "f1"), ("ctg1", "f2"), ("obj1", "f1"), ("obj2", "f3"), ("f1", "doc"),
)  # fmt: skip
CASE = Cascade(NODES, [CascadeLink(f"l{i}", upper, lower) for i, (upper, lower) in enumerate(PAIRS)])


def test_links_are_read_both_ways() -> None:
    assert [found.uuid for found in CASE.reach("cog", "fiche")] == ["f1", "f2"]
    assert [found.uuid for found in CASE.origin("doc", "cog_node")] == ["cog"]
    assert [found.uuid for found in CASE.upper("obj1")] == ["eng", "ind", "axe1"]
    assert [found.uuid for found in CASE.lower("ctg1")] == ["f1", "f2"]


def test_orphans_counted_by_hand() -> None:
    orphans = CASE.orphans("52", ["e1", "e2"])
    # obj1 has f1 and f2 in e1 only; obj2 has f3 in e2 only; obj3 has nothing
    assert [(found.uuid, missing) for found, missing in orphans.objectives] == [
        ("obj1", ("e2",)), ("obj2", ("e1",)), ("obj3", ("e1", "e2")),
    ]  # fmt: skip
    assert [found.uuid for found in orphans.fiches] == ["alone"]


def test_a_fiche_reached_twice_counts_once() -> None:
    matrix = CASE.matrix("52", ["e1", "e2"])
    assert [axis.uuid for axis in matrix.axes] == ["axe1", "axe2"]
    assert matrix.counts == ((2, 1), (0, 0))
    assert [found.uuid for found in matrix.fiches["axe1", "e1"]] == ["f1", "f2"]


def test_another_departement_sees_nothing_of_it() -> None:
    assert CASE.matrix("79", ["e1"]).axes == ()
    assert [root.uuid for root in CASE.roots("79")] == ["cog"]
    assert [root.uuid for root in CASE.roots("52")] == ["cog", "ind", "axe1", "axe2"]


@pytest.mark.parametrize(
    ("upper", "lower", "reason"),
    [
        ("f1", "f1", "same"),
        ("f1", "nothing", "unknown"),
        ("doc", "cog", "cycle"),
        ("f3", "obj3", "order_of_levels"),
        ("obj1", "obj3", "order_of_levels"),
    ],
)
def test_a_link_that_cannot_be_is_refused(upper: str, lower: str, reason: str) -> None:
    with pytest.raises(LinkRefused) as raised:
        CASE.check_link(upper, lower)
    assert raised.value.facts["reason"] == reason


def test_a_link_may_skip_levels() -> None:
    CASE.check_link("cog", "f3")


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=60))
def test_up_and_down_agree(pairs: list[tuple[int, int]]) -> None:
    nodes = [node(LEVELS[i % len(LEVELS)], f"n{i}", epcis=("e",)) for i in range(20)]
    links = [CascadeLink("", f"n{a}", f"n{b}") for a, b in pairs if RANK[nodes[a].kind] < RANK[nodes[b].kind]]
    case = Cascade(nodes, links)
    for upper in nodes:
        for lower in case.reach(upper.uuid, "fiche"):
            assert upper.uuid in {found.uuid for found in case.origin(lower.uuid, upper.kind)}
