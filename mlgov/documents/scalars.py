"""Single values as a file spells them: numbers that remember their digits, opaque tagged values, core-schema text."""

import re
from typing import Any, Final, NamedTuple

LONGEST_NUMBER: Final = 1_000  # characters; int() is quadratic, and no honest number is longer


class Number(float):
    """A float whose literal text differs from `repr`: `0.910`, `1e-4`, `+0.5`, `.nan`."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, value: float | str, text: str = "") -> "Number":
        self = super().__new__(cls, value)
        self.text = text or repr(float(value))
        return self


class Integer(int):
    """An int whose literal text differs from `repr`: `0x1F`, `017`, `+5`."""

    text: str

    def __new__(cls, value: int, text: str = "") -> "Integer":
        self = super().__new__(cls, value)
        self.text = text or repr(int(value))
        return self


class Tagged(NamedTuple):
    """A value with a tag outside the core schema (`!Ref name`): never executed, never interpreted.

    tag: `!Ref`, or `!!python/name:os.system` for tags of yaml.org. text: the scalar, empty for a collection.
    """

    tag: str
    text: str


class Unreadable(ValueError):
    """A scalar that cannot become a value; the text says why."""


_NUMBER = re.compile(
    r"(?P<int>[-+]?[0-9]+)|0o(?P<octal>[0-7]+)|0x(?P<hex>[0-9a-fA-F]+)"
    r"|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
    r"|(?P<inf>[-+]?)\.(?:inf|Inf|INF)|(?P<nan>\.(?:nan|NaN|NAN))"
).fullmatch
_NUMERIC_START: Final = frozenset("-+.0123456789")

_CONSTANTS: Final[dict[str, Any]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def plain(text: str) -> Any:
    """The value of an unquoted YAML scalar in the 1.2 core schema; raises `Unreadable` for endless numbers."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in _NUMERIC_START or (match := _NUMBER(text)) is None:
        return text
    if len(text) > LONGEST_NUMBER:
        raise Unreadable(f"a number of {len(text)} characters; at most {LONGEST_NUMBER} are read")
    kind = match.lastgroup
    if kind == "int":
        return integer(text)
    if kind == "octal" or kind == "hex":
        return Integer(int(text, 0), text)
    if kind == "inf":
        return Number(float(f"{match['inf']}inf"), text)
    return number("nan", text) if kind == "nan" else number(text)


def integer(text: str) -> int:
    """The int that decimal `text` spells; an `Integer` when the spelling is odd; raises `Unreadable`."""
    if len(text) > LONGEST_NUMBER:
        raise Unreadable(f"a number of {len(text)} digits; at most {LONGEST_NUMBER} are read")
    value = int(text)
    return value if str(value) == text else Integer(value, text)


def number(text: str, spelled: str = "") -> float:
    """The float that `text` spells; a `Number` when `repr` would print it differently."""
    value, spelled = float(text), spelled or text
    return value if repr(value) == spelled else Number(value, spelled)


def text_of(value: Any) -> str:
    """The literal text of a scalar as the file prints it: `0.910`, `0x1F`, `true`, `null`, the text itself."""
    if isinstance(value, str):
        return value
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Number | Integer | Tagged):
        return value.text
    return repr(value)
