"""Words and choices of our own about the rows of the conventions: short labels, bounds, what is computed."""

from __future__ import annotations

import csv
from pathlib import Path

_LABELS = Path(__file__).with_name("cpog_labels.csv")


def labels(table: str) -> dict[str, tuple[str, str]]:
    """By row: a short label, then a label where the printed one has more than twelve words."""
    with _LABELS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return {row["ordre"]: (row["court"], row["libelle"]) for row in rows if row["table"] == table}


BOUNDS: dict[tuple[str, int], tuple[str, str]] = {
    ("79-2018-2022", 13): ("-100000", ""),
    ("79-2018-2022", 22): ("-100", "100"),
    ("79-2018-2022", 28): ("-100", "100"),
    ("52-2023-2027", 33): ("-100", "100"),
}
"""Bounds other than those of the unit."""
COMPUTED: dict[tuple[str, int], str] = {
    ("79-2018-2022", 13): "eaje_net",
    ("79-2018-2022", 16): "epci_panier",
    ("79-2018-2022", 19): "avs_crees",
    ("79-2018-2022", 21): "ctg_couverture",
    ("52-2023-2027", 14): "rpe_communes",
    ("52-2023-2027", 17): "ctg_schema",
    ("52-2023-2027", 22): "am_par_etp",
    ("52-2023-2027", 26): "laep_heures",
}
"""What the base can compute itself."""
NATIONAL = frozenset({("52-2023-2027", 12), ("52-2023-2027", 13), ("52-2023-2027", 15)})
"""Rows whose target cell says « nationale »."""
PINNED = frozenset(
    {("79-2018-2022", n) for n in (1, 6, 7, 8, 13, 15, 16, 19, 21, 22, 23, 25)}
    | {("52-2023-2027", n) for n in (1, 4, 5, 14, 15, 16, 17, 18, 22, 26, 28, 31)}
)
"""Twelve indicators a contract on the dashboard, to begin with."""
