"""What the headings of requirement and design documents are about, in English and Korean; the table grows here."""

import re
from functools import lru_cache

_ALIASES = {
    "statement": "problem|problem statement|the problem|problem definition|problem description|문제|문제 정의|문제 정의서|해결할 문제",
    "why": "background|motivation|why|why now|rationale|배경|추진 배경|도입 배경|동기|필요성",
    "situation": "context|current situation|current state|as-is|situation|status quo|현황|현재 상황|맥락",
    "business_goal": "goal|goals|business goal|business goals|business objective|business objectives|vision|목표|사업 목표|비즈니스 목표|비전",
    "objectives": "objectives|objective|success metrics|success criteria|kpis|kpi|key results|okrs|measures of success|"
    "세부 목표|성공 지표|성공 기준|핵심 결과|핵심 지표",
    "users": "users|user|target users|user personas|personas|audience|customers|who is it for|사용자|대상 사용자|타깃 사용자|고객|페르소나",
    "stakeholders": "stakeholders|stakeholder|이해관계자|이해 관계자",
    "use_cases": "use cases|use case|user stories|user journeys|scenarios|usage scenarios|사용 사례|유스케이스|사용 시나리오|사용자 스토리|활용 사례",
    "non_goals": "non-goals|non goals|nongoals|out of scope|out-of-scope|not in scope|anti-goals|비목표|범위 외|범위 밖|제외 범위|제외 사항",
    "requirements": "requirements|requirement|functional requirements|non-functional requirements|nonfunctional requirements|"
    "product requirements|요구사항|요구 사항|기능 요구사항|비기능 요구사항|기능 요구 사항|비기능 요구 사항",
    "alternatives": "alternatives|alternatives considered|considered alternatives|considered options|options considered|other options|"
    "대안|고려한 대안|검토한 대안|대안 검토",
    "assumptions": "assumptions|assumption|가정|전제|전제 조건",
}  # fmt: skip
_NAMES = {name: topic for topic, names in _ALIASES.items() for name in names.split("|")}
# headings about the system itself: what stands below them is no requirement and no goal
_OTHER = re.compile(
    r"solution|design|architecture|implementation|timeline|milestone|appendix|reference|open question|설계|일정|부록",
    re.IGNORECASE,
)
_CONTAINER = re.compile(
    r"overview|introduction|summary|executive summary|scope|product|strategy|개요|소개|요약|범위", re.IGNORECASE
)
_MARKS = re.compile(r"[^\w가-힣 &/-]+")


@lru_cache(maxsize=2048)
def topic(heading: str) -> str:
    """The field of `problem` that a heading is about; "" where it is about something else."""
    plain = " ".join(_MARKS.sub(" ", heading[:120].casefold()).split())
    if found := _NAMES.get(plain):
        return found
    parts = [part.strip() for part in re.split(r"&|/|\band\b|및", plain)]
    return next((_NAMES[part] for part in parts if part in _NAMES), "") if 1 < len(parts) < 4 else ""


def is_other(heading: str) -> bool:
    """True for a heading about the solution, the plan or an appendix."""
    return not topic(heading) and _OTHER.search(heading[:120]) is not None


def is_container(heading: str) -> bool:
    """True for a heading that only gathers others: `Overview`, `Scope`, `1. Product`."""
    return bool(_CONTAINER.fullmatch(heading.strip()[:60]))
