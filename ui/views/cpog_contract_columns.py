"""Columns of the lists of « Contrat »: what may be typed of a party, an act, an indicator, an engagement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.domain.cpog_codes import IndicatorType, Nature, Sense, TargetKind
from app.domain.numbers import parse_year
from ui import labels_cpog
from ui.models.grid import CellRefused, EditColumn
from ui.models.table import Column
from ui.views.cpog_words import plain
from ui.views.ctg_columns import choice_column, day_column, number_column, text_column, yes_column

if TYPE_CHECKING:
    from app.domain.cpog import Engagement
    from app.services.cpog_rows import HypothesisRow

Columns = tuple[Column[Any], ...]

PARTIES: Columns = (
    text_column("name", "Nom", required=True),
    text_column("role", "Rôle"),
    day_column("signed_on", "Signé le"),
)
DOCUMENTS: Columns = (
    choice_column("kind", "Type", labels_cpog.DOCUMENT),
    text_column("number", "N°"),
    text_column("label", "Intitulé", required=True),
    day_column("on", "Date"),
    yes_column("signed", "Signé"),
    text_column("subject", "Objet"),
)


def _year(typed: str) -> int | None:
    if not typed.strip():
        return None
    found = parse_year(typed)
    if found is None:
        raise CellRefused("Une année à quatre chiffres est attendue.")
    return found


def indicator_columns() -> Columns:
    """What defines an indicator; weight, bounds and targets are typed elsewhere."""
    return (
        text_column("code", "Code"),
        text_column("label", "Libellé", required=True),
        text_column("short_label", "Nom court"),
        text_column("domain", "Domaine"),
        text_column("fiche", "Fiche"),
        choice_column("nature", "Nature", {n: labels_cpog.NATURE[n] for n in Nature}),
        choice_column("type", "Type", {t: labels_cpog.TYPE[t] for t in IndicatorType}),
        choice_column("unit", "Unité", labels_cpog.UNIT),
        choice_column("direction", "Sens", {s: labels_cpog.SENSE[s] for s in Sense}),
        choice_column("target_kind", "Cible", {k: labels_cpog.TARGET_KIND[k] for k in TargetKind}),
        choice_column("periodicity", "Périodicité", labels_cpog.PERIODICITY),
        EditColumn("Dès", lambda item: item.start_year, text=str, parse=_year, code="start_year", absent="·"),
        number_column("reference", "Référence", 1),
    )


def engagement_columns(held: Callable[[], Sequence[Engagement]]) -> Columns:
    """What defines an engagement, the one it is part of by its number; its follow-up is in « Actions »."""

    def parent(item: Engagement) -> str | None:
        return next((one.code for one in held() if one.uuid == item.parent_uuid), None)

    def read(typed: str) -> str:
        if not typed.strip():
            return ""
        found = next((one.uuid for one in held() if one.code == typed.strip()), "")
        if not found:
            raise CellRefused(f"Aucun engagement n’a le numéro « {typed.strip()} ».")
        return found

    return (
        text_column("code", "N°"),
        EditColumn("Dans", parent, parse=read, code="parent_uuid", absent="·"),
        choice_column("kind", "Type", labels_cpog.ENGAGEMENT),
        text_column("title", "Intitulé", required=True),
        choice_column("theme", "Thème", labels_cpog.THEME),
        text_column("territory", "Territoire"),
        day_column("due_on", "Échéance"),
    )


@dataclass(frozen=True, slots=True)
class HypothesisLine:
    """One hypothesis of the register, with the key that the list finds it again by."""

    uuid: str
    row: HypothesisRow

    @property
    def last(self) -> float | None:
        """The last value observed."""
        return self.row.state.last.number if self.row.state.last is not None else None


def _of(name: str) -> Callable[[HypothesisLine], Any]:
    return lambda line: getattr(line.row.hypothesis, name)


def hypothesis_columns() -> Columns:
    """Ranges and alerts; observations are typed on the card of the indicator."""
    return (
        Column("Indicateur", lambda line: line.row.indicator, hint=lambda line: line.row.indicator),
        text_column("label", "Hypothèse", get=_of("label"), required=True),
        number_column("value", "Attendue", 2, get=_of("value")),
        number_column("low", "Bas", 2, get=_of("low")),
        number_column("high", "Haut", 2, get=_of("high")),
        number_column("periods", "Périodes", get=_of("periods")),
        Column("Observée", lambda line: line.last, plain, right=True, absent="n.d."),
        Column("Où en est-on ?".replace(" ?", "\u202f?"), lambda line: line.row.sentence,
               tone=lambda line: "ocre" if line.row.state.alert else "",
               hint=lambda line: line.row.sentence),
    )  # fmt: skip
