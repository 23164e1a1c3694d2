"""The dashboard on one page: its tiles, then what is due first."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from app.domain.french import long_date, typographic
from app.progress import SILENT, Progress
from reports.kit.blocks import Beside, Block, Callout, Column, Document, Row, Section, Table, Tone
from reports.kit.write import write_pdf

MOST_ALERTS = 12


@dataclass(frozen=True, slots=True)
class DashboardTile:
    """One tile: title, main figure with its unit, lines (label, value, note)."""

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
    pairs = [content.tiles[i : i + 2] for i in range(0, len(content.tiles), 2)]
    blocks: list[Block] = [_side_by_side(pair) for pair in pairs]
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


def _side_by_side(pair: tuple[DashboardTile, ...]) -> Block:
    if len(pair) == 1:
        return _tile(pair[0])
    return Beside((_tile(pair[0]),), (_tile(pair[1]),))


def _tile(tile: DashboardTile) -> Callout:
    lines = "\n".join(
        f"{label} : {value}{f' ({note})' if note else ''}" for label, value, note in tile.lines[:4]
    )
    head = f"{tile.figure} {tile.unit}".strip()
    mark = " (fictif)" if tile.fictitious else ""
    words = "\n".join(part for part in (head, lines, tile.note) if part)
    return Callout(typographic(words), Tone.READING, f"{tile.title}{mark}")


def _alerts(alerts: tuple[tuple[str, str, str, str], ...]) -> Table:
    columns = (Column("Quand"), Column("Règle"), Column("Objet"), Column("Constat"))
    left = len(alerts) - MOST_ALERTS
    return Table(
        columns,
        tuple(Row(alert) for alert in alerts[:MOST_ALERTS]),
        caption="À traiter, les retards d’abord",
        note=f"et {left} autres, dans l’application" if left > 0 else "",
        dense=True,
    )
