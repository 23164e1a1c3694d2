"""French sentences of the errors about CTG and steering."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from app.domain import ctg_errors as errors
from app.domain import french
from app.domain.ctg import CtgStatus, Span
from app.domain.ctg_field_words import THING, field_word
from app.domain.ctg_words import ACTION_STATE, CTG_STATUS, NODE
from app.domain.errors import DomainError

Parts = tuple[str, str, str]

NOTHING = "Rien n'a été écrit."
REASONS: dict[str, str] = {
    "date": "une date est attendue, par exemple 31/12/2027",
    "number": "un nombre est attendu",
    "negative": "un nombre positif est attendu",
    "whole": "un nombre entier est attendu",
    "range": "le nombre sort des limites acceptées",
    "empty": "une valeur est attendue",
    "choice": "ce choix n'existe pas",
    "unknown": "ce champ n'existe pas",
    "not_reached": "la CTG n'est pas encore passée par cette étape",
    "duplicate": "il y en a déjà un",
    "too_long": "le texte est trop long",
    "state": "un nombre va avec l'état « valeur » ou « zéro », et une absence sans nombre",
    "itself": "une chose ne peut pas être reliée à elle-même",
    "mail": "l'adresse n'est pas complète",
    "phone": "le numéro contient autre chose que des chiffres",
}
MISSING: dict[str, str] = {
    "communes": "au moins une commune",
    "starts_on": "la date de début",
    "ends_on": "la date de fin",
    "caf": "la Caf parmi les signataires",
    "partner": "un signataire à côté de la Caf",
    "reason": "le motif",
    "decider": "le décideur",
    "decided_on": "la date",
    "progress_reason": "le motif",
}
ORPHANS: dict[str, str] = {
    "meeting": "La décision n'a pas de séance.",
    "item": "Le point de l'ordre du jour n'est pas celui de cette séance.",
    "action": "La fiche de la décision n'existe pas.",
    "other_ctg": "La fiche appartient à une autre CTG que la séance.",
}


def _fact(error: DomainError, name: str) -> str:
    value = error.facts.get(name)
    return "" if value is None else str(value)


def _day(value: object) -> str:
    return french.long_date(value) if isinstance(value, datetime.date) else "une date inconnue"


def _codes(error: DomainError, name: str) -> list[str]:
    value = error.facts.get(name)
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else []


def _status(value: object) -> str:
    return CTG_STATUS[value] if isinstance(value, CtgStatus) else "autre étape"


def _unknown(error: DomainError) -> Parts:
    noun, feminine = THING.get(_fact(error, "kind"), ("élément", False))
    return (
        f"{'Cette' if feminine else 'Ce'} {noun} n'existe plus."
        if noun[0] not in "aeiouéèê"
        else f"{'Cette' if feminine else 'Cet'} {noun} n'existe plus.",
        NOTHING,
        "Une autre action l'a peut-être supprimé : l'historique le dit.",
    )


def _bad_field(error: DomainError) -> Parts:
    why = REASONS.get(_fact(error, "reason"), "la valeur n'est pas acceptée")
    name, value = field_word(_fact(error, "field")) or "ce champ", _fact(error, "value")
    what = f"« {value[:60]} » est refusé pour « {name} »" if value else f"« {name} » est refusé"
    return (f"{what} : {why}.", "La valeur précédente est gardée.", "")


def _end_before_start(error: DomainError) -> Parts:
    start, end = _day(error.facts.get("start")), _day(error.facts.get("end"))
    return (f"La fin, {end}, vient avant le début, {start}.", NOTHING, "Corrigez l'une des deux dates.")


def _transition(error: DomainError) -> Parts:
    allowed = error.facts.get("allowed")
    names = [_status(status) for status in allowed] if isinstance(allowed, (list, tuple)) else []
    remedy = f"Passage possible : {french.listing(names)}." if names else "Aucun passage n'est possible."
    return (
        f"Une CTG « {_status(error.facts.get('current'))} » ne peut pas passer à "
        f"« {_status(error.facts.get('requested'))} ».",
        NOTHING,
        remedy,
    )


def _missing_for_stage(error: DomainError) -> Parts:
    names = [MISSING.get(code, code) for code in _codes(error, "missing")]
    what = french.listing(names) if names else "un élément"
    return (
        f"Le passage à « {_status(error.facts.get('requested'))} » attend {what}.",
        NOTHING,
        "Complétez la CTG, puis recommencez.",
    )


def _out_of_order(error: DomainError) -> Parts:
    return (
        f"« {_status(error.facts.get('requested'))} » au {_day(error.facts.get('on'))} vient avant "
        f"« {_status(error.facts.get('previous'))} » du {_day(error.facts.get('previous_on'))}.",
        NOTHING,
        "Corrigez la date du passage.",
    )


def _signed_after_end(error: DomainError) -> Parts:
    on, end = _day(error.facts.get("on")), _day(error.facts.get("end"))
    return (
        f"La signature, {on}, vient après la fin de la CTG, {end}.",
        NOTHING,
        "Corrigez l'une des deux dates.",
    )


def _overlap(error: DomainError) -> Parts:
    names = _codes(error, "names") or _codes(error, "communes")
    span = error.facts.get("span")
    when = ""
    if isinstance(span, Span) and span.start is not None:
        until = f" au {_day(span.end)}" if span.end else ""
        when = f" (du {_day(span.start)}{until})" if until else f" (depuis le {_day(span.start)})"
    shown = french.listing([*names[:3], f"{len(names) - 3} autres"] if len(names) > 4 else names)
    verb = "est" if len(names) == 1 else "sont"
    return (
        f"{shown or 'Une commune'} {verb} déjà dans la CTG « {_fact(error, 'other')} »{when}.",
        NOTHING,
        "Une commune n'est que dans une CTG à la fois : changez les dates ou les communes.",
    )


def _outside(error: DomainError) -> Parts:
    codes = _codes(error, "codes")
    return (
        f"Ces communes ne sont pas dans la CTG : {', '.join(codes[:6])}."
        if codes
        else "Une commune n'est pas dans la CTG.",
        NOTHING,
        "Choisissez des communes de la CTG, ou ajoutez-les par un avenant.",
    )


def _after_end(error: DomainError) -> Parts:
    name = _fact(error, "name")
    what = f"« {name[:60]} »" if name else "Cette étape"
    return (
        f"{what} est prévue le {_day(error.facts.get('on'))}, après la fin de la CTG "
        f"({_day(error.facts.get('limit'))}).",
        NOTHING,
        "Avancez la date, ou prolongez la CTG par un avenant.",
    )


def _reason(error: DomainError) -> Parts:
    status = error.facts.get("status")
    names = [MISSING.get(code, code) for code in _codes(error, "missing")]
    word = next((text for key, text in ACTION_STATE.items() if key == status), "Cette correction")
    what = f"« {word} »" if word != "Cette correction" else word
    return (f"{what} demande {french.listing(names) or 'un motif'}.", NOTHING, "")


def _cycle(_error: DomainError) -> Parts:
    return ("Ce lien tournerait en rond : les deux éléments se mèneraient l'un à l'autre.", NOTHING, "")


def _parent(error: DomainError) -> Parts:
    kind, parent = _fact(error, "kind"), error.facts.get("parent_kind")
    what = next((text for key, text in NODE.items() if key == kind), "Fiche" if kind == "action" else "")
    where = next((text.lower() for key, text in NODE.items() if key == parent), "")
    place = f"sous un {where}" if where else "à cet endroit"
    return (
        f"{what or 'Cet élément'} ne peut pas être rangé {place}."
        if what != "Fiche"
        else f"Une fiche ne peut pas être rangée {place}.",
        NOTHING,
        "L'ordre est : enjeu, objectif stratégique, objectif opérationnel, fiche.",
    )


def _orphan(error: DomainError) -> Parts:
    happened = ORPHANS.get(_fact(error, "reason"), ORPHANS["meeting"])
    return (happened, NOTHING, "Choisissez la séance, puis une fiche de la même CTG.")


def _frozen(error: DomainError) -> Parts:
    return (f"La vue figée « {_fact(error, 'title')} » reste comme elle a été montrée.", NOTHING, "")


def _document(error: DomainError) -> str:
    return f"Le document « {_fact(error, 'title')} »"


def _document_missing(error: DomainError) -> Parts:
    return (
        f"{_document(error)} n'est plus dans le dossier joint à la base.",
        "",
        "Copiez le dossier « .documents » avec la base, ou attachez de nouveau le fichier.",
    )


def _document_altered(error: DomainError) -> Parts:
    return (
        f"{_document(error)} a été modifié depuis qu'il a été attaché.",
        "",
        "Attachez la nouvelle version, ou remettez l'ancienne dans le dossier joint.",
    )


def _in_use(error: DomainError) -> Parts:
    noun, _ = THING.get(_fact(error, "by"), ("élément", False))
    count = error.facts.get("count")
    several = french.plural(count, noun) if isinstance(count, int) else noun
    return (
        f"« {_fact(error, 'name')} » ne peut pas être supprimé : {several} en dépend"
        f"{'ent' if isinstance(count, int) and count > 1 else ''}.",
        NOTHING,
        "Déplacez ou supprimez d'abord ce qui en dépend.",
    )


BUILDERS: dict[type, Callable[[DomainError], tuple[str, str, str]]] = {
    errors.UnknownObject: _unknown,
    errors.BadField: _bad_field,
    errors.EndBeforeStart: _end_before_start,
    errors.ForbiddenTransition: _transition,
    errors.MissingForStage: _missing_for_stage,
    errors.StageOutOfOrder: _out_of_order,
    errors.SignedAfterEnd: _signed_after_end,
    errors.OverlappingCtg: _overlap,
    errors.OutsideCtg: _outside,
    errors.StepAfterEnd: _after_end,
    errors.ReasonNeeded: _reason,
    errors.CyclicLink: _cycle,
    errors.ForbiddenParent: _parent,
    errors.OrphanDecision: _orphan,
    errors.FrozenMeeting: _frozen,
    errors.DocumentMissing: _document_missing,
    errors.DocumentAltered: _document_altered,
    errors.InUse: _in_use,
}
"""For each error: what happened, what is safe, what to do."""
