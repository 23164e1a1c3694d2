"""All that leaves for partners, put together and attacked: no sum, level or year tells a small count."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from app import bootstrap
from app.domain.diagnostic import DiagnosticOptions
from app.domain.diagnostic_errors import UnknownProfile
from app.domain.indicator import Value, ValueState
from app.domain.register import Childminders
from app.domain.territory import Level
from app.services import Services
from app.services.diagnostics_guard import minder_masks
from maps.choropleth import Choropleth
from reports.diagnostic_numbers import printed_in
from reports.kit.printed import LEVELS
from tests.services.secrecy_attack import Attack

DAY = datetime.date(2026, 11, 21)
PARTNER = "partenaire"
NIORTAIS, MELLOIS, HAUT_VAL, AIRVAUDAIS = "200041317", "200069755", "200041994", "200041416"
DEP = "79"
YEARS = (2023, 2024, 2025)
LEAST = 4.0
"""Least width of the interval left on a count under 5."""
Key = tuple[str, Level, str, int]
Held = dict[Key, float | None]
"""What a reader holds: numbers, None for what is said to be masked."""


@pytest.fixture(scope="module")
def secret(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """The demonstration base where births are counts of the Caf, masked under the threshold."""
    folder = tmp_path_factory.mktemp("secret")
    patch = pytest.MonkeyPatch()
    patch.setattr(bootstrap, "cache_folder", lambda: demo_file.parent / "cache")
    patch.setattr(bootstrap.Opener, "_recent_file", staticmethod(lambda: folder / "recent.json"))
    shutil.copyfile(demo_file, folder / "demo.maillage")
    services = bootstrap.Opener().open(folder / "demo.maillage", read_only=True)
    births = replace(services.indicators.get("naissances"), masking="")
    patch.setattr(
        services.indicators, "_dictionary", {**services.indicators._dictionary, "naissances": births}
    )
    yield services
    services.base.close()
    patch.undo()


# -- what leaves --------------------------------------------------------------------------------------


def _values_in(item: object) -> Iterator[Value]:
    """Every value of a content, its parts included."""
    if isinstance(item, Value):
        yield item
        yield from _values_in(item.parts)
    elif isinstance(item, Choropleth | str):
        return
    elif isinstance(item, Mapping):
        yield from _values_in(tuple(item.values()))
    elif isinstance(item, Iterable):
        for part in item:
            yield from _values_in(part)
    elif is_dataclass(item):
        for field in fields(item):
            yield from _values_in(getattr(item, field.name))


def _maps_in(item: object) -> Iterator[Choropleth]:
    if isinstance(item, Choropleth):
        yield item
    elif isinstance(item, tuple | list):
        for part in item:
            yield from _maps_in(part)
    elif is_dataclass(item):
        for field in fields(item):
            yield from _maps_in(getattr(item, field.name))


def _hold(held: Held, key: Key, number: float | None, state: ValueState) -> None:
    if state is ValueState.MASKED:
        assert held.setdefault(key, None) is None, key
    elif number is not None:
        assert held.setdefault(key, number) == number, key


def _hold_map(held: Held, drawn: Choropleth) -> None:
    for code, number, state in zip(drawn.layer.codes, drawn.numbers, drawn.states, strict=True):
        known = None if np.isnan(number) else float(number)
        key = (drawn.indicator.code, drawn.layer.level, code, drawn.year)
        _hold(held, key, known, ValueState(int(state)))


def _hold_value(held: Held, value: Value) -> None:
    for one in _values_in(value):
        _hold(held, (one.indicator.code, one.level, one.code, one.year), one.number, one.state)


def _booklet(services: Services, held: Held, code: str) -> None:
    options = DiagnosticOptions(profile=PARTNER)
    made = services.diagnostics.made_for(code, options, ("synthese", "portrait"), on=DAY)
    for shown in printed_in(made.document.sections):
        if shown.indicator and not shown.series and shown.year and shown.level in LEVELS:
            key = (shown.indicator, Level(LEVELS.index(shown.level)), shown.code, shown.year)
            _hold(held, key, shown.number, shown.state)
    for drawn in _maps_in(made.document.sections):
        _hold_map(held, drawn)


def _fiche(services: Services, held: Held, code: str) -> None:
    content = services.reports.safe(PARTNER).fiche_content(code, None, DAY)
    for value in _values_in(content):
        _hold_value(held, value)
    for drawn in _maps_in(content):
        _hold_map(held, drawn)


@pytest.fixture(scope="module")
def leaving(secret: Services) -> Held:
    """Booklets, fiches, maps and tables of the command line, all held by one partner."""
    held: Held = {}
    _booklet(secret, held, NIORTAIS)
    for code in (NIORTAIS, MELLOIS):
        _fiche(secret, held, code)
    for name, level in (("naissances", Level.COMMUNE), ("naissances_3_ans", Level.COMMUNE),
                        ("natalite", Level.EPCI), ("naissances", Level.EPCI)):  # fmt: skip
        for year in secret.indicators.years(name, level):
            drawn = secret.maps.choropleth(name, year, level, departement=DEP)
            _hold_map(held, secret.secrecy.choropleth(drawn, PARTNER))
    book = secret.secrecy.book(PARTNER)
    asked = [(epci.code, year) for epci in secret.territory.epcis(DEP) for year in YEARS]
    for code, year in asked:
        for value in secret.indicators.values(Level.EPCI, code, year):
            _hold_value(held, book.value(value))
    return held


# -- attack -------------------------------------------------------------------------------------------


def births_attack(services: Services, held: Held) -> Attack:
    """Births of the département as unknowns; sums over territories and over years as equations."""
    territory = services.territory
    communes = [c.code for c in territory.communes(departement=DEP)]
    epcis = {epci.code: territory.members(Level.EPCI, epci.code) for epci in territory.epcis(DEP)}
    sums: list[tuple[Key, list[Key]]] = []
    for year in YEARS:
        for code, members in epcis.items():
            sums.append((("naissances", Level.EPCI, code, year),
                         [("naissances", Level.COMMUNE, member, year) for member in members]))  # fmt: skip
        sums.append((("naissances", Level.DEPARTEMENT, DEP, year),
                     [("naissances", Level.COMMUNE, member, year) for member in communes]))  # fmt: skip
    for level, codes in ((Level.COMMUNE, communes), (Level.EPCI, epcis), (Level.DEPARTEMENT, (DEP,))):
        sums += [(("naissances_3_ans", level, code, YEARS[-1]),
                  [("naissances", level, code, year) for year in YEARS]) for code in codes]  # fmt: skip
    return Attack(sums, held)


def test_small_counts_are_held_by_nobody(secret: Services, leaving: Held) -> None:
    small = 0
    for (code, level, territory, year), number in leaving.items():
        if code == "naissances":
            assert number is None or number == 0 or number >= 5, (level, territory, year)
            small += number is None
    assert small > 100


def test_no_small_count_is_told_by_sums_levels_or_years(secret: Services, leaving: Held) -> None:
    attack = births_attack(secret, leaving)
    hidden = [key for key in leaving if leaving[key] is None and key[0] == "naissances"]
    hidden = [key for key in hidden if key in attack.columns]
    raw = {key: secret.indicators.value(*key).number or 0.0 for key in hidden}
    targets = [key for key in hidden if 0 < raw[key] < 5]
    assert len(targets) > 60
    for key in targets[:: max(len(targets) // 24, 1)]:
        low, high = attack.interval(key)
        assert low <= raw[key] <= high
        assert high - low >= LEAST - 1e-6, (key, low, high)


def test_a_masked_territory_leaves_the_map_and_its_legend(secret: Services) -> None:
    drawn = secret.maps.choropleth("natalite", 2025, Level.COMMUNE, departement=DEP)
    shown = secret.secrecy.choropleth(drawn, PARTNER)
    masked = shown.states == ValueState.MASKED
    assert masked.sum() > 50
    assert np.isnan(shown.numbers[masked]).all()
    assert (shown.class_of[masked] == -1).all()
    assert sum(shown.classes.counts) == int((shown.class_of >= 0).sum())
    known = set(np.round(shown.numbers[~np.isnan(shown.numbers)], 1).tolist())
    lost = set(np.round(drawn.numbers[masked & ~np.isnan(drawn.numbers)], 1).tolist()) - known
    assert not lost.intersection(shown.classes.bounds)


def test_a_difference_of_years_is_hidden_with_either_of_them(secret: Services) -> None:
    drawn = secret.maps.evolution("naissances", 2023, 2025, Level.COMMUNE, departement=DEP)
    shown = secret.secrecy.choropleth(drawn, PARTNER)
    book = secret.secrecy.book(PARTNER)
    for code, number in zip(shown.layer.codes, shown.numbers, strict=True):
        assert np.isnan(number) or not book.hides_ever("naissances", Level.COMMUNE, code)


def test_files_of_maps_and_fiches_go_through_the_guard(secret: Services, tmp_path: Path) -> None:
    from pypdfium2 import PdfDocument

    drawn = secret.maps.choropleth("naissances", 2025, Level.COMMUNE, epci=NIORTAIS)
    for suffix in (".pdf", ".png", ".svg"):
        secret.maps.write(drawn, tmp_path / f"carte{suffix}", profile=PARTNER)
        assert (tmp_path / f"carte{suffix}").stat().st_size > 1000
    text = (tmp_path / "carte.svg").read_text("utf-8")
    assert "secret" in text
    secret.reports.fiche(NIORTAIS, tmp_path / "fiche.pdf", made_on=DAY, profile=PARTNER)
    pages = PdfDocument(tmp_path / "fiche.pdf")
    try:
        words = " ".join(page.get_textpage().get_text_range() for page in pages)
    finally:
        pages.close()
    assert " s " in words or "\ns\r" in words or "secret" in words
    with pytest.raises(UnknownProfile):
        secret.maps.write(drawn, tmp_path / "x.pdf", profile="voisin")


def _words(path: Path) -> str:
    from pypdfium2 import PdfDocument

    pages = PdfDocument(path)
    try:
        return " ".join(page.get_textpage().get_text_range() for page in pages)
    finally:
        pages.close()


@pytest.mark.parametrize("profile", ["caf", PARTNER])
def test_the_dashboard_on_paper_hides_small_counts_and_what_stays_with_the_caf(
    secret: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, profile: str
) -> None:
    births = [secret.indicators.value("naissances", Level.EPCI, AIRVAUDAIS, year).number for year in YEARS]
    monkeypatch.setattr(secret.secrecy, "threshold", lambda: max(number or 0 for number in births) + 1)
    path = tmp_path / "tableau.pdf"
    secret.dashboard.write_pdf(path, DAY, DEP, AIRVAUDAIS, profile=profile)
    text = _words(path)
    numbers = [word for word in text.split() if word in {f"{number:.0f}" for number in births if number}]
    assert numbers == []
    assert "Naissances" in text
    assert ("CPOG" in text) is (profile == "caf")
    assert ("À traiter" in text) is (profile == "caf")


# -- childminders -------------------------------------------------------------------------------------


def _minders(code: str, level: Level, active: int, ages: tuple[tuple[str, int], ...] = ()) -> Childminders:
    return Childminders(f"{level}{code}", level, code, 2025, active, active, active * 3, ages, "Caf")


def test_counts_of_childminders_are_masked_with_their_ages_and_their_sums(secret: Services) -> None:
    class Register:
        childminders = (
            _minders(NIORTAIS, Level.EPCI, 40, (("moins de 50 ans", 3), ("50 ans et plus", 37))),
            _minders(HAUT_VAL, Level.EPCI, 3),
        )

    masks = minder_masks(Register(), secret.territory, secret.secrecy.book(PARTNER))  # type: ignore[arg-type]
    assert masks.hides("active", Level.EPCI, HAUT_VAL, 2025)
    assert masks.hides("places", Level.EPCI, HAUT_VAL, 2025)
    assert masks.hides("age moins de 50 ans", Level.EPCI, NIORTAIS, 2025)
    assert masks.hides("age 50 ans et plus", Level.EPCI, NIORTAIS, 2025)
    assert not masks.hides("active", Level.EPCI, NIORTAIS, 2025)


def test_free_figures_leave_as_they_are(secret: Services) -> None:
    drawn = secret.maps.choropleth("couv_global", 2023, Level.EPCI, departement=DEP)
    shown = secret.secrecy.choropleth(drawn, PARTNER)
    assert np.array_equal(shown.numbers, drawn.numbers)
    assert shown.references == drawn.references


def test_what_is_reserved_to_the_caf_stays_with_it(secret: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    births = replace(secret.indicators.get("naissances"), masking="Réservé à la Caf")
    monkeypatch.setitem(secret.indicators._dictionary, "naissances", births)
    secret.secrecy.forget()
    try:
        for code in ("naissances", "natalite", "naissances_3_ans"):
            value = secret.indicators.value(code, Level.EPCI, NIORTAIS, 2025)
            assert secret.secrecy.value(value) == value
            outside = secret.secrecy.value(value, PARTNER)
            assert (outside.number, outside.state, outside.formula) == (None, ValueState.MASKED, "")
    finally:
        secret.secrecy.forget()
