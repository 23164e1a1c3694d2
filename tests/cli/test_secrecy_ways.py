"""Every file of the command line about childminders and children, held together and attacked."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import bootstrap
from app.domain.register import Childminders
from app.domain.territory import Level
from app.services import Services
from tests.services.secrecy_attack import Attack

Run = Callable[..., tuple[int, str, str]]
DEP, HAUT_VAL, AIRVAUDAIS = "79", "200041994", "200041416"
PROFILES = ("caf", "partenaire", "public")
LEVELS = {"commune": Level.COMMUNE, "epci": Level.EPCI, "arrondissement": Level.ARRONDISSEMENT,
          "departement": Level.DEPARTEMENT}  # fmt: skip
YEARS = (2024, 2025)
LEAST, EACH = 4.0, 4
"""Least width of the interval left on a count under 5; places of each childminder."""
FIGURES = ("places_am", "propre_am", "enfants_moins_3", "couv_global")
MASKED = "masqué, secret statistique"
Key = tuple[str, Level, str, int]


@pytest.fixture(scope="module")
def small(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A base where communes of one Epci have 3 childminders, then 9, and 2 children; another Epci has 3."""
    folder = tmp_path_factory.mktemp("small")
    patch = pytest.MonkeyPatch()
    patch.setattr(bootstrap, "cache_folder", lambda: demo_folder.parent / "cache")
    patch.setattr(bootstrap.Opener, "_recent_file", staticmethod(lambda: folder / "recent.json"))
    shutil.copyfile(demo_folder / "demo.maillage", folder / "small.maillage")
    services = bootstrap.Opener().open(folder / "small.maillage")
    members = services.territory.members(Level.EPCI, HAUT_VAL)
    rows = [_minders(Level.EPCI, AIRVAUDAIS, 2025, 3)]
    for year, first in ((2024, 9), (2025, 3)):
        numbers = [first, *range(7, 6 + len(members))]
        rows += [_minders(Level.COMMUNE, code, year, n) for code, n in zip(members, numbers, strict=True)]
    services.register.save_childminders(rows)
    children = {code: float(n) for code, n in zip(members, [2, *range(20, 19 + len(members))], strict=True)}
    total = {HAUT_VAL: sum(children.values()), AIRVAUDAIS: 3.0}
    services.coverage.set_children("caf_0_2", 2025, {**children, **total}, "Caf")
    services.coverage.prefer_children(3, "caf_0_2")
    yield services
    services.base.close()
    patch.undo()


def _minders(level: Level, code: str, year: int, number: int) -> Childminders:
    return Childminders("", level, code, year, number, number, number * EACH, source="Caf")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def written(run: Run, base: Path, folder: Path, profile: str) -> dict[Key, float | None]:
    """Numbers that a reader holds with every table of coverage, None for what is said to be masked."""
    held: dict[Key, float | None] = {}
    for name, level in LEVELS.items():
        for year in YEARS:
            path = folder / f"{name}-{year}-{profile}.csv"
            code, _, err = run("couverture", base, "eaje", "--niveau", name, "--annee", year,
                               "--departement", DEP, "-o", path, "--profil", profile)  # fmt: skip
            assert (code, err) == (0, "")
            for row in read(path):
                if row["Chiffre"] in FIGURES and row["Valeur"]:
                    number = float(row["Valeur"].replace(",", "."))
                    held[row["Chiffre"], level, row["Code"], year] = number
                elif row["État"] == MASKED:
                    held[row["Chiffre"], level, row["Code"], year] = None
    return held


@pytest.mark.parametrize("profile", PROFILES)
def test_no_table_of_coverage_tells_a_small_count(
    run: Run, small: Services, tmp_path: Path, profile: str
) -> None:
    held = written(run, small.base.path, tmp_path, profile)
    members = small.territory.members(Level.EPCI, HAUT_VAL)
    first = members[0]
    epci = {(Level.EPCI, HAUT_VAL)}  # wider children are those of births
    every = epci | {key[1:3] for key in held if key[0] == "places_am" and key[1] is not Level.COMMUNE}
    every.discard((Level.EPCI, AIRVAUDAIS))
    for figure, year, small_number, areas in (
        ("places_am", 2025, 3.0, every), ("enfants_moins_3", 2025, 2.0, epci),
    ):  # fmt: skip
        people = EACH if figure == "places_am" else 1
        told = {key: number and number / people for key, number in held.items() if key[0] == figure}
        assert told[figure, Level.COMMUNE, first, year] is None
        sums = [((figure, level, code, year), [(figure, Level.COMMUNE, one, year) for one in members])
                for level, code in areas if (figure, level, code, year) in told]  # fmt: skip
        low, high = Attack(sums, told).interval((figure, Level.COMMUNE, first, year))
        assert low <= small_number <= high
        assert high - low >= LEAST - 1e-6, (figure, low, high)
        assert told[figure, Level.EPCI, HAUT_VAL, year] is not None, "nothing is masked without need"
    assert held["places_am", Level.EPCI, AIRVAUDAIS, 2025] is None
    assert held["enfants_moins_3", Level.EPCI, AIRVAUDAIS, 2025] is None
    assert held["couv_global", Level.EPCI, AIRVAUDAIS, 2025] == 71.2, "what the Cnaf publishes stays"
    assert sum(number is None for key, number in held.items() if key[0] == "places_am") < 8


@pytest.mark.parametrize("suffix", ["csv", "xlsx", ""])
def test_what_a_gap_expects_does_not_tell_the_childminders(
    run: Run, small: Services, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"lacunes.{suffix}"
    output = ("-o", path) if suffix else ()
    code, out, err = run("lacunes", small.base.path, "--regle", "rpe_etp", *output, "--profil", "partenaire")
    assert (code, err) == (0, "")
    text = out if not suffix else _text(path)
    mine = next(line for line in text.splitlines() if "Airvaudais" in line)
    assert "Attendu\u202f: s (un pour 70 assistants maternels" in mine
    assert "0,04" not in mine
    other = next(line for line in text.splitlines() if "Haut Val" in line)
    assert "Attendu\u202f: s" not in other


def _text(path: Path) -> str:
    if path.suffix == ".csv":
        return path.read_text("utf-8-sig")
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Lacunes").to_python()
    return "\n".join(";".join(str(cell) for cell in row) for row in rows)


@pytest.mark.parametrize(
    ("figure", "level", "code"),
    [
        ("places_am", Level.EPCI, AIRVAUDAIS),
        ("places_am", Level.COMMUNE, "first"),
        ("enfants_moins_3", Level.COMMUNE, "first"),
    ],
)
def test_a_map_drawn_from_raw_coverage_is_masked_when_it_is_written(
    small: Services, tmp_path: Path, figure: str, level: Level, code: str
) -> None:
    from python_calamine import CalamineWorkbook

    first, second = small.territory.members(Level.EPCI, HAUT_VAL)[:2]
    raw = small.coverage.network("eaje", 2025, level, departement=DEP)
    rank = raw.rank(figure)
    wanted = first if code == "first" else code
    assert next(row.values[rank].number for row in raw.rows if row.code == wanted)
    drawn = small.coverage.choropleth(raw, departement=DEP, figure=figure)
    small.maps.write(drawn, tmp_path / "carte.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "carte.xlsx")
    values: dict[object, list[object]] = {}
    for name in [name for name in ("Valeurs", "Cercles") if name in book.sheet_names]:
        for row in book.get_sheet_by_name(name).to_python():
            values.setdefault(row[0], []).extend(row)
    assert "s" in values[wanted]
    assert "n.d." not in values[wanted]
    assert not any(isinstance(cell, float) and cell in (2, 3, 12) for cell in values[wanted])
    if level is Level.COMMUNE:
        assert "s" in values[second], "one masked alone would be told by the sum of its Epci"
    small.maps.write(drawn, tmp_path / "carte.svg", profile="partenaire")
    assert "secret" in (tmp_path / "carte.svg").read_text("utf-8")
