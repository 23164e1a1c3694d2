"""The three screens of the first run: where one works, where the base goes, how to begin."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QToolButton, QVBoxLayout, QWidget

from app.domain.french import NBSP, fold, listing, number, plural, typographic
from ui import icons
from ui.opener import SUFFIX
from ui.widgets.check_list import CheckList
from ui.widgets.parts import button, column, picture, row, text

if TYPE_CHECKING:
    from app.domain.reference import Reference

DEMO_FILE = f"demonstration{SUFFIX}"
GIGABYTE = 1_000_000_000
RECENT_SHOWN = 3


class WherePage(QWidget):
    """« Où travaillez-vous ? »: départements ticked, and what comes with them."""

    changed = Signal()

    def __init__(self, open_base: Callable[[], object], open_path: Callable[[Path], object]) -> None:
        super().__init__()
        self._reference: Reference | None = None
        self._open_path = open_path
        self.list = CheckList("Départements", "Filtrer par nom ou par numéro")
        self.list.changed.connect(self._say)
        self.summary = text(typographic("Cochez un ou plusieurs départements."), "second", wrap=True)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        existing = button("Ouvrir une base existante…", open_base, icon="folder-open", role="link")
        self.setLayout(column(self.list, self.summary, row(existing, None), self._recent, gap=10))

    def show_reference(self, reference: Reference) -> None:
        """List the départements of France."""
        self._reference = reference
        departements = sorted(reference.departements(), key=lambda item: item.code)
        self.list.show_lines(
            [
                (item.code, f"{item.code}   {item.name}", reference.region(item.code_region).name)
                for item in departements
            ]
        )

    def show_recent(self, paths: list[Path]) -> None:
        """Offer the bases opened lately."""
        for path in paths[:RECENT_SHOWN]:
            made = button(path.name, partial(self._open_path, path), icon="history", role="link")
            made.setToolTip(str(path))
            self._recent.addLayout(row(made, text(str(path.parent), "hint"), None))

    def codes(self) -> tuple[str, ...]:
        """Départements ticked."""
        return self.list.ticked()

    def names(self) -> list[str]:
        """Names of the départements ticked."""
        if self._reference is None:
            return []
        return [self._reference.departement(code).name for code in self.codes()]

    def _say(self) -> None:
        reference, codes = self._reference, self.codes()
        if reference is None or not codes:
            self.summary.setText(typographic("Cochez un ou plusieurs départements."))
        else:
            self.summary.setText(scope_text(reference, codes))
        self.changed.emit()


def scope_text(reference: Reference, codes: tuple[str, ...]) -> str:
    """Say how many EPCI come with départements, and which ones cross their border."""
    epcis = {epci.code: epci for code in codes for epci in reference.epcis(code)}
    crossing = [epci.short_name for epci in epcis.values() if not set(epci.departements) <= set(codes)]
    names = listing([reference.departement(code).name for code in codes])
    said = f"{names} : {plural(len(epcis), 'EPCI', 'EPCI')}"
    if crossing:
        shown = listing(sorted(crossing)) if len(crossing) <= 4 else number(len(crossing))
        noun = "à cheval sur un autre département, pris en entier"
        said += f", dont {shown} {noun}" if len(crossing) <= 4 else f", dont {shown}{NBSP}{noun}"
    return typographic(f"{said}.")


class PlacePage(QWidget):
    """« Où ranger la base ? »: a folder, a name, the room left."""

    changed = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = QLineEdit(str(folder))
        self.folder.setAccessibleName("Dossier de la base")
        self.name = QLineEdit()
        self.name.setAccessibleName("Nom de la base")
        self.note = text("", "hint", wrap=True)
        self._touched = False
        choose = button("Choisir…", self._choose, icon="folder")
        layout = column(
            text("Dossier", "label"), row(self.folder, choose), 4,
            text("Nom du fichier", "label"), row(self.name, text(SUFFIX, "second")), self.note,
            8, text(typographic(
                "La base est un seul fichier : pour travailler ailleurs, copiez-le sur une clé. "
                "Les copies datées vont dans le dossier « sauvegardes », à côté."), "second", wrap=True),
            None, gap=6,
        )  # fmt: skip
        self.setLayout(layout)
        self.name.textEdited.connect(self._edited)
        self.folder.textChanged.connect(self._say)
        self.name.textChanged.connect(self._say)

    def propose(self, names: list[str]) -> None:
        """Propose a file name made of the départements, unless the user typed one."""
        if not self._touched:
            self.name.setText(slug("-".join(names[:3])) or "base")
        self._say()

    def path(self) -> Path:
        """The file to create."""
        return Path(self.folder.text()).expanduser() / f"{self.name.text().strip()}{SUFFIX}"

    def ready(self) -> bool:
        """True if a name is given and no file would be replaced."""
        return bool(self.name.text().strip()) and bool(self.folder.text()) and not self.path().exists()

    def _edited(self) -> None:
        self._touched = True

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Où ranger la base", self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _say(self) -> None:
        if self.path().exists():
            self.note.setText(typographic("Une base porte déjà ce nom : changez-le, ou ouvrez-la."))
        else:
            self.note.setText(free_text(Path(self.folder.text()).expanduser()))
        self.changed.emit()


def free_text(folder: Path) -> str:
    """Say the room left on the disk of a folder that may not exist yet."""
    existing = next((path for path in (folder, *folder.parents) if path.exists()), None)
    if existing is None:
        return typographic("Ce dossier est introuvable.")
    free = shutil.disk_usage(existing).free / GIGABYTE
    room = number(free, 1 if free < 10 else 0)
    return typographic(f"Espace libre : {room}{NBSP}Go. Une base en occupe moins d’un.")


def slug(name: str) -> str:
    """Return a file name without accent nor space: « deux-sevres »."""
    return "-".join(fold(name).split())


class BeginPage(QWidget):
    """« Commencer »: three ways in, one of them the main one."""

    def __init__(self, choices: list[tuple[str, str, str, Callable[[], object]]]) -> None:
        """choices: icon, verb, sentence, action."""
        super().__init__()
        self.choices = [BigChoice(*choice) for choice in choices]
        self.setLayout(column(*self.choices, None, gap=12))


class BigChoice(QToolButton):
    """A whole card that acts as a button."""

    def __init__(self, icon: str, verb: str, sentence: str, action: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "choice")
        self.setAccessibleName(verb)
        self.setAccessibleDescription(sentence)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(76)
        self.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)
        words = column(text(verb, "section"), text(sentence, "second", wrap=True), gap=2)
        layout = row(picture(icon, "encre", 26), words, picture("arrow-right", "texte3"), gap=16)
        layout.setStretch(1, 1)
        layout.setContentsMargins(18, 12, 18, 12)
        self.setLayout(layout)
        for label in self.findChildren(QWidget):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(lambda _checked=False: action())

    def sizeHint(self) -> QSize:
        """As its content."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()


def brand() -> QWidget:
    """Return the mark and the name above the wizard."""
    label = QToolButton()
    label.setIcon(icons.app_icon())
    label.setIconSize(QSize(36, 36))
    label.setEnabled(True)
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    label.setAccessibleName("Maillage")
    holder = QWidget()
    holder.setLayout(row(label, text("Maillage", "title"), None, gap=10))
    return holder
