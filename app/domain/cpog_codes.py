"""Words of the grammar of a CPOG, as they are stored."""

from __future__ import annotations

from enum import StrEnum


class Nature(StrEnum):
    """Whether the indicator comes from the COG."""

    COG = "COG"
    OTHER = "hors_COG"


class IndicatorType(StrEnum):
    """A result has a target and a state; a suivi is only looked at."""

    RESULT = "resultat"
    FOLLOW = "suivi"


class Sense(StrEnum):
    """What a good evolution is; CONVERGE comes closer to a value from either side."""

    UP = "hausse"
    DOWN = "baisse"
    CONVERGE = "converge"
    NONE = "aucun"
    UNKNOWN = "inconnu"


class TargetKind(StrEnum):
    """How a target is fixed, which says nothing of its value."""

    FIXED = "fixe"
    END = "fin_de_cog"
    INDIVIDUAL = "individualisee"
    NATIONAL = "nationale"
    NONE = "aucune"
    TO_DEFINE = "a_definir"


class SeriesKind(StrEnum):
    """Series of points that are never merged; the réalisé has its own table."""

    INITIAL = "initiale"
    REVISED = "revisee"
    FORECAST = "prevu"
    LOW = "bas"
    CENTRAL = "central"
    HIGH = "haut"


class TargetStatus(StrEnum):
    """Whether the Cnaf notified the target; a hypothesis is never printed without a watermark."""

    NOTIFIED = "notifiee"
    HYPOTHESIS = "hypothese"


class Origin(StrEnum):
    """Who a gap is due to."""

    INTERNAL = "interne"
    EXTERNAL = "non_imputable"
    MIXED = "mixte"


class Act(StrEnum):
    """What changes a target."""

    AMENDMENT = "avenant"
    LETTER = "lettre"
    DIALOGUE = "dialogue"
    NOTICE = "avis"
    OTHER = "autre"


class MovementNature(StrEnum):
    """How long the cause of a revision lasts."""

    LASTING = "perenne"
    CYCLICAL = "conjoncturel"
    SELF_FUNDED = "autofinance"


class ActionState(StrEnum):
    """Where an engagement or an évaluation stands; the last four need reason, decider, date."""

    TO_START = "a_lancer"
    RUNNING = "en_cours"
    DONE = "realisee"
    POSTPONED = "reportee"
    DEPROGRAMMED = "deprogrammee"
    ABANDONED = "abandonnee"
    CONDITIONED = "conditionnee"

    @property
    def must_be_explained(self) -> bool:
        """True for a state that somebody decided, for a reason."""
        return self in {self.POSTPONED, self.DEPROGRAMMED, self.ABANDONED, self.CONDITIONED}


class ContractState(StrEnum):
    """Where a contract stands at a date."""

    PLANNED = "prevu"
    SIGNED = "signe"
    ENDED = "echu"


class LinkKind(StrEnum):
    """What two indicators have in common; only SAME may be chained."""

    SAME = "meme_mesure"
    CLOSE = "proche"
    BREAK = "rupture"
