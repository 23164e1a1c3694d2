"""Make the tables of COG and CPOG from the tables read in the conventions, in short words of our own.

Usage: python -m resources.build.cpog FOLDER, where FOLDER holds the tables of the conventions.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from resources.build.cpog_cog import cog_indicators, cog_nodes
from resources.build.cpog_words import BOUNDS, COMPUTED, NATIONAL, PINNED, labels

TARGET = Path(__file__).resolve().parents[1] / "cpog"
LICENCE = "Faits tirés de conventions publiques ; mots et numéros de ce projet"
DECIMALS = {"%": 1, "jours": 1, "eur": 2, "m2": 2, "ratio": 1, "nombre": 0}
SOURCES = {
    "79-2018-2022": "CPOG de la Caf des Deux-Sèvres 2018-2022, partie 3",
    "52-2023-2027": "CPOG de la Caf de la Haute-Marne 2023-2027, dernière partie",
}

Row = dict[str, str]


def read(folder: Path, name: str) -> list[Row]:
    """Rows of one table of the conventions."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def write(name: str, head: Sequence[str], rows: Sequence[Row]) -> None:
    """Write a table with its head."""
    with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
        for line in (*head, f"Licence : {LICENCE}", "Produit par resources/build/cpog.py"):
            file.write(f"# {line}\n")
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def decimals(unit: str, *texts: str) -> str:
    """Digits after the point that the document uses, at least those of the unit where there is one."""
    written = [len(text.partition(".")[2]) for text in texts if "." in text]
    return str(max([*written, 0]) if written else DECIMALS.get(unit, 1))


def fiche_of(row: Row) -> str:
    """Number of the fiche thématique: from « COG 08-25 », or from « 9-7 »."""
    code = row.get("code", "")
    if code.startswith("COG "):
        return str(int(code[4:].split("-")[0]))
    return row["code_cog"].split("-")[0] if row["code_cog"] else ""


def indicators(cpog: str, rows: Iterable[Row]) -> list[Row]:
    """Rows of one CPOG, one a line of its document, sub-series under their line."""
    found = []
    words = labels(cpog)
    for row in rows:
        short, label = words[row["ordre"]]
        key = (cpog, int(row["ordre"]))
        low, high = BOUNDS.get(key, ("", ""))
        found.append(
            {
                "cpog": cpog, "ordre": row["ordre"], "sous_serie": row["sous_serie"],
                "code": row.get("code", ""), "domaine": row["domaine"], "rubrique": row.get("rubrique", ""),
                "libelle": label or row["libelle"].rstrip("."), "court": short, "nature": row["nature"],
                "type": row["type"], "unite": row["unite"], "unite_detail": "",
                "decimales": decimals(row["unite"], row["reference_valeur"], row["cible_valeur"]),
                "sens": row["sens"], "reference": row["reference_valeur"],
                "reference_annee": row["reference_annee"], "reference_texte": row["reference_precision"],
                "cible_mode": "nationale" if key in NATIONAL else row["cible_mode"],
                "cible_valeur": row["cible_valeur"], "cible_annee": row["cible_annee"],
                "cible_texte": row["cible_texte"], "annee_debut": row.get("annee_debut", ""),
                "code_cog": row["code_cog"], "fiche": fiche_of(row), "bas": low, "haut": high,
                "calcul": "" if row["sous_serie"] else COMPUTED.get(key, ""),
                "epingle": "oui" if key in PINNED and not row["sous_serie"] else "non",
                "note": row["remarque"],
            }
        )  # fmt: skip
    return found


def engagement_kind(number: str, cpog: str) -> str:
    """A and B are engagements, C the enjeux of Haute-Marne and the défis of Deux-Sèvres, D défis."""
    if number[0] in "AB":
        return {"A": "engagement_caf", "B": "engagement_cnaf"}[number[0]]
    return "enjeu" if number[0] == "C" and cpog.startswith("52") else "defi"


def engagements(cpog: str, rows: Iterable[Row]) -> list[Row]:
    """The tree of one CPOG, parents first."""
    return [
        {
            "cpog": cpog, "numero": row["numero"], "parent": row["parent"],
            "kind": engagement_kind(row["numero"], cpog), "titre": row["titre"],
            "thematique": row["thematique"], "territoire": row["territoire_cible"],
            "mesurable": row["mesurable"], "cible_texte": row["cible_texte"],
        }
        for row in rows
    ]  # fmt: skip


def main(folder: Path) -> None:
    """Write every table of resources/cpog that comes from the conventions."""
    tables = {
        "79-2018-2022": ("cpog_79_2018_2022_indicateurs.csv", "engagements_79.csv"),
        "52-2023-2027": ("cpog_52_2023_2027_indicateurs.csv", "engagements_52.csv"),
    }
    every = [row for cpog, (name, _) in tables.items() for row in indicators(cpog, read(folder, name))]
    write(
        "indicateurs.csv",
        [*(f"{cpog} : {text}" for cpog, text in SOURCES.items()),
         "Référence du 79 : résultat national 2017, ou 2016 si dit. Longs intitulés resserrés."],
        every,
    )  # fmt: skip
    tree = [row for cpog, (_, name) in tables.items() for row in engagements(cpog, read(folder, name))]
    write(
        "engagements.csv",
        ["Engagements, enjeux et défis des deux CPOG, en titres courts"],
        tree,
    )
    nodes = cog_nodes(read(folder, "cog_2018_2022_actions.csv"))
    write("cog_actions.csv", ["COG 2018-2022, 16 fiches, en titres courts ; années d’échéance"], nodes)
    grid = cog_indicators(read(folder, "cog_2018_2022_indicateurs.csv"))
    write("cog_indicateurs.csv", ["COG 2018-2022 : 39 indicateurs et 13 sous-séries"], grid)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
