"""The cascade from a COG engagement to the evidence: links made once, read both ways. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.domain.sdsf_errors import LinkRefused

LEVELS = (
    "cog_node",
    "cpog_engagement",
    "cpog_indicator",
    "sdsf_axis",
    "sdsf_objective",
    "sdsf_action",
    "ctg_objective",
    "fiche",
    "evidence",
)
"""Kinds from the widest to the most precise: a link goes down, and may skip levels."""
RANK: Mapping[str, int] = {kind: rank for rank, kind in enumerate(LEVELS)}


@dataclass(frozen=True, slots=True)
class CascadeNode:
    """One object of the cascade; departement and epcis say where it holds (empty: everywhere)."""

    kind: str
    uuid: str
    label: str
    number: str = ""
    departement: str = ""
    epcis: tuple[str, ...] = ()
    fictitious: bool = False


@dataclass(frozen=True, slots=True)
class CascadeLink:
    """One link from the wider to the more precise; uuid is empty for a link that the trees imply."""

    uuid: str
    upper: str
    lower: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Orphans:
    """What stands alone: objectives of the SDSF without a fiche in some Epci, fiches without objective."""

    objectives: tuple[tuple[CascadeNode, tuple[str, ...]], ...]
    """(objective, codes of the Epci where no fiche answers it)."""
    fiches: tuple[CascadeNode, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Fiches by axis of the SDSF and Epci; counts has the shape (axes, epcis)."""

    axes: tuple[CascadeNode, ...]
    epcis: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    fiches: Mapping[tuple[str, str], tuple[CascadeNode, ...]]
    """(axis uuid, code Epci) -> the fiches counted there."""


class Cascade:
    """Nodes and links at one moment."""

    def __init__(self, nodes: Iterable[CascadeNode], links: Iterable[CascadeLink]) -> None:
        self.nodes: dict[str, CascadeNode] = {node.uuid: node for node in nodes}
        self.links = tuple(link for link in links if link.upper in self.nodes and link.lower in self.nodes)

    @cached_property
    def _below(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((link.upper, link.lower) for link in self.links)

    @cached_property
    def _above(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((link.lower, link.upper) for link in self.links)

    def lower(self, uuid: str) -> tuple[CascadeNode, ...]:
        """Return what is directly under a node."""
        return self._ordered(self._below.get(uuid, ()))

    def upper(self, uuid: str) -> tuple[CascadeNode, ...]:
        """Return what a node directly answers to."""
        return self._ordered(self._above.get(uuid, ()))

    def reach(self, uuid: str, kind: str) -> tuple[CascadeNode, ...]:
        """Return every node of a kind under a node, at any depth."""
        return tuple(node for node in self._walk(uuid, self._below) if node.kind == kind)

    def origin(self, uuid: str, kind: str) -> tuple[CascadeNode, ...]:
        """Return every node of a kind above a node, at any height."""
        return tuple(node for node in self._walk(uuid, self._above) if node.kind == kind)

    def of_kind(self, kind: str, departement: str = "", epci: str = "") -> tuple[CascadeNode, ...]:
        """Return the nodes of a kind that hold in a département or an Epci."""
        found = [
            node
            for node in self.nodes.values()
            if node.kind == kind
            and (not departement or node.departement in ("", departement))
            and (not epci or not node.epcis or epci in node.epcis)
        ]
        return tuple(sorted(found, key=_rank))

    def roots(self, departement: str = "") -> tuple[CascadeNode, ...]:
        """Return the nodes that answer to nothing and hold something, the widest first."""
        found = [
            self.nodes[uuid]
            for uuid in self._below
            if not self._above.get(uuid) and (not departement or self._holds_in(uuid, departement))
        ]
        return tuple(sorted(found, key=_rank))

    def _holds_in(self, uuid: str, departement: str) -> bool:
        return self.nodes[uuid].departement in ("", departement)

    # -- what is missing -----------------------------------------------------------------------------

    def orphans(self, departement: str, epcis: Sequence[str]) -> Orphans:
        """Return what stands alone in a département; epcis: those whose fiches are expected."""
        objectives = []
        for node in self.of_kind("sdsf_objective", departement):
            held = {code for fiche in self.reach(node.uuid, "fiche") for code in fiche.epcis}
            missing = tuple(code for code in epcis if code not in held)
            if missing:
                objectives.append((node, missing))
        fiches = tuple(
            node
            for node in self.of_kind("fiche")
            if set(node.epcis) & set(epcis)
            and not self.origin(node.uuid, "sdsf_objective")
            and not self.origin(node.uuid, "sdsf_axis")
        )
        return Orphans(tuple(objectives), fiches)

    def matrix(self, departement: str, epcis: Sequence[str]) -> Matrix:
        """Return how many fiches answer each axis of the SDSF in each Epci; a fiche counts once by axis."""
        axes = self.of_kind("sdsf_axis", departement)
        fiches: dict[tuple[str, str], tuple[CascadeNode, ...]] = {}
        for axis in axes:
            under = self.reach(axis.uuid, "fiche")
            for code in epcis:
                fiches[axis.uuid, code] = tuple(node for node in under if code in node.epcis)
        counts = tuple(tuple(len(fiches[axis.uuid, code]) for code in epcis) for axis in axes)
        return Matrix(axes, tuple(epcis), counts, fiches)

    # -- links -----------------------------------------------------------------------------------------

    def check_link(self, upper: str, lower: str) -> None:
        """Refuse a link to itself, to nothing, upwards, or one that would make a loop. Raises LinkRefused."""
        if upper == lower:
            raise LinkRefused(reason="same")
        if upper not in self.nodes or lower not in self.nodes:
            raise LinkRefused(reason="unknown")
        if upper in {node.uuid for node in self._walk(lower, self._below)}:
            raise LinkRefused(reason="cycle")
        if RANK[self.nodes[upper].kind] >= RANK[self.nodes[lower].kind]:
            raise LinkRefused(reason="order_of_levels")

    def _walk(self, uuid: str, steps: Mapping[str, tuple[str, ...]]) -> list[CascadeNode]:
        seen: dict[str, CascadeNode] = {}
        waiting = list(steps.get(uuid, ()))
        while waiting:
            other = waiting.pop()
            if other not in seen:
                seen[other] = self.nodes[other]
                waiting.extend(steps.get(other, ()))
        return sorted(seen.values(), key=_rank)

    def _ordered(self, uuids: Iterable[str]) -> tuple[CascadeNode, ...]:
        return tuple(sorted((self.nodes[uuid] for uuid in uuids), key=_rank))


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for start, end in pairs:
        if end not in found[start]:
            found[start].append(end)
    return {start: tuple(ends) for start, ends in found.items()}


def _rank(node: CascadeNode) -> tuple[int, tuple[tuple[int, str], ...], str]:
    parts = tuple((int(part) if part.isdigit() else 999_999, part) for part in node.number.split(".") if part)
    return RANK[node.kind], parts, node.label
