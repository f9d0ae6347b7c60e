"""Rules without code: an organisation's own requirement as a table, made into a rule like any other.

Nothing of a table is evaluated but its conditions in CEL; see `mlgov.custom.expression` for their bounds.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from mlgov.custom.document import document
from mlgov.custom.expression import Expression, Wrong, expression
from mlgov.custom.subject import Subject, subject_of
from mlgov.custom.table import Table, near, tables, tables_of
from mlgov.custom.values import RESERVED, variable, variables
from mlgov.custom.words import filled, template
from mlgov.errors import SettingsError
from mlgov.finding import Severity
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.record import Record
from mlgov.rule import STAGES, Observation, Rule, abstain

FAMILY = "custom"
_ID = re.compile(r"[A-Z]{2,12}\d{3}").fullmatch
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*").fullmatch
_LEVELS = ("error", "warning", "info")


class CustomRule(Rule):
    """A rule whose id an organisation chose: no digit of it says what kind of evidence it needs."""

    @property
    def scope(self) -> str:
        """Always `artifact`: it judges one record."""
        return "artifact"


def rules_of_tables(every: Iterable[Table], taken: Mapping[str, str]) -> tuple[Rule, ...]:
    """The rules that tables state, by code. taken: the codes that others have, with their names."""
    found: dict[str, Rule] = {}
    for table in every:
        rule = _rule(table, {**taken, **{code: made.name for code, made in found.items()}})
        found[rule.code] = rule
    return tuple(found[code] for code in sorted(found))


def _rule(table: Table, taken: Mapping[str, str]) -> Rule:
    code, subject, options = _code(table, taken), subject_of(table), _options(table)
    fields = subject.fields
    message = template(table, [*fields, *options])
    known = [*map(variable, fields), *options, "this", "project"]
    when, require = (expression(table, k, known, fields) if table.data.get(k) else None for k in ("when", "require"))
    place = table.text("at")
    if place and place not in fields:
        raise SettingsError(f"at: no field {place!r}{near(place, fields)}", table.place("at"))
    stage = table.choice("stage", ("any", *STAGES), "any")
    severity = Severity.of(table.choice("severity", _LEVELS, "warning"))
    law = re.sub(r"\{([^{}]*)\}", r"<\1>", message)
    return CustomRule(
        code=code, name=_name(table, law), family=FAMILY, severities=(severity,) * 3, stage=stage, since="",
        sources=(), implies=(), options=options, judges=subject.kind, wants={"project": Project}, section="",
        lead=False, check=_check(subject, when, require, message, place, options),
        doc=document(table, subject, law, stage), file=table.path,
    )  # fmt: skip


def _check(
    subject: Subject,
    when: Expression | None,
    require: Expression | None,
    message: str,
    place: str,
    options: dict[str, Any],
) -> Callable[..., Iterable[Observation]]:
    def check(judged: Record, project: Project, **given: Any) -> Iterable[Observation]:
        if not subject.holds(judged):
            return
        chosen = options | given
        known = variables(judged, project) | chosen
        try:
            met = when is not None and not when.holds(known) or require is None or require.holds(known)
        except Wrong as reason:
            yield abstain(str(reason))
            return
        if not met:
            yield judged.at(place) if place else judged.at(), filled(message, judged, chosen)

    return check


def _code(table: Table, taken: Mapping[str, str]) -> str:
    code = table.text("id")
    if not _ID(code) or code.startswith("INT"):
        raise SettingsError(
            f"id is {code!r}, expected letters of your own and three digits, such as ACME001", table.place("id")
        )
    if code in taken:
        raise SettingsError(f"id {code} is already taken by {taken[code]}", table.place("id"))
    return code


def _name(table: Table, law: str) -> str:
    """The name that is given, else the first words of the message."""
    words = re.findall(r"[a-z][a-z0-9]*", re.sub(r"<[^>]*>", "", law.lower()))
    name = table.text("name") or "-".join(words[:6]) or "unnamed"
    if not _NAME(name):
        raise SettingsError(f"name is {name!r}, expected words such as alert-without-runbook", table.place("name"))
    return name


def _options(table: Table) -> dict[str, Any]:
    """The options with their defaults: numbers, texts and flags that conditions may name."""
    options = table.data.get("options", {})
    if not isinstance(options, dict):
        raise SettingsError("options must be a table", table.place("options"))
    for name, value in options.items():
        if not re.fullmatch(r"[a-z_]\w*", name) or name in RESERVED or name in ("this", "project"):
            raise SettingsError(
                f"options: {name!r} cannot be the name of a variable", table.place("options", name, key=True)
            )
        if not isinstance(value, (str, bool, int, float)):
            raise SettingsError(
                f"options: {name} must be a number, a text, true or false", table.place("options", name)
            )
    return {name: _builtin(value) for name, value in options.items()}


def _builtin(value: Any) -> Any:
    """A number without its literal text, so that settings may replace it by one of the plain type."""
    return value if isinstance(value, (bool, str)) else int(value) if isinstance(value, int) else float(value)


__all__ = ["FAMILY", "Table", "rules_of_tables", "tables", "tables_of"]
