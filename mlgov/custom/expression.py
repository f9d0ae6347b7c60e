"""Conditions in CEL, the Common Expression Language: checked when they are read, bounded when they are asked.

CEL has no loops and no side effects; only its comprehensions grow with the data, and those are bounded here. This is
the one module that imports the CEL library, and it does so where a custom rule exists.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from mlgov.custom.table import Table, near
from mlgov.custom.values import largest
from mlgov.errors import SettingsError

LONGEST = 2_000  # characters
MOST_STEPS = 1_000_000  # of all comprehensions together
_MACRO = re.compile(r"\.\s*(?:all|exists|exists_one|map|filter)\s*\(\s*([A-Za-z_]\w*)\s*,")
_PLACE = re.compile(r"<input>:(\d+):(\d+): (?:Syntax error: )?([^\n]*)")
_WORD = re.compile(r"\w+|[^\w\s]")
FUNCTIONS = frozenset(
    "size contains startsWith endsWith matches int uint double string bool type dyn duration timestamp getFullYear "
    "getMonth getDate getDayOfMonth getDayOfWeek getDayOfYear getHours getMinutes getSeconds getMilliseconds".split()
)


class Wrong(Exception):  # not a failure of mlgov: the rule abstains with this as its reason
    """An expression has no answer for one record; the text says why."""


class Expression(NamedTuple):
    """A compiled condition. nested: how many comprehensions it has; literals: how long a list it may write out."""

    text: str
    program: Any
    nested: int
    literals: int

    def holds(self, known: Mapping[str, Any]) -> bool:
        """Whether the condition is true of these values; raises `Wrong` where that cannot be said."""
        if self.nested and (max(largest(dict(known)), self.literals) + 1) ** self.nested > MOST_STEPS:
            raise Wrong("the record is too large for so many comprehensions")
        try:
            answer = self.program.execute(dict(known))
        except (TypeError, ValueError, RuntimeError, KeyError, IndexError, ArithmeticError) as error:
            raise Wrong(f"{self.text}: {_short(error)}") from error
        if not isinstance(answer, bool):
            raise Wrong(f"{self.text} is {answer!r}, not true or false")
        return answer


def expression(table: Table, key: str, known: Iterable[str], fields: Iterable[str]) -> Expression:
    """The expression under a key of a table. known: the variables; fields: what `this` may have."""
    text = table.text(key)
    if len(text) > LONGEST:
        raise SettingsError(f"{key} has {len(text)} characters, at most {LONGEST} are read", table.place(key))
    program = _compiled(table, key, text)
    bound = set(_MACRO.findall(text))
    for name in program.variables():
        if name not in bound and name not in (every := set(known)):
            _unknown(table, key, name, f"no variable {name!r}", every)
    for name in program.functions():
        if name[0].isalpha() and name not in FUNCTIONS:
            _unknown(table, key, name, f"no function {name!r}", FUNCTIONS)
    for name in re.findall(r"(?<![\w.])this\.(\w+)", text):
        if name not in set(fields):
            _unknown(table, key, name, f"no field {name!r}", fields)
    return Expression(text, program, len(_MACRO.findall(text)), text.count(",") + 1)


def _compiled(table: Table, key: str, text: str) -> Any:
    try:
        import cel
    except ImportError:
        raise SettingsError(
            "custom rules need the library common-expression-language; install it, or take the rule out",
            table.place(key),
        ) from None
    try:
        return cel.compile(text)
    except ValueError as error:
        found = _PLACE.search(str(error))
        line, column, said = (int(found[1]), int(found[2]), found[3]) if found else (1, 1, _short(error))
        offset = sum(len(row) + 1 for row in text.split("\n")[: line - 1]) + column - 1
        raise SettingsError(f"{key}: {said.partition(' expecting {')[0]}", place_in(table, key, text, offset)) from None


def _unknown(table: Table, key: str, name: str, said: str, known: Iterable[str]) -> None:
    found = re.search(rf"\b{re.escape(name)}\b", text := table.text(key))
    words = sorted(known)
    hint = near(name, words) or f"; there are {', '.join(words)}"
    raise SettingsError(f"{key}: {said}{hint}", place_in(table, key, text, found.start() if found else 0))


def place_in(table: Table, key: str, text: str, offset: int) -> str:
    """`file:line:column` of a character of an expression: the words of the file are followed up to the one it is in."""
    file, line, column = table.place(key).rsplit(":", 2)
    raw = table.raw.decode("utf-8", "replace").replace("\r\n", "\n")
    start = sum(len(row) + 1 for row in raw.split("\n")[: int(line) - 1]) + int(column) - 1
    start += len(key) + 1 if raw.startswith(f"{key}:", start) else 0
    words = list(_WORD.finditer(text))
    if not words:
        return f"{file}:{line}:{column}"
    wanted = next((n for n, word in enumerate(words) if word.end() > offset), len(words) - 1)
    met = 0
    for found in _WORD.finditer(raw, start):
        if found[0] != words[met][0]:
            continue
        if met == wanted:
            at = found.start() + max(offset - words[met].start(), 0)
            return f"{file}:{raw.count(chr(10), 0, at) + 1}:{at - raw.rfind(chr(10), 0, at)}"
        met += 1
    return f"{file}:{line}:{column}"


def _short(error: Exception) -> str:
    """The first sentence of an error; the library explains at length."""
    said = str(error).partition("\n")[0].partition(". ")[0]
    if name := re.match(r"Undefined variable or function: '(\w+)'", said):
        return f"{name[1]} is not defined for such a value"  # an unknown name was refused long before
    return f"no key {said}" if isinstance(error, KeyError) else said
