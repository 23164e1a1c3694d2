"""Outlines in use: approximate ones computed from centres and areas, or imported ones."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.changes import Changes, Topic
from app.domain.errors import BadParameter, UnreadableFile
from app.domain.reference import LATEST
from app.domain.territory import Level
from app.progress import SILENT, Progress
from app.services.clock import now
from app.services.rows import ImportResult, OutlineSetRow
from db.models import Outline, OutlineSet

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.services.territory import TerritoryService
    from db.session import Base
    from maps.choropleth import Fond
    from maps.outline_files import OutlineFile

CHANGED = Changes(frozenset({Topic.OUTLINES, Topic.JOURNAL}))


class OutlineService:
    """Gives the outlines to draw, and keeps those the user imported."""

    def __init__(self, base: Base, territory: TerritoryService, cache: Path) -> None:
        self._base = base
        self._territory = territory
        self._cache = cache
        self._fond: Fond | None = None

    def sets(self) -> list[OutlineSetRow]:
        """Imported outlines, latest first."""
        counted = (
            select(func.count())
            .select_from(Outline)
            .where(Outline.set_uuid == OutlineSet.uuid)
            .scalar_subquery()
        )
        query = select(OutlineSet, counted).order_by(OutlineSet.imported_at.desc())
        with self._base.read() as session:
            return [
                OutlineSetRow(
                    row.uuid, row.label, Level(row.level), row.millesime, row.active, row.source, row.file, n
                )
                for row, n in session.execute(query)
            ]

    def forget(self) -> None:
        """Build the outlines again at the next request."""
        self._fond = None

    def fond(self, progress: Progress = SILENT) -> Fond:
        """Outlines in use for the base, kept in memory."""
        if self._fond is None:
            self._fond = self._build(progress)
        return self._fond

    def _build(self, progress: Progress) -> Fond:
        import shapely

        from maps.geometry import cached_fond, replace_layer

        codes = self._base.info.departements
        fond = cached_fond(self._territory.reference, codes, LATEST, self._cache, progress=progress)
        # The finest last: Epci and départements are then dissolved from the imported communes.
        for row in sorted((r for r in self.sets() if r.active), key=lambda r: r.level):
            progress.report(0.5, f"Contours\u202f: {row.label}")
            query = select(Outline.code, Outline.name, Outline.wkb).where(Outline.set_uuid == row.uuid)
            with self._base.read() as session:
                found = session.execute(query.order_by(Outline.code)).all()
            polygons = shapely.from_wkb([wkb for _, _, wkb in found])
            fond = replace_layer(
                fond, row.level, tuple(code for code, _, _ in found), tuple(name for _, name, _ in found),
                polygons, label=row.label, millesime=row.millesime,
            )  # fmt: skip
        return fond

    # -- imported outlines --------------------------------------------------------------------------

    def read(self, path: Path, progress: Progress = SILENT) -> OutlineFile:
        """Read and check an outline file in the projection of the base; nothing is written."""
        from maps.geometry import epsg_for
        from maps.outline_files import read_outlines

        return read_outlines(
            path,
            epsg=epsg_for(self._base.info.departements),
            progress=progress,
            reference=self._territory.reference,
        )

    def import_file(self, path: Path, progress: Progress = SILENT) -> ImportResult:
        """Read an outline file and use it at once."""
        return self.store(self.read(path, progress), progress)

    def store(self, outline: OutlineFile, progress: Progress = SILENT) -> ImportResult:
        """Keep the outlines of the scope and activate them; a second import of the same file changes nothing.

        Raises UnreadableFile(reason="no_outline_in_scope") if no code of the file is of this base.
        """
        import shapely

        scope = set(self._territory.codes(outline.level))
        kept = [i for i, code in enumerate(outline.codes) if code in scope]
        if not kept:
            raise UnreadableFile(outline.path, reason="no_outline_in_scope")
        rejected = len(outline.codes) - len(kept) + len(outline.rejected)
        with self._base.read() as session:
            known = session.scalar(select(OutlineSet.uuid).where(OutlineSet.sha256 == outline.sha256))
        if known is not None:
            return ImportResult(None, 0, 0, len(kept), rejected, self.activate(known, outline.level))
        progress.report(0.8, "Écriture des contours")
        # Geometries are not journaled: they are stored first, unused; using them is the undoable action.
        with self._base.bulk() as session:
            row = OutlineSet(
                uuid=uuid.uuid4().hex, label=outline.label, file=outline.path.name, sha256=outline.sha256,
                source=outline.label, licence="", millesime=outline.millesime or LATEST,
                level=int(outline.level), epsg=outline.epsg, active=False, imported_at=now(),
            )  # fmt: skip
            session.add(row)
            session.flush()
            wkbs = shapely.to_wkb(outline.polygons[kept])
            session.add_all(
                Outline(set_uuid=row.uuid, code=outline.codes[i], name=outline.names[i], wkb=wkb)
                for i, wkb in zip(kept, wkbs, strict=True)
            )
            set_uuid = row.uuid
        changes = self.activate(set_uuid, outline.level)
        return ImportResult(None, len(kept), 0, 0, rejected, changes)

    def activate(self, set_uuid: str | None, level: Level) -> Changes:
        """Use an imported set, or the approximate outlines again (None), as one undoable action."""
        with self._base.write("choix des contours") as session:
            self._deactivate(session, level, keep=set_uuid)
            if set_uuid is not None:
                row = session.get(OutlineSet, set_uuid)
                if row is None:
                    raise BadParameter(name="contours", value=set_uuid, reason="unknown")
                row.active = True
        self.forget()
        return CHANGED

    @staticmethod
    def _deactivate(session: Session, level: Level, keep: str | None = None) -> None:
        for row in session.scalars(select(OutlineSet).where(OutlineSet.level == int(level))):
            row.active = row.uuid == keep

    def export(self, path: Path) -> None:
        """Write the outlines in use to a GeoPackage: layers communes, epci, departements."""
        from maps.geometry import write_geopackage

        write_geopackage(self.fond(), path)
