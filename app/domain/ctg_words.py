"""French words for the codes of CTG, plans and steering; the interface and the papers use the same."""

from __future__ import annotations

from app.domain.action import ActionKind, ActionState, CafRole, NodeKind, OriginKind
from app.domain.budget import MoneyState, Nature
from app.domain.conformity import PointState
from app.domain.ctg import AmendmentKind, CtgStatus, PartyKind, Scope
from app.domain.steering import InstanceKind, MeetingStatus, Presence

CTG_STATUS: dict[CtgStatus, str] = {
    CtgStatus.PREFIGURATION: "Préfiguration",
    CtgStatus.DIAGNOSTIC: "Diagnostic",
    CtgStatus.SIGNED: "Signée",
    CtgStatus.RUNNING: "En cours",
    CtgStatus.EVALUATION: "Évaluation",
    CtgStatus.RENEWED: "Renouvelée",
    CtgStatus.EXPIRED: "Échue",
}
SCOPE: dict[Scope, str] = {
    Scope.EPCI: "un EPCI",
    Scope.EPCIS: "plusieurs EPCI",
    Scope.COMMUNE: "une ou plusieurs communes",
    Scope.DEPARTEMENT: "un département",
}
PARTY: dict[PartyKind, str] = {
    PartyKind.CAF: "Caf",
    PartyKind.EPCI: "EPCI",
    PartyKind.COMMUNE: "Communes",
    PartyKind.DEPARTEMENT: "Département",
    PartyKind.REGION: "Région",
    PartyKind.MSA: "MSA",
    PartyKind.STATE: "État",
    PartyKind.EDUCATION: "Éducation nationale",
    PartyKind.HEALTH: "Agence régionale de santé",
    PartyKind.ASSOCIATION: "Association",
    PartyKind.OTHER: "Autre",
}
AMENDMENT: dict[AmendmentKind, str] = {
    AmendmentKind.JOINING: "adhésion",
    AmendmentKind.THEME: "nouveau thème",
    AmendmentKind.PROLONGATION: "prolongation",
    AmendmentKind.SCHEMA: "schéma de maintien et de développement",
    AmendmentKind.OTHER: "autre objet",
}
NODE: dict[NodeKind, str] = {
    NodeKind.ISSUE: "Enjeu",
    NodeKind.STRATEGIC: "Objectif stratégique",
    NodeKind.OPERATIONAL: "Objectif opérationnel",
}
ACTION_STATE: dict[ActionState, str] = {
    ActionState.TO_START: "À lancer",
    ActionState.RUNNING: "En cours",
    ActionState.DONE: "Réalisée",
    ActionState.POSTPONED: "Reportée",
    ActionState.DESCHEDULED: "Déprogrammée",
    ActionState.DROPPED: "Abandonnée",
    ActionState.CONDITIONAL: "Conditionnée",
}
ACTION_KIND: dict[ActionKind, str] = {
    ActionKind.MAINTAIN: "Maintien",
    ActionKind.DEVELOP: "Développement",
    ActionKind.REDEPLOY: "Redéploiement",
    ActionKind.CREATE: "Création",
}
ORIGIN: dict[OriginKind, str] = {
    OriginKind.FINDING: "constat du diagnostic",
    OriginKind.NATIONAL: "déclinaison nationale",
    OriginKind.LOCAL: "politique locale",
    OriginKind.GAP: "lacune du maillage",
}
CAF_ROLE: dict[CafRole, str] = {
    CafRole.ALONE: "seule",
    CafRole.COMPLEMENT: "en complément",
    CafRole.SUBSIDIARY: "en subsidiarité",
}
NATURE: dict[Nature, str] = {Nature.RUNNING: "Fonctionnement", Nature.CAPITAL: "Investissement"}
MONEY: dict[MoneyState, str] = {
    MoneyState.PLANNED: "prévu",
    MoneyState.VOTED: "voté",
    MoneyState.PAID: "payé",
}
POINT_STATE: dict[PointState, str] = {
    PointState.MET: "Justifié",
    PointState.PARTIAL: "Partiel",
    PointState.MISSING: "Manquant",
}
INSTANCE: dict[InstanceKind, str] = {
    InstanceKind.STEERING: "Comité de pilotage",
    InstanceKind.TECHNICAL: "Comité technique",
    InstanceKind.GROUP: "Groupe thématique",
    InstanceKind.CDSF: "Comité départemental des services aux familles",
    InstanceKind.OTHER: "Autre instance",
}
MEETING: dict[MeetingStatus, str] = {
    MeetingStatus.PREPARED: "Préparée",
    MeetingStatus.HELD: "Tenue",
    MeetingStatus.CANCELLED: "Annulée",
}
PRESENCE: dict[Presence, str] = {
    Presence.PRESENT: "présente",
    Presence.EXCUSED: "excusée",
    Presence.ABSENT: "absente",
}
NOTE_KINDS: dict[str, str] = {
    "force": "Forces",
    "faiblesse": "Faiblesses",
    "opportunite": "Opportunités",
    "menace": "Menaces",
}
