"""Links from a COG engagement to the evidence, read both ways; what stands alone; axes by Epci."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.changes import Changes, Topic
from app.domain.cascade import RANK, Cascade, CascadeLink, CascadeNode, Matrix, Orphans
from app.domain.sdsf import numbers_of
from app.domain.sdsf_errors import LinkRefused
from app.services.export import write_csv
from db.models.base import new_uuid
from db.models.ctg import Link
from db.queries import cascade as queries

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.services.territory import TerritoryService
    from db.session import Base

CHANGED = Changes(frozenset({Topic.CTG, Topic.SDSF, Topic.CPOG, Topic.ALERTS, Topic.JOURNAL}))
STORED_KINDS = {"ctg_objective": "node", "fiche": "action", "evidence": "document"}
SDSF_KINDS = {"axis": "sdsf_axis", "objective": "sdsf_objective", "action": "sdsf_action"}
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
            return Cascade(self._nodes(session), _links(session))

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

    def _epcis(self, departement: str) -> tuple[str, ...]:
        return tuple(epci.code for epci in self._territory.epcis(departement))

    def _nodes(self, session: Session) -> Iterator[CascadeNode]:
        for uuid, _, code, title in session.execute(queries.cog_nodes()).tuples():
            yield CascadeNode("cog_node", uuid, title, code)
        for uuid, _, code, title, departement in session.execute(queries.cpog_engagements()).tuples():
            yield CascadeNode("cpog_engagement", uuid, title, code, departement)
        for uuid, code, label, departement in session.execute(queries.cpog_indicators()).tuples():
            yield CascadeNode("cpog_indicator", uuid, label, code, departement)
        yield from _sdsf_nodes(session)
        yield from self._ctg_nodes(session)

    def _ctg_nodes(self, session: Session) -> Iterator[CascadeNode]:
        epcis = self._epcis_of_ctgs(session)
        objectives = list(session.execute(queries.plan_nodes()).tuples())
        fiches = list(session.execute(queries.fiches()).tuples())
        ranks = [(uuid, parent or ctg, rank) for uuid, parent, rank, _, ctg in objectives]
        ranks += [(uuid, node or ctg, rank) for uuid, node, rank, _, ctg, _ in fiches]
        roots = {ctg for *_, ctg in objectives} | {row[4] for row in fiches}
        numbers = _numbers(ranks, roots)
        for uuid, _, _, title, ctg in objectives:
            yield CascadeNode("ctg_objective", uuid, title, numbers.get(uuid, ""), "", epcis.get(ctg, ()))
        places = {}
        for uuid, _, _, title, ctg, fictitious in fiches:
            places[uuid] = epcis.get(ctg, ())
            yield CascadeNode("fiche", uuid, title, numbers.get(uuid, ""), "", places[uuid], fictitious)
        for uuid, owner, title in session.execute(queries.evidence()).tuples():
            yield CascadeNode("evidence", uuid, title, "", "", places.get(owner, ()))

    def _epcis_of_ctgs(self, session: Session) -> dict[str, tuple[str, ...]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for ctg, commune in session.execute(queries.members()).tuples():
            code = self._territory.reference.epci_of(commune)
            if code is not None:
                found[ctg].add(code)
        return {ctg: tuple(sorted(codes)) for ctg, codes in found.items()}

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
        departement: str = "",
        epci: str = "",
        *,
        on: date | None = None,
    ) -> int:
        """Write matrix, orphans and tree as PDF; returns the lines of the tree."""
        from reports.cascade import CascadeContent, write_cascade

        reference = self._territory.reference
        code = departement or self._territory.departements()[0].code
        lines = self.tree(departement, epci)
        matrix = self.matrix(code)
        known = {place for line in lines for place in line.node.epcis} | set(matrix.epcis)
        name = reference.epci(epci).name if epci else reference.departement(code).name
        content = CascadeContent(
            name, on or date.today(), tuple((line.depth, line.node) for line in lines), matrix,
            self.orphans(code), {place: reference.epci(place).short_name for place in known}, words,
        )  # fmt: skip
        write_cascade(content, path)
        return len(lines)

    def export(self, path: Path, words: dict[str, str], departement: str = "", epci: str = "") -> int:
        """Write the cascade as CSV for French Excel; words: name of each level. Returns the lines written."""
        held = self.cascade()
        rows = [
            _exported(held, node, words)
            for kind in RANK
            for node in held.of_kind(kind, departement, epci)
            if held.lower(node.uuid) or held.upper(node.uuid)
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


def _sdsf_nodes(session: Session) -> Iterator[CascadeNode]:
    rows = list(session.execute(queries.sdsf_nodes()).tuples())
    schemes = {row[6] for row in rows}
    numbers = _numbers([(row[0], row[1] or row[6], row[3]) for row in rows], schemes)
    for uuid, _, kind, _, label, departement, _ in rows:
        yield CascadeNode(SDSF_KINDS[kind], uuid, label, numbers.get(uuid, ""), departement)


def _numbers(rows: Sequence[tuple[str, str, int]], roots: set[str]) -> dict[str, str]:
    """Return the number of each row within its own root (a scheme, a CTG)."""
    found: dict[str, str] = {}
    for root in roots:
        mine = [(uuid, "" if parent == root else parent, rank) for uuid, parent, rank in rows]
        kept = _under(mine, {uuid for uuid, parent, _ in rows if parent == root})
        found.update(numbers_of(kept))
    return found


def _under(rows: Sequence[tuple[str, str, int]], tops: set[str]) -> list[tuple[str, str, int]]:
    children: defaultdict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for row in rows:
        children[row[1]].append(row)
    kept = [row for row in rows if row[0] in tops]
    waiting = [row[0] for row in kept]
    while waiting:
        for row in children[waiting.pop()]:
            kept.append(row)
            waiting.append(row[0])
    return kept


def _links(session: Session) -> list[CascadeLink]:
    """Return the links made and those that the trees imply, always from the wider to the more precise."""
    kinds = _kinds(session)
    found = []
    for uuid, one, other, note in session.execute(queries.links()).tuples():
        if one in kinds and other in kinds:
            upper, lower = (one, other) if RANK[kinds[one]] <= RANK[kinds[other]] else (other, one)
            found.append(CascadeLink(uuid, upper, lower, note))
    implied = [(row[1], row[0]) for row in session.execute(queries.sdsf_nodes()).tuples()]
    implied += [(row[1], row[0]) for row in session.execute(queries.cpog_engagements()).tuples()]
    implied += [(row[1] or "", row[0]) for row in session.execute(queries.plan_nodes()).tuples()]
    implied += [(row[1] or "", row[0]) for row in session.execute(queries.fiches()).tuples()]
    implied += [(row[1], row[0]) for row in session.execute(queries.evidence()).tuples()]
    return found + [CascadeLink("", upper, lower) for upper, lower in implied if upper]


def _kinds(session: Session) -> dict[str, str]:
    kinds = {row[0]: "cog_node" for row in session.execute(queries.cog_nodes()).tuples()}
    kinds |= {row[0]: "cpog_engagement" for row in session.execute(queries.cpog_engagements()).tuples()}
    kinds |= {row[0]: "cpog_indicator" for row in session.execute(queries.cpog_indicators()).tuples()}
    kinds |= {row[0]: SDSF_KINDS[row[2]] for row in session.execute(queries.sdsf_nodes()).tuples()}
    kinds |= {row[0]: "ctg_objective" for row in session.execute(queries.plan_nodes()).tuples()}
    kinds |= {row[0]: "fiche" for row in session.execute(queries.fiches()).tuples()}
    return kinds | {row[0]: "evidence" for row in session.execute(queries.evidence()).tuples()}


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
