"""Indicators that the base computes itself, set beside what was declared: asked through a Protocol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from app.domain.indicator import ValueState


@dataclass(frozen=True, slots=True)
class Computed:
    """One reading of a computed value; number is None unless the state is a value or zero.

    label names the reading (« en EPCI », « en habitants »); rule: French sentence of the computation, with
    its numbers; numerator and denominator: its terms where there are any.
    """

    label: str
    number: float | None
    state: ValueState
    rule: str
    numerator: float | None = None
    denominator: float | None = None


class ComputedSource(Protocol):
    """Computes some of the codes of COMPUTED for one Caf and one year."""

    def codes(self) -> frozenset[str]:
        """Codes that it can compute."""
        ...

    def compute(self, code: str, departement: str, year: int, /) -> tuple[Computed, ...]:
        """One row a reading; empty if the base holds nothing to compute it from."""
        ...


COMPUTED: dict[str, str] = {
    "eaje_net": "Solde net de places d’Eaje",
    "epci_panier": "EPCI couverts par un panier de services parentalité",
    "avs_crees": "Centres sociaux et EVS créés",
    "ctg_couverture": "Couverture par une CTG",
    "ctg_schema": "CTG avec un schéma de maintien et de développement",
    "rpe_communes": "Communes de plus de 10 000 habitants avec un Rpe",
    "am_par_etp": "Assistants maternels par ETP de Rpe",
    "laep_heures": "Heures d’ouverture des Laep",
}
"""Codes of what the base may compute, with the label that lists and choices show."""
