"""Check of a build on the computer where it runs: creates a base, imports, computes, draws, writes a PDF."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.territory import Level

if TYPE_CHECKING:
    from app.services import Services

EXPECTED_DEUX_SEVRES = 70.6
"""Cnaf, coverage of Deux-Sèvres in 2023, places for 100 children under 3."""
EXPECTED_BIRTHS = 2894
"""Births 2023 to 2025 of the CA du Niortais, Insee: 2 894."""


def run_self_test() -> int:
    """Print one line a step; returns 0 if everything works, 1 at the first failure (logged)."""
    from app.logs import log_bug

    try:
        with tempfile.TemporaryDirectory(prefix="maillage é ") as folder:
            for name, seconds in _steps(Path(folder)):
                sys.stdout.write(f"ok {seconds:6.2f} s  {name}\n")
    except Exception as error:  # noqa: BLE001 - a failed check must end with a code, and be logged
        log_bug(error)
        sys.stdout.write(f"ÉCHEC\u202f: {type(error).__name__} {error}\n")
        return 1
    sys.stdout.write("Autocontrôle réussi.\n")
    return 0


def _steps(folder: Path) -> list[tuple[str, float]]:
    done = []
    started = time.perf_counter()

    def step(name: str) -> None:
        nonlocal started
        done.append((name, time.perf_counter() - started))
        started = time.perf_counter()

    from app.bootstrap import Opener

    services = Opener().demo(folder / "essai.maillage")
    step("base de démonstration créée et remplie par les imports")
    official = services.indicators.value("couv_global", Level.DEPARTEMENT, "79", 2023).number
    births = services.indicators.value("naissances_3_ans", Level.EPCI, "200041317", 2025).number
    _require(official == EXPECTED_DEUX_SEVRES, f"couverture des Deux-Sèvres {official}")
    _require(births == EXPECTED_BIRTHS, f"naissances du Niortais {births}")
    step("valeurs relues et sommes recalculées")
    for suffix in (".png", ".svg", ".pdf"):
        shown = services.maps.choropleth("couv_global", 2023, Level.EPCI, departement="79")
        services.maps.write(shown, folder / f"carte{suffix}")
        _require((folder / f"carte{suffix}").stat().st_size > 1000, f"carte{suffix} trop petite")
    step("cartes PNG, SVG et PDF")
    services.reports.fiche("200041317", folder / "fiche.pdf")
    _require((folder / "fiche.pdf").read_bytes().startswith(b"%PDF"), "fiche.pdf")
    step("fiche territoire")
    _write_booklet(services, folder)
    step("livret entier PDF, DOCX, PPTX et XLSX")
    _cut_and_solve()
    step("césures françaises et calcul du secret")
    services.outlines.export(folder / "fond.gpkg")
    found = services.outlines.read(folder / "fond.gpkg")
    _require(len(found.codes) > 0, "contours relus")
    step("contours écrits en GeoPackage et relus")
    _require(services.base.check() == [], "base saine")
    services.base.close()
    step("base vérifiée et fermée")
    _open_window()
    step("fenêtre Qt ouverte")
    return done


def _write_booklet(services: Services, folder: Path) -> None:
    """The office files rest on models that a frozen build may lack; the PDF is read back with its numbers."""
    paths = [folder / f"livret{suffix}" for suffix in (".pdf", ".docx", ".pptx", ".xlsx")]
    services.diagnostics.write_epci("200041317", paths)
    for path in paths:
        _require(path.read_bytes()[:4] in (b"%PDF", b"PK\x03\x04"), path.name)
    _require(len(services.diagnostics.trace(paths[0]).rows) > 0, "chiffres du livret relus")


def _cut_and_solve() -> None:
    """Hyphens are a file of a library, linear programming a part of another that nothing imports early."""
    from app.domain.secrecy_bounds import Equation, solve
    from reports.kit.hyphen import cuts

    _require(("accom-", "pagnement") in cuts("accompagnement"), "césures françaises")
    system = [Equation((("a", 1.0), ("b", 1.0)), 5.0, 5.0)]
    found = solve(system, {"a": (1.0, float("inf")), "b": (1.0, float("inf"))}, {"a": 4.0})
    _require([round(end, 6) for end in found["a"]] == [1.0, 4.0], "programmation linéaire")


def _open_window() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.bootstrap import Opener
    from ui.application import make_application, make_window
    from ui.preferences import Preferences

    application = make_application(["maillage"])
    window = make_window(application, Opener(), Preferences())
    window.show()
    window.show_start()
    application.processEvents()
    _require(window.isVisible(), "fenêtre visible")
    window.close()


def _require(condition: bool, what: str) -> None:
    if not condition:
        raise AssertionError(what)
