"""The cascade as a flow: one box a node that links two levels, ribbons between them, room for each. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.domain.cascade import LEVELS, RANK, Cascade, CascadeNode
from app.domain.french import plural

ALWAYS = ("sdsf_axis", "sdsf_objective")
"""Kinds shown even when nothing answers them: an axis without any fiche is what one looks for."""
NUMBERED = ("sdsf_axis", "sdsf_objective", "sdsf_action")
"""Kinds whose numbers already follow those of what they answer."""
COUNTED = "fiche"


@dataclass(frozen=True, slots=True)
class FlowBox:
    """One box. fiches: how many fiches action stand under it, None for a fiche and what proves it."""

    node: CascadeNode
    fiches: int | None
    weight: int
    """Ribbons on its busiest side, at least 1."""

    @property
    def uuid(self) -> str:
        """Key of the node."""
        return self.node.uuid

    @property
    def label(self) -> str:
        """« 2.1 Aller vers »."""
        return f"{self.node.number} {self.node.label}".strip()


@dataclass(frozen=True)
class FlowDiagram:
    """Boxes in the order of their columns, and the ribbons (upper, lower) between them."""

    kinds: tuple[str, ...]
    boxes: tuple[FlowBox, ...]
    ribbons: tuple[tuple[str, str], ...]

    @cached_property
    def by_uuid(self) -> Mapping[str, FlowBox]:
        """Boxes by key."""
        return {box.uuid: box for box in self.boxes}

    @cached_property
    def lowers(self) -> Mapping[str, tuple[str, ...]]:
        """Boxes that answer each box."""
        return _grouped(self.ribbons)

    @cached_property
    def uppers(self) -> Mapping[str, tuple[str, ...]]:
        """Boxes that each box answers."""
        return _grouped((lower, upper) for upper, lower in self.ribbons)

    def column(self, kind: str) -> tuple[FlowBox, ...]:
        """Boxes of a level, in their order."""
        return tuple(box for box in self.boxes if box.node.kind == kind)

    def path(self, uuid: str) -> frozenset[str]:
        """Everything above and under a box, itself included."""
        return frozenset((*_walk(uuid, self.lowers), *_walk(uuid, self.uppers), uuid))

    def count_words(self, box: FlowBox) -> str:
        """« 3 fiches, fictif » under a card; under a fiche, the pieces that prove it."""
        said = []
        if box.fiches is not None:
            said.append(plural(box.fiches, "fiche") if box.fiches else "aucune fiche")
        elif box.node.kind == COUNTED:
            proofs = len(self.lowers.get(box.uuid, ()))
            said.append(plural(proofs, "pièce") if proofs else "sans pièce")
        if box.node.fictitious:
            said.append("fictif")
        return ", ".join(said)

    def through(self, uuids: Iterable[str]) -> FlowDiagram:
        """Keep what stands above and under some boxes."""
        kept = frozenset().union(*(self.path(uuid) for uuid in uuids if uuid in self.by_uuid))
        return _kept(self, kept)


def flow_of(
    cascade: Cascade, departement: str = "", epcis: Collection[str] = (), epci: str = ""
) -> FlowDiagram:
    """Return the flow of a département; epcis: its Epci (empty: every one); epci: one of them alone."""
    wanted = frozenset((epci,) if epci else epcis)
    nodes = {
        node.uuid: node
        for kind in LEVELS
        for node in cascade.of_kind(kind, departement)
        if not node.epcis or not wanted or wanted & frozenset(node.epcis)
    }
    ribbons = _ribbons(cascade, nodes)
    linked = {uuid for ribbon in ribbons for uuid in ribbon}
    shown = [node for node in nodes.values() if node.uuid in linked or node.kind in ALWAYS]
    boxes = tuple(_box(cascade, node, ribbons, nodes) for node in shown)
    kinds = tuple(kind for kind in LEVELS if any(box.node.kind == kind for box in boxes))
    return _ordered(FlowDiagram(kinds, boxes, tuple(ribbons)))


def _ribbons(cascade: Cascade, nodes: Mapping[str, CascadeNode]) -> list[tuple[str, str]]:
    """Links between levels; one that leaves a node inside a tree starts from every node above it shown."""
    links = [(link.upper, link.lower) for link in cascade.links if {link.upper, link.lower} <= nodes.keys()]
    across = [(one, other) for one, other in links if nodes[one].kind != nodes[other].kind]
    inside = _grouped((other, one) for one, other in links if nodes[one].kind == nodes[other].kind)
    trees = {one: {one, *_walk(one, inside)} for one, _ in across}
    answered = {other for _, other in across}
    # a node that answers nothing, nor anything above it in its tree, stands for itself
    shown = answered | {one for one, tree in trees.items() if not tree & answered}
    order = {uuid: place for place, uuid in enumerate(nodes)}
    found = [
        (start, other)
        for one, other in across
        for start in sorted(trees[one] & shown, key=order.__getitem__)
        if RANK[nodes[start].kind] < RANK[nodes[other].kind]
    ]
    return list(dict.fromkeys(found))


def _box(
    cascade: Cascade,
    node: CascadeNode,
    ribbons: Sequence[tuple[str, str]],
    nodes: Mapping[str, CascadeNode],
) -> FlowBox:
    leaving = sum(1 for upper, _ in ribbons if upper == node.uuid)
    coming = sum(1 for _, lower in ribbons if lower == node.uuid)
    fiches = None
    if RANK[node.kind] < RANK[COUNTED]:
        fiches = sum(1 for under in cascade.reach(node.uuid, COUNTED) if under.uuid in nodes)
    return FlowBox(node, fiches, max(leaving, coming, 1))


def _ordered(diagram: FlowDiagram) -> FlowDiagram:
    """Put each box of a column near those it answers: fewer ribbons cross."""
    places: dict[str, float] = {}
    boxes: list[FlowBox] = []
    for kind in diagram.kinds:
        held = list(diagram.column(kind))
        rank = {box.uuid: place for place, box in enumerate(held)}
        uppers = {box.uuid: [places[up] for up in diagram.uppers.get(box.uuid, ())] for box in held}
        last = len(diagram.boxes)
        if kind not in NUMBERED:
            held.sort(key=lambda box: (_mean(uppers[box.uuid], last), rank[box.uuid]))
        places |= {box.uuid: place / max(len(held), 1) for place, box in enumerate(held)}
        boxes += held
    return FlowDiagram(diagram.kinds, tuple(boxes), diagram.ribbons)


def _mean(found: Sequence[float], without: float) -> float:
    return sum(found) / len(found) if found else without


def parts_of(diagram: FlowDiagram, fits: Callable[[FlowDiagram], bool]) -> list[FlowDiagram]:
    """Cut a diagram into parts that fit: as many boxes of its longest column as hold, then the rest.

    A part has everything above and under its boxes: what several parts hold to is in each of them.
    """
    parts: list[FlowDiagram] = []
    waiting = [diagram]
    while waiting:
        whole = waiting.pop()
        longest = max((whole.column(kind) for kind in whole.kinds), key=len, default=())
        if len(longest) < 2 or fits(whole):
            parts.append(whole)
            continue
        keys = [box.uuid for box in longest]
        most = _most(whole, keys, fits)
        first = _apart(whole, frozenset(keys[:most]), frozenset(keys[most:]))
        rest = _apart(whole, frozenset(keys[most:]), frozenset(keys[:most]), already=first)
        waiting += [*_between(whole, first, rest), rest, first]
    return parts


def _between(whole: FlowDiagram, first: FlowDiagram, rest: FlowDiagram) -> list[FlowDiagram]:
    """The ribbons that go from one part to the other, apart: their two ends alone, so always fewer."""
    drawn = {*first.ribbons, *rest.ribbons}
    lost = tuple(ribbon for ribbon in whole.ribbons if ribbon not in drawn)
    if not lost:
        return []
    ends = _kept(whole, {uuid for ribbon in lost for uuid in ribbon})
    return [FlowDiagram(ends.kinds, ends.boxes, lost)]


def _most(diagram: FlowDiagram, keys: Sequence[str], fits: Callable[[FlowDiagram], bool]) -> int:
    """How many of these boxes hold with all that is theirs; at least one, never all."""
    low, high = 1, len(keys) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if fits(_apart(diagram, frozenset(keys[:middle]), frozenset(keys[middle:]))):
            low = middle
        else:
            high = middle - 1
    return low


def _apart(
    diagram: FlowDiagram, mine: frozenset[str], others: frozenset[str], already: FlowDiagram | None = None
) -> FlowDiagram:
    """What holds to some boxes of a column and to none of the others; the second takes what is left."""
    kept = frozenset().union(*(diagram.path(uuid) for uuid in mine)) - others
    if already is not None:
        left = frozenset(diagram.by_uuid) - frozenset(already.by_uuid) - kept - others
        kept |= frozenset().union(*(diagram.path(uuid) for uuid in left)) - others
    return _kept(diagram, kept)


def _kept(diagram: FlowDiagram, kept: Collection[str]) -> FlowDiagram:
    boxes = tuple(box for box in diagram.boxes if box.uuid in kept)
    held = {box.node.kind for box in boxes}
    return FlowDiagram(
        tuple(kind for kind in diagram.kinds if kind in held),
        boxes,
        tuple(ribbon for ribbon in diagram.ribbons if ribbon[0] in kept and ribbon[1] in kept),
    )


def _walk(uuid: str, steps: Mapping[str, tuple[str, ...]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(steps.get(uuid, ()))
    while waiting:
        other = waiting.pop()
        if other not in seen:
            seen.add(other)
            waiting.extend(steps.get(other, ()))
    return seen


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for start, end in pairs:
        if end not in found[start]:
            found[start].append(end)
    return {start: tuple(ends) for start, ends in found.items()}
