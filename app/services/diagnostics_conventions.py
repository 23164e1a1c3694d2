"""Sections made from the conventions: plan d’actions and funding of the CTG, links with SDSF and CPOG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain import french
from app.domain.ctg_sentences import period_text
from app.domain.french import THIN
from app.domain.sentences import Sentence, said
from app.services.diagnostics_money import money_items
from app.services.diagnostics_plan import current_ctg, plan_items

if TYPE_CHECKING:
    from app.domain.cascade import Matrix
    from app.services.cascade import CascadeService
    from app.services.cpog import CpogService
    from app.services.ctg import CtgService
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
PLAN = frozenset({"ctg_objective", "fiche", "evidence"})
"""Kinds that a plan holds by itself."""


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

    def actions(self, study: Study) -> list[Item]:
        """The plan in force and what became of the one before."""
        return plan_items(self._ctg, study)

    def funding(self, study: Study) -> list[Item]:
        """Budget, bonus and posts of the CTG."""
        return money_items(self._ctg, study)

    def issues(self, study: Study) -> tuple[str, ...]:
        """Enjeux of the CTG, in the order in which its plan numbers them."""
        row = current_ctg(self._ctg, study)
        if row is None or self._ctg is None:
            return ()
        plan = self._ctg.plan(row.uuid, study.on)
        return tuple(line.title for line in plan if line.kind == "enjeu")

    # -- links --------------------------------------------------------------------------------------

    def links(self, study: Study) -> list[Item]:
        """The SDSF and the CPOG that the territory serves, axes answered, and links down to its fiches."""
        from reports.diagnostic_content import Said, Title

        said_first = [*self._sdsf_words(study), *self._cpog_words(study)]
        items: list[Item] = [Said(tuple(said_first))] if said_first else []
        items += [Title("Axes du SDSF"), *self._axes(study)]
        return [*items, Title("De la COG aux fiches actions"), *self._tree(study)]

    def _sdsf_words(self, study: Study) -> list[Sentence]:
        row = self._sdsf.running(study.departement, study.on) if self._sdsf is not None else None
        if row is None:
            return []
        axes = french.plural(row.axes, "axe")
        period = period_text(row.starts_on, row.ends_with_amendments or row.ends_on)
        return [said(f"{row.label}{THIN}: {period}, {axes}")]

    def _cpog_words(self, study: Study) -> list[Sentence]:
        """The CPOG in force, else the last one, which is said to be over."""
        rows = self._cpog.contracts(study.on) if self._cpog is not None else []
        mine = [row for row in rows if row.departement == study.departement and row.starts_on <= study.on]
        running = [row for row in mine if study.on <= row.ends_on]
        over = "" if running else ", terminée"
        return [
            said(f"{row.label}{THIN}: {period_text(row.starts_on, row.ends_on)}{over}")
            for row in running or mine[-1:]
        ]

    def _axes(self, study: Study) -> list[Item]:
        """Each axis with the fiches of the territory that answer it; an axis without any is said."""
        from reports.diagnostic_content import Absent, Points, TableItem

        row = self._sdsf.running(study.departement, study.on) if self._sdsf is not None else None
        if row is None or self._sdsf is None or self._cascade is None:
            what = f"SDSF {study.departement_place.of} en vigueur"
            return [Absent(what, "le saisir dans la page SDSF")]
        matrix = self._matrix(study)
        if not any(map(sum, matrix.counts)):
            listed = Points(tuple(axis.label for axis in matrix.axes), numbered=True)
            how = f"les relier dans la page SDSF, onglet «{THIN}Cascade{THIN}»"
            return [listed, Absent("Fiches action reliées à ces axes", how)]
        place = matrix.epcis.index(study.epci.code)
        rows = tuple(
            (f"{axis.number}. {axis.label}", str(counts[place]), str(sum(counts)))
            for axis, counts in zip(matrix.axes, matrix.counts, strict=True)
        )
        heads = (("Axe", "left"), (study.epci.short_name, "right"), ("Tous les EPCI", "right"))
        note = "Fiches action reliées à l’axe ; une fiche compte une fois par axe."
        table = TableItem("Fiches action par axe du SDSF", heads, rows, note=french.typographic(note))
        return [table, *self._orphans(study)]

    def _matrix(self, study: Study) -> Matrix:
        cascade, departement = self._cascade, study.departement
        if cascade is None:
            raise ValueError("no cascade")
        return study.once(("matrix", departement), lambda: cascade.matrix(departement))

    def _orphans(self, study: Study) -> list[Item]:
        """Objectives of the SDSF that no fiche of the territory answers."""
        from reports.diagnostic_content import Framed

        cascade, departement = self._cascade, study.departement
        if cascade is None:
            return []
        found = study.once(("orphans", departement), lambda: cascade.orphans(departement))
        alone = [node.number for node, missing in found.objectives if study.epci.code in missing]
        if not alone:
            return []
        many = french.plural(len(alone), "objectif du SDSF", "objectifs du SDSF")
        words = f"{many} sans fiche action du territoire{THIN}: {french.listing(alone)}."
        return [Framed(words, "note")]

    def _tree(self, study: Study) -> list[Item]:
        """Links from the widest object down to the fiches; the plan alone is not a link."""
        from reports.diagnostic_content import Absent, TableItem

        lines = self._cascade.tree(study.departement, study.epci.code) if self._cascade is not None else []
        if all(line.node.kind in PLAN for line in lines):
            how = f"les poser dans la page SDSF, onglet «{THIN}Cascade{THIN}»"
            return [Absent("Liens de la CPOG et du SDSF vers les fiches actions", how)]
        rows = tuple(
            (KINDS[line.node.kind], _label(line.depth, line.node.number, line.node.label)) for line in lines
        )
        fictitious = any(line.node.fictitious for line in lines)
        heads = (("Niveau", "left"), ("Intitulé", "left"))
        return [TableItem("Liens posés, du plus large au plus précis", heads, rows, fictitious=fictitious)]


def _label(depth: int, number: str, label: str) -> str:
    return f"{INDENT * depth}{number + '. ' if number else ''}{label}"
