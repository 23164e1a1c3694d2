# ruff: noqa: E501 - one rule of style a line
"""The one style sheet of the application, written from tokens and zoomed lengths."""

from __future__ import annotations

import re
from collections.abc import Callable

import resources

_LENGTH = re.compile(r"\b(\d+(?:\.\d+)?)z\b")
_TOKEN = re.compile(r"@(\w+)")


def sheet(colour: Callable[[str], str], px: Callable[[float], int]) -> str:
    """Return the style sheet: @token becomes its colour, « 13z » becomes a length at the font zoom."""
    tick = resources.path("icons", "qss", "tick_dark.svg" if colour("sur_encre") != "#FFFFFF" else "tick.svg")
    text = QSS.replace("$tick", tick.as_posix())
    arrow = resources.path(
        "icons", "qss", "down_dark.svg" if colour("sur_encre") != "#FFFFFF" else "down.svg"
    )
    text = text.replace("$down", arrow.as_posix()).replace(
        "$up", arrow.with_name(arrow.name.replace("down", "up")).as_posix()
    )
    text = _LENGTH.sub(lambda match: f"{px(float(match.group(1)))}px", text)
    return _TOKEN.sub(lambda match: colour(match.group(1)), text)


QSS = """
QToolTip { color: @texte; background: @surface; border: 1px solid @trait_fort; padding: 4px 6px; }
QMainWindow, QDialog, QWidget[role="window"] { background: @fond; }
QWidget[role="page"], QStackedWidget[role="pages"] { background: @fond; }
QWidget[role="surface"] { background: @surface; }

/* text */
QLabel { background: transparent; }
QLabel[role="title"] { font: 600 20z "Inter Display", "Inter"; }
QLabel[role="object"] { font: 600 16z "Inter Display", "Inter"; }
QLabel[role="section"] { font-size: 14z; font-weight: 600; }
QLabel[role="key"] { font: 600 29z "Inter Display", "Inter"; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="label"] { font-weight: 500; }
QLabel[role="second"] { color: @texte2; }
QLabel[role="hint"] { color: @texte3; font-size: 12z; }
QLabel[role="legend"] { color: @texte3; font-size: 11z; }
QLabel[role="group"] { color: @texte2; font-size: 12z; font-weight: 600; }
QLabel[role="badge"] { color: @texte2; background: @survol; border-radius: 4px; padding: 2px 8px; font-size: 12z; }
QLabel[role="fictif"] { color: @violet; background: @violet_doux; border: 1px dashed @violet; border-radius: 4px;
    padding: 1px 6px; font-size: 12z; font-weight: 500; }
QLabel[role="shortcut"] { color: @texte2; background: @surface; border: 1px solid @trait; border-radius: 4px;
    padding: 1px 5px; font-size: 11z; }
QLabel[tone="vert"] { color: @vert; } QLabel[tone="rouge"] { color: @rouge; }
QLabel[tone="ocre"] { color: @ocre; } QLabel[tone="encre"] { color: @encre; }

/* frames */
QFrame[role="card"] { background: @surface; border: 1px solid @trait; border-radius: 10px; }
QFrame[role="popover"] { background: @surface; border: 1px solid @trait_fort; border-radius: 12px; }
QFrame[role="line"] { background: @trait; border: none; }
QFrame[role="banner"] { border-radius: 7px; border: 1px solid @trait; background: @encre_doux; }
QFrame[role="banner"][tone="ocre"] { background: @ocre_doux; border-color: @ocre; }
QFrame[role="banner"][tone="rouge"] { background: @rouge_doux; border-color: @rouge; }
QFrame[role="banner"][tone="vert"] { background: @vert_doux; border-color: @vert; }
QFrame[role="toast"] { background: @surface; border: 1px solid @trait_fort; border-radius: 10px; }
QFrame[role="toast"][tone="rouge"] { background: @rouge_doux; border-color: @rouge; }
QWidget[role="rail"] { background: @fond; }
QFrame[role="context"] { background: @surface; border: none; border-bottom: 1px solid @trait; }
QFrame[role="status"] { background: @surface; border: none; border-top: 1px solid @trait; }
QFrame[role="status"] QLabel { color: @texte2; font-size: 12z; }
QFrame[role="status"] QLabel[tone="rouge"] { color: @rouge; }
QFrame[role="panel"] { background: @surface; border: none; }
QFrame[role="panel"][side="left"] { border-right: 1px solid @trait; }
QFrame[role="panel"][side="right"] { border-left: 1px solid @trait; }
QFrame[role="quote"] { background: @creux; border: none; border-left: 3px solid @encre; }
QFrame[role="lane"] { background: @creux; border: 1px solid @trait; border-radius: 8px; }

/* buttons */
QPushButton { background: @surface; color: @texte; border: 1px solid @trait; border-radius: 7px;
    padding: 0 14px; min-height: 30z; font-weight: 500; }
QPushButton:hover { background: @survol; }
QPushButton:pressed { background: @trait; }
QPushButton:disabled { color: @texte3; background: @creux; }
QPushButton[role="primary"] { background: @encre; color: @sur_encre; border-color: @encre; }
QPushButton[role="primary"]:hover { background: @encre_survol; border-color: @encre_survol; }
QPushButton[role="primary"]:disabled { background: @survol; color: @texte3; border-color: @trait; }
QPushButton[role="danger"] { color: @rouge; border-color: @rouge; }
QPushButton[role="link"] { background: transparent; border: none; color: @encre; padding: 0 4px;
    min-height: 28z; text-align: left; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[dense="true"] { min-height: 26z; padding: 0 10px; }
QToolButton { background: transparent; color: @texte; border: 1px solid transparent; border-radius: 7px;
    padding: 3px 6px; font-weight: 500; }
QToolButton:hover { background: @survol; }
QToolButton:checked { background: @encre_doux; color: @encre; }
QToolButton:disabled { color: @texte3; }
QToolButton::menu-indicator { image: none; width: 0; }
QToolButton[role="framed"] { background: @surface; border: 1px solid @trait; }
QToolButton[role="framed"]:checked { background: @encre_doux; color: @encre; }
QToolButton[role="rail"] { border: none; border-radius: 8px; padding: 4px 0; color: @texte2; font-size: 11z;
    font-weight: 500; }
QToolButton[role="rail"]:hover { background: @survol; }
QToolButton[role="rail"]:checked { background: @encre_doux; color: @encre; font-weight: 600; }
QToolButton[role="crumb"] { padding: 4px 6px; font-weight: 500; }
QToolButton[role="crumb"][chosen="true"] { font-weight: 600; }
QToolButton[role="search"] { background: @creux; border: 1px solid @trait; color: @texte2; text-align: left;
    font-weight: 400; }
QToolButton[role="choice"] { background: @creux; border: 1px solid @trait; border-radius: 10px; text-align: left; }
QToolButton[role="choice"]:hover { background: @survol; border-color: @encre; }
QToolButton[role="line"] { border: none; border-radius: 6px; padding: 0; text-align: left; }
QToolButton[role="small"] { padding: 1px 6px; font-size: 12z; color: @texte2; }
QLabel[role="bar"] { background: @trait; }
QToolButton[role="segment"] { background: @surface; border: 1px solid @trait; border-radius: 0; margin: 0;
    padding: 0 12px; min-height: 28z; color: @texte; }
QToolButton[role="segment"][place="first"] { border-top-left-radius: 7px; border-bottom-left-radius: 7px; }
QToolButton[role="segment"][place="middle"], QToolButton[role="segment"][place="last"] { border-left: none; }
QToolButton[role="segment"][place="last"] { border-top-right-radius: 7px; border-bottom-right-radius: 7px; }
QToolButton[role="segment"][dense="true"] { padding: 0 6px; font-size: 12z; }
QToolButton[role="segment"]:checked { background: @encre_doux; color: @encre; font-weight: 600; }

/* fields */
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QPlainTextEdit, QTextEdit { background: @surface; color: @texte;
    border: 1px solid @trait_fort; border-radius: 6px; padding: 0 8px; min-height: 30z;
    selection-background-color: @encre; selection-color: @sur_encre; }
QPlainTextEdit, QTextEdit, QTextBrowser { padding: 6px 8px; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled { color: @texte3; background: @creux;
    border-color: @trait; }
QLineEdit[tone="rouge"], QComboBox[tone="rouge"], QPlainTextEdit[tone="rouge"] { border-color: @rouge; }
QLineEdit[role="bare"] { border: none; background: transparent; }
QLabel[role="fiche"] { font: 600 22z "Inter Display", "Inter"; color: @texte3; padding-top: 7px; }
QPlainTextEdit[role="fiche"] { font: 600 22z "Inter Display", "Inter"; padding: 0; min-height: 34z; }
QLineEdit[quiet="true"], QPlainTextEdit[quiet="true"], QComboBox[quiet="true"] { background: transparent;
    border-color: transparent; }
QPlainTextEdit[quiet="true"] { padding: 3px 5px; }
QLineEdit[quiet="true"]:hover, QPlainTextEdit[quiet="true"]:hover, QComboBox[quiet="true"]:hover {
    background: @creux; border-color: @trait; }
QLineEdit[quiet="true"]:focus, QPlainTextEdit[quiet="true"]:focus, QComboBox[quiet="true"]:focus {
    background: @surface; border-color: @trait_fort; }
QLineEdit[quiet="true"][tone="rouge"], QPlainTextEdit[quiet="true"][tone="rouge"],
QComboBox[quiet="true"][tone="rouge"] { border-color: @rouge; }
QComboBox[role="flat"] { border: 1px solid transparent; background: transparent; font-weight: 600;
    min-height: 26z; padding: 0 6px; }
QComboBox[role="flat"]:hover { background: @survol; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$down"); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @trait_fort; padding: 4px;
    selection-background-color: @encre_doux; selection-color: @texte; outline: none; }
QSpinBox::up-button, QDoubleSpinBox::up-button { border: none; width: 20px; subcontrol-position: top right; }
QSpinBox::down-button, QDoubleSpinBox::down-button { border: none; width: 20px;
    subcontrol-position: bottom right; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$up"); width: 12px; height: 12px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("$down"); width: 12px; height: 12px; }
QCheckBox, QRadioButton { spacing: 8px; min-height: 28z; background: transparent; }
QCheckBox::indicator, QTreeView::indicator, QListView::indicator, QTableView::indicator { width: 16z; height: 16z;
    border: 1px solid @trait_fort; border-radius: 4px; background: @surface; }
QCheckBox::indicator:checked, QTreeView::indicator:checked, QListView::indicator:checked,
QTableView::indicator:checked { background: @encre; border-color: @encre; image: url("$tick"); }
QCheckBox:disabled, QRadioButton:disabled { color: @texte3; }
QCheckBox[tone="absent"] { color: @texte3; }
QRadioButton::indicator { width: 14z; height: 14z; border: 1px solid @trait_fort; border-radius: 8px;
    background: @surface; }
QRadioButton::indicator:checked { border: 5px solid @encre; border-radius: 8px; width: 6z; height: 6z; }

/* lists and tables */
QAbstractScrollArea { background: transparent; border: none; }
QPlainTextEdit, QTextEdit { background: @surface; border: 1px solid @trait_fort; }
QPlainTextEdit[tone="rouge"] { border-color: @rouge; }
QAbstractItemView { background: @surface; color: @texte; border: none; outline: none;
    selection-background-color: @encre_doux; selection-color: @texte; }
QAbstractItemView[role="nav"] { background: transparent; }
QListView[role="cards"] { background: transparent; }
QListView::item { padding: 4px 6px; border-radius: 6px; min-height: 22z; }
QListView::item:hover, QTreeView::item:hover { background: @survol; }
QListView::item:selected, QTreeView::item:selected { background: @encre_doux; color: @texte; }
QTreeView::item { min-height: 28z; border-radius: 6px; }
QTreeView[zone="columns"]::item { border-radius: 0; }
QTableView { gridline-color: @trait; }
QTableView::item { padding: 0 8px; border: none; border-bottom: 1px solid @trait; }
QTableView::item:selected { background: @encre_doux; color: @texte; }
QTableView[role="framed"], QTreeView[role="framed"], QListView[role="framed"] { border: 1px solid @trait;
    border-radius: 7px; }
QHeaderView { background: @creux; border: none; }
QHeaderView::section { background: @creux; color: @texte2; font-size: 12z; font-weight: 500; border: none;
    border-bottom: 1px solid @trait; padding: 6px 8px; }
QHeaderView::section:hover { background: @survol; }
QTableCornerButton::section { background: @creux; border: none; }

/* menus, tabs, bars */
QMenu { background: @surface; border: 1px solid @trait_fort; border-radius: 8px; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: @encre_doux; color: @texte; }
QMenu::item:disabled { color: @texte3; }
QMenu::separator { height: 1px; background: @trait; margin: 4px 8px; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @texte2; padding: 8px 12px; border: none;
    border-bottom: 2px solid transparent; font-weight: 500; }
QTabBar[dense="true"]::tab { padding: 8px 7px; }
QTabBar::tab:hover { color: @texte; }
QTabBar::tab:selected { color: @encre; border-bottom: 2px solid @encre; font-weight: 600; }
QProgressBar { background: @survol; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @encre; border-radius: 3px; }
QProgressBar[tone="ocre"]::chunk { background: @ocre; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: @trait_fort; border-radius: 3px; min-height: 28px; margin: 2px 3px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:horizontal { background: @trait_fort; border-radius: 3px; min-width: 28px; margin: 3px 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: @trait; }
QMessageBox QLabel { min-width: 320px; }
"""
