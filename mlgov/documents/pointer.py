"""RFC 6901 pointers: the way from a document to one value in it."""

import re
from typing import Any, Final


class Missing:
    """The type of `MISSING`: nothing stands at a pointer, which is not the same as null."""

    def __repr__(self) -> str:
        return "MISSING"

    def __bool__(self) -> bool:
        return False


MISSING: Final = Missing()
_INDEX = re.compile(r"0|[1-9][0-9]{0,9}").fullmatch


def steps(pointer: str) -> list[str]:
    """The unescaped parts of a pointer: `/a~1b/0` is `["a/b", "0"]`; the empty pointer has none."""
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def resolve(data: Any, pointer: str) -> Any:
    """The value at `pointer`, or `MISSING`."""
    if pointer and not pointer.startswith("/"):
        return MISSING
    for part in steps(pointer):
        if isinstance(data, dict):
            data = data.get(part, MISSING)
        elif isinstance(data, list) and _INDEX(part) and int(part) < len(data):
            data = data[int(part)]
        else:
            return MISSING
    return data
