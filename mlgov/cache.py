"""Remembers the reports of earlier runs, by the content of everything they depended on.

The key is a digest of the files (their content keys), of the settings and the request, and of the code of mlgov and
of every installed pack; so a hit is the same report, byte for byte. The cache lies in the user's cache folder, never in
the checked tree, and holds JSON only. Every failure of the cache means a fresh run, nothing else.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any

try:  # a warm run does nothing but hash: `hashlib` would load OpenSSL first, which takes as long as all the digests
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - a Python that keeps it elsewhere
    from hashlib import blake2b


def digest(parts: Iterable[str]) -> str:
    """One digest of many texts; each is delimited, so that no two lists share a digest."""
    encoded = (part.encode("utf-8", "surrogateescape") for part in parts)
    return blake2b(b"".join([b"%d:%b" % (len(raw), raw) for raw in encoded]), digest_size=20).hexdigest()


def folder() -> str:
    """Where the cache lies: `MLGOV_CACHE_DIR`, else the user's cache folder; "" switches it off."""
    if "MLGOV_CACHE_DIR" in os.environ:
        return os.environ["MLGOV_CACHE_DIR"]
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(home, "mlgov") if os.path.isabs(home) else ""


def load(name: str) -> Any:
    """What was stored under a name, or None."""
    try:
        with open(os.path.join(folder(), name + ".json"), encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return None


def store(name: str, data: Any) -> bool:
    """Keep JSON data under a name, atomically; False where the folder cannot be written."""
    where = folder()
    if not where:
        return False
    path = os.path.join(where, name + ".json")
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        os.makedirs(where, exist_ok=True)
        with open(temporary, "w", encoding="utf-8") as file:
            json.dump(data, file)
        os.replace(temporary, path)
    except (OSError, ValueError):
        return False
    return True


def code_digest() -> str:
    """A digest of the code that judges: mlgov itself and every installed pack of rules, formats or policies."""
    place = digest([sys.version, *(f"{p}:{_changed(p)}" for p in sys.path)])
    known = load("code-" + place)
    folders = known if isinstance(known, list) else _pack_folders()
    if known is None:
        store("code-" + place, folders)
    return digest(line for root in folders for line in _stamps(root))


def _pack_folders() -> list[str]:
    """Where the code and the policies of everything installed lie; nothing of it is imported for that."""
    from mlgov.distributions import source_folders

    own = os.path.dirname(__file__)
    return sorted({own, *(p for p in source_folders() if not p.startswith(own + os.sep))})


def _changed(path: str) -> int:
    try:
        return os.stat(path or ".").st_mtime_ns
    except OSError:
        return 0


def _stamps(root: str) -> Iterator[str]:
    """Name, size and time of every source file below a folder."""
    try:
        entries = sorted(os.scandir(root), key=lambda e: e.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                yield from _stamps(entry.path)
        elif entry.name.endswith((".py", ".json", ".yaml", ".toml")):
            status = entry.stat()
            yield f"{entry.path}:{status.st_size}:{status.st_mtime_ns}"
