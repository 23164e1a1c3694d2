"""A fictitious contract with targets, a tunnel, values, a revision, a gap and a hypothesis."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Opener
from app.domain.cpog import Cpog, CpogIndicator, Engagement
from app.domain.cpog_codes import Act, IndicatorType, MovementNature, Nature, Origin, Sense, TargetKind
from app.domain.cpog_codes import SeriesKind as S
from app.domain.cpog_points import Hypothesis, Period
from app.services.cpog_rows import Entry, MovementForm, RevisionForm
from ui import icons
from ui.context import Context, ContextModel
from ui.hub import Hub
from ui.tasks import TaskRunner
from ui.theme import Theme
from ui.views.cpog import CpogPage
from ui.views.page import Kit

if TYPE_CHECKING:
    from app.services.cpog import CpogService

CODE = "79-essai"
YEARS = (2023, 2024, 2025, 2026, 2027)


def fictitious_cpog(cpog: CpogService) -> dict[str, str]:
    """Write the contract; return its indicators by short name."""
    found, _ = cpog.create(
        Cpog("", CODE, "CPOG 2023 à 2027, Caf des Deux-Sèvres (fictif)", "79", datetime.date(2023, 1, 1),
             datetime.date(2027, 12, 31), signed=True, cog_code="2023-2027")
    )  # fmt: skip
    for indicator in _indicators(found):
        cpog.save_indicator(indicator)
    contract = cpog.contract(CODE)
    uuids = {i.short_label + i.sub_series: i.uuid for i in contract.indicators}
    for label, channel in (("Satisfaction", "Internet"), ("Satisfaction", "Téléphone")):
        cpog.save_indicator(
            CpogIndicator("", found, 20, "Satisfaction par canal", Nature.COG, IndicatorType.RESULT, "%",
                          Sense.UP, TargetKind.FIXED, parent_uuid=uuids[label], rank=6,
                          domain="Service à l’allocataire", fiche="9", short_label=label, sub_series=channel)
        )  # fmt: skip
    uuids = {i.short_label + i.sub_series: i.uuid for i in cpog.contract(CODE).indicators}
    _fill(cpog, uuids)
    for rank, (title, state) in enumerate(
        (
            ("Créer des places d’Eaje", "en_cours"),
            ("Ouvrir un Laep itinérant", ""),
            ("Former les relais", "a_lancer"),
        )
    ):
        cpog.save_engagement(
            Engagement("", found, rank, f"1.{rank + 1}", "engagement_caf", title, state=state,
                       due_on=datetime.date(2025, 6, 30) if rank == 2 else None)
        )  # fmt: skip
    return uuids


def _indicators(cpog: str) -> list[CpogIndicator]:
    def one(
        rank: int, domain: str, fiche: str, name: str, unit: str, sense: Sense, **more: Any
    ) -> CpogIndicator:
        label, nature = more.pop("label", name), more.pop("nature", Nature.COG)
        kind = more.pop("type", IndicatorType.RESULT)
        return CpogIndicator("", cpog, rank, label, nature, kind, unit, sense, TargetKind.FIXED, rank=rank,
                             domain=domain, fiche=fiche, short_label=name, **more)  # fmt: skip

    social, service = "Action sociale", "Service à l’allocataire"
    return [
        one(1, social, "14", "CTG avec schéma d’accueil", "%", Sense.UP, pinned=True, periodicity="annuelle",
            label="CTG intégrant un schéma de développement de l’accueil", target_text="100 % en 2027",
            reference=0.0, reference_year=2022),
        one(2, social, "1", "Places d’Eaje, solde net", "nombre", Sense.UP, pinned=True, nature=Nature.OTHER),
        one(3, social, "3", "Assistants maternels par ETP", "nombre", Sense.NONE, type=IndicatorType.FOLLOW),
        one(4, service, "9", "Délai, minima sociaux", "jours", Sense.DOWN, pinned=True,
            periodicity="trimestrielle"),
        one(5, service, "9", "Appels traités", "%", Sense.UP),
        one(6, service, "9", "Satisfaction", "%", Sense.UP),
    ]  # fmt: skip


def _fill(cpog: CpogService, uuids: dict[str, str]) -> None:
    main = uuids["CTG avec schéma d’accueil"]
    targets = {
        main: {S.INITIAL: (20, 40, 60, 80, 100), S.LOW: (15, 28, 38, 70, 98), S.HIGH: (25, 50, 75, 88, 100)},
        uuids["Places d’Eaje, solde net"]: {S.INITIAL: (40, 90, 150, 200, 260)},
        uuids["Délai, minima sociaux"]: {S.INITIAL: (12, 11, 10, 9, 8)},
        uuids["Appels traités"]: {S.INITIAL: (88, 89, 90, 90, 90)},
        uuids["SatisfactionInternet"]: {S.INITIAL: (90, 90, 91, 91, 92)},
    }
    entries = [
        Entry(uuid, Period(year), str(number), kind, fictitious=True)
        for uuid, kinds in targets.items()
        for kind, numbers in kinds.items()
        for year, number in zip(YEARS, numbers, strict=True)
    ]
    values = {
        main: ("12,5", "25", "50"), uuids["Places d’Eaje, solde net"]: ("46", "72", "118"),
        uuids["Délai, minima sociaux"]: ("12,4", "11", "9,5"), uuids["Appels traités"]: ("86", "nd", "86"),
        uuids["Assistants maternels par ETP"]: ("78", "76", "74"),
        uuids["SatisfactionInternet"]: ("91", "89", "90"), uuids["SatisfactionTéléphone"]: ("71", "74", "73"),
    }  # fmt: skip
    entries += [
        Entry(uuid, Period(year), text, fictitious=True,
              numerator={2023: "1", 2024: "2", 2025: "4"}[year] if uuid == main else "",
              denominator="8" if uuid == main else "", observed_on=datetime.date(year, 12, 31))
        for uuid, texts in values.items()
        for year, text in zip(YEARS, texts, strict=False)
    ]  # fmt: skip
    entries += [Entry(main, Period(2026), "62,5", S.FORECAST, fictitious=True)]
    entries += [Entry(main, Period(2027), "87,5", S.FORECAST, fictitious=True)]
    cpog.enter(entries)
    cpog.revise(
        RevisionForm(
            main, datetime.date(2025, 3, 5), Act.AMENDMENT, "Calendrier des schémas revu",
            targets=((Period(2025), 50.0), (Period(2026), 75.0), (Period(2027), 100.0)),
            means_unchanged="mêmes crédits", calendar_unchanged="même échéance",
            movements=(MovementForm(2025, "Délibérations reportées", -8.0),
                       MovementForm(2026, "Délibérations reportées", -5.0, MovementNature.CYCLICAL)),
        )
    )  # fmt: skip
    cpog.explain(main, Period(2024), "Deux délibérations votées après l’été", Origin.EXTERNAL,
                 "Relance des deux EPCI", "Chargé de conseil et développement",
                 datetime.date(2025, 1, 22))  # fmt: skip
    cpog.comment(main, 2025, "Quatre CTG sur huit tiennent lieu de schéma.", datetime.date(2026, 1, 15))
    uuid, _ = cpog.save_hypothesis(
        Hypothesis("", cpog.contract(CODE).cpog.uuid, main, "Schémas votés par an", low=2.0, high=3.0)
    )
    cpog.observe(uuid, Period(2025), 2.0)


@cache
def filled(frozen: Path) -> Path:
    """A copy of the demonstration base with the fictitious contract; copy it, never write to it."""
    path = Path(shutil.copy(frozen, frozen.with_name("cpog.maillage")))
    services = Opener().open(path)
    fictitious_cpog(services.cpog)
    services.base.close()
    return path


class Stage:
    """A page on a base of its own, kept for the tests of one module; each test undoes what it wrote."""

    def __init__(self, path: Path, app: QApplication) -> None:
        theme = Theme("light")
        icons.use(theme)
        theme.apply(app)
        self.moves: list[tuple[str, dict[str, Any]]] = []
        self.said: list[str] = []
        self.services = Opener().open(path)
        self._start = self._written()
        self.runner = TaskRunner()
        context = ContextModel(Context(departement="79", year=2025))
        self.kit = Kit(self.services, self.runner, Hub(), context, theme, self._go, self._say)  # type: ignore[arg-type]
        self.page = CpogPage(self.kit)
        self.page.resize(1280, 700)
        self.page.show()
        self.page.receive(cpog=CODE)
        self.page.activate()

    def _written(self) -> int:
        return sum(not row.undone for row in self.services.base.history(1000))

    def _go(self, page: str, /, **wishes: Any) -> None:
        self.moves.append((page, wishes))

    def _say(self, words: str, *_verb: object, **_tone: object) -> None:
        self.said.append(words)

    def restore(self) -> None:
        """Undo every write, come back to the first card; nothing is read again if nothing moved."""
        written = self._written() - self._start
        for _ in range(written):
            self.services.base.undo()
        first = self._first()
        here = (self.page.focus.code, self.page.focus.year, self.page.focus.indicator)
        if not written and here == (CODE, 2025, first):
            return
        self.page.focus.set_year(2025)
        self.page.focus.indicator = first
        self.page.receive(cpog=CODE, tab="fiche")

    def _first(self) -> str:
        return self.services.cpog.indicators(CODE, 2025)[0].uuid

    def close(self) -> None:
        """Let go of the base."""
        self.runner.close()
        self.page.close()
        self.page.deleteLater()
        self.services.base.close()


@pytest.fixture(scope="module")
def cpog_stage(
    frozen_demo: Path, outlines_cache: Path, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication
) -> Iterator[Stage]:
    """A page on a base of its own, one a module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(outlines_cache))
        path = shutil.copy(filled(frozen_demo), tmp_path_factory.mktemp("cpog") / "deux-sevres.maillage")
        made = Stage(Path(path), qapp)
        yield made
        made.close()


@pytest.fixture
def page(qtbot: QtBot, cpog_stage: Stage) -> Iterator[CpogPage]:
    """The page of the module, as it was before each test."""
    settle(qtbot, cpog_stage.page)
    yield cpog_stage.page
    settle(qtbot, cpog_stage.page)
    cpog_stage.restore()
    settle(qtbot, cpog_stage.page)


def settle(qtbot: QtBot, page: CpogPage) -> None:
    """Wait until nothing is read or written."""
    qtbot.waitUntil(lambda: not page.kit.runner.tasks)


def words(widget: QWidget) -> str:
    """Every word shown."""
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))
