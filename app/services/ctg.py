"""CTG: conventions and plans of action, from préfiguration to renewal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.changes import Changes, Topic
from app.services.ctg_alerts import alerts_of
from app.services.ctg_cells import CellWrites
from app.services.ctg_convention import ConventionWrites
from app.services.ctg_edit import Editor
from app.services.ctg_follow import FollowReads
from app.services.ctg_history import HistoryReads
from app.services.ctg_links import LinkWrites
from app.services.ctg_load import today
from app.services.ctg_overview import OverviewReads
from app.services.ctg_plan import PlanWrites
from app.services.ctg_plan_read import PlanReads
from app.services.ctg_read import ConventionReads
from app.services.ctg_rows import Created, CtgAlert
from app.services.ctg_stages import StageWrites
from app.services.ctg_territory import TerritoryReads
from app.services.ctg_together import TogetherWrites
from app.services.documents import DocumentService

if TYPE_CHECKING:
    from app.services.indicators import IndicatorService
    from app.services.territory import TerritoryService
    from db.session import Base


class CtgService(
    ConventionWrites,
    StageWrites,
    PlanWrites,
    CellWrites,
    TogetherWrites,
    LinkWrites,
    ConventionReads,
    TerritoryReads,
    PlanReads,
    FollowReads,
    OverviewReads,
    HistoryReads,
):
    """Everything about CTG. Reads give frozen rows; each write is one action, undone by Ctrl+Z.

    Kinds for add, edit and remove (fields in app/domain/ctg_fields.py): ctg, stage, member, party, amendment,
    theme, annex, note, parameter, bonus, post, funding, conformity, finding, figure, node, action, step,
    cost, budget, commitment, indicator, value, year.
    """

    def __init__(
        self, base: Base, territory: TerritoryService, indicators: IndicatorService | None = None
    ) -> None:
        """indicators: what pins the figures of findings; without it nothing can be pinned."""
        self._base = base
        self._territory = territory
        self._reference = territory.reference
        self._departements = base.info.departements
        self._indicators = indicators
        self._editor = Editor(base)
        self._import_targets: dict[Path, str] = {}
        self.documents = DocumentService(base)

    def add(self, kind: str, owner: str = "", /, **values: object) -> Created:
        """Add a thing to its owner (a fiche, a convention…). Raises BadField and the errors of its checks.

        Fiches are added by add_action, conventions by create, avenants by amend.
        """
        return self._editor.add(kind, owner, None, **values)

    def edit(self, kind: str, uuid: str, /, **values: object) -> Changes:
        """Change fields of a thing, as typed (French dates and numbers); nothing differs, nothing written."""
        return self._editor.edit(kind, uuid, **values)

    def order(self, kind: str, owner: str, uuids: Sequence[str]) -> Changes:
        """Put étapes, annexes, parties, findings… of one owner in an order."""
        return self._editor.order(kind, owner, uuids)

    def remove(self, kind: str, uuid: str) -> Changes:
        """Remove a thing and what it owns. Raises InUse if something else rests on it."""
        return self._editor.remove(kind, uuid)

    def load_demo(self) -> Changes:
        """Fill the demonstration base, once: its conventions are fictitious but for the sources they name."""
        from app.services.ctg_demo import load_demo

        if self._indicators is None:
            raise ValueError("the demonstration pins figures: give the service of indicators")
        load_demo(self._base, self._territory, self._indicators)
        return Changes(frozenset({Topic.CTG, Topic.STEERING}))

    def import_into(self, path: Path, ctg: str) -> None:
        """Say which convention the lines of a file that names none are about; kept until the base closes."""
        self._import_targets[path.resolve()] = ctg

    def import_target(self, path: Path) -> str:
        """Convention chosen for a file, empty without one."""
        return self._import_targets.get(path.resolve(), "")

    def alerts(self, on: date | None = None, ctg: str | None = None) -> list[CtgAlert]:
        """What is due about conventions on a day, late ones first."""
        on = on or today()
        with self._base.read() as session:
            found = alerts_of(session, on, ctg)
            names = {alert.ctg_uuid: alert.ctg_name for alert in found}
        papers = [row for row in self.documents.rows(ctg, check=False) if row.state != "present"]
        return found + [
            CtgAlert("document", 1, row.owner_uuid, names.get(row.owner_uuid, ""), None, None,
                     f"Document absent ou modifié\u202f: {row.title}", (), "document", row.uuid)
            for row in papers
        ]  # fmt: skip
