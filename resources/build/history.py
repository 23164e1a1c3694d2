"""Tables that follow communes and Epci over the years: former codes, membership, populations, names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from resources.build import words
from resources.build.facts import FIRST, LATEST, NO_EPCI, OLDEST, PACKAGE, Facts, departement_of, write
from resources.build.lists import OVERSEAS
from resources.build.tables import intervals

# Seat of the Epci whose most populated département is not that of the seat (DGCL, list of 2025).
SEATS = {"200041887": "70", "200068765": "04", "200073096": "07"}


def write_former(facts: Facts) -> tuple[str, int]:
    """Codes and names that are no longer those of a commune, with the commune that holds them."""
    rows = sorted({*_former_codes(facts), *_former_names(facts)})
    head = [
        "Anciens codes et anciens noms de communes, et la commune qui les porte ensuite",
        "kind : fusion (commune d’une liste 2014-2025), deleguee, associee, ancien-code, renommee",
        f"Source : {PACKAGE}, listes {FIRST} à {LATEST} ; Insee, tables d’appartenance 2014-2024 (79 et 52)",
    ]
    return write("former.csv", head, "code name departement commune kind", iter(rows))


def _former_codes(facts: Facts) -> Iterator[tuple[str, str, str, str, str]]:
    names = _known_names(facts)
    seen: set[str] = set()
    current = facts.latest.current()
    # The list just after a merger says it best: newer ones are heard only for codes unknown to older ones.
    for lists in facts.lists.values():
        for code, (parent, name, kind) in lists.parents().items():
            if code == parent or code in seen or code in lists.current():
                continue
            seen.add(code)
            merged = code in names and code not in current
            yield (
                code,
                words.clean(name or names.get(code, "")),
                departement_of(code),
                parent,
                ("fusion" if merged else kind),
            )


def _known_names(facts: Facts) -> dict[str, str]:
    """Names of all codes that were a commune in one of the lists."""
    names = {row["code_commune"]: row["nom_commune"] for row in facts.older}
    for lists in facts.lists.values():
        names.update((code, row["nom"]) for code, row in lists.current().items())
    return names


def _former_names(facts: Facts) -> Iterator[tuple[str, str, str, str, str]]:
    current = facts.latest.current()
    pairs = [(row["code_commune"], row["nom_commune"]) for row in facts.older]
    for lists in facts.lists.values():
        pairs += [(code, row["nom"]) for code, row in lists.current().items()]
        pairs += [
            (row["code"], row["nom"])
            for row in lists.communes
            if row["type"].startswith("commune-del") and row["code"] == row["chefLieu"]
        ]
    for code, name in set(pairs):
        if code in current and words.same(name) != words.same(current[code]["nom"]):
            yield code, words.clean(name), departement_of(code), code, "renommee"


def memberships(facts: Facts) -> dict[int, dict[str, str]]:
    """Code of the Epci of every commune that existed, by millésime; empty text for a commune without Epci."""
    found: dict[int, dict[str, str]] = {year: {} for year in range(OLDEST, LATEST + 1)}
    for row in facts.older:
        if int(row["annee"]) < FIRST:
            code = "" if row["siren_epci"] == NO_EPCI else row["siren_epci"]
            found[int(row["annee"])][row["code_commune"]] = code
    for year, lists in facts.lists.items():
        members = lists.membership()
        found[year] = {code: members.get(code, "") for code in lists.current()}
    return found


def write_membership(facts: Facts) -> tuple[str, int]:
    """Membership as intervals of millésimes; it also tells when each commune existed."""
    head = [
        "Appartenance des communes aux EPCI, par intervalles de millésimes",
        f"{FIRST} à {LATEST} pour la France, {OLDEST} à {LATEST} pour les Deux-Sèvres et la Haute-Marne",
        "code_epci vide : commune sans EPCI ; une commune absente d’un millésime n’existait pas",
        "Millésime 2026 : liste de la DGCL de 2025 reportée sur les communes de 2026, voir vintages.csv",
        f"Source : {PACKAGE} ; Insee, tables d’appartenance géographique 2014-2020 (79 et 52)",
    ]
    return write(
        "membership.csv", head, "code_commune code_epci from to", iter(intervals(memberships(facts)))
    )


def populations(facts: Facts) -> dict[int, dict[str, int]]:
    """Legal municipal population by census year 2018 to 2023 (in force three years later).

    The list of Epci holds the population in force at its date; the list of communes published the year after
    completes it for communes without Epci, in metropolitan France.
    """
    lists = facts.lists
    newer = {2019: 2021, 2020: 2023, 2022: 2024}  # census year -> list of communes that holds it
    found: dict[int, dict[str, int]] = {}
    for year in range(2018, 2023):
        extra = lists[newer[year]].populations() if year in newer else {}
        islands = {code: n for code, n in extra.items() if not code.startswith(OVERSEAS)}
        exists = lists[year + 3].current()
        found[year] = {
            code: n for code, n in (islands | lists[year + 3].member_populations()).items() if code in exists
        }
    found[2023] = facts.latest.populations()
    return found


def write_populations(facts: Facts) -> tuple[str, int]:
    """Legal municipal populations, one column a census year."""
    found = populations(facts)
    codes = sorted({code for values in found.values() for code in values})
    rows = ((code, *(found[year].get(code) for year in sorted(found))) for code in codes)
    head = [
        "Populations municipales légales, par année de recensement",
        "Une population légale entre en vigueur trois ans plus tard, dans la géographie de cette date",
        "Mayotte : recensement de 2017 pour toutes les années ; communes sans EPCI : 2018 et 2021 inconnues",
        f"Source : {PACKAGE}",
    ]
    return write("populations.csv", head, " ".join(["code", *map(str, sorted(found))]), rows)


def write_epcis(facts: Facts) -> tuple[str, int]:
    """Epci by interval of millésimes during which name and nature stay."""
    seats = _seats(facts)
    rows = (
        (code, name, words.short_epci(name), nature, seats[code], first, last)
        for code, label, first, last in _epci_runs(facts)
        for nature, name in [label]
    )
    head = [
        "EPCI à fiscalité propre, par intervalle de millésimes où le nom et la nature restent les mêmes",
        f"{FIRST} à {LATEST} pour la France ; 2014 à {LATEST} pour ceux des Deux-Sèvres et de la Haute-Marne",
        "departement : celui du siège (DGCL 2025) ; à défaut, celui où vit le plus d’habitants",
        f"Source : {PACKAGE} ; Insee, tables d’appartenance géographique 2014-2020 (79 et 52)",
    ]
    return write("epci.csv", head, "code name short_name nature departement from to", rows)


def _epci_runs(facts: Facts) -> list[tuple[str, tuple[str, str], int, int]]:
    labels: dict[int, dict[str, tuple[str, str]]] = {year: {} for year in range(OLDEST, LATEST + 1)}
    for row in facts.older:
        if int(row["annee"]) < FIRST and row["siren_epci"] != NO_EPCI:
            labels[int(row["annee"])][row["siren_epci"]] = (row["nom_epci"][:2].upper(), row["nom_epci"])
    for year, lists in facts.lists.items():
        labels[year] = {epci["code"]: (words.NATURES[epci["type"]], epci["nom"]) for epci in lists.epcis}
    latest: dict[tuple[str, str, str], tuple[str, str]] = {}
    keys: dict[int, dict[str, str]] = {year: {} for year in labels}
    for year in sorted(labels):  # a change of spelling only is no change: the newest spelling is kept
        for code, (nature, name) in labels[year].items():
            key = f"{nature} {words.same(name)}"
            keys[year][code] = key
            latest[code, nature, key] = (nature, words.clean(name))
    return [(code, latest[code, key[:2], key], first, last) for code, key, first, last in intervals(keys)]


def _seats(facts: Facts) -> dict[str, str]:
    weights: dict[str, Counter[str]] = {}
    for row in facts.older:
        if row["siren_epci"] != NO_EPCI:
            weights.setdefault(row["siren_epci"], Counter())[row["departement"]] += 1
    seats = {code: count.most_common(1)[0][0] for code, count in weights.items()}
    for lists in facts.lists.values():
        for epci in lists.epcis:
            inhabitants: Counter[str] = Counter()
            for member in epci["membres"]:
                inhabitants[departement_of(member["code"])] += int(member["populationMunicipale"])
            seats[epci["code"]] = inhabitants.most_common(1)[0][0]
    return seats | SEATS
