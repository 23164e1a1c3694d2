"""What a constat asks of the services: its check, its figures, its enjeu; no Qt here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.changes import Changes
    from app.domain.claims import Finding
    from app.domain.indicator import Value
    from app.domain.territory import Level
    from app.progress import Progress
    from app.services import Services
    from app.services.ctg_rows import FindingFigureRow

SECTION = {
    "petite_enfance": "petite_enfance",
    "non_recours_accueil": "petite_enfance",
    "enfance": "enfance_jeunesse",
    "jeunesse": "enfance_jeunesse",
    "parentalite": "parentalite",
    "vie_sociale": "animation",
}
"""Section of the diagnostic that a theme speaks of: what a sentence that names no indicator is about."""
ANY_SECTION = "cadre"


def check(
    services: Services, communes: tuple[str, ...], theme: str, words: str, _progress: Progress
) -> list[Finding]:
    """Numbers of a sentence that the base contradicts, whatever the scope of the convention."""
    from app.services.ctg_claims import check_sentence

    figures, reference = services.secrecy.figures(), services.territory.reference
    return check_sentence(figures, reference, communes, SECTION.get(theme, ANY_SECTION), words)


def make_issue(services: Services, finding: str, _progress: Progress) -> Changes:
    """Make an enjeu."""
    return services.ctg.make_issue(finding).changes


def pin(
    services: Services, finding: str, indicator: str, level: Level, code: str, year: int, _progress: Progress
) -> Changes:
    """Attach a figure as the base holds it now."""
    return services.ctg.pin_figure(finding, indicator, level, code, year).changes


def pin_again(services: Services, finding: str, figure: FindingFigureRow, _progress: Progress) -> Changes:
    """Keep the value of today instead of the one kept before."""
    done = services.ctg.pin_figure(finding, figure.indicator, figure.level, figure.code, figure.year).changes
    return done | services.ctg.remove("figure", figure.uuid)


def unpin(services: Services, figure: str, _progress: Progress) -> Changes:
    """Detach a figure."""
    return services.ctg.remove("figure", figure)


def value(services: Services, figure: FindingFigureRow, _progress: Progress) -> Value:
    """What the base says now of a figure, with its whole provenance."""
    return services.indicators.value(figure.indicator, figure.level, figure.code, figure.year)
