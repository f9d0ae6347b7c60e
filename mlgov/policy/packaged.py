"""An organisation's policy: settings in an installed distribution, which the settings of repositories build on.

The package that the entry point names holds them as `policy.toml`; it is found and read, never imported.
"""

from dataclasses import replace
from pathlib import Path

from mlgov.distributions import POLICIES, folder_of, plain, refuse_unusable, registered
from mlgov.documents import read
from mlgov.errors import SettingsError
from mlgov.policy.settings import DEFAULTS, TABLES, Settings, stated

FILE = "policy.toml"
_OWN = ("extends", "custom", "ratchet")  # what only a repository can say
# settings that can be locked by themselves; which rules run, and how, is locked rule by rule
LOCKABLE = ("profile", "fail_on", "exclude", "include", "allow_empty", "new_only", "plugins", "waivers", "data")


def packaged_policy(name: str, place: str, root: str = "") -> Settings:
    """The policy of a distribution; its origins are the name of it. place: where it is named; root: the checked tree."""
    refuse_unusable(name, (POLICIES,), "extends", place, root)
    every = [r for r in registered() if r.distribution == plain(name) and r.group == POLICIES]
    if len(every) > 1:
        raise SettingsError(f"extends names {name!r}, which registers {len(every)} policies; one is needed", place)
    where = f"{plain(name)}:{FILE}"
    folder = folder_of(every[0])
    try:
        raw = Path(folder, FILE).read_bytes() if folder else b""
    except OSError as error:
        raise SettingsError(f"extends names {name!r}, whose {FILE} cannot be read: {error.strerror}", place) from None
    if not folder:
        raise SettingsError(f"extends names {name!r}, whose package {every[0].point.value} is not there", place)
    return _policy(plain(name), where, raw)


def _policy(name: str, where: str, raw: bytes) -> Settings:
    """The settings in the file, with `locked` taken out of them."""
    reading = read(where, raw)
    if reading.flaws:
        flaw = reading.flaws[0]
        raise SettingsError(flaw.reason, f"{where}:{flaw.line}:{flaw.column}")
    table = dict(reading.documents[0].data) if reading.documents else {}
    locked = table.pop("locked", [])
    if not isinstance(locked, list) or not all(isinstance(word, str) for word in locked):
        raise SettingsError("locked must be a list of settings, codes, prefixes, names or families", where)
    for key in _OWN:
        if key in table:
            hint = "; its own rules belong in a pack that plugins names" if key == "custom" else ""
            raise SettingsError(f"a packaged policy cannot state {key}{hint}", where)
    made = stated(where, raw, table)
    origins = {key: origin if origin == "default" else name for key, origin in made.origins.items()}
    return replace(made, origins=origins, locked=tuple(dict.fromkeys(locked)))


def is_setting(word: str) -> bool:
    """True if a locked word names a setting, or a part of one; any other one names rules."""
    key, _, part = word.partition(".")
    return key in LOCKABLE and (not part or key in TABLES and part in DEFAULTS[key])
