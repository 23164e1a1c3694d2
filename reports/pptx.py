"""A booklet as ten slides: native text, pictures of its charts and maps, sources in the speaker notes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from app.domain.french import NBSP, THIN, long_date
from app.progress import SILENT, Progress
from maps.canvas import INK, OCHRE, TEXT, TEXT2, TEXT3, VIOLET
from maps.draw import maps_of
from maps.files import write_whole
from reports.deck_content import Picture, Slide, deck_of
from reports.deck_pictures import pictures_of
from reports.diagnostic_numbers import is_fictitious
from reports.docx_parts import fixed
from reports.kit.annex import origin_words, subject_words
from reports.kit.blocks import Document, KeyNumber, MapBlock
from reports.kit.draw_chart import chart_numbers
from reports.kit.frame import version_words
from reports.kit.lay_maps import map_numbers
from reports.kit.printed import Printed, Text, bare
from reports.kit.prose import clean

FONT = "Arial"
"""A face found on every desk, since slides are edited there."""
WIDE, HIGH = 13.333, 7.5
"""Inches."""
LEFT, TOP, BOTTOM = 0.6, 1.35, 6.85
ROOM = WIDE - 2 * LEFT
TITLE_ONLY = 5
"""Rank of the layout whose only placeholder is the title."""
BODY, SMALL, LEAST = 18.0, 16.0, 12.0
"""Points: text, second text, foot."""
PNG_SIZE = (16, 20)
"""Where a PNG says its width and its height, four bytes each."""
AFTER = 5.0
"""Points between paragraphs."""
MOST_SOURCES = 24


def write_pptx(document: Document, path: Path, progress: Progress = SILENT) -> None:
    """Write the slides; the file appears whole or what was there stays; same document, same bytes.

    Raises Cancelled, DiskFull, or WriteRefused when the system says no.
    """
    data = pptx_bytes(document, progress)
    progress.report(0.98, "Écriture du fichier")
    write_whole(path, data)


def pptx_bytes(document: Document, progress: Progress = SILENT) -> bytes:
    """Return the PPTX of a booklet. Raises Cancelled if a stop is asked."""
    import pptx
    from pptx.util import Inches

    slides = deck_of(document)
    progress.report(0.0, "Figures et cartes")
    pictures = pictures_of((slide.pictures for slide in slides), document)
    made = pptx.Presentation()
    made.slide_width, made.slide_height = Inches(WIDE), Inches(HIGH)
    _set_facts(made, document)
    for rank, slide in enumerate(slides, start=1):
        progress.report(0.4 + 0.5 * rank / len(slides), f"Diapositive {rank} sur {len(slides)}")
        _Writer(made, document, pictures).slide(slide, rank, len(slides))
    buffer = BytesIO()
    made.save(buffer)
    return fixed(buffer.getvalue())


def _set_facts(made: Any, document: Document) -> None:
    import datetime

    facts = made.core_properties
    facts.title, facts.author = clean(document.title), clean(document.author) or "Maillage"
    facts.subject, facts.language = clean(document.territory), "fr-FR"
    facts.last_modified_by, facts.revision = "Maillage", 1
    facts.created = facts.modified = datetime.datetime.combine(document.date, datetime.time())


class _Writer:
    """The presentation being written."""

    def __init__(self, made: Any, document: Document, pictures: dict[int, bytes]) -> None:
        self.made = made
        self.document = document
        self.pictures = pictures
        self.page: Any = None

    def slide(self, slide: Slide, rank: int, total: int) -> None:
        """Add one slide with its notes."""
        self.page = self.made.slides.add_slide(self.made.slide_layouts[TITLE_ONLY])
        if slide.cover:
            self._cover()
            self._pictures(slide.pictures, 9.2, 0.9)
        else:
            self._title(slide.title, LEFT, 0.45, ROOM, 0.8, 30.0)
            self._body(slide)
        self._foot(rank, total)
        self.page.notes_slide.notes_text_frame.text = "\n".join(self._notes(slide))

    # -- parts --------------------------------------------------------------------------------------

    def _cover(self) -> None:
        document = self.document
        self._text([document.kicker], LEFT, 1.9, 8.0, 0.5, SMALL, colour=OCHRE, bold=True)
        self._title(document.title, LEFT, 2.35, 8.5, 1.1, 44.0)
        self._text([document.territory], LEFT, 3.45, 8.5, 0.7, 28.0, bold=True)
        lines = [document.subtitle, *document.parties, document.author, long_date(document.date)]
        self._text([line for line in lines if line], LEFT, 4.3, 8.5, 2.0, SMALL, colour=TEXT2)

    def _title(self, words: str, x: float, y: float, w: float, h: float, size: float) -> None:
        from pptx.util import Inches

        title = self.page.shapes.title
        title.left, title.top, title.width, title.height = (Inches(n) for n in (x, y, w, h))
        title.text_frame.text = clean(words)
        self._style(title.text_frame, size, INK, bold=True)

    def _body(self, slide: Slide) -> None:
        """Text on top or on the left, then figures, boxes or pictures in the room that is left."""
        side = len(slide.pictures) == 1 and isinstance(slide.pictures[0], MapBlock)
        side = side and bool(slide.lines or slide.lead)
        width = ROOM * 0.5 if side else ROOM
        y = TOP
        if slide.lead:
            height = self._text(slide.lead, LEFT, y, width, 0.0, BODY)
            y += height + 0.2
        if slide.figures:
            self._figures(slide.figures, y)
        if slide.boxes:
            self._boxes(slide.boxes, y)
        if slide.lines:
            size = SMALL if slide.pictures else BODY
            signs = [f"{rank}. " if slide.numbered else "– " for rank in range(1, len(slide.lines) + 1)]
            lines: list[Text] = [(s, *_pieces(one)) for s, one in zip(signs, slide.lines, strict=True)]
            self._text(lines, LEFT, y, width, 0.0, size)
        if slide.missing:
            words = [f"À compléter. {clean(line)}" for line in slide.missing]
            self._text(words, LEFT, y, ROOM, 0.0, SMALL, colour=TEXT2)
        if slide.pictures:
            start = (LEFT + ROOM * 0.53, TOP) if side else (LEFT, y)
            self._pictures(slide.pictures, *start)

    def _figures(self, figures: Sequence[KeyNumber], y: float) -> None:
        """Key figures in native text, three a row."""
        step, room = ROOM / 3, (BOTTOM - y) / (1 if len(figures) <= 3 else 2)
        for rank, figure in enumerate(figures[:6]):
            x, top = LEFT + step * (rank % 3), y + room * (rank // 3)
            self._text([figure.label], x, top, step - 0.3, 0.4, SMALL, bold=True)
            known = figure.value.state.is_known
            self._text([figure.value], x, top + 0.35, step - 0.3, 0.75, 36.0 if known else 24.0, bold=True)
            self._text([figure.unit], x, top + 1.05, step - 0.3, 0.5, 14.0, colour=TEXT2)
            words = [f"{name}{NBSP}{value.text}" for name, value in figure.references]
            self._text([", ".join(words)], x, top + 1.55, step - 0.3, 0.4, 14.0, colour=OCHRE)

    def _boxes(self, boxes: Sequence[tuple[str, tuple[Text, ...]]], y: float) -> None:
        """Titled lists in two columns."""
        step, room = ROOM / 2, (BOTTOM - y) / max((len(boxes) + 1) // 2, 1)
        for rank, (title, lines) in enumerate(boxes):
            x, top = LEFT + step * (rank % 2), y + room * (rank // 2)
            self._text([title], x, top, step - 0.3, 0.45, 20.0, colour=INK, bold=True)
            shown: list[Text] = [("– ", *_pieces(line)) for line in lines] or ["Rien n’est noté."]
            self._text(shown, x, top + 0.45, step - 0.3, 0.0, SMALL)

    def _pictures(self, pictures: Sequence[Picture], x: float, y: float) -> None:
        """Pictures side by side, each under its caption, as large as the room allows."""
        from pptx.util import Inches

        step = (LEFT + ROOM - x) / max(len(pictures), 1)
        for rank, block in enumerate(pictures):
            left = x + step * rank
            image = self.pictures[id(block)]
            caption = f"{bare(block.caption)}{f'{NBSP}(fictif)' if is_fictitious(block) else ''}"
            used = self._text([caption], left, y, step - 0.15, 0.0, 14.0, bold=True) if caption else 0.0
            wide, high = (int.from_bytes(image[at : at + 4], "big") for at in PNG_SIZE)
            room_w, room_h = step - 0.2, BOTTOM - y - used - 0.05
            scale = min(room_w / wide, room_h / high)
            shown = self.page.shapes.add_picture(
                BytesIO(image),
                Inches(left),
                Inches(y + used + 0.05),
                Inches(wide * scale),
                Inches(high * scale),
            )
            words = clean(caption) or f"Carte de {self.document.territory}"
            shown._element.nvPicPr.cNvPr.set("descr", words)

    def _foot(self, rank: int, total: int) -> None:
        document = self.document
        words = [version_words(document), clean(document.profile), *(clean(w) for w in document.watermark)]
        text = ", ".join(word for word in words if word)
        self._text([text], LEFT, 6.98, ROOM - 1.5, 0.35, LEAST, colour=TEXT3)
        self._text([f"{rank}{THIN}/{THIN}{total}"], LEFT + ROOM - 1.4, 6.98, 1.4, 0.35, LEAST, colour=TEXT3,
                   right=True)  # fmt: skip

    # -- text ---------------------------------------------------------------------------------------

    def _text(
        self, texts: Sequence[Text], x: float, y: float, w: float, h: float, size: float, *,
        colour: str = TEXT, bold: bool = False, right: bool = False,
    ) -> float:  # fmt: skip
        """Add paragraphs in a box; h 0: as high as the words need. Return its height in inches."""
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
        from pptx.util import Inches, Pt

        height = h or _height(texts, w, size)
        frame = self.page.shapes.add_textbox(Inches(x), Inches(y), Inches(w), Inches(height)).text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for rank, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if rank == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
            paragraph.space_after = Pt(AFTER if rank < len(texts) - 1 else 0)
            for piece in _pieces(text):
                run = paragraph.add_run()
                run.text = clean(bare(piece))
                self._run(run, size, colour, bold=bold or isinstance(piece, Printed))
                if isinstance(piece, Printed) and piece.fictitious:
                    word = paragraph.add_run()
                    word.text = f"{NBSP}fictif"
                    self._run(word, max(size * 0.6, LEAST), VIOLET)
        return height

    def _style(self, frame: Any, size: float, colour: str, *, bold: bool = False) -> None:
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for paragraph in frame.paragraphs:
            paragraph.alignment = PP_ALIGN.LEFT
            for run in paragraph.runs:
                self._run(run, size, colour, bold=bold)

    def _run(self, run: Any, size: float, colour: str, *, bold: bool = False) -> None:
        from pptx.dml import color
        from pptx.util import Pt

        made: Any = color.RGBColor
        run.font.name, run.font.size, run.font.bold = FONT, Pt(size), bold
        run.font.color.rgb = made(*bytes.fromhex(colour.lstrip("#")))
        run._r.get_or_add_rPr().set("lang", "fr-FR")

    # -- notes --------------------------------------------------------------------------------------

    def _notes(self, slide: Slide) -> list[str]:
        """What may be said, then where each number comes from."""
        document = self.document
        if slide.cover:
            return [
                clean(f"{document.title}, {document.territory}. {version_words(document)}."),
                clean(f"Chiffres de la base au {long_date(document.date)}."),
                *(f"À lire avec prudence{THIN}: {clean(word)}." for word in document.watermark),
            ]
        said = [clean(bare(text)) for text in slide.lead]
        sources = [line for shown in slide.numbers if (line := _source_line((shown,)))]
        for block in slide.pictures:
            line = _source_line(_numbers_of(block))
            said_there = clean(bare(getattr(block, "source", ""))) or "saisie de la base"
            sources.append(f"{clean(bare(block.caption))}{THIN}: {line or f'{said_there}.'}")
        unique = list(dict.fromkeys(sources))
        left = len(unique) - MOST_SOURCES
        end = [f"… et {left} autres, dans l’annexe du livret."] if left > 0 else []
        none = [] if unique else ["Aucun chiffre sur cette diapositive."]
        return [*said, "Sources", *unique[:MOST_SOURCES], *end, *none]


def _pieces(text: Text) -> tuple[Any, ...]:
    return text if isinstance(text, tuple) else (text,)


def _numbers_of(block: Picture) -> tuple[Printed, ...]:
    if isinstance(block, MapBlock):
        return block.values or tuple(one for held in maps_of(block.choropleth) for one in map_numbers(held))
    return tuple(chart_numbers(block.chart))


def _source_line(numbers: Sequence[Printed]) -> str:
    """« Taux de couverture, 2023, Niortais : 74,2. Cnaf, txcouv_pe_epci_2023.csv, ligne 9. »"""
    known = [shown for shown in numbers if shown.is_traced]
    if not known:
        return ""
    formulas = list(dict.fromkeys(shown.formula for shown in known if shown.formula))
    computed = f" Calculé{THIN}: {formulas[0].rstrip('. ')}." if len(known) == 1 and formulas else ""
    return clean(f"{subject_words(known).rstrip('.')}.{computed} {' '.join(origin_words(known))}".strip())


def _height(texts: Sequence[Text], width: float, size: float) -> float:
    """Inches that paragraphs take, counted on the mean width of letters, a little on the large side."""
    line = max(int(width * 72 / (size * 0.52)), 1)
    lines = sum(max(-(-len(bare(tuple(_pieces(text)))) // line), 1) for text in texts)
    return float((lines * size * 1.22 + AFTER * (len(texts) - 1)) / 72)
