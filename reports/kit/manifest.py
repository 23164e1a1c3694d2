"""The list of every printed number, embedded in the PDF and read back from it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.errors import UnreadableFile
from app.domain.indicator import ValueState
from reports.kit.annex import origins
from reports.kit.blocks import Document
from reports.kit.notes import Notes, Seen
from reports.kit.printed import STATE_CODES

NAME = "manifeste.json"
WORDS = "Chiffres imprimés, leurs sources et leurs calculs"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class ManifestSource:
    """Where a printed number was read."""

    source: str
    file: str
    sha256: str
    sheet: str
    row: int | None
    import_number: int | None
    imported_at: str
    licence: str


@dataclass(frozen=True, slots=True)
class ManifestNumber:
    """A printed number, as a manifest keeps it. state: code among STATE_CODES; pages: from 1."""

    id: str
    indicator: str
    label: str
    level: str
    code: str
    territory: str
    year: int | None
    period: str
    series: str
    text: str
    number: float | None
    unit: str
    state: str
    status: str
    estimated: bool
    fictitious: bool
    millesime: int | None
    formula: str
    mark: int
    pages: tuple[int, ...]
    sources: tuple[ManifestSource, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a booklet says of itself."""

    title: str
    territory: str
    date: str
    status: str
    profile: str
    watermark: tuple[str, ...]
    extra: tuple[tuple[str, str], ...]
    numbers: tuple[ManifestNumber, ...]


def manifest_bytes(document: Document, notes: Notes) -> bytes:
    """Return the manifest of a laid document; sources are written once and named by their rank."""
    sources: dict[tuple[Any, ...], int] = {}
    numbers = [
        _number(seen, sources) for seen in notes.seen() if seen.shown.indicator or seen.shown.is_traced
    ]
    made = {
        "format": FORMAT,
        "titre": document.title,
        "territoire": document.territory,
        "date": document.date.isoformat(),
        "statut": document.status,
        "profil": document.profile,
        "filigrane": list(document.watermark),
        "infos": dict(document.extra),
        "sources": [list(source) for source in sources],
        "chiffres": numbers,
    }
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _number(seen: Seen, sources: dict[tuple[Any, ...], int]) -> dict[str, Any]:
    shown = seen.shown
    ranks = []
    for origin in dict.fromkeys(origins((shown,))):
        key = (origin.source, origin.file, origin.sha256, origin.sheet, origin.row,
               origin.import_number, origin.imported_at, origin.licence)  # fmt: skip
        ranks.append(sources.setdefault(key, len(sources)))
    facts = {
        "id": shown.id,
        "indicateur": shown.indicator,
        "libelle": shown.label,
        "niveau": shown.level,
        "code": shown.code,
        "territoire": shown.territory,
        "annee": shown.year,
        "periode": shown.period,
        "serie": shown.series,
        "texte": shown.text,
        "nombre": shown.number,
        "unite": shown.unit,
        "etat": STATE_CODES[ValueState(shown.state)],
        "statut": shown.status,
        "estime": shown.estimated,
        "fictif": shown.fictitious,
        "millesime": shown.millesime,
        "formule": shown.formula,
        "repere": seen.mark,
        "pages": sorted(seen.pages),
        "sources": ranks,
    }
    return {name: fact for name, fact in facts.items() if fact not in ("", None, False, 0, [])} | {
        "etat": facts["etat"],
        "nombre": facts["nombre"],
    }


def read_manifest(path: Path) -> Manifest:
    """Return the manifest embedded in a PDF of ours.

    Raises UnreadableFile: reason « no_pdf » for another file, « no_manifest » for a PDF without one.
    """
    data = _attached(path)
    try:
        made = json.loads(data)
        sources = [ManifestSource(*source) for source in made["sources"]]
        numbers = tuple(_read_number(facts, sources) for facts in made["chiffres"])
        return Manifest(
            title=made["titre"],
            territory=made["territoire"],
            date=made["date"],
            status=made["statut"],
            profile=made["profil"],
            watermark=tuple(made["filigrane"]),
            extra=tuple(made["infos"].items()),
            numbers=numbers,
        )
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise UnreadableFile(path, reason="no_manifest") from error


def _attached(path: Path) -> bytes:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise UnreadableFile(path, reason="no_pdf") from error
    try:
        for rank in range(document.count_attachments()):
            attachment = document.get_attachment(rank)
            if attachment.get_name() == NAME:
                return bytes(attachment.get_data())
    finally:
        document.close()
    raise UnreadableFile(path, reason="no_manifest")


def _read_number(facts: dict[str, Any], sources: list[ManifestSource]) -> ManifestNumber:
    return ManifestNumber(
        id=facts["id"],
        indicator=facts.get("indicateur", ""),
        label=facts.get("libelle", ""),
        level=facts.get("niveau", ""),
        code=facts.get("code", ""),
        territory=facts.get("territoire", ""),
        year=facts.get("annee"),
        period=facts.get("periode", ""),
        series=facts.get("serie", ""),
        text=facts.get("texte", ""),
        number=facts.get("nombre"),
        unit=facts.get("unite", ""),
        state=facts["etat"],
        status=facts.get("statut", ""),
        estimated=facts.get("estime", False),
        fictitious=facts.get("fictif", False),
        millesime=facts.get("millesime"),
        formula=facts.get("formule", ""),
        mark=facts.get("repere", 0),
        pages=tuple(facts.get("pages", ())),
        sources=tuple(sources[rank] for rank in facts.get("sources", ())),
    )
