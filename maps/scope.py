"""A part of the outlines of a base: some Epci, the rest left pale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from maps.choropleth import Fond, OutlineLayer


def narrowed(fond: Fond, epcis: Sequence[str], departement: str | None) -> Fond:
    """The outlines of chosen Epci only; the other départements of the base become neighbours, pale."""

    def pick(layer: OutlineLayer, keep: Sequence[bool]) -> OutlineLayer:
        rows = np.flatnonzero(np.asarray(keep, dtype=bool))
        return replace(
            layer,
            codes=tuple(layer.codes[i] for i in rows),
            names=tuple(layer.names[i] for i in rows),
            polygons=layer.polygons[rows],
            label_xy=layer.label_xy[rows],
            parents=tuple(layer.parents[i] for i in rows) if layer.parents else (),
        )

    wanted = set(epcis)
    if wanted >= set(fond.epcis.codes):
        return fond
    near = fond.neighbours
    departements = fond.departements
    if departement and departement in departements.codes:
        others = pick(departements, [code != departement for code in departements.codes])
        near = replace(
            near,
            codes=near.codes + others.codes,
            names=near.names + others.names,
            polygons=np.concatenate([near.polygons, others.polygons]),
            label_xy=np.concatenate([near.label_xy, others.label_xy]),
        )
        departements = pick(departements, [code == departement for code in departements.codes])
    return replace(
        fond,
        epcis=pick(fond.epcis, [code in wanted for code in fond.epcis.codes]),
        communes=pick(fond.communes, [parent in wanted for parent in fond.communes.parents]),
        departements=departements,
        neighbours=near,
    )
