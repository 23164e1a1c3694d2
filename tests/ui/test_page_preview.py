"""The preview of pages: geometry, what is asked, keyboard."""

from __future__ import annotations

import io

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from pytestqt.qtbot import QtBot

from app.progress import Cancelled, Progress
from ui.tasks import TaskRunner
from ui.theme import Theme
from ui.widgets.page_layout import Layout, Zoom
from ui.widgets.page_links import PageLinks
from ui.widgets.page_preview import PagePreview
from ui.widgets.page_preview_bar import PreviewBar
from ui.widgets.pdf_pages import PdfPages

A4 = (595.0, 842.0)


def paper(count: int, *, landscape: int = -1) -> PdfPages:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in range(count):
        canvas.setPageSize(A4[::-1] if page == landscape else A4)
        canvas.bookmarkPage(str(page))
        canvas.addOutlineEntry(f"Chapitre\u00a0{page}", str(page), 0)
        canvas.drawString(72, 72, f"page {page}")
        canvas.showPage()
    canvas.save()
    return PdfPages(out.getvalue())


@pytest.fixture
def preview(qtbot: QtBot, theme: Theme) -> PagePreview:
    runner = TaskRunner()
    made = PagePreview(theme, runner)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.destroyed.connect(runner.close)
    return made


def test_pages_are_placed_under_one_another_and_found_again() -> None:
    layout = Layout((A4, A4[::-1], A4))
    layout.fit(layout.scale_for(Zoom.WIDTH, 700, 500), 700)
    tops = [layout.box(page).top() for page in range(3)]
    assert tops == sorted(tops)
    assert layout.box(0).width() == pytest.approx(668, abs=1)
    assert layout.box(1).width() <= 668  # the landscape page is brought back to the view
    assert list(layout.between(0, 400)) == [0]
    for place in (0.0, 0.5, 2.25):
        assert layout.place_of(layout.value_at(place)) == pytest.approx(place, abs=0.01)
    assert layout.scale_for(Zoom.PAGE, 700, 500) < layout.scale_for(Zoom.WIDTH, 700, 500)
    assert Layout(()).between(0, 10) == range(0)
    assert Layout(()).value_at(3.0) == 0


def test_a_page_is_drawn_at_the_scale_asked_and_chapters_are_found() -> None:
    pages = paper(3, landscape=1)
    assert pages.sizes[1][0] > pages.sizes[1][1]
    image = pages.image(0, 0.5)
    assert (image.width(), image.height()) == (298, 421)
    assert pages.page_of("chapitre 2") == 2
    assert pages.page_of("absent") is None
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        pages.image(0, 0.5, stopped)
    pages.close()
    with pytest.raises(ValueError, match="closed"):
        pages.image(0, 0.5)
    with pytest.raises(ValueError, match="PDF"):
        PdfPages(b"rien")


def test_only_pages_in_sight_are_drawn_then_kept(qtbot: QtBot, preview: PagePreview) -> None:
    preview.show_pages(paper(30))
    qtbot.waitUntil(lambda: not preview.waiting)
    assert {key[0] for key in preview._drawn} == {0, 1}
    preview.go_to(20)
    qtbot.waitUntil(lambda: not preview.waiting)
    assert {key[0] for key in preview._drawn} == {0, 1, 20, 21}
    former = preview._drawn
    preview.go_to(0)
    qtbot.waitUntil(lambda: not preview.waiting)
    assert preview._drawn is former
    assert not preview.grab().isNull()


def test_the_keyboard_turns_pages_and_zooms(qtbot: QtBot, preview: PagePreview) -> None:
    bar = PreviewBar(preview)
    qtbot.addWidget(bar)
    preview.show_pages(paper(5))
    assert bar.count.text() == "page 1 sur 5"
    qtbot.keyClick(preview, Qt.Key.Key_PageDown)
    assert bar.count.text() == "page 2 sur 5"
    assert preview.accessibleDescription() == "page 2 sur 5"
    qtbot.keyClick(preview, Qt.Key.Key_End)
    assert (preview.page, bar.after.isEnabled()) == (4, False)
    qtbot.keyClick(preview, Qt.Key.Key_Home)
    assert (preview.page, bar.before.isEnabled()) == (0, False)
    before = bar.scale.text()
    qtbot.keyClick(preview, Qt.Key.Key_Plus)
    assert (preview.zoom, bar.scale.text() != before) == (Zoom.FREE, True)
    qtbot.keyClick(preview, Qt.Key.Key_P)
    assert preview.zoom is Zoom.PAGE
    bar.width_button.click()
    assert (preview.zoom, bar.scale.text()) == (Zoom.WIDTH, before)


def test_a_new_document_keeps_the_place(qtbot: QtBot, preview: PagePreview) -> None:
    preview.show_pages(paper(10))
    preview.go_to(6)
    preview.show_pages(paper(12))
    assert preview.page == 6
    preview.show_pages(paper(3))
    assert preview.page == 2
    preview.show_pages(None)
    assert preview.accessibleDescription() == "aucune page"


def test_a_link_is_followed_and_left(qtbot: QtBot, preview: PagePreview) -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in range(4):
        canvas.setPageSize(A4)
        canvas.drawString(72, 720, "note")
        if page == 0:
            canvas.linkRect("", "source", (60, 700, 200, 740), relative=0)
        if page == 3:
            canvas.bookmarkHorizontal("source", 72, 300)
        canvas.showPage()
    canvas.save()
    pages = PdfPages(out.getvalue())
    assert pages.link_at(0, 100, A4[1] - 720) == (3, pytest.approx(542, abs=20))
    assert pages.link_at(0, 300, 400) is None
    links = PageLinks(preview, preview._runner)
    preview.show_pages(pages)
    before = preview.verticalScrollBar().value()
    box = preview._layout.box(0)
    at = QPoint(
        round(box.left() + 100 * preview._layout.points), round(box.top() + 122 * preview._layout.points)
    )
    qtbot.mouseClick(preview.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: preview.page == 3)
    qtbot.keyClick(preview, Qt.Key.Key_Backspace)
    links.back()
    assert preview.verticalScrollBar().value() == before
    opened: list[int] = []
    preview.opened.connect(opened.append)
    qtbot.mouseDClick(preview.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened == [0]


def test_ctrl_and_the_wheel_zoom(qtbot: QtBot, preview: PagePreview) -> None:
    preview.show_pages(paper(2))
    for modifiers in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier):
        event = QWheelEvent(
            QPointF(50, 50), QPointF(50, 50), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, modifiers,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        preview.wheelEvent(event)
    assert preview.zoom is Zoom.FREE
    assert preview.verticalScrollBar().value() > 0
