"""COG and CPOG delivered with the application, from their tables to records with lasting keys."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import resources
from app.domain.cog import Cog, CogNode, NodeKind, years_of
from app.domain.cpog import Contract, Cpog, CpogIndicator, Engagement, Flag, Party
from app.domain.cpog_codes import IndicatorType, Nature, Sense, SeriesKind, TargetKind
from app.domain.cpog_errors import NothingDelivered, UnknownCog
from app.domain.cpog_points import Target
from app.domain.french import typographic
from app.domain.indicator import ValueState
from db.models.base import key_of, new_uuid

Row = Mapping[str, str]
COG_YEARS = (2018, 2019, 2020, 2021, 2022)
PINNED = 12


def labels() -> dict[str, str]:
    """Codes and labels of the contracts delivered."""
    return {row["code"]: typographic(row["label"]) for row in resources.read_table("cpog", "contrats.csv")}


def codes_of(departement: str) -> tuple[str, ...]:
    """Codes of the contracts delivered for a département."""
    rows = resources.read_table("cpog", "contrats.csv")
    return tuple(row["code"] for row in rows if row["departement"] == departement)


def load(code: str) -> tuple[Contract, list[dict[str, Any]]]:
    """Return a delivered contract whole, and the links of its indicators. Raises NothingDelivered."""
    rows = resources.read_table("cpog", "contrats.csv")
    row = next((r for r in rows if r["code"] == code), None)
    if row is None:
        raise NothingDelivered(code=code, known=tuple(r["code"] for r in rows))
    cpog = _cpog(row)
    indicator_rows = _of(code, "indicateurs.csv")
    indicators = tuple(_indicator(cpog, position, r) for position, r in enumerate(indicator_rows))
    contract = Contract(
        cpog=cpog,
        parties=tuple(_party(cpog, position, r) for position, r in enumerate(_of(code, "parties.csv"))),
        engagements=tuple(_engagement(cpog, i, r) for i, r in enumerate(_of(code, "engagements.csv"))),
        indicators=indicators,
        flags=tuple(_flag(cpog, i, r) for i, r in enumerate(_of(code, "signalements.csv"))),
        targets=tuple(
            t for i, r in zip(indicators, indicator_rows, strict=True) for t in _targets(cpog, i, r)
        ),
    )
    return contract, _links(code)


def _of(code: str, table: str) -> list[dict[str, str]]:
    return [row for row in resources.read_table("cpog", table) if row["cpog"] == code]


def indicator_key(cpog_code: str, order: str, sub_series: str = "") -> str:
    """Key of a delivered indicator: the same in every base."""
    return key_of("cpog-indicator", cpog_code, order, sub_series)


def _cpog(row: Row) -> Cpog:
    return Cpog(
        uuid=key_of("cpog", row["code"]), code=row["code"], label=typographic(row["label"]),
        departement=row["departement"], starts_on=datetime.date.fromisoformat(row["starts_on"]),
        ends_on=datetime.date.fromisoformat(row["ends_on"]), signed=row["signed"] == "oui",
        cog_code=row["cog"], delivered=True, announced=int(row["announced"]) if row["announced"] else None,
        source=typographic(row["source"]), note=typographic(row["note"]),
    )  # fmt: skip


def _party(cpog: Cpog, position: int, row: Row) -> Party:
    key = key_of("cpog-party", cpog.code, position)
    return Party(key, cpog.uuid, position, typographic(row["name"]), typographic(row["role"]))


def _number(text: str) -> float | None:
    return float(text) if text else None


def _year(text: str) -> int | None:
    return int(text) if text else None


def _indicator(cpog: Cpog, position: int, row: Row) -> CpogIndicator:
    parent = indicator_key(cpog.code, row["ordre"]) if row["sous_serie"] else ""
    return CpogIndicator(
        uuid=indicator_key(cpog.code, row["ordre"], row["sous_serie"]), cpog_uuid=cpog.uuid,
        position=position, label=typographic(row["libelle"]), nature=Nature(row["nature"]),
        type=IndicatorType(row["type"]), unit=row["unite"], direction=Sense(row["sens"]),
        target_kind=TargetKind(row["cible_mode"]), parent_uuid=parent, rank=int(row["ordre"]),
        code=row["code"], domain=typographic(row["domaine"]), heading=typographic(row["rubrique"]),
        fiche=row["fiche"], short_label=typographic(row["court"]), sub_series=typographic(row["sous_serie"]),
        unit_detail=row["unite_detail"], decimals=int(row["decimales"]),
        target_text=typographic(row["cible_texte"]), start_year=_year(row["annee_debut"]), periodicity="",
        reference=_number(row["reference"]), reference_year=_year(row["reference_annee"]),
        reference_text=typographic(row["reference_texte"]), cog_ref=row["code_cog"], low=_number(row["bas"]),
        high=_number(row["haut"]), pinned=row["epingle"] == "oui", computed=row["calcul"],
        note=typographic(row["note"]),
    )  # fmt: skip


def _targets(cpog: Cpog, indicator: CpogIndicator, row: Row) -> list[Target]:
    """A fixed target without year holds every year; another value is that of its year."""
    value = _number(row["cible_valeur"])
    if value is None:
        return []
    years = (int(row["cible_annee"]),) if row["cible_annee"] else cpog.years
    return [_target(cpog.uuid, indicator.uuid, year, value, indicator.target_text) for year in years]


def _target(cpog_uuid: str, indicator_uuid: str, year: int, value: float, text: str) -> Target:
    return Target(
        uuid=key_of("cpog-target", indicator_uuid, year), cpog_uuid=cpog_uuid, indicator_uuid=indicator_uuid,
        series=SeriesKind.INITIAL, year=year, number=value,
        state=ValueState.VALUE if value else ValueState.ZERO, text=text,
    )  # fmt: skip


ENGAGEMENT_KINDS = {"A": "engagement_caf", "B": "engagement_cnaf"}


def _engagement(cpog: Cpog, position: int, row: Row) -> Engagement:
    parent = key_of("cpog-engagement", cpog.code, row["parent"]) if row["parent"] else ""
    return Engagement(
        uuid=key_of("cpog-engagement", cpog.code, row["numero"]), cpog_uuid=cpog.uuid, position=position,
        code=row["numero"], kind=row["kind"], title=typographic(row["titre"]), parent_uuid=parent,
        theme=row["thematique"], territory=typographic(row["territoire"]),
        measurable=row["mesurable"] == "oui", target_text=typographic(row["cible_texte"]),
    )  # fmt: skip


def _flag(cpog: Cpog, position: int, row: Row) -> Flag:
    indicator = indicator_key(cpog.code, row["ordre"], row["sous_serie"]) if row["ordre"] else ""
    return Flag(
        uuid=key_of("cpog-flag", cpog.code, position), cpog_uuid=cpog.uuid, position=position,
        kind=row["kind"], text=typographic(row["texte"]), indicator_uuid=indicator,
        printed=typographic(row["imprime"]), other=typographic(row["autre"]),
    )  # fmt: skip


def _links(code: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for row in resources.read_table("cpog", "liens.csv"):
        if code not in (row["cpog"], row["autre_cpog"]):
            continue
        one = indicator_key(row["cpog"], row["ordre"])
        other = indicator_key(row["autre_cpog"], row["autre_ordre"])
        key = key_of("cpog-link", *sorted((one, other)))
        found.append(
            {"uuid": key, "indicator_uuid": one, "other_uuid": other, "kind": row["kind"],
             "note": typographic(row["note"])}
        )  # fmt: skip
    return found


def cogs() -> tuple[Cog, ...]:
    """COG delivered."""
    return tuple(
        Cog(row["code"], typographic(row["label"]), datetime.date.fromisoformat(row["starts_on"]),
            datetime.date.fromisoformat(row["ends_on"]), True, typographic(row["source"]))
        for row in resources.read_table("cpog", "cog.csv")
    )  # fmt: skip


def cog_nodes(code: str) -> tuple[CogNode, ...]:
    """Nodes of a delivered COG, parents first. Raises UnknownCog."""
    rows = [row for row in resources.read_table("cpog", "cog_actions.csv") if row["cog"] == code]
    if not rows:
        raise UnknownCog(code=code, known=tuple(cog.code for cog in cogs()))
    return tuple(
        CogNode(
            uuid=key_of("cog-node", code, row["key"]), cog_code=code, position=position,
            kind=NodeKind(row["kind"]), code=row["code"], title=typographic(row["titre"]),
            parent_uuid=key_of("cog-node", code, row["parent"]) if row["parent"] else "",
            actor=row["acteur"], fiche=row["fiche"], years=years_of(row["annees"]),
            uncertain=row["incertain"] == "oui", note=typographic(row["note"]),
        )
        for position, row in enumerate(rows)
    )  # fmt: skip


def cog_indicator_rows(code: str) -> list[dict[str, str]]:
    """Rows of the grid of indicators of a COG. Raises UnknownCog."""
    rows = [row for row in resources.read_table("cpog", "cog_indicateurs.csv") if row["cog"] == code]
    if not rows:
        raise UnknownCog(code=code, known=tuple(cog.code for cog in cogs()))
    return rows


def cog_grid(
    code: str, cpog_uuid: str, *, with_targets: bool = False
) -> tuple[tuple[CpogIndicator, ...], tuple[Target, ...]]:
    """Indicators of a new contract from the grid of a COG, and the targets of the COG if asked.

    Raises UnknownCog.
    """
    keys: dict[str, str] = {}
    indicators, targets = [], []
    for position, row in enumerate(cog_indicator_rows(code)):
        uuid = new_uuid()
        keys.setdefault(row["mere"], uuid)
        parent = keys[row["mere"]] if row["sous_serie"] else ""
        indicators.append(_from_cog(cpog_uuid, uuid, parent, position, row))
        if with_targets:
            targets += [
                _target(cpog_uuid, uuid, year, float(row[f"cible_{year}"]), "")
                for year in COG_YEARS
                if row[f"cible_{year}"]
            ]
    return tuple(pinned_first(indicators)), tuple(targets)


def pinned_first(indicators: Sequence[CpogIndicator]) -> list[CpogIndicator]:
    """Pin the first results of a new grid, as many as a dashboard shows at first."""
    parents = {i.parent_uuid for i in indicators}
    results = [i.uuid for i in indicators if not (i.is_follow or i.parent_uuid or i.uuid in parents)]
    chosen = frozenset(results[:PINNED])
    return [replace(i, pinned=i.uuid in chosen) for i in indicators]


def _from_cog(cpog_uuid: str, uuid: str, parent: str, position: int, row: Row) -> CpogIndicator:
    return CpogIndicator(
        uuid=uuid, cpog_uuid=cpog_uuid, position=position, label=typographic(row["libelle"]),
        nature=Nature.COG, type=IndicatorType(row["type"]), unit=row["unite"], direction=Sense(row["sens"]),
        target_kind=TargetKind(row["cible_mode"]), parent_uuid=parent, rank=int(row["ordre"]),
        code=row["code_cog"], domain=typographic(row["domaine"]), fiche=row["fiche"],
        short_label=typographic(row["court"]), sub_series=typographic(row["sous_serie"]),
        unit_detail=row["unite_detail"], decimals=int(row["decimales"]),
        target_text=typographic(row["cible_texte"]), periodicity="", converge_to=_number(row["vers"]),
        reference=_number(row["reference"]), reference_year=_year(row["reference_annee"]),
        reference_text=typographic(row["reference_texte"]), cog_ref=row["code_cog"], low=_number(row["bas"]),
        high=_number(row["haut"]), note=typographic(row["note"]),
    )  # fmt: skip
