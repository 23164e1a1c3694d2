"""The annual bilan of a CPOG, by domain and fiche, and the two-page « avis annuel »."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.domain.french import NBSP, listing, long_date, plural
from app.progress import SILENT, Progress
from reports.cpog_actions import actions_table, dropped_block
from reports.cpog_content import (
    CpogContent,
    DomainSheet,
    FicheSheet,
    IndicatorSheet,
    NoticeContent,
)
from reports.cpog_figures import (
    STATE_HEADS,
    STATE_ORDER,
    computed_table,
    gaps_table,
    gauges_blocks,
    hypotheses_table,
    indicators_table,
    parts_table,
    rates_table,
    trend_blocks,
)
from reports.cpog_ledger import ledger_blocks
from reports.kit.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Heading,
    Missing,
    Paragraph,
    Row,
    RowKind,
    Section,
    Signatures,
    Table,
    Tone,
)
from reports.kit.printed import plain
from reports.kit.write import write_pdf

DRAFT = "hypothèse non notifiée"
FICTITIOUS = "données fictives"


def write_bilan(content: CpogContent, path: Path, progress: Progress = SILENT) -> None:
    """Write the bilan as PDF, whole or not at all. Raises Cancelled, DiskFull, WriteRefused."""
    write_pdf(bilan_document(content), path, progress)


def write_notice(content: NoticeContent, path: Path, progress: Progress = SILENT) -> None:
    """Write the « avis annuel » as PDF, whole or not at all. Raises Cancelled, DiskFull, WriteRefused."""
    write_pdf(notice_document(content), path, progress)


def bilan_document(content: CpogContent) -> Document:
    """Return the bilan as a document of the kit, for PDF or DOCX."""
    sections = [_synthesis(content)]
    for rank, domain in enumerate(content.domains, 2):
        sections.append(_domain_section(domain, str(rank), content))
    number = len(content.domains) + 2
    for title, blocks in _closing(content):
        first = number == len(content.domains) + 2
        sections.append(Section(title, tuple(blocks), str(number), new_page=first))
        number += 1
    return Document(
        title=f"Bilan annuel {content.year}",
        sections=tuple(sections),
        date=content.made_on,
        kicker="Contrat pluriannuel d’objectifs et de gestion",
        subtitle=_subtitle(content),
        territory=content.caf,
        author=content.caf,
        status="validé" if content.closed_on else content.status,
        watermark=watermark(_sheets(content.domains), fictitious=content.fictitious),
        profile="base de démonstration" if content.demo else "",
        logo=content.logo,
        parties=content.parties,
        extra=content.extra,
    )


def _subtitle(content: CpogContent) -> str:
    """Return « CPOG 2023 à 2027, déclinaison de la COG 2023-2027 », what the title says not said again."""
    period = "" if content.period in content.title else content.period
    cog = f"déclinaison de la {content.cog}" if content.cog else ""
    return ", ".join(word for word in (content.title, period, cog) if word)


def watermark(sheets: Iterable[IndicatorSheet], *, fictitious: bool) -> tuple[str, ...]:
    """Return the reasons of the watermark: draft targets printed, fictitious data."""
    held = list(sheets)
    reasons = [DRAFT] if any(sheet.draft_target for sheet in held) else []
    if fictitious or any(sheet.fictitious for sheet in held):
        reasons.append(FICTITIOUS)
    return tuple(reasons)


def _sheets(domains: Iterable[DomainSheet]) -> list[IndicatorSheet]:
    return [sheet for domain in domains for fiche in domain.fiches for sheet in fiche.indicators]


def _today(content: CpogContent | NoticeContent) -> float:
    """The day in years, the end of a year being that year."""
    day = content.made_on
    return day.year - 1 + (day.timetuple().tm_yday - 1) / 366


def _synthesis(content: CpogContent) -> Section:
    blocks: list[Block] = [_closing_words(content)]
    if content.messages:
        blocks += [Paragraph(content.messages[0], lead=True)]
        blocks += [Bullets(content.messages[1:])] if len(content.messages) > 1 else []
    blocks += gauges_blocks(content.actions_rate, content.results_rate)
    blocks += _kept(rates_table(content.other_rates))
    blocks.append(_states_table(content))
    words = missing_causes(content)
    if words:
        blocks.append(Callout(words, Tone.WARNING))
    pinned = [sheet for sheet in _sheets(content.domains) if sheet.pinned]
    if pinned:
        blocks.append(indicators_table(pinned, content.year, f"Les {len(pinned)} indicateurs épinglés"))
    return Section("Synthèse", tuple(blocks), "1", "synthese")


def _closing_words(content: CpogContent) -> Callout:
    if content.closed_on is None:
        words = f"L’année {content.year} n’est pas close\u202f: les valeurs peuvent encore changer."
        return Callout(words, Tone.WARNING)
    words = f"Année {content.year} close le {long_date(content.closed_on)}\u202f: ses valeurs sont figées."
    return Callout(words, Tone.NOTE)


def _states_table(content: CpogContent) -> Table:
    """Return how many indicators are in each state, by domain; states met nowhere are left out."""
    sheets = _sheets(content.domains)
    states = [state for state in STATE_ORDER if any(sheet.state is state for sheet in sheets)]
    rows = []
    for domain in content.domains:
        held = _sheets([domain])
        counts = (plain(sum(sheet.state is state for sheet in held)) for state in states)
        rows.append(Row((domain.title, *counts, plain(len(held)))))
    totals = (plain(sum(sheet.state is state for sheet in sheets)) for state in states)
    rows.append(Row(("Ensemble", *totals, plain(len(sheets))), RowKind.TOTAL))
    heads = (Column(STATE_HEADS[state], "right") for state in states)
    columns = (Column("Domaine"), *heads, Column("Indicateurs", "right"))
    note = "Un indicateur de suivi n’a pas de jugement\u202f: il n’est ni atteint ni manqué."
    return Table(columns, tuple(rows), f"État des indicateurs en {content.year}, par domaine", note=note)


def _domain_section(domain: DomainSheet, number: str, content: CpogContent) -> Section:
    blocks: list[Block] = [Paragraph(domain.message, lead=True)] if domain.message else []
    if not domain.fiches:
        blocks.append(
            Missing("Ce domaine n’a pas encore de fiche.", "Rattachez-y des indicateurs dans CPOG.")
        )
    for fiche in domain.fiches:
        blocks += _fiche_blocks(fiche, content)
    return Section(domain.title, tuple(blocks), number, new_page=bool(domain.fiches))


def _fiche_blocks(fiche: FicheSheet, content: CpogContent) -> list[Block]:
    title = ". ".join(part for part in (f"Fiche {fiche.code}" if fiche.code else "", fiche.title) if part)
    blocks: list[Block] = [Heading(title)]
    if fiche.comment:
        blocks.append(Paragraph(fiche.comment))
    sheets = fiche.indicators
    if sheets:
        blocks.append(
            indicators_table(sheets, content.year, f"Indicateurs, {fiche.title or f'fiche {fiche.code}'}")
        )
        blocks += trend_blocks(sheets, _today(content))
        blocks += _kept(gaps_table(sheets, content.year))
        blocks += _kept(parts_table(sheets))
        blocks += _kept(hypotheses_table(sheets))
        blocks += _kept(computed_table(sheets, content.year))
        flags = [f"{sheet.label}. {flag}" for sheet in sheets for flag in sheet.flags]
        blocks += [Callout(flag, Tone.WARNING) for flag in flags]
    else:
        blocks.append(Missing("Aucun indicateur n’est rattaché à cette fiche.", "Voyez l’onglet Actions."))
    blocks += _kept(actions_table(fiche))
    return blocks


def _closing(content: CpogContent) -> list[tuple[str, list[Block]]]:
    """Return the last chapters: revisions, dropped actions, decisions, what must be read with care."""
    revisions: list[Block] = []
    for ledger in content.ledgers:
        revisions += ledger_blocks(ledger, content.year)
    if not revisions:
        revisions = [Paragraph("Aucune cible n’a été révisée.")]
    chapters = [
        ("Révisions des cibles", revisions),
        ("Actions déprogrammées ou reportées", [dropped_block(content)]),
    ]
    if content.decisions:
        chapters.append(("Décisions", [Bullets(content.decisions, ordered=True)]))
    caution = _caution(content)
    if caution:
        chapters.append(("Précautions de lecture", caution))
    return chapters


def _caution(content: CpogContent) -> list[Block]:
    blocks: list[Block] = []
    if content.flags:
        blocks += [Heading("Contradictions du contrat, gardées telles qu’imprimées"), Bullets(content.flags)]
    if content.corrections:
        blocks += [Heading("Corrections après la clôture"), Bullets(content.corrections)]
    return blocks


def _kept(block: Block | None) -> list[Block]:
    return [] if block is None else [block]


def notice_document(content: NoticeContent) -> Document:
    """Return the « avis annuel »: two pages, no cover, no annex, but a manifest."""
    blocks: list[Block] = [Paragraph(f"{content.title}, {content.period}. {content.caf}.", lead=True)]
    blocks += gauges_blocks(content.actions_rate, content.results_rate)
    caption = f"{plural(len(content.indicators), 'indicateur')} de l’avis"
    blocks.append(indicators_table(content.indicators, content.year, caption))
    blocks += _kept(gaps_table(content.indicators, content.year))
    blocks += trend_blocks([s for s in content.indicators if s.pinned][:2], _today(content))
    if content.opinion:
        blocks += [Heading("Avis", numbered=False), Paragraph(content.opinion)]
    for title, items in (("Réserves", content.reserves), ("Demandes", content.requests)):
        if items:
            blocks += [Heading(title, numbered=False), Bullets(items)]
    if content.parties:
        blocks.append(Signatures(content.parties))
    return Document(
        title=f"Avis annuel {content.year}",
        sections=(Section(f"Avis annuel {content.year}", tuple(blocks)),),
        date=content.made_on,
        subtitle=f"{content.title}{NBSP}{content.period}",
        territory=content.caf,
        author=content.caf,
        status=content.status,
        watermark=watermark(content.indicators, fictitious=content.fictitious),
        cover=False,
        contents=False,
        annex=False,
        logo=content.logo,
        extra=content.extra,
    )


def missing_causes(content: CpogContent) -> str:
    """Return the words that name indicators whose gap has no cause yet, empty if there is none."""
    held = [s.code or s.label for s in _sheets(content.domains) if s.gap is not None and not s.gap.cause]
    return f"Cause à renseigner\u202f: {listing(held)}." if held else ""
