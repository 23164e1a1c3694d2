"""Links from a COG engagement to the evidence, read both ways; what stands alone; axes by Epci."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.changes import Changes, Topic
from app.domain import french
from app.domain.cascade import RANK, Cascade, CascadeNode, Matrix, Orphans
from app.domain.cascade_flow import FlowDiagram, flow_of
from app.domain.sdsf_errors import LinkRefused
from app.services.cascade_nodes import read_cascade
from app.services.export import write_csv
from db.models.base import new_uuid
from db.models.ctg import Link

if TYPE_CHECKING:
    from app.services.territory import TerritoryService
    from db.session import Base
    from reports.cascade import CascadePart

CHANGED = Changes(frozenset({Topic.CTG, Topic.SDSF, Topic.CPOG, Topic.ALERTS, Topic.JOURNAL}))
STORED_KINDS = {"ctg_objective": "node", "fiche": "action", "evidence": "document"}
EXPORT_HEADERS = (
    "Niveau", "Numéro", "Intitulé", "Répond à", "Porté par", "Département", "EPCI", "Fictif",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TreeLine:
    """One line of the cascade as a tree; a node that answers to two is listed under each."""

    depth: int
    node: CascadeNode
    link_uuid: str
    """Link that can be undone, empty for one that the trees imply."""


class CascadeService:
    """Reads objects and links each time: they are few, and always up to date."""

    def __init__(self, base: Base, territory: TerritoryService) -> None:
        self._base = base
        self._territory = territory

    # -- reading ------------------------------------------------------------------------------------

    def cascade(self) -> Cascade:
        """Every object and link of the base."""
        with self._base.read() as session:
            return read_cascade(session, self._territory.reference)

    def matrix(self, departement: str) -> Matrix:
        """Fiches by axis of the SDSF and Epci of a département."""
        return self.cascade().matrix(departement, self._epcis(departement))

    def orphans(self, departement: str) -> Orphans:
        """Objectives of the SDSF without a fiche in an Epci, fiches without objective."""
        return self.cascade().orphans(departement, self._epcis(departement))

    def tree(self, departement: str = "", epci: str = "") -> list[TreeLine]:
        """The cascade as a tree; epci keeps the branches that reach a fiche of it."""
        held = self.cascade()
        links = {(link.upper, link.lower): link.uuid for link in held.links}
        lines: list[TreeLine] = []
        for root in held.roots(departement):
            lines.extend(_branch(held, root, 0, links, epci, frozenset()))
        return lines

    def flow(self, departement: str, epci: str = "") -> FlowDiagram:
        """The cascade of a département as ribbons between levels; epci keeps the plans of one Epci."""
        return flow_of(self.cascade(), departement, self._epcis(departement), epci)

    def _epcis(self, departement: str) -> tuple[str, ...]:
        return tuple(epci.code for epci in self._territory.epcis(departement))

    # -- links ----------------------------------------------------------------------------------------

    def link(self, upper: str, lower: str, note: str = "") -> Changes:
        """Link a wider object to a more precise one, once. Raises LinkRefused."""
        held = self.cascade()
        held.check_link(upper, lower)
        if any(link.upper == upper and link.lower == lower for link in held.links):
            return Changes()
        one, other = held.nodes[upper], held.nodes[lower]
        with self._base.write(f"Lien : {one.label} → {other.label}") as session:
            session.add(
                Link(
                    uuid=new_uuid(), from_kind=STORED_KINDS.get(one.kind, one.kind), from_uuid=upper,
                    to_kind=STORED_KINDS.get(other.kind, other.kind), to_uuid=lower, note=note,
                )
            )  # fmt: skip
        return CHANGED

    def unlink(self, uuid: str) -> Changes:
        """Undo a link. Raises LinkRefused when it is gone."""
        with self._base.write("Suppression d’un lien") as session:
            found = session.get(Link, uuid)
            if found is None:
                raise LinkRefused(reason="unknown")
            session.delete(found)
        return CHANGED

    def count_links(self) -> int:
        """Links that people made."""
        with self._base.read() as session:
            return session.scalar(select(func.count()).select_from(Link)) or 0

    # -- export ---------------------------------------------------------------------------------------

    def write_pdf(
        self,
        path: Path,
        words: dict[str, str],
        levels: dict[str, str],
        departement: str = "",
        epci: str = "",
        *,
        on: date | None = None,
    ) -> int:
        """Write matrix, orphans, flow and tree as PDF; words, levels: name of each level, one and many.

        Without a département, every one of the base; with an Epci, its own. Returns the lines of the tree.
        """
        from reports.cascade import CascadeContent, write_cascade

        reference = self._territory.reference
        departement = self._departement(departement, epci)
        lines = self.tree(departement, epci)
        codes = [departement] if departement else [found.code for found in self._territory.departements()]
        parts = tuple(self._part(code, epci) for code in codes)
        known = {place for line in lines for place in line.node.epcis}
        known |= {place for part in parts for place in part.matrix.epcis}
        content = CascadeContent(
            reference.epci(epci).name if epci else french.listing([part.name for part in parts]),
            on or date.today(), tuple((line.depth, line.node) for line in lines), parts,
            {place: reference.epci(place).short_name for place in known}, words, levels,
        )  # fmt: skip
        write_cascade(content, path)
        return len(lines)

    def _departement(self, departement: str, epci: str) -> str:
        """The département asked, else that of the Epci, empty for every one of the base."""
        if departement or not epci:
            return departement
        own = self._territory.reference.epci(epci).code_departement
        return own if own in {found.code for found in self._territory.departements()} else ""

    def _part(self, departement: str, epci: str) -> CascadePart:
        from reports.cascade import CascadePart

        name = self._territory.reference.departement(departement).name
        flow = self.flow(departement, epci)
        return CascadePart(name, self.matrix(departement), self.orphans(departement), flow)

    def export(self, path: Path, words: dict[str, str], departement: str = "", epci: str = "") -> int:
        """Write the cascade as CSV for French Excel; words: name of each level. Returns the lines written.

        epci keeps what leads to a fiche of that Epci.
        """
        held = self.cascade()
        departement = self._departement(departement, epci)
        rows = [
            _exported(held, node, words)
            for kind in RANK
            for node in held.of_kind(kind, departement, epci)
            if (held.lower(node.uuid) or held.upper(node.uuid)) and (not epci or _touches(held, node, epci))
        ]
        write_csv(path, (EXPORT_HEADERS, *rows))
        return len(rows)


def _branch(
    held: Cascade,
    node: CascadeNode,
    depth: int,
    links: dict[tuple[str, str], str],
    epci: str,
    above: frozenset[str],
) -> Iterator[TreeLine]:
    if epci and not _touches(held, node, epci):
        return
    yield TreeLine(depth, node, "")
    for under in held.lower(node.uuid):
        if under.uuid in above:
            continue
        for line in _branch(held, under, depth + 1, links, epci, above | {node.uuid}):
            direct = line.depth == depth + 1 and line.node.uuid == under.uuid
            yield TreeLine(line.depth, line.node, links.get((node.uuid, under.uuid), "")) if direct else line


def _touches(held: Cascade, node: CascadeNode, epci: str) -> bool:
    if node.epcis:
        return epci in node.epcis
    return any(epci in fiche.epcis for fiche in held.reach(node.uuid, "fiche"))


def _exported(held: Cascade, node: CascadeNode, words: dict[str, str]) -> tuple[str, ...]:
    return (
        words.get(node.kind, node.kind),
        node.number,
        node.label,
        " | ".join(_named(other) for other in held.upper(node.uuid)),
        " | ".join(_named(other) for other in held.lower(node.uuid)),
        node.departement,
        " ".join(node.epcis),
        "fictif" if node.fictitious else "",
    )


def _named(node: CascadeNode) -> str:
    return f"{node.number} {node.label}".strip()
