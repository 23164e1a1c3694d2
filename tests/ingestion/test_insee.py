"""Insee: births and equipment in Melodi format, wide counts, legal populations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.anomaly import Anomaly, anomaly_text
from app.domain.errors import UnreadableFile
from app.domain.indicator import ValueState, ValueStatus
from app.domain.territory import Level
from app.ingestion import Clean, Options, read_file

Write = Callable[..., Path]
BIRTHS = "GEO;GEO_OBJECT;EC_MEASURE;OBS_STATUS;TIME_PERIOD;OBS_VALUE\n"
BPE = (
    "GEO;GEO_OBJECT;FACILITY_DOM;FACILITY_SDOM;FACILITY_TYPE;BPE_MEASURE;"
    "UNIT_MULT;UNIT_MEASURE;OBS_STATUS;TIME_PERIOD;OBS_VALUE\n"
)


def of(clean: Clean, rule: str) -> Anomaly:
    """The only anomaly of a rule."""
    (found,) = [item for item in clean.anomalies if item.rule == rule]
    return found


def test_births_keep_every_level_that_we_know(write: Write, reference) -> None:
    lines = (
        "79191;COM;LVB;A;2024;600.0\n75101;ARM;LVB;A;2024;90.0\n200041317;EPCI;LVB;A;2024;1100.0\n"
        "792;ARR;LVB;A;2024;1500.0\n79;DEP;LVB;A;2024;2847.0\n75;REG;LVB;A;2024;49000.0\nF;FRANCE;LVB;A;2024;663000.0\n"
    )
    clean = read_file(write(BIRTHS + lines), reference)
    assert [(row.level, row.code) for row in clean.rows] == [
        (Level.COMMUNE, "79191"),
        (Level.COMMUNE, "75101"),
        (Level.EPCI, "200041317"),
        (Level.ARRONDISSEMENT, "792"),
        (Level.DEPARTEMENT, "79"),
        (Level.REGION, "75"),
        (Level.FRANCE, "FR"),
    ]
    assert (clean.level, clean.anomalies) == (Level.COMMUNE, ())


def test_the_geography_of_births_is_that_of_the_next_january(write: Write, reference) -> None:
    lines = "79191;COM;LVB;A;2008;600\n79191;COM;LVB;A;2025;500\n"
    clean = read_file(write(BIRTHS + lines), reference)
    assert [row.millesime for row in clean.rows] == [2026, 2026]
    assert [row.year for row in clean.rows] == [2008, 2025]


def test_the_last_year_may_stand_far_below(write: Write, reference) -> None:
    early = "79191;COM;LVB;A;2008;600\n" * 4000
    clean = read_file(write(BIRTHS + early + "79191;COM;LVB;A;2022;1\n79060;COM;LVB;A;2023;2\n"), reference)
    assert {row.millesime for row in clean.rows} == {2024}
    assert clean.rows[-1].code == "79060"


def test_other_zones_and_measures_are_said_once_for_their_kind(write: Write, reference) -> None:
    lines = (
        "001;AAV2020;LVB;A;2024;192027\n002;AAV2020;LVB;A;2024;1\n0051;ZE2020;LVB;A;2024;5\n"
        "FM;FRANCE;LVB;A;2024;9\n79191;COM;DTH;A;2024;7\n79191;COM;LVB;A;2024;600\n"
    )
    clean = read_file(write(BIRTHS + lines), reference)
    kinds = {(item.rule, item.value): item.ranges for item in clean.anomalies}
    assert kinds == {
        ("other_object", "AAV2020"): ((2, 3),),
        ("other_object", "ZE2020"): ((4, 4),),
        ("other_object", "FM"): ((5, 5),),
        ("other_measure", "DTH"): ((6, 6),),
    }
    assert (len(clean.rows), clean.ignored) == (1, 5)
    assert clean.rows_read == len(clean.rows) + clean.ignored + clean.rejected


@pytest.mark.parametrize(
    ("letter", "written", "state", "status", "estimated"),
    [
        ("A", "3.0", ValueState.VALUE, ValueStatus.CONSOLIDATED, False),
        ("A", "0.0", ValueState.ZERO, ValueStatus.CONSOLIDATED, False),
        ("A", "", ValueState.NO_DATA, ValueStatus.CONSOLIDATED, False),
        ("M", "", ValueState.NO_DATA, ValueStatus.CONSOLIDATED, False),
        ("K", "", ValueState.NO_DATA, ValueStatus.CONSOLIDATED, False),
        ("L", "", ValueState.NOT_PUBLISHED, ValueStatus.CONSOLIDATED, False),
        ("Q", "", ValueState.MASKED, ValueStatus.CONSOLIDATED, False),
        ("W", "32", ValueState.VALUE, ValueStatus.CONSOLIDATED, False),
        ("E", "32", ValueState.VALUE, ValueStatus.CONSOLIDATED, True),
        ("P", "32", ValueState.VALUE, ValueStatus.PROVISIONAL, False),
    ],
)
def test_the_status_of_the_observation_is_kept(
    write: Write,
    reference,
    letter: str,
    written: str,
    state: ValueState,
    status: ValueStatus,
    estimated: bool,
) -> None:
    clean = read_file(write(f"{BIRTHS}79191;COM;LVB;{letter};2024;{written}\n"), reference)
    (row,) = clean.rows
    assert (row.state, row.status, row.estimated) == (state, status, estimated)
    assert (row.number is None) is not state.is_known
    assert bool([item for item in clean.anomalies if item.rule == "observation_status"]) is (letter != "A")


def test_confidential_figures_are_masked(write: Write, reference) -> None:
    top = "GEO;GEO_OBJECT;EC_MEASURE;CONF_STATUS;TIME_PERIOD;OBS_VALUE\n"
    clean = read_file(write(f"{top}79191;COM;LVB;F;2024;3\n79049;COM;LVB;C;2024;2\n"), reference)
    assert [row.state for row in clean.rows] == [ValueState.VALUE, ValueState.MASKED]
    assert clean.rows[1].number is None


def test_half_a_birth_is_refused(write: Write, reference) -> None:
    clean = read_file(write(f"{BIRTHS}79191;COM;LVB;A;2024;3.5\n79049;COM;LVB;A;2024;-2\n"), reference)
    assert [(item.line, item.rule) for item in clean.anomalies if item.severity == 2] == [
        (2, "not_integer"),
        (3, "negative"),
    ]


def test_equipment_keeps_the_four_kinds_and_deduces_zeros_where_the_file_covers(
    write: Write, reference
) -> None:
    lines = (
        "79191;COM;D;D5;D502;FACILITIES;0;NR;A;2025;12\n79191;COM;D;D5;D509;FACILITIES;0;NR;A;2025;3\n"
        "79049;COM;A;_T;_T;FACILITIES;0;NR;A;2025;40\n79307;COM;A;_T;_T;FACILITIES;0;NR;A;2025;9\n"
        "52121;COM;A;_T;_T;FACILITIES;0;NR;A;2025;90\n79;DEP;D;D5;D502;FACILITIES;0;NR;A;2025;53\n"
    )
    clean = read_file(write(BPE + lines), reference)
    found = {(row.indicator, row.code): (row.number, row.row) for row in clean.rows}
    assert found == {
        ("eaje", "79191"): (12.0, 2),
        ("micro_creche", "79191"): (3.0, 3),
        ("eaje", "79"): (53.0, 7),
        ("eaje", "79049"): (0.0, 0),
        ("eaje", "79307"): (0.0, 0),
        ("micro_creche", "79049"): (0.0, 0),
        ("micro_creche", "79307"): (0.0, 0),
    }  # nothing for Haute-Marne: the file holds no Eaje there, it may be an extract
    deduced = [item for item in clean.anomalies if item.rule == "deduced_zero"]
    assert [dict(item.facts)["zeros"] for item in deduced] == [2, 2]
    assert anomaly_text(deduced[0])[1].startswith("2\u00a0communes sans ligne «\u202fEaje\u202f»")
    assert of(clean, "other_facility").ranges == ((4, 6),)


def test_wide_counts_of_equipment(write: Write, reference) -> None:
    top = "annee;DEPCOM;LIBCOM;EPCI;D502_EAJE;D504_RPE;D505_ALSH;D509_MICROCRECHE\n"
    clean = read_file(write(f"{top}2025;79191;Niort;200041317;12;1;20;3\n2025;1001;x;y;0;0;;0\n"), reference)
    assert [(row.indicator, row.code, row.number) for row in clean.rows] == [
        ("eaje", "79191", 12), ("rpe", "79191", 1), ("alsh", "79191", 20), ("micro_creche", "79191", 3),
        ("eaje", "01001", 0), ("rpe", "01001", 0), ("alsh", "01001", None), ("micro_creche", "01001", 0),
    ]  # fmt: skip
    assert {item.rule for item in clean.anomalies} == {"unused_columns", "lost_zero", "empty_cell"}
    assert clean.source == "insee_bpe"


LEGAL = "REG;Région;DEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT"


@pytest.mark.parametrize(
    ("name", "top", "where"),
    [
        ("donnees_communes_pop2023.csv", LEGAL, "name"),
        ("populations.csv", LEGAL.replace("PMUN", "PMUN23"), "header"),
        ("communes.csv", f"# Recensement de 2023\n{LEGAL}", "comments"),
    ],
)
def test_populations_find_their_year(write: Write, reference, name: str, top: str, where: str) -> None:
    line = "75;Nouvelle-Aquitaine;79;2;17;191;79191;Niort;60\u202f074;1000;61\u202f074"
    clean = read_file(write(f"{top}\r\n{line}\r\n", name), reference)
    (row,) = clean.rows
    assert (row.indicator, row.year, row.code, row.number, row.millesime) == (
        "population", 2023, "79191", 60_074.0, 2025,
    )  # fmt: skip
    assert dict(of(clean, "year_elsewhere").facts)["where"] == where


def test_populations_without_year_ask_for_it(write: Write, reference) -> None:
    path = write("DEP;COM;PMUN\n79;79191;60074\n79;49;20000\n", "communes.csv")
    with pytest.raises(UnreadableFile) as caught:
        read_file(path, reference)
    assert caught.value.facts["reason"] == "no_year"
    clean = read_file(path, reference, options=Options(year=2022))
    assert [(row.code, row.year) for row in clean.rows] == [("79191", 2022), ("79049", 2022)]


def test_populations_of_reference_in_melodi_format(write: Write, reference) -> None:
    top = "GEO;GEO_OBJECT;FREQ;POPREF_MEASURE;TIME_PERIOD;OBS_VALUE\n"
    lines = "79191;COM;A;PMUN;2023;60074\n79191;COM;A;PTOT;2023;61074\n79;DEP;A;PMUN;2023;375229\n"
    clean = read_file(write(top + lines), reference)
    assert [(row.level, row.number) for row in clean.rows] == [
        (Level.COMMUNE, 60_074.0),
        (Level.DEPARTEMENT, 375_229.0),
    ]
    assert of(clean, "other_measure").value == "PTOT"
