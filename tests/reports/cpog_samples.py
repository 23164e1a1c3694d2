"""Invented contents of a bilan of CPOG: every state, gap, revision, flag."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from app.domain.indicator import Provenance
from reports.cpog_content import (
    ActionLine,
    CpogContent,
    DomainSheet,
    DroppedAction,
    FicheSheet,
    GapLine,
    Hypothesis,
    IndicatorSheet,
    IndicatorState,
    Ledger,
    NoticeContent,
    Origin,
    RateLine,
    RevisionLine,
    YearValue,
)
from reports.kit.charts import TunnelPoint
from reports.kit.printed import plain

FILE = Provenance("Caf, saisie", "valeurs_cpog_2025.csv", "ab" * 32, "", 12, 4, "2026-01-14T10:00:00", "")
YEAR = 2025
LABELS = (
    "Part des CTG intégrant un schéma de maintien et de développement de l’offre d’accueil",
    "Évolution nette du nombre de places d’Eaje",
    "Taux de réclamations traitées dans le délai de 10 jours",
    "Nombre d’heures d’ouverture des Laep",
    "Taux d’utilisation des téléservices du bouquet allocataires",
)


def entry(indicator: str, series: str, at: float, x: float | None, decimals: int = 1) -> YearValue:
    """A traced value of one series."""
    shown = replace(
        plain(x, decimals),
        indicator=indicator,
        label=LABELS[0],
        level="cpog",
        code="79",
        year=int(at),
        series=series,
        sources=(FILE,) if series == "réalisé" else (),
    )
    return YearValue(at, str(int(at)), shown)


def sheet(rank: int, state: IndicatorState, **changes: Any) -> IndicatorSheet:
    """An indicator of the contract."""
    code = f"COG 0{rank % 4 + 1}-{rank:02d}"
    known = state is not IndicatorState.NO_DATA
    actual = [12.5 + rank, 25.0, 50.0 if known else None]
    followed = state is IndicatorState.FOLLOWED
    initial = (
        () if followed else tuple(entry(code, "cible initiale", 2023 + i, 20.0 * (i + 1)) for i in range(5))
    )
    made = IndicatorSheet(
        code=code,
        label=LABELS[rank % len(LABELS)],
        nature="COG" if rank % 3 else "hors COG",
        kind="suivi" if followed else "résultat",
        unit="%" if rank % 2 == 0 else "heures",
        direction="à augmenter",
        target_words="aucune (suivi)" if followed else "100 en 2027",
        state=state,
        initial=initial,
        revised=tuple(entry(code, "cible révisée", 2025 + i, x) for i, x in enumerate((50.0, 75.0, 100.0)))
        if rank % 2 == 0
        else (),
        forecast=tuple(entry(code, "prévu", 2025 + i, x) for i, x in enumerate((50.0, 62.5, 87.5))),
        actual=tuple(entry(code, "réalisé", 2023 + i, x) for i, x in enumerate(actual)),
        tunnel=tuple(TunnelPoint(2023 + i, 15.0 * i + 5, 22.0 * i + 20) for i in range(5))
        if rank % 2 == 0
        else (),
        gap=GapLine(
            plain(-10.0, 1, signed=True),
            "Deux délibérations votées après l’été." if rank % 4 else "",
            Origin.EXTERNAL,
            "Relancer les deux EPCI",
            "Chargé de développement",
            datetime.date(2026, 1, 22),
        )
        if state in (IndicatorState.LOW, IndicatorState.NOT_REACHED)
        else None,
        comment="Quatre CTG sur huit tiennent lieu de schéma." if rank == 0 else "",
        pinned=rank < 3,
        draft_target=rank == 4,
    )
    return replace(made, **changes)


def ledger() -> Ledger:
    """The staff ceiling, whose last year is not wholly explained."""
    years = (2019, 2020, 2021, 2022)
    initial = (31789, 31589, 31089, 30389)
    revised = (31789, 32100, 31846, 31283)
    lines = (
        ("Réforme de la prime d’activité", "autofinancé", {2020: 140, 2021: 140, 2022: 140}),
        ("Plan pauvreté", "pérenne", {2020: 336, 2021: 150, 2022: 286.5}),
        ("Réforme des aides au logement", "conjoncturel", {2021: 427, 2022: 427}),
        ("Autres moyens", "pérenne", {2020: 35, 2021: 40, 2022: 40}),
    )
    return Ledger(
        "Plafond d’emplois",
        "ETP",
        tuple((y, plain(float(x))) for y, x in zip(years, initial, strict=True)),
        tuple(
            RevisionLine(
                datetime.date(2020, 6, 30),
                "Avenant",
                reason,
                nature,
                tuple((y, plain(float(x), 1 if x % 1 else 0)) for y, x in amounts.items()),
            )
            for reason, nature, amounts in lines
        ),
        tuple((y, plain(float(x))) for y, x in zip(years, revised, strict=True)),
        1,
    )


def rate(name: str, part: int, whole: int, rule: str) -> RateLine:
    """A rate with its terms."""
    share = plain(100 * part / whole, 1, unit="%")
    formula = f"{part} ÷ {whole} = {share.text}\u202f%"
    traced = replace(share, formula=formula, label=name, indicator=name, year=YEAR, level="cpog")
    return RateLine(name, plain(part), plain(whole), rule, traced)


def content(**changes: Any) -> CpogContent:
    """A whole bilan of two domains."""
    states = list(IndicatorState)
    first = FicheSheet(
        "1",
        "Accueil du jeune enfant",
        tuple(sheet(i, states[i]) for i in range(4)),
        (
            ActionLine(
                "1.1.1",
                "Lancer un plan d’aide à l’investissement",
                "realisee",
                "2023",
                "Délibération du conseil",
            ),
            ActionLine(
                "1.1.2",
                "Accompagner les porteurs de projet en zone rurale",
                "en_cours",
                "2024, 2025",
                "",
                "",
                True,
            ),
        ),
        "L’offre progresse, mais le solde net reste négatif dans deux EPCI.",
    )
    flagged = sheet(6, states[6], flags=("Référence imprimée de 5,3 %, invraisemblable.",))
    parts = tuple(YearValue(y, str(y), plain(float(n))) for y, n in ((2023, 1), (2024, 2), (2025, 4)))
    rated = sheet(
        8,
        IndicatorState.IN_TUNNEL,
        parts=(("CTG avec schéma", parts), ("CTG en vigueur", parts)),
        hypotheses=(
            Hypothesis("Schémas votés par an", "entre 2 et 3", plain(2.0), True),
            Hypothesis("Naissances", "stables", plain(None), None),
        ),
        computed=plain(50.0, 1),
    )
    second = FicheSheet("2", "Parentalité", (*(sheet(i, states[i]) for i in (4, 5)), flagged, rated))
    made = CpogContent(
        title="CPOG de la Caf des Deux-Sèvres",
        caf="Caf des Deux-Sèvres",
        cog="COG 2023-2027",
        period="2023-2027",
        year=YEAR,
        made_on=datetime.date(2026, 3, 20),
        domains=(
            DomainSheet("Action sociale", (first, second), "Quatre CTG sur huit tiennent lieu de schéma."),
            DomainSheet(
                "Services à l’allocataire",
                (FicheSheet("", "Délais", (sheet(7, states[7]),)), FicheSheet("", "Sans indicateur", ())),
            ),
            DomainSheet("Performance", ()),
        ),
        actions_rate=rate("Avancement des actions", 45, 55, "actions réalisées, déprogrammées comptées"),
        results_rate=rate("Atteinte des résultats", 29, 45, "indisponibles comptés comme non atteints"),
        other_rates=(
            rate("Axe 1 et 2 seulement", 23, 45, "chiffre imprimé au rapport"),
            rate("Hors indisponibles", 29, 43, "indisponibles exclus du dénominateur"),
        ),
        ledgers=(ledger(),),
        dropped=(
            DroppedAction(
                "3.2",
                "Ouvrir un Laep itinérant",
                "deprogrammee",
                "Faute de porteur",
                "Comité de pilotage",
                datetime.date(2025, 6, 12),
            ),
            DroppedAction("3.3", "Mobiliser un bus", "reportee", "", "", None),
        ),
        decisions=("Relancer les deux EPCI sans schéma.", "Réviser la cible des Laep."),
        messages=(
            "La moitié des CTG tient lieu de schéma, comme prévu à la cible révisée.",
            "Le solde des places d’Eaje reste négatif.",
        ),
        flags=("« 29 indicateurs » annoncés, 35 lignes imprimées.",),
        corrections=("COG 01-04, 2024 : 24,0 remplacé par 25,0 le 12 mars 2026.",),
        parties=("Cnaf", "Caf des Deux-Sèvres"),
    )
    return replace(made, **changes)


def notice(**changes: Any) -> NoticeContent:
    """The two-page notice."""
    states = list(IndicatorState)
    made = NoticeContent(
        title="CPOG de la Caf des Deux-Sèvres",
        caf="Caf des Deux-Sèvres",
        period="2023-2027",
        year=YEAR,
        made_on=datetime.date(2026, 3, 20),
        indicators=tuple(sheet(i, states[i % 8]) for i in range(10)),
        opinion="Les résultats sont conformes aux engagements, sous réserve des deux schémas attendus.",
        reserves=("La valeur des Laep n’est pas consolidée.",),
        requests=("Transmettre le calendrier des délibérations.",),
        actions_rate=content().actions_rate,
        results_rate=content().results_rate,
        parties=("Cnaf", "Caf des Deux-Sèvres"),
    )
    return replace(made, **changes)
