"""What is due about conventions, as facts and a sentence: ends, CEJ, deliberations, themes, commitments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.domain import french
from app.domain.ctg import CtgStatus, end_notice
from app.domain.ctg_themes import missing_themes, theme_label
from app.services.ctg_load import conventions_of, day
from app.services.ctg_rows import CtgAlert
from db.models.ctg import Ctg, CtgAmendment, CtgParty, CtgTheme
from db.models.ctg_plan import Commitment

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.domain.ctg import Convention

INFO, SOON, LATE = 0, 1, 2


def alerts_of(session: Session, on: date, ctg: str | None = None) -> list[CtgAlert]:
    """Alerts on a day, those that are late first; of one convention if asked."""
    held = conventions_of(session, ctg)
    rows = {row.uuid: row for row in session.scalars(select(Ctg)) if row.uuid in held}
    found: list[CtgAlert] = []
    for uuid, convention in held.items():
        renewed = {row.previous_uuid for row in rows.values()}
        found += _end(convention, on, uuid in renewed)
        found += _cej(rows[uuid], on)
        found += _deliberations(session, convention)
        found += _themes(session, convention, on)
        found += _commitments(session, convention, on)
        found += _unsigned(session, convention)
    return sorted(found, key=lambda a: (-a.severity, a.due_on or date.max, a.ctg_name, a.text))


def _end(convention: Convention, on: date, renewed: bool) -> Iterator[CtgAlert]:
    end = convention.end_at(on)
    notice = end_notice(end, on)
    if end is None or notice is None or convention.status.is_over or not convention.status.is_signed:
        return
    days = (end - on).days
    if notice == 0:
        text = f"Terminée depuis le {french.long_date(end)}, sans suite enregistrée"
    else:
        text = f"Fin le {french.long_date(end)}, dans moins de {notice} mois"
        text += ", renouvellement préparé" if renewed else ", aucun renouvellement préparé"
    yield CtgAlert(
        "ctg_end", LATE if notice == 0 else INFO if renewed else SOON, convention.uuid, convention.name,
        end, days, text, (("months", notice), ("renewed", renewed)),
    )  # fmt: skip


def _cej(row: Ctg, on: date) -> Iterator[CtgAlert]:
    end = day(row.cej_ends_on)
    notice = end_notice(end, on)
    if end is None or notice is None or CtgStatus(row.status).is_signed:
        return
    when = "a pris fin" if notice == 0 else "prend fin"
    text = f"Le CEJ {when} le {french.long_date(end)} et la CTG n’est pas signée"
    yield CtgAlert(
        "cej_end", LATE if notice == 0 else SOON, row.uuid, row.name, end, (end - on).days, text,
        (("months", notice),),
    )  # fmt: skip


def _deliberations(session: Session, convention: Convention) -> Iterator[CtgAlert]:
    if not convention.status.is_signed or convention.status.is_over:
        return
    rows = session.execute(
        select(CtgParty.uuid, CtgParty.name)
        .where(
            CtgParty.ctg_uuid == convention.uuid,
            CtgParty.deliberation_expected,
            CtgParty.deliberation_on.is_(None),
        )
        .order_by(CtgParty.rank)
    )
    for row in rows:
        yield CtgAlert(
            "deliberation", SOON, convention.uuid, convention.name, None, None,
            f"Délibération manquante\u202f: {row.name}", (("party", row.name),), "party", row.uuid,
        )  # fmt: skip


def _themes(session: Session, convention: Convention, on: date) -> Iterator[CtgAlert]:
    if convention.status.is_over:
        return
    rows = session.execute(
        select(CtgTheme.code, CtgTheme.since, CtgTheme.until).where(CtgTheme.ctg_uuid == convention.uuid)
    )
    chosen = {row.code for row in rows if not row.until or row.until >= on.isoformat()}
    for code in missing_themes(chosen):
        yield CtgAlert(
            "theme", INFO, convention.uuid, convention.name, None, None,
            f"Thème obligatoire absent\u202f: {theme_label(code)}", (("theme", code),),
        )  # fmt: skip


def _commitments(session: Session, convention: Convention, on: date) -> Iterator[CtgAlert]:
    rows = session.execute(
        select(Commitment.uuid, Commitment.text, Commitment.due_on, Commitment.impact, CtgParty.name)
        .join(CtgParty, CtgParty.uuid == Commitment.party_uuid)
        .where(
            Commitment.ctg_uuid == convention.uuid,
            Commitment.done_on.is_(None),
            Commitment.dropped_on.is_(None),
            Commitment.due_on < on.isoformat(),
        )
    )
    for row in rows:
        due = date.fromisoformat(row.due_on)
        days = (on - due).days
        text = f"Engagement en retard de {french.plural(days, 'jour')}\u202f: {row.name}, {row.text}"
        yield CtgAlert(
            "commitment", LATE, convention.uuid, convention.name, due, -days, text,
            (("party", row.name), ("impact", row.impact)), "commitment", row.uuid,
        )  # fmt: skip


def _unsigned(session: Session, convention: Convention) -> Iterator[CtgAlert]:
    rows = session.execute(
        select(CtgAmendment.uuid, CtgAmendment.number, CtgAmendment.title).where(
            CtgAmendment.ctg_uuid == convention.uuid, CtgAmendment.signed_on.is_(None)
        )
    )
    for row in rows:
        yield CtgAlert(
            "amendment", SOON, convention.uuid, convention.name, None, None,
            f"Avenant n°\u00a0{row.number} non signé\u202f: {row.title}", (), "amendment", row.uuid,
        )  # fmt: skip
