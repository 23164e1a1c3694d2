"""The sections of a booklet in the order of its plan; one that cannot be made says so, the others go on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.domain.claims_fields import LiveField, fill
from app.domain.diagnostic import PlannedSection, section_kinds
from app.domain.errors import DomainError
from app.domain.indicator import Value
from app.domain.sentences import Sentence
from app.domain.territory import Level
from app.progress import SILENT, Progress
from app.services import diagnostics_sections as sections
from app.services import diagnostics_synthesis as synthesis
from app.services.diagnostics_conventions import ConventionSections
from app.services.diagnostics_networks import key_of, wide_pages
from app.services.diagnostics_partners import PartnerSections, absent_items
from app.services.diagnostics_people import caf
from app.services.diagnostics_portrait import portrait

if TYPE_CHECKING:
    from app.services.diagnostics_study import Study
    from reports.diagnostic_content import Item, SectionContent

LOG = logging.getLogger(__name__)
GLOSSARY = "glossaire"
CHILDHOOD = ("eaje", "micro_creche", "mam")
YOUTH = ("alsh", "ludotheque", "paej", "ps_jeunes", "fjt")
PARENTS = ("laep", "clas", "mediation", "espace_rencontre")
SOCIAL = ("centre_social", "evs")
RIGHTS = ("france_services",)
RIGHTS_ABSENT = (
    ("Logement", "l’écrire dans le texte de cette section, avec sa source (aides au logement, data.caf.fr)"),
    ("Handicap", "l’écrire dans le texte de cette section, avec sa source (Département, MDPH, Msa)"),
    ("Non-recours", "saisir les sources locales au plan d’actions, thème accès aux droits"),
)


class Assembler:
    """Makes the content of each section of one study."""

    def __init__(self, study: Study, partners: PartnerSections, conventions: ConventionSections) -> None:
        self.study = study
        self.partners = partners
        self.conventions = conventions
        self._makers: dict[str, Callable[[], list[Item]]] = {
            "synthese": self._synthesis,
            "cadre": lambda: synthesis.method(study),
            "portrait": lambda: portrait(study),
            "population_caf": lambda: caf(study),
            "petite_enfance": self._childhood,
            "enfance_jeunesse": self._youth,
            "parentalite": self._parents,
            "animation": self._social,
            "acces": self._rights,
            "maillage": lambda: partners.rules.items(study),
            "financement": lambda: conventions.funding(study),
            "actions": lambda: conventions.actions(study),
            "liens": lambda: conventions.links(study),
        }

    def sections(
        self, plan: Sequence[PlannedSection], progress: Progress = SILENT
    ) -> tuple[SectionContent, ...]:
        """Return the sections switched on, in order; the glossary explains the words of the others."""
        wanted = [section for section in plan if section.enabled]
        made = {}
        for rank, section in enumerate(wanted):
            progress.report(rank / max(len(wanted), 1), section_kinds()[section.code].title)
            if section.code != GLOSSARY:
                made[section.code] = self.section(section)
        words = list(_words(made.values()))
        for section in wanted:
            if section.code == GLOSSARY:
                made[GLOSSARY] = self._content(section, synthesis.glossary(words))
        return tuple(made[section.code] for section in wanted)

    def section(self, planned: PlannedSection) -> SectionContent:
        """Return one section; an error of the base is said in its place, never an empty page."""
        try:
            return self._content(planned, self._makers[planned.code]())
        except DomainError:
            LOG.exception("section %s", planned.code)
            return self._content(planned, [], failed=True)

    def _content(self, planned: PlannedSection, items: list[Item], *, failed: bool = False) -> SectionContent:
        from reports.diagnostic_content import SectionContent

        kind = section_kinds()[planned.code]
        return SectionContent(
            code=planned.code,
            number=kind.number,
            title=planned.title or kind.title,
            own=fill(planned.text, self.lookup) if planned.text.strip() else (),
            items=tuple(items),
            failed=failed,
        )

    def lookup(self, asked: LiveField) -> Value | None:
        """Value of a live field; None when the base holds nothing for it."""
        study = self.study
        levels = {
            "": (Level.EPCI, study.epci.code),
            "departement": (Level.DEPARTEMENT, study.departement),
            "region": (Level.REGION, study.territory.reference.departement(study.departement).code_region),
            "france": (Level.FRANCE, "FR"),
        }
        level, code = levels[asked.reference]
        held = study.figures.years(asked.indicator, level)
        if asked.year is not None:
            return (
                study.figures.value(asked.indicator, level, code, asked.year) if asked.year in held else None
            )
        return study.figures.latest(asked.indicator, level, code, study.options.year)

    # -- sections -----------------------------------------------------------------------------------

    def _synthesis(self) -> list[Item]:
        beyond = self.partners.prospects(self.study)
        return synthesis.synthesis(self.study, beyond, self.conventions.issues(self.study))

    def _childhood(self) -> list[Item]:
        from reports.diagnostic_content import Title

        study, partners = self.study, self.partners
        networks = partners.networks
        items = sections.childhood(study)
        items += [Title("Établissements d’accueil"), *sections.establishments(study)]
        items += networks.said_of(study, "eaje")
        items += partners.equipment(study, CHILDHOOD, "Établissements d’accueil du jeune enfant", places=True)
        items += partners.lists.flows(study, CHILDHOOD)
        items += [Title("Assistants maternels"), *partners.lists.minders(study, networks.minders(study))]
        items += [Title("Relais petite enfance"), *networks.said_of(study, "rpe")]
        items += partners.equipment(study, ("rpe",), "Relais petite enfance")
        inside = [networks.communes_map(study, network) for network in ("eaje", "rpe")]
        maps = [area for area in inside if area is not None]
        return [*items, *wide_pages("Établissements et relais, par commune", maps), *networks.four(study)]

    def _network(self, network: str) -> list[Item]:
        """What is known of a network in the Epci, and the map of its communes and points."""
        networks = self.partners.networks
        area = networks.communes_map(self.study, network)
        return [*networks.said_of(self.study, network), *([area] if area is not None else [])]

    def _youth(self) -> list[Item]:
        found = sections.counts(self.study, ("alsh",))
        return [
            *found,
            *self.partners.lists.totals(self.study, YOUTH),
            *self.partners.equipment(self.study, YOUTH, "Enfance et jeunesse", places=True),
        ]

    def _parents(self) -> list[Item]:
        from reports.diagnostic_content import Title

        study, partners = self.study, self.partners
        items: list[Item] = [Title("Lieux d’accueil enfants-parents"), *self._shown_once("laep")]
        items += self._network("laep")
        items += [Title("Clas, médiation et autres services"), *partners.lists.totals(study, PARENTS[1:])]
        items += partners.equipment(study, PARENTS, "Appui aux parents")
        missing = [("Actions du Reaap", "les saisir au plan d’actions de la CTG, thème parentalité")]
        items += absent_items(missing)
        basket = partners.lists.basket(study)
        return [*items, Title("Panier de services"), *basket] if basket else items

    def _social(self) -> list[Item]:
        study, partners = self.study, self.partners
        items: list[Item] = [*self._shown_once("avs"), *partners.networks.said_of(study, "avs")]
        area = partners.networks.communes_map(study, "avs", zones=partners.lists.zones(study, "qpv"))
        items += [area] if area is not None else []
        items += partners.equipment(study, SOCIAL, "Animation de la vie sociale")
        return [*items, *partners.lists.licences(study), *partners.lists.qpv(study)]

    def _shown_once(self, network: str) -> list[Item]:
        """The map of a network in the département, unless a section before has shown it."""
        networks = self.partners.networks
        if key_of(network) in self.study.placed:
            return []
        area = networks.map_of(self.study, network)
        return [area] if area is not None else []

    def _rights(self) -> list[Item]:
        found = self.partners.equipment(self.study, RIGHTS, "Accès aux droits")
        return [*found, *absent_items(RIGHTS_ABSENT)]


def _words(contents: object) -> list[str]:
    """Every French text of sections, to find the terms to explain."""
    found: list[str] = []
    waiting = [contents]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            found.append(item)
        elif isinstance(item, Sentence):
            found.append(item.text)
        elif isinstance(item, Value):
            found.append(item.indicator.label)
        elif isinstance(item, tuple | list):
            waiting += item
        elif hasattr(item, "__iter__") and not hasattr(item, "__dataclass_fields__"):
            waiting += list(item)
        else:
            fields = getattr(item, "__dataclass_fields__", {})
            waiting += [
                getattr(item, name) for name in fields if name not in ("choropleth", "names", "sources")
            ]
    return found
