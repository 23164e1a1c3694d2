"""Frozen rows of SDSF and of their sheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.indicator import Value, ValueState
from app.domain.sdsf import FilledBy, NodeKind, SheetCount, Stage


@dataclass(frozen=True, slots=True)
class SdsfRow:
    """One line of the list of schemes."""

    uuid: str
    code_departement: str
    departement: str
    label: str
    generation: int | None
    starts_on: date | None
    ends_on: date | None
    ends_with_amendments: date | None
    signed_on: date | None
    stage: Stage
    youth_axis: bool | None
    beyond_childhood: bool | None
    sdavs: str
    sdavs_label: str
    axes: int
    objectives: int
    actions: int
    source: str
    reliability: str
    note: str
    previous_uuid: str


@dataclass(frozen=True, slots=True)
class NodeRow:
    """An axis, objective or action; number: « 2.1.3 », its place in the tree."""

    uuid: str
    parent_uuid: str
    kind: NodeKind
    number: str
    label: str
    theme: str
    expected: str
    pilot: str
    starts_on: date | None
    ends_on: date | None
    state: str
    budget_cents: int | None
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A party, a member, a finding, an amendment or a question: its fields by name."""

    uuid: str
    position: int
    fields: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str:
        """Return a field as text, empty if absent."""
        return dict(self.fields).get(name, "")


@dataclass(frozen=True, slots=True)
class SdsfDetail:
    """A scheme and all it holds, nodes in the order of the tree."""

    row: SdsfRow
    nodes: tuple[NodeRow, ...]
    parties: tuple[ChildRow, ...]
    members: tuple[ChildRow, ...]
    findings: tuple[ChildRow, ...]
    amendments: tuple[ChildRow, ...]
    questions: tuple[ChildRow, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One version of a yearly sheet."""

    uuid: str
    code_departement: str
    year: int
    version: int
    file: str
    recorded_at: str
    sent_on: date | None
    due_on: date
    latest: bool
    count: SheetCount


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a sheet; computed: what the base gives for the indicator linked, None without link."""

    uuid: str
    position: int
    code: str
    label: str
    unit: str
    theme: str
    number: float | None
    state: ValueState
    filled_by: FilledBy
    indicator: str
    source: str
    note: str
    computed: Value | None = None


@dataclass(frozen=True, slots=True)
class SheetDetail:
    """A sheet and its lines, in the order of the file."""

    row: SheetRow
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True)
class LineChange:
    """What differs between two versions of a sheet for one line."""

    label: str
    before: str
    after: str
