"""A rule is a function that looks at one record and yields what is wrong with it.

The decorator only describes: code, severities per profile, the stage from which the rule speaks, its sources.
Title, remedy and examples come from the docstring of the rule's file; the name comes from the file's name.
"""

import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from mlgov.errors import PackError
from mlgov.figure import Figure
from mlgov.finding import Fix, Origin, Severity

STAGES = ("ideation", "development", "validation", "pre_launch", "production")
PROFILES = ("prototype", "standard", "high-risk")
SCOPES = {"0": "presence", "1": "artifact", "2": "cross", "3": "statistical", "4": "data", "5": "change"}


class Abstain(NamedTuple):
    """The rule cannot decide about this record: one side is not declared, or not comparable."""

    reason: str


# what a rule yields: where to act, what is wrong, the other ends, figures of its numbers, a fix, and the severity that
# it has at most; or that it abstains
Extra = Figure | Fix | Severity | None
Observation = tuple[Origin, str, list[Origin], *tuple[Extra, ...]] | tuple[Origin, str] | Abstain
Check = Callable[..., Iterable[Observation] | None]


class Rule(NamedTuple):
    """One requirement as the engine sees it.

    severities: one per profile. stage: `any`, or the first project stage at which it speaks.
    judges: the type of the record it is called for; `wants`: parameter name -> type of the other arguments.
    section: for presence rules the section they ask for; lead: they report its absence as a whole.
    fixed: where there is a base, no setting of the change lowers or silences it.
    stricter: option -> `higher` or `lower`, the way in which it asks for more; True is higher than False.
    """

    code: str
    name: str
    family: str
    severities: tuple[Severity, Severity, Severity]
    stage: str
    since: str
    sources: tuple[str, ...]
    implies: tuple[str, ...]
    options: dict[str, Any]
    judges: type
    wants: dict[str, type]
    section: str
    lead: bool
    check: Check
    doc: str
    file: str
    fixed: bool = False
    stricter: Mapping[str, str] = MappingProxyType({})

    def is_laxer(self, option: str, old: Any, new: Any) -> bool | None:
        """True if a new value of an option asks for less than the old one; None where nobody says which way it goes."""
        way = self.stricter.get(option)
        if way is None or old == new:
            return None if old != new else False
        return bool(new < old) is (way == "higher")

    @property
    def scope(self) -> str:
        """`presence`, `artifact`, `cross`, `statistical`, `data` or `change`, by the digit of the code."""
        return SCOPES.get(self.code[3:4], "artifact")

    def severity(self, profile: str) -> Severity:
        """The default severity in a profile."""
        return self.severities[PROFILES.index(profile)]


def abstain(reason: str) -> Abstain:
    """What a rule yields when it cannot decide: `yield abstain("unknown dataset")`."""
    return Abstain(reason)


def rule(
    code: str,
    *,
    severity: str,
    since: str = "0.1",
    stage: str = "any",
    sources: Iterable[str] = (),
    implies: Iterable[str] = (),
    fixed: bool = False,
    stricter: Mapping[str, str] = MappingProxyType({}),
) -> Callable[[Check], Check]:
    """Make a function a rule.

    severity: three letters for prototype, standard, high-risk: `-` off, I info, W warning, E error.
    implies: codes of rules that stay silent where this one speaks.
    fixed: a change cannot silence it by its own settings.
    Options are the function's keyword-only parameters: typed, with a default.
    stricter: for each option whether `higher` or `lower` values ask for more; an option that is not named here has no
    such order, and a change of it counts as a weakening of the policy.
    """

    def describe(check: Check) -> Check:
        return _attach(check, code, severity, since, stage, sources, implies, fixed=fixed, stricter=stricter)

    return describe


def presence(
    code: str,
    section: str,
    *,
    severity: str,
    stage: str,
    since: str = "0.1",
    sources: Iterable[str] = (),
    implies: Iterable[str] = (),
    lead: bool = False,
    stricter: Mapping[str, str] = MappingProxyType({}),
) -> Callable[[Check], Check]:
    """Make a function a presence rule about one section of the model.

    It speaks from `stage` on, or as soon as its section exists, and only where a manifest exists. The absence of
    the whole section is reported by the section's `lead` rule alone.
    """

    def describe(check: Check) -> Check:
        return _attach(check, code, severity, since, stage, sources, implies, section, lead, stricter=stricter)

    return describe


def _attach(
    check: Check,
    code: str,
    severity: str,
    since: str,
    stage: str,
    sources: Iterable[str],
    implies: Iterable[str],
    section: str = "",
    lead: bool = False,
    fixed: bool = False,
    stricter: Mapping[str, str] = MappingProxyType({}),
) -> Check:
    module = sys.modules[check.__module__]
    hints = {k: v for k, v in check.__annotations__.items() if k != "return"}
    names = list(hints)
    options = dict(check.__kwdefaults__ or {})
    if not names:
        raise PackError(f"rule {code}: the first argument needs an annotation that says what is judged")
    check.__rule__ = Rule(  # type: ignore[attr-defined]
        code=code,
        name=check.__name__.replace("_", "-"),
        family=check.__module__.rpartition(".")[0].rpartition(".")[2],
        severities=_severities(code, severity),
        stage=_known_stage(code, stage),
        since=since,
        sources=tuple(sources),
        implies=tuple(implies),
        options=options,
        judges=hints[names[0]],
        wants={name: hints[name] for name in names[1:] if name not in options},
        section=section,
        lead=lead,
        check=check,
        doc=inspect.cleandoc(module.__doc__ or ""),
        file=getattr(module, "__file__", None) or "",
        fixed=fixed,
        stricter=_ordered(code, stricter, options),
    )
    return check


def _ordered(code: str, stricter: Mapping[str, str], options: Mapping[str, Any]) -> Mapping[str, str]:
    for option, way in stricter.items():
        if option not in options or way not in ("higher", "lower"):
            raise PackError(f"rule {code}: stricter says {option!r} is {way!r}; it names options, each higher or lower")
    return MappingProxyType(dict(stricter))


def _severities(code: str, letters: str) -> tuple[Severity, Severity, Severity]:
    known = {"-": Severity.OFF, "I": Severity.INFO, "W": Severity.WARNING, "E": Severity.ERROR}
    try:
        first, second, third = (known[letter] for letter in letters)
    except (KeyError, ValueError):
        raise PackError(f"rule {code}: severity must be three of - I W E, not {letters!r}") from None
    return first, second, third


def _known_stage(code: str, stage: str) -> str:
    if stage != "any" and stage not in STAGES:
        raise PackError(f"rule {code}: unknown stage {stage!r}")
    return stage


def title(doc: str) -> str:
    """The first sentence of a rule's docstring: the law in plain words."""
    return " ".join(doc.partition("\n\n")[0].split())


def sections(doc: str) -> Iterator[tuple[str, str]]:
    """The `## Heading` sections of a rule's docstring, with their text."""
    for part in ("\n" + doc).split("\n## ")[1:]:
        heading, _, text = part.partition("\n")
        yield heading.strip(), text.strip("\n")


def section(doc: str, heading: str) -> str:
    """The text of one section, "" where it is missing."""
    return next((text for name, text in sections(doc) if name == heading), "")


def page(rule: Rule) -> str:
    """The address of a rule's documentation: its pack states `PAGES`, in which `{code}` stands for the code; else ""."""
    pack = sys.modules.get(rule.check.__module__.partition(".")[0])
    pages = getattr(pack, "PAGES", "")
    return pages.replace("{code}", rule.code) if isinstance(pages, str) else ""
