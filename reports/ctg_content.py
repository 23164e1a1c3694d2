"""What the papers of a CTG print: plan d’actions, fiche action, relevé de décisions, evaluation; frozen."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from maps.choropleth import Choropleth
from reports.kit.printed import Printed, Text


@dataclass(frozen=True, slots=True)
class CtgHead:
    """What every paper of one CTG says first. parties: organisations, with their deliberation if known."""

    name: str
    territory: str
    period: str
    made_on: datetime.date
    caf: str = ""
    parties: tuple[str, ...] = ()
    status: str = "projet"
    watermark: tuple[str, ...] = ()
    version: str = ""
    logo: Path | None = None
    picture: Choropleth | None = None
    profile: str = ""
    fictitious: bool = False
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class StageLine:
    """One étape."""

    label: str
    holder: str = ""
    planned_on: datetime.date | None = None
    done_on: datetime.date | None = None
    late_days: int = 0


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One funder of an action: nature (fonctionnement | investissement), amounts by year as printed.

    states: prévu | voté | payé of each year, same order as years of the budget; never added across states.
    """

    funder: str
    nature: str
    amounts: tuple[Printed, ...]
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Budget:
    """Budget of an action or of the plan; totals: (words, amounts by year), one line for each state."""

    years: tuple[int, ...]
    lines: tuple[BudgetLine, ...]
    totals: tuple[tuple[str, tuple[Printed, ...]], ...] = ()
    alerts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkedIndicator:
    """An expected result: baseline, actual, target, each with its year in the words."""

    label: str
    unit: str
    baseline: Printed
    actual: Printed
    target: Printed
    baseline_words: str = "départ"
    actual_words: str = "réalisé"
    target_words: str = "cible"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a year: fait marquant or point de vigilance."""

    year: int
    text: str
    vigilance: bool = False


@dataclass(frozen=True, slots=True)
class FicheAction:
    """One fiche action with all its fields; an empty text is printed as « non renseigné ».

    status: code of `reports.kit.signs.SIGNS` (a_lancer, en_cours, realisee, reportee, conditionnee,
    deprogrammee, abandonnee); decision: reason, decider and date of the last four, in words.
    done, stages_words: share from étapes and « 2 sur 4 étapes faites »; override: reason of another progress.
    """

    number: str
    title: str
    theme: str
    status: str
    kind: str = ""
    origin: str = ""
    finding: Text = ""
    finding_source: str = ""
    description: str = ""
    public: str = ""
    communes: str = ""
    map: Choropleth | None = None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    stages: tuple[StageLine, ...] = ()
    deliverables: tuple[str, ...] = ()
    pilot: str = ""
    elected: str = ""
    partners: str = ""
    caf_role: str = ""
    budget: Budget | None = None
    fte: str = ""
    expected: str = ""
    indicators: tuple[LinkedIndicator, ...] = ()
    links: tuple[str, ...] = ()
    """SDSF objective, CPOG indicator, points of the décret."""
    done: float | None = None
    stages_words: str = ""
    override: str = ""
    decision: str = ""
    facts: tuple[Fact, ...] = ()
    decisions: tuple[str, ...] = ()
    retex: str = ""
    fictitious: bool = False


@dataclass(frozen=True, slots=True)
class Operational:
    """Objectif opérationnel and its fiches."""

    number: str
    title: str
    actions: tuple[FicheAction, ...]


@dataclass(frozen=True, slots=True)
class Strategic:
    """Objectif stratégique."""

    number: str
    title: str
    operationals: tuple[Operational, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """Enjeu, with the findings it comes from."""

    number: str
    title: str
    findings: tuple[Text, ...]
    strategics: tuple[Strategic, ...]


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a signatory committed to."""

    party: str
    text: str
    due: datetime.date | None
    state: str
    delay_days: int = 0
    impact: str = ""


@dataclass(frozen=True, slots=True)
class PlanContent:
    """Plan d’actions of a CTG. budget: the whole plan by funder; status_counts: (code, count)."""

    head: CtgHead
    issues: tuple[Issue, ...]
    messages: tuple[Text, ...] = ()
    themes: tuple[tuple[str, int], ...] = ()
    missing_themes: tuple[str, ...] = ()
    status_counts: tuple[tuple[str, int], ...] = ()
    budget: Budget | None = None
    commitments: tuple[Commitment, ...] = ()
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    with_sheets: bool = True
    """Whether each fiche action has its page."""


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision of a séance; state: code of `reports.kit.signs.SIGNS`; overdue: age class in words."""

    number: str
    text: str
    owner: str = ""
    due: datetime.date | None = None
    fiche: str = ""
    state: str = ""
    overdue: str = ""


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    """A point of the agenda with what was said and decided."""

    title: str
    minutes: str = ""
    decisions: tuple[DecisionLine, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionContent:
    """Relevé de décisions of a séance. earlier: decisions still open from former séances."""

    head: CtgHead
    body: str
    kind: str
    on: datetime.date
    place: str = ""
    present: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    agenda: tuple[AgendaPoint, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()
    """Title and SHA-256 of each document, frozen as shown."""
    earlier: tuple[DecisionLine, ...] = ()
    next_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """One criterion of the grid, with its values at the start, half-way and the end."""

    criterion: str
    indicator: str
    source: str
    t0: Printed | None = None
    t1: Printed | None = None
    t2: Printed | None = None
    judgement: str = ""
    argument: str = ""


@dataclass(frozen=True, slots=True)
class EvaluationQuestion:
    """An evaluative question and its criteria."""

    number: str
    text: str
    lines: tuple[EvaluationLine, ...]
    answer: str = ""


@dataclass(frozen=True, slots=True)
class EvaluationContent:
    """Evaluation grid of a CTG; times: words of T0, T1, T2 (« T0, 2024 »)."""

    head: CtgHead
    questions: tuple[EvaluationQuestion, ...]
    times: tuple[str, str, str] = ("T0", "T1", "T2")
    summary: str = ""
    method: str = ""
