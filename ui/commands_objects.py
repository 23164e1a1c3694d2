"""What the palette finds in the files of the base: conventions, fiches, séances, schémas, CPOG."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from app.domain.french import long_date
from ui.labels_ctg import CTG_STATUS
from ui.models.commands import Command

if TYPE_CHECKING:
    from ui.frame import Frame


def object_commands(frame: Frame) -> list[Command]:
    """Everything that opens on its own page, each on the exact object."""
    return [*_ctg(frame), *_actions(frame), *_meetings(frame), *_cpog(frame), *_sdsf(frame)]


def _ctg(frame: Frame) -> Iterator[Command]:
    for held in frame.services.ctg.names():
        yield Command(
            "CTG", held.name, partial(frame.navigate, "ctg", ctg=held.uuid), "contract",
            note=CTG_STATUS[held.status].lower(), words=f"convention {' '.join(held.epcis)}",
        )  # fmt: skip


def _actions(frame: Frame) -> Iterator[Command]:
    for held in frame.services.ctg.action_names():
        fictitious = ", fictif" if held.fictitious else ""
        yield Command(
            "Fiches action", f"{held.number} {held.title}".strip(),
            partial(frame.navigate, "ctg", action=held.uuid), "clipboard-list",
            note=f"{held.ctg}{fictitious}", words=f"fiche action {held.words}",
        )  # fmt: skip


def _meetings(frame: Frame) -> Iterator[Command]:
    for held in frame.services.steering.meetings():
        when = long_date(held.held_on) if held.held_on else "sans date"
        yield Command(
            "Réunions", f"{held.instance}, {when}", partial(frame.navigate, "meetings", meeting=held.uuid),
            "presentation", note=held.place, words="séance comité réunion",
        )  # fmt: skip


def _cpog(frame: Frame) -> Iterator[Command]:
    for contract in frame.services.cpog.all_contracts():
        cpog = contract.cpog
        yield Command(
            "CPOG", cpog.label, partial(frame.navigate, "cpog", cpog=cpog.uuid), "target-arrow",
            note=f"{cpog.starts_on.year} à {cpog.ends_on.year}", words=f"contrat pluriannuel {cpog.code}",
        )  # fmt: skip
        for held in contract.indicators:
            label = f"{held.label}, {held.sub_series}" if held.sub_series else held.label
            yield Command(
                "CPOG", label, partial(frame.navigate, "cpog", indicator=held.uuid), "chart-dots",
                note=cpog.label, words=f"indicateur {held.code} {held.short_label} {held.domain}",
            )  # fmt: skip


def _sdsf(frame: Frame) -> Iterator[Command]:
    for held in frame.services.sdsf.schemes():
        yield Command(
            "SDSF", held.label, partial(_open_scheme, frame, held.code_departement, held.uuid),
            "sitemap", note=held.departement, words="schéma départemental services aux familles",
        )  # fmt: skip


def _open_scheme(frame: Frame, departement: str, scheme: str) -> None:
    """The page shows schémas of the département chosen."""
    if frame.context.value.departement != departement:
        frame.context.set_territory(departement)
    frame.navigate("sdsf", tab="scheme", scheme=scheme)
