"""Fields of forms: what is read, what is refused and said, when it is written."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.fields import (
    CheckField,
    ChoiceField,
    DateField,
    Field,
    LongTextField,
    NumberField,
    Refused,
    TextField,
    read_date,
)  # fmt: skip


def shown(qtbot: QtBot, *fields: Field) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    for field in fields:
        layout.addWidget(field)
    layout.addWidget(QLineEdit())
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    fields[0].page = page  # type: ignore[attr-defined]  # lives as long as its field
    return page


def heard(field: Field) -> list[object]:
    values: list[object] = []
    field.committed.connect(values.append)
    return values


def test_a_number_with_any_space_is_read(qtbot: QtBot, theme: Theme) -> None:
    field = NumberField("Places", least=0)
    shown(qtbot, field)
    values = heard(field)
    field.edit.setText("1\u202f250")
    assert field.commit()
    assert field.commit()
    assert values == [1250]


@pytest.mark.parametrize(
    ("typed", "word"), [("douze", "n’est pas un nombre"), ("-1", "au moins 0"), ("2,5", "entier")]
)
def test_a_wrong_number_is_refused_at_the_field(qtbot: QtBot, theme: Theme, typed: str, word: str) -> None:
    field = NumberField("Places", least=0)
    shown(qtbot, field)
    values = heard(field)
    field.edit.setText(typed)
    assert not field.commit()
    assert word in field.error.text()
    assert word in field.control.accessibleDescription()
    assert values == []
    field.edit.setText("3")
    assert field.commit()
    assert field.error.isHidden()


def test_nothing_and_zero_differ(qtbot: QtBot, theme: Theme) -> None:
    field = NumberField("Places")
    shown(qtbot, field)
    field.set_value(4)
    values = heard(field)
    for typed in ("0", "", "n.d.", "0"):
        field.edit.setText(typed)
        assert field.commit()
    assert values == [0, None, 0]


@pytest.mark.parametrize("typed", ["05/03/2025", "5/3/25", "2025-03-05", "5.3.2025"])
def test_a_date_is_read_as_people_write_it(typed: str) -> None:
    assert read_date(typed) == datetime.date(2025, 3, 5)


def test_a_wrong_date_is_refused() -> None:
    with pytest.raises(Refused):
        read_date("31/02/2025")


def test_a_required_field_may_not_be_left_empty(qtbot: QtBot, theme: Theme) -> None:
    field = TextField("Nom", required=True)
    shown(qtbot, field)
    assert not field.commit()
    assert "obligatoire" in field.error.text()
    assert field.control.accessibleName() == "Nom (obligatoire)"


def test_leaving_the_field_writes(qtbot: QtBot, theme: Theme) -> None:
    field = LongTextField("Constat")
    page = shown(qtbot, field)
    values = heard(field)
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "Trois communes sans Rpe")
    page.findChildren(QLineEdit)[-1].setFocus()
    QApplication.processEvents()
    if not values:  # a platform without active windows sends no focus event
        field.commit()
    assert values == ["Trois communes sans Rpe"]


def test_choices_and_checks(qtbot: QtBot, theme: Theme) -> None:
    choice = ChoiceField("État", [("a", "À lancer"), ("b", "En cours")])
    check = CheckField("Itinérant")
    date = DateField("Échéance")
    shown(qtbot, choice, check, date)
    choice.set_value("b")
    assert choice.box.currentText() == "En cours"
    values = heard(check)
    qtbot.mouseClick(check.box, Qt.MouseButton.LeftButton, pos=check.box.rect().center().transposed())
    check.box.setChecked(True)
    check.commit()
    assert values[-1] is True
    date.set_value(datetime.date(2025, 3, 5))
    assert date.edit.text() == "05/03/2025"
