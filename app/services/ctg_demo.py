"""Loads the conventions of the demonstration from their tables, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Float, Integer, insert

import resources
from app.domain.territory import Level
from app.services.ctg_figures import figure_columns
from app.services.ctg_kinds import KINDS
from db.models import key_of, new_uuid

if TYPE_CHECKING:
    from app.services.indicators import IndicatorService
    from app.services.territory import TerritoryService
    from db.session import Base

ORDER = (
    "ctg", "amendment", "stage", "member", "party", "theme", "annex", "note", "node", "finding", "action",
    "step", "status", "cost", "budget", "indicator", "value", "year", "commitment", "conformity", "post",
    "funding", "bonus", "instance", "meeting", "agenda", "attendance", "decision", "evaluation", "link",
)  # fmt: skip
LISTS = frozenset({"partners", "composition"})
"""Columns whose tables hold « a | b » for a list."""


def load_demo(base: Base, territory: TerritoryService, indicators: IndicatorService) -> None:
    """Write every table of resources/demo/ctg; figures of findings are pinned from the base itself."""
    tables = {kind: resources.read_table("demo", "ctg", f"{kind}.csv") for kind in ORDER}
    tables["member"] += _members(tables["ctg"], tables["member"], territory)
    figures = [
        _pinned(row, territory, indicators) for row in resources.read_table("demo", "ctg", "figure.csv")
    ]
    with base.bulk() as session:
        for kind in ORDER:
            rows = [_columns(kind, row) for row in tables[kind]]
            session.execute(insert(KINDS[kind].model), rows)
        session.execute(insert(KINDS["figure"].model), figures)


def _members(
    ctgs: list[dict[str, str]], held: list[dict[str, str]], territory: TerritoryService
) -> list[dict[str, str]]:
    """Every commune of the Epci of each convention, but those that join later."""
    later = {(row["ctg_uuid"], row["code_commune"]) for row in held}
    return [
        {"ctg_uuid": ctg["key"], "code_commune": code}
        for ctg in ctgs
        for code in territory.reference.members(ctg["epci"])
        if (ctg["key"], code) not in later
    ]


def _key(name: str) -> str:
    return key_of("demo", "ctg", name)


def _columns(kind: str, row: dict[str, str]) -> dict[str, Any]:
    """Typed columns of a row; keys in clear become the keys of the base."""
    table = KINDS[kind].model.metadata.tables[KINDS[kind].table]
    found: dict[str, Any] = {"uuid": _key(row["key"]) if row.get("key") else new_uuid()}
    for column in table.columns:
        text = row.get(column.name, "")
        if column.name == "uuid":
            continue
        if column.name.endswith("_uuid"):
            found[column.name] = _key(text) if text else None
        elif not text:
            found[column.name] = None if column.nullable else _empty(column.type)
        else:
            found[column.name] = _typed(column.type, text, column.name)
    return found


def _empty(kind: object) -> object:
    if isinstance(kind, Boolean):
        return False
    return 0 if isinstance(kind, Integer | Float) else ""


def _typed(kind: object, text: str, name: str) -> object:
    if isinstance(kind, Boolean):
        return text == "1"
    if isinstance(kind, Integer):
        return int(text)
    if isinstance(kind, Float):
        return float(text)
    return text.replace(" | ", "\n") if name in LISTS else text


def _pinned(
    row: dict[str, str], territory: TerritoryService, indicators: IndicatorService
) -> dict[str, object]:
    """A figure as the base gives it at this moment."""
    level, year = Level(int(row["level"])), int(row["year"])
    value = indicators.value(row["indicator"], level, row["code"], year)
    place = territory.reference.name(level, row["code"])
    keys = {"uuid": new_uuid(), "finding_uuid": _key(row["finding_uuid"]), "rank": int(row["rank"])}
    return {**figure_columns(value, place), **keys}
