"""The pages of the window: key, word, icon, and how each is built at its first visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui import labels
from ui.widgets.rail import Place

if TYPE_CHECKING:
    from ui.views.page import Kit, Page


def _home(kit: Kit) -> Page:
    from ui.views.home import HomePage

    return HomePage(kit)


def _map(kit: Kit) -> Page:
    from ui.views.map_pages import TerritoryPage

    return TerritoryPage(kit)


def _equipment(kit: Kit) -> Page:
    from ui.views.equipment import EquipmentPage

    return EquipmentPage(kit)


def _ctg(kit: Kit) -> Page:
    from ui.views.ctg import CtgPage

    return CtgPage(kit)


def _cpog(kit: Kit) -> Page:
    from ui.views.cpog import CpogPage

    return CpogPage(kit)


def _sdsf(kit: Kit) -> Page:
    from ui.views.sdsf import SdsfPage

    return SdsfPage(kit)


def _meetings(kit: Kit) -> Page:
    from ui.views.meetings import MeetingsPage

    return MeetingsPage(kit)


def _diagnostics(kit: Kit) -> Page:
    from ui.views.diagnostic import DiagnosticsPage

    return DiagnosticsPage(kit)


def _data(kit: Kit) -> Page:
    from ui.views.data import DataPage

    return DataPage(kit)


def _settings(kit: Kit) -> Page:
    from ui.views.settings import SettingsPage

    return SettingsPage(kit)


TOP = (
    Place("home", labels.PAGES["home"], "home"),
    Place("map", labels.PAGES["map"], "map-2"),
    Place("equipment", labels.PAGES["equipment"], "building-community"),
    Place("ctg", labels.PAGES["ctg"], "contract"),
    Place("cpog", labels.PAGES["cpog"], "file-certificate"),
    Place("sdsf", labels.PAGES["sdsf"], "sitemap"),
    Place("meetings", labels.PAGES["meetings"], "messages"),
    Place("diagnostics", labels.PAGES["diagnostics"], "report-analytics"),
    Place("data", labels.PAGES["data"], "database"),
)
BOTTOM = (Place("settings", labels.PAGES["settings"], "settings"),)
BUILDERS: dict[str, Callable[[Kit], Page]] = {
    "home": _home,
    "map": _map,
    "equipment": _equipment,
    "ctg": _ctg,
    "cpog": _cpog,
    "sdsf": _sdsf,
    "meetings": _meetings,
    "diagnostics": _diagnostics,
    "data": _data,
    "settings": _settings,
}
