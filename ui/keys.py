"""The keyboard of the window: what each key does, registered once, listed under « Raccourcis »."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.places import BOTTOM, TOP


@dataclass(frozen=True, slots=True)
class Key:
    """One effect: name of the action, keys to register, keys and effect as read by the user."""

    action: str
    sequences: tuple[str, ...]
    shown: str
    effect: str


DIGITS: tuple[tuple[str, ...], ...] = (
    ("Ctrl+1", "Ctrl+&"),
    ("Ctrl+2", "Ctrl+É"),
    ("Ctrl+3", 'Ctrl+"'),
    ("Ctrl+4", "Ctrl+'"),
    ("Ctrl+5", "Ctrl+("),
    ("Ctrl+6",),  # its sign is the hyphen, which reduces the texts
    ("Ctrl+7", "Ctrl+È"),
    ("Ctrl+8", "Ctrl+_"),
    ("Ctrl+9", "Ctrl+Ç"),
)
"""The top row of a French keyboard gives & é " ' ( - è _ ç without Maj: both are registered."""


def _page_keys() -> tuple[Key, ...]:
    """Return the keys of the pages that exist, in the order of the rail; the last is that of the settings."""
    top = [
        Key(f"page:{i}", DIGITS[i], DIGITS[i][0], place.label) for i, place in enumerate(TOP[: len(DIGITS)])
    ]
    bottom = [
        Key(f"page:{len(TOP) + i}", ("Ctrl+,",), "Ctrl+,", place.label) for i, place in enumerate(BOTTOM)
    ]
    return (*top, *bottom)


KEYS: tuple[Key, ...] = (
    *_page_keys(),
    Key("palette", ("Ctrl+K",), "Ctrl+K", "Rechercher ou agir"),
    Key("territory", ("Ctrl+T",), "Ctrl+T", "Choisir le territoire"),
    Key("references", ("Ctrl+R",), "Ctrl+R", "Choisir les repères"),
    Key("year:-1", ("Ctrl+PgUp",), "Ctrl+Pg préc.", "Année avant"),
    Key("year:1", ("Ctrl+PgDown",), "Ctrl+Pg suiv.", "Année après"),
    Key("undo", ("Ctrl+Z",), "Ctrl+Z", "Annuler"),
    Key("redo", ("Ctrl+Y", "Ctrl+Shift+Z"), "Ctrl+Y", "Rétablir"),
    Key("save", ("Ctrl+S",), "Ctrl+S", "Copie datée (tout est déjà enregistré)"),
    Key("open", ("Ctrl+O",), "Ctrl+O", "Ouvrir une autre base"),
    Key("back", ("Alt+Left",), "Alt+←", "Page ou territoire précédent"),
    Key("forward", ("Alt+Right",), "Alt+→", "Page ou territoire suivant"),
    Key("zone:1", ("F6",), "F6", "Zone suivante"),
    Key("zone:-1", ("Shift+F6",), "Maj+F6", "Zone précédente"),
    Key("zoom:1", ("Ctrl++", "Ctrl+="), "Ctrl++", "Agrandir les textes"),
    Key("zoom:-1", ("Ctrl+-",), "Ctrl+-", "Réduire les textes"),
    Key("zoom:0", ("Ctrl+0", "Ctrl+À"), "Ctrl+0", "Taille normale des textes"),
    Key("full", ("F11",), "F11", "Plein écran"),
    Key("help", ("F1",), "F1", "Aide et raccourcis"),
)
TABLE_KEYS: tuple[tuple[str, str], ...] = (
    ("Ctrl+C", "Copier la sélection d’un tableau"),
    ("Ctrl+Maj+C", "Copier avec la source"),
    ("Entrée", "Ouvrir la ligne"),
    ("Échap", "Fermer, effacer le filtre"),
)


def shown_keys(action: str) -> str:
    """Return the keys of an action as the user reads them, empty if it has none."""
    return next((key.shown for key in KEYS if key.action == action), "")


def register(window: QWidget, actions: Mapping[str, Callable[[], object]]) -> list[QShortcut]:
    """Register every key whose action is given. Raises KeyError if an action of KEYS is missing."""
    made = []
    for key in KEYS:
        for sequence in key.sequences:
            shortcut = QShortcut(QKeySequence(sequence), window)
            shortcut.activated.connect(actions[key.action])
            made.append(shortcut)
    return made
