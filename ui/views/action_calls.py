"""What the editor of a fiche asks of the services; each write is one action. No Qt here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.domain.french import typographic

if TYPE_CHECKING:
    from pathlib import Path

    from app.changes import Changes
    from app.domain.cascade import CascadeNode
    from app.progress import Progress
    from app.services import Services
    from app.services.ctg_plan_rows import ActionDetail, FieldChange, FindingRow, LinkRow, RetexHit
    from app.services.ctg_rows import Created, CtgDetail, DocumentRow
    from app.services.ctg_together import Cell

LINKED = ("sdsf_objective", "sdsf_axis", "sdsf_action", "cpog_indicator", "cpog_engagement", "cog_node")
"""Things of other subjects that a fiche answers to, the most precise first."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A thing that a fiche is linked to: kind of the other end, words, whether it can be undone here."""

    uuid: str
    kind: str
    words: str
    hint: str


@dataclass(frozen=True, slots=True)
class Target:
    """A thing that a fiche may be linked to: family « sdsf », « cpog » or « decret »."""

    family: str
    uuid: str
    words: str


@dataclass(frozen=True, slots=True)
class ActionRead:
    """Everything the editor shows of one fiche."""

    detail: ActionDetail
    ctg: CtgDetail
    today: date
    linked: tuple[Linked, ...]
    targets: tuple[Target, ...]
    papers: tuple[DocumentRow, ...]
    retex: tuple[RetexHit, ...]

    @property
    def uuid(self) -> str:
        """Key of the fiche."""
        return self.detail.row.uuid

    @property
    def years(self) -> tuple[int, ...]:
        """Years of the convention, and those that the fiche already uses."""
        row, budget = self.ctg.row, self.detail.budget
        known = [day.year for day in (row.starts_on, row.ends_on) if day is not None]
        known += [year.year for year in budget.years]
        return tuple(range(min(known), max(known) + 1)) if known else (self.today.year,)


def read_action(services: Services, uuid: str, _progress: Progress) -> ActionRead:
    """Read a fiche whole. Raises UnknownObject."""
    detail = services.ctg.action(uuid)
    ctg = services.ctg.ctg(detail.row.ctg_uuid)
    points = {
        row.uuid or row.point.code: (row.point.rank, row.point.label, row.point.code)
        for row in services.ctg.conformity(ctg.row.uuid).rows
    }
    nodes = services.cascade.cascade().nodes
    linked = [found for link in detail.links if (found := _linked(link, nodes, points)) is not None]
    taken = {link.other_uuid for link in detail.links}
    hits = services.ctg.retex_for(detail.row.title, detail.row.theme)
    return ActionRead(
        detail=detail,
        ctg=ctg,
        today=date.today(),
        linked=tuple(linked),
        targets=tuple(_targets(services, nodes, points, taken)),
        papers=tuple(services.ctg.documents.rows(uuid)),
        retex=tuple(hit for hit in hits if hit.action_uuid != uuid),
    )


Points = Mapping[str, tuple[int, str, str]]


def _linked(link: LinkRow, nodes: Mapping[str, CascadeNode], points: Points) -> Linked | None:
    if link.kind == "finding":
        return None
    if link.kind == "conformity":
        number, label, _ = points.get(link.other_uuid, (0, link.words, ""))
        return Linked(link.uuid, link.kind, f"Décret, point {number}", label)
    node = nodes.get(link.other_uuid)
    words = _named(node) if node is not None else link.words
    return Linked(link.uuid, link.kind, words or "élément supprimé", words)


def _named(node: CascadeNode) -> str:
    prefix = {"sdsf": "SDSF", "cpog": "CPOG", "cog": "COG"}.get(node.kind.split("_")[0], "")
    return typographic(f"{prefix} {node.number} {node.label}".replace("  ", " ").strip())


def _targets(
    services: Services, nodes: Mapping[str, CascadeNode], points: Points, taken: Collection[str]
) -> list[Target]:
    departements = set(services.base.departements)
    found = [
        Target("sdsf" if kind.startswith("sdsf") else "cpog", node.uuid, _named(node))
        for kind in LINKED
        for node in nodes.values()
        if node.kind == kind and node.uuid not in taken and (node.departement or "") in {"", *departements}
    ]
    return found + [
        Target("decret", code, f"Point {number}\u202f: {label}")
        for uuid, (number, label, code) in points.items()
        if uuid not in taken
    ]


def findings(services: Services, ctg: str, _progress: Progress) -> list[FindingRow]:
    """Constats of the convention."""
    return services.ctg.findings(ctg)


# -- writes ----------------------------------------------------------------------------------------------


def edit(
    services: Services, kind: str, uuid: str, values: Mapping[str, object], _progress: Progress
) -> Changes:
    """Change fields of the fiche or of a part of it."""
    return services.ctg.edit(kind, uuid, **values)


def edit_all(
    services: Services, kind: str, edits: Sequence[tuple[str, Mapping[str, object]]], _progress: Progress
) -> Changes:
    """Change fields of several parts at once."""
    return services.ctg.edit_all(kind, edits)


def add(
    services: Services, kind: str, owner: str, values: Mapping[str, object], _progress: Progress
) -> Created:
    """Add a part."""
    return services.ctg.add(kind, owner, **values)


def remove_all(services: Services, kind: str, uuids: Collection[str], _progress: Progress) -> Changes:
    """Remove parts."""
    return services.ctg.remove_all(kind, uuids)


def order(services: Services, kind: str, owner: str, uuids: Sequence[str], _progress: Progress) -> Changes:
    """Put parts in an order."""
    return services.ctg.order(kind, owner, uuids)


def set_cells(services: Services, cells: Sequence[Cell], _progress: Progress) -> Changes:
    """Write cells of a table."""
    return services.ctg.set_cells(cells)


def set_progress(services: Services, uuid: str, percent: object, reason: str, _progress: Progress) -> Changes:
    """Correct the progress, or give it back to the étapes."""
    return services.ctg.set_progress(uuid, percent, reason)


def link(services: Services, ctg: str, action: str, target: Target, _progress: Progress) -> Changes:
    """Link the fiche to what it answers to."""
    if target.family == "decret":
        return services.ctg.link_point(ctg, target.uuid, action)
    return services.cascade.link(target.uuid, action)


def link_finding(services: Services, finding: str, action: str, _progress: Progress) -> Changes:
    """Say that a fiche comes from a constat."""
    return services.ctg.link("finding", finding, "action", action).changes


def unlink(services: Services, uuid: str, _progress: Progress) -> Changes:
    """Undo a link."""
    return services.ctg.unlink(uuid)


def attach(services: Services, uuid: str, paths: Sequence[Path], progress: Progress) -> Changes:
    """Copy files beside the base and attach them."""
    changes = None
    for at, path in enumerate(paths):
        progress.report(at / len(paths), path.name)
        made = services.ctg.documents.add("action", uuid, path)
        changes = made.changes if changes is None else changes | made.changes
    assert changes is not None
    return changes


def edit_paper(services: Services, uuid: str, values: Mapping[str, object], _progress: Progress) -> Changes:
    """Change the title or the note of a document."""
    return services.ctg.documents.edit(uuid, **values)


def remove_paper(services: Services, uuid: str, _progress: Progress) -> Changes:
    """Detach a document."""
    return services.ctg.documents.remove(uuid)


def paper_path(services: Services, uuid: str, _progress: Progress) -> Path:
    """The file of a document, checked."""
    return services.ctg.documents.path(uuid)


def remove_action(services: Services, uuid: str, _progress: Progress) -> Changes:
    """Remove the fiche."""
    return services.ctg.remove("action", uuid)


# -- history and papers ----------------------------------------------------------------------------------


def history(services: Services, uuid: str, _progress: Progress) -> list[FieldChange]:
    """What happened to the fiche and to its parts, latest first."""
    return services.ctg.history_with_parts("action", uuid)


def fields_at(
    services: Services, uuid: str, moments: Sequence[datetime], _progress: Progress
) -> list[dict[str, object] | None]:
    """Fields of the fiche as they were at some moments."""
    return [services.ctg.fields_at("action", uuid, moment) for moment in moments]


def export(services: Services, uuid: str, path: Path, progress: Progress) -> Path:
    """Write the fiche on one page, PDF or DOCX by its suffix. Raises WriteRefused, DiskFull."""
    from app.services.ctg_content import CtgContents

    contents = CtgContents(services.ctg, services.steering, services.territory)
    fiche = contents.fiche(uuid)
    head = contents.head(services.ctg.action(uuid).row.ctg_uuid)
    progress.report(0.4, "Mise en page de la fiche")
    if path.suffix.lower() == ".docx":
        from reports.docx import write_docx
        from reports.fiche_action import fiche_document

        write_docx(fiche_document(fiche, head), path, progress)
    else:
        from reports.fiche_action import write_fiche_action

        write_fiche_action(fiche, head, path, progress)
    return path
