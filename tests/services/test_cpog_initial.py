"""Whatever is done, an initial target stays as it was first written."""

from __future__ import annotations

import datetime
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.cpog import Cpog, CpogIndicator
from app.domain.cpog_codes import Act, IndicatorType, Nature, Origin, Sense, SeriesKind, TargetKind
from app.domain.cpog_points import Period
from app.domain.errors import DomainError
from app.services.cpog import CpogService
from app.services.cpog_rows import Entry, RevisionForm
from db.session import create_base

ON = datetime.date(2025, 6, 1)
INITIAL = {2023: 20.0, 2024: 40.0, 2025: 60.0}

steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["initiale", "revise", "prevu", "bas", "realise", "explain", "close", "define", "undo"]
        ),
        st.integers(2022, 2026),
        st.integers(0, 100),
    ),
    max_size=7,
)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps)
def test_the_initial_target_never_changes(done: list[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        base = create_base(Path(folder) / "b.maillage", ["52"], "x")
        try:
            service = CpogService(base)
            _prepare(service)
            for kind, year, number in done:
                with suppress(DomainError):
                    _do(service, kind, year, number)
                kept = {
                    t.year: t.number
                    for t in service.contract("c").targets
                    if t.series is SeriesKind.INITIAL and t.year in INITIAL
                }
                assert kept == INITIAL
        finally:
            base.close()


def _definition(label: str = "Taux") -> CpogIndicator:
    return CpogIndicator(
        "i", "c", 0, label, Nature.COG, IndicatorType.RESULT, "%", Sense.UP, TargetKind.FIXED
    )


def _prepare(service: CpogService) -> None:
    service.create(Cpog("c", "essai", "Essai", "52", datetime.date(2023, 1, 1), datetime.date(2027, 12, 31)))
    service.save_indicator(_definition())
    service.enter([Entry("i", Period(y), str(n), series="initiale") for y, n in INITIAL.items()])


def _do(service: CpogService, kind: str, year: int, number: int) -> None:
    period = Period(year)
    if kind in {"initiale", "prevu", "bas", "realise"}:
        service.enter([Entry("i", period, str(number), series=kind)], reason="essai")
    elif kind == "revise":
        service.revise(
            RevisionForm("i", ON, Act.LETTER, "essai", targets=((period, float(number)),),
                         means_unchanged="a", calendar_unchanged="b")
        )  # fmt: skip
    elif kind == "explain":
        service.explain("i", period, "cause", Origin.INTERNAL, on=ON)
    elif kind == "close":
        service.close("c", year, on=ON)
    elif kind == "define":
        service.save_indicator(_definition(f"Taux {number}"))
    elif service._base.undo_name() not in {None, "3 cellules de CPOG saisies"}:
        service._base.undo()
