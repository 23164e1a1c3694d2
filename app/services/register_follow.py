"""Signals of fragility, log of the support given, history: how a service fares over time."""

from __future__ import annotations

import datetime

from sqlalchemy import delete, select

from app.changes import Changes
from app.domain.french import typographic
from app.domain.register_entry import checked_number, read_text
from app.domain.register_errors import UnknownChoice
from app.domain.register_lists import load_choices, load_signals
from app.domain.register_signals import Reading, SignalLine, Threshold, signal_lines
from app.services.register_core import RegisterCore
from app.services.register_rows import Added, FieldChange, HistoryLine, SupportRow
from db.models import new_uuid
from db.models.journal import Kind
from db.models.register import SignalValueRecord, SupportRecord, ThresholdRecord
from db.queries.register_history import RowChange, changes_about

_KINDS = {Kind.EDIT: "edit", Kind.UNDO: "undo", Kind.REDO: "redo"}
NEGATIVE_SIGNALS = frozenset({"deficit"})
"""Signals whose value may be below zero: a surplus."""


class RegisterFollowing(RegisterCore):
    """Reads and writes what is followed year after year."""

    def readings(self, equipment_uuid: str | None = None) -> dict[str, tuple[Reading, ...]]:
        """Return the values typed for signals, by service."""
        query = select(*SignalValueRecord.__table__.columns).order_by(SignalValueRecord.year)
        if equipment_uuid is not None:
            query = query.where(SignalValueRecord.equipment_uuid == equipment_uuid)
        found: dict[str, list[Reading]] = {}
        with self._base.read() as session:
            for row in session.execute(query):
                reading = Reading(
                    row.signal, row.year, row.number, row.source, bool(row.fictitious), row.uuid
                )
                found.setdefault(row.equipment_uuid, []).append(reading)
        return {uuid: tuple(rows) for uuid, rows in found.items()}

    def signals(self, equipment_uuid: str, year: int | None = None) -> tuple[SignalLine, ...]:
        """Return every signal of a service with its threshold, for a year (the latest with a value)."""
        item = self.equipment(equipment_uuid)
        held = self.readings(equipment_uuid).get(equipment_uuid, ())
        if year is None:
            year = max((reading.year for reading in held), default=self.today().year)
        return signal_lines(item, load_signals(), held, self.thresholds(), year)

    def set_signal(
        self, equipment_uuid: str, signal: str, year: int, number: float | None, source: str = ""
    ) -> Changes:
        """Write the value of a signal for a year; None removes it."""
        item = self.equipment(equipment_uuid)
        known = load_signals()
        if signal not in known or known[signal].computed:
            raise UnknownChoice("signal", signal, choices=tuple(s.label for s in known.values()))
        if number is not None and signal not in NEGATIVE_SIGNALS:
            checked_number("number", number)
        name = typographic(f"signal de « {self._title(item)} » pour {year}")
        with self._base.write(name) as session:
            record = session.scalar(
                select(SignalValueRecord).where(
                    SignalValueRecord.equipment_uuid == equipment_uuid,
                    SignalValueRecord.signal == signal,
                    SignalValueRecord.year == year,
                )
            )
            if number is None:
                if record is not None:
                    session.delete(record)
            elif record is None:
                session.add(
                    SignalValueRecord(
                        equipment_uuid=equipment_uuid, signal=signal, year=year, number=number, source=source
                    )
                )
            else:
                record.number, record.source = number, source
        return self._changed()

    def thresholds(self) -> tuple[Threshold, ...]:
        """Return the thresholds of the user, oldest first; where there is none the delivered one holds."""
        query = select(ThresholdRecord).order_by(ThresholdRecord.signal, ThresholdRecord.starts_on)
        with self._base.read() as session:
            return tuple(
                Threshold(
                    row.signal,
                    row.bound,
                    datetime.date.fromisoformat(row.starts_on),
                    row.note,
                    uuid=row.uuid,
                )
                for row in session.scalars(query)
            )

    def set_threshold(
        self, signal: str, bound: float | None, starts_on: datetime.date, note: str = ""
    ) -> Changes:
        """Set the threshold of a signal from a day on; None: no threshold from then. Earlier ones stay."""
        known = load_signals()
        if signal not in known:
            raise UnknownChoice("signal", signal, choices=tuple(s.label for s in known.values()))
        if bound is not None and signal not in NEGATIVE_SIGNALS:
            checked_number("bound", bound)
        with self._base.write(typographic(f"seuil « {known[signal].label} »")) as session:
            record = session.scalar(
                select(ThresholdRecord).where(
                    ThresholdRecord.signal == signal, ThresholdRecord.starts_on == starts_on.isoformat()
                )
            )
            if record is None:
                record = ThresholdRecord(signal=signal, starts_on=starts_on.isoformat())
                session.add(record)
            record.bound, record.note = bound, read_text("note", note)
        return self._changed()

    def remove_threshold(self, uuid: str) -> Changes:
        """Remove a threshold of the user: the one before holds again."""
        with self._base.write("suppression d’un seuil") as session:
            session.execute(delete(ThresholdRecord).where(ThresholdRecord.uuid == uuid))
        return self._changed()

    def supports(self, equipment_uuid: str) -> tuple[SupportRow, ...]:
        """Return the log of the support given to a service, latest first."""
        query = (
            select(*SupportRecord.__table__.columns)
            .where(SupportRecord.equipment_uuid == equipment_uuid)
            .order_by(SupportRecord.happened_on.desc(), SupportRecord.uuid)
        )
        with self._base.read() as session:
            return tuple(
                SupportRow(
                    row.uuid,
                    row.equipment_uuid,
                    datetime.date.fromisoformat(row.happened_on),
                    row.kind,
                    row.text,
                    row.done_by,
                    row.amount_cents,
                )
                for row in session.execute(query)
            )

    def save_support(self, row: SupportRow) -> Added:
        """Add a line to the log, or change it if its uuid is known."""
        item = self.equipment(row.equipment_uuid)
        text = read_text("text", row.text, required=True)
        choices = load_choices("support_kind")
        if row.kind and row.kind not in choices:
            raise UnknownChoice("kind", row.kind, choices=tuple(c.label for c in choices.values()))
        if row.amount_cents is not None:
            checked_number("amount", row.amount_cents, whole=True)
        uuid = row.uuid or new_uuid()
        with self._base.write(typographic(f"accompagnement de « {self._title(item)} »")) as session:
            record = session.get(SupportRecord, uuid) or SupportRecord(uuid=uuid)
            record.equipment_uuid, record.happened_on = row.equipment_uuid, row.on.isoformat()
            record.kind, record.text, record.done_by = row.kind, text, read_text("done_by", row.done_by)
            record.amount_cents = row.amount_cents
            session.add(record)
        return Added(uuid, self._changed())

    def remove_support(self, uuid: str) -> Changes:
        """Remove a line of the log."""
        with self._base.write("suppression d’un accompagnement") as session:
            session.execute(delete(SupportRecord).where(SupportRecord.uuid == uuid))
        return self._changed()

    def history_of(self, uuid: str) -> tuple[HistoryLine, ...]:
        """Return what happened to a service and to what belongs to it, latest first.

        uuid: of a service, of a site, or of a service removed since.
        """
        site = self.register().site_of.get(uuid)
        with self._base.read() as session:
            changes = changes_about(session, uuid, site.uuid if site else uuid)
        return tuple(self._line(change) for change in reversed(changes))

    def _line(self, change: RowChange) -> HistoryLine:
        before, after = change.before or {}, change.after or {}
        columns = dict.fromkeys((*before, *after))
        fields = tuple(
            FieldChange(name, before.get(name), after.get(name))
            for name in columns
            if name not in ("uuid", "equipment_uuid", "site_uuid", "rank")
            and before.get(name) != after.get(name)
        )
        deed = "added" if change.before is None else "removed" if change.after is None else "changed"
        return HistoryLine(
            change.at, change.name, _KINDS[change.kind], change.table, change.uuid, deed, fields,
            change.device == self._base.device,
        )  # fmt: skip
