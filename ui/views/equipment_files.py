"""What goes out of the register and comes in: table, template, lines pasted from a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.domain.errors import DomainError
from app.domain.french import plural, typographic
from app.domain.secrecy_model import CAF, PARTNER
from app.services.export import write_csv, write_table
from ui import icons, labels
from ui.errors import sentence
from ui.labels_register import RELIABILITY, STATUS, choice_label, kind_label
from ui.views.equipment_parts import ask_where, quiet

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services.register_rows import EquipmentRow, PasteResult
    from ui.views.page import Kit
    from ui.widgets.parts import Banner

KINDS = "Classeur (*.xlsx);;Texte (*.csv)"
HEADERS = (
    "Nom", "Type", "Site", "Code commune", "Commune", "EPCI", "Statut", "Gestionnaire",
    "Nature du gestionnaire", "Places agréées", "Places ouvertes", "Fin d’agrément",
    "Signaux au-delà du seuil", "Signaux connus", "Longitude", "Latitude", "Emplacement exact", "Source",
    "Année de la source", "Fiabilité", "Fictif", "Identifiant",
)  # fmt: skip
CAF_ONLY = ("Signaux au-delà du seuil", "Signaux connus")
"""What the Caf alone says of a service."""


def cells(line: EquipmentRow) -> list[object]:
    """One line of the file; an absence is written n.d., never zero."""

    def known(value: object) -> object:
        return "n.d." if value in (None, "") else value

    def place(degrees: float | None) -> float | None:
        return round(degrees, 6) if line.precise and degrees is not None else None

    return [
        line.name, kind_label(line.kind), line.site, line.code_commune, line.commune, line.epci,
        STATUS[line.status], known(line.manager),
        known(choice_label("manager_kind", line.manager_kind) if line.manager_kind else ""),
        known(line.licensed), "n.d." if line.opened_unknown else known(line.opened),
        known(line.licence_to and f"{line.licence_to:%d/%m/%Y}"),
        known(line.signals if line.signals_known else None), line.signals_known,
        place(line.lon), place(line.lat),
        "oui" if line.precise else "non", line.source, line.source_year,
        RELIABILITY[line.reliability] if line.reliability else "",
        labels.FICTITIOUS if line.fictitious else "", line.uuid,
    ]  # fmt: skip


def write_rows(path: Path, rows: Sequence[EquipmentRow], profile: str, _progress: Progress) -> Path:
    """Write the rows as a workbook, or as text for a French spreadsheet; the signals stay with the Caf.

    Raises WriteRefused, DiskFull.
    """
    kept = [at for at, header in enumerate(HEADERS) if profile == CAF or header not in CAF_ONLY]
    headers = [HEADERS[at] for at in kept]
    lines = [[line[at] for at in kept] for line in map(cells, rows)]
    if path.suffix.lower() != ".csv":
        write_table(path, "Équipements", headers, lines)
        return path
    write_csv(path, (headers, *lines))
    return path


class FilesButton(QToolButton):
    """« Fichiers »: export of what is listed, template to fill in, import, paste of new lines."""

    def __init__(self, kit: Kit, banner: Banner, rows: Callable[[], list[EquipmentRow]]) -> None:
        super().__init__()
        self.kit = kit
        self._banner = banner
        self._rows = rows
        self.choose = ask_where
        self.setText("Fichiers")
        self.setIcon(icons.icon("file-spreadsheet", "texte2"))
        self.setAccessibleName("Fichiers\u202f: exporter, importer, coller")
        self.setToolTip("Exporter, importer, coller")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("role", "framed")
        self.setMinimumHeight(32)
        menu = QMenu(self)
        for icon, said, act, keys in (
            ("file-export", "Exporter la liste (classeur ou texte)…", self.export, "Ctrl+E"),
            ("file-export", "Exporter pour un partenaire, sans les signaux…", self.export_outside, ""),
            ("file-spreadsheet", "Enregistrer le modèle à remplir…", self.write_template, ""),
            ("file-import", "Importer un fichier", partial(kit.navigate, "data", tab="import"), ""),
            ("clipboard", "Coller des lignes nouvelles", self.paste_clipboard, ""),
        ):
            action = menu.addAction(icons.icon(icon, "texte2"), said)
            if keys:
                action.setShortcut(QKeySequence(keys))
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked=False, act=act: act())
        self.setMenu(menu)

    def export_outside(self) -> None:
        """Same, without what stays with the Caf."""
        self.export(PARTNER)

    def export(self, profile: str = CAF) -> None:
        """Ask for a file, then write the rows listed, as a profile may read them."""
        chosen = self.choose(self._window(), "Exporter les équipements", "equipements.xlsx", KINDS)
        if chosen:
            call = partial(write_rows, Path(chosen), self._rows(), profile)
            self.kit.runner.read(call, self._written, refused=self._refuse, name="Export des équipements")

    def write_template(self) -> None:
        """Ask for a file, then write the workbook to fill in."""
        chosen = self.choose(
            self._window(), "Modèle à remplir", "modele_equipements.xlsx", "Classeur (*.xlsx)"
        )
        if chosen:
            path = Path(chosen)
            call = quiet(_template, self.kit.services.register.write_template, path)
            self.kit.runner.read(call, self._written, refused=self._refuse)

    def paste_clipboard(self) -> None:
        """Read what was copied in a spreadsheet as new lines."""
        self.paste(QGuiApplication.clipboard().text())

    def paste(self, pasted: str) -> None:
        """Say what a pasted table would add, and ask before writing it."""
        call = quiet(self.kit.services.register.paste, pasted, simulate=True)
        self.kit.runner.read(call, partial(self._propose, pasted), refused=self._refuse)

    def _propose(self, pasted: str, found: PasteResult) -> None:
        said = paste_words(found)
        verbs = [("Ne rien changer", self._banner.hide)]
        if found.new or found.changed:
            verbs.insert(0, ("Ajouter au registre", partial(self._apply, pasted)))
        self._banner.say(said, "ocre" if found.anomalies else "", *verbs)

    def _apply(self, pasted: str) -> None:
        call = quiet(self.kit.services.register.paste, pasted)
        self.kit.runner.write(call, self._pasted, refused=self._refuse)

    def _pasted(self, done: PasteResult) -> None:
        self._banner.hide()
        self.kit.hub.changed.emit(done.changes)
        self.kit.notify(paste_words(done, done=True))

    def _written(self, path: Path) -> None:
        self.kit.notify(typographic(f"Fichier écrit : {path.name}"))

    def _refuse(self, error: DomainError) -> None:
        self._banner.say(sentence(error), "rouge")

    def _window(self) -> QWidget:
        return self.window()


def _template(write: Callable[[Path], None], path: Path) -> Path:
    write(path)
    return path


def paste_words(found: PasteResult, *, done: bool = False) -> str:
    """« 12 lignes lues : 10 équipements nouveaux, 1 modifié. Ligne 4 : … »."""
    from app.domain.anomaly import anomaly_text

    news = plural(found.new, "équipement nouveau", "équipements nouveaux")
    parts = [
        news,
        plural(found.changed, "modifié", "modifiés"),
        plural(found.unchanged, "inchangé", "inchangés"),
    ]
    kept = [
        part for part, count in zip(parts, (found.new, found.changed, found.unchanged), strict=True) if count
    ]
    head = plural(found.rows_read, "ligne lue", "lignes lues")
    said = f"{head} : {', '.join(kept) or 'rien de nouveau'}."
    for anomaly in found.anomalies[:2]:
        said += f" Ligne {anomaly.line} : {anomaly_text(anomaly)[1]}"
    if len(found.anomalies) > 2:
        said += f" Et {plural(len(found.anomalies) - 2, 'autre remarque', 'autres remarques')}."
    return typographic(said if not done else said.replace(" lue", " collée", 1))
