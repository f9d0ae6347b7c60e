"""Facts about measured numbers, in one shape for every adapter: results, baselines, acceptance criteria."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from mlgov.finding import Origin
from mlgov.lifecycle.fact import Fact


class Said(NamedTuple):
    """A value and where it stands."""

    value: Any
    origin: Origin


# fields of a result that hold for several numbers: split, dataset, model_version …; `ci.low` only says where a part stands
Context = Mapping[str, Said]


def result(metric: str, value: Said, context: Context, how: str) -> Fact:
    """One measured number of the model; it stands where its value stands."""
    fields = {key: said.value for key, said in context.items() if "." not in key}
    parts = {key: said.origin for key, said in context.items()}
    return Fact("evaluation.results[]", {"metric": metric, "value": value.value, **fields}, value.origin, how, parts)


def baseline(name: str, results: Iterable[Fact], origin: Origin, how: str, **more: Any) -> Fact:
    """What the model has to beat, with its own results."""
    found = list(results)
    parts: dict[str, Origin] = {}
    for at, fact in enumerate(found):
        parts[f"results.{at}"] = fact.origin
        parts |= {f"results.{at}.{part}": origin_ for part, origin_ in fact.parts.items()}
    value = {"id": _identifier(name), **more, "results": [fact.value for fact in found]}
    return Fact("baselines[]", value, origin, how, parts)


def acceptance(metric: str, side: str, bound: Said, how: str, parts: Mapping[str, Origin] | None = None) -> Fact:
    """A release criterion: the least or the most that is accepted."""
    return Fact("evaluation.acceptance[]", {"metric": metric, side: bound.value}, bound.origin, how, parts or {})


def _identifier(name: str) -> str:
    made = "".join(c if c.isalnum() or c in "_-./" else "_" for c in name.strip().lower()).strip("_-./")[:60]
    return made if made and made[0].isalpha() else f"baseline_{made}".rstrip("_")
