"""A booklet read back: each printed number beside the one of the base today."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.errors import DomainError
from app.domain.indicator import Value
from app.domain.manifest import STATES, Traced, TraceReport, trace
from app.domain.secrecy_model import LABELS
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.services.diagnostics_maker import Maker
    from app.services.diagnostics_secrecy import SafeFigures
    from reports.kit.manifest import Manifest, ManifestNumber

LEVELS = {
    "france": Level.FRANCE,
    "region": Level.REGION,
    "departement": Level.DEPARTEMENT,
    "epci": Level.EPCI,
    "commune": Level.COMMUNE,
    "arrondissement": Level.ARRONDISSEMENT,
}


def trace_file(path: Path, maker: Maker) -> TraceReport:
    """Compare every printed number with the base, read as the profile of the booklet reads it.

    Raises UnreadableFile for a file that is not a paper of ours.
    """
    from reports.kit.manifest import read_manifest

    manifest = read_manifest(path)
    figures = maker.figures(_profile(manifest))
    facts = dict(manifest.extra)
    rows = tuple(_trace_one(number, figures) for number in manifest.numbers)
    return TraceReport(manifest.title, manifest.date, facts.get("base") == maker.base.info.uuid, rows)


def _profile(manifest: Manifest) -> str:
    code = dict(manifest.extra).get("profil", "")
    return code if code in LABELS else "caf"


def _trace_one(number: ManifestNumber, figures: SafeFigures) -> Traced:
    files = [source.sha256 for source in number.sources]
    return trace(number, files, _now(number, figures), masked=number.state == STATES[4])


def _now(number: ManifestNumber, figures: SafeFigures) -> Value | None:
    """The value of the base today; None for what the document computed itself."""
    if not number.indicator or number.series or number.level not in LEVELS or number.year is None:
        return None
    try:
        return figures.value(number.indicator, LEVELS[number.level], number.code, number.year)
    except (DomainError, KeyError, ValueError):
        return None
