"""One class a subject; the services open sessions, and nothing else does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.services.alerts import AlertService
    from app.services.base import BaseService
    from app.services.cascade import CascadeService
    from app.services.coverage import CoverageService
    from app.services.cpog import CpogService
    from app.services.ctg import CtgService
    from app.services.dashboard import DashboardService
    from app.services.diagnostics import DiagnosticService
    from app.services.imports import ImportService
    from app.services.indicators import IndicatorService
    from app.services.maps import MapService
    from app.services.outlines import OutlineService
    from app.services.register import RegisterService
    from app.services.reports import ReportService
    from app.services.sdsf import SdsfService
    from app.services.secrecy import SecrecyService
    from app.services.settings import SettingsService
    from app.services.steering import SteeringService
    from app.services.territory import TerritoryService


@dataclass(frozen=True, slots=True)
class Services:
    """What pages and the command line may ask of one open base."""

    base: BaseService
    territory: TerritoryService
    indicators: IndicatorService
    imports: ImportService
    outlines: OutlineService
    maps: MapService
    reports: ReportService
    settings: SettingsService
    register: RegisterService
    coverage: CoverageService
    cpog: CpogService
    ctg: CtgService
    steering: SteeringService
    sdsf: SdsfService
    cascade: CascadeService
    alerts: AlertService
    diagnostics: DiagnosticService
    dashboard: DashboardService
    secrecy: SecrecyService
