"""What the free tables of several subjects may hold: texts of the findings that they share."""

from __future__ import annotations

from app.domain.anomaly_texts import Explain


def anomaly_texts() -> dict[str, tuple[str, Explain]]:
    """Return title and explanation by rule."""
    return {
        "required_empty": (
            "Case obligatoire vide",
            "Cette case ne peut pas rester vide. Ligne non importée.",
        ),
    }
