"""Options of the document: logo, title, dates, readers, what it is compared with."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.french import THIN
from app.domain.secrecy_model import LABELS
from app.domain.territory import Level
from ui.views import diagnostic_calls as calls
from ui.widgets.fields import CheckField, ChoiceField, DateField, TextField
from ui.widgets.parts import Elided, button, column, row, text

if TYPE_CHECKING:
    from app.domain.diagnostic import DiagnosticOptions
    from app.progress import Progress
    from app.services import Services
    from app.services.diagnostics_rows import DiagnosticDetail
    from ui.views.diagnostic_session import Session

PICTURES = "Images (*.png *.jpg *.jpeg)"
MAIN = "couv_global"
LOGO = QSize(180, 44)
REFERENCES = (("departement", "Département"), ("region", "Région"), ("france", "France"))


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen: years of the key figures, groups of comparable Epci."""

    years: tuple[int, ...]
    groups: tuple[tuple[str, str], ...]


def read_choices(services: Services, _progress: Progress) -> Choices:
    """Read what may be chosen in this base."""
    years = services.indicators.years(MAIN, Level.EPCI)
    groups = services.coverage.groups(Level.EPCI)
    return Choices(tuple(reversed(years)), tuple((group.code, group.name) for group in groups))


def choose_picture(parent: QWidget) -> str:
    """Ask for an image; empty when the user gives up."""
    return QFileDialog.getOpenFileName(parent, "Logo de la Caf", "", PICTURES)[0]


class OptionsPanel(QWidget):
    """Each change is one action; a validated diagnostic shows them without letting them change."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self.choose: Callable[[QWidget], str] = choose_picture
        self.title = TextField("Titre", required=True)
        self.period = TextField("Période de la convention", placeholder="2027-2031")
        self.date = DateField("Date imprimée (vide : le jour de l’édition)".replace(" :", f"{THIN}:"))
        self.year = ChoiceField("Année des chiffres clés", [])
        self.profile = ChoiceField("Lecteurs", tuple(LABELS.items()), required=True)
        self.group = ChoiceField("Groupe de comparaison", [])
        self.references = {code: CheckField(words) for code, words in REFERENCES}
        self.grey = CheckField("Imprimer en gris")
        self.logo_name = Elided("", "second")
        self.logo = text()
        self.logo.hide()
        self.pick = button("Choisir un logo…", self.choose_logo, icon="photo")
        self.drop = button("Retirer", partial(self._set, "logo", ""), role="link")
        self.error = text("", "hint", tone="rouge", wrap=True)
        self.error.hide()
        self._lay_out()
        self.title.committed.connect(self._rename)
        self.date.committed.connect(self._set_date)
        self.grey.committed.connect(partial(self._set, "grey"))
        self.year.committed.connect(partial(self._set, "year"))
        for name, field in (("period", self.period), ("profile", self.profile), ("group", self.group)):
            field.committed.connect(partial(self._set_text, name))
        for box in self.references.values():
            box.committed.connect(self._set_references)
        session.detail_read.connect(self._fill)

    def _lay_out(self) -> None:
        compared = column(text("Comparer à", "label"), *self.references.values(), gap=0)
        layout = column(
            self.title, self.period, self.date, self.year, self.profile, compared, self.group, self.grey,
            text("Logo de la Caf", "label"), self.logo, self.logo_name, row(self.pick, self.drop, None),
            self.error, None, gap=10,
        )  # fmt: skip
        layout.setContentsMargins(16, 12, 16, 16)
        self.setLayout(layout)

    # -- reading -----------------------------------------------------------------------------------------

    def read_choices(self) -> None:
        """Read years and groups again."""
        kit = self._session.kit
        kit.runner.read(partial(read_choices, kit.services), self._offer)

    def _offer(self, choices: Choices) -> None:
        self.year.set_choices([(year, str(year)) for year in choices.years])  # type: ignore[misc]
        self.year.box.setItemText(0, "la plus récente")
        self.group.set_choices(choices.groups)
        self.group.box.setItemText(0, "aucun" if choices.groups else "aucun groupe n’est défini")
        if self._session.detail is not None:
            self._fill(self._session.detail)

    def _fill(self, detail: DiagnosticDetail) -> None:
        options = detail.options
        self.title.set_value(detail.row.title)
        self.period.set_value(options.period)
        self.date.set_value(datetime.date.fromisoformat(options.date) if options.date else None)
        self.year.set_value(options.year)
        self.profile.set_value(options.profile)
        self.group.set_value(options.group or None)
        for code, field in self.references.items():
            field.set_value(code in options.references)
        self.grey.set_value(options.grey)
        self._show_logo(options.logo)
        for child in (
            self.title, self.period, self.date, self.year, self.profile, self.group, self.grey, self.pick,
            *self.references.values(), self.drop,
        ):  # fmt: skip
            child.setEnabled(not self._session.locked)

    def _show_logo(self, path: str) -> None:
        picture = QPixmap(path) if path else QPixmap()
        held = not picture.isNull()
        self.logo.setVisible(held)
        if held:
            ratio = self.devicePixelRatioF()
            shown = picture.scaled(
                LOGO * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            shown.setDevicePixelRatio(ratio)
            self.logo.setPixmap(shown)
        self.logo.setAccessibleName("Logo choisi" if held else "")
        self.logo_name.setText(Path(path).name if path else "aucun logo")
        self.drop.setVisible(bool(path))
        missing = f"Ce fichier n’est plus là{THIN}: la couverture s’imprime sans logo."
        self._say(missing if path and not held else "")

    def _say(self, words: str) -> None:
        self.error.setText(words)
        self.error.setVisible(bool(words))

    # -- writing -----------------------------------------------------------------------------------------

    def choose_logo(self) -> None:
        """Ask for an image and keep it if it can be read."""
        path = self.choose(self)
        if not path:
            return
        if not QImageReader(path).canRead():
            self._say("Ce logo ne peut pas être lu. Choisissez une image PNG ou JPEG.")
            return
        self._say("")
        self._set("logo", path)

    def _set(self, name: str, value: Any) -> None:
        if self._session.detail is not None:
            options: DiagnosticOptions = replace(self._session.detail.options, **{name: value})
            self._session.set_options(options)

    def _set_text(self, name: str, value: Any) -> None:
        self._set(name, value or "")

    def _set_date(self, value: datetime.date | None) -> None:
        self._set("date", value.isoformat() if value else "")

    def _set_references(self, _value: bool) -> None:
        self._set("references", tuple(code for code, field in self.references.items() if field.read()))

    def _rename(self, title: str) -> None:
        self._session.write(calls.rename, title)
