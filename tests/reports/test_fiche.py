"""The fiche says what it knows, where it comes from, and what it does not know, on two pages."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from app.domain.errors import WriteRefused
from app.domain.indicator import ValueState
from reports.content import FicheContent, shown
from reports.fiche import fiche_bytes, write_fiche
from tests.reports.contents import content, value


def texts(data: bytes) -> list[str]:
    """Text of each page, spaces made plain, lines joined."""
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return [re.sub(r"\s+", " ", page) for page in pages]


def test_two_pages_with_bookmarks_title_and_language() -> None:
    data = fiche_bytes(content())
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 2
    assert [round(x) for x in document[0].get_size()] == [595, 842]
    assert document.get_metadata_value("Title") == "Fiche territoire, CC Mellois en Poitou, 2023"
    assert document.get_metadata_value("Author") == "Maillage"
    titles = [item.get_title() for item in document.get_toc()]
    assert titles[0] == "Fiche territoire, CC Mellois en Poitou"
    assert "Tableau 1. Communes" in titles
    assert "Sources et notes" in titles
    document.close()
    assert b"/Lang (fr-FR)" in data


def test_the_lead_gives_value_references_spread_and_births() -> None:
    first, _ = texts(fiche_bytes(content()))
    assert "En 2023, le territoire compte 67,2 places pour 100 enfants de moins de 3 ans" in first
    assert "(Deux-Sèvres)" in first
    assert "Il est au rang 6 parmi 8 EPCI, qui vont de 65,8 à 77,2 (médiane 70,5)." in first
    assert "Les assistants maternels en assurent 81,8 %" in first
    assert "895 naissances" in first
    assert "1 / 2" in first


def test_notes_give_file_line_and_hash() -> None:
    first, second = texts(fiche_bytes(content()))
    assert "txcouv_pe_epci_2023.csv, ligne 14, SHA-256 3fa9c1d2." in first
    assert "Calculé : 12 + 11 + 13 = 36" in second


def test_the_five_states_are_told_apart() -> None:
    _, second = texts(fiche_bytes(content()))
    assert "n.d. : pas de donnée importée. n.p. : non publié à cette maille. s : masqué" in second
    for sign in (" n.d. ", " n.p. ", " s ", " 0 ", "≈ 36"):
        assert sign in second
    assert shown(value(None, state=ValueState.NOT_PUBLISHED)) == "n.p."


@pytest.mark.parametrize("count", [1, 12, 40, 62, 100, 158])
def test_every_commune_is_printed(count: int) -> None:
    _, second = texts(fiche_bytes(content(count)))
    printed = {int(rank) for rank in re.findall(r"(?:bourg|Bernegoue) (\d+)", second)}
    assert printed == set(range(count))
    assert "autres communes" not in second


def test_communes_that_cannot_fit_are_counted() -> None:
    _, second = texts(fiche_bytes(content(400)))
    printed = len(set(re.findall(r"(?:bourg|Bernegoue) (\d+)", second)))
    left_out = re.search(r"et (\d+) autres communes", second)
    assert left_out
    assert printed + int(left_out[1]) == 400


def test_names_are_never_markup() -> None:
    _, second = texts(fiche_bytes(content(3)))
    assert "Commune & bourg 1" in second


def bare() -> FicheContent:
    """A base where nothing was imported but the map."""
    return content(0, key_figures=(), modes=(), births=(), communes_map=None, sources=())


def test_what_is_missing_is_said_in_one_line() -> None:
    first, second = texts(fiche_bytes(bare()))
    assert "Pas de chiffre importé pour ce territoire." in first
    assert "Pas de donnée de naissances importée." in second
    assert "Pas de commune connue pour ce territoire." in second


@pytest.mark.parametrize("made", [content(), content(158, 26), content(7, 3), bare()])
def test_no_technical_word_is_printed(made: FicheContent) -> None:
    for page in texts(fiche_bytes(made)):
        assert not re.search(r"\b(nan|None|inf|NaN)\b", page)


def test_fictitious_and_demonstration_are_said() -> None:
    first, _ = texts(fiche_bytes(content(fictitious=True, demo=True)))
    assert "fictif" in first
    assert "base de démonstration" in first


def test_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    write_fiche(content(), tmp_path / "fiche é.pdf")
    assert (tmp_path / "fiche é.pdf").read_bytes() == fiche_bytes(content())
    assert [path.name for path in tmp_path.iterdir()] == ["fiche é.pdf"]


def test_fonts_are_embedded_subsets() -> None:
    data = fiche_bytes(content())
    names = set(re.findall(rb"/BaseFont /([A-Za-z0-9+-]+)", data))
    assert names
    assert all(re.match(rb"[A-Z]{6}\+", name) for name in names)
    assert data.count(b"/FontFile2") >= 4


def test_a_refused_folder_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(WriteRefused):
        write_fiche(content(), tmp_path / "absent" / "fiche.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_map_without_any_value_is_still_drawn() -> None:
    made = content()
    states = np.full(len(made.map.states), ValueState.NO_DATA, dtype=np.uint8)
    empty = replace(
        made.map,
        numbers=np.full(len(states), np.nan),
        states=states,
        class_of=np.full(len(states), -1, dtype=np.int16),
    )
    first, _ = texts(fiche_bytes(replace(made, map=empty)))
    assert "pas de donnée (6)" in first
