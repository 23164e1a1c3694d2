"""A long list in one line, found by any word of its names."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

LETTERS = 28


class SearchBox(QComboBox):
    """Words that name nothing leave the choice as it was."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._edit = QLineEdit()
        self.setEditable(True)
        self.setLineEdit(self._edit)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumContentsLength(LETTERS)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setAccessibleName(name)
        self._edit.setAccessibleName(name)
        self.setToolTip("Tapez quelques lettres du numéro ou de l’intitulé")
        found = QCompleter(self.model(), self)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(found)
        self._edit.editingFinished.connect(self.settle)

    def choose(self, data: object) -> None:
        """Choose what holds some data, else the first name; its beginning is shown."""
        self.setCurrentIndex(max(self.findData(data), 0))
        self._edit.setCursorPosition(0)

    def settle(self) -> None:
        """Keep a name of the list: the one typed whole, else the one chosen before."""
        if self.currentText() != self.itemText(self.currentIndex()):  # two objects may bear one name
            place = self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString)
            if place >= 0:
                self.setCurrentIndex(place)
        self._edit.setText(self.itemText(self.currentIndex()))
        self._edit.setCursorPosition(0)
