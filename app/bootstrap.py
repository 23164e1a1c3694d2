"""Open a base, upgrade it if needed, and build the services on it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import resources
from app.progress import SILENT, Progress
from app.services import Services

if TYPE_CHECKING:
    from app.services.table_imports import TableImporter
    from db.session import Base

DEMO_DEPARTEMENTS = ("79", "52")
DEMO_NAME = "Démonstration"
RECENT = 8


def build_services(base: Base) -> Services:
    """Services on an open base."""
    from app.domain.reference import load_reference
    from app.services.alert_cpog import CpogFacts
    from app.services.alert_ctg import CtgFacts
    from app.services.alert_data import DataFacts, RegisterFacts, SdsfFacts
    from app.services.alerts import AlertService
    from app.services.base import BaseService
    from app.services.cascade import CascadeService
    from app.services.coverage import CoverageService
    from app.services.cpog import CpogService
    from app.services.cpog_import import CpogValuesImporter
    from app.services.cpog_import_grid import CpogGridImporter
    from app.services.cpog_sources import BasketSource, CtgSource, RegisterSource
    from app.services.ctg import CtgService
    from app.services.ctg_import import PlanImporter
    from app.services.ctg_import_budget import BudgetImporter
    from app.services.dashboard import DashboardService
    from app.services.diagnostics import DiagnosticService
    from app.services.diagnostics_conventions import ConventionSections
    from app.services.imports import ImportService
    from app.services.indicators import IndicatorService
    from app.services.maps import MapService
    from app.services.outlines import OutlineService
    from app.services.register import RegisterService
    from app.services.reports import ReportService
    from app.services.sdsf import SdsfService
    from app.services.sdsf_import import SdsfSheetImporter
    from app.services.secrecy import SecrecyService
    from app.services.settings import SettingsService
    from app.services.steering import SteeringService
    from app.services.territory import TerritoryService

    reference = load_reference()
    territory = TerritoryService(reference, base.info.departements)
    indicators = IndicatorService(base, territory)
    outlines = OutlineService(base, territory, cache_folder())
    settings = SettingsService(base)
    register = RegisterService(base, territory, outlines)
    secrecy = SecrecyService(base, territory, indicators, settings, register)
    maps = MapService(territory, indicators, outlines, secrecy)
    coverage = CoverageService(register, territory, indicators, outlines, settings)
    base_service = BaseService(base, indicators.forget, outlines.forget, register.forget, secrecy.forget)
    ctg = CtgService(base, territory, indicators)
    cpog = CpogService(base, territory)
    cpog.add_computed(
        RegisterSource(register, reference),
        BasketSource(coverage),
        CtgSource(ctg, base.info.departements),
    )
    sdsf = SdsfService(base, territory, indicators, secrecy)
    cascade = CascadeService(base, territory)
    steering = SteeringService(base)
    importers: tuple[TableImporter, ...] = (
        *register.importers,
        CpogGridImporter(cpog, base.info.departements),
        CpogValuesImporter(cpog),
        PlanImporter(ctg),
        BudgetImporter(ctg),
        SdsfSheetImporter(sdsf, base.info.departements),
    )
    alerts = AlertService(
        base,
        settings,
        (
            CpogFacts(cpog),
            CtgFacts(ctg, steering),
            DataFacts(territory, indicators, coverage),
            RegisterFacts(register),
            SdsfFacts(sdsf, territory),
        ),
    )
    return Services(
        base=base_service,
        territory=territory,
        indicators=indicators,
        imports=ImportService(base, reference, indicators, outlines, importers, base_service.forget),
        outlines=outlines,
        maps=maps,
        reports=ReportService(territory, indicators, maps, outlines, demo=base.info.demo, secrecy=secrecy),
        settings=settings,
        register=register,
        coverage=coverage,
        cpog=cpog,
        ctg=ctg,
        steering=steering,
        sdsf=sdsf,
        cascade=cascade,
        alerts=alerts,
        dashboard=DashboardService(
            territory, indicators, coverage, register, cpog, ctg, sdsf, alerts, settings, secrecy
        ),
        diagnostics=DiagnosticService(
            base,
            territory,
            indicators,
            outlines,
            settings,
            register,
            coverage,
            ConventionSections(ctg, sdsf, cpog, cascade),
            secrecy,
        ),
        secrecy=secrecy,
    )


def cache_folder() -> Path:
    """Folder of computed outlines, which can be lost without harm."""
    import platformdirs

    return platformdirs.user_cache_path("Maillage", appauthor=False, ensure_exists=False)


class Opener:
    """Opens and creates bases for the window; remembers the recent ones on this computer."""

    def open(self, path: Path, *, read_only: bool = False) -> Services:
        """Open a base. Raises the FileError that says why it cannot be."""
        from db.session import open_base

        services = build_services(open_base(path, read_only=read_only))
        self._remember(path)
        return services

    def create(self, path: Path, departements: Sequence[str], name: str = "") -> Services:
        """Create a base for one or more départements. Raises BaseExists, UnknownTerritory."""
        from app.domain.reference import load_reference
        from db.session import create_base

        reference = load_reference()
        names = [reference.departement(code).name for code in departements]
        services = build_services(create_base(path, tuple(departements), name or " et ".join(names)))
        self._remember(path)
        return services

    def demo(self, path: Path, progress: Progress = SILENT) -> Services:
        """Create the demonstration base from the real facts delivered with the application.

        A cancelled or failed creation leaves no file behind. Raises BaseExists.
        """
        from db.session import create_base

        progress.report(0.0, "Création de la base de démonstration")
        services = build_services(create_base(path, DEMO_DEPARTEMENTS, DEMO_NAME, demo=True))
        try:
            files = [*sorted(resources.path("demo").glob("*.csv")), *services.register.delivered_files()]
            for i, file in enumerate(files):
                progress.report((i + 0.5) / len(files), f"Lecture de {file.name}")
                services.imports.import_file(file)
            services.sdsf.load_delivered()
            for code in services.cpog.delivered_for(DEMO_DEPARTEMENTS):
                services.cpog.load_delivered(code)
            services.cpog.load_demo()
            services.ctg.load_demo()
        except BaseException:
            services.base.close()
            path.unlink(missing_ok=True)
            raise
        progress.report(1.0, "Base de démonstration prête")
        self._remember(path)
        return services

    def default_folder(self) -> Path:
        """Documents/Maillage, where bases go unless the user says otherwise."""
        import platformdirs

        return platformdirs.user_documents_path() / "Maillage"

    def recent(self) -> list[Path]:
        """Bases opened lately on this computer that still exist, latest first."""
        try:
            names = json.loads(self._recent_file().read_text("utf-8"))
        except (OSError, ValueError):
            return []
        return [path for name in names if isinstance(name, str) and (path := Path(name)).is_file()]

    def _remember(self, path: Path) -> None:
        """Losing this list is harmless: a refusal of the system must never stop the user."""
        kept = [path.resolve(), *(old for old in self.recent() if old != path.resolve())][:RECENT]
        file = self._recent_file()
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps([str(item) for item in kept], ensure_ascii=False), "utf-8")
        except OSError:
            return

    @staticmethod
    def _recent_file() -> Path:
        import platformdirs

        return platformdirs.user_config_path("Maillage", appauthor=False) / "recent.json"
