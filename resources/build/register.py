"""Regenerate resources/register/delivered: facts of Deux-Sèvres and Haute-Marne, as our own tables.

    python -m resources.build.register FOLDER

FOLDER holds faits/{equipements,assistants_maternels,qpv_zrr}_79_52.csv and structures/creches_niort*.geojson.
The tables have the columns of the ordinary imports of the register, which read them.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from resources.build.tables import write_table

TARGET = Path(__file__).resolve().parents[1] / "register" / "delivered"
BUILT = "Faits repris par resources/build/register.py ; une case vide veut dire non trouvé, jamais zéro"
LICENCE = "Licence : Licence Ouverte 2.0 pour l’Insee et l’ANCT ; ailleurs, faits seuls, avec leur adresse"
PROJECT = "_projet"
MOVED = {"multi accueil du murier"}
"""Services whose published point is a former address."""
BY_HAND = re.compile(r" \(deja dans structures/\)")

TOTALS = (
    # kind, level, code, year, count, source
    ("centre_social", "departement", "79", 2017, 22, "CPOG 2018-2022 de la Caf des Deux-Sèvres"),
    ("evs", "departement", "79", 2017, 1, "CPOG 2018-2022 de la Caf des Deux-Sèvres"),
    ("laep", "departement", "79", 2018, 8, "CPOG 2018-2022 de la Caf des Deux-Sèvres"),
    ("centre_social", "departement", "52", 2022, 4, "CPOG 2023-2027 de la Caf de la Haute-Marne"),
    ("evs", "departement", "52", 2023, 2, "CPOG 2023-2027 de la Caf de la Haute-Marne"),
    ("rpe", "departement", "52", 2022, 15, "CPOG 2023-2027 de la Caf de la Haute-Marne"),
    ("eaje", "departement", "52", 2022, 29, "CPOG 2023-2027 de la Caf de la Haute-Marne"),
    ("alsh", "departement", "52", 2022, 108, "CPOG 2023-2027 de la Caf de la Haute-Marne"),
    ("fjt", "departement", "52", 2023, 2, "CPOG 2023-2027 de la Caf de la Haute-Marne"),
)
PERIODS = {
    "QPV2015": ("2015-01-01", "2024-01-01"),
    "QPV2024": ("2024-01-01", ""),
    "ZRR": ("2022-11-09", "2024-07-01"),
}
"""In force from, first day no longer in force. The Zrr list found is that of 9 November 2022."""
NAMES = {"51": "Marne", "52": "Haute-Marne", "70": "Haute-Saône", "79": "Deux-Sèvres", "88": "Vosges"}
QPV_SOURCE = "ANCT, quartiers prioritaires 2024, lus sur rouages.fr le 21 juillet 2026"
ZRR_SOURCE = "Classement ZRR national, fichier du 9 novembre 2022 (gip-inclusion/les-emplois)"


def main(arguments: list[str] | None = None) -> int:
    """Run the script; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args(arguments).folder
    TARGET.mkdir(exist_ok=True, parents=True)
    facts = folder / "faits"
    places = _places(next((folder / "structures").glob("creches_niort*.geojson")))
    counts = {
        "equipements.csv": services(_read(facts / "equipements_79_52.csv"), places),
        "assistants_maternels.csv": childminders(_read(facts / "assistants_maternels_79_52.csv")),
        "totaux.csv": totals(),
        "zones.csv": zones(_read(facts / "qpv_zrr_79_52.csv")),
    }
    for name, count in counts.items():
        sys.stdout.write(f"{name}: {count}\n")
    return 0


def services(rows: list[dict[str, str]], places: dict[str, tuple[str, str, str]]) -> int:
    """Write the services named by a public source."""
    columns = ("Type", "Nom", "Commune", "Code commune", "Statut", "Places agréées", "Itinérant", "Points",
               "Adresse", "Longitude", "Latitude", "Source", "Année de la source", "Fiabilité",
               "Note")  # fmt: skip
    head = ("Équipements nommés par une source publique, Deux-Sèvres et Haute-Marne, recherche du 21/11/2026",
            "Liste partielle : ne pas s’en servir pour des totaux",
            "Source : celle de chaque ligne ; fiabilité A officielle, B presse ou site local, C déduite",
            )  # fmt: skip
    return _write("equipements.csv", head, columns, [_service(row, places) for row in rows])


def _service(row: dict[str, str], places: dict[str, tuple[str, str, str]]) -> list[str]:
    project = row["type"].endswith(PROJECT)
    name = re.sub(r" \(.*\)$", "", row["nom"]) if project or "(projet Per" in row["nom"] else row["nom"]
    itinerant = row["itinerant"] if row["itinerant"] in ("oui", "non") else ""
    point = row["code_commune"] if itinerant == "oui" else ""  # known to receive at least there
    address, lon, lat = (
        places.get(_key(name), ("", "", "")) if row["code_commune"] == "79191" else ("", "", "")
    )
    note = "Capacité publiée, agrément non vérifié" if row["places"] else ""
    return [
        row["type"].removesuffix(PROJECT), name.replace("'", "’"), row["commune"], row["code_commune"],
        "projet" if project else "ouvert", row["places"], itinerant, point, address, lon, lat,
        BY_HAND.sub("", row["source"]), row["annee"], row["fiabilite"], note,
    ]  # fmt: skip


def childminders(rows: list[dict[str, str]]) -> int:
    """Write the only count of childminders that was found."""
    kept = [
        [row["siren_epci"], row["date"][:4], row["valeur"], row["source"]]
        for row in rows
        if row["indicateur"] == "assistants maternels agréés"
    ]
    head = (
        "Assistants maternels agréés, seul effectif publié trouvé",
        "Source : celle de la ligne, fiabilité B",
    )
    columns = ("Code du territoire", "Année", "Assistants maternels agréés", "Source")
    return _write("assistants_maternels.csv", head, columns, kept)


def totals() -> int:
    """Write what is known only as a total of a département."""
    head = ("Totaux connus par département, sans liste d’équipements : jamais répartis en dessous",
            "Source : conventions d’objectifs et de gestion des deux Caf")  # fmt: skip
    columns = ("Type", "Maille", "Code du territoire", "Année", "Total connu", "Source")
    return _write("totaux.csv", head, columns, [[str(cell) for cell in row] for row in TOTALS])


def zones(rows: list[dict[str, str]]) -> int:
    """Write Qpv of 2015 and 2024, and Zrr, one commune a line; communes that are not zoned are left out."""
    kept = []
    for row in rows:
        if row["statut"] == "non classée":
            continue
        starts, ends = PERIODS[row["zonage"]]
        qpv = row["zonage"].startswith("QPV")
        departement = row["code_commune"][:2]
        kept.append(
            [
                "qpv" if qpv else "zrr", row["code"] if qpv else f"ZRR-{departement}",
                row["nom"] if qpv else f"ZRR, {NAMES[departement]}", row["code_commune"],
                row["statut"], starts, ends, row["population"] if qpv else "",
                QPV_SOURCE if qpv and "rouages" in row["source"] else row["source"] if qpv else ZRR_SOURCE,
            ]
        )  # fmt: skip
    head = ("QPV de 2015 et de 2024, ZRR : communes des 17 EPCI des Deux-Sèvres et de la Haute-Marne",
            "La liste FRR, qui remplace les ZRR au 1/7/2024, n’a pas été trouvée : rien ne la déduit des ZRR",
            "Source : Insee, ANCT, celle de chaque ligne")  # fmt: skip
    columns = ("Zonage", "Code de zone", "Nom de zone", "Code commune", "Classement", "Début", "Fin",
               "Population", "Source")  # fmt: skip
    return _write("zones.csv", head, columns, kept)


def _places(path: Path) -> dict[str, tuple[str, str, str]]:
    """Return address, longitude and latitude of the crèches of Niort, by folded name."""
    found = {}
    for feature in json.loads(path.read_text("utf-8"))["features"]:
        facts = feature["properties"]
        key = _key(facts["EQUIP_NOM"])
        if key not in MOVED:
            address = f"{facts['ADR_NUMERO'].strip().lstrip('0')} {facts['ADR_NOMVOI'].strip()}".strip()
            found[key] = (address, f"{facts['EQUIP_LONG']:.5f}", f"{facts['EQUIP_LAT']:.5f}")
    return found


def _key(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(sign if sign.isalnum() else " " for sign in bare if not unicodedata.combining(sign))
    return " ".join(letters.split())


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _write(name: str, head: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    return write_table(TARGET / name, [*head, LICENCE, BUILT], columns, rows)


if __name__ == "__main__":
    sys.exit(main())
