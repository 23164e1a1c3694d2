"""What the page of a scheme asks of the base, off the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.domain.sdsf import NodeKind, followed

if TYPE_CHECKING:
    from app.changes import Changes
    from app.progress import Progress
    from app.services import Services
    from app.services.sdsf_rows import NodeRow, SdsfDetail, SdsfRow

    Read = tuple[list[SdsfRow], SdsfDetail | None]

NEW_LABEL = {
    NodeKind.AXIS: "Nouvel axe",
    NodeKind.OBJECTIVE: "Nouvel objectif",
    NodeKind.ACTION: "Nouvelle action",
}


def changed() -> Changes:
    """What a write of a scheme touches."""
    from app.services.sdsf_tree import CHANGED

    return CHANGED


def place(services: Services, departement: str | None) -> str:
    """The département shown: the one chosen, else the first whose scheme has axes, else the first."""
    if departement:
        return departement
    codes = services.base.departements
    filled = {row.code_departement for row in services.sdsf.schemes() if row.axes}
    return next((code for code in codes if code in filled), codes[0])


def choose(rows: list[SdsfRow], wanted: str = "") -> str:
    """Key of the scheme shown: the one wanted, else the one followed among those that have axes."""
    if any(row.uuid == wanted for row in rows):
        return wanted
    held = [row for row in rows if row.axes] or rows
    first = [row for row in held if row.code_departement == held[0].code_departement] if held else []
    return followed((row.uuid, row.stage, str(row.starts_on or "")) for row in first)


def read(services: Services, departement: str | None, wanted: str, _progress: Progress) -> Read:
    """Schemes of a département, the latest first, and everything about the one wanted or the current one."""
    rows = services.sdsf.schemes(departement)
    chosen = choose(rows, wanted)
    return rows, services.sdsf.scheme(chosen) if chosen else None


def create(services: Services, departement: str | None, _progress: Progress) -> Changes:
    """Bring the schemes delivered for a département, or for all; where none is, create an empty one."""
    delivered = services.sdsf.load_delivered((departement,) if departement else None)
    if delivered.topics:
        return delivered
    code = departement or services.base.departements[0]
    name = services.territory.reference.departement(code).name
    return services.sdsf.create(code, f"Schéma départemental des services aux familles, {name}")[1]


def change_stage(services: Services, uuid: str, wish: dict[str, Any], _progress: Progress) -> Changes:
    """Pass a scheme to another stage, signed at a day if it is said."""
    return services.sdsf.edit(uuid, **wish)


def add_amendment(services: Services, uuid: str, wish: dict[str, Any], _progress: Progress) -> Changes:
    """Add an avenant to a scheme."""
    services.sdsf.add_child("amendment", uuid, **wish)
    return changed()


def renew(services: Services, uuid: str, wish: dict[str, Any], _progress: Progress) -> tuple[str, Changes]:
    """Create the scheme that follows; its uuid."""
    return services.sdsf.renew(uuid, **wish)


def remove_scheme(services: Services, uuid: str, _progress: Progress) -> Changes:
    """Erase a scheme and all it holds."""
    return services.sdsf.remove(uuid)


def add(
    services: Services, sdsf: str, kind: NodeKind, parent: str, _progress: Progress
) -> tuple[str, Changes]:
    """Add an element under another; its uuid."""
    return services.sdsf.add_node(sdsf, kind, NEW_LABEL[kind], parent), changed()


def move(services: Services, node: NodeRow, rank: int, _progress: Progress) -> Changes:
    """Put an element at another rank among its brothers."""
    return services.sdsf.move_node(node.uuid, node.parent_uuid, rank)


def remove(services: Services, uuid: str, _progress: Progress) -> Changes:
    """Erase an element that holds nothing."""
    return services.sdsf.remove_node(uuid)


def edit_node(services: Services, uuid: str, name: str, value: Any, _progress: Progress) -> Changes:
    """Change a field of an element."""
    return services.sdsf.edit_node(uuid, **{name: value})


def edit_scheme(services: Services, uuid: str, name: str, value: Any, _progress: Progress) -> Changes:
    """Change a field of a scheme."""
    return services.sdsf.edit(uuid, **{name: value})
