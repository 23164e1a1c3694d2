"""Papers of a CTG from the command line, opened again by the libraries that read them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pypdfium2
import pytest
import python_calamine

Run = Callable[..., tuple[int, str, str]]
DAY = ("--date", "2026-11-21")


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(str(path))
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def test_the_plan_is_written_in_three_forms(run: Run, demo_folder: Path, tmp_path: Path) -> None:
    base = demo_folder / "demo.maillage"
    for suffix in (".pdf", ".docx", ".xlsx"):
        code, out, err = run("plan-actions", base, "200041317", "-o", tmp_path / f"plan{suffix}", *DAY)
        assert (code, err) == (0, "")
        assert "Plan d’actions" in out
    words = text_of(tmp_path / "plan.pdf")
    assert "Niortais" in words
    assert "FICTIF" in words.upper()
    assert not {"None", "nan", "inf"} & set(words.split())
    paragraphs = " ".join(p.text for p in docx.Document(str(tmp_path / "plan.docx")).paragraphs)
    assert "1.1.1" in words
    assert "Enjeu" in paragraphs
    sheets = python_calamine.CalamineWorkbook.from_path(str(tmp_path / "plan.xlsx")).sheet_names
    assert len(sheets) >= 2


def test_the_minutes_of_the_last_meeting_list_its_decisions(
    run: Run, demo_folder: Path, tmp_path: Path
) -> None:
    base = demo_folder / "demo.maillage"
    code, out, _ = run("releve", base, "niortais", "-o", tmp_path / "r.pdf", *DAY)
    assert code == 0
    assert "séance du" in out
    assert "Décision" in text_of(tmp_path / "r.pdf")


@pytest.mark.parametrize(
    "words",
    [
        ("plan-actions", "Nulle part", "-o", "p.pdf"),
        ("plan-actions", "200041317", "-o", "p.txt"),
        ("releve", "200041317", "-o", "r.pdf", "--seance", "1999-01-01"),
        ("evaluation-ctg", "Nulle part", "-o", "e.pdf"),
    ],
)
def test_wrong_input_is_one_sentence_and_no_file(
    run: Run, demo_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = run(words[0], demo_folder / "demo.maillage", *words[1:])
    assert code == 2
    assert err.count("\n") == 1
    assert not list(tmp_path.glob("*.pdf"))
