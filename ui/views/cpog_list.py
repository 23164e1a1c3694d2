"""Left of « CPOG »: the indicators of the contract, by family, with filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QMenu, QVBoxLayout

from app.domain.cpog_codes import IndicatorType, Nature
from app.domain.trajectory import IndicatorState
from app.services.cpog_rows import CpogRow, Filters, IndicatorRow
from app.services.cpog_view import keep
from ui import icons, labels_cpog
from ui.views.cpog_list_model import LINE_ROLE, IndicatorDelegate, IndicatorsModel, lines_of
from ui.views.cpog_words import LOOKS, contract_count, contract_title
from ui.widgets.parts import button, fictitious, icon_button, picture, row, text

if TYPE_CHECKING:
    from ui.theme import Theme

WIDTH, NARROW = 296, 252
FOOT = (
    (IndicatorState.TUNNEL, "tunnel"),
    (IndicatorState.BELOW, "basse"),
    (IndicatorState.ABOVE, "haute"),
    (IndicatorState.FOLLOW, "suivi"),
)

CONTRACT = "Contrat\u202f: dates, parties, actes, indicateurs, engagements"


class IndicatorsView(QListView):
    """The list itself: the current line is the indicator shown."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée opens as the double click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class IndicatorsPanel(QFrame):
    """Title, filter, list and legend; `chosen` carries the key of the indicator."""

    chosen = Signal(str)
    opened = Signal()
    contract_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[IndicatorRow] = []
        self._filters = Filters()
        self.setProperty("role", "panel")
        self.setProperty("side", "left")
        self.setProperty("zone", "cpog-list")
        self.title = text("", "section")
        self.badge = fictitious()
        self.contract = icon_button("contract", CONTRACT, self.contract_asked.emit)
        self.count = text("", "hint", wrap=True)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filtrer")
        self.filter.setAccessibleName("Filtrer les indicateurs")
        self.filter.setClearButtonEnabled(True)
        self.filter.addAction(icons.icon("search", "texte3"), QLineEdit.ActionPosition.LeadingPosition)
        self.more = icon_button("filter", "Filtres", framed=True)
        self.clear = button("Tout effacer", self.clear_filters, role="link")
        self.model = IndicatorsModel(self)
        self.list = IndicatorsView()
        self._dress_list()
        self._build_menu()
        self._lay_out()
        self.filter.textChanged.connect(self._text_changed)
        shortcut = QShortcut(QKeySequence("Ctrl+F"), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(self.filter.setFocus)

    def _dress_list(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(IndicatorDelegate(self._theme, self.list))
        self.list.setAccessibleName("Indicateurs du CPOG")
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setUniformItemSizes(False)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.list.activated.connect(lambda _index: self.opened.emit())
        self._theme.changed.connect(self.list.doItemsLayout)

    def _lay_out(self) -> None:
        head = row(self.title, self.badge, None, self.contract)
        search = row(self.filter, self.more, gap=6)
        foot = row(gap=5)
        for state, word in FOOT:
            icon, token = LOOKS[state]
            foot.addWidget(picture(icon, token, 14))
            foot.addWidget(text(word, "legend"))
            foot.addSpacing(5)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 8, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.count)
        column.addLayout(search)
        column.addWidget(self.clear)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self.clear.hide()

    # -- filters -----------------------------------------------------------------------------------------

    def _build_menu(self) -> None:
        menu = QMenu(self)
        self.explain_action = self._toggle(menu, "À expliquer", "to_explain")
        self.pinned_action = self._toggle(menu, "Tableau de bord", "pinned")
        menu.addSeparator()
        self._choices(menu.addMenu("Nature"), "nature", [(n, labels_cpog.NATURE[n]) for n in Nature])
        self._choices(menu.addMenu("Type"), "type", [(t, labels_cpog.TYPE[t]) for t in IndicatorType])
        states = [(frozenset({s}), labels_cpog.STATE[s].capitalize()) for s in IndicatorState]
        self._choices(menu.addMenu("État"), "states", states)
        self.domains = menu.addMenu("Domaine")
        self.fiches = menu.addMenu("Fiche de la COG")
        self.more.setMenu(menu)
        self.more.setPopupMode(self.more.ToolButtonPopupMode.InstantPopup)

    def _toggle(self, menu: QMenu, words: str, field: str) -> QAction:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.toggled.connect(lambda on: self._filter(**{field: on}))
        return action

    def _choices(self, menu: QMenu, field: str, choices: Sequence[tuple[object, str]]) -> None:
        menu.clear()
        group = QActionGroup(menu)
        blank: object = frozenset() if field == "states" else None if field in ("nature", "type") else ""
        for value, words in [(blank, "Tous"), *choices]:
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(value == getattr(self._filters, field))
            action.setActionGroup(group)
            action.triggered.connect(lambda _on=False, kept=value: self._filter(**{field: kept}))

    def _filter(self, **changed: object) -> None:
        self._filters = replace(self._filters, **changed)  # type: ignore[arg-type]
        self._fill()

    def _text_changed(self, words: str) -> None:
        self._filter(text=words)

    def clear_filters(self) -> None:
        """Show every indicator again."""
        self._filters = Filters()
        self.filter.clear()
        for action in (self.explain_action, self.pinned_action):
            action.setChecked(False)
        self._fill_menus()
        self._fill()

    def keep_to_explain(self) -> None:
        """Show only gaps to explain."""
        self.explain_action.setChecked(True)

    # -- content -----------------------------------------------------------------------------------------

    def show_rows(self, contract: CpogRow, rows: Sequence[IndicatorRow]) -> None:
        """Show the indicators of a contract at a year."""
        self._rows = list(rows)
        self.title.setText(contract_title(contract))
        self.badge.setVisible(any(item.fictitious for item in rows))
        self.count.setText(contract_count(contract))
        self._fill_menus()
        self._fill()

    def _fill_menus(self) -> None:
        self._choices(self.fiches, "fiche", self._kept("fiche"))
        self._choices(self.domains, "domain", self._kept("domain"))

    def _kept(self, field: str) -> list[tuple[object, str]]:
        found = dict.fromkeys(getattr(item, field) for item in self._rows)
        names = [name for name in found if name]
        ordered = sorted(names, key=lambda n: (len(n), n)) if field == "fiche" else names
        return [(name, f"Fiche {name}" if field == "fiche" else name) for name in ordered]

    def _fill(self) -> None:
        filtered = self._filters != Filters()
        kept = keep(self._rows, self._filters)
        uuid = self.current
        self.model.show_lines(lines_of(kept, self._rows, filtered=filtered))
        self.clear.setVisible(filtered)
        shown = sum(line.row is not None and not line.child for line in self.model.lines)
        total = sum(not item.parent_uuid for item in self._rows)
        self.clear.setText(f"{shown} sur {total}, tout effacer")
        self.clear.setAccessibleName(self.clear.text())
        self.set_current(uuid)

    @property
    def current(self) -> str:
        """Key of the current indicator."""
        line = self.list.currentIndex().data(LINE_ROLE)
        return line.row.uuid if line is not None and line.row is not None else ""

    def first(self) -> str:
        """Key of the first indicator of the list, the first one to explain if any."""
        rows = [line.row for line in self.model.lines if line.row is not None]
        return rows[0].uuid if rows else ""

    def set_current(self, uuid: str) -> None:
        """Make an indicator the current one, without telling it; the parent of a hidden sub-series."""
        place = self.model.place_of(uuid)
        if place < 0:
            parent = next((item.parent_uuid for item in self._rows if item.uuid == uuid), "")
            place = self.model.place_of(parent) if parent else -1
        if place >= 0:
            chosen = self.list.selectionModel()
            chosen.blockSignals(True)
            chosen.setCurrentIndex(self.model.index(place), QItemSelectionModel.SelectionFlag.ClearAndSelect)
            chosen.blockSignals(False)
            self.list.scrollTo(self.model.index(place))
            self.list.viewport().update()

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        line = current.data(LINE_ROLE)
        if line is not None and line.row is not None:
            self.chosen.emit(line.row.uuid)

    def set_compact(self, compact: bool) -> None:
        """A narrower list on a narrow window."""
        self.setFixedWidth(self._theme.px(NARROW if compact else WIDTH))

    def sizeHint(self) -> QSize:
        """The width of the design."""
        return QSize(self._theme.px(WIDTH), 400)
