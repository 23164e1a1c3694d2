"""What the user decides about coverage, kept as settings: whole lists, children, rules, basket, groups."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.changes import Changes, Topic
from app.domain import french
from app.domain.children import load_children_rules
from app.domain.coverage_basket import BasketRule, check_basket, load_basket, next_version
from app.domain.coverage_errors import BadRule, UnknownGroup, UnknownRule
from app.domain.coverage_knowledge import Declared
from app.domain.errors import BadParameter
from app.domain.groups import Group, check_group
from app.domain.maillage import Rule, check_rule, load_rules, rule_of, rule_row
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.services.settings import SettingsService

DECLARED = "coverage:declared"
CHILDREN = "coverage:children"
CHILDREN_RULE = "coverage:children_rule"
RULES = "coverage:rules"
BASKET = "coverage:basket"
GROUPS = "coverage:groups"
REACH = "coverage_reach_years"

RULES_CHANGED = Changes(frozenset({Topic.RULES}))


class CoverageStore:
    """Reads and writes these settings; each write is one action that can be undone."""

    def __init__(self, settings: SettingsService) -> None:
        self._settings = settings

    def _list(self, key: str) -> list[dict[str, Any]]:
        held = self._settings.get(key, [])
        return [row for row in held if isinstance(row, dict)] if isinstance(held, list) else []

    def _write(self, key: str, value: object, name: str) -> Changes:
        changes = self._settings.set(key, value, french.typographic(name))
        return changes | RULES_CHANGED if changes.topics else changes

    def reach_years(self) -> float:
        """Most years between the one asked and that of a figure which answers for it."""
        return self._settings.parameter(REACH)

    # -- whole lists --------------------------------------------------------------------------------

    def declared(self) -> tuple[Declared, ...]:
        """Kinds whose list is said to be whole in a territory, since a date."""
        return tuple(
            Declared(
                row["kind"],
                Level[row["level"]],
                row["code"],
                datetime.date.fromisoformat(row["on"]),
                row.get("source", ""),
            )
            for row in self._list(DECLARED)
        )

    def declare(self, rows: Sequence[Declared], name: str) -> Changes:
        """Say that lists are whole; a former declaration about the same kind and territory is replaced."""
        fresh = {(row.kind, row.level, row.code): row for row in (*self.declared(), *rows)}
        return self._write(DECLARED, [_declared_row(row) for row in fresh.values()], name)

    def withdraw(self, kinds: Sequence[str], level: Level, code: str, name: str) -> Changes:
        """Say that lists are no longer whole."""
        left = [
            row
            for row in self.declared()
            if not (row.kind in kinds and row.level is level and row.code == code)
        ]
        return self._write(DECLARED, [_declared_row(row) for row in left] or None, name)

    # -- children -----------------------------------------------------------------------------------

    def typed_children(self, rule: str) -> Mapping[str, Mapping[str, float]]:
        """Children typed for a rule: by year (text), by territory."""
        held = self._settings.get(CHILDREN, {})
        return held.get(rule, {}) if isinstance(held, dict) else {}

    def set_children(self, rule: str, year: int, numbers: Mapping[str, float], source: str) -> Changes:
        """Keep counts of the Caf or of a census for a year. Raises BadParameter."""
        if rule not in {one.code for one in load_children_rules() if not one.cohorts}:
            raise BadParameter(name=rule, value=rule, reason="unknown")
        wrong = [number for number in numbers.values() if number < 0]
        if wrong:
            raise BadParameter(name="enfants", value=wrong[0], reason="negative")
        held = self._settings.get(CHILDREN, {})
        every = dict(held) if isinstance(held, dict) else {}
        every[rule] = {**every.get(rule, {}), str(year): dict(numbers)}
        return self._write(CHILDREN, every, f"nombre d'enfants {year} ({source})")

    def preferred_children(self, age: int) -> str | None:
        """Code of the rule the user prefers for an age, None to let the best one be chosen."""
        held = self._settings.get(f"{CHILDREN_RULE}:{age}")
        return held if isinstance(held, str) else None

    def prefer_children(self, age: int, rule: str | None) -> Changes:
        """Choose the rule that counts children. Raises BadParameter for an unknown one."""
        if rule is not None and rule not in {one.code for one in load_children_rules() if one.age == age}:
            raise BadParameter(name="enfants", value=rule, reason="unknown")
        return self._write(f"{CHILDREN_RULE}:{age}", rule, f"compte des enfants de moins de {age} ans")

    # -- rules --------------------------------------------------------------------------------------

    def rules(self) -> tuple[Rule, ...]:
        """Delivered rules, with what the user changed, then those of the user."""
        own = {row["code"]: rule_of(row) for row in self._list(RULES)}
        delivered = {rule.code: rule for rule in load_rules()}
        kept = [
            replace(own[code], delivered=True) if code in own else rule for code, rule in delivered.items()
        ]
        return (*kept, *(rule for code, rule in own.items() if code not in delivered))

    def rule(self, code: str) -> Rule:
        """One rule. Raises UnknownRule."""
        for rule in self.rules():
            if rule.code == code:
                return rule
        raise UnknownRule(code=code, known=tuple(rule.code for rule in self.rules()))

    def save_rule(self, rule: Rule) -> Changes:
        """Add or change a rule; a changed one gets the next version. Raises BadRule."""
        check_rule(rule)
        if not rule.code.strip():
            raise BadRule(field="code", value=rule.code, reason="empty")
        before = next((one for one in self.rules() if one.code == rule.code), None)
        version = 1 if before is None else before.version
        if before is not None and replace(rule, version=version, delivered=before.delivered) == before:
            return Changes()
        kept = replace(rule, version=version + (before is not None), delivered=False)
        rows = [row for row in self._list(RULES) if row["code"] != rule.code]
        verb = "modifier" if before else "ajouter"
        return self._write(RULES, [*rows, rule_row(kept)], f"{verb} la règle « {rule.label} »")

    def remove_rule(self, code: str) -> Changes:
        """Remove a rule of the user, or give a delivered one back its first words. Raises UnknownRule."""
        rule = self.rule(code)
        rows = [row for row in self._list(RULES) if row["code"] != code]
        verb = "rétablir" if rule.delivered else "supprimer"
        return self._write(RULES, rows or None, f"{verb} la règle « {rule.label} »")

    # -- basket -------------------------------------------------------------------------------------

    def baskets(self) -> tuple[BasketRule, ...]:
        """Every version of the basket, in the order they were written."""
        own = tuple(
            BasketRule(
                name=row["name"],
                version=row["version"],
                threshold=row["threshold"],
                kinds=tuple(row["kinds"]),
                required=tuple(row["required"]),
                starts_on=_day(row.get("starts_on", "")),
            )
            for row in self._list(BASKET)
        )
        return (load_basket(), *own)

    def save_basket(self, rule: BasketRule) -> Changes:
        """Use another rule from its day on, as the next version. Raises BadBasket."""
        check_basket(rule)
        last = self.baskets()[-1]
        if replace(rule, version=last.version) == last:
            return Changes()
        fresh = next_version(rule, last)
        row = {
            "name": fresh.name,
            "version": fresh.version,
            "threshold": fresh.threshold,
            "kinds": list(fresh.kinds),
            "required": list(fresh.required),
            "starts_on": fresh.starts_on.isoformat() if fresh.starts_on else "",
        }
        return self._write(BASKET, [*self._list(BASKET), row], f"panier « {fresh.name} »")

    # -- groups -------------------------------------------------------------------------------------

    def groups(self) -> tuple[Group, ...]:
        """Comparison groups of the user."""
        return tuple(_group(row) for row in self._list(GROUPS))

    def group(self, code: str) -> Group:
        """One group. Raises UnknownGroup."""
        for group in self.groups():
            if group.code == code:
                return group
        raise UnknownGroup(code=code)

    def save_group(self, group: Group) -> Changes:
        """Add or change a group. Raises BadGroup."""
        check_group(group)
        known = {one.code for one in self.groups()}
        verb = "modifier" if group.code in known else "ajouter"
        fresh = {one.code: one for one in (*self.groups(), group)}
        rows = [_group_row(one) for one in fresh.values()]
        return self._write(GROUPS, rows, f"{verb} le groupe « {group.name} »")

    def remove_group(self, code: str) -> Changes:
        """Remove a group. Raises UnknownGroup."""
        group = self.group(code)
        rows = [_group_row(one) for one in self.groups() if one.code != code]
        return self._write(GROUPS, rows or None, f"supprimer le groupe « {group.name} »")


def _declared_row(row: Declared) -> dict[str, str]:
    return {
        "kind": row.kind,
        "level": row.level.name,
        "code": row.code,
        "on": row.on.isoformat(),
        "source": row.source,
    }


def _group(row: Mapping[str, Any]) -> Group:
    return Group(
        code=row["code"],
        name=row["name"],
        level=Level[row["level"]],
        members=tuple(row["members"]),
        criteria=row["criteria"],
        starts_on=_day(row["starts_on"]),
        ends_on=_day(row["ends_on"]),
        note=row["note"],
    )


def _group_row(group: Group) -> dict[str, object]:
    return {
        "code": group.code,
        "name": group.name,
        "level": group.level.name,
        "members": list(group.members),
        "criteria": group.criteria,
        "starts_on": group.starts_on.isoformat() if group.starts_on else "",
        "ends_on": group.ends_on.isoformat() if group.ends_on else "",
        "note": group.note,
    }


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
