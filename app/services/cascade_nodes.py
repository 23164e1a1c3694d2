"""Objects of the cascade and their links, read from the base: those made and those that the trees imply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from app.domain.cascade import RANK, Cascade, CascadeLink, CascadeNode
from app.domain.sdsf import Stage, followed, numbers_of
from db.queries import cascade as queries

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.domain.reference import Reference

SDSF_KINDS = {"axis": "sdsf_axis", "objective": "sdsf_objective", "action": "sdsf_action"}


def read_cascade(session: Session, reference: Reference) -> Cascade:
    """Return every object and link of the base."""
    return Cascade(_nodes(session, reference), _links(session))


def _nodes(session: Session, reference: Reference) -> Iterator[CascadeNode]:
    for uuid, _, code, title in session.execute(queries.cog_nodes()).tuples():
        yield CascadeNode("cog_node", uuid, title, code)
    for uuid, _, code, title, departement in session.execute(queries.cpog_engagements()).tuples():
        yield CascadeNode("cpog_engagement", uuid, title, code, departement)
    for uuid, code, label, departement in session.execute(queries.cpog_indicators()).tuples():
        yield CascadeNode("cpog_indicator", uuid, label, code, departement)
    yield from _sdsf_nodes(session)
    yield from _ctg_nodes(session, reference)


def _ctg_nodes(session: Session, reference: Reference) -> Iterator[CascadeNode]:
    epcis = _epcis_of_ctgs(session, reference)
    objectives = list(session.execute(queries.plan_nodes()).tuples())
    fiches = list(session.execute(queries.fiches()).tuples())
    ranks = [(uuid, parent or ctg, rank) for uuid, parent, rank, _, ctg in objectives]
    ranks += [(uuid, node or ctg, rank) for uuid, node, rank, _, ctg, _ in fiches]
    roots = {ctg for *_, ctg in objectives} | {row[4] for row in fiches}
    numbers = _numbers(ranks, roots)
    invented = set(session.scalars(queries.fictitious_ctgs()))
    wheres = {ctg: _departement(reference, codes) for ctg, codes in epcis.items()}
    held: dict[str, CascadeNode] = {}
    for uuid, _, _, title, ctg in objectives:
        held[uuid] = CascadeNode(
            "ctg_objective", uuid, title, numbers.get(uuid, ""), wheres.get(ctg, ""), epcis.get(ctg, ()),
            ctg in invented,
        )  # fmt: skip
    for uuid, _, _, title, ctg, fictitious in fiches:
        held[uuid] = CascadeNode(
            "fiche", uuid, title, numbers.get(uuid, ""), wheres.get(ctg, ""), epcis.get(ctg, ()), fictitious
        )
    yield from held.values()
    for uuid, owner, title in session.execute(queries.evidence()).tuples():
        fiche = held.get(owner)
        if fiche is not None:
            yield CascadeNode(
                "evidence", uuid, title, "", fiche.departement, fiche.epcis, fiche.fictitious
            )  # fmt: skip


def _departement(reference: Reference, epcis: Sequence[str]) -> str:
    """The département of a convention, empty when it stands on several."""
    codes = {reference.epci(code).code_departement for code in epcis}
    return codes.pop() if len(codes) == 1 else ""


def _epcis_of_ctgs(session: Session, reference: Reference) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for ctg, commune in session.execute(queries.members()).tuples():
        code = reference.epci_of(commune)
        if code is not None:
            found[ctg].add(code)
    return {ctg: tuple(sorted(codes)) for ctg, codes in found.items()}


def _sdsf_nodes(session: Session) -> Iterator[CascadeNode]:
    """Nodes of the scheme that each département follows: a renewal in preparation is not counted twice."""
    rows = list(session.execute(queries.sdsf_nodes()).tuples())
    kept = _followed(session, {row[6] for row in rows})
    rows = [row for row in rows if row[6] in kept]
    numbers = _numbers([(row[0], row[1] or row[6], row[3]) for row in rows], kept)
    for uuid, _, kind, _, label, departement, _ in rows:
        yield CascadeNode(SDSF_KINDS[kind], uuid, label, numbers.get(uuid, ""), departement)


def _followed(session: Session, filled: set[str]) -> set[str]:
    """Schemes followed, one a département, among those that hold something."""
    schemes = [row for row in session.execute(queries.schemes()).tuples() if row[0] in filled]
    return {
        followed([(key, Stage(stage), start or "") for key, where, stage, start in schemes if where == code])
        for code in {row[1] for row in schemes}
    }


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
