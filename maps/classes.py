"""Values to classes: half-open limits, rounded as printed, never more classes than distinct values."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.domain.french import number
from app.domain.indicator import Indicator
from maps.choropleth import Classes

METHODS = ("fixed", "quantiles", "natural", "equal", "q6", "manual")
SMALL = 12
"""Under this many territories, four classes or fewer."""
Q6_SHARES = (0.05, 0.275, 0.5, 0.725, 0.95)
"""Q6: the extreme twentieths apart, four equal classes between them."""
SAMPLE = 3000
"""Natural breaks: distinct values kept at most, evenly by rank, extremes included."""

Floats = NDArray[np.float64]


def classify(
    numbers: Floats, method: str, count: int, *, bounds: Sequence[float] = (), decimals: int = 1
) -> Classes:
    """Return the classes of the finite numbers, shape (n,); NaN is left out.

    method: fixed and manual take `bounds`, k + 1 increasing numbers; quantiles, natural, equal and q6 compute
    them, round them to `decimals`, and give fewer than `count` classes when values are too few or too close.
    Without any finite number, bounds and counts are empty.
    Raises ValueError for an unknown method, a count under 1, or bounds that do not increase.
    Source: Fisher 1958 and Jenks 1977 for natural; Waniez, Philcarto, for q6.
    """
    _check(method, count, bounds)
    finite = np.sort(numbers[np.isfinite(numbers)])
    if method in ("fixed", "manual"):
        limits = np.asarray(bounds, dtype=np.float64)
    elif finite.size == 0:
        return Classes(method, (), ())
    else:
        limits = _limits(finite, method, count, decimals)
    classes = Classes(method, tuple(float(limit) for limit in limits), (0,) * (len(limits) - 1))
    found = np.bincount(class_of(finite, classes), minlength=len(limits) - 1)
    return Classes(method, classes.bounds, tuple(int(n) for n in found))


def class_of(numbers: Floats, classes: Classes) -> NDArray[np.int16]:
    """Return the class number of each number, shape (n,), -1 for NaN.

    A limit belongs to the class above it. The end classes are open, so each finite number has one class.
    """
    result = np.full(numbers.shape, -1, dtype=np.int16)
    if classes.bounds:
        finite = np.isfinite(numbers)
        result[finite] = np.searchsorted(np.asarray(classes.bounds[1:-1]), numbers[finite], side="right")
    return result


def default_count(n_territories: int) -> int:
    """Return the number of classes offered first: 3 under 6 territories, 4 under 12, else 5."""
    return 3 if n_territories < SMALL // 2 else 4 if n_territories < SMALL else 5


def default_method(indicator: Indicator, n_territories: int) -> str:
    """Return fixed where the dictionary has breaks, else natural (few territories) or quantiles."""
    if len(indicator.breaks) > 1:
        return "fixed"
    return "natural" if n_territories < SMALL else "quantiles"


def classify_around(numbers: Floats, middle: float, count: int, *, decimals: int = 1) -> Classes:
    """Return classes at round steps on both sides of a reference, which is one of their limits.

    numbers: shape (n,), NaN left out; count: number of classes, brought to 2, 4 or 6. Empty classes stay.
    Without any finite number, bounds and counts are empty.
    """
    finite = numbers[np.isfinite(numbers)]
    if finite.size == 0:
        return Classes("around", (), ())
    half = min(max(count // 2, 1), 3)
    middle = round(float(middle), decimals)
    farthest = max(float(np.abs(finite - middle).max()), 10.0**-decimals)
    step = _round_step(farthest / half, decimals)
    inner = [round(middle + step * rank, decimals) for rank in range(1 - half, half)]
    ends = (
        round(middle - max(step * half, farthest), decimals),
        round(middle + max(step * half, farthest), decimals),
    )
    classes = classify(numbers, "manual", 1, bounds=(ends[0], *inner, ends[1]), decimals=decimals)
    return Classes("around", classes.bounds, classes.counts)


def _round_step(most: float, decimals: int) -> float:
    """The largest 1, 2, 2.5 or 5 times a power of ten that is not above and holds in these decimals.

    A limit printed with fewer decimals than the step has would make uneven classes.
    """
    power = 10.0 ** np.floor(np.log10(most))
    steps = [step * power for step in (1, 2, 2.5, 5) if step * power <= most * (1 + 1e-9)]
    whole = [step for step in steps if abs(round(step, decimals) - step) < 1e-9 * step]
    return float(max([*whole, 10.0**-decimals]))


def bound_labels(classes: Classes, decimals: int, unit: str = "", *, signed: bool = False) -> tuple[str, ...]:
    """Return the words of each class, low to high: « moins de 60,9 », « 60,9 à 66 », « 75 et plus ».

    signed: limits of differences, « −2 à 0 », « +2 et plus ».
    """
    texts = [limit_text(bound, decimals, signed=signed) for bound in classes.bounds]
    suffix = f"\u00a0{unit}" if unit else ""
    if len(texts) < 3:
        return (_single(texts) + suffix,) if texts else ()
    middle = [f"{low} à {high}{suffix}" for low, high in pairwise(texts[1:-1])]
    return (f"moins de {texts[1]}{suffix}", *middle, f"{texts[-2]}{suffix} et plus")


def limit_text(bound: float, decimals: int, *, signed: bool = False) -> str:
    """Return a limit as it is printed: « 60,9 », and « 66 » rather than « 66,0 »."""
    return number(bound, 0 if float(bound).is_integer() else decimals, signed=signed and bound != 0)


def rounded(numbers: Floats, decimals: int) -> Floats:
    """Return the numbers as printed, halves away from zero: then a printed value fits its class."""
    scale = 10.0**decimals
    nudge = np.copysign(0.5 + 1e-9, numbers)
    return np.asarray(np.trunc(numbers * scale + nudge) / scale, dtype=np.float64)


def natural_cuts(values: Floats, count: int) -> Floats:
    """Return the lowest value of each class but the first, by exact optimisation (Fisher-Jenks).

    values: sorted, repeats welcome, shape (n,). The sum of squared distances to class means is the least.
    One vectorised step a class and a distinct value: 1,255 values take some hundredths of a second.
    """
    distinct, weights = _sampled(*np.unique(values, return_counts=True))
    count = min(count, distinct.size)
    if count < 2:
        return np.empty(0)
    spread = _Spread(distinct, weights.astype(np.float64))
    cost = spread.of(np.zeros(distinct.size, dtype=np.intp), np.arange(distinct.size))
    starts = np.zeros((count, distinct.size), dtype=np.intp)
    for rank in range(1, count):
        cost, starts[rank] = _one_more_class(cost, spread, rank)
    cuts, last = [], distinct.size - 1
    for rank in range(count - 1, 0, -1):
        cuts.append(starts[rank, last])
        last = starts[rank, last] - 1
    return np.asarray(distinct[cuts[::-1]], dtype=np.float64)


class _Spread:
    """Sum of squared distances to the mean of any run of sorted values, from running sums."""

    def __init__(self, values: Floats, weights: Floats) -> None:
        centred = values - values.mean()  # keeps the difference of squares exact for large numbers
        self._w = np.concatenate(([0.0], np.cumsum(weights)))
        self._s = np.concatenate(([0.0], np.cumsum(weights * centred)))
        self._q = np.concatenate(([0.0], np.cumsum(weights * centred**2)))

    def of(self, first: NDArray[np.intp], last: NDArray[np.intp] | int) -> Floats:
        """Return the spread of values first..last, both included."""
        weight = self._w[np.add(last, 1)] - self._w[first]
        total = self._s[np.add(last, 1)] - self._s[first]
        return np.asarray(self._q[np.add(last, 1)] - self._q[first] - total**2 / weight)


def _one_more_class(cost: Floats, spread: _Spread, rank: int) -> tuple[Floats, NDArray[np.intp]]:
    best = np.full(cost.size, np.inf)
    start = np.zeros(cost.size, dtype=np.intp)
    for last in range(rank, cost.size):
        firsts = np.arange(rank, last + 1)
        totals = cost[firsts - 1] + spread.of(firsts, last)
        chosen = int(np.argmin(totals))
        best[last], start[last] = totals[chosen], firsts[chosen]
    return best, start


def _sampled(values: Floats, weights: NDArray[np.intp]) -> tuple[Floats, NDArray[np.intp]]:
    if values.size <= SAMPLE:
        return values, weights
    kept = np.unique(np.linspace(0, values.size - 1, SAMPLE).round().astype(np.intp))
    return values[kept], np.add.reduceat(weights, kept)


def _limits(finite: Floats, method: str, count: int, decimals: int) -> Floats:
    lowest, highest = finite[0], finite[-1]
    cuts = np.round(_cuts(finite, method, min(count, np.unique(finite).size)), decimals)
    cuts = np.unique(cuts[(cuts > lowest) & (cuts <= highest)])
    return np.concatenate(([lowest], cuts, [highest]))


def _cuts(finite: Floats, method: str, count: int) -> Floats:
    if method == "natural":
        return natural_cuts(finite, count)
    if method == "equal":
        return np.linspace(finite[0], finite[-1], count + 1)[1:-1]
    shares = Q6_SHARES if method == "q6" else [rank / count for rank in range(1, count)]
    return np.asarray(np.quantile(finite, shares), dtype=np.float64)


def _check(method: str, count: int, bounds: Sequence[float]) -> None:
    if method not in METHODS:
        raise ValueError(f"unknown method: {method}")
    if count < 1:
        raise ValueError("a map needs one class at least")
    if method in ("fixed", "manual") and (len(bounds) < 2 or np.any(np.diff(bounds) <= 0)):
        raise ValueError("bounds must be two numbers at least, increasing")


def _single(texts: list[str]) -> str:
    return texts[0] if texts[0] == texts[1] else f"{texts[0]} à {texts[1]}"
