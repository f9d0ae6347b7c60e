"""Phrases of user-facing texts, in English and Korean."""

import re
from collections.abc import Iterator

_ALTRUISM = re.compile(
    r"\b(?:helps?|helping|support(?:s|ing)?)\s+(?:us\b|our\b|the (?:team|model|company|developers?)\b)"
    r"|\bimprov(?:e|es|ing)\s+(?:our|the) (?:model|product|service|algorithm|ai)\b|\baltruis|\bmak(?:es|ing)? (?:our|the) model better\b"
    r"|(?:모델|서비스|제품|품질)\s?(?:의\s?)?(?:개선|향상)에\s?(?:도움|기여)|저희(?:를|에게)?\s?(?:도와|도움)",
    re.IGNORECASE,
)
# what the user gets, in the same sentence, makes it more than a good deed
_GAIN = re.compile(
    r"\b(?:you|your|users? (?:get|see|gain)|fewer|faster|less|more)\b|사용자|고객|더\s?(?:나은|빠른|적은)",
    re.IGNORECASE,
)

_SLOGAN = re.compile(
    r"\b(?:AI|A\.I\.|artificial[ -]intelligence|machine[ -]learning|ML)[ -](?:powered|driven|enabled|based|infused)\b"
    r"|\bpowered by (?:AI|artificial intelligence|machine learning)\b"
    r"|(?:AI|인공\s?지능|머신\s?러닝)\s?(?:기반|로\s?구동되는)(?:의)?",
    re.IGNORECASE,
)
# words beside the slogan that say nothing about a task
_EMPTY = {
    "a", "an", "the", "our", "this", "is", "it", "its", "your", "with", "and", "of", "new", "welcome", "to", "try", "now",
    "app", "apps", "application", "platform", "solution", "product", "experience", "tool", "technology", "system", "service",
    "engine", "software", "smart", "intelligent", "next-generation", "innovative", "best", "first", "fully", "world", "we", "are",
    "앱", "서비스", "플랫폼", "솔루션", "제품", "시스템", "기술", "도구", "혁신적인", "스마트", "최고의", "새로운", "입니다",
    "앱입니다", "서비스입니다", "플랫폼입니다", "솔루션입니다", "시스템입니다",
}  # fmt: skip


def is_altruism(text: str) -> bool:
    """True if a text promises only that the makers are helped."""
    return bool(_ALTRUISM.search(text)) and not _GAIN.search(_ALTRUISM.sub("", text))


def slogans(text: str) -> Iterator[tuple[str, int, int]]:
    """Phrases such as `AI-powered app` in sentences that name no task; with line and column."""
    for found in _SLOGAN.finditer(text):
        start = max(text.rfind(mark, 0, found.start()) for mark in ".!?\n#|>") + 1
        ends = [end for mark in (".", "!", "?", "\n", "|") if (end := text.find(mark, found.end())) >= 0]
        sentence = text[start : min(ends, default=len(text))]
        rest = re.findall(r"[\w\-]+", _SLOGAN.sub(" ", sentence).lower())
        if sum(word not in _EMPTY for word in rest) < 2:
            line = text.count("\n", 0, found.start()) + 1
            yield " ".join(sentence.split())[:60], line, found.start() - text.rfind("\n", 0, found.start())
