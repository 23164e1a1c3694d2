"""Diagnostics short enough to be laid out at each test."""

from __future__ import annotations

import datetime
import io
import threading
from functools import cache

import pytest
from pytestqt.qtbot import QtBot

from app.domain.secrecy_model import Guarded
from app.progress import Progress
from app.services import Services
from app.services.diagnostics_review import Review
from reports.kit.blocks import Document
from ui.views.diagnostic import DiagnosticsPage
from ui.views.diagnostic_calls import Preview
from ui.views.page import Kit
from ui.widgets.pdf_pages import PdfPages

NIORTAIS = "200041317"
SHORT = ("population_caf", "glossaire")
PAUSE = threading.Event()
"""Never set: its wait lets other threads work."""


@pytest.fixture
def nothing_to_mask(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures of the demonstration are public: choosing masks at each test would only take time."""
    monkeypatch.setattr("app.services.diagnostics_secrecy.guard", lambda *_: Guarded((), ()))


@pytest.fixture
def quick_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that say nothing of the base, made at once."""
    monkeypatch.setattr("ui.views.diagnostic_calls.make_preview", blank_pages)


def blank_pages(services: Services, uuid: str, _progress: Progress) -> Preview:
    """One white page."""
    detail = services.diagnostics.detail(uuid)
    document = Document(detail.row.title, (), datetime.date(2026, 11, 21))
    return Preview(uuid, Review(document, 2023, ()), PdfPages(_paper()))


@cache
def _paper() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def make(services: Services, sections: tuple[str, ...] = SHORT, code: str = NIORTAIS) -> str:
    """A diagnostic of a few sections; its key."""
    uuid, _ = services.diagnostics.create(code)
    for section in services.diagnostics.detail(uuid).plan:
        if section.code not in sections:
            services.diagnostics.edit_section(uuid, section.code, enabled=False)
    return uuid


def shown_page(qtbot: QtBot, kit: Kit) -> DiagnosticsPage:
    """The page « Diagnostics », shown and read."""
    made = DiagnosticsPage(kit)
    qtbot.addWidget(made)
    made.resize(1282, 700)
    made.show()
    made.activate()
    settle(qtbot, made)
    return made


def settle(qtbot: QtBot, page: DiagnosticsPage) -> None:
    """Wait for every task."""
    qtbot.waitUntil(lambda: not page.kit.runner.tasks)


def opened(qtbot: QtBot, page: DiagnosticsPage, sections: tuple[str, ...] = SHORT) -> str:
    """A short diagnostic in the editor, its pages made."""
    uuid = make(page.kit.services, sections)
    page.open(uuid)
    settle(qtbot, page)
    return uuid
