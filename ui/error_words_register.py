"""French sentences of the errors about the register of equipment."""

from __future__ import annotations

from collections.abc import Callable

from app.domain import register_errors
from app.domain.errors import DomainError
from app.domain.register_errors import RegisterRefusal
from app.domain.register_words import sentence_of
from ui.labels_register import FIELD_LABELS

NOTHING_WRITTEN = "Rien n'a été écrit."
ENOUGH = frozenset(
    {
        "not_found", "not_together", "paste", "dates", "commune", "outside", "itinerant", "over_licence",
        "opened", "same_manager", "empty_zone", "zone_overlap", "already",
    }
)  # fmt: skip
"""Rules whose sentence says enough without the name of the field."""


def _refusal(error: DomainError) -> tuple[str, str, str]:
    rule = error.rule if isinstance(error, RegisterRefusal) else ""
    said = sentence_of(rule, error.facts)
    label = FIELD_LABELS.get(str(error.facts.get("field", "")), "")
    if label and rule not in ENOUGH:
        said = f"{label} : {said[0].lower() + said[1:] if said[1:2].islower() else said}"
    return said, NOTHING_WRITTEN, ""


BUILDERS: dict[type, Callable[[DomainError], tuple[str, str, str]]] = {
    kind: _refusal
    for kind in vars(register_errors).values()
    if isinstance(kind, type) and issubclass(kind, RegisterRefusal) and kind.rule
}
"""For each error: what happened, what is safe, what to do."""


def field_sentence(error: RegisterRefusal) -> str:
    """Return what to write under the field of a form: the sentence alone."""
    from app.domain.french import typographic

    return typographic(sentence_of(error.rule, error.facts))
