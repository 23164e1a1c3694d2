"""Sections made from the conventions: plan d’actions and funding of the CTG, links with SDSF and CPOG."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.budget import MoneyState, Total
from app.domain.ctg_sentences import euros, period_text, progress_text
from app.domain.ctg_themes import theme_label
from app.domain.ctg_words import ACTION_STATE, MONEY
from app.domain.french import THIN
from app.domain.sdsf import NodeKind
from app.domain.secrecy_model import CAF
from app.domain.sentences import Sentence, said

if TYPE_CHECKING:
    from app.services.cascade import CascadeService
    from app.services.cpog import CpogService
    from app.services.ctg import CtgService
    from app.services.ctg_rows import CtgRow
    from app.services.diagnostics_study import Study
    from app.services.sdsf import SdsfService
    from reports.diagnostic_content import Item

KINDS = {
    "cog_node": "COG",
    "cpog_engagement": "Engagement de la CPOG",
    "cpog_indicator": "Indicateur de la CPOG",
    "sdsf_axis": "Axe du SDSF",
    "sdsf_objective": "Objectif du SDSF",
    "sdsf_action": "Action du SDSF",
    "ctg_objective": "Objectif de la CTG",
    "fiche": "Fiche action",
    "evidence": "Preuve",
}
INDENT = "\u2003"


class ConventionSections:
    """Builds the sections that rest on conventions; each service may be absent."""

    def __init__(
        self,
        ctg: CtgService | None = None,
        sdsf: SdsfService | None = None,
        cpog: CpogService | None = None,
        cascade: CascadeService | None = None,
    ) -> None:
        self._ctg = ctg
        self._sdsf = sdsf
        self._cpog = cpog
        self._cascade = cascade

    def _current(self, study: Study) -> CtgRow | None:
        """The CTG in force, else the one that ends last."""
        rows = self._ctg.rows(study.on, study.epci.code) if self._ctg is not None else []
        running = [row for row in rows if row.in_force]
        return (running or rows)[-1] if rows else None

    # -- actions ------------------------------------------------------------------------------------

    def actions(self, study: Study) -> list[Item]:
        """The plan in force, fiche by fiche, and what became of the one before."""
        from reports.diagnostic_content import Absent, Said, Title

        row = self._current(study)
        if row is None or self._ctg is None:
            return [Absent("Plan d’actions en vigueur", "saisir ou importer la CTG de ce territoire")]
        items: list[Item] = [Said((_ctg_sentence(row),), lead=True)]
        items += self._fiches(row, study)
        detail = self._ctg.ctg(row.uuid, study.on)
        items.append(Title("Bilan du plan précédent"))
        if detail.previous is None:
            return [*items, Absent("Plan précédent", "relier la CTG à celle qu’elle renouvelle")]
        uuid, name = detail.previous
        counts = Counter(action.status for action in self._ctg.actions(uuid, study.on))
        words = [f"{ACTION_STATE[state].lower()}{THIN}: {count}" for state, count in counts.items()]
        text = f"{name}, fiches par état{THIN}: {french.listing(words) or 'aucune fiche'}"
        return [*items, Said((said(text),))]

    def _fiches(self, row: CtgRow, study: Study) -> list[Item]:
        from reports.diagnostic_content import Absent, TableItem

        fiches = self._ctg.actions(row.uuid, study.on) if self._ctg is not None else []
        if not fiches:
            return [Absent("Fiches actions", "les saisir ou les importer dans la CTG")]
        cells = tuple(
            (
                fiche.number,
                fiche.title,
                theme_label(fiche.theme) if fiche.theme else "",
                fiche.pilot,
                period_text(fiche.starts_on, fiche.ends_on),
                ACTION_STATE[fiche.status],
                progress_text(fiche.progress),
            )
            for fiche in fiches
        )
        heads = ("N°", "Fiche action", "Thème", "Pilote", "Période", "État", "Avancement")
        note = "L’avancement vient des étapes faites, sauf mention."
        return [
            TableItem(
                f"Plan d’actions, {row.name}",
                tuple((head, "left") for head in heads),
                cells,
                note=note,
                fictitious=any(fiche.fictitious for fiche in fiches),
            )
        ]

    def issues(self, study: Study) -> tuple[str, ...]:
        """Enjeux of the CTG, as its plan numbers them."""
        row = self._current(study)
        if row is None or self._ctg is None:
            return ()
        plan = self._ctg.plan(row.uuid, study.on)
        return tuple(f"{line.number}. {line.title}" for line in plan if line.kind == "enjeu")

    # -- funding ------------------------------------------------------------------------------------

    def funding(self, study: Study) -> list[Item]:
        """Money of the plan by funder, one state at a time; amounts stay with the Caf."""
        from reports.diagnostic_content import Absent, Framed, TableItem

        if study.options.profile != CAF:
            return [Framed("Les montants ne figurent pas dans cette version.", "note")]
        row = self._current(study)
        budget = self._ctg.budget(row.uuid, study.on) if row is not None and self._ctg is not None else None
        if budget is None or not budget.cells or row is None:
            return [Absent("Financements par signataire", "les saisir au budget des fiches actions")]
        items: list[Item] = []
        for state in MoneyState:
            cells = [cell for cell in budget.cells if cell.state is state]
            if not cells:
                continue
            years = sorted({cell.year for cell in cells})
            funders = list(dict.fromkeys(cell.funder for cell in cells))
            rows = [
                (name, *(_amount([c.cents for c in cells if (c.funder, c.year) == (name, y)]) for y in years))
                for name in funders
            ]
            totals = {year.year: year.totals for year in budget.years}
            rows.append(("Total connu", *(_total(totals.get(year, ()), state) for year in years)))
            heads = (("Financeur", "left"), *((str(year), "right") for year in years))
            caption = f"Budget du plan, {MONEY[state].lower()}"
            note = (
                f"Montants en euros. n.d.{THIN}: attendu, non connu. Les états ne s’ajoutent pas entre eux."
            )
            items.append(TableItem(caption, heads, tuple(rows), note=note, fictitious=row.fictitious))
        return items

    # -- links --------------------------------------------------------------------------------------

    def links(self, study: Study) -> list[Item]:
        """The SDSF and the CPOG that the territory serves, and the links made towards its fiches."""
        from reports.diagnostic_content import Absent, Said, TableItem, Title

        said_first = [*self._sdsf_words(study), *self._cpog_words(study)]
        items: list[Item] = [Said(tuple(said_first))] if said_first else []
        items += self._axes(study)
        items.append(Title("Des conventions aux fiches actions"))
        lines = self._cascade.tree(study.departement, study.epci.code) if self._cascade is not None else []
        if not lines:
            return [
                *items,
                Absent("Liens avec les fiches actions", "les poser dans la page SDSF, « Cascade »"),
            ]
        rows = tuple(
            (KINDS[line.node.kind], _label(line.depth, line.node.number, line.node.label)) for line in lines
        )
        fictitious = any(line.node.fictitious for line in lines)
        heads = (("Niveau", "left"), ("Intitulé", "left"))
        return [*items, TableItem("Liens posés", heads, rows, fictitious=fictitious)]

    def _sdsf_words(self, study: Study) -> list[Sentence]:
        row = self._sdsf.running(study.departement, study.on) if self._sdsf is not None else None
        if row is None:
            return []
        axes = french.plural(row.axes, "axe")
        period = period_text(row.starts_on, row.ends_with_amendments or row.ends_on)
        return [said(f"{row.label}{THIN}: {period}, {axes}")]

    def _cpog_words(self, study: Study) -> list[Sentence]:
        rows = self._cpog.contracts(study.on) if self._cpog is not None else []
        return [
            said(f"{row.label}{THIN}: {period_text(row.starts_on, row.ends_on)}")
            for row in rows
            if row.departement == study.departement and row.starts_on <= study.on <= row.ends_on
        ]

    def _axes(self, study: Study) -> list[Item]:
        from reports.diagnostic_content import Absent, Points

        row = self._sdsf.running(study.departement, study.on) if self._sdsf is not None else None
        if row is None or self._sdsf is None:
            return [
                Absent(f"SDSF {study.departement_place.of}", "saisir le schéma en vigueur dans la page SDSF")
            ]
        nodes = self._sdsf.scheme(row.uuid).nodes
        return [Points(tuple(f"{n.number}. {n.label}" for n in nodes if n.kind is NodeKind.AXIS))]


def _ctg_sentence(row: CtgRow) -> Sentence:
    done = f"{row.actions.count} fiches réalisées sur {row.actions.total}"
    results = f"{row.results.count} résultats atteints sur {row.results.total} connus"
    return said(f"{row.name}{THIN}: {period_text(row.starts_on, row.ends_on)}. {done}{THIN}; {results}")


def _label(depth: int, number: str, label: str) -> str:
    return f"{INDENT * depth}{number + '. ' if number else ''}{label}"


def _amount(cents: list[int | None]) -> str:
    """Sum of the amounts of a funder; one that is expected and unknown makes it unknown."""
    if not cents:
        return "·"
    if any(amount is None for amount in cents):
        return french.NO_DATA
    return euros(sum(amount or 0 for amount in cents))


def _total(totals: tuple[Total, ...], state: MoneyState) -> str:
    found = next((total for total in totals if total.state is state), None)
    return euros(found.cents) if found is not None and found.cents is not None else french.NO_DATA
