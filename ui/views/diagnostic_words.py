"""What the page of diagnostics says: states of sections, findings, names of files; no Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.diagnostic import PlannedSection, section_kinds
from app.domain.french import NBSP, THIN, fold, plural
from app.domain.indicator import ValueState
from ui import labels
from ui.labels_diagnostic import PROBLEM

if TYPE_CHECKING:
    from app.domain.claims_model import Finding
    from app.services.diagnostics_fresh import Outdated
    from app.services.diagnostics_review import SectionReview
    from app.services.diagnostics_rows import TextFinding

OFF = "non imprimée"


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One line of the plan; page: from 1, 0 while it is not known."""

    code: str
    title: str
    enabled: bool
    state: str
    tone: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to check before a booklet leaves; finding: where it is in the text of the section."""

    section: str
    title: str
    nature: str
    words: str
    advice: str = ""
    tone: str = ""
    finding: Finding | None = None


def full_title(section: PlannedSection) -> str:
    """« 3. Petite enfance »."""
    kind = section_kinds()[section.code]
    number = f"{kind.number}.{NBSP}" if kind.number else ""
    return number + (section.title or kind.title)


def section_line(
    section: PlannedSection, review: SectionReview | None, findings: int, page: int = 0
) -> SectionLine:
    """What the plan shows of a section; review None: not made yet."""
    title = full_title(section)
    if not section.enabled:
        return SectionLine(section.code, title, False, OFF, "texte3")
    said, tone = _holds(review)
    if section.text.strip():
        said.append("texte saisi")
    if findings:
        said, tone = [plural(findings, "écart à vérifier", "écarts à vérifier")], "ocre"
    return SectionLine(section.code, title, True, ", ".join(said), tone, page)


def _holds(review: SectionReview | None) -> tuple[list[str], str]:
    if review is None:
        return [], "texte3"
    if review.failed:
        return ["composition impossible"], "rouge"
    count = len(review.missing)
    if not review.has_data:
        return ["sans donnée"], "ocre"
    return ["données", plural(count, "manque", "manques")] if count else ["avec données"], "texte2"


def points_of(reviews: Sequence[SectionReview], findings: Sequence[TextFinding]) -> list[Point]:
    """Everything to look at, in the order of the plan: texts first, then what the figures lack."""
    points: list[Point] = []
    for review in reviews:
        points += [_point(found) for found in findings if found.section == review.code]
        points += _facts(review)
    return points


def _point(found: TextFinding) -> Point:
    finding = found.finding
    advice = f"écrire {finding.suggestion}" if finding.suggestion else ""
    words = f"«{THIN}{finding.written}{THIN}»{THIN}: {finding.explanation}"
    tone = "ocre" if finding.is_error else "texte3"
    return Point(found.section, found.title, PROBLEM[finding.problem], words, advice, tone, finding)


def _facts(review: SectionReview) -> list[Point]:
    place = (review.code, review.title)
    points = [Point(*place, "Donnée manquante", what, how, "ocre") for what, how in review.missing]
    points += [Point(*place, "Petit effectif", words) for words in review.small]
    points += [_old_point(place, old) for old in review.outdated]
    for label, state, count in review.absent:
        words = f"{label}{THIN}: {plural(count, 'chiffre', 'chiffres')}"
        points.append(Point(*place, _ABSENT[state], words))
    if review.fictitious:
        points.append(Point(*place, "Fictif", "des chiffres de démonstration y sont imprimés", "", "violet"))
    if review.failed:
        points.append(Point(*place, "Composition", "cette section n’a pas pu être composée", "", "rouge"))
    return points


def _old_point(place: tuple[str, str], old: Outdated) -> Point:
    words = f"{old.label}{THIN}: {old.year}, l’année {old.expected} devrait être publiée"
    where = f" ({old.place})" if old.place else ""
    return Point(*place, "Donnée ancienne", words, f"importer l’année {old.expected}{where}", "ocre")


_ABSENT = {
    ValueState.NO_DATA: "Pas de donnée",
    ValueState.NOT_PUBLISHED: "Non publié",
    ValueState.MASKED: "Masqué",
}


def file_stem(epci: str, code: str) -> str:
    """« diagnostic_niortais »: proposed name of a file."""
    return "_".join(("diagnostic", "-".join(fold(epci).replace("’", " ").split()) or code))


def level_word(level: int) -> str:
    """« EPCI »."""
    return labels.LEVEL_ONE[level]
