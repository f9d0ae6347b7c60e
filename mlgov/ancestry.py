"""Which commit gave a place the value that it has now; read from the object store, never from a checkout."""

from typing import Any, NamedTuple

from mlgov.documents import MISSING, read, resolve
from mlgov.documents.pointer import steps
from mlgov.finding import Origin
from mlgov.snapshot import History, Snapshot, Unreadable

COMMITS = 500
UNCOMMITTED = "not committed"
# the way to a value: document, keys, and for an item of a list what names it; `@` and the words of a line; `=` the file
Way = tuple[Any, ...]


class Commit(NamedTuple):
    """A commit as people read it; `sha` is "" for what is not committed yet."""

    sha: str
    date: str = ""
    author: str = ""
    subject: str = ""


def came_from(history: History, head: str, snapshot: Snapshot, origin: Origin) -> Commit:
    """The commit that gave a place the value that it has now; a value is followed by ids, not by lines."""
    try:
        raw = snapshot.read(origin.file)
    except Unreadable:
        return Commit("", subject="the file cannot be read")
    path = _path(raw, origin)
    if (value := _value(raw, origin.file, path)) is MISSING:  # a file that is no data: it counts as a whole
        path, value = ("=",), raw
    found = ""
    for sha in history.touching(origin.file, head, COMMITS):
        content = history.content(sha, origin.file)
        if content is None or _value(content, origin.file, path) != value:
            break
        found = sha
    return Commit(found, *history.told(found)) if found else Commit("", subject=UNCOMMITTED)


def _path(raw: bytes, origin: Origin) -> Way:
    """The steps of a pointer with names in place of positions, so that an item is found wherever it stood."""
    if origin.pointer.startswith("@"):
        line = int(origin.pointer[1:].partition(":")[0])
        return ("@", " ".join(raw.decode("utf-8", "replace").splitlines()[line - 1 : line]).strip())
    data, found = _document(raw, origin.file, origin.document), list[Any]()
    for step in steps(origin.pointer):
        name = _name(resolve(data, "/" + step)) if isinstance(data, list) else None
        found.append(name or step)
        data = resolve(data, "/" + step.replace("~", "~0").replace("/", "~1"))
    return (origin.document, *found)


def _name(item: Any) -> tuple[str, ...] | None:
    keys = ("id", "name", "metric", "dataset", "split", "slice", "model_version")
    found = tuple(f"{key}={item[key]}" for key in keys if key in item) if isinstance(item, dict) else ()
    return found or None


def _document(raw: bytes, file: str, number: int) -> Any:
    return next((d.data for d in read(file, raw).documents if d.index == number), MISSING)


def _value(raw: bytes, file: str, way: Way) -> Any:
    """What stands at the end of a way; MISSING where it leads nowhere."""
    if way[0] == "=":
        return raw
    if way[0] == "@":
        lines = (" ".join(line.split()) for line in raw.decode("utf-8", "replace").splitlines())
        return " ".join(way[1].split()) in lines or MISSING
    data = _document(raw, file, way[0])
    for step in way[1:]:
        if isinstance(step, tuple):
            items = data if isinstance(data, list) else []
            data = next((item for item in items if _name(item) == step), MISSING)
        else:
            data = resolve(data, "/" + step.replace("~", "~0").replace("/", "~1"))
    return data
