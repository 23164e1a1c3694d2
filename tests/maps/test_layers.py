"""What lies over a map: circles, points, zones, flags; and what the legend says of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.indicator import ValueState
from app.domain.register import Equipment, Point, Register, Site, Status, Zone
from app.domain.territory import Level
from maps.build import build_choropleth
from maps.canvas import Box
from maps.choropleth import Choropleth, Mark
from maps.circles import circles_of
from maps.compose import symbols_of, with_blank_zero, with_layers
from maps.draw import is_fictitious, source_words, write_map
from maps.entries import absence_entries, class_entries, note_lines
from maps.key_rows import layer_rows
from maps.layers import Flags, MapPoint, MapZone, PointKind, PointLayer, ZoneLayer, ZoneLook
from maps.plan import Plan
from maps.points import lay_out
from maps.register_layers import counted_points, service_points, zone_layers
from maps.sources import listed_sources
from tests.maps.samples import births, fond, series
from tests.maps.test_draw import OPTIONS, PORTRAIT, coverage, pdf_text

ON = date(2026, 11, 19)
KINDS = (PointKind("eaje", "Eaje", "circle"), PointKind("rpe", "Relais petite enfance", "square"))
POINTS = PointLayer(
    "Services",
    KINDS,
    (
        MapPoint("eaje", "79000", count=3),
        MapPoint("eaje", "79001", 0.1, 46.3, "Les Lutins"),
        MapPoint("rpe", "79000", precise=False),
        MapPoint("rpe", "99999"),
        MapPoint("inconnu", "79000"),
    ),
    "registre des équipements",
    named=True,
)
ZONES = (
    ZoneLayer("Zone rurale", (MapZone("Nord", ("79000", "79001"), ("79002",)),)),
    ZoneLayer("Quartier", (MapZone("Clou", ("79004",), inside=True),), ZoneLook.OUTLINE, named=True),
)


def stocks(numbers: list[float]) -> Choropleth:
    """The coverage map with circles of births."""
    made = series(births(), numbers=np.array(numbers), states=np.zeros(6, dtype=np.uint8))
    return with_layers(coverage(), symbols=symbols_of(fond(), made))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0.01, 1e6), min_size=6, max_size=6))
def test_areas_of_circles_are_proportional_and_small_ones_lie_over_large_ones(numbers: list[float]) -> None:
    circles = circles_of(Plan(stocks(numbers), Box(0, 0, 500, 400)))
    ratios = [circle.radius**2 / circle.number for circle in circles]
    assert ratios == pytest.approx([ratios[0]] * len(ratios))
    radii = [circle.radius for circle in circles]
    assert radii == sorted(radii, reverse=True)


def test_zero_and_absences_have_no_circle_and_the_legend_says_so() -> None:
    made = with_layers(coverage(), symbols=symbols_of(fond(), series(births())))
    assert len(circles_of(Plan(made, Box(0, 0, 500, 400)))) == 2
    said = next(line for line in note_lines(made) if line.startswith("Sans cercle\u202f:"))
    for words in ("sans donnée", "non publié à cette maille", "au secret", "à zéro"):
        assert f"1\u00a0EPCI {words}" in said


def test_circles_never_lie_over_circles() -> None:
    plain = build_choropleth(fond(), series(births()), level=Level.EPCI)
    with pytest.raises(ValueError, match="circles"):
        with_layers(plain, symbols=symbols_of(fond(), series(births())))


@pytest.mark.parametrize("options", [OPTIONS, PORTRAIT])
def test_a_sheet_with_every_layer_says_them_all(tmp_path: Path, options: object) -> None:
    made = with_layers(
        stocks([10, 20, 30, 40, 500, 60]), points=[POINTS], zones=ZONES,
        flags=Flags("sous la règle", frozenset({"200000000", "999"})), notes=["Une note."],
    )  # fmt: skip
    write_map(made, tmp_path / "carte.pdf", options)  # type: ignore[arg-type]
    text = pdf_text(tmp_path / "carte.pdf")
    for words in (
        "Naissances, 2023",
        "Eaje",
        "Relais petite enfance",
        "Zone rurale",
        "Quartier",
        "sous la règle",
        "Une note.",
        "registre des équipements",
        "Clou",
        "Les Lutins",
    ):
        assert words in text, words


def test_points_are_placed_by_degrees_or_by_commune_and_unknown_ones_are_left_out() -> None:
    made = with_layers(coverage(), points=[POINTS], zones=ZONES)
    signs = lay_out(Plan(made, Box(0, 0, 500, 400)))
    looks = sorted((sign.look[0], sign.look[2], sign.count) for sign in signs)
    assert ("circle", False, 3) in looks
    assert ("square", False, 1) in looks
    assert ("pennant", False, 1) in looks
    assert sum(sign.count for sign in signs if sign.look[0] == "square") == 1


def test_the_legend_counts_places_not_signs() -> None:
    rows = layer_rows(with_layers(coverage(), points=[POINTS], zones=ZONES))
    counts = {row.words: row.counts for row in rows}
    assert counts["Eaje"] == (4,)
    assert counts["Relais petite enfance"] == (1,)
    assert counts["Zone rurale"] == (1,)


def test_a_white_zone_is_not_the_lowest_class() -> None:
    made = with_blank_zero(coverage())
    assert made.class_of[made.states == ValueState.ZERO].tolist() == [-1]
    zero = next(entry for entry in absence_entries(made) if entry.state is ValueState.ZERO)
    assert zero.words == "aucun service (zone blanche)"
    assert zero.fill == "#FFFFFF"
    assert sum(made.classes.counts) == 2


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.floats(30, 120), min_size=6, max_size=6),
    st.lists(st.sampled_from(ValueState), min_size=6, max_size=6),
)
def test_counts_of_the_legend_add_up_to_the_territories(
    numbers: list[float], states: list[ValueState]
) -> None:
    known = np.array([0.0 if s is ValueState.ZERO else n for n, s in zip(numbers, states, strict=True)])
    made = series(numbers=np.where([s.is_known for s in states], known, np.nan),
                  states=np.array(states, dtype=np.uint8))  # fmt: skip
    drawn = build_choropleth(fond(), made, level=Level.EPCI, bounds=(0, 50, 70, 130))
    for shown in (drawn, with_blank_zero(drawn)):
        blank = shown.blank_zero
        absent = [e.count for e in absence_entries(shown) if blank or e.state is not ValueState.ZERO]
        assert sum(entry.count for entry in class_entries(shown)) + sum(absent) == 6


def test_one_invented_layer_makes_the_sheet_fictitious() -> None:
    assert not is_fictitious(coverage())
    assert is_fictitious(with_layers(coverage(), points=[replace(POINTS, fictitious=True)]))


def test_sources_of_layers_are_named_once() -> None:
    made = with_layers(coverage(), points=[POINTS, replace(POINTS, source="Registre des équipements")])
    assert source_words(made).count("egistre des équipements") == 1


def test_an_address_is_printed_as_its_site_and_a_part_is_not_repeated() -> None:
    many = [
        "https://www.ville.fr/a?b#c | Insee, naissances",
        "http://ville.fr/autre (note)",
        "INSEE, naissances",
    ]
    assert listed_sources(many) == ["ville.fr", "Insee, naissances"]
    told = listed_sources(["registre", "Registre des équipements", "mot " * 40])
    assert told[0] == "Registre des équipements"
    assert told[1].endswith("…")


def test_zones_elsewhere_are_not_counted() -> None:
    far = MapZone("Loin", ("01001",))
    away = MapZone("Ailleurs", polygon=shapely.box(5, 45, 5.1, 45.1))
    made = with_layers(coverage(), zones=[ZoneLayer("Zones", (*ZONES[0].zones, far, away, MapZone("Rien")))])
    assert [zone.name for zone in made.zones[0].zones] == ["Nord"]


def register() -> Register:
    """Two sites, one with an itinerant Laep and a closed Eaje."""
    laep = Equipment(
        "a", "s", "laep", "Pause", points=(Point("p", "Salle", "79001", 0.1, 46.3),), fictitious=True
    )
    shut = Equipment("b", "s", "eaje", "Vieux", status=Status.CLOSED)
    late = Equipment("c", "t", "eaje", "Neuf", status=Status.SUSPENDED, source="ville")
    house = Site("s", "Maison", "79000", 0.0, 46.4, True, "", (laep, shut))
    return Register(
        (house, Site("t", "Pôle", "79004", equipment=(late,))),
        zones=(
            Zone("z", "qpv", "QP1", "Clou Bouchet", ("79004",)),
            Zone("y", "frr", "F", "Frr", ("79000",), ("79001",)),
            Zone("x", "maison", "M", "Secteur nord", wkb=shapely.to_wkb(shapely.box(0, 46, 0.2, 46.2))),
        ),
    )  # fmt: skip


def test_services_of_the_register_become_points() -> None:
    layer = service_points(register(), ("laep", "eaje"), ON)
    assert [(p.kind, p.label, p.precise) for p in layer.points] == [
        ("laep", "Pause", True),
        ("laep:point", "Salle", True),
        ("eaje:suspendu", "Neuf", False),
    ]
    assert {kind.code for kind in layer.kinds} == {"laep", "laep:point", "eaje:suspendu"}
    assert layer.fictitious


def test_the_label_of_a_service_follows_the_day() -> None:
    counts = {"79000": 2, "79001": 0}
    assert counted_points("rpe", counts, date(2020, 1, 1)).kinds[0].label == "Relais assistants maternels"
    layer = counted_points("rpe", counts, ON)
    assert layer.kinds[0].label == "Relais petite enfance"
    assert [(p.code_commune, p.count, p.precise) for p in layer.points] == [("79000", 2, False)]


def test_zones_become_layers_by_kind() -> None:
    layers = zone_layers(register().zones)
    assert [layer.label for layer in layers] == [
        "Quartier prioritaire (Qpv)",
        "France ruralités revitalisation (Frr)",
        "Secteur nord",
    ]
    assert layers[0].zones[0].inside
    assert layers[1].zones[0].partial == ("79001",)
    assert layers[2].zones[0].polygon.area == pytest.approx(0.04)
    made = with_layers(replace(coverage(), mark=Mark.AREA), zones=layers)
    assert len(layer_rows(made)) == 3
