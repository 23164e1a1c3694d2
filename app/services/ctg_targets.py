"""Where the lines of an imported table go: convention, fiche, commune."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.domain.ctg import CtgStatus
from app.domain.french import fold
from app.services.ctg_load import conventions_of, today
from app.services.ctg_plan_data import PlanData
from db.models.ctg_plan import ActionSheet

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.domain.reference import Reference


class Targets:
    """Answers from one open session."""

    def __init__(self, session: Session, reference: Reference, default: str = "") -> None:
        """default: convention of the lines that name none, as the user chose it."""
        self._session = session
        self._default = default
        self._reference = reference
        self._conventions = conventions_of(session)
        self._communes: dict[str, str] = {}
        self._names: dict[str, list[str]] = {}
        for held in self._conventions.values():
            codes = {member.code for member in held.members}
            epcis = {reference.epci_of(code) for code in codes}
            alive = not CtgStatus(held.status).is_over
            for name in (held.uuid, fold(held.name), *(epci for epci in epcis if epci and alive)):
                self._names.setdefault(name, []).append(held.uuid)
            for code in codes:
                self._communes[code] = code
                self._communes[fold(reference.commune(code).name)] = code
        self._numbers: dict[str, dict[str, str]] = {}
        self._actions = {row.uuid: row for row in session.scalars(select(ActionSheet))}
        self._references = {
            (row.ctg_uuid, row.reference): row for row in self._actions.values() if row.reference
        }

    def ctg(self, written: str) -> str | None:
        """Key of the convention named by its name, its key or the code of its Epci.

        Nothing written gives the one that the user chose, else the only one.
        """
        if not written:
            if self._default in self._conventions:
                return self._default
            return next(iter(self._conventions)) if len(self._conventions) == 1 else None
        found = self._names.get(written) or self._names.get(fold(written)) or []
        return found[0] if len(found) == 1 else None

    def commune(self, written: str) -> str | None:
        """Code of a commune of some convention, from its code or its name."""
        return self._communes.get(written) or self._communes.get(fold(written))

    def outside(self, ctg: str, codes: str) -> str:
        """Codes that are not communes of the convention, in words."""
        known = {member.code for member in self._conventions[ctg].members}
        return " ".join(code for code in codes.split() if code not in known)

    def action(self, ctg: str, uuid: str, number: str) -> ActionSheet | None:
        """The fiche of a key, else of a number of origin, else of a number of the plan."""
        row = self._actions.get(uuid)
        if row is not None and row.ctg_uuid == ctg:
            return row
        if (ctg, number) in self._references:
            return self._references[ctg, number]
        if ctg not in self._numbers:
            data = PlanData(self._session, today(), ctg)
            bare = {action.uuid for action in data.actions if not action.reference}
            self._numbers[ctg] = {n: key for key, n in data.numbers.items() if key in bare}
        return self._actions.get(self._numbers[ctg].get(number, ""))
