"""Invented contents of the papers of a CTG: every status, long texts, absences."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from reports.ctg_content import (
    AgendaPoint,
    Budget,
    BudgetLine,
    Commitment,
    CtgHead,
    DecisionLine,
    EvaluationContent,
    EvaluationLine,
    EvaluationQuestion,
    Fact,
    FicheAction,
    Issue,
    LinkedIndicator,
    Operational,
    PlanContent,
    SessionContent,
    StageLine,
    Strategic,
)
from reports.kit.printed import plain
from tests.reports.booklets import LONG, choropleth, shown

DAY = datetime.date
STATUSES = ("a_lancer", "en_cours", "realisee", "reportee", "conditionnee", "deprogrammee", "abandonnee")


def head(**changes: Any) -> CtgHead:
    """The head of an invented CTG."""
    made = CtgHead(
        name="CTG du Niortais",
        territory="CA du Niortais",
        period="2024-2027",
        made_on=DAY(2026, 11, 19),
        caf="Caf des Deux-Sèvres",
        parties=("Caf des Deux-Sèvres, délibération du 12 décembre 2023", "CA du Niortais", "Msa Poitou"),
    )
    return replace(made, **changes)


def budget() -> Budget:
    """Three years, four funders, amounts in their own states."""
    names = ("Caf", "EPCI", "Communes", "Msa")
    states = ("payé", "voté", "prévu")
    lines = tuple(
        BudgetLine(
            name,
            "fonctionnement",
            tuple(plain(None if name == "Msa" and y == 1 else 4800.0 + 900 * y - 700 * i) for y in range(3)),
            states,
        )
        for i, name in enumerate(names)
    )
    totals = (
        ("Total payé", (plain(12500.0), plain(None), plain(None))),
        ("Total voté", (plain(None), plain(12700.0), plain(None))),
    )
    return Budget((2025, 2026, 2027), lines, totals, ("Part de la Caf : 38 %, puis 49 %, puis 55 %.",))


def fiche(rank: int = 0, **changes: Any) -> FicheAction:
    """A fiche action with all its fields."""
    status = STATUSES[rank % 7]
    made = FicheAction(
        number=f"1.{rank // 3 + 1}.{rank % 3 + 1}",
        title=f"Ouvrir deux points d’itinérance du Rpe au sud ({rank})",
        theme="Petite enfance",
        status=status,
        kind="Développement",
        origin="Constat local",
        finding=(
            "Le territoire offre ",
            shown(67.2),
            " places pour 100 enfants, contre ",
            shown(70.6, 8),
            ".",
        ),
        finding_source="Cnaf 2023",
        description=LONG,
        public="Parents et assistants maternels",
        communes="19 communes sur 58, au sud",
        starts_on=DAY(2024, 3, 1),
        ends_on=DAY(2026, 12, 31) if rank % 4 else None,
        stages=(
            StageLine("Recenser les locaux communaux adaptés", "EPCI", DAY(2026, 1, 15), DAY(2026, 1, 12)),
            StageLine(
                "Signer les conventions de mise à disposition", "Communes", DAY(2026, 3, 31), DAY(2026, 4, 20)
            ),
            StageLine(
                "Ouvrir le premier point, deux demi-journées par semaine", "Rpe", DAY(2026, 9, 30), None, 50
            ),
            StageLine("Ouvrir le second point", "Rpe", DAY(2026, 12, 31)),
        ),
        deliverables=("Convention type", "Bilan annuel"),
        pilot="Coordinatrice petite enfance, EPCI",
        elected="Vice-présidente à l’enfance",
        partners="Communes, Msa, Département",
        caf_role="complément",
        budget=budget() if rank % 3 == 0 else None,
        fte="0,5 ETP",
        expected="Réduire la distance au Rpe",
        indicators=(
            LinkedIndicator(
                "Communes à moins de 20 min d’un Rpe",
                "communes",
                plain(26.0),
                plain(36.0),
                plain(52.0),
                "départ 2024",
                "réalisé 2026",
                "cible 2027",
            ),
        ),
        links=("SDSF, axe 1", "Rpe, ratio par ETP", "Décret, points 3 et 10"),
        done=0.5,
        stages_words="2 sur 4 étapes faites",
        decision="Reportée par le comité de pilotage le 12 juin 2026, faute de local."
        if status == "reportee"
        else "",
        facts=(Fact(2025, "Premier point ouvert à l’essai."), Fact(2026, "Départ de l’animatrice.", True)),
        decisions=("D12. Relancer les communes.",),
        fictitious=rank == 1,
    )
    return replace(made, **changes)


def plan(fiches: int = 9, **changes: Any) -> PlanContent:
    """A plan of three enjeux."""
    made = [fiche(rank, map=choropleth() if rank == 0 else None) for rank in range(fiches)]
    issues = []
    for n in range(3):
        part = made[n * fiches // 3 : (n + 1) * fiches // 3]
        operational = Operational(f"1.{n + 1}", "Rapprocher l’offre des familles éloignées", tuple(part))
        strategic = Strategic(str(n + 1), "Réduire les écarts d’accès", (operational,))
        findings = (("Le sud compte ", shown(54.9), " places pour 100 enfants."), LONG)
        issues.append(Issue(str(n + 1), "L’accueil du jeune enfant partout", findings, (strategic,)))
    issues.append(Issue("4", "Le logement des jeunes", (), ()))
    result = PlanContent(
        head=head(),
        issues=tuple(issues),
        messages=("Neuf fiches, dont deux réalisées.", "Une fiche est reportée faute de local."),
        themes=(("Petite enfance", 6), ("Parentalité", 3)),
        missing_themes=("accès aux droits",),
        status_counts=tuple((code, 1 + rank % 2) for rank, code in enumerate(STATUSES)),
        budget=budget(),
        commitments=(
            Commitment(
                "Caf",
                "Financer deux postes de coopération",
                DAY(2026, 6, 30),
                "en_retard",
                142,
                "Poste vacant",
            ),
            Commitment("CA du Niortais", "Mettre des locaux à disposition", None, "a_faire"),
        ),
        starts_on=DAY(2024, 1, 1),
        ends_on=DAY(2027, 12, 31),
    )
    return replace(result, **changes)


def session(**changes: Any) -> SessionContent:
    """A séance with decisions."""
    decisions = (
        DecisionLine(
            "D11", "Réviser la cible des points d’itinérance", "Caf", DAY(2026, 12, 15), "1.1.1", "a_faire"
        ),
        DecisionLine("D12", LONG, "", None, "", "faite"),
    )
    made = SessionContent(
        head=head(),
        body="Comité de pilotage",
        kind="comité de pilotage",
        on=DAY(2026, 11, 19),
        place="Niort",
        present=("Caf", "CA du Niortais", "Msa"),
        agenda=(
            AgendaPoint("Avancement des fiches", f"{LONG}\n{LONG}", decisions),
            AgendaPoint("Questions diverses"),
        ),
        documents=(("Plan d’actions, version de travail", "3fa9c1d2" * 8),),
        earlier=(replace(decisions[0], number="D3", state="en_retard", overdue="plus de 90 jours"),),
        next_on=DAY(2027, 3, 1),
    )
    return replace(made, **changes)


def evaluation(**changes: Any) -> EvaluationContent:
    """A grid with values known and to come."""
    lines = (
        EvaluationLine(
            "L’offre s’est rapprochée",
            "Communes à moins de 20 min d’un Rpe",
            "Registre",
            plain(26.0),
            plain(36.0),
            None,
            "plutôt oui",
            LONG,
        ),
        EvaluationLine(
            "L’offre s’est rapprochée", "Heures d’ouverture des Laep", "Caf", plain(None), plain(210.0), None
        ),
    )
    made = EvaluationContent(
        head=head(),
        questions=(
            EvaluationQuestion(
                "1", "L’accès des familles du sud s’est-il amélioré ?", lines, "Oui, en partie."
            ),
            EvaluationQuestion("2", "La coopération est-elle installée ?", ()),
        ),
        times=("T0, 2024", "T1, 2026", "T2, 2027"),
        summary="À mi-parcours, l’accès s’améliore sans que les Laep suivent.",
        method="Entretiens et registre.",
    )
    return replace(made, **changes)
