"""What a diagnostic shows beside its pages, each part built at its first visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.views.data_parts import SubPage
    from ui.views.diagnostic_session import Session

TABS = (
    ("preview", "Aperçu"),
    ("check", "Vérifier"),
    ("export", "Exporter"),
    ("versions", "Versions"),
)


def part_of(code: str, session: Session) -> SubPage:
    """Build « check », « export » or « versions »."""
    if code == "check":
        from ui.views.diagnostic_check import CheckView

        return CheckView(session)
    if code == "export":
        from ui.views.diagnostic_export import ExportView

        return ExportView(session)
    from ui.views.diagnostic_versions import VersionsView

    return VersionsView(session)
