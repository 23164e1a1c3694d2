"""Schemes delivered with the application, as records; what the base already holds stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import resources
from db.models.base import key_of
from db.models.sdsf import SdsfNodeRecord, SdsfPartyRecord, SdsfRecord

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

YES_NO = {"oui": True, "non": False}


def add_delivered(session: Session, departements: Collection[str]) -> bool:
    """Add the schemes delivered for some départements that are not there; False if none was added."""
    rows = [row for row in resources.read_table("sdsf", "schemes.csv") if row["departement"] in departements]
    absent = [row for row in rows if session.get(SdsfRecord, key_of("sdsf", row["code"])) is None]
    session.add_all(_delivered_scheme(row) for row in absent)
    _add_delivered_nodes(session, {row["code"] for row in absent})
    return bool(absent)


def _delivered_scheme(row: dict[str, str]) -> SdsfRecord:
    return SdsfRecord(
        uuid=key_of("sdsf", row["code"]),
        code_departement=row["departement"],
        label=row["label"],
        generation=int(row["generation"]) if row["generation"] else None,
        starts_on=row["starts_on"] or None,
        ends_on=row["ends_on"] or None,
        signed_on=row["signed_on"] or None,
        stage=row["stage"],
        youth_axis=YES_NO.get(row["youth_axis"]),
        beyond_childhood=YES_NO.get(row["beyond_childhood"]),
        sdavs=row["sdavs"],
        sdavs_label=row["sdavs_label"],
        previous_uuid=key_of("sdsf", row["previous"]) if row["previous"] else "",
        source=row["source"],
        reliability=row["reliability"],
        note=row["note"],
    )


def _add_delivered_nodes(session: Session, codes: set[str]) -> None:
    for position, row in enumerate(resources.read_table("sdsf", "nodes.csv"), 1):
        if row["scheme"] in codes:
            session.add(
                SdsfNodeRecord(
                    uuid=key_of("sdsf_node", row["code"]), sdsf_uuid=key_of("sdsf", row["scheme"]),
                    parent_uuid=key_of("sdsf_node", row["parent"]) if row["parent"] else "",
                    position=position, kind=row["kind"], label=row["label"], theme=row["theme"],
                    expected=row["expected"], source=row["source"],
                )
            )  # fmt: skip
    for position, row in enumerate(resources.read_table("sdsf", "parties.csv"), 1):
        if row["scheme"] in codes:
            session.add(
                SdsfPartyRecord(
                    uuid=key_of("sdsf_party", row["scheme"], row["name"]), position=position,
                    sdsf_uuid=key_of("sdsf", row["scheme"]), name=row["name"], kind=row["kind"],
                )
            )  # fmt: skip
