"""Models of a diagnostic: which sections are switched on when it is created."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import resources
from app.domain.diagnostic import PlannedSection, default_plan
from app.domain.diagnostic_errors import DiagnosticRefused

WHOLE = "complet"


@dataclass(frozen=True, slots=True)
class DiagnosticModel:
    """One model; sections is empty for all of them."""

    code: str
    label: str
    sections: tuple[str, ...]


@lru_cache(maxsize=1)
def diagnostic_models() -> tuple[DiagnosticModel, ...]:
    """Return the models, the whole one first."""
    rows = resources.read_table("diagnostic", "models.csv")
    return tuple(DiagnosticModel(r["code"], r["label"], tuple(r["sections"].split())) for r in rows)


def plan_of_model(code: str) -> tuple[PlannedSection, ...]:
    """Return every section, those of the model switched on. Raises DiagnosticRefused."""
    for model in diagnostic_models():
        if model.code == code:
            wanted = model.sections
            return tuple(
                replace(section, enabled=not wanted or section.code in wanted) for section in default_plan()
            )
    raise DiagnosticRefused(field="model", value=code, reason="unknown_field")
