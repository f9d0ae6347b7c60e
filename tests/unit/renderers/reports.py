"""Reports to render: one for each thing that a renderer has to get right, and the files that they speak about."""

from collections.abc import Iterable

from mlgov.finding import Abstention, Finding, Fix, Operation, Origin, Place, Severity, TextEdit
from mlgov.report import Completeness, Law, Report, Summary, Waived, Waiver

METRICS = (
    "- {id: roc_auc, kind: model_quality, scope: offline, role: primary, direction: maximize, unit: fraction, "
    "target: {min: 0.80}, acceptable: {min: 0.85}, rationale: ranking quality before a capacity is fixed, "
    "proxy_for: retention_30d}"
)
FILES = {
    "mlgov.yaml": f"apiVersion: mlgov/v1\nproject:\n  id: churn\n  stage: validation\nmetrics:\n{METRICS}\n",
    "MODEL_CARD.md": "# Churn\n\n| metric | value |\n|---|---|\n| ROC AUC | 0.93 |\n",
    "카드.md": "# 모델 카드\n\n| 지표 | 값 |\n|---|---|\n| 정확도（ROC AUC） | 0.93 |\n| e\u0301tat 👍 | 0.91 |\n",
    "tabs.yaml": "metrics:\n\trecall:\t0.60\n\tprecision:\t0.55\n",
    "reports/metrics.json": '{"pad": "'
    + "x" * 400
    + '", "roc_auc": 0.871, "more": "'
    + "y" * 400
    + '", "recall": 0.6}\n',
    "crlf.yaml": "\ufeffa: 1\r\nb: 2\r\nc: 3\r\n",
}
POLICY = {"profile": "standard", "fail_on": "warning", "digest": "0" * 40}
DONE = Completeness(files_seen=12, files_planned=6, files_read=6, rules_planned=210, rules_run=210, projects=1)
WAIVER = Waiver(
    "", "churn", "waits for the new labels", "@ada", "2027-01-15", "", "", "active", "", 1,
    Place(".mlgov/waivers.yaml", 1, 3, 1, 7),
)  # fmt: skip
REMEDY = (
    "take the value from the results, or evaluate again and commit what the evaluation wrote, whichever of the two is "
    "the newer one"
)


def source(path: str) -> bytes:
    """The bytes of a file, as a snapshot would give them."""
    return FILES[path].encode()


def place(file: str, text: str, role: str = "", nth: int = 1) -> Place:
    """The place of the nth occurrence of a text in a file."""
    at = -1
    for _ in range(nth):
        at = FILES[file].index(text, at + 1)
    before = FILES[file][:at].removeprefix("\ufeff").replace("\r", "")
    column = len(before) - before.rfind("\n")
    line = before.count("\n") + 1
    return Place(file, line, column, line, column + len(text), role)


def finding(*places: Place, severity: Severity = Severity.ERROR, **more: str) -> Finding:
    """A finding at some places; everything else has a default."""
    words = {
        "code": "EVA204",
        "name": "claim-differs-from-result",
        "message": "the card says 0.93, the results say 0.871",
        "remedy": REMEDY,
        "project": "churn",
        "subject": "evaluation.results[roc_auc/test]",
        "fingerprint": "0123456789abcdef",
    } | more
    return Finding(severity=severity, places=places, **words)


def report(
    findings: Iterable[Finding] = (),
    *,
    waived: Iterable[Finding] = (),
    ratcheted: Iterable[Finding] = (),
    abstentions: Iterable[Abstention] = (),
    done: Completeness = DONE,
    projects: Iterable[Summary] = (),
    policy: dict[str, str] | None = None,
) -> Report:
    """A report with defaults for everything."""
    accepted = tuple(Waived(f, WAIVER._replace(rule=f.code)) for f in waived)
    every, known = tuple(findings), tuple(ratcheted)
    laws = {f.code: law(f) for f in (*every, *(w.finding for w in accepted), *known)}
    return Report(
        every, tuple(abstentions), accepted, done, policy or POLICY, tuple(projects), known,
        laws=tuple(laws[code] for code in sorted(laws)),
        answered=tuple(sorted({f"{one.code} {one.name}" for one in (*laws.values(), *abstentions, *QUIET)})),
    )  # fmt: skip


def law(found: Finding) -> Law:
    """What the rule of a finding asks for."""
    page = f"https://mlgov.dev/rules/{found.code}"
    why = "Readers trust the card.\n\n* `a` and **b**"
    return Law(found.code, found.name, "evaluation", "A claim must be true.", why, found.remedy, "S3-38", page)


BOUND = place("mlgov.yaml", "0.85")
TARGET = place("mlgov.yaml", "0.80")
CARD = place("MODEL_CARD.md", "0.93", "card")
RESULT = place("reports/metrics.json", "0.871", "result")
WRONG = place("카드.md", "0.93")
REPAIR = TextEdit("카드.md", WRONG.line, WRONG.column, WRONG.end_line, WRONG.end_column, "0.87")
STEP = Operation("replace", Origin("카드.md", "@5:18"), "0.87")
IMPOSSIBLE = finding(
    TARGET, BOUND, severity=Severity.WARNING, code="FRM102", name="target-below-acceptable",
    message="target 0.80 is laxer than the acceptable bound 0.85", remedy="set the target at or beyond the bound",
)  # fmt: skip
QUIET = (Abstention("TEA001", "owner-missing", "", "", ""),)  # a rule that ran and had nothing to say
ABSTAINED = (
    Abstention("EVA202", "split-mismatch", "churn", "evaluation.results[recall]", "unknown data set"),
    Abstention("EVA202", "split-mismatch", "churn", "evaluation.results[roc_auc]", "unknown data set"),
    Abstention("EVA301", "improvement-within-noise", "churn", "evaluation.results[roc_auc]", "unknown n"),
)

CASES: dict[str, Report] = {
    "several-files": report([finding(CARD, RESULT, BOUND)]),
    "one-file": report([IMPOSSIBLE]),
    "far-apart": report([finding(RESULT, place("reports/metrics.json", "0.6"), BOUND, place("mlgov.yaml", "churn"))]),
    "wide-characters": report(
        [finding(place("카드.md", "0.93", "card"), place("카드.md", "0.91"), place("카드.md", "👍"))]
    ),
    "tabs": report([finding(place("tabs.yaml", "0.60"), place("tabs.yaml", "precision"))]),
    "windows-file": report([finding(place("crlf.yaml", "1"), place("crlf.yaml", "3"))]),
    "without-frame": report([finding(Place("LICENSE"), Place("gone.yaml", 3, 1, 3, 5), Place("mlgov.yaml", 99, 1))]),
    "change": report([finding(BOUND, place("mlgov.yaml", "0.80", "before"), message="the bound moved with its result")]),
    "fixable": report([finding(WRONG, RESULT)._replace(fix=Fix("write what was measured", (STEP,), True, (REPAIR,)))]),
    "nothing": report(),
    "only-info": report([finding(CARD, severity=Severity.INFO)]),
    "abstentions": report(abstentions=ABSTAINED),
    "waived": report([IMPOSSIBLE], waived=[finding(CARD, RESULT)]),
    "ratcheted": report([IMPOSSIBLE], ratcheted=[finding(CARD, RESULT)]),
    "several-projects": report(
        [finding(CARD), finding(BOUND, project="fraud", message="the bound is missing")],
        done=DONE._replace(projects=3, notes=("3 files are not tracked by git",)),
        projects=[
            Summary("churn", "development", True, ("project",), ("A model must have a result.", "Baselines are named.")),
            Summary("fraud", "production", True, ("project",)),
            Summary("legacy", "validation", False, ("data", "evaluation")),
        ],
    ),
    "incomplete": report(
        [finding(Place("broken.yaml"), code="INT002", name="unreadable-artifact", message="broken.yaml is not YAML")],
        done=DONE._replace(files_read=5, rules_run=209),
    ),
    "many": report(
        [finding(BOUND, message=f"number {n}") for n in range(12)]
        + [finding(BOUND, severity=Severity.WARNING, message=f"number {n}") for n in range(3)]
    ),
}  # fmt: skip
