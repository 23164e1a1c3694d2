"""French sentences of the errors about free tables."""

from __future__ import annotations

from collections.abc import Callable

from app.domain import import_errors
from app.domain.errors import DomainError
from app.domain.french import listing

Parts = tuple[str, str, str]
NOTHING_IMPORTED = "Rien n'a été importé."
MOST = 12


def _texts(error: DomainError, name: str) -> list[str]:
    found = error.facts.get(name)
    return [str(item) for item in found] if isinstance(found, list | tuple) else []


def _some(texts: list[str]) -> str:
    return ", ".join(texts[:MOST]) + ("…" if len(texts) > MOST else "")


def _unknown_model(error: DomainError) -> Parts:
    return (
        f"Le modèle « {error.facts['code']} » n'existe pas.",
        NOTHING_IMPORTED,
        f"Modèles connus : {', '.join(_texts(error, 'known'))}.",
    )


def _missing_columns(error: DomainError) -> Parts:
    fields = _texts(error, "fields")
    noun = "la colonne" if len(fields) == 1 else "les colonnes"
    name = error.path.name if isinstance(error, import_errors.MissingColumns) else ""
    headers = _some(_texts(error, "headers"))
    return (
        f"« {name} » ne dit pas où lire {noun} {listing([f'« {field} »' for field in fields])} "
        f"du modèle « {error.facts['model']} ». Colonnes lues : {headers}.",
        NOTHING_IMPORTED,
        "Indiquez la colonne de chacune : dans l'assistant, ou avec --colonne CHAMP=EN-TÊTE.",
    )


def _unknown_field(error: DomainError) -> Parts:
    return (
        f"Le modèle « {error.facts['model']} » n'a pas de champ « {error.facts['field']} ».",
        NOTHING_IMPORTED,
        f"Champs du modèle : {', '.join(_texts(error, 'known'))}.",
    )


def _unknown_column(error: DomainError) -> Parts:
    name = error.path.name if isinstance(error, import_errors.UnknownColumn) else ""
    return (
        f"« {name} » n'a pas de colonne « {error.facts['column']} ».",
        NOTHING_IMPORTED,
        f"Colonnes lues : {_some(_texts(error, 'headers'))}.",
    )


def _bad_column(error: DomainError) -> Parts:
    return (
        f"« {error.facts['value']} » n'indique pas une colonne.",
        NOTHING_IMPORTED,
        "Écrivez CHAMP=EN-TÊTE, par exemple --colonne commune=Ville, ou CHAMP= pour un champ sans colonne.",
    )


def _columns_without_model(_error: DomainError) -> Parts:
    return ("Des colonnes sont indiquées sans modèle.", NOTHING_IMPORTED, "Ajoutez --modele CODE.")


BUILDERS: dict[type, Callable[[DomainError], Parts]] = {
    import_errors.UnknownModel: _unknown_model,
    import_errors.MissingColumns: _missing_columns,
    import_errors.UnknownField: _unknown_field,
    import_errors.UnknownColumn: _unknown_column,
    import_errors.BadColumn: _bad_column,
    import_errors.ColumnsWithoutModel: _columns_without_model,
}
"""For each error: what happened, what is safe, what to do."""
