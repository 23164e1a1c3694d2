"""Change what a contract says: itself, its parties, acts, engagements, indicators and their links."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.changes import Changes
from app.domain.cpog import Cpog, CpogIndicator, Document, Engagement, Flag, Party
from app.domain.cpog_codes import (
    ActionState,
    LinkKind,
)
from app.domain.cpog_errors import ActionUnexplained, BadContract, BadIndicator, BadLink, UnknownItem
from app.domain.cpog_points import Comment, Gap, Hypothesis
from app.domain.cpog_records import row_of
from app.domain.cpog_units import unit_of
from app.services.cpog_blank import ADDED, ITEMS, NAMES, blank
from app.services.cpog_reading import CpogReading
from app.services.cpog_store import CHANGED, remove, update
from db.models.base import key_of, new_uuid
from db.models.cpog import (
    CpogDocumentTable,
    CpogEngagementTable,
    CpogFlagTable,
    CpogIndicatorTable,
    CpogLinkTable,
    CpogPartyTable,
    CpogTable,
)
from db.models.cpog_series import CpogCommentTable, CpogGapTable, CpogHypothesisTable
from db.queries.cpog import all_rows

if TYPE_CHECKING:
    pass

MOST_YEARS = 10


class CpogEdit(CpogReading):
    """One thing at a time, each an action of its own."""

    def edit(self, code: str, **values: Any) -> Changes:
        """Change the label, dates, signature, note of a contract. Raises UnknownContract, BadContract."""
        cpog = replace(self.contract(code).cpog, **values)
        check_contract(cpog)
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
        self._check_parent(engagement)
        return self._save(CpogEngagementTable, engagement, f"engagement « {engagement.title} »")

    def _check_parent(self, engagement: Engagement) -> None:
        """Refuse an engagement that would be part of itself."""
        if not engagement.parent_uuid:
            return
        parents = {e.uuid: e.parent_uuid for e in self.contract(engagement.cpog_uuid).engagements}
        above, seen = engagement.parent_uuid, {engagement.uuid}
        while above:
            if above in seen:
                raise BadContract(field="engagement", value=engagement.code, reason="loop")
            seen.add(above)
            above = parents.get(above, "")

    def remove_party(self, uuid: str) -> Changes:
        """Remove a party. Raises UnknownItem."""
        return self._remove(CpogPartyTable, uuid, "partie retirée")

    def remove_document(self, uuid: str) -> Changes:
        """Remove an annex, an avenant or another act. Raises UnknownItem."""
        return self._remove(CpogDocumentTable, uuid, "document retiré")

    def add_item(self, code: str, kind: str) -> tuple[str, Changes]:
        """Add a line to fill: a party, document, engagement or indicator. Raises UnknownContract."""
        made = blank(self.contract(code), kind)
        return made.uuid, self._save(ITEMS[kind][1], made, ADDED[kind])

    def edit_item(self, code: str, kind: str, uuid: str, **values: Any) -> Changes:
        """Change fields of such a line.

        Raises UnknownContract, UnknownItem, BadContract, BadIndicator, ActionUnexplained.
        """
        held = getattr(self.contract(code), ITEMS[kind][0])
        item = next((one for one in held if one.uuid == uuid), None)
        if item is None:
            raise UnknownItem(what="ligne")
        new = replace(item, **values)
        if kind != "indicator" and not (getattr(new, NAMES[kind])).strip():
            raise BadContract(field="intitulé", value="", reason="empty")
        save: Mapping[str, Callable[[Any], Changes]] = {
            "party": self.save_party, "document": self.save_document,
            "engagement": self.save_engagement, "indicator": self.save_indicator,
        }  # fmt: skip
        return save[kind](new)

    def remove_item(self, kind: str, uuid: str) -> Changes:
        """Remove such a line. Raises UnknownItem, BadIndicator for an indicator that holds figures."""
        drop = {
            "party": self.remove_party, "document": self.remove_document,
            "engagement": self.remove_engagement, "indicator": self.remove_indicator,
        }  # fmt: skip
        return drop[kind](uuid)

    def remove_indicator(self, uuid: str) -> Changes:
        """Remove an indicator nobody wrote a figure for. Raises UnknownItem, BadIndicator."""
        contract, indicator = self.contract_with(uuid)
        parts = contract.targets_of.get(uuid) or contract.values_of.get(uuid) or uuid in contract.parents()
        if parts:
            raise BadIndicator(field="indicateur", value=indicator.name, reason="held")
        hanging: tuple[Flag | Comment | Gap | Hypothesis, ...] = (
            *contract.flags, *contract.comments, *contract.gaps, *contract.hypotheses,
        )  # fmt: skip
        tables = {
            Flag: CpogFlagTable, Comment: CpogCommentTable, Gap: CpogGapTable,
            Hypothesis: CpogHypothesisTable,
        }  # fmt: skip
        with self._writing(f"indicateur « {indicator.name} » retiré") as session:
            for item in hanging:
                if item.indicator_uuid == uuid:
                    remove(session, tables[type(item)], item.uuid)
            for key in ("indicator_uuid", "other_uuid"):
                for row in all_rows(session, CpogLinkTable, **{key: uuid}):
                    remove(session, CpogLinkTable, row["uuid"])
            remove(session, CpogIndicatorTable, uuid)
        return CHANGED

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
        row = link_row(uuid, other, kind, note)
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


def link_row(one: str, other: str, kind: LinkKind, note: str = "") -> dict[str, Any]:
    """Columns of a link, the same key whichever side it is said from."""
    key = key_of("cpog-link", *sorted((one, other)))
    return {"uuid": key, "indicator_uuid": one, "other_uuid": other, "kind": kind.value, "note": note}


def _check_bounds(low: float | None, high: float | None) -> None:
    if low is not None and high is not None and low > high:
        raise BadIndicator(field="bornes", value=f"{low} > {high}", reason="bounds")


def _check_action(engagement: Engagement) -> None:
    if engagement.state:
        _require_reasons(ActionState(engagement.state), row_of(engagement))


def _require_reasons(state: ActionState, given: dict[str, Any]) -> None:
    if not state.must_be_explained:
        return
    for field in ("reason", "decided_by", "decided_on"):
        if not given.get(field):
            raise ActionUnexplained(state=state.value, field=field)


def check_contract(cpog: Cpog) -> None:
    """Refuse a contract without code, label or a sound period. Raises BadContract."""
    if not cpog.code.strip():
        raise BadContract(field="code", value=cpog.code, reason="empty")
    if not cpog.label.strip():
        raise BadContract(field="intitulé", value=cpog.label, reason="empty")
    if cpog.ends_on < cpog.starts_on:
        raise BadContract(field="dates", value=f"{cpog.starts_on} – {cpog.ends_on}", reason="order")
    if len(cpog.years) > MOST_YEARS:
        raise BadContract(field="dates", value=f"{cpog.starts_on} – {cpog.ends_on}", reason="long")
