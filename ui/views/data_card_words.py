"""What the card of a file says: its name, what it is, where it stands. No Qt here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.french import number, plural
from ui.errors import sentence
from ui.labels import LEVEL_MANY
from ui.views.data_session import FileEntry, FileState
from ui.views.data_texts import file_state

if TYPE_CHECKING:
    from app.services.rows import Prepared


def card_source(entry: FileEntry) -> str:
    """What the file is, as recognised; empty before that."""
    prepared = entry.prepared
    if prepared is None or prepared.error is not None:
        return ""
    if prepared.outline is not None:
        return f"Contours, {LEVEL_MANY[prepared.outline.level]}"
    if prepared.table is not None:
        return prepared.table.label
    return prepared.clean.label if prepared.clean else ""


def card_names(entry: FileEntry) -> tuple[str, str]:
    """Title and source of a card: a table of several is named first, then its file."""
    source = card_source(entry)
    if not entry.part:
        return entry.path.name, source
    return entry.part, f"{entry.path.name}\u202f: {source}" if source else entry.path.name


def card_state(entry: FileEntry) -> tuple[str, str, str]:
    """Icon, colour token and sentence of the state of a file."""
    prepared = entry.prepared
    if prepared is None:
        return ("loader-2", "encre", f"lecture en cours, {number(100 * entry.share)}\u202f%")
    if entry.state is FileState.ASKING:
        return ("help-circle", "ocre", "année à indiquer" if entry.asks_year else "source à indiquer")
    if prepared.error is not None:
        return ("help-octagon", "rouge", "ne peut pas être importé")
    if prepared.outline is not None:
        codes = len(prepared.outline.codes)
        return (
            "circle-check",
            "vert",
            f"{plural(codes, 'contour')}, {_refused(len(prepared.outline.rejected))}",
        )
    severities = [int(anomaly.severity) for anomaly in prepared.anomalies]
    if prepared.known:
        return ("info-circle", "encre", "déjà importé, rien ne changera")
    worst = max(severities, default=0)
    icon, token = (("circle-check", "vert"), ("alert-triangle", "ocre"), ("help-octagon", "rouge"))[worst]
    return (icon, token, file_state(_rows_read(prepared), severities))


def _rows_read(prepared: Prepared) -> int:
    if prepared.table is not None:
        return prepared.table.preview.rows_read
    return prepared.clean.rows_read if prepared.clean else 0


def _refused(count: int) -> str:
    return plural(count, "contour écarté", "contours écartés") if count else "aucun écarté"


def error_text(entry: FileEntry) -> str:
    """The sentence that says why a file was refused."""
    return sentence(entry.error) if entry.error else ""
