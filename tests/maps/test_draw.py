"""One layout for PDF, SVG and PNG: complete, readable by machines, same bytes for the same map."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest

from app.domain.errors import WriteRefused
from app.domain.territory import Level
from maps.build import build_choropleth
from maps.canvas import Box, Face, fitted, text_width, wrap
from maps.choropleth import Choropleth, Reference
from maps.draw import SheetOptions, write_map
from maps.key import size_steps
from maps.labels import Line, Variant, Wish, place, short_name
from maps.pdf import PdfCanvas
from maps.plan import Plan
from maps.sketch import nice_length
from tests.maps.samples import births, fond, series

OPTIONS = SheetOptions(date=date(2026, 11, 19))
PORTRAIT = replace(OPTIONS, width_pt=595, height_pt=842)


def coverage(**changes: object) -> Choropleth:
    """The coverage map, with the five states."""
    made = build_choropleth(
        fond(), series(), level=Level.EPCI, selected="200000004",
        references=(Reference("France", 60.9), Reference("Deux-Sèvres", 70.6)),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def stocks(level: Level = Level.COMMUNE) -> Choropleth:
    """Circles of births."""
    return build_choropleth(fond(), series(births(), level), level=level)


def pdf_text(path: Path) -> str:
    """Text of the only page, spaces made plain."""
    document = pypdfium2.PdfDocument(path)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("options", [OPTIONS, PORTRAIT])
def test_the_sheet_says_all_that_a_reader_needs(tmp_path: Path, options: SheetOptions) -> None:
    write_map(coverage(fictitious=True), tmp_path / "carte.pdf", options)
    text = pdf_text(tmp_path / "carte.pdf")
    for words in (
        "Taux de couverture petite enfance en 2023",
        "Places pour 100 enfants de moins de 3 ans",
        "75 et plus",
        "moins de 60,9",
        "Bornes fixes. Borne basse incluse, borne haute exclue.",
        "Repères : France 60,9 et Deux-Sèvres 70,6.",
        "pas de donnée",
        "non publié à cette maille",
        "masqué, secret statistique",
        "zéro",
        "Sources : Cnaf, data.caf.fr, 2023 ; fond approché (centres et superficies communales)",
        "19 novembre 2026",
        "fictif",
        "Bocage",
        "80,0",
        "n.p.",
        " km",
    ):
        assert words in text, words
    assert not re.search(r"\b(nan|None)\b", text)


def test_only_the_absences_met_are_in_the_legend(tmp_path: Path) -> None:
    full = series(numbers=series().numbers * 0 + 70.0)
    full = replace(full, states=full.states * 0, numbers=full.states * 0.0 + 70.0)
    write_map(build_choropleth(fond(), full, level=Level.EPCI), tmp_path / "carte.pdf", OPTIONS)
    text = pdf_text(tmp_path / "carte.pdf")
    assert "pas de donnée" not in text
    assert "zéro" not in text


def test_a_name_is_written_once_for_a_reader_in_spite_of_its_halo(tmp_path: Path) -> None:
    write_map(coverage(), tmp_path / "carte.pdf", OPTIONS)
    assert pdf_text(tmp_path / "carte.pdf").count("Thouarsais") == 1


@pytest.mark.parametrize("level", [Level.EPCI, Level.COMMUNE])
@pytest.mark.parametrize("suffix", [".pdf", ".svg", ".png"])
def test_same_map_same_bytes(tmp_path: Path, suffix: str, level: Level) -> None:
    first, second = tmp_path / f"une{suffix}", tmp_path / f"deux{suffix}"
    write_map(stocks(level), first, OPTIONS, dpi=72)
    write_map(stocks(level), second, OPTIONS, dpi=72)
    assert first.read_bytes() == second.read_bytes()
    assert len(list(tmp_path.iterdir())) == 2


def test_the_svg_is_well_formed_with_real_texts(tmp_path: Path) -> None:
    write_map(coverage(title="Écoles & crèches <2 ans>\x07"), tmp_path / "carte.svg", OPTIONS)
    root = ElementTree.parse(tmp_path / "carte.svg").getroot()
    words = ["".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "Écoles & crèches <2 ans>" in words
    assert "Niortais & Marais" in words
    assert "font-family:Inter" in (tmp_path / "carte.svg").read_text(encoding="utf-8")


def test_a_stock_has_circles_and_their_sizes(tmp_path: Path) -> None:
    write_map(stocks(Level.EPCI), tmp_path / "carte.pdf", OPTIONS)
    text = pdf_text(tmp_path / "carte.pdf")
    assert "Surface des cercles proportionnelle à la valeur." in text
    assert "80" in text


def test_areas_of_circles_follow_values() -> None:
    plan = Plan(stocks(Level.EPCI), Box(0, 0, 400, 400))
    assert plan.radius_of_one > 0
    assert (plan.radius_of_one * 80**0.5) ** 2 / (plan.radius_of_one * 20**0.5) ** 2 == pytest.approx(4)


def test_an_unknown_suffix_or_folder_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="gif"):
        write_map(coverage(), tmp_path / "carte.gif")
    with pytest.raises(WriteRefused):
        write_map(coverage(), tmp_path / "absent" / "carte.svg", OPTIONS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("grey", [True, False])
def test_options_take_parts_away(tmp_path: Path, grey: bool) -> None:
    bare = replace(OPTIONS, title=False, legend=False, labels=False, values=False, scale=False, north=False,
                   grey=grey, date=None)  # fmt: skip
    write_map(coverage(), tmp_path / "carte.pdf", bare)
    text = pdf_text(tmp_path / "carte.pdf")
    assert "Bocage" not in text
    assert "Légende" not in text
    assert "Sources" in text


def test_labels_never_cover_one_another() -> None:
    plan = Plan(coverage(), Box(0, 0, 300, 300))
    shape = plan.shapes[0]
    lines = (Line("Un nom", Face(9, 500)),)
    wishes = [Wish(shape, (50.0, 50.0), (Variant(lines, 0.2),), float(i)) for i in range(30)]
    placed = place(wishes, [Box(0, 0, 20, 20)], Box(0, 0, 300, 300))
    boxes = [p.box for p in placed]
    assert 1 <= len(boxes) < 30
    for a in boxes:
        for b in boxes:
            apart = (
                a.right <= b.x + 0.4 or b.right <= a.x + 0.4 or a.bottom <= b.y + 0.4 or b.bottom <= a.y + 0.4
            )
            assert a is b or apart


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("CC Mellois en Poitou", "Mellois en Poitou"),
        ("CA du Niortais", "Niortais"),
        ("CC de l’Ouest Vosgien", "Ouest Vosgien"),
        ("CC d’Auberive Vingeanne et Montsaugeonnais", "Auberive Vingeanne et Montsaugeonnais"),
        ("Métropole du Grand Paris", "Métropole du Grand Paris"),
        ("Caen", "Caen"),
    ],
)
def test_the_nature_of_an_epci_is_not_on_the_map(name: str, short: str) -> None:
    assert short_name(name) == short


def test_round_numbers_of_scales() -> None:
    assert [nice_length(x) for x in (1_999, 2_000, 49_000, 0.7)] == [1_000, 2_000, 20_000, 0.5]
    assert size_steps([462.0, 3.0]) == [400.0, 100.0, 20.0]
    assert size_steps([2.0]) == [2.0]
    assert size_steps([0.0]) == []


def test_digits_have_one_width_on_paper() -> None:
    assert {round(text_width(digit, 10), 2) for digit in "0123456789"} == {6.48}


def test_lines_break_at_plain_spaces_only() -> None:
    assert wrap("8\u00a0EPCI de 12\u202f000 habitants", Face(10), 60) == [
        "8\u00a0EPCI de",
        "12\u202f000",
        "habitants",
    ]
    assert fitted("Saint-Martin-de-Bernegoue", Face(10), 60).endswith("…")


def test_pages_of_a_pdf_carry_bookmarks() -> None:
    pdf = PdfCanvas(200, 100, "Titre")
    pdf.bookmark("Début", "a")
    pdf.next_page()
    pdf.text(10, 10, "Fin", Face(9))
    document = pypdfium2.PdfDocument(pdf.finish())
    assert len(document) == 2
    assert [item.get_title() for item in document.get_toc()] == ["Début"]
    document.close()
