"""An invented booklet with every block and every chart of the kit, from the usual to the extreme."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from app.domain.indicator import ValueState
from app.domain.territory import Level
from maps.build import build_choropleth
from maps.choropleth import Choropleth, Reference
from reports.kit import charts as c
from reports.kit.blocks import (
    Beside,
    Block,
    Bullets,
    Callout,
    ChartBlock,
    Chip,
    Column,
    Document,
    Fields,
    Glossary,
    Heading,
    KeyNumber,
    KeyNumbers,
    MapBlock,
    Missing,
    PageBreak,
    Paper,
    Paragraph,
    Row,
    RowKind,
    Section,
    Signatures,
    Swot,
    Table,
    Tone,
)
from reports.kit.printed import Printed, Ref, Run, plain, traced
from tests.maps.samples import BREAKS, births, fond, indicator, series
from tests.reports.contents import COVERAGE, MODES, value

NAMES = (
    "Haut Val de Sèvre",
    "Niortais",
    "Parthenay-Gâtine",
    "Airvaudais-Val du Thouet",
    "Val de Gâtine",
    "Mellois en Poitou",
    "Thouarsais",
    "Bocage Bressuirais",
)
RATES = (77.2, 74.2, 71.8, 71.2, 69.8, 67.2, 67.2, 65.8)
LONG = (
    "L’offre d’accueil du jeune enfant repose sur les assistants maternels, dont le nombre diminue chaque "
    "année sous l’effet des départs à la retraite ; l’accueil collectif se développe lentement, autour "
    "des bourgs, et les familles des communes éloignées renoncent parfois à un mode d’accueil formel. "
)


def shown(x: float | None, place: int = 5, *, year: int = 2023, **changes: Any) -> Printed:
    """A traced number of one Epci."""
    made = value(x, year=year, row=9 + place, code=f"2000{place:05d}", **changes)
    return traced(made, NAMES[place % len(NAMES)])


def choropleth(level: Level = Level.EPCI, **changes: Any) -> Choropleth:
    """A small map."""
    of = births() if level is Level.COMMUNE else indicator(breaks=BREAKS)
    made = build_choropleth(
        fond(),
        series(of, level),
        level=level,
        selected="200000004",
        references=(Reference("France", 60.9), Reference("Deux-Sèvres", 70.6)),
    )
    return replace(made, **changes)


def trend(years: int = 6) -> c.Trend:
    """The four series of a contract with a tunnel and a year without data."""
    span = range(2022, 2022 + years)

    def line(name: str, style: c.Style, numbers: list[float | None], first: int) -> c.TrendSeries:
        points = tuple(
            c.TrendPoint(first + i, replace(plain(x, 1), series=style.value, year=first + i, indicator="i"))
            for i, x in enumerate(numbers)
        )
        return c.TrendSeries(name, style, points)

    return c.Trend(
        series=(
            line("Réalisé", c.Style.ACTUAL, [0.0, 12.5, None, 50.0], 2022),
            line("Prévu", c.Style.FORECAST, [50.0, 62.5, 87.5], 2025),
            line("Cible révisée", c.Style.REVISED, [50.0, 75.0, 100.0], 2025),
            line("Cible initiale", c.Style.INITIAL, [20.0, 40.0, 60.0, 80.0, 100.0], 2023),
        ),
        tunnel=tuple(c.TunnelPoint(y, max(0, (y - 2023) * 18), (y - 2021) * 20) for y in span if y > 2022),
        unit="%",
        today=2025.9,
    )


def every_chart() -> dict[str, c.Chart]:
    """One chart of each kind."""
    bars = tuple(
        c.Bar(name, shown(x, i), focus=i == 5) for i, (name, x) in enumerate(zip(NAMES, RATES, strict=True))
    )
    ends = (c.Bar("Deux-Sèvres", shown(70.6, 8), apart=True), c.Bar("France", shown(60.9, 9), apart=True))
    parts = ("Assistants maternels", "Eaje", "Préscolarisation", "Garde à domicile")
    colours = ("#5B6FA8", "#D98E4A", "#8DA457", "#A77BA5")
    shares = ((54.9, 8.4, 3.1, 0.7), (59.4, 15.0, 2.0, 0.8), (48.4, None, 5.2, 0.9), (31.9, 23.5, 3.3, 2.2))
    stacks = tuple(
        c.StackRow(
            name,
            tuple(shown(x, i, of=of) for x, of in zip(row, MODES, strict=True)),
            shown(RATES[i] - 5, i),
            focus=i == 0,
            apart=name == "France",
        )
        for i, (name, row) in enumerate(
            zip(("Mellois en Poitou", "Haut Val", "Thouarsais", "France"), shares, strict=True)
        )
    )
    pairs = list(zip(NAMES, RATES, strict=True))
    ages = tuple(f"{a} à {a + 4}" for a in range(0, 95, 5))
    women = tuple(plain(900.0 + 60 * (i % 5) - 30 * i) for i in range(len(ages)))
    men = tuple(plain(940.0 + 50 * (i % 4) - 34 * i) for i in range(len(ages)))
    day = datetime.date
    return {
        "bars": c.Bars((*bars[:5], c.Bar("Sans donnée", shown(None, 7))), (c.Line("France", shown(60.9)),)),
        "horizontal": c.HorizontalBars((*bars, *ends), (c.Line("France", shown(60.9, 9)),), "places"),
        "stacked": c.Stacked(tuple(c.Part(p, k) for p, k in zip(parts, colours, strict=True)), stacks),
        "share": c.Stacked(tuple(c.Part(p) for p in ("Caf", "EPCI", "Communes", "MSA")), stacks, share=True),
        "trend": trend(),
        "waterfall": c.Waterfall(
            c.Step("Plafond initial 2022", plain(30956)),
            (
                c.Step("Réforme de la prime d’activité", plain(140, signed=True)),
                c.Step("Plan pauvreté", plain(150, signed=True)),
                c.Step("Compléments", plain(-60, signed=True)),
            ),
            c.Step("Plafond révisé", plain(31200)),
        ),
        "dumbbells": c.Dumbbells(
            (
                *(c.Dumbbell(n, shown(x, i), shown(70.6 - i, 8)) for i, (n, x) in enumerate(pairs[:4])),
                c.Dumbbell("Sans donnée", shown(None, 6), shown(60.9, 9)),
            ),
            ("Territoire", "Deux-Sèvres"),
        ),
        "strip": c.DotStrip(
            (
                c.StripRow(
                    "Couverture",
                    tuple((n, shown(x, i)) for i, (n, x) in enumerate(zip(NAMES, RATES, strict=True))),
                    "Mellois en Poitou",
                    (c.Line("France", shown(60.9)), c.Line("Deux-Sèvres", shown(70.6))),
                ),
                c.StripRow(
                    "Eaje",
                    tuple((n, shown(x / 5, i)) for i, (n, x) in enumerate(zip(NAMES, RATES, strict=True))),
                    "Niortais",
                ),
            )
        ),
        "pyramid": c.Pyramid(
            ages,
            women,
            men,
            tuple(3.4 - 0.09 * i for i in range(len(ages))),
            tuple(3.5 - 0.1 * i for i in range(len(ages))),
            "France",
        ),
        "gauges": c.GaugePair(
            c.Gauge(
                "Avancement des actions",
                plain(45),
                plain(55),
                "actions réalisées, déprogrammées comptées",
                plain(81.8, 1, unit="%"),
            ),
            c.Gauge(
                "Atteinte des résultats",
                plain(29),
                plain(45),
                "indisponibles comptés comme non atteints",
                plain(64.4, 1, unit="%"),
            ),
        ),
        "gantt": c.Gantt(
            (
                c.GanttTask(
                    "1.1.1 Ouvrir deux points d’itinérance du Rpe au sud",
                    day(2024, 3, 1),
                    day(2026, 12, 31),
                    "en_cours",
                    0.5,
                    ((day(2025, 1, 15), True), (day(2026, 9, 30), False)),
                    "Petite enfance",
                ),
                c.GanttTask(
                    "1.1.2 Former", day(2024, 1, 1), day(2025, 6, 30), "realisee", 1.0, (), "Petite enfance"
                ),
                c.GanttTask("2.1.1 Créer un Laep", None, None, "reportee", None, (), "Parentalité"),
                c.GanttTask(
                    "2.1.2 Abandonnée", day(2025, 1, 1), day(2027, 1, 1), "abandonnee", 0.2, (), "Parentalité"
                ),
            ),
            day(2024, 1, 1),
            day(2027, 12, 31),
            day(2026, 11, 19),
        ),
        "multiples": c.Multiples(tuple((name, trend()) for name in NAMES[:5])),
    }


def table(rows: int = 8, *, states: bool = True, caption: str = "Places par mode d’accueil en 2023") -> Table:
    """A table with five states, a focus, references and groups of columns."""
    made = [Row(("Groupe rural",), RowKind.GROUP)]
    absent = (ValueState.NO_DATA, ValueState.NOT_PUBLISHED, ValueState.MASKED)
    for i in range(rows):
        state = absent[i % 7] if states and i % 7 < 3 else None
        last = (
            shown(None, i, of=births(), state=state)
            if state is not None
            else shown(float(120 + i), i, of=births())
        )
        cells = (
            f"CC {NAMES[i % 8]}",
            shown(54.9 + i, i, of=MODES[0]),
            shown(0.0 if i % 3 == 0 else 8.4, i, of=MODES[1]),
            shown(RATES[i % 8], i, fictitious=i == 3),
            last,
        )
        made.append(Row(cells, RowKind.FOCUS if i == 5 else RowKind.PLAIN))
    reference = (
        "France, hors Mayotte",
        shown(31.9, 9, of=MODES[0]),
        shown(23.5, 9, of=MODES[1]),
        shown(60.9, 9),
        shown(None, 9, of=births()),
    )
    made.append(Row(reference, RowKind.REFERENCE))
    columns = (
        Column("EPCI"),
        Column("Assistants maternels", "right", group="Places pour 100 enfants"),
        Column("Eaje", "right", group="Places pour 100 enfants"),
        Column("Ensemble", "right", group="Places pour 100 enfants"),
        Column("Naissances 2023 à 2025", "right"),
    )
    return Table(columns, tuple(made), caption, source="Cnaf, data.caf.fr, 2023", key="modes")


def words_table(rows: int = 30) -> Table:
    """A table of words with merged first cells and statuses."""
    codes = ("a_lancer", "en_cours", "realisee", "reportee", "conditionnee", "deprogrammee", "abandonnee")
    made = tuple(
        Row((f"Axe {i // 5 + 1}", f"1.{i}", LONG[: 40 + 37 * (i % 7)], Chip(codes[i % 7]), "31/12/2026"))
        for i in range(rows)
    )
    columns = (Column("Axe", width=0.12), Column("N°"), Column("Action"), Column("État"), Column("Échéance"))
    return Table(columns, made, "Actions et leur état", merge=1)


def sections() -> tuple[Section, ...]:
    """Sections with every block."""
    charts = every_chart()
    lead: tuple[Any, ...] = (
        "En 2023, le territoire offre ",
        shown(67.2),
        " places pour 100 enfants de moins de 3 ans, contre ",
        shown(70.6, 8),
        " dans le département et ",
        shown(60.9, 9),
        " en France (voir ",
        Ref("modes"),
        " et ",
        Ref("carte"),
        ").",
    )
    figures: list[Block] = []
    for name, chart in charts.items():
        figures.append(
            ChartBlock(chart, f"Figure d’essai « {name} » : ce qu’elle montre", source="Cnaf, 2023")
        )
    peers = tuple(RATES)
    keys = tuple(
        KeyNumber(
            f"Couverture {i}",
            shown(67.2 + i if i != 2 else None, i, fictitious=i == 1),
            "places pour 100 enfants de moins de 3 ans",
            (("Deux-Sèvres", shown(70.6, 8)), ("France", shown(60.9, 9))),
            (65.8, 70.5, 77.2, 8),
            (6, 8),
            peers,
        )
        for i in range(5)
    )
    swot = Swot(("Un réseau d’assistants maternels dense.", lead), ("Le sud loin du Rpe.",), (), (LONG,))
    return (
        Section(
            "Synthèse",
            (
                Paragraph(lead, lead=True),
                KeyNumbers(keys),
                swot,
                Bullets(("Ouvrir des points d’itinérance.", LONG, lead)),
                Bullets(("Un", "Deux"), ordered=True),
                Callout(
                    (
                        "Dans le Mellois, ",
                        shown(54.9),
                        " places sur ",
                        shown(67.2),
                        " sont chez un assistant maternel.",
                    )
                ),
                Callout("Cible non notifiée : ne pas diffuser.", Tone.WARNING),
                Callout(LONG, Tone.FICTITIOUS),
            ),
            "1",
            "synthese",
        ),
        Section(
            "Petite enfance",
            (
                Heading("Une offre portée par les assistants maternels"),
                Paragraph(LONG * 3),
                Beside(
                    (MapBlock(choropleth(), "Taux de couverture petite enfance en 2023", key="carte"),),
                    (
                        ChartBlock(
                            charts["stacked"], "Places pour 100 enfants, par mode d’accueil", height=230
                        ),
                        Callout("Le territoire compte 895 naissances de 2023 à 2025."),
                    ),
                    0.46,
                ),
                table(),
                Missing(
                    "Le nombre d’heures d’ouverture des Laep n’est pas connu.",
                    "Saisissez-le dans Équipements, ou importez le tableau de la Caf.",
                ),
                Heading("Détail des actions", key="actions"),
                words_table(),
                Heading("Sans numéro", level=3),
                Paragraph(
                    (
                        "Si a < b & c, ",
                        Run("gras", bold=True),
                        ", voir ",
                        Ref("synthese"),
                        " et ",
                        Ref("actions"),
                        ".",
                    )
                ),
                Fields(
                    (
                        ("Pilote", "Direction de la petite enfance"),
                        ("Élu référent", ""),
                        ("Partenaires", LONG),
                        ("Budget", shown(12.0)),
                    ),
                    columns=2,
                ),
            ),
            "2",
        ),
        Section(
            "Cartes",
            (
                PageBreak(Paper.A4_LANDSCAPE),
                MapBlock(choropleth(Level.COMMUNE), "Naissances par commune"),
                PageBreak(Paper.A3_LANDSCAPE),
                MapBlock(choropleth(fictitious=True), "Grande carte"),
            ),
            "3",
        ),
        Section("Figures", tuple(figures), "4"),
        Section(
            "Glossaire",
            (
                Glossary(tuple((f"Terme {i}", LONG[: 60 + 20 * (i % 6)]) for i in range(24))),
                Signatures(("Caf des Deux-Sèvres", "CC Mellois en Poitou", "Msa")),
            ),
            "",
        ),
    )


def booklet(**changes: Any) -> Document:
    """The whole booklet."""
    made = Document(
        title="Diagnostic partagé",
        sections=sections(),
        date=datetime.date(2026, 11, 19),
        subtitle="Portrait, offre, écarts",
        kicker="Convention territoriale globale",
        territory="CC Mellois en Poitou",
        author="Caf des Deux-Sèvres",
        parties=("Caf des Deux-Sèvres", "CC Mellois en Poitou"),
        picture=choropleth(),
        extra=(("base", "essai"),),
    )
    return replace(made, **changes)


__all__ = [
    "COVERAGE",
    "LONG",
    "booklet",
    "choropleth",
    "every_chart",
    "sections",
    "shown",
    "table",
    "words_table",
]
