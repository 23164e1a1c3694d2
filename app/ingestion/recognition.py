"""Which model of official series a table follows: by its headers, by what the user said, or by order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.ingestion.fields import column_named
from app.ingestion.sources import MODELS, Model, find_model, fits

Columns = Mapping[str, str]


def model_named(code: str) -> Model | None:
    """Return the model of that code, None if there is none."""
    return next((model for model in MODELS if model.code == code), None)


@dataclass(frozen=True)
class Recogniser:
    """Recognises tables; kept: columns that the user named, by code of model.

    forced: code of the only model to try, which may be one of ours or of another kind of table.
    """

    kept: Mapping[str, Columns] = field(default_factory=dict)
    forced: str = ""

    def model(self, headers: Sequence[str]) -> Model | None:
        """Return the model whose needed columns are all there, with the columns that the user named."""
        if self.forced:
            model = model_named(self.forced)
            return self._fitted(model, headers) if model is not None else None
        found = find_model(headers)
        if found is not None:
            return found  # what the user once said of another file does not change a usual one
        named = [model for model in MODELS if self._names(model.code, headers)]
        return next((fitted for model in named if (fitted := self._fitted(model, headers))), None)

    def _fitted(self, model: Model, headers: Sequence[str]) -> Model | None:
        said = self._said(model.code, headers)
        model = model.with_columns(said) if said else model
        return model if fits(model, headers) else None

    def _said(self, code: str, headers: Sequence[str]) -> Columns:
        found = {role: column_named(header, headers) for role, header in self.kept.get(code, {}).items()}
        left_out = {role for role, header in self.kept.get(code, {}).items() if not header}
        return {role: header or "" for role, header in found.items() if header or role in left_out}

    def _names(self, code: str, headers: Sequence[str]) -> bool:
        return any(self._said(code, headers).values())

    def likeness(self, headers: Sequence[str]) -> int:
        """Return how many columns of the model are there, 0 if no model fits."""
        model = self.model(headers)
        return 0 if model is None else len(model.columns(headers))
