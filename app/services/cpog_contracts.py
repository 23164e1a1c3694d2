"""Create, copy, change and link contracts; load those delivered."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.changes import Changes
from app.domain.cpog import Contract, Cpog, CpogIndicator, Document, Engagement, Party
from app.domain.cpog_codes import ActionState, LinkKind, SeriesKind
from app.domain.cpog_errors import (
    ActionUnexplained,
    BadContract,
    BadIndicator,
    BadLink,
    ContractExists,
)
from app.domain.cpog_records import row_of
from app.domain.cpog_units import unit_of
from app.services import cpog_delivered
from app.services.cpog_reading import CpogReading
from app.services.cpog_store import CHANGED, add, remove, update
from db.models.base import key_of, new_uuid
from db.models.cpog import (
    CpogDocumentTable,
    CpogEngagementTable,
    CpogIndicatorTable,
    CpogLinkTable,
    CpogPartyTable,
    CpogTable,
)
from db.queries.cpog import CHILDREN, all_rows

MOST_YEARS = 10


class CpogContracts(CpogReading):
    """What changes in the contracts themselves."""

    def create(self, cpog: Cpog, name: str = "") -> tuple[str, Changes]:
        """Add an empty contract; its uuid may be empty. Raises ContractExists, BadContract."""
        return self._create(Contract(replace(cpog, uuid=cpog.uuid or new_uuid())), name)

    def _create(
        self, contract: Contract, name: str = "", links: Sequence[Mapping[str, Any]] = ()
    ) -> tuple[str, Changes]:
        cpog = contract.cpog
        _check(cpog)
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
        links = [_link_row(new_key, old, LinkKind.SAME) for old, new_key in keys.items()]
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

    def edit(self, code: str, **values: Any) -> Changes:
        """Change the label, dates, signature, note of a contract. Raises UnknownContract, BadContract."""
        cpog = replace(self.contract(code).cpog, **values)
        _check(cpog)
        columns = {name: row_of(cpog)[name] for name in values}
        with self._writing(f"CPOG « {cpog.label} » modifié") as session:
            update(session, CpogTable, cpog.uuid, **columns)
        return CHANGED

    def save_party(self, party: Party) -> Changes:
        """Add or change a party."""
        return self._save(CpogPartyTable, party, f"partie « {party.name} »")

    def save_document(self, document: Document) -> Changes:
        """Add or change an annex, an avenant or another act."""
        return self._save(CpogDocumentTable, document, f"{document.kind} « {document.label} »")

    def save_engagement(self, engagement: Engagement) -> Changes:
        """Add or change an engagement or a défi. Raises ActionUnexplained."""
        _check_action(engagement)
        return self._save(CpogEngagementTable, engagement, f"engagement « {engagement.title} »")

    def remove_party(self, uuid: str) -> Changes:
        """Remove a party. Raises UnknownItem."""
        return self._remove(CpogPartyTable, uuid, "partie retirée")

    def remove_document(self, uuid: str) -> Changes:
        """Remove an annex, an avenant or another act. Raises UnknownItem."""
        return self._remove(CpogDocumentTable, uuid, "document retiré")

    def remove_engagement(self, uuid: str) -> Changes:
        """Remove an engagement and all that hangs from it. Raises UnknownItem."""
        with self._writing("engagement retiré") as session:
            waiting = [uuid]
            while waiting:
                current = waiting.pop()
                waiting += [
                    row["uuid"] for row in all_rows(session, CpogEngagementTable, parent_uuid=current)
                ]
                remove(session, CpogEngagementTable, current)
        return CHANGED

    def _remove(self, table: Any, uuid: str, name: str) -> Changes:
        with self._writing(name) as session:
            remove(session, table, uuid)
        return CHANGED

    def follow_action(self, uuid: str, state: ActionState, **values: Any) -> Changes:
        """Say where an engagement stands; values: evidence, comment, reason, decided_by, decided_on, due_on,
        observed_on, weight. A state that somebody decided needs the three. Raises ActionUnexplained."""
        with self._base.read() as session:
            found = all_rows(session, CpogEngagementTable, uuid=uuid)
        given = {**(found[0] if found else {}), **values, "state": state}
        _require_reasons(state, given)
        columns = {k: v.isoformat() if isinstance(v, datetime.date) else v for k, v in values.items()}
        with self._writing("suivi d’un engagement") as session:
            update(session, CpogEngagementTable, uuid, state=state.value, **columns)
        return CHANGED

    def save_indicator(self, indicator: CpogIndicator) -> Changes:
        """Add or change the definition of an indicator; its targets and values are not touched.

        Raises BadIndicator.
        """
        if not indicator.label.strip():
            raise BadIndicator(field="libellé", value="", reason="empty")
        _check_bounds(indicator.low, indicator.high)
        if not indicator.unit:
            raise BadIndicator(field="unité", value="", reason="empty")
        kept = replace(indicator, uuid=indicator.uuid or new_uuid())
        if not indicator.uuid:
            kept = replace(kept, decimals=unit_of(kept.unit).decimals)
        return self._save(CpogIndicatorTable, kept, f"indicateur « {kept.name} »")

    def pin(self, uuid: str, pinned: bool) -> Changes:
        """Put an indicator on the dashboard, or take it off."""
        with self._writing("tableau de bord") as session:
            update(session, CpogIndicatorTable, uuid, pinned=pinned)
        return CHANGED

    def weigh(self, uuid: str, weight: float | None) -> Changes:
        """Give a weight to an indicator; None takes it away. Raises BadIndicator."""
        if weight is not None and weight < 0:
            raise BadIndicator(field="poids", value=str(weight), reason="negative")
        with self._writing("poids d’un indicateur") as session:
            update(session, CpogIndicatorTable, uuid, weight=weight)
        return CHANGED

    def bound(self, uuid: str, low: float | None, high: float | None, tolerance: float | None) -> Changes:
        """Set what may be typed for an indicator, and the distance to its target that is accepted.

        None takes a bound away: that of the unit holds. Values already known stay. Raises BadIndicator.
        """
        _check_bounds(low, high)
        if tolerance is not None and tolerance < 0:
            raise BadIndicator(field="tolérance", value=str(tolerance), reason="negative")
        with self._writing("bornes d’un indicateur") as session:
            update(session, CpogIndicatorTable, uuid, low=low, high=high, tolerance=tolerance)
        return CHANGED

    def link(self, uuid: str, other: str, kind: LinkKind, note: str = "") -> Changes:
        """Say that two indicators are the same measure, close, or not to be chained. Raises BadLink."""
        if uuid == other:
            raise BadLink(reason="same")
        row = _link_row(uuid, other, kind, note)
        with self._writing("lien entre deux indicateurs") as session:
            if session.get(CpogLinkTable, row["uuid"]) is not None:
                raise BadLink(reason="known")
            session.add(CpogLinkTable(**row))
        return CHANGED

    def unlink(self, link_uuid: str) -> Changes:
        """Remove a link. Raises UnknownItem."""
        return self._remove(CpogLinkTable, link_uuid, "lien retiré")

    def _save(self, table: Any, item: Any, name: str) -> Changes:
        values = row_of(item)
        values["uuid"] = values["uuid"] or new_uuid()
        with self._writing(name) as session:
            row = session.get(table, values["uuid"])
            if row is None:
                session.add(table(**values))
            else:
                for key, value in values.items():
                    setattr(row, key, value)
        return CHANGED

    def has_initial_targets(self, code: str) -> bool:
        """True once the Cnaf notified at least one target. Raises UnknownContract."""
        return any(t.series is SeriesKind.INITIAL for t in self.contract(code).targets)


def _check_bounds(low: float | None, high: float | None) -> None:
    if low is not None and high is not None and low > high:
        raise BadIndicator(field="bornes", value=f"{low} > {high}", reason="bounds")


def _link_row(one: str, other: str, kind: LinkKind, note: str = "") -> dict[str, Any]:
    key = key_of("cpog-link", *sorted((one, other)))
    return {"uuid": key, "indicator_uuid": one, "other_uuid": other, "kind": kind.value, "note": note}


def _check(cpog: Cpog) -> None:
    if not cpog.code.strip():
        raise BadContract(field="code", value=cpog.code, reason="empty")
    if not cpog.label.strip():
        raise BadContract(field="intitulé", value=cpog.label, reason="empty")
    if cpog.ends_on < cpog.starts_on:
        raise BadContract(field="dates", value=f"{cpog.starts_on} – {cpog.ends_on}", reason="order")
    if len(cpog.years) > MOST_YEARS:
        raise BadContract(field="dates", value=f"{cpog.starts_on} – {cpog.ends_on}", reason="long")


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


def _check_action(engagement: Engagement) -> None:
    if engagement.state:
        _require_reasons(ActionState(engagement.state), row_of(engagement))


def _require_reasons(state: ActionState, given: dict[str, Any]) -> None:
    if not state.must_be_explained:
        return
    for field in ("reason", "decided_by", "decided_on"):
        if not given.get(field):
            raise ActionUnexplained(state=state.value, field=field)
