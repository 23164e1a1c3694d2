"""The tables we know, told by their headers: columns needed, our names for them, level held."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import resources
from app.domain.dictionary import load_indicators, load_sources
from app.domain.french import fold
from app.domain.territory import Level
from app.ingestion.fields import Field
from app.ingestion.producers import in_force, millesime

CNAF = "cnaf_txcouv"
BIRTHS = "insee_naissances"
BPE = "insee_bpe"
POPULATION = "insee_population"
VALUES = "valeurs"
"""Variant of the tables of one series a column, at any level."""

LEVEL_NAMES = {
    Level.FRANCE: "France",
    Level.REGION: "région",
    Level.DEPARTEMENT: "département",
    Level.EPCI: "EPCI",
    Level.COMMUNE: "commune",
    Level.ARRONDISSEMENT: "arrondissement",
}


@dataclass(frozen=True, slots=True)
class Role:
    """What a column is for: code of the role, our French name, regular expression of its folded header."""

    code: str
    name: str
    pattern: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """A kind of table: source, variant, label, columns needed and columns that may be there.

    given: headers that the user named for some roles, whatever they look like; an empty one means « no
    column ».
    """

    source: str
    variant: str
    label: str
    needed: tuple[Role, ...]
    useful: tuple[Role, ...] = ()
    given: tuple[tuple[str, str], ...] = ()

    def millesime(self, year: int) -> int:
        """Return the year of the geography of the codes, for figures that go up to a year."""
        return millesime(self.source, year)

    @property
    def code(self) -> str:
        """Short code, as the command line takes it: « cnaf_txcouv-epci »."""
        return f"{self.source}-{self.variant}"

    @property
    def fields(self) -> tuple[Field, ...]:
        """Roles as fields, for the user to match with columns."""
        return tuple(
            Field(role.code, role.name, role in self.needed, "number" if role.numeric else "text")
            for role in (*self.needed, *self.useful)
        )

    def with_columns(self, given: Mapping[str, str]) -> Model:
        """Return the model for a table whose columns the user named: role code -> header."""
        return replace(self, given=tuple(given.items()))

    def columns(self, headers: Sequence[str]) -> dict[str, int]:
        """Return the place of each role found in the headers."""
        said = dict(self.given)
        found = {role: headers.index(header) for role, header in said.items() if header in headers}
        roles = [role for role in (*self.needed, *self.useful) if role.code not in said]
        for place, header in enumerate(headers):
            folded = fold(header)
            for role in roles:
                if place in found.values():
                    break
                if role.code not in found and re.fullmatch(role.pattern, folded):
                    found[role.code] = place
        return found

    def missing(self, headers: Sequence[str]) -> tuple[str, ...]:
        """Return our names of the needed columns that are not there."""
        found = self.columns(headers)
        return tuple(role.name for role in self.needed if role.code not in found)

    def role(self, code: str) -> Role | None:
        """Return the role of that code."""
        return next((role for role in (*self.needed, *self.useful) if role.code == code), None)


_YEAR = Role("year", "Année", r"annee|an|date|dtref|millesime")
_MEASURES = (
    ("eaje", "Eaje", "eaje"),
    ("prescol", "Préscol.", "prescol"),
    ("am", "Assist. mat.", "am(?: ind)?"),
    ("gad", "Garde dom.", "gad(?: ind)?"),
)
_CNAF_LEVELS = (
    # level, suffix, header of the code, our name of it, header of the name
    (Level.EPCI, "epci", r"num ?epci|epci|siren epci", "Code EPCI", r"nom ?epci"),
    (Level.COMMUNE, "com", r"num ?com(?:mune)?|codgeo", "Code commune", r"nom ?com(?:mune)?"),
    (Level.DEPARTEMENT, "dep", r"num ?dep(?:artement)?", "Département", r"nom ?dep(?:artement)?"),
    (Level.REGION, "reg", r"num ?reg(?:i|ion)?", "Région", r"nom ?reg(?:i|ion)?"),
    (Level.FRANCE, "nat", r"national|num ?nat", "Territoire", r"nom ?nat(?:ional)?"),
)


def _cnaf(level: Level, suffix: str, code: str, code_name: str, name: str) -> Model:
    parts = tuple(
        Role(role, label, rf"txcouv {middle}(?: {suffix})?", numeric=True)
        for role, label, middle in _MEASURES
    )
    total = Role("global", "Global", rf"txcouv(?: {suffix})?", numeric=True)
    label = f"Cnaf, couverture petite enfance par {LEVEL_NAMES[level]}"
    if level is Level.FRANCE:
        label = "Cnaf, couverture petite enfance en France"
    return Model(
        CNAF,
        suffix,
        label,
        (_YEAR, Role("code", code_name, code), total),
        (Role("name", "Nom", name), *parts),
    )


_MELODI = (
    Role("code", "Code", "geo"),
    Role("object", "Type de zone", "geo object"),
    Role("year", "Année", "time period"),
    Role("value", "Valeur", "obs value", numeric=True),
)
_MELODI_MORE = (
    Role("status", "Statut", "obs status"),
    Role("secret", "Secret", "conf status"),
    Role("frequency", "Fréquence", "freq"),
)
_FACILITIES = in_force(BPE, "facility")
_ANY_CODE = r"com|depcom|codgeo|code geo|num ?comdo|code commune|code insee|code epci|siren|code"


def _values() -> Iterator[Model]:
    """One model a source of `headers.csv`: a code of any level, then as many of its series as there are."""
    roles: dict[str, list[Role]] = {}
    for row in resources.read_table("ingestion", "headers.csv"):
        indicator = load_indicators()[row["indicator"]]
        names = (indicator.label, indicator.short_label, indicator.code)
        pattern = "|".join([row["pattern"], *(re.escape(fold(name)) for name in names)])
        role = Role(indicator.code, indicator.short_label, pattern, numeric=True)
        roles.setdefault(row["source"], []).append(role)
    for source, series in roles.items():
        known = load_sources()[source]
        label = f"{known.producer}, {known.label}"
        year = Role("year", "Année", rf"{_YEAR.pattern}|dtreffre")
        more = (year, Role("name", "Nom", r"lib ?geo|lib ?com|nom ?com(?:mune)?|nom|libelle|commune"))
        yield Model(source, VALUES, label, (Role("code", "Code", _ANY_CODE),), (*more, *series))


def value_columns(model: Model, headers: Sequence[str]) -> dict[str, int]:
    """Return the place of each series that the headers hold, by our indicator."""
    numeric = {role.code for role in model.useful if role.numeric}
    return {code: place for code, place in model.columns(headers).items() if code in numeric}


MODELS: tuple[Model, ...] = (
    *(_cnaf(*level) for level in _CNAF_LEVELS),
    Model(
        BIRTHS,
        "melodi",
        "Insee, naissances par commune",
        (*_MELODI, Role("measure", "Mesure", "ec measure")),
        _MELODI_MORE,
    ),
    Model(
        BPE,
        "melodi",
        "Insee, base permanente des équipements",
        (*_MELODI, Role("facility", "Équipement", "facility type")),
        (Role("measure", "Mesure", "bpe measure"), *_MELODI_MORE),
    ),
    Model(
        POPULATION,
        "melodi",
        "Insee, populations de référence",
        (*_MELODI, Role("measure", "Mesure", "popref measure")),
        _MELODI_MORE,
    ),
    Model(
        BPE,
        "wide",
        "Insee, équipements petite enfance par commune",
        (_YEAR, Role("code", "Code commune", r"depcom|codgeo|com|code commune|code insee")),
        (
            Role("name", "Commune", r"libcom|libgeo|commune|nom commune|libelle"),
            *(
                Role(item.code, item.label, rf"{item.code.lower()}(?: .*)?", numeric=True)
                for item in _FACILITIES
            ),
        ),
    ),
    Model(
        POPULATION,
        "communes",
        "Insee, populations légales des communes",
        (
            Role("code", "Code commune", r"com|depcom|codgeo|code commune|code insee"),
            Role(
                "pmun",
                "Population municipale",
                r"pmun(?: ?\d{2}| ?\d{4})?|population municipale",
                numeric=True,
            ),
        ),
        (
            Role("name", "Commune", r"commune|libgeo|libcom|nom|nom commune|libelle"),
            Role("dep", "Département", r"dep|coddep|code departement"),
            _YEAR,
        ),
    ),
    *_values(),
)


def level_of(model: Model) -> Level:
    """Return the level of a model whose table holds one only, else the commune."""
    return next((level for level, suffix, *_ in _CNAF_LEVELS if suffix == model.variant), Level.COMMUNE)


def fit(headers: Sequence[str]) -> int:
    """Return how well the headers fit the best model: 0 unless all its needed columns are there."""
    model = find_model(headers)
    return 0 if model is None else len(model.columns(headers))


def find_model(headers: Sequence[str]) -> Model | None:
    """Return the model all of whose needed columns are in the headers, the most complete one."""
    fitting = [model for model in MODELS if fits(model, headers)]
    return max(fitting, key=lambda model: _closeness(model, headers), default=None)


def fits(model: Model, headers: Sequence[str]) -> bool:
    """Tell whether all the needed columns of a model are in the headers."""
    found = model.columns(headers)
    if any(role.code not in found for role in model.needed):
        return False
    if model.variant == VALUES:
        return bool(value_columns(model, headers))
    return model.variant != "wide" or any(item.code in found for item in _FACILITIES)


def _closeness(model: Model, headers: Sequence[str]) -> tuple[int, int]:
    columns = model.columns(headers)
    suffixed = sum(fold(headers[place]).endswith(f" {model.variant}") for place in columns.values())
    return suffixed, len(columns)


def closest(headers: Sequence[str], count: int = 3) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the labels of the closest models, with what they miss, those with nothing in common left out."""
    near = [(len(model.columns(headers)), model) for model in MODELS]
    near = [(hits - len(model.missing(headers)), model) for hits, model in near if hits]
    near.sort(key=lambda item: -item[0])
    return tuple((model.label, model.missing(headers)) for _, model in near[:count])
