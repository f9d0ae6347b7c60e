"""The hygiene codes: what reading and the engine themselves report, with fixed words and severities.

They are not a rule pack. INT001, INT002, INT005 and INT013 cannot be lowered or silenced: they mean that the run is incomplete.
"""

from typing import NamedTuple

from mlgov.finding import Severity

PAGES = "https://mlgov.dev/rules/{code}"
_I, _W, _E = Severity.INFO, Severity.WARNING, Severity.ERROR


class Hygiene(NamedTuple):
    """One hygiene code. severities: prototype, standard, high-risk. fixed: no setting changes it."""

    code: str
    name: str
    severities: tuple[Severity, Severity, Severity]
    title: str
    remedy: str
    fixed: bool = False


_ROWS = (
    Hygiene("INT001", "rule-crashed", (_E, _E, _E), "A rule failed, so the run is incomplete.",
            "this is a defect of the rule, not of the project: report it; all other rules still ran", True),
    Hygiene("INT002", "unreadable-artifact", (_E, _E, _E), "A file that mlgov should read cannot be read.",
            "repair the file, or exclude it in the settings", True),
    Hygiene("INT003", "unknown-key", (_E, _E, _E), "A manifest has a key that the lifecycle model does not know.",
            "correct the key; keys of your own begin with x-"),
    Hygiene("INT004", "invalid-value", (_E, _E, _E), "A value of a manifest is not of the type its key asks for.",
            "write the value in the grammar of the lifecycle model (mlgov schema prints it)"),
    Hygiene("INT005", "duplicate-definition", (_E, _E, _E), "A section, id or key is defined twice.",
            "keep one of the two definitions", True),
    Hygiene("INT006", "unresolved-reference", (_E, _E, _E), "A reference names an id that nothing defines.",
            "define the id, or correct the reference"),
    Hygiene("INT007", "placeholder-text", (_I, _W, _E), "A value is still a placeholder.",
            "fill it in, or say not_applicable with a reason"),
    Hygiene("INT008", "impossible-date", (_W, _E, _E), "A date does not exist, lies before its beginning, or lies in the future.",
            "correct the date"),
    Hygiene("INT009", "templated-artifact", (_I, _I, _I), "A file is a template, so its values are unknown.",
            "check the rendered output instead"),
    Hygiene("INT010", "ambiguous-project", (_W, _E, _E), "A file could belong to several projects.",
            "name the file in project.artifacts of one of them"),
    Hygiene("INT011", "missing-evidence-link", (_W, _E, _E), "A source points to a file or value that does not exist.",
            "correct file or pointer, or commit the file"),
    Hygiene("INT012", "declared-value-differs-from-source", (_W, _E, _E), "A declared value differs from the source it names.",
            "take the value from the source, or correct the source"),
    Hygiene("INT013", "data-not-verified", (_E, _E, _E), "Data that should be verified could not be measured.",
            "bring the file here (dvc pull, git lfs pull), repair it, raise the limit in [tool.mlgov.data], or exclude the file", True),
    Hygiene("INT014", "stale-measurements", (_I, _W, _E), "A record of measurements is about other data than those that are here.",
            "measure again (mlgov record), or bring back the data that were measured"),
    Hygiene("INT015", "hidden-character", (_I, _I, _W), "A page holds a character that nobody sees.",
            "remove the character, or save the file as UTF-8"),
    Hygiene("INT016", "empty-artifact", (_I, _W, _E), "A file holds nothing of what its name promises.",
            "restore the file, or delete it; where it is meant to be empty, exclude it in the settings"),
)  # fmt: skip

HYGIENE = {row.code: row for row in _ROWS}
