"""Product rules: other units, the other side removed, and what only looks wrong."""

import pytest

from mlgov.catalogue import installed_rules
from mlgov.testkit import judged

RULES = {rule.code: rule for rule in installed_rules()}
HEAD = "apiVersion: mlgov/v1\nproject: {id: churn, stage: pre_launch}\n"


def messages(code: str, manifest: str, **files: str) -> list[str]:
    """What one rule reports about a manifest; nothing else may be wrong with it."""
    verdicts = judged(RULES[code], {"mlgov.yaml": HEAD + manifest, **files}).verdicts
    assert {v.code for v in verdicts} <= {code}, [v.message for v in verdicts]
    return [v.message for v in verdicts]


COPY = "product: {user_copy: [copy.txt]}"


@pytest.mark.parametrize(
    "text",
    [
        "Our AI-powered app.", "An AI-driven platform!", "Powered by AI", "the new machine-learning-based solution",
        "AI 기반 서비스입니다.", "인공지능 기반 솔루션", "| AI-powered | x |",
    ],
)  # fmt: skip
def test_slogans_without_a_task(text: str) -> None:
    assert len(messages("UXD101", COPY, **{"copy.txt": text})) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Drafts replies.", "Our AI-powered app drafts replies to customers.", "An AI-driven search for legal documents",
        "AI 기반 답장 초안 작성 서비스", "It explains machine learning.", "",
    ],
)  # fmt: skip
def test_texts_that_name_their_task(text: str) -> None:
    assert messages("UXD101", COPY, **{"copy.txt": text}) == []


def test_a_slogan_has_a_line_and_a_column() -> None:
    verdict = judged(RULES["UXD101"], {"mlgov.yaml": HEAD + COPY, "copy.txt": "Hello.\nOur AI-powered app."}).verdicts[
        0
    ]
    assert [(o.file, o.pointer) for o in verdict.origins] == [
        ("copy.txt", "@2:5"),
        ("mlgov.yaml", "/product/user_copy/0"),
    ]


@pytest.mark.parametrize(
    ("value", "unit", "tolerance", "fires"),
    [
        ("0.92", "fraction", "0.05", True),
        ("92%", "fraction", "5%", True),
        ("92", "percent", "0.05", True),
        ("0.95", "fraction", "5%", False),
        ("92", "fraction", "5%", False),
    ],
)
def test_errors_and_tolerance_in_any_unit(value: str, unit: str, tolerance: str, fires: bool) -> None:
    found = messages(
        "UXD102",
        f"metrics: [{{id: accuracy, unit: {unit}}}]\n"
        f"product: {{type: autonomous, automation_level: act, error_tolerance: {tolerance}}}\n"
        f"evaluation: {{results: [{{metric: accuracy, value: {value}, split: test}}]}}\n",
    )
    assert bool(found) is fires


CLAIM = (
    "metrics: [{id: accuracy, unit: %s}]\nevaluation: {claims: [{id: a, metric: Accuracy, value: %s}],"
    " results: [{metric: accuracy, value: %s, split: test%s}]}"
)


@pytest.mark.parametrize(
    ("unit", "claim", "value", "more", "fires"),
    [
        ("fraction", "99%", "0.914", "", True),
        ("percent", "99", "91.4%", "", True),
        ("fraction", "0.91", "0.914", "", False),
        ("fraction", "0.92", "0.914", "", True),
        ("fraction", "0.92", "0.914", ", n: 500", False),
        ("fraction", "0.95", "0.914", ", n: 500", True),
        ("percent", "93", "91.4", ", ci: {low: 88.6, high: 93.6}", False),
        ("percent", "95", "91.4", ", ci: {low: 88.6%, high: 93.6%}", True),
        ("fraction", "0.5", "0.914", "", False),
    ],
)
def test_claims_against_the_best_evidence(unit: str, claim: str, value: str, more: str, fires: bool) -> None:
    assert bool(messages("UXD205", CLAIM % (unit, claim, value, more))) is fires


@pytest.mark.parametrize(("rate", "period", "fires"), [("1%", "7d", True), ("0.01", "1w", True), ("40%", "5w", False)])
def test_the_volume_of_feedback(rate: str, period: str, fires: bool) -> None:
    found = messages(
        "UXD301",
        "problem: {scale: {daily_units: 100}}\n"
        "metrics: [{id: accuracy, kind: model_quality, unit: fraction, acceptable: {min: 0.90}}]\n"
        "evaluation: {results: [{metric: accuracy, value: 0.92, split: test}]}\n"
        f"feedback: {{channels: [{{id: thumbs, use: [monitoring], expected_rate: {rate}, period: {period}}}]}}\n",
    )
    assert bool(found) is fires


def test_the_number_of_answers_that_is_needed() -> None:
    found = messages(
        "UXD301",
        "problem: {scale: {users: 600}}\n"
        "metrics: [{id: accuracy, kind: model_quality, unit: fraction, acceptable: {min: 0.90}}]\n"
        "evaluation: {results: [{metric: accuracy, value: 0.92, split: test}]}\n"
        "feedback: {channels: [{id: thumbs, use: [monitoring], expected_rate: 5%}]}\n",
    )
    assert found == ["channel thumbs gives 30 answers per 7d; to see accuracy go from 0.92 to 0.90 needs 1221"]


QUIET = {
    "limits without ids": (
        "UXD001",
        "evaluation: {limitations: [{statement: not at night}]}\nproduct: {type: software-2.0}",
    ),
    "an offline analysis": ("UXD002", "problem: {constraints: {platform: none}}\nproduct: {type: software-2.0}"),
    "what users gain beside a good deed": (
        "UXD004",
        (
            "feedback: {channels: [{id: a, type: free_text, use: [product], turnaround: 7d, owner: bo,"
            " user_value: 'helps us improve, so you get fewer wrong answers'}]}"
        ),
    ),
    "a disclosed machine": ("UXD101", "product: {anthropomorphic: true, disclosure: it says so}"),
    "no texts": ("UXD101", "product: {type: software-2.0}"),
    "a failed request is no wrong answer": (
        "UXD102",
        (
            "metrics: [{id: error_rate, kind: operational, unit: fraction}]\n"
            "product: {automation_level: act, error_tolerance: 0.01}\n"
            "evaluation: {results: [{metric: error_rate, value: 0.2}]}"
        ),
    ),
    "recommends": ("UXD102", "product: {type: human-in-the-loop, automation_level: recommend, action_mode: suggest}"),
    "the need is written down": (
        "UXD201",
        "metrics: [{id: auc}]\nproduct: {type: human-in-the-loop, user_needs: whom to call}",
    ),
    "another type": ("UXD202", "product: {type: autonomous}\nfeedback: {channels: [{id: a}]}"),
    "prioritisation does not wait for training": (
        "UXD203",
        (
            "data: {labels: {event: a}}\n"
            "feedback: {channels: [{id: a, event: a, use: [labels, prioritisation], turnaround: 1d}], retraining: {cadence: 90d}}"
        ),
    ),
    "an unused channel": ("UXD203", "feedback: {channels: [{id: a, event: a, logged: false, use: [product]}]}"),
    "no threshold": ("UXD204", "evaluation: {results: [{metric: precision, value: 0.9}]}"),
    "no evidence": ("UXD205", "evaluation: {claims: [{metric: accuracy, value: 99%}]}"),
    "a claim of superiority": (
        "UXD205",
        "evaluation: {claims: [{kind: superior, metric: accuracy, value: 99%}], results: [{metric: accuracy, value: 0.9}]}",
    ),
    "an unknown direction": (
        "UXD205",
        "metrics: [{id: vibes}]\nevaluation: {claims: [{metric: vibes, value: 9}], results: [{metric: vibes, value: 2}]}",
    ),
    "no scale": (
        "UXD301",
        (
            "metrics: [{id: accuracy, acceptable: {min: 0.9}}]\nevaluation: {results: [{metric: accuracy, value: 0.92}]}\n"
            "feedback: {channels: [{id: a, use: [monitoring], expected_rate: 1%}]}"
        ),
    ),
}


@pytest.mark.parametrize("name", QUIET)
def test_stays_quiet(name: str) -> None:
    assert messages(*QUIET[name]) == []
