"""« Réglages »: appearance, territory, thresholds, history, copies, shortcuts, about."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QScrollArea, QVBoxLayout, QWidget

from app.changes import Changes, Topic
from app.domain.errors import DomainError
from app.domain.french import typographic
from ui.errors import sentence
from ui.views.page import Kit, Page
from ui.views.settings_alerts import AlertsSection
from ui.views.settings_history import BackupsSection, HistorySection
from ui.views.settings_sections import (
    AboutSection,
    AppearanceSection,
    Section,
    ShortcutsSection,
    TerritorySection,
)
from ui.views.settings_thresholds import ThresholdsSection
from ui.widgets.parts import Banner, scrolled, text

if TYPE_CHECKING:
    from app.domain.alerts import AlertRule
    from app.progress import Progress
    from app.services import Services
    from app.services.rows import HistoryRow, ParameterRow
    from ui.tasks import Task

LIST_WIDTH = 180
ROW = 32


class SettingsPage(Page):
    """One scrolled page; the list at the left goes to a section."""

    title = "Réglages"
    icon = "settings"

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self._wanted = False
        theme = kit.theme
        self.appearance = AppearanceSection(theme)
        self.thresholds = ThresholdsSection(
            theme, self._set_parameter, writable=not kit.services.base.read_only
        )
        self.alerts = AlertsSection(theme, self._set_rule, writable=not kit.services.base.read_only)
        self.history = HistorySection(theme, self._undo)
        self.backups = BackupsSection(theme, self._backup, kit.services)
        self.shortcuts_section = ShortcutsSection(theme)
        self.sections: dict[str, Section] = {
            "appearance": self.appearance,
            "territory": TerritorySection(kit.services, theme),
            "thresholds": self.thresholds,
            "alerts": self.alerts,
            "history": self.history,
            "backups": self.backups,
            "shortcuts": self.shortcuts_section,
            "about": AboutSection(theme),
        }
        self._build()

    def _build(self) -> None:
        self.banner = Banner()
        self.list = QListWidget()
        self.list.setAccessibleName("Rubriques des réglages")
        self.list.setProperty("zone", True)
        self.list.setProperty("role", "nav")
        self.list.setFixedWidth(self.kit.theme.px(LIST_WIDTH))
        inside = QWidget()
        inside.setProperty("role", "page")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 20, 20)
        layout.setSpacing(12)
        for key, section in self.sections.items():
            item = QListWidgetItem(section.title.text())
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setSizeHint(QSize(0, self.kit.theme.px(ROW)))
            self.list.addItem(item)
            layout.addWidget(section)
        layout.addStretch(1)
        self.area: QScrollArea = scrolled(inside)
        self.area.setProperty("zone", True)
        left = QVBoxLayout()
        left.addWidget(text(self.title, "title"))
        left.addSpacing(10)
        left.addWidget(self.list, 1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.banner)
        right.addWidget(self.area, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(20, 18, 0, 0)
        outer.setSpacing(20)
        outer.addLayout(left)
        outer.addLayout(right, 1)
        self.list.setCurrentRow(0)
        self.list.currentItemChanged.connect(self._go)
        self.kit.theme.changed.connect(self._theme_changed)

    def _theme_changed(self) -> None:
        for i in range(self.list.count()):
            self.list.item(i).setSizeHint(QSize(0, self.kit.theme.px(ROW)))
        self.list.setFixedWidth(self.kit.theme.px(LIST_WIDTH))

    # -- page --------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read parameters and history again."""
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        self._reading = self.kit.runner.read(partial(_read, self.kit.services), self._show)

    def concerned(self, changes: Changes) -> bool:
        """Settings and journal only."""
        return changes.touches(Topic.SETTINGS, Topic.JOURNAL, Topic.BASE, Topic.ALERTS)

    def context_changed(self, context: object) -> None:
        """Nothing here depends on the territory shown."""

    def receive(self, **wishes: Any) -> None:
        """section: key of the section to show; keys: shortcuts of other pages."""
        if wishes.get("keys"):
            self.shortcuts_section.show_keys(wishes["keys"])
        section = wishes.get("section")
        if section in self.sections:
            self._wanted = self._reading is not None and self._reading.running
            self.list.setCurrentRow(list(self.sections).index(section))
            self._go()

    def _go(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            section = self.sections[item.data(Qt.ItemDataRole.UserRole)]
            self.area.verticalScrollBar().setValue(section.y())

    def _show(self, read: tuple[list[ParameterRow], list[HistoryRow], tuple[AlertRule, ...]]) -> None:
        parameters, history, rules = read
        self.thresholds.show_rows(parameters)
        self.alerts.show_rules(rules)
        self.history.show_rows(history)
        self.backups.show_copies()
        if self._wanted:  # what was read moved the sections below it
            self._wanted = False
            QTimer.singleShot(0, self._go)

    # -- actions -----------------------------------------------------------------------------------------

    def _set_parameter(self, code: str, value: str) -> None:
        call = partial(_set, self.kit.services, code, value)
        self.kit.runner.write(call, self._changed, refused=self._parameter_refused)

    def _set_rule(self, code: str, threshold: float | None, active: bool | None) -> None:
        call = partial(_set_rule, self.kit.services, code, threshold, active)
        self.kit.runner.write(call, self._changed, refused=self._parameter_refused)

    def _parameter_refused(self, error: DomainError) -> None:
        self.banner.say(sentence(error), "rouge")
        self.reload()

    def _undo(self) -> None:
        self.kit.runner.write(partial(_undo, self.kit.services), self._undone)

    def _undone(self, done: tuple[str, Changes]) -> None:
        self.kit.notify(typographic(f"Annulé : {done[0]}"))
        self._changed(done[1])

    def _changed(self, changes: Changes) -> None:
        self.banner.hide()
        self.kit.hub.changed.emit(changes)

    def _backup(self) -> None:
        self.kit.runner.write(partial(_copy, self.kit.services), self._copied, name="Copie de la base")

    def _copied(self, _path: Path) -> None:
        self.kit.notify(f"Copie datée du {datetime.now():%d/%m/%Y à %H:%M}")
        self.backups.show_copies()


def _read(
    services: Services, _progress: Progress
) -> tuple[list[ParameterRow], list[HistoryRow], tuple[AlertRule, ...]]:
    return services.settings.parameters(), services.base.history(200), services.alerts.rules()


def _set(services: Services, code: str, value: str, _progress: Progress) -> Changes:
    return services.settings.set_parameter(code, value)


def _set_rule(
    services: Services, code: str, threshold: float | None, active: bool | None, _progress: Progress
) -> Changes:
    if threshold is None and active is None:
        return services.alerts.reset_rule(code)
    return services.alerts.set_rule(code, threshold=threshold, active=active)


def _undo(services: Services, _progress: Progress) -> tuple[str, Changes]:
    return services.base.undo()


def _copy(services: Services, _progress: Progress) -> Path:
    return services.base.backup(None)
