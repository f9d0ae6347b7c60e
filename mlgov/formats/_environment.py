"""Which environment a file is about: told by an overlay folder, the name of a values file, a folder or the namespace."""

import re
from functools import lru_cache

_WORDS = {
    "production": "production prod prd",
    "staging": "staging stage stg preprod preproduction uat",
    "development": "development develop dev",
    "test": "testing qa",
}
_NAMES = {word: name for name, words in _WORDS.items() for word in words.split()}
# words that are environments only where the folder above says that environments follow
_BELOW = _NAMES | {"test": "test", "live": "production", "local": "development", "sandbox": "development"}
_ABOVE = frozenset("overlays overlay environments environment envs env stages clusters targets".split())
_PARTS = re.compile(r"[^a-z0-9]+")
_PREFIX = re.compile(r"(?<![a-z])(pre|non)[-_.]?(?=prod)")


@lru_cache(maxsize=1024)
def environment_of(path: str, namespace: str = "") -> str:
    """`production`, `staging`, `development` or `test`; "" when nothing says so. The nearest folder decides."""
    *folders, file = path.lower().split("/")
    for at in range(len(folders) - 1, -1, -1):
        known = _BELOW if at and folders[at - 1] in _ABOVE else _NAMES
        found = known.get(folders[at]) or (_single(folders[at], known) if known is _BELOW else "")
        if found:
            return found
    return _of_values(file) or _single(namespace.lower(), _NAMES)


def _of_values(file: str) -> str:
    """`values-prod.yaml`, `values.staging.yaml`, `prod.values.yaml`."""
    stem = file.rpartition(".")[0]
    return _single(stem, _BELOW) if "values" in _PARTS.split(stem) else ""


def _single(text: str, known: dict[str, str]) -> str:
    """The one environment that the words of a name say; two different ones say nothing."""
    text = _PREFIX.sub(r"\1", text)  # pre-prod is staging, and non-prod is nothing
    found = {known[word] for word in _PARTS.split(text) if word in known}
    return found.pop() if len(found) == 1 else ""
