"""When two version texts contradict each other, and which of them is newer."""

import re

from mlgov.rulekit import other_version, same_version


def contradict(a: str | None, b: str | None) -> bool:
    """True if two texts of one numbering name different versions: `1.3` and `1.4.0`, `2026-09` and `2026-10`."""
    if not a or not b or same_version(a, b):
        return False
    first, second = _shape(a), _shape(b)
    if "digest" in (first[:6], second[:6]):
        return first == second
    return other_version(a, b) or first == second and "0" in first


def is_newer(a: str, b: str) -> bool | None:
    """True if version `a` comes after `b`; None where versions have no order (hashes)."""
    first, second = _numbers(a), _numbers(b)
    return first > second if first and second else None


def _numbers(text: str) -> tuple[int, ...]:
    """`v1.4.0` as (1, 4, 0); empty for anything else."""
    plain = text.strip().lower().removeprefix("v")
    return tuple(int(part) for part in plain.split(".")) if re.fullmatch(r"\d{1,9}(\.\d{1,9}){0,4}", plain) else ()


def _shape(text: str) -> str:
    """What sort of text a version is: `digest-32` for long hashes, else the text with every number as 0."""
    plain = re.sub(r"^(?:md5|sha1|sha256)[-:]", "", text.strip().lower())
    if re.fullmatch(r"[0-9a-f]{32,64}", plain):
        return f"digest-{len(plain)}"
    return re.sub(r"\d+", "0", plain)
