"""The tree and the grid of a COG, from the tables read in it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from resources.build.cpog_words import labels

COG = "2018-2022"
WORDS = Path(__file__).with_name("cpog_cog_words.csv")
AXES = {
    "1": "Services aux familles et aux territoires",
    "2": "Relation de service, droits et paiements",
    "3": "Ressources, pilotage et réseau",
}
FICHES = {"5": "Outre-mer", "6": "Logement", "7": "Animation de la vie sociale et insertion",
          "8": "Accès aux droits", "16": "Études, évaluation et données"}  # fmt: skip
"""Fiches without indicators, or whose indicators do not name them."""
NAMES = {
    "1": "Accueil du jeune enfant", "2": "Parcours éducatif des 3-11 ans", "3": "Jeunes de 12 à 25 ans",
    "4": "Parentalité", **FICHES, "9": "Relation de service", "10": "Dématérialisation et automatisation",
    "11": "Paiement à bon droit", "12": "Ressources humaines", "13": "Système d’information",
    "14": "Pilotage de la performance", "15": "Coopérations",
}  # fmt: skip
YEARS = (2018, 2019, 2020, 2021, 2022)

Row = dict[str, str]


def _words() -> dict[str, str]:
    with WORDS.open(encoding="utf-8", newline="") as file:
        return {row["key"]: row["titre"] for row in csv.DictReader(file, delimiter=";")}


def key_of(row: Row, kind: str) -> str:
    """Key of a node: COG aside, fiche, actor, kind and codes; never cut from a code."""
    codes = {"engagement": (), "action": (row["action_no"],)}.get(
        kind, (row["action_no"], row["evaluation_no"])
    )
    return "|".join((row["fiche"], row["acteur"], kind, row["engagement_no"], *codes))


def cog_nodes(rows: Iterable[Row]) -> list[Row]:
    """Axes, fiches, engagements, actions and évaluations, each once, parents first."""
    words = _words()
    nodes: dict[str, Row] = {}
    for row in rows:
        for node in _branch(row, words):
            held = nodes.setdefault(node["key"], node)
            if node["annees"] or node["note"] or node["incertain"] == "oui":
                held.update(annees=node["annees"], note=node["note"], incertain=node["incertain"])
    return list(nodes.values())


def _branch(row: Row, words: dict[str, str]) -> Iterator[Row]:
    axis, fiche = f"axe|{row['axe']}", f"fiche|{row['fiche']}"
    yield _node(axis, "", "axe", "", "", row["axe"], AXES[row["axe"]])
    yield _node(fiche, axis, "fiche", "", row["fiche"], row["fiche"], NAMES[row["fiche"]])
    parent = fiche
    levels = [("engagement", "engagement_no"), ("action", "action_no"), ("evaluation", "evaluation_no")]
    present = [(kind, code) for kind, code in levels if row[code]]
    for kind, code in present:
        key = key_of(row, kind)
        node = _node(key, parent, kind, row["acteur"], row["fiche"], row[code], words.get(key, row[kind]))
        if kind == present[-1][0]:
            node.update(annees=row["annees"], note=row["remarque"], incertain=row["annees_incertaines"])
            node["echeance"] = "oui"
        yield node
        parent = key


def _node(key: str, parent: str, kind: str, actor: str, fiche: str, code: str, title: str) -> Row:
    return {
        "cog": COG, "key": key, "parent": parent, "kind": kind, "acteur": actor, "fiche": fiche, "code": code,
        "titre": title, "annees": "", "incertain": "non", "echeance": "non", "note": "",
    }  # fmt: skip


def cog_indicators(rows: Iterable[Row]) -> list[Row]:
    """The grid of indicators; mere: key shared by a line and its sub-series."""
    words = labels("cog")
    return [_indicator(row, words) for row in rows]


def _indicator(row: Row, words: dict[str, tuple[str, str]]) -> Row:
    mother = row["code_cog"].split(".")[0]
    short, label = words[mother]
    low, high = ("-100", "100") if mother == "15-6" else ("-100000", "") if mother == "1-1" else ("", "")
    texts = [row["reference_valeur"], *(row[f"cible_{year}"] for year in YEARS)]
    written = [len(text.partition(".")[2]) for text in texts if "." in text]
    return {
        "cog": COG, "ordre": row["ordre"], "mere": mother, "fiche": row["fiche"], "domaine": row["domaine"],
        "libelle": label or row["libelle"], "court": short, "sous_serie": row["sous_serie"],
        "type": row["type"], "unite": row["unite"], "unite_detail": "", "decimales": str(max([*written, 0])),
        "sens": "converge" if mother == "12-3" else row["sens"], "vers": "50" if mother == "12-3" else "",
        "reference": row["reference_valeur"], "reference_annee": row["reference_annee"],
        "reference_texte": row["reference_precision"], "cible_mode": row["cible_mode"],
        **{f"cible_{year}": row[f"cible_{year}"] for year in YEARS}, "cible_texte": row["cible_texte"],
        "code_cog": row["code_cog"], "bas": low, "haut": high, "note": row["remarque"],
    }  # fmt: skip
