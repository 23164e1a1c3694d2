"""Every French sentence of the data page that depends on numbers; no Qt here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from app.domain.french import listing, long_date, plural, short_date

THIN = "\u202f"
SAFE = "La base est copiée avant l’écriture. L’import s’annule en un clic."

ANSWER_WORDS = {
    "keep": "Garder",
    "no_data": "Pas de donnée",
    "reject": "Écarter",
    "understood": "Compris",
}
SEVERITY_CHOICES = (
    ("all", "Tout", None),
    ("errors", "Erreurs", 2),
    ("questions", "Questions", 1),
    ("notes", "Informations", 0),
)
"""Code, word and severity of the choices of a filter; None keeps everything."""
SEPARATOR_WORDS = {
    ";": "point-virgule",
    ",": "virgule",
    "\t": "tabulation",
    "|": "barre verticale",
}
ENCODING_WORDS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "cp1252": "Windows-1252",
    "latin-1": "ISO 8859-1",
}


def answer_word(code: str, value: str = "") -> str:
    """Return the word on an answer; keeping a zero says so (« Garder 0 »)."""
    if code == "keep" and value.strip() in {"0", "0.0", "0,0"}:
        return f"Garder{THIN}0"
    return ANSWER_WORDS.get(code, code)


def severity_of(code: str) -> int | None:
    """Severity kept by a choice of the filter."""
    return next(severity for known, _label, severity in SEVERITY_CHOICES if known == code)


def severity_counts(severities: Iterable[int]) -> str:
    """Return « 2 questions, 1 information », the gravest first; « aucune anomalie » when there is none."""
    found = list(severities)
    words = ((2, "erreur"), (1, "question"), (0, "information"))
    parts = [plural(found.count(code), word) for code, word in words if code in found]
    return ", ".join(parts) if parts else "aucune anomalie"


def forecast_sentence(new: int, changed: int, unchanged: int, rejected: int, noun: str = "valeur") -> str:
    """Return « 17 valeurs nouvelles, 0 modifiée, 3 inchangées ; 2 lignes écartées »; noun: feminine."""
    head = f"{plural(new, f'{noun} nouvelle', f'{noun}s nouvelles')}, {plural(changed, 'modifiée')}"
    aside = plural(rejected, "ligne écartée", "lignes écartées")
    return f"{head}, {plural(unchanged, 'inchangée')}{THIN}; {aside}"


def result_sentence(
    files: int,
    new: int,
    changed: int,
    rejected: int,
    contours: int = 0,
    lines: tuple[int, int] = (0, 0),
) -> str:
    """Say what an import wrote, in one sentence; lines: of free tables, new and changed."""
    others = contours or any(lines)
    if not new and not changed and not others:
        return "Rien n’a changé\u202f: ces valeurs étaient déjà dans la base."
    read = plural(files, "fichier importé", "fichiers importés")
    parts = [plural(new, "valeur nouvelle", "valeurs nouvelles")] if new or not others else []
    parts += [plural(lines[0], "ligne nouvelle", "lignes nouvelles")] if lines[0] else []
    parts += [plural(lines[1], "ligne modifiée", "lignes modifiées")] if lines[1] else []
    if changed:
        parts.append(plural(changed, "valeur modifiée", "valeurs modifiées"))
    if rejected:
        parts.append(plural(rejected, "ligne écartée", "lignes écartées"))
    if contours:
        parts.append(plural(contours, "contour en service", "contours en service"))
    return f"{read}{THIN}: {listing(parts)}."


def file_state(rows: int, severities: Sequence[int]) -> str:
    """Return « 17 lignes, 2 questions » for the card of a file."""
    return f"{plural(rows, 'ligne')}, {severity_counts(severities)}"


def format_words(separator: str, encoding: str, licence: str) -> list[str]:
    """Return the words of the small badges: separator, encoding, licence; what is unknown is left out."""
    words = [
        SEPARATOR_WORDS.get(separator, separator.strip()),
        ENCODING_WORDS.get(encoding.lower(), encoding),
    ]
    return [word for word in (*words, licence) if word]


def moment(at: datetime.datetime | None) -> str:
    """Return « 21/11/2026 14:31 », or nothing."""
    return f"{short_date(at.date())} {at:%H:%M}" if at else ""


def undo_question(number: int, file: str, at: datetime.datetime) -> str:
    """Ask before an import of the past is undone."""
    return (
        f"Annuler l’import {number} du {long_date(at.date())}, «{THIN}{file}{THIN}»{THIN}? "
        "Les valeurs qu’il avait remplacées reviennent, les autres sont retirées."
    )
