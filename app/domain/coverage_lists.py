"""Networks and their figures, read from the delivered tables."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from functools import lru_cache

import resources
from app.domain.coverage import OWN_SOURCE, Network
from app.domain.coverage_errors import UnknownNetwork
from app.domain.dictionary import load_indicators
from app.domain.indicator import Direction, Indicator, Kind


@dataclass(frozen=True, slots=True)
class Counted:
    """Kinds that are counted together, and the series that count them by commune (none: empty)."""

    kinds: tuple[str, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NetworkInfo:
    """A network: words of today and of before, what is counted."""

    code: Network
    title: str
    label: str
    plural: str
    label_before: str
    plural_before: str
    changed_on: datetime.date | None
    counted: tuple[Counted, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """All its kinds of equipment."""
        return tuple(kind for group in self.counted for kind in group.kinds)

    def at(self, on: datetime.date) -> NetworkInfo:
        """The same with the words of a day: « Ram » before September 2021."""
        if self.changed_on is None or on >= self.changed_on:
            return self
        return replace(self, label=self.label_before, plural=self.plural_before)


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure of a network: main is its rank among those a map may show, None if never."""

    indicator: Indicator
    main: int | None
    official: bool


def network_of(code: str) -> Network:
    """Return the network with that code. Raises UnknownNetwork (code, known)."""
    try:
        return Network(code)
    except ValueError:
        raise UnknownNetwork(code=code, known=tuple(network.value for network in Network)) from None


@lru_cache(maxsize=1)
def load_networks() -> dict[Network, NetworkInfo]:
    """The four networks. Do not change the returned dict."""
    found: dict[Network, NetworkInfo] = {}
    for row in resources.read_table("coverage", "networks.csv"):
        code = Network(row["code"])
        group = Counted(tuple(row["kinds"].split()), tuple(row["indicators"].split()))
        before = found[code].counted if code in found else ()
        found[code] = NetworkInfo(
            code=code,
            title=row["title"],
            label=row["label"],
            plural=row["plural"],
            label_before=row["label_before"],
            plural_before=row["plural_before"],
            changed_on=datetime.date.fromisoformat(row["changed_on"]) if row["changed_on"] else None,
            counted=(*before, group),
        )
    return found


def load_figures(network: Network, on: datetime.date) -> tuple[FigureLine, ...]:
    """Figures of a network with the words of a day, in the order they are shown."""
    info = load_networks()[network]
    then = info.at(on)
    return tuple(_renamed(line, info, then) for line in _lines() if line[0] in (network.value, "*"))


def _renamed(line: tuple[str, FigureLine], now: NetworkInfo, then: NetworkInfo) -> FigureLine:
    figure = line[1]
    if figure.official:
        return figure
    shown = figure.indicator
    texts = {
        name: getattr(shown, name).replace("{services}", then.plural).replace(now.label, then.label)
        for name in ("label", "short_label", "definition", "denominator")
    }
    return replace(figure, indicator=replace(shown, **texts))


@lru_cache(maxsize=1)
def _lines() -> tuple[tuple[str, FigureLine], ...]:
    return tuple((row["network"], _line(row)) for row in resources.read_table("coverage", "figures.csv"))


def _line(row: dict[str, str]) -> FigureLine:
    main = int(row["main"]) if row["main"] else None
    breaks = tuple(float(bound) for bound in row["breaks"].split())
    if row["official"] == "1":
        own = load_indicators()[row["code"]]
        return FigureLine(replace(own, breaks=own.breaks or breaks), main, True)
    indicator = Indicator(
        code=row["code"],
        label=row["label"],
        short_label=row["short_label"],
        theme="Couverture",
        definition=row["definition"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        unit=row["unit"],
        decimals=int(row["decimals"]),
        kind=Kind(row["kind"]),
        direction=Direction(row["direction"]),
        source=OWN_SOURCE,
        masking="",
        valid_from="",
        breaks=breaks,
    )
    return FigureLine(indicator, main, False)
