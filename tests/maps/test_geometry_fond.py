"""The approximate fond of real départements: complete, exact borders, missing centres, projections."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from app.domain.errors import UnknownTerritory
from app.domain.reference import Reference, load_reference
from app.progress import Cancelled, Progress
from maps.choropleth import Fond
from maps.geometry import LABEL, approximate_fond, epsg_for, simplified


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="module")
def deux_sevres(reference: Reference) -> Fond:
    return approximate_fond(reference, ("79",))


def test_a_departement_has_all_its_communes_and_epci(deux_sevres: Fond, reference: Reference) -> None:
    assert set(deux_sevres.communes.codes) == {c.code for c in reference.communes("79")}
    assert set(deux_sevres.epcis.codes) == {e.code for e in reference.epcis("79")}
    assert deux_sevres.departements.codes == ("79",)
    assert deux_sevres.label == LABEL
    assert deux_sevres.approximate


def test_neighbours_are_the_departements_around(deux_sevres: Fond) -> None:
    assert deux_sevres.neighbours.codes == ("16", "17", "49", "85", "86")


def test_each_commune_says_its_epci_and_each_epci_its_departement(deux_sevres: Fond) -> None:
    niort = deux_sevres.communes.codes.index("79191")
    assert deux_sevres.communes.parents[niort] == "200041317"
    assert set(deux_sevres.epcis.parents) == {"79"}


def test_layers_have_neither_gap_nor_overlap(deux_sevres: Fond) -> None:
    for layer in (deux_sevres.communes, deux_sevres.epcis):
        assert shapely.is_valid(layer.polygons).all()
        assert shapely.coverage_is_valid(layer.polygons)
        assert shapely.area(layer.polygons).sum() == pytest.approx(
            shapely.area(deux_sevres.departements.polygons).sum(), rel=1e-9
        )


def test_the_chosen_departement_fits_its_neighbours(deux_sevres: Fond) -> None:
    around = np.concatenate([deux_sevres.departements.polygons, deux_sevres.neighbours.polygons])
    assert shapely.coverage_is_valid(around)
    assert not shapely.get_num_interior_rings(shapely.coverage_union_all(around))


def test_areas_are_those_of_the_communes(deux_sevres: Fond, reference: Reference) -> None:
    known = np.array([reference.commune(code).area_km2 for code in deux_sevres.communes.codes], dtype=float)
    computed = shapely.area(deux_sevres.communes.polygons) / 1e6
    assert computed.sum() == pytest.approx(known.sum(), rel=0.02)
    assert np.median(abs(computed / known - 1)) < 0.1


def test_labels_lie_inside_their_outline(deux_sevres: Fond) -> None:
    for layer in (deux_sevres.communes, deux_sevres.epcis, deux_sevres.departements):
        assert shapely.contains(layer.polygons, shapely.points(layer.label_xy)).all()


def test_epci_over_several_departements_are_whole(reference: Reference) -> None:
    fond = approximate_fond(reference, ("52",))
    assert len(fond.epcis.codes) == 9
    assert {code[:2] for code in fond.communes.codes} == {"51", "52", "70", "88"}
    dizier = fond.epcis.codes.index("200068666")
    members = reference.members("200068666")
    kept = [i for i, code in enumerate(fond.communes.codes) if code in members]
    assert len(kept) == len(members)
    assert fond.epcis.polygons[dizier].area == pytest.approx(
        shapely.area(fond.communes.polygons[kept]).sum(), rel=1e-9
    )


@pytest.mark.parametrize(
    ("departement", "millesime"), [("79", 2024), ("15", 2026), ("60", 2026), ("85", 2026)]
)
def test_communes_without_centre_have_an_outline(
    reference: Reference, departement: str, millesime: int
) -> None:
    fond = approximate_fond(reference, (departement,), millesime)
    assert {c.code for c in reference.communes(departement, millesime=millesime)} <= set(fond.communes.codes)
    assert not shapely.is_empty(fond.communes.polygons).any()
    assert np.isfinite(fond.communes.label_xy).all()


def test_a_separated_commune_lies_where_the_one_it_left_was(reference: Reference) -> None:
    fond = approximate_fond(reference, ("85",))
    places = [fond.communes.codes.index(code) for code in ("85084", "85165", "85212")]
    assert shapely.get_num_geometries(shapely.union_all(fond.communes.polygons[places])) == 1


def test_an_old_millesime_known_for_one_departement_still_has_surroundings(reference: Reference) -> None:
    fond = approximate_fond(reference, ("52",), 2015)
    assert fond.millesime == 2015
    assert "10" in fond.neighbours.codes


def test_paris_is_one_commune(reference: Reference) -> None:
    fond = approximate_fond(reference, ("75",))
    assert "75056" in fond.communes.codes
    assert len(fond.epcis.codes) == 1


@pytest.mark.parametrize(
    ("departements", "epsg"),
    [((), 2154), (("79", "52"), 2154), (("971",), 5490), (("971", "972"), 5490), (("973",), 2972),
     (("974",), 2975), (("976",), 4471), (("79", "974"), 2154)],
)  # fmt: skip
def test_each_zone_has_its_legal_system(departements: tuple[str, ...], epsg: int) -> None:
    assert epsg_for(departements) == epsg


def test_an_overseas_departement_has_true_areas_in_its_own_system(reference: Reference) -> None:
    fond = approximate_fond(reference, ("974",))
    assert len(fond.communes.codes) == 24
    assert fond.neighbours.codes == ()
    assert shapely.area(fond.departements.polygons).sum() / 1e6 == pytest.approx(2512, rel=0.03)


def test_overseas_departements_with_others_are_drawn_in_insets(reference: Reference) -> None:
    fond = approximate_fond(reference, ("79", "974", "976"))
    assert set(fond.departements.codes) == {"79", "974", "976"}
    reunion, mayotte = (fond.departements.codes.index(code) for code in ("974", "976"))
    left, _, right, _ = shapely.bounds(fond.departements.polygons[reunion])
    assert -200_000 < left < right < 100_000
    assert not shapely.intersects(*fond.departements.polygons[[reunion, mayotte]])


def test_an_unknown_departement_is_said(reference: Reference) -> None:
    with pytest.raises(UnknownTerritory):
        approximate_fond(reference, ("20",))


def test_the_computation_stops_when_asked(reference: Reference) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        approximate_fond(reference, ("79",), progress=progress)


def test_simplified_borders_stay_shared(deux_sevres: Fond) -> None:
    lighter = simplified(deux_sevres.epcis, 500)
    assert shapely.coverage_is_valid(lighter.polygons)
    assert (
        shapely.get_num_coordinates(lighter.polygons).sum()
        < shapely.get_num_coordinates(deux_sevres.epcis.polygons).sum() / 2
    )
    assert simplified(deux_sevres.epcis, 500) is lighter
    assert simplified(deux_sevres.epcis, 0) is deux_sevres.epcis


@pytest.mark.shared
def test_outlines_overlap_the_true_epci(deux_sevres: Fond, shared_data: Path) -> None:
    from pyogrio import raw

    path = shared_data / "geometrie" / "epci_france_cog2025_lambert93.gpkg"
    _, _, wkb, (codes, *_) = raw.read(path, columns=["code"])
    truth = dict(zip(codes.tolist(), shapely.from_wkb(wkb), strict=True))
    true = np.array([truth[code] for code in deux_sevres.epcis.codes], dtype=object)
    common = shapely.area(shapely.intersection(deux_sevres.epcis.polygons, true))
    shares = common / (shapely.area(deux_sevres.epcis.polygons) + shapely.area(true) - common)
    assert shares.min() > 0.81
    assert np.median(shares) > 0.89


@pytest.mark.slow
def test_all_france_is_complete_and_fits(reference: Reference) -> None:
    fond = approximate_fond(reference, ())
    assert len(fond.communes.codes) == 34_875
    assert len(fond.epcis.codes) == 1_255
    assert len(fond.departements.codes) == 101
    assert not shapely.is_empty(fond.communes.polygons).any()
    for layer in (fond.communes, fond.epcis, fond.departements):
        assert shapely.coverage_is_valid(layer.polygons)
