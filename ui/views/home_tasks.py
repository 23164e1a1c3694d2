"""What is really to do, and what was done lately, for « Accueil »; no Qt here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.french import plural, typographic
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.services import Services

WANTED = (
    ("couv_global", "le taux de couverture", "fichiers txcouv_pe de la Cnaf (data.caf.fr)"),
    ("naissances", "les naissances", "état civil de l’Insee, par commune"),
    ("eaje", "les équipements", "base permanente des équipements de l’Insee"),
    ("population", "les populations", "populations légales de l’Insee"),
)
RESUME_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Task:
    """Something real to do: why, and where."""

    icon: str
    tone: str
    title: str
    why: str
    page: str
    wishes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Resumed:
    """Something done lately."""

    icon: str
    title: str
    when: str
    page: str
    wishes: tuple[tuple[str, str], ...] = ()


def tasks_of(services: Services, undecided: int) -> tuple[Task, ...]:
    found = []
    if undecided:
        found.append(
            Task(
                "help-octagon",
                "ocre",
                f"Décider {plural(undecided, 'constat')}",
                "une réponse est attendue sur un fichier importé",
                "data",
                (("tab", "anomalies"),),
            )
        )
    for code, label, why in WANTED:
        if not services.indicators.years(code, Level.COMMUNE) and not services.indicators.years(
            code, Level.EPCI
        ):
            task = Task("file-import", "encre", f"Importer {label}", why, "data", (("tab", "import"),))
            found.append(task)
    if not any(row.active for row in services.outlines.sets()):
        found.append(
            Task(
                "map-search",
                "encre",
                "Importer les limites exactes",
                "les contours affichés sont approchés (IGN Admin Express les remplace)",
                "data",
                (("tab", "outlines"),),
            )
        )
    return tuple(found)


def resumed_of(services: Services) -> tuple[Resumed, ...]:
    """Latest imports and edits, latest first."""
    found: list[tuple[datetime.datetime, Resumed]] = []
    for run in services.imports.runs()[:RESUME_SHOWN]:
        at = run.undone_at or run.imported_at
        verb = "Import annulé" if run.undone_at else "Import"
        title = typographic(f"{verb} : {run.file}")
        found.append((_local(at), Resumed("file-check", title, ago(at), "data", (("tab", "import"),))))
    for row in services.base.history(RESUME_SHOWN):
        name = typographic(row.name[:1].upper() + row.name[1:])
        item = Resumed("history", name, ago(row.at), "settings", (("section", "history"),))
        found.append((_local(row.at), item))
    found.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(item for _, item in found[:RESUME_SHOWN])


def _local(at: datetime.datetime) -> datetime.datetime:
    return at.astimezone()


def ago(at: datetime.datetime, now: datetime.datetime | None = None) -> str:
    """Return « il y a 12 min », « hier », « 5 mars »: how long ago, as one says it."""
    here = (now or datetime.datetime.now(datetime.UTC)).astimezone()
    then = at.astimezone()
    minutes = int((here - then).total_seconds() // 60)
    if minutes < 1:
        return "à l’instant"
    if minutes < 60:
        return f"il y a {minutes}\u00a0min"
    if then.date() == here.date():
        return f"à {then:%H:%M}"
    if then.date() == here.date() - datetime.timedelta(days=1):
        return "hier"
    return f"{then:%d/%m/%Y}"
