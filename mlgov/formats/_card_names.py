"""What the names in `Name: value` lines of a model card mean, in English and Korean; the table grows here."""

_NAMES = {
    "project.version": "version|model version|current version|release|release version|버전|모델 버전|현재 버전",
    "project.license.weights": "license|licence|model license|model licence|license type|라이선스|라이센스",
    "project.intended_use": "intended use|intended uses|primary use|primary uses|primary use case|use case|purpose|"
    "사용 목적|용도|목적|주요 용도",
    "project.out_of_scope_use[]": "out of scope|out-of-scope use|out-of-scope|out of scope use|not intended for|"
    "misuse|사용 범위 외|금지 용도|범위 외 사용",
    "training.architecture.name": "architecture|model architecture|algorithm|model type architecture|아키텍처|모델 구조|알고리즘",
    "training.architecture.base_model": "base model|finetuned from|finetuned from model|fine-tuned from|"
    "fine-tuned from model|pretrained model|베이스 모델|기반 모델",
    "training.architecture.classes": "number of classes|classes|num classes|클래스 수",
    "training.architecture.parameters": "number of parameters|parameters|parameter count|파라미터 수",
    "training.lineage.commit": "commit|git commit|commit hash|git sha|commit sha",
    "training.lineage.seed": "seed|random seed|random state|시드|랜덤 시드",
    "training.lineage.run_id": "run id|mlflow run id|mlflow run|run|wandb run id",
    "training.threshold.value": "decision threshold|classification threshold|operating threshold|threshold|임계값|결정 임계값",
    "training.loss.name": "loss function|objective function|손실 함수",
    "team.ownership.model": "owner|model owner|owners|contact|maintainer|point of contact|owned by|담당자|소유자|책임자|연락처",
    "primary": "primary metric|main metric|key metric|headline metric|optimization metric|decision metric|selection metric|"
    "primary evaluation metric|주요 지표|핵심 지표|주 지표|대표 지표",
    "target": "target|targets|goal|acceptance criterion|acceptance criteria|acceptance|release criterion|release criteria|"
    "minimum|requirement|quality gate|success criterion|success criteria|minimum performance|목표|합격 기준|수용 기준|출시 기준",
    "dataset": "evaluated on|evaluation data|evaluation dataset|evaluation set|eval data|eval dataset|tested on|"
    "test data file|evaluation file|evaluation data file|평가 데이터|평가 데이터셋|평가 대상",
    "test": "test set|test data|test size|test set size|test split|test samples|test rows|test dataset|held-out test set|"
    "holdout set|hold-out set|테스트 데이터|테스트 세트|테스트셋|시험 데이터",
    "train": "training set|training data|train set|train data|training set size|training samples|training rows|"
    "training dataset|training size|학습 데이터|훈련 데이터|학습 세트|학습셋",
    "validation": "validation set|validation data|validation samples|validation rows|validation dataset|dev set|검증 데이터|검증 세트|검증셋",
    "evaluation_date": "evaluation date|evaluated on date|date of evaluation|evaluated|evaluated at|평가일|평가 일자|평가 날짜",
    "baseline": "baseline|baseline model|baselines|베이스라인|기준 모델",
}  # fmt: skip

_MEANING = {name: meaning for meaning, names in _NAMES.items() for name in names.split("|")}


def meaning(name: str) -> str:
    """The path or the kind of statement that a name stands for; "" where it is none of these."""
    plain = " ".join(name.casefold().replace("_", " ").split()).removesuffix(" [optional]")
    return _MEANING.get(plain) or _MEANING.get(plain.removesuffix("(s)"), "")
