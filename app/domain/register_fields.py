"""Fields of a service as people type them: on a form, in a table, in a file. One list for all three."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.register_lists import load_choices, load_kinds

SITE, EQUIPMENT, GROUP = "site", "equipment", "group"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field. kind: text, integer, number, date, boolean, choice, commune, communes, points.

    target: what holds it (site, equipment, group). bulk: may be changed for several services at once.
    choices: name of the list of accepted words. high: largest number accepted.
    """

    code: str
    label: str
    kind: str = "text"
    target: str = EQUIPMENT
    choices: str = ""
    bulk: bool = False
    high: float = 0
    synonyms: tuple[str, ...] = ()

    def options(self) -> tuple[tuple[str, str], ...]:
        """Return (code, label) of each accepted word."""
        if self.choices == "kind":
            return tuple((kind.code, kind.label) for kind in load_kinds().values())
        if not self.choices:
            return ()
        return tuple((choice.code, choice.label) for choice in load_choices(self.choices).values())


PLACES_AT_MOST = 2_000
"""Places of one service: far above any; a larger number is another quantity, or two cells stuck together."""
HOURS_AT_MOST = 8_784
"""Hours of a leap year."""
FTE_AT_MOST = 1_000

FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("uuid", "Identifiant", synonyms=("uuid", "id maillage")),
    FieldSpec(
        "kind",
        "Type",
        "choice",
        choices="kind",
        synonyms=("type de service", "type d’équipement", "catégorie", "service", "nature de l’équipement"),
    ),
    FieldSpec(
        "name",
        "Nom",
        synonyms=(
            "nom de l’équipement",
            "dénomination",
            "intitulé",
            "nom de la structure",
            "EQUIP_NOM",
            "structure",
            "équipement",
        ),
    ),
    FieldSpec(
        "code_commune",
        "Code commune",
        "commune",
        SITE,
        synonyms=(
            "code insee",
            "insee",
            "depcom",
            "codgeo",
            "insee_com",
            "com",
            "code_insee",
            "code commune insee",
        ),
    ),
    FieldSpec(
        "commune",
        "Commune",
        "commune",
        SITE,
        synonyms=("libcom", "ville", "nom commune", "localité", "COLL_NOM"),
    ),
    FieldSpec("site", "Site", "text", SITE, synonyms=("nom du site", "lieu", "bâtiment")),
    FieldSpec("address", "Adresse", "text", SITE, synonyms=("adresse postale", "rue", "ADR_NOMVOI")),
    FieldSpec(
        "lon", "Longitude", "number", SITE, high=180, synonyms=("lon", "lng", "long", "x", "EQUIP_LONG")
    ),
    FieldSpec("lat", "Latitude", "number", SITE, high=90, synonyms=("lat", "y", "EQUIP_LAT")),
    FieldSpec("status", "Statut", "choice", choices="status", bulk=True, synonyms=("état",)),
    FieldSpec("status_on", "Depuis le", "date", bulk=True, synonyms=("suspendu depuis",)),
    FieldSpec("manager", "Gestionnaire", bulk=True, synonyms=("organisme gestionnaire", "porteur")),
    FieldSpec(
        "manager_kind",
        "Nature du gestionnaire",
        "choice",
        choices="manager_kind",
        bulk=True,
        synonyms=("type de gestionnaire", "statut du gestionnaire"),
    ),
    FieldSpec("opened_on", "Ouverture", "date", bulk=True, synonyms=("date d’ouverture", "ouvert le")),
    FieldSpec("closed_on", "Fermeture", "date", bulk=True, synonyms=("date de fermeture", "fermé le")),
    FieldSpec(
        "licence_from",
        "Début d’agrément",
        "date",
        bulk=True,
        synonyms=("agrément du", "date d’agrément", "début agrément"),
    ),
    FieldSpec(
        "licence_to",
        "Fin d’agrément",
        "date",
        bulk=True,
        synonyms=("agrément au", "échéance", "fin agrément", "échéance d’agrément"),
    ),
    FieldSpec(
        "licensed_places",
        "Places agréées",
        "integer",
        high=PLACES_AT_MOST,
        synonyms=("places", "capacité", "capacité agréée", "nombre de places", "agrément"),
    ),
    FieldSpec(
        "opened", "Places ouvertes", "integer", GROUP, high=PLACES_AT_MOST, synonyms=("places installées",)
    ),
    FieldSpec(
        "funding", "Financement", "choice", GROUP, choices="funding", synonyms=("mode de financement",)
    ),
    FieldSpec("itinerant", "Itinérant", "boolean", bulk=True, synonyms=("itinérance",)),
    FieldSpec(
        "points", "Points", "points", synonyms=("points d’itinérance", "points et jours", "lieux d’accueil")
    ),
    FieldSpec("served", "Communes desservies", "communes", bulk=True, synonyms=("communes couvertes",)),
    FieldSpec(
        "hours_per_year",
        "Heures d’ouverture par an",
        "number",
        bulk=True,
        high=HOURS_AT_MOST,
        synonyms=("heures par an", "heures annuelles", "heures d’ouverture"),
    ),
    FieldSpec("fte", "ETP", "number", bulk=True, high=FTE_AT_MOST, synonyms=("équivalent temps plein",)),
    FieldSpec("source", "Source", bulk=True, synonyms=("origine",)),
    FieldSpec(
        "source_year", "Année de la source", "integer", bulk=True, high=2100, synonyms=("année", "annee")
    ),
    FieldSpec("reliability", "Fiabilité", "choice", choices="reliability", bulk=True),
    FieldSpec("fictitious", "Fictif", "boolean", bulk=True, synonyms=("exemple",)),
    FieldSpec("note", "Note", bulk=True, synonyms=("observation", "remarque", "commentaire")),
)
"""Every field, in the order of a table."""

BY_CODE: dict[str, FieldSpec] = {spec.code: spec for spec in FIELDS}
