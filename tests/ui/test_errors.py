"""Sentences: every error has its own, in French, with the facts it carries."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.errors import DomainError
from ui.error_words import UNREADABLE
from ui.errors import _BUILDERS, explain, read_only_text, sentence

KINDS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, DomainError) and kind not in (DomainError, errors.FileError)
]


def _make(kind: type[DomainError]) -> DomainError:
    return kind("dossier/base.maillage") if issubclass(kind, errors.FileError) else kind()


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_has_its_sentence_even_without_facts(kind: type[DomainError]) -> None:
    assert kind in _BUILDERS
    said = sentence(_make(kind))
    assert said.endswith((".", "\u202f!")) or said.endswith("…")
    assert kind.__name__ not in said
    assert "None" not in said


@pytest.mark.parametrize("kind", KINDS)
def test_sentences_follow_french_typography(kind: type[DomainError]) -> None:
    said = sentence(_make(kind))
    assert "'" not in said
    assert not re.search(r"[ \u00a0][;:!?»]", said)
    assert not re.search(r"« ", said)


def test_every_reason_written_in_the_code_is_said() -> None:
    root = Path(__file__).parents[2]
    found = set()
    for folder in ("app", "maps"):
        for path in root.joinpath(folder).rglob("*.py"):
            found |= set(
                re.findall(r'UnreadableFile\([^)]*?reason="(\w+)"', path.read_text(encoding="utf-8"))
            )
    assert found
    assert found <= UNREADABLE.keys()


def test_a_file_is_named_without_its_folder() -> None:
    said = sentence(errors.ForeignFile("/secret/dossier/notes.txt"))
    assert "notes.txt" in said
    assert "secret" not in said


def test_a_refusal_says_what_is_safe() -> None:
    assert explain(errors.DiskFull("x.maillage")).safe
    assert explain(errors.ImportSuperseded(number=3, later=[5])).happened.count("5") == 1


def test_the_years_held_are_offered() -> None:
    said = sentence(errors.NoValue(indicator="Natalité", year=2019, years=(2023, 2024)))
    assert "2019" in said
    assert "2023 et 2024" in said


@pytest.mark.parametrize(
    ("reason", "word"), [("file", "fichier"), ("folder", "dossier"), ("locked:PC-12", "PC-12"), ("", "")]
)
def test_read_only_says_why(reason: str, word: str) -> None:
    assert word in read_only_text(reason)
