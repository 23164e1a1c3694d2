"""Words around a figure: numbers in letters, units, gaps, nouns of indicators."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

import resources
from app.domain import french
from app.domain.french import NBSP, THIN
from app.domain.indicator import Direction, Indicator, Kind, Value, ValueState
from app.domain.sentences_names import article

_CARDINALS = re.split(
    " ",
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf vingt",
)
_ORDINALS = re.split(
    " ",
    "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième "
    "douzième treizième quatorzième quinzième seizième dix-septième dix-huitième dix-neuvième vingtième",
)
PER_HUNDRED = "places pour 100"
POINT = "point"


@dataclass(frozen=True, slots=True)
class Noun:
    """How an indicator is named in a sentence; counted is empty for a ratio."""

    text: str
    feminine: bool
    plural: bool
    counted: str = ""
    counted_plural: str = ""
    feminine_count: bool = False
    gap_unit: str = ""

    @property
    def the(self) -> str:
        """« le taux de couverture petite enfance »."""
        return article(self.text, self.feminine, self.plural)

    @property
    def pronoun(self) -> str:
        """« il », « elle », « ils », « elles »."""
        return ("elle" if self.feminine else "il") + ("s" if self.plural else "")

    @property
    def one_of(self) -> str:
        """« celui », « celle », « ceux », « celles »: what stands for it before « de »."""
        if self.plural:
            return "celles" if self.feminine else "ceux"
        return "celle" if self.feminine else "celui"

    @property
    def ending(self) -> str:
        """Ending of an adjective: « », « e », « s », « es »."""
        return ("e" if self.feminine else "") + ("s" if self.plural else "")

    @property
    def be(self) -> str:
        """« est » or « sont »."""
        return "sont" if self.plural else "est"

    @property
    def be_not(self) -> str:
        """« n’est » or « ne sont »."""
        return "ne sont" if self.plural else "n’est"

    @property
    def have(self) -> str:
        """« a » or « ont »."""
        return "ont" if self.plural else "a"


@lru_cache(maxsize=1)
def _nouns() -> dict[str, Noun]:
    return {
        row["code"]: Noun(
            text=row["noun"],
            feminine=row["gender"] == "f",
            plural=row["plural"] == "1",
            counted=row["counted"],
            counted_plural=row["counted_plural"],
            feminine_count=row["feminine_count"] == "1",
            gap_unit=row["gap_unit"],
        )
        for row in resources.read_table("diagnostic", "nouns.csv")
    }


def noun_of(indicator: Indicator) -> Noun:
    """Return the noun of an indicator; one that is not in the table is quoted with its label."""
    found = _nouns().get(indicator.code)
    if found is not None:
        return found
    quoted = f"indicateur «{THIN}{indicator.label}{THIN}»"
    per_hundred = is_percent(indicator) or indicator.unit.startswith(PER_HUNDRED)
    counted = indicator.unit if indicator.kind is Kind.STOCK else ""
    return Noun(quoted, False, False, counted, counted, gap_unit=POINT if per_hundred else "")


def is_percent(indicator: Indicator) -> bool:
    """Tell whether the unit is a true percentage; places per 100 children never are."""
    return indicator.unit.strip() in ("%", "pourcentage")


def cardinal(n: int, feminine: bool = False) -> str:
    """Return « huit », « une », figures above twenty."""
    if n == 1 and feminine:
        return "une"
    return _CARDINALS[n] if 0 <= n < len(_CARDINALS) else french.number(n)


def ordinal(n: int, feminine: bool = False) -> str:
    """Return « troisième », « première », « 21e »."""
    if n == 1:
        return "première" if feminine else "premier"
    return _ORDINALS[n - 1] if 1 <= n <= len(_ORDINALS) else french.ordinal(n, feminine)


def rounded(x: float, decimals: int) -> Decimal:
    """Return x as it is printed: a gap is said between printed numbers, which the reader can subtract."""
    return Decimal(repr(float(x))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def gap(a: float, b: float, decimals: int) -> Decimal:
    """Return a - b between the printed numbers."""
    return rounded(a, decimals) - rounded(b, decimals)


def within_rounding(difference: Decimal, decimals: int) -> bool:
    """Tell whether a gap between two rounded numbers is no more than their rounding can make."""
    return abs(difference) <= Decimal(1).scaleb(-decimals) and decimals > 0


def gap_words(difference: Decimal, decimals: int, noun: Noun) -> str:
    """Return « 11,5 points », « 1 point », « 2 300 € », « 2,1 » from the size of a gap."""
    text = french.number(float(abs(difference)), decimals)
    if not noun.gap_unit:
        return text
    if not noun.gap_unit.isalpha():
        return f"{text}{THIN}{noun.gap_unit}"
    plain = text.removesuffix(",0") if decimals == 1 else text
    return f"{plain}{NBSP}{noun.gap_unit}{'s' if abs(difference) >= 2 else ''}"


def number_words(value: Value) -> str:
    """Return « 67,2 », « environ 895 » for an estimate, « n.d. »… for an absence."""
    text = french.value_text(value.number, value.state, value.indicator.decimals)
    return f"environ {text}" if value.estimated and value.state is ValueState.VALUE else text


def measure(value: Value) -> str:
    """Return a known value with its unit: « 67,2 places pour 100 enfants de moins de 3 ans », « 12,4 % »."""
    text, unit = number_words(value), value.indicator.unit
    if is_percent(value.indicator):
        return f"{text}{THIN}%"
    noun = noun_of(value.indicator)
    if noun.counted and value.number is not None:
        return f"{text}{NBSP}{noun.counted if abs(value.number) < 2 else noun.counted_plural}"
    return f"{text}{NBSP}{_agreed(unit, value.number)}".rstrip()


def _agreed(unit: str, number: float | None) -> str:
    """Return the unit in the singular below 2: « 1,3 naissance pour 1 000 habitants »."""
    first, _, rest = unit.partition(" ")
    if number is not None and abs(number) < 2 and len(first) > 3:
        first = first.removesuffix("s")
    return f"{first} {rest}".strip()


def judgement(difference: Decimal, direction: Direction) -> str:
    """Return « favorable », « défavorable », or nothing when the indicator has no good direction."""
    if direction is Direction.NONE or not difference:
        return ""
    return "favorable" if (difference > 0) is (direction is Direction.UP) else "défavorable"
