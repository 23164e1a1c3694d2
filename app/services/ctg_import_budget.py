"""Import of the amounts of a plan d’actions: one amount a line, on the number of its fiche."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.domain.anomaly import Anomaly, Decision, Severity, pack_ranges
from app.domain.budget import MoneyState, Nature
from app.domain.ctg import PartyKind
from app.domain.ctg_errors import BadField
from app.domain.ctg_fields import read_fields
from app.domain.french import fold
from app.ingestion.fields import Field, columns_score
from app.progress import SILENT, Progress
from app.services.ctg_edit import insert
from app.services.ctg_import import CHANGED
from app.services.ctg_import_read import LineReader
from app.services.ctg_table import BUDGET_FIELDS
from app.services.ctg_targets import Targets
from app.services.rows import NO_CHANGE
from app.services.table_imports import TablePreview
from db.models.ctg_plan import BudgetLine

if TYPE_CHECKING:
    from app.ingestion.grids import Grid
    from app.services.ctg import CtgService

_KINDS = (
    ("caf", PartyKind.CAF), ("msa", PartyKind.MSA), ("departement", PartyKind.DEPARTEMENT),
    ("region", PartyKind.REGION), ("etat", PartyKind.STATE), ("prefecture", PartyKind.STATE),
    ("epci", PartyKind.EPCI), ("agglomeration", PartyKind.EPCI), ("communaute", PartyKind.EPCI),
    ("commune", PartyKind.COMMUNE), ("ville", PartyKind.COMMUNE), ("mairie", PartyKind.COMMUNE),
    ("association", PartyKind.ASSOCIATION), ("ars", PartyKind.HEALTH),
)  # fmt: skip
"""Words that tell the nature of a funder when no column does."""
ABSENT = frozenset({"", "nd", "n d", "a voter", "a definir", "inconnu"})


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount: uuid of the line held, empty for a new one."""

    line: int
    action: str
    columns: Mapping[str, object]
    uuid: str = ""
    deed: str = "new"


class BudgetImporter:
    """Imports a table with one amount a line."""

    code = "plan-budget"
    label = "Budget d’un plan d’action"
    fields: Sequence[Field] = BUDGET_FIELDS

    def __init__(self, ctg: CtgService) -> None:
        self._ctg = ctg
        self._base = ctg._base

    def score(self, headers: Sequence[str]) -> float:
        """How well headers fit."""
        return columns_score(headers, BUDGET_FIELDS)

    def preview(self, grid: Grid, columns: Mapping[str, str]) -> TablePreview:
        """Read the table and compare with the base; nothing is written."""
        amounts, anomalies = self._read(grid, columns)
        return _summary(len(grid.rows), amounts, anomalies, written=False)

    def apply(
        self,
        grid: Grid,
        columns: Mapping[str, str],
        decisions: Mapping[int, str],  # noqa: ARG002 - every anomaly here leaves its line out
        progress: Progress = SILENT,
    ) -> TablePreview:
        """Write what differs; amounts that the table lacks are left alone."""
        amounts, anomalies = self._read(grid, columns)
        with self._base.write("import du budget d’un plan d’action") as session:
            for done, amount in enumerate(amounts):
                progress.report(done / len(amounts), "Montants")
                if amount.deed == "new":
                    insert(session, "budget", amount.action, _typed(amount.columns))
                elif amount.deed == "changed":
                    row = session.get_one(BudgetLine, amount.uuid)
                    row.amount_cents = _cents(amount.columns)
        return _summary(len(grid.rows), amounts, anomalies, written=True)

    def _read(self, grid: Grid, columns: Mapping[str, str]) -> tuple[list[Amount], tuple[Anomaly, ...]]:
        fields = {item.code: item for item in BUDGET_FIELDS}
        found: list[Amount] = []
        anomalies: list[Anomaly] = []
        seen: set[Key] = set()
        unknown: dict[str, list[LineReader]] = {}
        with self._base.read() as session:
            targets = Targets(session, self._ctg._reference, self._ctg.import_target(grid.path))
            held = {_key_of(line): line for line in session.scalars(select(BudgetLine))}
            for row in grid.rows:
                line = LineReader(grid, columns, fields, row)
                amount = _amount(held, targets, line, unknown)
                if amount is not None and (key := _key(amount)) in seen:
                    line.refuse("funder", "line_twice")
                elif amount is not None:
                    seen.add(key)
                    found += [] if line.refused else [amount]
                anomalies += line.anomalies
        return found, (*anomalies, *(_unknown(number, lines) for number, lines in unknown.items()))


_KEY = ("year", "funder", "nature", "state")
Key = tuple[object, ...]


def _key(amount: Amount) -> Key:
    return (amount.action, *(amount.columns[name] for name in _KEY))


def _key_of(row: BudgetLine) -> Key:
    return (row.action_uuid, *(getattr(row, name) for name in _KEY))


def _unknown(number: str, lines: Sequence[LineReader]) -> Anomaly:
    """One question for all the amounts of a fiche that is not there yet: the same file may bring it."""
    facts = (("lines", pack_ranges(line.row.line for line in lines)), ("count", len(lines)))
    header = lines[0].columns.get("number", "")
    return Anomaly(
        lines[0].row.line, header, number, "plan_fiche", Severity.QUESTION, facts, Decision.UNDERSTOOD
    )


def _amount(
    held: Mapping[Key, BudgetLine],
    targets: Targets,
    line: LineReader,
    unknown: dict[str, list[LineReader]],
) -> Amount | None:
    columns = _columns(line)
    ctg = targets.ctg(line.text("ctg"))
    if ctg is None:
        line.refuse("ctg", "plan_ctg")
    action = targets.action(ctg, line.text("uuid"), line.text("number")) if ctg else None
    if ctg is not None and action is None and not line.refused:
        unknown.setdefault(line.text("number"), []).append(line)
    if columns is None or action is None:
        return None
    new = Amount(line.row.line, action.uuid, columns)
    known = held.get(_key(new))
    if known is None:
        return new
    same = known.amount_cents == _cents(columns)
    return replace(new, uuid=known.uuid, deed="same" if same else "changed")


def _columns(line: LineReader) -> dict[str, object] | None:
    amount = line.text("amount")
    values: dict[str, object] = {
        "year": line.text("year"),
        "funder": line.text("funder"),
        "amount_cents": None if fold(amount) in ABSENT else amount,
        "state": line.choice("state") or MoneyState.PLANNED.value,
        "nature": line.choice("nature") or Nature.RUNNING.value,
        "funder_kind": line.choice("funder_kind") or kind_of(line.text("funder")).value,
    }
    found: dict[str, object] = {}
    for name, value in values.items():
        try:
            found |= read_fields("budget", {name: value})
        except BadField as error:
            code = "amount" if name == "amount_cents" else name
            reason = str(error.facts["reason"])
            line.refuse(code, "required_empty" if reason == "empty" else reason)
    return None if line.refused else found


def kind_of(funder: str) -> PartyKind:
    """Nature of a funder from the words of its name."""
    words = fold(funder).split()
    if words[:1] in (["ca"], ["cc"], ["cu"]):
        return PartyKind.EPCI
    for word, kind in _KINDS:
        if any(held.rstrip("s") == word for held in words):
            return kind
    return PartyKind.OTHER


def _cents(columns: Mapping[str, object]) -> int | None:
    value = columns["amount_cents"]
    return value if isinstance(value, int) else None


def _typed(columns: Mapping[str, object]) -> dict[str, object]:
    """Columns as people type them: amounts in euros."""
    cents = _cents(columns)
    return {**columns, "amount_cents": None if cents is None else cents / 100}


def _summary(
    rows_read: int, amounts: Sequence[Amount], anomalies: tuple[Anomaly, ...], *, written: bool
) -> TablePreview:
    deeds = [amount.deed for amount in amounts]
    found = TablePreview(
        rows_read, deeds.count("new"), deeds.count("changed"), deeds.count("same"), anomalies
    )
    touched = written and (found.new or found.changed)
    return replace(found, changes=CHANGED if touched else NO_CHANGE)
