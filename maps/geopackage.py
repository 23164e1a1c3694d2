"""Write the outlines in use to a GeoPackage that any geographic software reads."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

from app.domain.errors import WriteRefused

if TYPE_CHECKING:
    from maps.choropleth import Fond, OutlineLayer

WRITTEN_ON = "2026-01-01T00:00:00.000Z"
"""Date written inside the file, always the same: equal fonds give equal files."""
FIELDS = ("code", "nom", "parent", "millesime", "source")


def write_geopackage(fond: Fond, path: Path) -> None:
    """Write layers communes, epci and departements, in the system of the fond; replaces the file.

    Columns: code, nom, parent (code of the Epci, of the département or of the région), millesime, source.
    Raises WriteRefused if nothing can be written there; a file already there is then as it was.
    """
    import pyogrio

    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": WRITTEN_ON})
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".maillage-") as folder:
            written = Path(folder) / "fond.gpkg"
            layers = (("communes", fond.communes), ("epci", fond.epcis), ("departements", fond.departements))
            for name, layer in layers:
                _write_layer(written, name, layer, fond)
            written.replace(path)
    except (OSError, pyogrio.errors.DataSourceError) as error:
        raise WriteRefused(path, reason=str(error)) from error
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def _write_layer(path: Path, name: str, layer: OutlineLayer, fond: Fond) -> None:
    from pyogrio import raw

    count = len(layer.codes)
    columns = [
        np.array(layer.codes, dtype=object),
        np.array(layer.names, dtype=object),
        np.array(layer.parents or ("",) * count, dtype=object),
        np.full(count, fond.millesime, dtype=np.int32),
        np.full(count, fond.label, dtype=object),
    ]
    raw.write(
        str(path),
        shapely.to_wkb(layer.polygons),
        columns,
        np.array(FIELDS),
        layer=name,
        driver="GPKG",
        geometry_type="MultiPolygon",
        promote_to_multi=True,
        crs=f"EPSG:{layer.epsg}",
        append=path.exists(),
        layer_metadata=None,
    )
