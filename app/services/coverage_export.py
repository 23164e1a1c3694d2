"""Lists of gaps as files: CSV for French Excel, XLSX with its sources; text is never a formula."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.errors import UnknownTerritory
from app.domain.maillage import Gap, Rule
from app.domain.maillage_words import condition_text, kinds_text
from app.services.export import workbook, write_csv

if TYPE_CHECKING:
    from app.domain.reference import Reference

HEADERS = (
    "Règle", "Maille", "Code", "Territoire", "Département", "Attendu", "Trouvé", "Manque", "Certitude",
    "Motif", "Habitants", "Origine du compte", "Année du compte", "Action proposée", "Thème", "Public",
    "Nombre de communes", "Code EPCI", "Code de la règle", "Version de la règle",
)  # fmt: skip
LEVELS = {2: "département", 3: "EPCI", 4: "commune", 5: "arrondissement"}
SUFFIXES = (".csv", ".xlsx")
WIDE = 60


def rows_of(gaps: Sequence[Gap], reference: Reference) -> list[tuple[object, ...]]:
    """One line a gap; numbers stay numbers, what is not known is « n.d. »."""
    return [
        (
            gap.rule.label, LEVELS[gap.level], gap.code, gap.name,
            _departement(reference, gap.code_departement), _expected(gap, gap.needed), _known(gap.found),
            _expected(gap, gap.missing), gap.certainty.value, gap.reason, _known(gap.population),
            gap.count.source or french.NO_DATA, _known(gap.count.year),
            gap.draft.title, gap.draft.theme, gap.draft.public, len(gap.draft.communes), gap.draft.code_epci,
            gap.rule.code, gap.rule.version,
        )
        for gap in gaps
    ]  # fmt: skip


def _departement(reference: Reference, code: str) -> str:
    try:
        return reference.departement(code).name
    except UnknownTerritory:
        return code


def _expected(gap: Gap, number: float | None) -> object:
    return french.MASKED if gap.masked else _known(number)


def _known(number: float | None) -> object:
    if number is None:
        return french.NO_DATA
    return round(number, 2)


def source_rows(gaps: Sequence[Gap], on: datetime.date) -> list[tuple[str, str]]:
    """What the figures rest on: date, rules with their sources, origins of counts, meaning of words."""
    rules: dict[str, Rule] = {gap.rule.code: gap.rule for gap in gaps}
    rows = [("Établi le", french.long_date(on))]
    for rule in rules.values():
        words = (
            f"{kinds_text(rule)}, {condition_text(rule)}. {rule.note} "
            f"Version {rule.version}. Source : {rule.source}."
        )
        rows.append((rule.label, french.typographic(words)))
    origins = sorted({f"{gap.count.source} ({gap.count.year})" for gap in gaps if gap.count.source})
    rows += [("Origine d’un compte", origin) for origin in origins]
    rows.append(("« manque »", "Le compte est complet : l’offre attendue n’y est pas."))
    rows.append(("« inconnu »", "Le registre n’est pas complet ici : rien ne prouve un manque."))
    rows.append(("n.d.", "Pas de donnée : ce n’est pas un zéro."))
    if any(gap.masked for gap in gaps):
        rows.append((french.MASKED, "Masqué : le nombre est couvert par le secret statistique."))
    return [(label, french.typographic(text)) for label, text in rows]


def write_gaps(gaps: Sequence[Gap], path: Path, on: datetime.date, reference: Reference) -> None:
    """Write gaps to .csv or .xlsx, whole or not at all. Raises WriteRefused, DiskFull."""
    rows, sources = rows_of(gaps, reference), source_rows(gaps, on)
    if path.suffix.lower() == ".csv":
        write_csv(path, (HEADERS, *rows, (), ("Sources", ""), *sources))
    else:
        _write_xlsx(path, rows, sources)


def _write_xlsx(path: Path, rows: Sequence[Sequence[object]], sources: Sequence[tuple[str, str]]) -> None:
    with workbook(path) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        page = book.add_worksheet("Lacunes")
        page.write_row(0, 0, HEADERS, bold)
        for i, row in enumerate(rows, start=1):
            for j, cell in enumerate(row):
                page.write(i, j, cell, wrapped)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, max(len(rows), 1), len(HEADERS) - 1)
        page.autofit(WIDE * 7)
        origin = book.add_worksheet("Sources")
        origin.write_row(0, 0, ("Objet", "Source ou règle"), bold)
        for i, pair in enumerate(sources, start=1):
            origin.write_row(i, 0, pair, wrapped)
        origin.set_column(0, 0, 40)
        origin.set_column(1, 1, 100)
