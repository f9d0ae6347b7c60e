"""The next free code of a family: letters of its neighbours, a digit for the kind, and the number after the last."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from mlgov.errors import UsageError
from mlgov.rule import SCOPES

KINDS = {scope: digit for digit, scope in SCOPES.items()}
_STATED = re.compile(r"""(?:@(?:rule|presence)\(\s*["']|\bid:\s*["']?)([A-Z]{2,5})(\d)(\d\d)\b""")
_CODE = re.compile(r"[A-Z]{2,5}\d{3}")
Code = tuple[str, str, int]


def next_code(package: Path, family: str, kind: str, taken: Iterable[str]) -> str:
    """The code for a new rule. taken: codes of rules that are installed."""
    here = list(_codes(package / family))
    letters = Counter(prefix for prefix, _, _ in here or _codes(package)).most_common(1)
    prefix = letters[0][0] if letters else _letters(package.name)
    digit = KINDS[kind]
    every = {f"{a}{b}{c:02}" for a, b, c in _codes(package)} | set(taken)
    used = [c for a, b, c in _codes(package) if (a, b) == (prefix, digit)]
    for number in range(max(used, default=0) + 1, 100):
        if (code := f"{prefix}{digit}{number:02}") not in every:
            return code
    raise UsageError(f"all codes {prefix}{digit}01 to {prefix}{digit}99 are taken; say another one with --code")


def checked(code: str, taken: Iterable[str]) -> str:
    """A code that somebody chose; `UsageError` if it is none, or taken."""
    if not _CODE.fullmatch(code) or code[-3] not in SCOPES:
        raise UsageError(f"code {code!r}: two to five capitals and three digits, of which the first is 0 to 5")
    if code in taken:
        raise UsageError(f"code {code} is taken; codes are never used again")
    return code


def _codes(folder: Path) -> Iterator[Code]:
    for file in sorted([*folder.rglob("*.py"), *folder.rglob("*.rules.yaml")]):
        for found in _STATED.finditer(file.read_text(encoding="utf-8", errors="replace")):
            yield found[1], found[2], int(found[3])


def _letters(name: str) -> str:
    """Capitals for a pack that has no rule yet: `acme_rules` begins with ACME."""
    return (re.sub(r"[^A-Z]", "", name.partition("_")[0].upper()) or "OWN")[:5].ljust(2, "X")
