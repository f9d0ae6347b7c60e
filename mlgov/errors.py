"""What can stop a run: every expected failure is an `MlgovError`, and ends with exit code 2.

    MlgovError
    ├── UsageError       the command line asks for something that does not exist
    ├── SettingsError    the settings say something impossible (file, line, column)
    ├── SnapshotError    the tree that should be checked cannot be listed or found
    ├── EditError        a file that should be changed cannot be, or changed meanwhile
    ├── ExtraMissing     what is asked needs an extra of mlgov that is not installed
    └── PackError        an installed rule pack or format breaks its contract

Bad *input* (a broken YAML file) is not an exception: it is a `Flaw` of that file and becomes a finding.
"""


class MlgovError(Exception):
    """An expected failure; its text is shown to a person, without a traceback."""


class UsageError(MlgovError):
    """The command line names something unknown: a rule code, a format, a path."""


class SettingsError(MlgovError):
    """A settings file is wrong; `place` is `file:line:column` or the file alone."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.message, self.place = message, place


class SnapshotError(MlgovError):
    """The tree cannot be read: not a directory, unknown revision, git answers with an error."""


class EditError(MlgovError):
    """A file cannot be changed as asked; it is as it was."""


class ExtraMissing(MlgovError):
    """An optional part of mlgov is asked for but not installed; the text names the command that installs it."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an extra that is not installed: pip install 'mlgov[{extra}]'")


class PackError(MlgovError):
    """A rule pack or format breaks its contract: two rules with one code, no docstring, wrong signature."""
