"""Contacts of one CTG: personal data, erased for good; the copies of the base that keep them are named."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.french import long_date, plural, typographic
from app.services.base_copies import copies_of
from ui.views.ctg_lists import EditList
from ui.views.ctg_parties_columns import CONTACTS
from ui.widgets.parts import button, picture, row, text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.progress import Progress
    from app.services import Services
    from app.services.base_copies import CopyRow
    from app.services.steering_rows import ContactRow
    from ui.views.ctg_parties import PartiesTab

PERSONAL = (
    "Données personnelles : une fonction, une organisation ; courriel ou téléphone seulement s’ils sont "
    "tapés ici. Jamais dans un diagnostic, une recherche ou un export."
)
GONE = "Ce qui est effacé quitte la base et son historique. Cela ne s’annule pas."
NO_COPY = "Aucune copie de la base, à côté d’elle, ne le garde."
BY_HAND = (
    "L’application ne touche pas à ces copies : supprimez-les dans leur dossier si elles ne servent plus. "
    "Une copie rangée ailleurs (clé, autre poste, messagerie) n’est pas connue d’elle."
)
SHOWN = 6


class ContactsPart(QWidget):
    """The list, what is promised about it, and its verbs."""

    def __init__(self, tab: PartiesTab) -> None:
        super().__init__()
        self._tab = tab
        self.list = EditList(
            tab.theme, "Contacts de la CTG", CONTACTS, add=("Ajouter un contact", self.start_new),
            flexible=(0, 4), empty="Aucun contact.",
        )  # fmt: skip
        self.list.remove_button.setText("Effacer")
        self.list.edited.connect(lambda held, values: tab.edit("contact", held.uuid, values))
        self.list.removed.connect(self.erase)
        self.list.refused.connect(tab.say_refused)
        self.give_verbs = self.list.give_verbs
        copies = button("Copies de la base", self.list_copies, icon="archive")
        self.all = button("Tout effacer", self.erase_all, icon="trash", role="danger")
        said = text(typographic(f"{PERSONAL} {GONE}"), "hint", wrap=True)
        above = row(picture("lock", "violet", 16), said, copies, self.all, gap=8)
        above.setStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(above)
        layout.addWidget(self.list)

    def show_rows(self, rows: Sequence[ContactRow]) -> None:
        """Show the contacts."""
        self.list.show_rows(list(rows))
        self.all.setEnabled(bool(rows))

    def start_new(self) -> None:
        """Add a contact, its cells to type."""
        self._tab.add_contact()

    def erase(self, rows: Sequence[ContactRow]) -> None:
        """Erase contacts for good, once the copies that keep them are said and the erasure confirmed."""
        if rows:
            self._read_copies([held.uuid for held in rows], partial(self._confirm, tuple(rows)))

    def erase_all(self) -> None:
        """Erase every contact of the convention, once confirmed."""
        self.erase(self._tab.read.contacts if self._tab.read is not None else [])

    def _confirm(self, rows: Sequence[ContactRow], copies: list[CopyRow]) -> None:
        which = "ce contact" if len(rows) == 1 else f"ces {len(rows)} contacts"
        verb = "Effacer le contact" if len(rows) == 1 else "Tout effacer"
        question = f"Effacer {which} de la base et de son historique ? Cela ne s’annule pas.\n\n"
        if self._tab.confirm(self, typographic(question + kept_words(copies, len(rows))), verb):
            self._tab.remove_all("contact", rows)

    def list_copies(self) -> None:
        """Say which copies of the base are beside it, and open their folder if asked."""
        held = self._tab.read.contacts if self._tab.read is not None else []
        self._read_copies([contact.uuid for contact in held], self._show_copies)

    def _show_copies(self, copies: list[CopyRow]) -> None:
        if not copies:
            self._tab.banner.say("Aucune copie de la base n’est rangée à côté d’elle.", "encre")
            return
        head = f"{plural(len(copies), 'copie')} de la base à côté d’elle :\n"
        said = typographic(f"{head}{_names(copies)}\n\n{BY_HAND}")
        if self._tab.confirm(self, said, "Ouvrir le dossier"):
            self.open_folder(copies[0].path.parent)

    def open_folder(self, folder: Path) -> None:
        """Show a folder in the file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _read_copies(self, keys: Sequence[str], then: Callable[[list[CopyRow]], None]) -> None:
        kit = self._tab.kit
        kit.runner.read(partial(_copies, kit.services, tuple(keys)), then, refused=self._tab.refused)


def kept_words(copies: Sequence[CopyRow], count: int = 1) -> str:
    """What the dialog says of the copies that still hold what is erased."""
    kept = [copy for copy in copies if copy.holds]
    if not kept:
        return NO_COPY if count == 1 else NO_COPY.replace("le garde", "les garde")
    them = "le" if count == 1 else "les"
    ending = "gardent" if len(kept) > 1 else "garde"
    head = f"{plural(len(kept), 'copie faite', 'copies faites')} avant {them} {ending} encore :\n"
    return f"{head}{_names(kept)}\n\n{BY_HAND}"


def _names(copies: Sequence[CopyRow]) -> str:
    lines = [
        f"– {copy.path.parent.name}/{copy.path.name}, {long_date(copy.made_on)}"
        + (", avec des contacts de cette CTG" if copy.holds else "")
        for copy in copies[:SHOWN]
    ]
    if len(copies) > SHOWN:
        lines.append(f"– et {plural(len(copies) - SHOWN, 'autre')}")
    return "\n".join(lines)


def _copies(services: Services, keys: tuple[str, ...], _progress: Progress) -> list[CopyRow]:
    return copies_of(services.base.path, keys)
