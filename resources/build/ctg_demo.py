"""Regenerate resources/demo/ctg: the conventions of the demonstration, one table a kind.

    python -m resources.build.ctg_demo

Texts are in the modules ctg_*_texts.py; amounts follow from a yearly cost and shares. All is
fictitious but the conventions of the CC du Grand Langres and of the Bassin de Joinville, which are facts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from resources.build import ctg_mellois_texts as mellois
from resources.build import ctg_more_texts as more
from resources.build import ctg_steering_texts as steering
from resources.build import ctg_texts as texts
from resources.build.ctg_real import REAL_CTGS
from resources.build.tables import write_table

TARGET = Path(__file__).resolve().parents[1] / "demo" / "ctg"
HEAD = (
    "Conventions de démonstration : tout est fictif, sauf les lignes dont la source est dite.",
    "Construit par resources/build/ctg_demo.py. Aucune personne : des fonctions et des organisations.",
)
YEARS = (2024, 2025, 2026, 2027)
STATES = {2024: ("prevu", "paye"), 2025: ("prevu", "paye"), 2026: ("prevu", "vote"), 2027: ("prevu",)}
ROUND = 50
DECIDED = {"m1": 1, "m2": 2, "m3": 3}
"""Point of the agenda under which each séance decided."""

Row = Mapping[str, object]
Tables = dict[str, list[Row]]


def main() -> int:
    """Write every table; return the exit code."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for kind, rows in tables().items():
        columns = list(dict.fromkeys(name for row in rows for name in row))
        write_table(TARGET / f"{kind}.csv", HEAD, columns, [[row.get(c) for c in columns] for row in rows])
    return 0


def tables() -> Tables:
    """Rows of each kind, keys in clear."""
    found: Tables = {}
    for kind, row in (*_niort(), *_plan(), *_follow(), *_steering(), *_mellois(), *_bocage(), *REAL_CTGS):
        found.setdefault(kind, []).append({name: _printed(value) for name, value in row.items()})
    return found


def _printed(value: object) -> object:
    """A text with French spaces; anything else as it is."""
    if not isinstance(value, str):
        return value
    for sign in ";:?!":
        value = value.replace(f" {sign}", f"\u202f{sign}")
    return value


def _niort() -> Iterator[tuple[str, Row]]:
    yield "ctg", {
        "key": "niort", "epci": "200041317", "name": "CTG du Niortais", "scope": "epci", "status": "en_cours",
        "starts_on": "2024-01-01", "ends_on": "2027-12-31", "signed_on": "2023-12-14", "fictitious": 1,
        "ambition": "Une offre de services proche, lisible et ouverte à toutes les familles.",
    }  # fmt: skip
    stages = (("prefiguration", "2023-01-20", ""), ("diagnostic", "2023-04-03", ""),
              ("signee", "2023-12-14", ""), ("en_cours", "2024-01-01", ""), ("evaluation", "", "2027-03-01"),
              ("renouvelee", "", "2027-12-01"))  # fmt: skip
    for status, reached, planned in stages:
        yield "stage", {"ctg_uuid": "niort", "status": status, "reached_on": reached, "planned_on": planned}
    yield "amendment", {
        "key": "niort_av1", "ctg_uuid": "niort", "number": 1, "kind": "adhesion", "signed_on": "2025-06-20",
        "effective_on": "2025-07-01", "title": "Adhésion de Brûlain et thème de l’inclusion numérique",
    }  # fmt: skip
    yield "member", {"ctg_uuid": "niort", "code_commune": "79058", "joins_on": "2025-07-01",
                     "amendment_uuid": "niort_av1"}  # fmt: skip
    for rank, (key, kind, name, code, number, on) in enumerate(more.PARTIES, start=1):
        yield "party", {
            "key": key, "ctg_uuid": "niort", "rank": rank, "kind": kind, "name": name, "code": code,
            "deliberation_expected": int(kind != "etat"), "deliberation_number": number,
            "deliberation_on": on,
        }  # fmt: skip
    for code in ("acces_droits", "non_recours_accueil", "petite_enfance", "enfance", "jeunesse",
                 "parentalite", "vie_sociale", "logement", "handicap"):  # fmt: skip
        yield "theme", {"ctg_uuid": "niort", "code": code}
    yield "theme", {"ctg_uuid": "niort", "code": "numerique", "since": "2025-07-01",
                    "amendment_uuid": "niort_av1"}  # fmt: skip
    for rank, title in enumerate(("Diagnostic partagé", "Liste des équipements et services soutenus",
                                  "Plan d’action", "Délibérations des signataires"), start=1):  # fmt: skip
        yield "annex", {"ctg_uuid": "niort", "rank": rank, "title": title}
    for rank, (kind, text) in enumerate(steering.NOTES, start=1):
        yield "note", {"ctg_uuid": "niort", "kind": kind, "rank": rank, "text": text}


def _nodes(ctg: str, nodes: Sequence[Sequence[str]]) -> Iterator[tuple[str, Row]]:
    ranks: dict[str, int] = {}
    for key, parent, kind, title, theme in nodes:
        ranks[parent] = ranks.get(parent, 0) + 1
        yield "node", {"key": key, "ctg_uuid": ctg, "parent_uuid": parent, "kind": kind,
                       "rank": ranks[parent], "title": title, "theme": theme}  # fmt: skip


_FIELDS = ("key", "node_uuid", "status", "theme", "kind", "caf_role", "title", "description", "audience",
           "communes", "pilot_organisation", "pilot_function", "elected_function", "partners", "fte",
           "places", "expected_result", "starts_on", "ends_on")  # fmt: skip


def _plan() -> Iterator[tuple[str, Row]]:
    yield from _nodes("niort", texts.NODES)
    for rank, (key, theme, text, node, figures) in enumerate(more.FINDINGS, start=1):
        yield "finding", {"key": key, "ctg_uuid": "niort", "rank": rank, "theme": theme, "text": text,
                          "fictitious": int(not figures)}  # fmt: skip
        yield "link", {"from_kind": "finding", "from_uuid": key, "to_kind": "node", "to_uuid": node}
        for place, (indicator, level, code, year) in enumerate(figures, start=1):
            yield "figure", {"finding_uuid": key, "rank": place, "indicator": indicator, "level": level,
                             "code": code, "year": year}  # fmt: skip
    ranks: dict[str, int] = {}
    for action in texts.ACTIONS:
        row = dict(zip(_FIELDS, action[: len(_FIELDS)], strict=True))
        node = str(row["node_uuid"])
        ranks[node] = ranks.get(node, 0) + 1
        partners = str(row["partners"]).replace("|", " | ")
        row["communes"] = " ".join(sorted(str(row["communes"]).split()))
        yield "action", {**row, "ctg_uuid": "niort", "rank": ranks[node], "partners": partners,
                         "origin_kind": "constat", "fictitious": 1}  # fmt: skip
        yield from _steps(str(row["key"]))
        yield from _money(str(row["key"]), action[-2], str(action[-1]))
    for key, label, unit, direction, values in more.INDICATORS:
        name = f"{key}_indicator"
        yield "indicator", {"key": name, "action_uuid": key, "rank": 1, "label": label, "unit": unit,
                            "decimals": 0, "direction": direction}  # fmt: skip
        for kind, year, number in values:
            yield "value", {"indicator_uuid": name, "kind": kind, "year": year, "number": number,
                            "state": int(number == 0), "fictitious": 1}  # fmt: skip
    for key, year, highlights, vigilance in more.YEARS:
        yield "year", {"action_uuid": key, "year": year, "highlights": highlights, "vigilance": vigilance}
    for key, before, after, reason, decider, on, until in texts.STATUSES:
        yield "status", {"action_uuid": key, "before": before, "after": after, "reason": reason,
                         "decider": decider, "decided_on": on, "until": until}  # fmt: skip


def _steps(key: str) -> Iterator[tuple[str, Row]]:
    for rank, (title, holder, planned, done) in enumerate(texts.STEPS[key], start=1):
        yield "step", {"action_uuid": key, "rank": rank, "title": title, "holder": holder,
                       "planned_on": planned, "done_on": done}  # fmt: skip


def _money(key: str, costs: object, nature: str) -> Iterator[tuple[str, Row]]:
    """Lines of each year and state: shares of the cost, the last funder takes what rounding leaves."""
    if not isinstance(costs, tuple):
        raise TypeError(f"costs of {key}")
    shares = texts.OWN_SHARES.get(key, (texts.SHARES,) * len(YEARS))
    for year, cost, share in zip(YEARS, costs, shares, strict=True):
        for state in STATES[year] if cost else ():
            yield "cost", {"action_uuid": key, "year": year, "nature": nature, "state": state,
                           "amount_cents": cost * 100}  # fmt: skip
            for kind, amount in _split(cost, share).items():
                absent = state == "prevu" and year == YEARS[-1] and kind == "msa"
                yield "budget", {
                    "action_uuid": key, "year": year, "funder": texts.FUNDERS[kind], "funder_kind": kind,
                    "nature": nature, "state": state, "amount_cents": None if absent else amount * 100,
                    "note": "à voter" if absent else "",
                }  # fmt: skip


def _split(cost: int, shares: Mapping[str, int]) -> dict[str, int]:
    funders = [kind for kind, share in shares.items() if share]
    amounts = {kind: round(cost * shares[kind] / 100 / ROUND) * ROUND for kind in funders[:-1]}
    return {**amounts, funders[-1]: cost - sum(amounts.values())}


def _follow() -> Iterator[tuple[str, Row]]:
    for rank, (party, text, due, done, impact, actions) in enumerate(more.COMMITMENTS, start=1):
        key = f"commitment{rank}"
        yield "commitment", {"key": key, "ctg_uuid": "niort", "party_uuid": party, "rank": rank, "text": text,
                             "due_on": due, "done_on": done, "impact": impact}  # fmt: skip
        for action in actions:
            yield "link", {"from_kind": "commitment", "from_uuid": key, "to_kind": "action",
                           "to_uuid": action}  # fmt: skip
    for point, state, comment, actions in steering.CONFORMITY:
        yield "conformity", {"key": f"point_{point}", "ctg_uuid": "niort", "point": point, "state": state,
                             "comment": comment, "checked_on": "2026-09-01"}  # fmt: skip
        for action in actions:
            yield "link", {"from_kind": "conformity", "from_uuid": f"point_{point}", "to_kind": "action",
                           "to_uuid": action}  # fmt: skip
    yield from _posts()
    quantities = (("forfait_place_2023", 12), ("bonus_rpe_etp", 5.5), ("bonus_laep_heure", 400))
    for parameter, quantity in quantities:
        yield "bonus", {"ctg_uuid": "niort", "year": 2026, "parameter": parameter, "quantity": quantity,
                        "source": "quantité fictive"}  # fmt: skip


def _posts() -> Iterator[tuple[str, Row]]:
    posts = (("post1", "Chargé de coopération CTG", "CA du Niortais", "epci", 1.0, ""),
             ("post2", "Chargé de coopération petite enfance", "Ville de Niort", "commune", 0.5,
              "2026-07-01"))  # fmt: skip
    for rank, (key, title, employer, kind, fte, vacant) in enumerate(posts, start=1):
        yield "post", {"key": key, "ctg_uuid": "niort", "rank": rank, "title": title, "employer": employer,
                       "employer_kind": kind, "fte": fte, "starts_on": "2024-01-01",
                       "vacant_from": vacant}  # fmt: skip
        for year in YEARS[:3]:
            for funder, cents in (("Caf des Deux-Sèvres", 2400000), (employer, 2600000)):
                yield "funding", {"post_uuid": key, "year": year, "funder": funder, "state": "vote",
                                  "amount_cents": round(cents * fte)}  # fmt: skip


def _steering() -> Iterator[tuple[str, Row]]:
    names = "\n".join(name for _, _, name, *_ in more.PARTIES)
    for rank, (key, kind, title) in enumerate(
        (("i_copil", "pilotage", "Comité de pilotage"), ("i_cotech", "technique", "Comité technique"),
         ("i_groupe", "groupe", "Groupe petite enfance")), start=1,
    ):  # fmt: skip
        yield "instance", {"key": key, "owner_kind": "ctg", "owner_uuid": "niort", "rank": rank, "kind": kind,
                           "title": title, "composition": names.replace("\n", " | ")}  # fmt: skip
    for key, instance, title, on, at, place, status, agenda in steering.MEETINGS:
        yield "meeting", {"key": key, "instance_uuid": instance, "title": title, "held_on": on,
                          "starts_at": at, "place": place, "status": status}  # fmt: skip
        for rank, (point, target) in enumerate(agenda, start=1):
            yield "agenda", {"key": f"{key}_{rank}", "meeting_uuid": key, "rank": rank, "title": point,
                             "target": target}  # fmt: skip
        for rank, name in enumerate(names.split("\n"), start=1):
            state = "excusee" if (key, rank) in (("m2", 4), ("m3", 5)) else "presente"
            yield "attendance", {"meeting_uuid": key, "rank": rank, "organisation": name, "state": state}
    numbers: dict[str, int] = {}
    for meeting, text, owner, due, done, action in steering.DECISIONS:
        numbers[meeting] = numbers.get(meeting, 0) + 1
        yield "decision", {"meeting_uuid": meeting, "number": numbers[meeting], "text": text, "owner": owner,
                           "due_on": due, "done_on": done, "action_uuid": action,
                           "item_uuid": f"{meeting}_{DECIDED[meeting]}"}  # fmt: skip
    for rank, (question, criterion, indicator, source, unit, t0, t1, judgement, argument) in enumerate(
        steering.EVALUATION, start=1
    ):
        yield "evaluation", {
            "owner_kind": "ctg", "owner_uuid": "niort", "rank": rank, "question": question,
            "criterion": criterion, "indicator": indicator, "source": source, "unit": unit, "decimals": 0,
            "t0": t0, "t0_state": 2 if t0 is None else 0, "t0_year": 2023, "t1": t1, "t1_state": 0,
            "t1_year": 2025, "t2_state": 2, "judgement": judgement, "argument": argument, "fictitious": 1,
        }  # fmt: skip


def _mellois() -> Iterator[tuple[str, Row]]:
    yield "ctg", {
        "key": "mellois", "epci": "200069755", "name": "CTG Mellois en Poitou", "scope": "epci",
        "status": "en_cours", "starts_on": "2025-01-01", "ends_on": "2028-12-31", "signed_on": "2024-12-12",
        "fictitious": 1,
    }  # fmt: skip
    for status, on in (("prefiguration", "2024-03-04"), ("diagnostic", "2024-07-01"),
                       ("signee", "2024-12-12"), ("en_cours", "2025-01-01")):  # fmt: skip
        yield "stage", {"ctg_uuid": "mellois", "status": status, "reached_on": on}
    yield from _parties("mellois", "CC Mellois en Poitou", "200069755", "2024-11-18")
    for code in ("acces_droits", "non_recours_accueil", "petite_enfance", "parentalite"):
        yield "theme", {"ctg_uuid": "mellois", "code": code}
    yield from _nodes("mellois", mellois.MELLOIS_NODES)
    ranks: dict[str, int] = {}
    for (
        key,
        node,
        status,
        theme,
        kind,
        title,
        pilot,
        function,
        start,
        end,
        done,
        count,
    ) in mellois.MELLOIS_ACTIONS:
        ranks[node] = ranks.get(node, 0) + 1
        yield "action", {"key": key, "ctg_uuid": "mellois", "node_uuid": node, "rank": ranks[node],
                         "status": status, "theme": theme, "kind": kind, "title": title,
                         "pilot_organisation": pilot, "pilot_function": function, "starts_on": start,
                         "ends_on": end, "fictitious": 1}  # fmt: skip
        for rank, step in enumerate(mellois.MELLOIS_STEPS[:count], start=1):
            year, month = int(start[:4]) + (rank + 1) // 3, 3 * (rank % 3) + 3
            planned = min(f"{year}-{month:02d}-28", end)
            yield "step", {"action_uuid": key, "rank": rank, "title": step, "planned_on": planned,
                           "done_on": planned if rank <= done else ""}  # fmt: skip


def _parties(ctg: str, name: str, code: str, on: str) -> Iterator[tuple[str, Row]]:
    for rank, (kind, who, what) in enumerate(
        (("caf", "Caf des Deux-Sèvres", "79"), ("epci", name, code)), start=1
    ):
        yield "party", {"ctg_uuid": ctg, "rank": rank, "kind": kind, "name": who, "code": what,
                        "deliberation_expected": 1, "deliberation_on": on}  # fmt: skip


def _bocage() -> Iterator[tuple[str, Row]]:
    yield "ctg", {
        "key": "bocage", "epci": "200040244", "name": "CTG du Bocage Bressuirais", "scope": "epci",
        "status": "diagnostic", "starts_on": "2027-01-01", "ends_on": "2030-12-31",
        "cej_ends_on": "2026-12-31", "fictitious": 1,
    }  # fmt: skip
    for status, on, planned in (("prefiguration", "2026-02-10", ""), ("diagnostic", "2026-06-02", ""),
                                ("signee", "", "2026-12-15")):  # fmt: skip
        yield "stage", {"ctg_uuid": "bocage", "status": status, "reached_on": on, "planned_on": planned}
    yield from _parties("bocage", "CA du Bocage Bressuirais", "200040244", "")
    for rank, (theme, text) in enumerate(
        (("petite_enfance", "L’offre repose sur l’accueil individuel, qui vieillit."),
         ("jeunesse", "Les jeunes partent étudier et reviennent peu.")), start=1,
    ):  # fmt: skip
        yield "finding", {"ctg_uuid": "bocage", "rank": rank, "theme": theme, "text": text, "fictitious": 1}


if __name__ == "__main__":
    sys.exit(main())
