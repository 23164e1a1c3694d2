"""Create and copy contracts; load those delivered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.changes import Changes
from app.domain.cpog import Contract, Cpog, CpogIndicator, Engagement
from app.domain.cpog_codes import LinkKind, SeriesKind
from app.domain.cpog_errors import ContractExists
from app.domain.cpog_records import row_of
from app.services import cpog_delivered
from app.services.cpog_edit import CpogEdit, check_contract, link_row
from app.services.cpog_store import CHANGED, add
from db.models.base import new_uuid
from db.models.cpog import CpogLinkTable, CpogTable
from db.queries.cpog import CHILDREN, all_rows


class CpogContracts(CpogEdit):
    """Where contracts come from."""

    def create(self, cpog: Cpog, name: str = "") -> tuple[str, Changes]:
        """Add an empty contract; its uuid may be empty. Raises ContractExists, BadContract."""
        return self._create(Contract(replace(cpog, uuid=cpog.uuid or new_uuid())), name)

    def _create(
        self, contract: Contract, name: str = "", links: Sequence[Mapping[str, Any]] = ()
    ) -> tuple[str, Changes]:
        cpog = contract.cpog
        check_contract(cpog)
        with self._writing(name or f"CPOG « {cpog.label} » créé") as session:
            if all_rows(session, CpogTable, code=cpog.code):
                raise ContractExists(code=cpog.code)
            session.add(CpogTable(**row_of(cpog)))
            for field, table in CHILDREN.items():
                for item in getattr(contract, field):
                    add(session, table, item)
            for link in links:
                if session.get(CpogLinkTable, link["uuid"]) is None:
                    session.add(CpogLinkTable(**link))
        return cpog.uuid, CHANGED

    def copy(self, code: str, new: Cpog) -> tuple[str, Changes]:
        """Create a contract with the indicators of another, their links said, without any value or target.

        Engagements are copied without their follow-up. Raises UnknownContract, ContractExists, BadContract.
        """
        source = self.contract(code)
        cpog = replace(new, uuid=new.uuid or new_uuid(), previous_uuid=source.cpog.uuid)
        keys = {i.uuid: new_uuid() for i in source.indicators}
        indicators = tuple(_copied(i, cpog.uuid, keys) for i in source.indicators)
        engagements = _copied_engagements(source, cpog.uuid)
        links = [link_row(new_key, old, LinkKind.SAME) for old, new_key in keys.items()]
        made = Contract(cpog, indicators=indicators, engagements=engagements)
        return self._create(made, f"CPOG « {cpog.label} » créé d’après « {source.cpog.label} »", links)

    def create_from_cog(self, cog_code: str, new: Cpog, *, with_targets: bool = False) -> tuple[str, Changes]:
        """Create a contract with the indicators of the grid of a COG; its yearly targets come if asked.

        Raises UnknownCog, ContractExists, BadContract.
        """
        cpog = replace(new, uuid=new.uuid or new_uuid(), cog_code=cog_code)
        indicators, targets = cpog_delivered.cog_grid(cog_code, cpog.uuid, with_targets=with_targets)
        made = Contract(cpog, indicators=indicators, targets=targets)
        return self._create(made, f"CPOG « {cpog.label} » créé d’après la COG")

    def delivered(self) -> dict[str, str]:
        """Codes and labels of the contracts delivered with the application."""
        return cpog_delivered.labels()

    def delivered_for(self, departements: Sequence[str]) -> list[str]:
        """Codes of the contracts delivered for some départements."""
        return [code for departement in departements for code in cpog_delivered.codes_of(departement)]

    def load_delivered(self, code: str) -> tuple[str, Changes]:
        """Load a delivered contract whole; nothing changes if it is there. Raises NothingDelivered."""
        contract, links = cpog_delivered.load(code)
        with self._base.read() as session:
            if all_rows(session, CpogTable, uuid=contract.cpog.uuid):
                return contract.cpog.uuid, Changes()
        return self._create(contract, f"CPOG « {contract.cpog.label} » chargé", links)

    def load_demo(self) -> Changes:
        """Add the contract of the demonstration with its follow-up, once: everything in it is fictitious."""
        from app.services.cpog_demo import load_demo

        load_demo(self._base)
        return CHANGED

    def has_initial_targets(self, code: str) -> bool:
        """True once the Cnaf notified at least one target. Raises UnknownContract."""
        return any(t.series is SeriesKind.INITIAL for t in self.contract(code).targets)


def _copied(indicator: CpogIndicator, cpog_uuid: str, keys: dict[str, str]) -> CpogIndicator:
    return replace(
        indicator, uuid=keys[indicator.uuid], cpog_uuid=cpog_uuid,
        parent_uuid=keys.get(indicator.parent_uuid, ""), target_text="", start_year=None, due_on=None,
        reference=None, reference_year=None, reference_text="", note="",
    )  # fmt: skip


def _copied_engagements(source: Contract, cpog_uuid: str) -> tuple[Engagement, ...]:
    keys = {e.uuid: new_uuid() for e in source.engagements}
    return tuple(
        Engagement(
            uuid=keys[e.uuid], cpog_uuid=cpog_uuid, position=e.position, code=e.code, kind=e.kind,
            title=e.title, parent_uuid=keys.get(e.parent_uuid, ""), theme=e.theme, territory=e.territory,
            measurable=e.measurable,
        )
        for e in source.engagements
    )  # fmt: skip
