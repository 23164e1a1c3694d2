"""The dashboard on one page: its tiles, then what is due first."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from app.domain.french import long_date, typographic
from app.progress import SILENT, Progress
from reports.kit.blocks import Block, Column, Document, Row, Section, Table
from reports.kit.write import write_pdf

MOST_ALERTS = 10


@dataclass(frozen=True, slots=True)
class DashboardTile:
    """One tile: title, main figure with its unit, lines (label, value, note) but those of the alerts."""

    title: str
    figure: str
    unit: str
    lines: tuple[tuple[str, str, str], ...]
    note: str
    fictitious: bool


@dataclass(frozen=True, slots=True)
class DashboardContent:
    """What the page says. alerts: (when, rule, object, evidence), late ones first."""

    territory: str
    on: datetime.date
    tiles: tuple[DashboardTile, ...]
    alerts: tuple[tuple[str, str, str, str], ...]
    fictitious: bool


def write_dashboard(content: DashboardContent, path: Path, progress: Progress = SILENT) -> None:
    """Write the dashboard as PDF, whole or not at all. Raises Cancelled, DiskFull, WriteRefused."""
    write_pdf(dashboard_document(content), path, progress)


def dashboard_document(content: DashboardContent) -> Document:
    """Return the page as a document of the kit, without cover nor contents."""
    blocks: list[Block] = [_tiles(content.tiles)]
    if content.alerts:
        blocks.append(_alerts(content.alerts))
    return Document(
        title="Tableau de bord",
        sections=(Section(f"Situation au {long_date(content.on)}", tuple(blocks)),),
        date=content.on,
        territory=content.territory,
        watermark=("fictif",) if content.fictitious else (),
        cover=False,
        contents=False,
        annex=False,
    )


def _tiles(tiles: tuple[DashboardTile, ...]) -> Table:
    columns = (Column("Sujet", width=0.24), Column("Chiffre", "right", 0.2), Column("Détail", width=0.56))
    return Table(columns, tuple(Row(_cells(tile)) for tile in tiles), caption="Situation", dense=True)


def _cells(tile: DashboardTile) -> tuple[str, str, str]:
    lines = [f"{label} : {value}{f' ({note})' if note else ''}" for label, value, note in tile.lines]
    detail = " ; ".join([*lines, tile.note] if tile.note else lines)
    mark = " (fictif)" if tile.fictitious else ""
    return f"{tile.title}{mark}", f"{tile.figure} {tile.unit}".strip(), typographic(detail)


def _alerts(alerts: tuple[tuple[str, str, str, str], ...]) -> Table:
    columns = (
        Column("Quand", width=0.14), Column("Règle", width=0.2), Column("Objet", width=0.3),
        Column("Constat", width=0.36),
    )  # fmt: skip
    left = len(alerts) - MOST_ALERTS
    return Table(
        columns,
        tuple(Row(alert) for alert in alerts[:MOST_ALERTS]),
        caption="À traiter, les retards d’abord",
        note=f"et {left} autres, dans l’application" if left > 0 else "",
        dense=True,
    )
