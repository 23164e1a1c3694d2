"""Columns of the lists of « Signataires »; no Qt here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.domain.french import plural
from ui.labels_ctg import AMENDMENT, PARTY
from ui.models.grid import EditColumn
from ui.models.table import Column
from ui.views.ctg_columns import Said, choice_column, day_column, said, text_column, yes_column

if TYPE_CHECKING:
    from app.services.ctg_rows import CommitmentRow, MemberRow, PartyRow


def _deliberation(held: PartyRow) -> str:
    if held.deliberation_missing:
        return "manquante"
    return "reçue" if held.deliberation_on else "non attendue"


PARTIES: tuple[Column[Any], ...] = (
    text_column("name", "Signataire", required=True),
    choice_column("kind", "Nature", PARTY),
    yes_column("deliberation_expected", "Délibération attendue"),
    Column("Délibération", _deliberation, tone=lambda held: "ocre" if held.deliberation_missing else ""),
    text_column("deliberation_number", "Numéro"),
    day_column("deliberation_on", "Date"),
    day_column("joins_on", "Entrée"),
    day_column("leaves_on", "Sortie"),
)


def _presence(held: MemberRow) -> str:
    if held.present:
        return "par avenant" if held.amendment_uuid else "dès le début" if held.joins_on is None else "depuis"
    return "sortie" if held.leaves_on else "à venir"


MEMBERS: tuple[Column[Any], ...] = (
    Column("Commune", lambda held: held.name),
    Column("Code", lambda held: held.code),
    Column("Habitants", lambda held: held.population, right=True),
    Column("Dans la CTG", _presence),
    day_column("joins_on", "Entrée"),
    day_column("leaves_on", "Sortie"),
)


def amendment_columns(brought: Callable[[str], str]) -> tuple[Column[Any], ...]:
    """brought: what an avenant brings, by its key."""
    return (
        Column("N°", lambda held: held.number, right=False),
        choice_column("kind", "Objet", AMENDMENT),
        text_column("title", "Intitulé", required=True),
        day_column("signed_on", "Signé le", absent="à signer"),
        day_column("effective_on", "Effet le", required=True),
        day_column("new_ends_on", "Nouvelle fin"),
        Column("Apporte", lambda held: brought(held.uuid), hint=lambda held: brought(held.uuid)),
    )


def _state(held: CommitmentRow) -> Said:
    if held.done_on is not None:
        return Said.of(-2, "tenu")
    if held.dropped_on is not None:
        return Said.of(-1, "abandonné")
    if held.late_days:
        return Said.of(held.late_days, f"▲ {plural(held.late_days, 'jour')} de retard")
    return Said.of(0, "à tenir")


def commitment_columns(numbers: Callable[[CommitmentRow], str]) -> tuple[Column[Any], ...]:
    """numbers: fiches that a commitment delays."""
    return (
        Column("Signataire", lambda held: held.party),
        text_column("text", "Engagement", required=True),
        day_column("due_on", "Échéance"),
        day_column("done_on", "Tenu le"),
        Column("État", _state, text=said, right=False,
               tone=lambda held: "rouge" if held.late_days and not held.done_on else ""),
        text_column("impact", "Conséquence"),
        Column("Fiches", numbers, absent=""),
        day_column("dropped_on", "Abandonné le"),
    )  # fmt: skip


CONTACTS: tuple[EditColumn[Any], ...] = (
    text_column("function", "Fonction", required=True),
    text_column("organisation", "Organisation"),
    text_column("mail", "Courriel"),
    text_column("phone", "Téléphone"),
    text_column("note", "Note"),
)
