"""Type of a meeting on screen: 16 pixels at least, the fact twice as large."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

LOW = 700
"""Pixels of height under which type takes less room."""


def screen_height() -> int:
    """Height of the main screen, logical pixels."""
    screen = QGuiApplication.primaryScreen()
    return screen.geometry().height() if screen is not None else LOW


def meeting_sizes(size: int, low: bool, colour: str) -> str:
    """Rules of a style sheet; size: of plain words, pixels; low: a screen of little height."""
    title, first, number = (1.6, 2.2, 1.6) if low else (2, 3, 2)
    rules = {
        "QLabel, QLineEdit, QComboBox": size, "QLabel[role=slide_title]": round(size * title),
        "QLabel[role=slide_first]": round(size * first), "QLabel[role=slide_number]": round(size * number),
        "QLabel[role=slide_label]": size + 2, "QLabel[role=slide_second]": size,
        "QLabel[role=slide_key], QLabel[role=shortcut], QLabel[role=hint], QLabel[role=badge]": 16,
    }  # fmt: skip
    bold = ("slide_title", "slide_first", "slide_number", "slide_label")
    found = [f"{name} {{ font-size: {pixels}px; }}" for name, pixels in rules.items()]
    found.append(f"QLabel {{ color: {colour}; }}")
    found += [f"QLabel[role={role}] {{ font-weight: 600; }}" for role in bold]
    return "\n".join(found)
