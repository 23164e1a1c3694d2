"""What the check of a text hands back, and when a written number agrees with a known one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.claims_read import Mention
from app.domain.sentences_words import rounded

NEAR = 0.05
"""« près de » and « environ » accept 5 % of the number, or one unit of the last digit written."""


STRICT = ("over", "under")
"""« plus de » and « moins de » say on which side the number is."""


class Problem(StrEnum):
    """Kinds of disagreement."""

    GAP = "ecart"
    DIRECTION = "sens"
    SHARE = "part"
    CHANGE = "evolution"
    VALUE = "valeur"
    UNIT = "unite"
    UNVERIFIED = "non_verifie"
    FIELD = "champ"


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement: characters start to end of the text, what was written, why, what to write."""

    start: int
    end: int
    written: str
    problem: Problem
    explanation: str
    suggestion: str = ""

    @property
    def is_error(self) -> bool:
        """False for what could only not be verified."""
        return self.problem is not Problem.UNVERIFIED


def agrees(mention: Mention, true: float) -> bool:
    """Tell whether a number, as written and with its words of caution, agrees with the true one."""
    written, exact = float(rounded(mention.number, mention.decimals)), float(rounded(true, mention.decimals))
    if written == exact and mention.hedge not in STRICT:
        return True
    room = max(abs(true) * NEAR, 10.0**-mention.decimals)
    difference = true - mention.number
    limits = {
        "below": (-room, 0.0),
        "around": (-room, room),
        "over": (0.0, 2 * room),
        "under": (-2 * room, 0.0),
    }
    low, high = limits.get(mention.hedge, (0.0, 0.0))
    return mention.hedge != "" and low <= difference <= high
