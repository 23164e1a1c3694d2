"""What each point of an agenda shows on the big screen: a fact, three numbers, a map; no Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain.ctg_words import ACTION_STATE
from app.domain.dictionary import source_name
from app.domain.errors import DomainError
from app.domain.french import long_date, plural, typographic
from app.domain.indicator import Kind, Value, ValueState
from app.domain.secrecy_model import PARTNER
from app.domain.sentences_names import departement_place
from app.domain.sentences_words import gap, gap_words, measure, noun_of, number_words
from app.domain.steering import DecisionState
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.steering_rows import AgendaRow, MeetingDetail
    from maps.choropleth import Choropleth

INDICATOR, ACTION, PLAN, DECISIONS = "indicateur", "fiche", "plan", "decisions"
SHOWN = {"": "Texte seul", PLAN: "Avancement du plan", DECISIONS: "Décisions à suivre"}
MOST = 6
ABSENT = {ValueState.NO_DATA: "n.d.", ValueState.NOT_PUBLISHED: "n.p.", ValueState.MASKED: "s"}


@dataclass(frozen=True, slots=True)
class Number:
    """One of the numbers beside the map; share: length of its bar, 0 to 1; tone: token of its colour."""

    text: str
    label: str
    share: float | None = None
    tone: str = "encre"


@dataclass(frozen=True, slots=True)
class Slide:
    """One point: its place in the agenda, its fact, what proves it."""

    item: str
    point: str
    title: str
    subtitle: str = ""
    note: str = ""
    kind: str = ""
    numbers: tuple[Number, ...] = ()
    lines: tuple[str, ...] = ()
    map: Choropleth | None = None
    fictitious: bool = False
    source: str = ""

    def content(self) -> dict[str, object]:
        """What is frozen: everything read on the screen, breaks of the map included."""
        found: dict[str, object] = {
            "titre": self.title, "sous-titre": self.subtitle, "note": self.note, "source": self.source,
            "chiffres": [{"libelle": number.label, "valeur": number.text} for number in self.numbers],
            "lignes": list(self.lines), "fictif": self.fictitious,
        }  # fmt: skip
        if self.map is not None:
            found["carte"] = {
                "indicateur": self.map.indicator.code, "annee": self.map.year,
                "bornes": [float(bound) for bound in self.map.classes.bounds],
                "valeurs": {
                    code: None if number != number else float(number)
                    for code, number in zip(self.map.layer.codes, self.map.numbers, strict=True)
                },
            }  # fmt: skip
        return found


def plain_slides(detail: MeetingDetail) -> tuple[Slide, ...]:
    """Titles and notes alone, at once: what the points show comes when it is read."""
    return tuple(Slide(item.uuid, item.title, item.title, note=item.note) for item in detail.agenda)


def shown_choices(services: Services, owner: str) -> dict[str, str]:
    """What a point may show: code kept with the point -> words."""
    found = dict(SHOWN)
    for available in services.indicators.available():
        found[f"{INDICATOR}:{available.indicator.code}"] = available.indicator.label
    for row in services.ctg.actions(owner) if services.ctg.exists("ctg", owner) else ():
        found[f"{ACTION}:{row.uuid}"] = f"Fiche {row.number} {row.title}"
    return found


def read_slides(
    services: Services, detail: MeetingDetail, year: int | None, progress: Progress
) -> tuple[Slide, ...]:
    """One slide a point; figures are those that partners may read. A point that cannot be shown says why."""
    found = []
    for rank, (item, plain) in enumerate(zip(detail.agenda, plain_slides(detail), strict=True)):
        progress.report(rank / max(len(detail.agenda), 1), item.title)
        try:
            found.append(_slide(services, detail, item, plain, year))
        except DomainError:
            found.append(replace(plain, lines=("Ce que ce point montrait n’existe plus.",)))
    return tuple(found)


def _slide(
    services: Services, detail: MeetingDetail, item: AgendaRow, plain: Slide, year: int | None
) -> Slide:
    kind, _, target = item.target.partition(":")
    owner = detail.row.owner_uuid
    if kind == INDICATOR:
        return _indicator(services, owner, target, plain, year)
    if kind == ACTION:
        return _action(services, target, plain)
    if kind == PLAN:
        return _plan(services, owner, plain)
    if kind == DECISIONS:
        return _decisions(services, owner, plain)
    return plain


# -- a figure and its map --------------------------------------------------------------------------------


def _indicator(services: Services, owner: str, code: str, plain: Slide, year: int | None) -> Slide:
    figures = services.secrecy.figures(PARTNER)
    indicator = figures.get(code)
    epcis = _epcis(services, owner)
    reference = services.territory.reference
    departement = _departement(services, epcis)
    wanted: list[tuple[str, Level, str, str]] = [
        (reference.epci(epci).short_name, Level.EPCI, epci, "encre") for epci in epcis[:1]
    ]
    place = departement_place(reference.departement(departement))
    wanted.append((place.name, Level.DEPARTEMENT, departement, "ocre"))
    if indicator.kind is Kind.RATIO:
        wanted.append(("France", Level.FRANCE, "FR", "texte2"))
    read = [(name, figures.latest(code, level, at, year), tone) for name, level, at, tone in wanted]
    values = [(name, value, tone) for name, value, tone in read if value is not None]
    if not values:
        return replace(plain, kind=INDICATOR, lines=("Aucune valeur dans la base.",))
    held = values[0][1]
    return replace(
        plain,
        kind=INDICATOR,
        title=_fact(values[0][0], held, values[1][1] if len(values) > 1 else None, place.the),
        subtitle=f"{indicator.label}, {held.year}",
        numbers=_numbers(values, indicator.kind is Kind.RATIO),
        map=_map(services, code, held.year, departement, epcis),
        fictitious=any(value.fictitious for _, value, _ in values),
        source=f"{source_name(held.provenance[0].source)}, {held.year}" if held.provenance else "",
    )


def _epcis(services: Services, owner: str) -> tuple[str, ...]:
    if services.ctg.exists("ctg", owner):
        return services.ctg.ctg(owner).row.codes_epci
    return ()


def _departement(services: Services, epcis: Sequence[str]) -> str:
    inside = [departement.code for departement in services.territory.departements()]
    share = services.territory.reference.share_of
    return max(inside, key=lambda code: sum(share(epci, code)[0] for epci in epcis))


def _fact(name: str, value: Value, other: Value | None, the: str) -> str:
    """« Mellois en Poitou : 3,4 places de moins que les Deux-Sèvres »."""
    if value.number is None:
        return f"{name} : valeur {_text(value)}"
    same = other is not None and other.number is not None and other.year == value.year
    if not same or other is None or value.indicator.kind is not Kind.RATIO:
        return typographic(f"{name} : {measure(value)}")
    decimals = value.indicator.decimals
    difference = gap(value.number, other.number or 0.0, decimals)
    if not difference:
        return typographic(f"{name} : comme {the}, {number_words(value)}")
    side = "de plus" if difference > 0 else "de moins"
    return typographic(
        f"{name} : {gap_words(difference, decimals, noun_of(value.indicator))} {side} que {the}"
    )


def _numbers(values: Sequence[tuple[str, Value, str]], bars: bool) -> tuple[Number, ...]:
    top = max((value.number or 0.0 for _, value, _ in values), default=0.0)
    return tuple(
        Number(
            _text(value), name if value.year == values[0][1].year else f"{name}, {value.year}",
            (value.number or 0.0) / top if bars and top and value.number is not None else None, tone,
        )
        for name, value, tone in values
    )  # fmt: skip


def _text(value: Value) -> str:
    return number_words(value) if value.number is not None else ABSENT.get(value.state, "n.d.")


def _map(
    services: Services, code: str, year: int, departement: str, epcis: Sequence[str]
) -> Choropleth | None:
    """The map of the EPCI of the département as partners may read it; None when nothing can be drawn."""
    try:
        made = services.maps.choropleth(
            code, year, Level.EPCI, departement=departement, selected=epcis[0] if epcis else None
        )
    except DomainError:
        return None
    shown: Choropleth = services.secrecy.choropleth(made, PARTNER)
    return shown


# -- a fiche, a plan, decisions --------------------------------------------------------------------------


def _action(services: Services, uuid: str, plain: Slide) -> Slide:
    detail = services.ctg.action(uuid)
    row = detail.row
    left = [step for step in detail.steps if step.done_on is None]
    return replace(
        plain,
        kind=ACTION,
        title=f"{row.number} {row.title}".strip(),
        subtitle=", ".join(word for word in (detail.pilot_organisation, ACTION_STATE[row.status]) if word),
        numbers=(
            Number(
                f"{row.progress.done} sur {row.progress.total}", "étapes faites", _share(row.progress.percent)
            ),
        ),
        lines=tuple(
            step.title + (f", {long_date(step.planned_on)}" if step.planned_on else "")
            + (f", en retard de {plural(step.late_days, 'jour')}" if step.late_days else "")
            for step in left[:MOST]
        ),
        fictitious=row.fictitious,
    )  # fmt: skip


def _share(percent: float | None) -> float | None:
    return None if percent is None else percent / 100


def _plan(services: Services, owner: str, plain: Slide) -> Slide:
    detail = services.ctg.ctg(owner)
    row, late = detail.row, [r for r in services.ctg.actions(owner) if r.late_days]
    numbers = tuple(
        Number(f"{gauge.count} sur {gauge.total}", label, gauge.count / gauge.total, tone)
        for gauge, label, tone in (
            (row.actions, "actions réalisées", "encre"), (row.results, "résultats atteints", "ocre"),
        )
        if gauge.total
    )  # fmt: skip
    return replace(
        plain,
        kind=PLAN,
        title=plural(len(late), "fiche en retard", "fiches en retard") if late else "Aucune fiche en retard",
        subtitle=row.name,
        numbers=numbers,
        lines=tuple(f"{one.number} {one.title}, {plural(one.late_days, 'jour')}" for one in late[:MOST]),
        fictitious=row.fictitious,
    )


def _decisions(services: Services, owner: str, plain: Slide) -> Slide:
    states = frozenset({DecisionState.LATE, DecisionState.OPEN})
    held = services.steering.decisions(owner, states=states)
    late = sum(line.state is DecisionState.LATE for line in held)
    title = f"{plural(len(held), 'décision')} à suivre" if held else "Aucune décision à suivre"
    return replace(
        plain,
        kind=DECISIONS,
        title=title + (f", dont {late} en retard" if late else ""),
        lines=tuple(
            line.text + (f" ({line.owner})" if line.owner else "")
            + (f", en retard de {plural(line.late_days, 'jour')}" if line.late_days else "")
            for line in held[:MOST]
        ),
    )  # fmt: skip
