"""Views frozen during a séance: they stay as they were shown; what the base says otherwise now is listed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.french import long_date, typographic
from ui.widgets.parts import button, clear, row, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.services.steering_rows import MeetingDetail, SnapshotDifference, SnapshotRow

MOST = 8
PLACES = {
    "titre": "titre", "sous-titre": "sous-titre", "note": "note", "source": "source", "chiffres": "chiffre",
    "lignes": "ligne", "fictif": "fictif", "carte": "carte",
}  # fmt: skip


class FrozenViews(QWidget):
    """One line a view; `ask` reads what differs now."""

    def __init__(self, ask: Callable[[SnapshotRow], None]) -> None:
        super().__init__()
        self._ask = ask
        self._asked = ""
        self.title = text("Vues figées", "section")
        self.lines = QVBoxLayout()
        self.lines.setSpacing(4)
        self.said = text("", "second", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.title)
        layout.addLayout(self.lines)
        layout.addWidget(self.said)

    def show_views(self, detail: MeetingDetail) -> None:
        """Show the views of a séance; what was compared stays said for the same séance."""
        if detail.row.uuid != self._asked:
            self._asked = detail.row.uuid
            self.said.clear()
        self.setVisible(bool(detail.snapshots))
        clear(self.lines)
        for view in detail.snapshots:
            frozen = "" if view.intact else ", contenu modifié hors de l’application"
            at = view.frozen_at.astimezone()
            note = text(f"figée le {long_date(at.date())} à {at:%H:%M}{frozen}", "hint")
            compare = button("Écarts", partial(self._ask, view), icon="git-compare", role="link")
            compare.setAccessibleName(f"Écarts depuis la vue figée\u202f: {view.title}")
            self.lines.addLayout(row(text(typographic(view.title)), note, None, compare, gap=10))

    def show_differences(self, view: SnapshotRow, found: Sequence[SnapshotDifference]) -> None:
        """Say what the base gives otherwise now."""
        if not found:
            self.said.setText(typographic(f"« {view.title} » : rien n’a changé depuis la séance."))
            return
        lines = [
            f"{_place(one.path)} : montré {_word(one.shown)}, aujourd’hui {_word(one.now)}" for one in found
        ]
        more = [f"et {len(found) - MOST} autres écarts"] if len(found) > MOST else []
        words = "\n".join(f"– {line}" for line in (*lines[:MOST], *more))
        self.said.setText(typographic(f"« {view.title} » :\n{words}"))


def _place(path: str) -> str:
    parts = path.split("/")
    name = PLACES.get(parts[0], parts[0])
    if parts[0] == "carte" and len(parts) > 1:
        return f"carte, {parts[-1]}"
    return f"{name} {int(parts[1]) + 1}" if len(parts) > 1 and parts[1].isdigit() else name


def _word(value: object) -> str:
    if value is None:
        return "rien"
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value).replace(".", ",") if isinstance(value, float) else f"« {value} »"
