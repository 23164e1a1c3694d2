"""What the tests of CTG services start from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.action import NodeKind
from app.domain.ctg import CtgStatus, Scope
from app.services import Services
from app.services.ctg_rows import NewCtg

HAUT_VAL = "200041994"
NIORT = "79191"


@dataclass(frozen=True)
class Small:
    """A convention with an enjeu, an objective and one fiche."""

    ctg: str
    issue: str
    goal: str
    action: str


def make_ctg(services: Services, **values: object) -> str:
    """A convention of the Haut Val de Sèvre, 2024 to 2027."""
    given: dict[str, object] = {
        "name": "CTG d’essai", "scope": Scope.EPCI, "codes": (HAUT_VAL,),
        "starts_on": date(2024, 1, 1), "ends_on": date(2027, 12, 31),
    }  # fmt: skip
    return services.ctg.create(NewCtg(**{**given, **values})).uuid  # type: ignore[arg-type]


def sign(services: Services, ctg: str, on: date) -> None:
    """Take a convention to its signature."""
    services.ctg.advance(ctg, CtgStatus.DIAGNOSTIC, on)
    services.ctg.advance(ctg, CtgStatus.SIGNED, on)


def make_small(services: Services) -> Small:
    """A convention with the shortest plan."""
    ctg = make_ctg(services)
    issue = services.ctg.add("node", ctg, kind=NodeKind.ISSUE, title="Accueil").uuid
    goal = services.ctg.add("node", ctg, kind=NodeKind.STRATEGIC, title="Places", parent_uuid=issue).uuid
    return Small(ctg, issue, goal, services.ctg.add_action(ctg, goal, title="Ouvrir un point").uuid)
