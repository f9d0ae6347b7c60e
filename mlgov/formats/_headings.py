"""What the headings of a model card are about, in English and Korean; the table grows here.

The nine sections are those of Mitchell et al. (2019); the other topics say where a card keeps what it tells.
"""

import re
from functools import lru_cache

SECTIONS = ("details", "intended_use", "factors", "metrics", "evaluation_data", "training_data", "quantitative",
            "ethics", "caveats")  # fmt: skip

_ALIASES = {
    "details": "model details|model detail|details|model description|model overview|overview|model information|"
    "model summary|about|about the model|about this model|introduction|description|model specification|"
    "basic information|general information|"
    "모델 개요|모델 정보|모델 설명|모델 상세|모델 세부 정보|개요|기본 정보|모델 소개|소개",
    "intended_use": "intended use|intended uses|intended use cases|intended purpose|uses|use|direct use|use cases|use case|"
    "purpose|primary use|primary uses|primary intended uses|primary use cases|model purpose|downstream use|"
    "primary use case|applications|usage scenarios|primary intended users|intended users|uso previsto|"
    "사용 목적|용도|의도된 사용|의도된 용도|사용 용도|사용 사례|활용 목적|활용 방안|주요 용도|목적",
    "out_of_scope": "out-of-scope use|out of scope use|out-of-scope uses|out of scope uses|out of scope|out-of-scope|"
    "out of scope use cases|out-of-scope use cases|misuse|misuse and out-of-scope use|use restrictions|restrictions|"
    "prohibited uses|prohibited use|not intended for|unintended use|unintended uses|not in scope|non-goals|"
    "misuse malicious use and out-of-scope use|malicious use|"
    "사용 범위 외|범위 외 사용|범위 밖 사용|사용 금지|금지 용도|부적절한 사용|사용 제한|적용 제외",
    "factors": "factors|relevant factors|evaluation factors|groups|subgroups|demographic factors|protected attributes|"
    "sensitive attributes|요인|고려 요인|평가 요인|민감 속성|보호 속성",
    "metrics": "metrics|evaluation metrics|performance metrics|model performance measures|performance measures|"
    "primary metrics|key metrics|metric|decision thresholds|variation approaches|model metrics|"
    "지표|평가 지표|성능 지표|측정 지표|메트릭",
    "evaluation_data": "evaluation data|test data|testing data|evaluation dataset|evaluation datasets|test dataset|test set|"
    "evaluation set|validation data|held-out data|"
    "평가 데이터|평가 데이터셋|테스트 데이터|시험 데이터|검증 데이터",
    "training_data": "training data|training dataset|training datasets|training set|dataset|datasets|data|data sources|"
    "training and evaluation data|data description|학습 데이터|학습 데이터셋|훈련 데이터|훈련 데이터셋|데이터|데이터셋",
    "quantitative": "quantitative analyses|quantitative analysis|results|evaluation results|evaluation|performance|"
    "model performance|benchmarks|benchmark results|test results|performance metrics|unitary results|"
    "intersectional results|final results|validation results|performance results|performance and limitations|"
    "training results|evaluation and results|"
    "정량 분석|정량적 분석|결과|평가 결과|성능|모델 성능|성능 평가|평가|실험 결과|벤치마크",
    "ethics": "ethical considerations|ethics|ethical concerns|bias|fairness|bias and fairness|fairness considerations|"
    "bias considerations|ethical and legal considerations|societal impact|broader implications|risks|"
    "bias risks and limitations|"
    "윤리|윤리적 고려 사항|윤리적 고려사항|윤리 고려 사항|공정성|편향|편향성",
    "caveats": "caveats|caveats and recommendations|limitations|known limitations|technical limitations|model limitations|"
    "bias risks and limitations|limitations and bias|limitations and biases|limitations and risks|"
    "limitations and recommendations|recommendations|known issues|limitation|weaknesses|limitations and caveats|"
    "한계|한계점|제한 사항|제한사항|주의 사항|주의사항|한계 및 주의 사항|한계와 권고|알려진 한계|권고 사항",
    "limitations": "limitations|known limitations|technical limitations|model limitations|limitation|"
    "bias risks and limitations|limitations and bias|limitations and biases|limitations and risks|caveats|"
    "caveats and recommendations|limitations and recommendations|known issues|weaknesses|limitations and caveats|"
    "한계|한계점|제한 사항|제한사항|주의 사항|주의사항|한계 및 주의 사항|한계와 권고|알려진 한계",
    "preprocessing": "preprocessing|data preprocessing|pre-processing|preprocessing steps|feature engineering|"
    "data preparation|전처리|데이터 전처리",
    "hyperparameters": "hyperparameters|hyper-parameters|training hyperparameters|training hyper-parameters|"
    "hyperparameter settings|model hyperparameters|training parameters|model parameters|training configuration|"
    "hyperparameter|best hyperparameters|하이퍼파라미터|하이퍼 파라미터|학습 설정|학습 파라미터",
    "baseline": "baseline|baselines|baseline model|baseline results|baseline performance|comparison with baseline|"
    "베이스라인|기준 모델|기준선",
    "targets": "targets|target metrics|acceptance criteria|acceptance|release criteria|success criteria|requirements|"
    "quality gates|quality gate|minimum performance|performance targets|thresholds|acceptance thresholds|"
    "performance requirements|목표|합격 기준|수용 기준|출시 기준|성능 목표|목표 지표",
    "example": "example|examples|usage|how to use|quick start|quickstart|how to get started with the model|"
    "how to get started|getting started|citation|bibtex|installation|example usage|usage example|sample output|"
    "example output|inference|references|usage examples|code example|widget|"
    "예시|예제|사용법|사용 방법|사용 예시|설치|인용|시작하기",
    "history": "version history|changelog|change log|history|release notes|revision history|versions|model versions|"
    "previous versions|updates|변경 이력|버전 기록|버전 이력|변경 사항",
    "environmental": "environmental impact|carbon footprint|co2 emissions|환경 영향",
}  # fmt: skip

_OPTIONAL = re.compile(r"\[(?:optional|선택)\]", re.IGNORECASE)
_MARKS = re.compile(r"[^\w가-힣&/,+ -]+")
_AND = re.compile(r"\s*(?:&|/|,|\+|\band\b|및|와 |과 )\s*")


def _normalised(text: str) -> str:
    text = _MARKS.sub(" ", _OPTIONAL.sub("", text.casefold()))
    return " ".join(text.replace(",", " ").replace("&", " and ").split()).strip(" -/")


_EXACT: dict[str, set[str]] = {}
for _topic, _names in _ALIASES.items():
    for _name in _names.split("|"):
        _EXACT.setdefault(_normalised(_name), set()).add(_topic)
# one-word names that still say what a heading is about when they end it: `Primary Metrics`, `Known Limitations`
_LAST = frozenset(
    "metrics limitations results performance hyperparameters baselines caveats ethics preprocessing".split()
)


@lru_cache(maxsize=4096)
def topics(heading: str) -> frozenset[str]:
    """The topics of a heading; empty where it is about something else."""
    heading = heading[:120]
    whole = _normalised(heading)
    if found := _EXACT.get(whole):
        return frozenset(found)
    parts = [_normalised(part) for part in _AND.split(_OPTIONAL.sub("", heading.casefold())) if part.strip()]
    found = {topic for part in parts for topic in _EXACT.get(part, ())} if len(parts) > 1 else set()
    return frozenset(found or _by_its_end(whole))


def _by_its_end(heading: str) -> set[str]:
    """`Metrics on the test set` and `Final Evaluation Results` are about what they begin or end with."""
    said = heading.split()
    for end in (" on ", " for ", " at ", " by ", " of "):
        if end in heading and (found := _EXACT.get(heading.partition(end)[0])):
            return found
    for size in (3, 2):
        if len(said) > size and (found := _EXACT.get(" ".join(said[-size:]))):
            return found
    return _EXACT[said[-1]] if 1 < len(said) <= 5 and said[-1] in _LAST else set()
