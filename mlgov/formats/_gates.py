"""Quality gates in the commands of a workflow: what stops a worse model there, and by which number."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from mlgov.formats._metric_words import bounded
from mlgov.formats._quantities import number_of, text_of

_LONGEST = 20_000  # characters of one script
_OPTION = re.compile(r"(?<!\S)--?(?P<name>(?:min|max)[-_][A-Za-z0-9_-]{2,60}|[A-Za-z0-9_-]{2,60}[-_](?:min|max|threshold))[= ]\s*[\"']?"
                     r"(?P<value>\d+(?:\.\d+)?|\.\d+)(?![\w.])")  # fmt: skip
_MLGOV = re.compile(r"(?:^|[\s;&|])(?:python3? -m )?mlgov (?:check|diff)\b")
_DIFF = re.compile(r"(?:^|[\s;&|])dvc metrics diff\b")
_STOPS = re.compile(r"\bexit [1-9]|\bsys\.exit|\bassert\b|jq -e\b|\bfalse\b|\braise\b")
_FORGIVEN = re.compile(r"\|\|\s*(?:true|:|echo\b|exit 0)")
_TRAINS = re.compile(r"\bdvc (?:repro|exp run)\b|\bmlflow run\b|(?<![$\w{])(?:re)?train(?:ing|er)?\b|(?<![$\w{])(?:train_\w+|\w{1,40}_train(?:ing)?\b)|\bkedro run\b|학습",
                     re.IGNORECASE)  # fmt: skip
_NO_TRAINING = re.compile(r"\bpytest\b|\btox\b|train[-_ ]?(?:test|ing[-_ ]?docs)", re.IGNORECASE)


class Gate(NamedTuple):
    """One gate. metric: "" where a tool judges by its own settings."""

    metric: str = ""
    side: str = ""
    value: str = ""


def gates_of(script: str) -> Iterator[Gate]:
    """The gates of one script, line by line; a line whose failure is forgiven stops nothing."""
    lines = [line for line in script[:_LONGEST].replace("\\\n", " ").splitlines() if not line.lstrip().startswith("#")]
    for line in lines:
        if _FORGIVEN.search(line[:2000]):
            continue
        if _MLGOV.search(line[:2000]) or _DIFF.search(line[:2000]) and _STOPS.search("\n".join(lines)):
            yield Gate()
        for option in _OPTION.finditer(line):
            if found := bounded(option["name"].replace("-", "_")):
                yield Gate(found[1], found[0], option["value"])


def limits_of(variables: Any) -> Iterator[tuple[str, Gate]]:
    """`MIN_ACCURACY: 0.8` among the variables of a step that a script compares with."""
    for key, value in variables.items() if isinstance(variables, dict) else ():
        found = bounded(str(key).lower())
        if found and number_of(value) is not None:
            yield str(key), Gate(found[1], found[0], str(text_of(value)))


def trains(script: str) -> bool:
    """True if the script trains a model; tests of the training code do not."""
    return any(
        _TRAINS.search(line[:2000]) and not _NO_TRAINING.search(line[:2000]) for line in script[:_LONGEST].splitlines()
    )
