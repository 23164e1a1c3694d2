"""A figure pinned to a finding: what the base holds of a value at this moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.services.clock import now

if TYPE_CHECKING:
    from app.domain.indicator import Value


def figure_columns(value: Value, place: str) -> dict[str, object]:
    """Columns of a figure: value, state and version stay as they are now; place: name of the territory."""
    origin = value.provenance[0] if value.provenance else None
    return {
        "indicator": value.indicator.code, "label": value.indicator.label, "unit": value.indicator.unit,
        "decimals": value.indicator.decimals, "level": int(value.level), "code": value.code, "place": place,
        "year": value.year, "number": value.number, "state": int(value.state), "estimated": value.estimated,
        "fictitious": value.fictitious, "source": origin.source if origin else value.indicator.source,
        "file": origin.file if origin else "", "sha256": origin.sha256 if origin else "",
        "row": origin.row if origin else None,
        "import_number": origin.import_number if origin else None, "pinned_at": now(),
    }  # fmt: skip
