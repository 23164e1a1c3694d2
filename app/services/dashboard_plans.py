"""Tiles made of conventions and of the register: CTG, CPOG, plans, places, sheet of the SDSF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.cpog_gauges import Rule
from app.domain.ctg_words import CTG_STATUS
from app.domain.french import NBSP, NO_DATA, long_date, number, percent, plural
from app.services.dashboard_rows import TITLES, Scope, Segment, Tile, TileLine, nothing

if TYPE_CHECKING:
    from app.domain.cpog_gauges import Gauge
    from app.services.cpog import CpogService
    from app.services.cpog_rows import CpogRow, GaugesRow
    from app.services.ctg import CtgService
    from app.services.ctg_rows import CtgRow, Share
    from app.services.register import RegisterService
    from app.services.sdsf import SdsfService
    from app.services.territory import TerritoryService

CREATE = (("create", True),)
KINDS = ("eaje", "micro_creche")
NO_FICHE, NO_RESULT = "aucune fiche action", "aucun réalisé saisi"


class PlanTiles:
    """Reads what people committed to, and what opened or closed."""

    def __init__(
        self,
        territory: TerritoryService,
        cpog: CpogService,
        ctg: CtgService,
        sdsf: SdsfService,
        register: RegisterService,
    ) -> None:
        self._territory = territory
        self._cpog = cpog
        self._ctg = ctg
        self._sdsf = sdsf
        self._register = register

    # -- CTG ----------------------------------------------------------------------------------------------

    def ctg(self, scope: Scope) -> Tile:
        """Epci, inhabitants and communes covered, one segment an Epci; of one Epci, its convention."""
        rows = self._rows(scope)
        if not rows:
            words = "Aucune CTG sur ce territoire" if scope.epci else "Aucune CTG enregistrée"
            return nothing("ctg", words, "ctg", "Créer une CTG", CREATE)
        if scope.epci:
            return _convention(rows[0])
        found = self._ctg.coverage(scope.on, scope.departement or None)
        shares = (found.epcis, found.population, found.communes)
        segments = tuple(
            Segment(
                state.code, state.name, state.status or "", CTG_STATUS[state.status] if state.status else ""
            )
            for state in found.territories
            if self._is_seated(state.code, scope)
        )
        partly = f"{plural(found.epcis_partly, 'EPCI', 'EPCI')} en partie" if found.epcis_partly else ""
        return Tile(
            "ctg", TITLES["ctg"], number(found.epcis.part), f"EPCI sur {number(found.epcis.whole)}",
            tuple(_share(share) for share in shares), partly, "ctg", (("list", True),), segments=segments,
            fictitious=any(row.fictitious for row in rows),
        )  # fmt: skip

    def _is_seated(self, code: str, scope: Scope) -> bool:
        """True for an Epci that the first share counts: its seat is in the scope."""
        mine = (scope.departement,) if scope.departement else [d.code for d in self._territory.departements()]
        return self._territory.reference.epci(code).code_departement in mine

    def _rows(self, scope: Scope) -> list[CtgRow]:
        return self._ctg.rows(scope.on, scope.epci or None, scope.departement or None)

    def plan(self, scope: Scope) -> Tile:
        """Fiches done, and results reached: two counts, never one."""
        rows = self._rows(scope)
        done, total = sum(row.actions.count for row in rows), sum(row.actions.total for row in rows)
        if not total:
            return nothing("plan", "Aucune fiche action", "ctg", "Ouvrir les CTG", (("list", True),))
        reached, judged = sum(row.results.count for row in rows), sum(row.results.total for row in rows)
        lines = (
            _bar("Fiches réalisées", done, total, NO_FICHE),
            _bar("Résultats atteints", reached, judged, NO_RESULT),
        )
        return Tile(
            "plan", TITLES["plan"], number(total), "fiche" if total == 1 else "fiches", lines,
            plural(len(rows), "convention"), "ctg", (("list", True),),
            fictitious=any(row.fictitious for row in rows),
        )  # fmt: skip

    # -- CPOG ---------------------------------------------------------------------------------------------

    def cpog(self, scope: Scope) -> Tile:
        """Progress and results of the contract in force, two bars never averaged."""
        held = [
            row
            for row in self._cpog.contracts(scope.on)
            if not scope.departement or row.departement == scope.departement
        ]
        rows = [row for row in held if row.starts_on <= scope.on <= row.ends_on]
        if not rows:
            return nothing("cpog", _last_contract(held, scope), "cpog", "Ouvrir les CPOG")
        read = [(row, self._gauges(row, scope)) for row in rows]
        row, gauges = next((one for one in read if _results(one[1])[1]), read[0])
        done = gauges.progress[0]
        lines = (
            _bar(
                "Actions réalisées", int(done.numerator), int(done.denominator), "aucun état d’action saisi"
            ),
            _bar("Résultats atteints", *_results(gauges), NO_RESULT),
        )
        return Tile(
            "cpog", f"CPOG {row.starts_on.year} à {row.ends_on.year}", "", "", lines,
            _cpog_note(row, gauges, several=len(rows) > 1), "cpog",
            (("cpog", row.code), ("tab", "board")), fictitious=row.fictitious,
        )  # fmt: skip

    def _gauges(self, row: CpogRow, scope: Scope) -> GaugesRow:
        """Of the latest year that holds a result; of this year when none does."""
        years = range(min(scope.on.year, row.ends_on.year), row.starts_on.year - 1, -1)
        found = [self._cpog.gauges(row.code, year, scope.on) for year in years]
        return next((gauges for gauges in found if _results(gauges)[1]), found[0])

    # -- register and sheet -------------------------------------------------------------------------------

    def places(self, scope: Scope) -> Tile:
        """Created, closed, net, and planned apart, of the latest year with movements."""
        from app.services.register_rows import RegisterFilter

        filters = RegisterFilter(kinds=KINDS, departement=scope.departement, epci=scope.epci)
        years = self._register.ledger(filters)
        if not years:
            words = "Aucun mouvement de places dans le registre"
            return nothing("places", words, "equipment", "Ouvrir le registre", (("tab", "register"),))
        last = years[-1]
        lines = (
            TileLine("Créations", number(last.real.created)),
            TileLine("Fermetures", number(last.real.closed)),
            TileLine("Net", number(last.real.net, signed=True)),
            TileLine("Prévues, à part", number(last.expected.net, signed=True)),
        )
        return Tile(
            "places", TITLES["places"], number(last.real.net, signed=True), f"net en {last.year}", lines,
            "Registre des équipements", "equipment", (("kinds", KINDS),),
        )  # fmt: skip

    def sheet(self, scope: Scope) -> Tile:
        """Lines filled of the latest sheet of common indicators."""
        rows = [row for row in self._sdsf.sheets(scope.departement or None) if row.latest]
        if not rows:
            words = "Aucune fiche d’indicateurs communs"
            return nothing("sheet", words, "sdsf", "Importer la fiche", (("tab", "sheet"),))
        row = rows[0]
        said = f"{number(row.count.filled)} sur {number(row.count.lines)}"
        sent = "transmise" if row.sent_on else "à transmettre avant le 31 mars"
        return Tile(
            "sheet", TITLES["sheet"], said, f"lignes remplies, {row.year}",
            (TileLine("Version", str(row.version), sent),), "", "sdsf", (("tab", "sheet"),),
        )  # fmt: skip


def _convention(row: CtgRow) -> Tile:
    """The tile of one Epci: where its convention stands."""
    until = f"jusqu’au {long_date(row.ends_on)}" if row.ends_on else ""
    lines = (
        _bar("Fiches réalisées", row.actions.count, row.actions.total, NO_FICHE),
        _bar("Résultats atteints", row.results.count, row.results.total, NO_RESULT),
    )
    return Tile(
        "ctg", row.name, CTG_STATUS[row.status], until, lines,
        f"{plural(row.communes, 'commune')}, {plural(row.themes, 'thème')}", "ctg", (("ctg", row.uuid),),
        fictitious=row.fictitious,
    )  # fmt: skip


def _share(share: Share) -> TileLine:
    said = f"{number(share.part)} sur {number(share.whole)}"
    return TileLine(share.label, said, NO_DATA if share.percent is None else percent(share.percent, 0))


def _bar(label: str, part: int, whole: int, missing: str) -> TileLine:
    """A count over another with its bar; n.d. and what is missing when there is nothing to count."""
    if not whole:
        return TileLine(label, NO_DATA, missing)
    said = f"{number(part)} sur {number(whole)}"
    return TileLine(label, said, percent(100 * part / whole, 0), share=part / whole)


def _last_contract(held: list[CpogRow], scope: Scope) -> str:
    """Say that no contract runs, and when the last one ended."""
    ended = [row.ends_on for row in held if row.ends_on < scope.on]
    after = f", le dernier a pris fin le {long_date(max(ended))}" if ended else ""
    return f"Aucun contrat en cours{after}"


def _results(gauges: GaugesRow) -> tuple[int, int]:
    """Targets reached over all, once one value at least is known: before, nothing can be told."""
    if not gauges.has_results:
        return 0, 0
    by_rule: dict[Rule, Gauge] = dict(zip(Rule, gauges.results, strict=False))
    return int(by_rule[Rule.ALL].numerator), int(by_rule[Rule.ALL].denominator)


def _cpog_note(row: CpogRow, gauges: GaugesRow, *, several: bool) -> str:
    parts = [row.label.split(", ", 1)[-1]] if several else []
    parts += [f"résultats de {gauges.year}"] if _results(gauges)[1] else []
    parts.append(f"{number(gauges.follow_count)}{NBSP}indicateurs de suivi, sans cible")
    said = ", ".join(parts)
    return said[:1].upper() + said[1:]
