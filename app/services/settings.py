"""Settings and dated parameters of one base: every change is journaled and can be undone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.changes import Changes, Topic
from app.domain import french
from app.domain.dictionary import load_parameters
from app.domain.errors import BadParameter
from app.domain.numbers import parse_number
from app.services.rows import ParameterRow
from db.models import Setting, setting_uuid

if TYPE_CHECKING:
    from db.session import Base

PREFIX = "parameter:"


class SettingsService:
    """Reads and writes settings; parameters keep the delivered value beside the one in force."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def get(self, key: str, default: object = None) -> object:
        """Value of a setting (any JSON value), or default."""
        with self._base.read() as session:
            text = session.scalar(select(Setting.value).where(Setting.key == key))
        return default if text is None else json.loads(text)

    def set(self, key: str, value: object, name: str) -> Changes:
        """Write a setting as one undoable action; name: its French name in the journal."""
        if self.get(key) == value:
            return Changes()
        with self._base.write(name) as session:
            row = session.get(Setting, setting_uuid(key))
            if value is None:
                if row is not None:
                    session.delete(row)
            elif row is None:
                session.add(Setting(uuid=setting_uuid(key), key=key, value=json.dumps(value)))
            else:
                row.value = json.dumps(value)
        return Changes(frozenset({Topic.SETTINGS, Topic.JOURNAL}))

    def parameters(self) -> list[ParameterRow]:
        """Every dated parameter, with its value in this base."""
        rows = []
        held = self._own_parameters()
        for parameter in load_parameters():
            own = held.get(PREFIX + parameter.code)
            rows.append(
                ParameterRow(
                    code=parameter.code,
                    label=parameter.label,
                    value=str(own) if own is not None else _typed(parameter.value),
                    unit=parameter.unit,
                    valid_from=french.long_date(parameter.valid_from) if parameter.valid_from else "",
                    source=parameter.source,
                    default=_typed(parameter.value),
                )
            )
        return rows

    def _own_parameters(self) -> dict[str, object]:
        """Parameters changed in this base, read at once."""
        query = select(Setting.key, Setting.value).where(Setting.key.startswith(PREFIX, autoescape=True))
        with self._base.read() as session:
            return {key: json.loads(text) for key, text in session.execute(query).tuples()}

    def parameter(self, code: str) -> float:
        """Number in force for a parameter. Raises BadParameter for an unknown code."""
        delivered = next((found for found in load_parameters() if found.code == code), None)
        if delivered is not None:
            own = self.get(PREFIX + code)
            number = parse_number(_typed(delivered.value) if own is None else str(own))
            if number is not None:
                return number
        raise BadParameter(name=code, value="", reason="unknown")

    def set_parameter(self, code: str, value: str) -> Changes:
        """Change a parameter as typed (French numbers); an empty text or the default resets it.

        Raises BadParameter for a code that is unknown, or a text that is not a number at least zero.
        """
        row = next((row for row in self.parameters() if row.code == code), None)
        if row is None:
            raise BadParameter(name=code, value=value, reason="unknown")
        text = value.strip()
        number = parse_number(text) if text else None
        if text and number is None:
            raise BadParameter(name=row.label, value=value, reason="not_a_number")
        if number is not None and number < 0:
            raise BadParameter(name=row.label, value=value, reason="negative")
        default = parse_number(row.default)
        kept = None if number is None or number == default else _typed(number)
        return self.set(PREFIX + code, kept, f"paramètre « {row.label} »")


def _typed(number: float) -> str:
    """A number as the user would type it: no group, decimal comma."""
    return f"{number:.10g}".replace(".", ",")
