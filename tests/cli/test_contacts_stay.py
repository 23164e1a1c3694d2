"""Every paper, workbook, list and calendar of the command line: no contact leaves the base."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from app import bootstrap

Run = Callable[..., tuple[int, str, str]]
MAIL, PHONE = "temoin.fictif@exemple.invalid", "05 49 00 11 22"
MARKS = ("temoin", "exemple.invalid", "00 11 22", "0549001122")
NIORTAIS = "200041317"


@pytest.fixture
def base(demo_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, str]:
    """A base with a contact in its first convention, and the key of that convention."""
    monkeypatch.setattr(bootstrap.Opener, "_recent_file", staticmethod(lambda: tmp_path / "recent.json"))
    monkeypatch.setattr(bootstrap, "cache_folder", lambda: demo_folder.parent / "cache")
    path = tmp_path / "contacts.maillage"
    shutil.copyfile(demo_folder / "demo.maillage", path)
    services = bootstrap.Opener().open(path)
    held = {meeting.owner_uuid for meeting in services.steering.meetings()}
    row = next(row for row in services.ctg.rows() if row.uuid in held)
    services.steering.add_contact(
        ctg_uuid=row.uuid, function="Chargée de coopération", organisation="Exemple", mail=MAIL, phone=PHONE
    )
    services.base.close()
    return path, row.uuid


def text_of(path: Path) -> str:
    """Everything that a reader can find in a file."""
    if path.suffix == ".pdf":
        pages = PdfDocument(path)
        try:
            return " ".join(page.get_textpage().get_text_range() for page in pages)
        finally:
            pages.close()
    if path.suffix in (".docx", ".xlsx", ".pptx"):
        with zipfile.ZipFile(path) as held:
            return " ".join(held.read(name).decode("utf-8", "replace") for name in held.namelist())
    return path.read_text("utf-8-sig")


def test_no_contact_is_in_what_leaves(run: Run, base: tuple[Path, str], tmp_path: Path) -> None:
    path, ctg = base
    commands = [
        *(("plan-actions", path, ctg, "-o", tmp_path / f"plan.{kind}") for kind in ("pdf", "docx", "xlsx")),
        *(("evaluation-ctg", path, ctg, "-o", tmp_path / f"eval.{kind}") for kind in ("pdf", "docx")),
        *(("releve", path, ctg, "-o", tmp_path / f"releve.{kind}") for kind in ("pdf", "docx")),
        ("echeances", path, "-o", tmp_path / "ctg.ics"),
        ("cpog-calendrier", path, "-o", tmp_path / "cpog.ics"),
        ("cascade", path, "-o", tmp_path / "cascade.csv"),
        ("tableau-de-bord", path, "-o", tmp_path / "tableau.pdf"),
        ("lacunes", path, "-o", tmp_path / "lacunes.csv"),
        ("fiche", path, NIORTAIS, "-o", tmp_path / "fiche.pdf"),
        ("diagnostic", path, NIORTAIS, "-o", tmp_path / "livret.pdf", "--docx", tmp_path / "livret.docx",
         "--xlsx", tmp_path / "livret.xlsx", "--pptx", tmp_path / "livret.pptx"),
    ]  # fmt: skip
    said = ""
    for command in commands:
        code, out, err = run(*command)
        assert (code, err) == (0, ""), command
        said += out
    for command in ("alertes", "ctg", "cpog", "sdsf", "equipements", "indicateurs"):
        said += run(command, path, "--format", "json")[1]
    written = sorted(
        found for found in tmp_path.iterdir() if found.suffix in
        (".pdf", ".docx", ".xlsx", ".pptx", ".csv", ".ics")
    )  # fmt: skip
    assert len(written) == 17
    for file in written:
        text = text_of(file)
        assert len(text) > 200, file.name
        assert not [mark for mark in MARKS if mark in text], file.name
    assert not [mark for mark in MARKS if mark in said]
