"""The settings of a repository: `.mlgov.toml` or `[tool.mlgov]`, checked key by key, each value with its origin."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mlgov.documents import locate, read
from mlgov.errors import SettingsError
from mlgov.rule import PROFILES, Rule
from mlgov.units import size

FILES = (".mlgov.toml", "pyproject.toml")

# key -> (type, what people are told is expected)
_STRING, _STRINGS, _TABLE, _FLAG = "a text", "a list of texts", "a table", "true or false"
_CUSTOM = "a list of rules, or of files such as policy/acme.rules.yaml"
KEYS: dict[str, str] = {
    "extends": _STRING,
    "plugins": _STRINGS,
    "profile": _STRING,
    "fail_on": _STRING,
    "select": _STRINGS,
    "ignore": _STRINGS,
    "extend_select": _STRINGS,
    "severity": _TABLE,
    "exclude": _STRINGS,
    "include": _STRINGS,
    "rules": _TABLE,
    "allow_empty": _FLAG,
    "new_only": _FLAG,
    "waivers": _TABLE,
    "ratchet": _TABLE,
    "data": _TABLE,
    "custom": _CUSTOM,
}
DEFAULTS: dict[str, Any] = {
    "extends": "",
    "plugins": [],
    "profile": "standard",
    "fail_on": "warning",
    "select": ["ALL"],
    "ignore": [],
    "extend_select": [],
    "severity": {},
    "exclude": [],
    "include": [],
    "rules": {},
    "allow_empty": False,
    "new_only": False,
    "waivers": {"max_days": 90, "require_owner_approval": False, "forbidden": []},
    "ratchet": {"file": ".mlgov/ratchet.json"},
    "data": {
        "verify": False,
        "max_rows": 100_000_000,
        "max_columns": 5_000,
        "max_bytes": "20GB",
        "max_memory": "2GB",
        "max_seconds": 600,
    },
    "custom": [],
}
TABLES = ("waivers", "ratchet", "data")  # tables whose keys are known
JOINED = ("severity", "rules", *TABLES)  # tables that add to those of the policy that the settings extend
MOST_DAYS = 180
LEVELS = ("off", "info", "warning", "error")


@dataclass(frozen=True)
class Settings:
    """Every setting with its value, and where each came from (`default`, `file:line`, `--profile`, a distribution).

    origins: by key, and for what stands in a table by `key.part` too. own: the rules that `custom` states.
    floor: the packaged policy that they extend. locked: of such a policy, the settings and rules that nothing which
    extends it may lower.
    """

    values: dict[str, Any]
    origins: dict[str, str]
    own: tuple[Rule, ...] = ()
    floor: "Settings | None" = None
    locked: tuple[str, ...] = ()

    def __getitem__(self, key: str) -> Any:
        """The value of one setting."""
        return self.values[key]

    @property
    def plugins(self) -> tuple[str, ...]:
        """The distributions whose rules and formats count."""
        return tuple(self.values["plugins"])

    def with_options(self, options: Mapping[str, Any]) -> "Settings":
        """These settings with command-line options on top; None and empty ones change nothing."""
        values, origins = dict(self.values), dict(self.origins)
        for key, value in options.items():
            if value not in (None, (), [], False):
                values[key] = (
                    values[key] | value if key in TABLES else list(value) if isinstance(value, tuple) else value
                )
                origins[key] = "--" + key.replace("_", "-")
                origins |= {f"{key}.{part}": origins[key] for part in value} if key in TABLES else {}
        made = replace(self, values=values, origins=origins)
        _check_words(made.values, made.origins)
        return made


def default_settings() -> Settings:
    """The settings of a repository that says nothing."""
    return Settings(dict(DEFAULTS), dict.fromkeys(DEFAULTS, "default"))


Extended = Callable[[str, str], Settings]


def _cannot_extend(name: str, place: str) -> Settings:
    raise SettingsError(f"extends = {name!r} cannot stand here", place)


def settings_from(files: Iterable[tuple[str, bytes]], extended: Extended = _cannot_extend) -> Settings:
    """The settings that files of one folder hold; two files with settings are an error that names both.

    extended: the policy that a distribution holds, by its name and the place where it is named.
    """
    holding = [(path, raw, table) for path, raw in files if (table := _table(path, raw)) is not None]
    if len(holding) > 1:
        names = " and ".join(path for path, _, _ in holding)
        raise SettingsError(f"both {names} hold mlgov settings; keep them in one file")
    settings = default_settings()
    for path, raw, table in holding:
        settings = stated(path, raw, table, extended)
    return settings


def stated(path: str, raw: bytes, table: dict[str, Any], extended: Extended = _cannot_extend) -> Settings:
    """The settings of one table, on top of those of the policy that it extends."""
    prefix = "/tool/mlgov" if path.endswith("pyproject.toml") else ""
    places = {key: _place(path, raw, prefix, key) for key in table}
    for key, value in table.items():
        _check_key(key, value, places[key])
    floor = extended(table["extends"], places["extends"]) if table.get("extends") else None
    beneath = floor or default_settings()
    values, origins = dict(beneath.values), dict(beneath.origins)
    for key, value in table.items():
        if key in TABLES:
            _check_table(key, value, places[key])
        if key == "rules":
            _check_rules(value, places[key])
        if key in JOINED:
            origins |= {f"{key}.{part}": _place(path, raw, prefix, key, part) for part in value}
        values[key] = joined(key, values[key], value)
        origins[key] = places[key]
    _check_words(values, origins)
    return Settings(values, origins, floor=floor)


def joined(key: str, beneath: Any, value: Any) -> Any:
    """A value on top of the one beneath it: tables are joined part by part, plug-ins add up, all else replaces it."""
    if key == "rules":
        return {**beneath, **{code: {**beneath.get(code, {}), **options} for code, options in value.items()}}
    if key in JOINED:
        return {**beneath, **value}
    return list(dict.fromkeys([*beneath, *value])) if key == "plugins" else value


def _table(path: str, raw: bytes) -> dict[str, Any] | None:
    """The settings table of a file; None where it has none."""
    reading = read(path, raw)
    if reading.flaws:
        flaw = reading.flaws[0]
        if path.endswith("pyproject.toml") and b"tool.mlgov" not in raw:
            return None  # somebody else's broken file
        raise SettingsError(flaw.reason, f"{path}:{flaw.line}:{flaw.column}")
    data = reading.documents[0].data if reading.documents else {}
    if path.endswith("pyproject.toml"):
        data = data.get("tool", {}).get("mlgov") if isinstance(data.get("tool", {}), dict) else None
    return data if isinstance(data, dict) else None


def _place(path: str, raw: bytes, prefix: str, *steps: str) -> str:
    pointer = "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)
    span = locate(path, raw, prefix + pointer, key=True)
    return f"{path}:{span.line}:{span.column}"


def _check_key(key: str, value: Any, place: str) -> None:
    if key not in KEYS:
        near = difflib.get_close_matches(key.replace("-", "_"), KEYS, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise SettingsError(f"unknown setting {key!r}{hint}", place)
    if not _fits(value, KEYS[key]):
        raise SettingsError(f"{key} must be {KEYS[key]}", place)


def _check_table(key: str, table: dict[str, Any], place: str) -> None:
    """Every key of a table that has its own keys; each value is of the type of its default."""
    known = DEFAULTS[key]
    for part, value in table.items():
        if part not in known:
            near = difflib.get_close_matches(part.replace("-", "_"), known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(known)}"
            raise SettingsError(f"unknown setting '{key}.{part}'{hint}", place)
        if type(value) is not type(known[part]):
            raise SettingsError(f"{key}.{part} must be like its default {known[part]!r}", place)
    if not all(isinstance(word, str) for word in table.get("forbidden", ())):
        raise SettingsError("waivers.forbidden must be a list of codes, prefixes, names or families", place)
    days, file = table.get("max_days", 1), table.get("file", "ratchet.json")
    if not 1 <= days <= MOST_DAYS:
        raise SettingsError(f"waivers.max_days is {days}, expected 1 to {MOST_DAYS}", place)
    if not file.endswith(".json") or file.startswith("/") or "\\" in file or ".." in file.split("/"):
        raise SettingsError(f"ratchet.file is {file!r}, expected a path such as .mlgov/ratchet.json", place)
    for part, value in table.items():
        if part.startswith("max_") and not _is_limit(value):
            like = repr(known[part])
            raise SettingsError(f"{key}.{part} is {value!r}, expected a limit above 0 such as {like}", place)


def _is_limit(value: Any) -> bool:
    """True for a count, or a size such as `2GB`, above 0."""
    try:
        return size(value) > 0
    except ValueError:
        return False


def _check_rules(rules: dict[str, Any], place: str) -> None:
    for word, options in rules.items():
        if not isinstance(options, dict):
            raise SettingsError(f"rules.{word} must be a table of options", place)


def _fits(value: Any, expected: str) -> bool:
    if expected == _STRINGS:
        return isinstance(value, list) and all(isinstance(v, str) for v in value)
    if expected == _CUSTOM:
        return isinstance(value, list) and any(all(isinstance(v, kind) for v in value) for kind in (str, dict))
    return isinstance(value, {_STRING: str, _TABLE: dict, _FLAG: bool}[expected])


def _check_words(values: Mapping[str, Any], origins: Mapping[str, str]) -> None:
    _one_of("profile", values["profile"], PROFILES, origins["profile"])
    _one_of("fail_on", values["fail_on"], (*LEVELS[1:], "never"), origins["fail_on"])
    for code, level in values["severity"].items():
        _one_of(f"severity.{code}", level, LEVELS, origins.get(f"severity.{code}", origins["severity"]))


def _one_of(key: str, value: Any, words: tuple[str, ...], place: str) -> None:
    if value not in words:
        near = difflib.get_close_matches(str(value), words, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise SettingsError(f"{key} is {value!r}, expected one of {', '.join(words)}{hint}", place)
