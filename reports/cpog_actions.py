"""Actions of a contract: their states and deadlines, and those dropped with reason, decider and date."""

from __future__ import annotations

from app.domain.french import plural, short_date
from reports.cpog_content import ActionLine, CpogContent, DroppedAction, FicheSheet
from reports.kit.blocks import Block, Cell, Chip, Column, Paragraph, Row, Table


def actions_table(fiche: FicheSheet) -> Table | None:
    """Return the actions of a fiche with deadline, state and evidence; None where there is none."""
    if not fiche.actions:
        return None
    columns = (
        Column("Code"),
        Column("Action"),
        Column("Échéance"),
        Column("État"),
        Column("Preuve et commentaire"),
    )
    rows = tuple(Row(_action_cells(action)) for action in fiche.actions)
    return Table(columns, rows, f"Actions, {fiche.title}", dense=True)


def _action_cells(action: ActionLine) -> tuple[str, str, str, Chip, str]:
    comment = ". ".join(word.rstrip(".") for word in (action.evidence, action.comment) if word)
    years = f"{action.years}, en retard" if action.late else action.years
    return action.code, action.label, years or "sans échéance", Chip(action.status), comment or "·"


def dropped_block(content: CpogContent) -> Block:
    """Return the actions out of the programme with reason, decider and date, or that there is none."""
    if not content.dropped:
        return Paragraph("Aucune action n’a été déprogrammée, reportée ou abandonnée.")
    rows = tuple(Row(_dropped_cells(dropped)) for dropped in content.dropped)
    heads = ("Code", "Action", "État", "Motif", "Décideur", "Date")
    title = f"{plural(len(rows), 'action')} hors programme, avec le motif et le décideur"
    return Table(tuple(Column(head) for head in heads), rows, title)


def _dropped_cells(dropped: DroppedAction) -> tuple[Cell, ...]:
    missing = "non renseigné"
    on = short_date(dropped.on) if dropped.on else missing
    sign = Chip(dropped.status)
    return dropped.code, dropped.label, sign, dropped.reason or missing, dropped.decider or missing, on
