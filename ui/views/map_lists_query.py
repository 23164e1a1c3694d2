"""What « Listes » reads: the basket of services, agréments, Qpv, lists said to be whole. No Qt here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.coverage import Answer
from app.domain.coverage_lists import load_networks
from app.domain.french import long_date, plural, typographic
from app.domain.register_lists import load_kinds
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.domain.coverage_basket import Basket, BasketRule
    from app.progress import Progress
    from app.services import Services
    from app.services.coverage_lists import Licence, QpvRow
    from maps.choropleth import Choropleth

COMPLETE, INCOMPLETE = "panier complet", "panier incomplet"
FAR_YEAR = 9999
"""A year whose end is after today: the services then read today."""


class Shown(StrEnum):
    """Lists of the sub-page."""

    BASKET = "basket"
    LICENCES = "licences"
    QPV = "qpv"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class ListsWish:
    """What is asked."""

    shown: Shown = Shown.BASKET
    departement: str | None = None
    epci: str | None = None
    effective: bool = False


@dataclass(frozen=True, slots=True)
class LicenceLine:
    """An agrément that is over or ends soon; days: below zero once it is over."""

    uuid: str
    title: str
    kind: str
    commune: str
    manager: str
    ends_on: datetime.date
    days: int


@dataclass(frozen=True, slots=True)
class QpvLine:
    """A Qpv and whether a structure stands in it."""

    name: str
    code: str
    communes: tuple[str, ...]
    answer: Answer


@dataclass(frozen=True, slots=True)
class WholeLine:
    """A list said to be whole: what is listed (see `whats`), where, since when."""

    what: str
    label: str
    kinds: tuple[str, ...]
    level: Level
    code: str
    place: str
    on: datetime.date
    source: str


@dataclass(frozen=True, slots=True)
class ListsAnswer:
    """The four lists, and the map of the basket."""

    wish: ListsWish
    on: datetime.date
    rule: BasketRule
    rules: tuple[BasketRule, ...]
    baskets: tuple[Basket, ...]
    choropleth: Choropleth
    licences: tuple[LicenceLine, ...]
    qpvs: tuple[QpvLine, ...]
    wholes: tuple[WholeLine, ...]
    places: tuple[tuple[str, str], ...] = field(default=())
    """Territories whose list may be whole: « 2:79 », name."""
    months: int = 12
    """An agrément that ends within as many months is listed."""

    def basket(self, code: str | None) -> Basket | None:
        """The basket of a territory."""
        return next((one for one in self.baskets if one.code == code), None)


def read_lists(services: Services, wish: ListsWish, _progress: Progress) -> ListsAnswer:
    """Read the four lists: their cards say how each stands, whichever is shown."""
    coverage = services.coverage
    on = coverage.day(FAR_YEAR)
    rule = coverage.basket_rule(on)
    inside = _communes(services, wish)
    baskets = tuple(
        one
        for one in coverage.basket(on.year, departement=wish.departement, effective=wish.effective, on=on)
        if wish.epci is None or one.code == wish.epci
    )
    return ListsAnswer(
        wish=wish,
        on=on,
        rule=rule,
        rules=coverage.basket_rules(),
        baskets=baskets,
        choropleth=_map(services, wish, rule, baskets, on),
        licences=tuple(
            _licence(services, one, on) for one in coverage.licences(on) if one.site.code_commune in inside
        ),
        qpvs=tuple(
            sorted(
                (_qpv(services, one) for one in coverage.qpv(on, effective=wish.effective)
                 if inside & {*one.zone.communes, *one.zone.partial}),
                key=lambda line: (_ORDER[line.answer], line.name),
            )
        ),
        wholes=_wholes(services),
        places=_places(services, wish),
        months=round(coverage.parameters()["licence_months"]),
    )  # fmt: skip


_ORDER = {Answer.NO: 0, Answer.UNKNOWN: 1, Answer.YES: 2}


def _communes(services: Services, wish: ListsWish) -> set[str]:
    territory = services.territory
    if wish.epci is not None:
        return set(territory.members(Level.EPCI, wish.epci))
    return {commune.code for commune in territory.communes(departement=wish.departement)}


def _map(
    services: Services, wish: ListsWish, rule: BasketRule, baskets: tuple[Basket, ...], on: datetime.date
) -> Choropleth:
    from app.services.maps import narrowed
    from maps.answers import AnswerWords, answer_map, question
    from maps.build import layer_of

    territory = services.territory
    codes = (wish.epci,) if wish.epci else tuple(epci.code for epci in territory.epcis(wish.departement))
    fond = narrowed(services.outlines.fond(), codes, wish.departement)
    layer = layer_of(fond, Level.EPCI)
    answers = {one.code: one.complete for one in baskets}
    scope = [wish.departement] if wish.departement else [dep.code for dep in territory.departements()]
    where = " et ".join(territory.reference.departement(code).name for code in scope)
    words = AnswerWords(
        title=f"Panier de services parentalité, {where}",
        subtitle=typographic(f"{rule.name}, {rule.dated()}, au {long_date(on)}"),
        yes=COMPLETE,
        no=INCOMPLETE,
        unknown="la liste des services n’est pas complète ici, le panier peut l’être.",
        source="registre",
        rule=rule.text(),
    )
    asked = question("panier_parentalite", "Panier de services parentalité", rule.text(), theme="parentalite")
    return answer_map(fond, layer, [answers.get(code) for code in layer.codes], words, asked, on.year)


def _licence(services: Services, one: Licence, on: datetime.date) -> LicenceLine:
    from ui import labels_equipment as words

    commune = services.territory.reference.name(Level.COMMUNE, one.site.code_commune)
    item = one.equipment
    title = words.title_of(item.name, one.site.name, item.kind, commune)
    managers = services.register.row(item.uuid).manager
    return LicenceLine(
        item.uuid, title, words.short_kind(item.kind), commune, managers, one.ends_on,
        (one.ends_on - on).days,
    )  # fmt: skip


def _qpv(services: Services, one: QpvRow) -> QpvLine:
    name = services.territory.reference.name
    communes = tuple(name(Level.COMMUNE, code) for code in (*one.zone.communes, *one.zone.partial))
    return QpvLine(one.zone.name, one.zone.code, communes, one.answer)


# -- lists said to be whole ------------------------------------------------------------------------------


def whats() -> dict[str, tuple[str, tuple[str, ...]]]:
    """What may be listed whole: the networks of the maps, then every other kind of service."""
    networks = load_networks()
    found = {info.code.value: (info.plural, info.kinds) for info in networks.values()}
    inside = {kind for info in networks.values() for kind in info.kinds}
    others = {code: (kind.label, (code,)) for code, kind in load_kinds().items() if code not in inside}
    return {code: (label[:1].upper() + label[1:], kinds) for code, (label, kinds) in (found | others).items()}


def what_of(kind: str) -> str:
    """Code, among `whats`, of what holds a kind."""
    return next((code for code, (_label, kinds) in whats().items() if kind in kinds), kind)


def _wholes(services: Services) -> tuple[WholeLine, ...]:
    known = whats()
    found: dict[tuple[str, Level, str], WholeLine] = {}
    for row in services.coverage.declared():
        what = what_of(row.kind)
        label, kinds = known.get(what, (row.kind, (row.kind,)))
        place = services.territory.reference.name(row.level, row.code)
        line = WholeLine(what, label, kinds, row.level, row.code, place, row.on, row.source)
        found.setdefault((what, row.level, row.code), line)
    return tuple(sorted(found.values(), key=lambda line: (line.label, line.level, line.place)))


def _places(services: Services, wish: ListsWish) -> tuple[tuple[str, str], ...]:
    territory = services.territory
    wide = [(place_code(Level.DEPARTEMENT, dep.code), dep.name) for dep in territory.departements()]
    epcis = [(place_code(Level.EPCI, one.code), one.name) for one in territory.epcis(wish.departement)]
    return (*wide, *epcis)


def place_code(level: Level, code: str) -> str:
    """Code of a territory in the list of those whose list may be whole."""
    return f"{int(level)}:{code}"


def place_of_code(code: str) -> tuple[Level, str]:
    """Level and code of a choice of that list."""
    level, _, rest = code.partition(":")
    return Level(int(level)), rest


# -- words -----------------------------------------------------------------------------------------------


def state_words(answer: ListsAnswer, shown: Shown) -> tuple[str, str]:
    """How a list stands, on its card, and the tone of these words."""
    if shown is Shown.BASKET:
        return _basket_words(answer)
    if shown is Shown.LICENCES:
        over = sum(line.days <= 0 for line in answer.licences)
        coming = len(answer.licences) - over
        words = f"{plural(over, 'terminé', 'terminés')}, {coming} sous {answer.months} mois"
        return (words, "ocre" if answer.licences else "")
    if shown is Shown.QPV:
        return _qpv_words(answer)
    return plural(len(answer.wholes), "liste déclarée", "listes déclarées"), ""


def _basket_words(answer: ListsAnswer) -> tuple[str, str]:
    told = [basket.complete for basket in answer.baskets]
    parts = (
        (told.count(Answer.YES), "complet", "complets"),
        (told.count(Answer.NO), "incomplet", "incomplets"),
        (told.count(Answer.UNKNOWN), "inconnu", "inconnus"),
    )
    words = ", ".join(plural(count, one, many) for count, one, many in parts if count)
    return words or "aucun EPCI", "ocre" if Answer.NO in told else ""


def _qpv_words(answer: ListsAnswer) -> tuple[str, str]:
    told = [line.answer for line in answer.qpvs]
    if not told:
        return "aucun QPV dans la base", ""
    without, unknown = told.count(Answer.NO), told.count(Answer.UNKNOWN)
    return f"{without} sans structure, {plural(unknown, 'inconnu', 'inconnus')}", "ocre" if without else ""


def kinds_text(kinds: tuple[str, ...]) -> str | None:
    """« Laep, Clas », None when there is none."""
    from ui import labels_equipment as words

    return ", ".join(words.short_kind(kind) for kind in kinds) or None
