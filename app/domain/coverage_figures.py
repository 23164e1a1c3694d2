"""The figures of each network for one territory, from the register, the counts and the children."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.domain.coverage import Answer, Certainty, Count, Network
from app.domain.coverage_cells import NOTHING, REGISTER, Cell, added, of_count, of_share, ratio
from app.domain.coverage_knowledge import Pair
from app.domain.coverage_reach import places_of
from app.domain.coverage_scene import (
    Scene,
    childminder_cell,
    children_cell,
    count_cell,
    fte_cell,
    places_cell,
    tally,
)
from app.domain.dictionary import source_name
from app.domain.places import CENSUS_DELAY, LATEST

if TYPE_CHECKING:
    from app.domain.coverage_ground import Area
    from app.domain.coverage_knowledge import Knowledge
    from app.domain.register import Equipment, Zone

PER_HUNDRED = 100.0
PER_THOUSAND = 1000.0


def cells_of(network: Network, scene: Scene, area: Area) -> dict[str, Cell]:
    """Every figure of a network for one territory, by code."""
    count = scene.reach.count(area, scene.level)
    cells = _BUILDERS[network](scene, area, count)
    communes, people = scene.reach.shares(area)
    origins = (count.origin,) if count.origin else ()
    year = count.year or scene.year
    cells["part_communes_couvertes"] = of_share(communes, year, origins)
    cells["part_population_couverte"] = of_share(people, year, (*origins, inhabitants_source()))
    return cells


def inhabitants_source() -> str:
    """Name and year of the source of the inhabitants of communes."""
    return f"{source_name('insee_population')}, {LATEST - CENSUS_DELAY}"


# -- Eaje ------------------------------------------------------------------------------------------


def _eaje(scene: Scene, area: Area, count: Count) -> dict[str, Cell]:
    children = children_cell(scene.children, area.code)
    places = places_cell(scene, area)
    minders = childminder_cell(scene, area, "places")
    known = places.number is not None and minders.number is not None
    both = added((places, minders)) if known else NOTHING  # a total without one of its modes misleads
    return {
        "nb_eaje": count_cell(scene, area, count),
        "places_eaje": places,
        "places_am": minders,
        "enfants_moins_3": children,
        "propre_eaje": ratio(places, children, PER_HUNDRED, 1, ("places_eaje", "enfants_moins_3")),
        "propre_am": ratio(minders, children, PER_HUNDRED, 1, ("places_am", "enfants_moins_3")),
        "propre_total": ratio(
            both, children, PER_HUNDRED, 1, ("places_eaje", "places_am", "enfants_moins_3")
        ),
    }


# -- Rpe -------------------------------------------------------------------------------------------


def _rpe(scene: Scene, area: Area, count: Count) -> dict[str, Cell]:
    minders = childminder_cell(scene, area, "people")
    fte = fte_cell(scene, area, count)
    children = children_cell(scene.children, area.code)
    relays = count_cell(scene, area, count)
    return {
        "nb_rpe": relays,
        "etp_rpe": fte,
        "nb_am": minders,
        "am_par_etp": ratio(minders, fte, 1, 0, ("nb_am", "etp_rpe")),
        "moins_3_par_rpe": ratio(children, relays, 1, 0, ("nb_rpe",)),
        "part_communes_desservies": of_share(scene.reach.served_shares(area)[0], scene.year, (REGISTER,)),
        "grandes_communes_sans_rpe": _large_without(scene, area),
    }


def _large_without(scene: Scene, area: Area) -> Cell:
    large = [code for code in area.members if (scene.ground.inhabitants(code) or 0) > scene.rpe_population]
    answers = [scene.reach.counts[code].answer for code in large if code in scene.reach.counts]
    return tally(answers, len(large), scene.year)


# -- animation de la vie sociale --------------------------------------------------------------------


def _avs(scene: Scene, area: Area, count: Count) -> dict[str, Cell]:
    people = scene.ground.population(area.members)
    inhabitants = Cell(people, Certainty.EXACT) if people is not None else NOTHING
    structures = count_cell(scene, area, count)
    communes, served = scene.reach.served_shares(area)
    cells = {
        f"nb_{knowledge.group.kinds[0]}": of_count(_one(scene, knowledge, area))
        for knowledge in scene.knowledges
    }
    return cells | {
        "nb_avs": structures,
        "habitants_par_avs": ratio(inhabitants, structures, 1, 0, ("nb_avs",)),
        "part_communes_desservies": of_share(communes, scene.year, (REGISTER,)),
        "part_population_desservie": of_share(served, scene.year, (REGISTER, inhabitants_source())),
        "qpv_sans_structure": _qpv_cell(scene, area),
        "agrements_12_mois": _licence_cell(scene, area, count),
    }


def _one(scene: Scene, knowledge: Knowledge, area: Area) -> Count:
    count = knowledge.count(area, scene.level)
    return knowledge.effective(area, count) if scene.effective else count


def qpv_answer(scene: Scene, zone: Zone) -> Answer:
    """Does a structure stand in the zone? Without an outline only the communes are known.

    Then a structure of the commune may be in or out, unless the whole commune is in the zone.
    """
    communes = (*zone.communes, *zone.partial)
    pairs = scene.reach.pairs(communes)
    if zone.wkb is not None and any(_stands_in(pair, zone.wkb) for pair in pairs):
        return Answer.YES
    counts = [scene.reach.counts.get(code) for code in communes]
    if counts and all(count is not None and count.answer is Answer.NO for count in counts):
        return Answer.NO
    if zone.wkb is None:
        return Answer.UNKNOWN
    exact = all(count is not None and count.certainty is Certainty.EXACT for count in counts)
    located = all(site.precise or equipment.points for site, equipment in pairs)
    return Answer.NO if exact and located and len(pairs) >= _structures(counts) else Answer.UNKNOWN


def _structures(counts: list[Count | None]) -> float:
    return sum(count.number or 0 for count in counts if count is not None)


def _stands_in(pair: Pair, wkb: bytes) -> bool:
    import shapely

    shape = shapely.from_wkb(wkb)
    return any(
        lon is not None and lat is not None and bool(shapely.intersects_xy(shape, lon, lat))
        for _, lon, lat in places_of(*pair)
    )


def _qpv_cell(scene: Scene, area: Area) -> Cell:
    zones = [zone for zone in scene.evidence.alive.zones if zone.kind == "qpv"]
    if not zones:
        return NOTHING
    members = frozenset(area.members)
    inside = [zone for zone in zones if members.intersection((*zone.communes, *zone.partial))]
    return tally([qpv_answer(scene, zone) for zone in inside], len(inside), scene.year)


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day some months later, the last of the month if that one is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def licence_ends(scene: Scene, equipment: Equipment) -> bool:
    """True if the agrément is over or ends within the delay of the alert."""
    limit = months_later(scene.evidence.on, int(scene.licence_months))
    return equipment.licence_to is not None and equipment.licence_to <= limit


def _licence_cell(scene: Scene, area: Area, count: Count) -> Cell:
    pairs = scene.reach.pairs(area.members)
    ending = sum(licence_ends(scene, equipment) for _, equipment in pairs)
    whole = count.certainty is Certainty.EXACT and (count.number or 0) <= len(pairs)
    if whole and all(equipment.licence_to is not None for _, equipment in pairs):
        return Cell(float(ending), Certainty.EXACT, f"{ending} sur {len(pairs)}", scene.year)
    return Cell(float(ending), Certainty.AT_LEAST, "", scene.year) if ending else NOTHING


# -- Laep ------------------------------------------------------------------------------------------


def _laep(scene: Scene, area: Area, count: Count) -> dict[str, Cell]:
    hours, certainty = scene.reach.hours(area.members, count)
    fictitious = any(equipment.fictitious for _, equipment in scene.reach.pairs(area.members))
    opened = Cell(hours, certainty, "", scene.year, False, fictitious) if hours is not None else NOTHING
    young = children_cell(scene.children_6, area.code)
    return {
        "nb_laep": count_cell(scene, area, count),
        "points_laep": _points_cell(scene, area, count),
        "heures_laep": opened,
        "heures_laep_1000": ratio(opened, young, PER_THOUSAND, 0, ("heures_laep",)),
    }


def _points_cell(scene: Scene, area: Area, count: Count) -> Cell:
    members = frozenset(area.members)
    points = sum(place[0] in members for pair in scene.reach.everything for place in places_of(*pair))
    whole = count.certainty is Certainty.EXACT and not any(
        equipment.itinerant is not False and not equipment.points
        for _, equipment in scene.reach.pairs(area.members)
    )
    if whole and (count.number or 0) <= points:
        return Cell(float(points), Certainty.EXACT, f"{points} (registre)", scene.year)
    return Cell(float(points), Certainty.AT_LEAST, f"{points} (registre)", scene.year) if points else NOTHING


_BUILDERS: dict[Network, Callable[[Scene, Area, Count], dict[str, Cell]]] = {
    Network.EAJE: _eaje,
    Network.RPE: _rpe,
    Network.AVS: _avs,
    Network.LAEP: _laep,
}
