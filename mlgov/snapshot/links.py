"""Symbolic links, resolved inside the tree by reading the listing: the system never follows one for us.

So a link means the same in a work tree, the index and a revision, and no link can lead out of the tree.
"""

from collections.abc import Container, Mapping
from typing import NamedTuple

from mlgov.snapshot.tree import Unreadable

HOPS = 8


class Links(NamedTuple):
    """`files`: link to the regular file it means; `broken`: link to the reason why it means none."""

    files: dict[str, str]
    broken: dict[str, str]


def resolved(targets: Mapping[str, str], files: Container[str]) -> Links:
    """What every link (path to the text in it) means, given the regular files of the tree."""
    links = Links({}, {})
    for path in targets:
        try:
            links.files[path] = _destination(path, targets, files)
        except Unreadable as error:
            links.broken[path] = error.reason
    return links


def _destination(path: str, targets: Mapping[str, str], files: Container[str]) -> str:
    ahead, behind, hops = path.split("/")[::-1], list[str](), 0
    while ahead:
        part = ahead.pop()
        if part == "..":
            if not behind:
                raise Unreadable("is a symbolic link that leaves the tree")
            behind.pop()
        elif part not in ("", "."):
            behind.append(part)
        here = "/".join(behind)
        if here in targets:
            hops += 1
            if hops > HOPS:
                raise Unreadable(f"is a symbolic link in a loop, or in a chain of more than {HOPS}")
            ahead += _steps(targets[here])
            behind.pop()
    if "/".join(behind) not in files:
        raise Unreadable("is a symbolic link that does not lead to a file of the tree")
    return "/".join(behind)


def _steps(target: str) -> list[str]:
    """The components of a link's text, last one first."""
    if target.startswith("/") or target[1:2] == ":":
        raise Unreadable("is a symbolic link that leaves the tree")
    return target.split("/")[::-1]
