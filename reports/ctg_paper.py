"""The head that every paper of a CTG shares: who made it, when, its status and its watermark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports.ctg_content import CtgHead
from reports.kit.blocks import Document, Section

KICKER = "Convention territoriale globale"
FICTITIOUS = "données fictives"


def booklet_of(
    head: CtgHead, title: str, sections: Sequence[Section], *, fictitious: bool = False
) -> Document:
    """Return a paper with its cover; fictitious: the watermark says it, whatever the head holds."""
    return Document(
        title=title,
        sections=tuple(sections),
        date=head.made_on,
        kicker=KICKER,
        subtitle=f"{head.name}, {head.period}" if head.name else head.period,
        territory=head.territory,
        author=head.caf,
        status=head.status,
        version=head.version,
        watermark=_marks_of(head, fictitious=fictitious),
        profile=head.profile,
        logo=head.logo,
        picture=head.picture,
        parties=head.parties,
        extra=head.extra,
    )


def sheet_of(
    head: CtgHead, title: str, section: Section, subtitle: str, *, fictitious: bool = False
) -> Document:
    """Return a paper of one section without cover, contents nor annex."""
    made = booklet_of(head, title, (section,), fictitious=fictitious)
    return replace(made, kicker="", subtitle=subtitle, cover=False, contents=False, annex=False)


def _marks_of(head: CtgHead, *, fictitious: bool) -> tuple[str, ...]:
    """Return the reasons of the watermark, fictitious data among them."""
    reasons = list(head.watermark)
    if (fictitious or head.fictitious) and FICTITIOUS not in reasons:
        reasons.append(FICTITIOUS)
    return tuple(reasons)
