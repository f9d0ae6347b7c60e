"""Who owns what, under which licence, and what was decided: CODEOWNERS, licences, Backstage, records, documents, workflows."""

from typing import Any

import pytest

from mlgov.documents.codeowners import read_codeowners
from mlgov.formats._licences import identified
from mlgov.lifecycle.fact import Fact
from tests.unit.formats.reading import FIXTURES, facts, folder, inventory, place, project, values

CARD = "# Model card: churn\n\n## Results\n\n- Test accuracy: 0.95\n\n## Limitations\n\nEnglish only.\n"


def of(format_: str, kind: str = "real") -> dict[str, Any]:
    """The facts of a fixture by path; the values of lists are gathered."""
    from importlib import import_module

    name = import_module(f"mlgov.formats.{format_}").NAME
    found: dict[str, Any] = {}
    for fact in facts(folder(FIXTURES / format_ / kind), name):
        if fact.path.endswith("[]"):
            found.setdefault(fact.path, []).append(fact.value)
        else:
            found.setdefault(fact.path, fact.value)
    return found


def test_codeowners_in_order_with_comments_escapes_and_removed_owners() -> None:
    assert of("codeowners")["team.codeowners[]"] == [
        {"pattern": "*", "owners": ["@example/ml-platform"]},
        {"pattern": "/models/", "owners": ["@example/risk-ml", "ada@example.org"]},
        {"pattern": "/docs/my notes/", "owners": ["@bo"]},
        {"pattern": "/models/generated/", "owners": []},
    ]


def test_the_first_file_counts_as_github_looks() -> None:
    files = {"CODEOWNERS": "* @root\n", ".github/CODEOWNERS": "* @forge\n", "docs/CODEOWNERS": "* @docs\n"}
    assert values(files, "codeowners", "team.codeowners[]") == [{"pattern": "*", "owners": ["@forge"]}]
    said = {e.path: e.reason for e in inventory(files).entries}
    assert said["CODEOWNERS"] == "not used: .github/CODEOWNERS comes first"


def test_sections_of_gitlab_give_owners_to_lines_without() -> None:
    text = "[Data][2] @crm @@maintainer\ndata/\nlabels/ @bo\n^[Docs]\n*.md ada@example.org # prose\n"
    found = [(o.pattern, [w.name for w in o.owners], o.section) for o in read_codeowners(text)]
    assert found == [
        ("data/", ["@crm", "@@maintainer"], "Data"),
        ("labels/", ["@bo"], "Data"),
        ("*.md", ["ada@example.org"], "Docs"),
    ]


def test_github_knows_no_sections() -> None:
    (found,) = values({".github/CODEOWNERS": "[ab]/ @crm\n"}, "codeowners", "team.codeowners[]")
    assert found == {"pattern": "[ab]/", "owners": ["@crm"]}


def test_a_placeholder_owns_nothing_and_is_told() -> None:
    files = {"CODEOWNERS": "* @your-org/maintainers @ada\n"}
    assert values(files, "codeowners", "team.codeowners[]") == [{"pattern": "*", "owners": ["@ada"]}]
    assert [(d.code, d.origins[0].pointer) for d in inventory(files).defects] == [("INT007", "@1:3")]


def test_an_owner_stands_in_its_line() -> None:
    files = {"CODEOWNERS": "# all\n/models/  @ada  @bo\n"}
    (fact,) = facts(files, "codeowners")
    assert place(fact.origin, files) == "CODEOWNERS:2:1"
    assert place(fact.parts["owners.1"], files) == "CODEOWNERS:2:17"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Apache License\nVersion 2.0, January 2004", "Apache-2.0"),
        ("GNU GENERAL PUBLIC LICENSE\n  Version 3, 29 June 2007", "GPL-3.0"),
        ("GNU LESSER GENERAL PUBLIC LICENSE\nVersion 2.1, February 1999", "LGPL-2.1"),
        ("GNU AFFERO GENERAL PUBLIC LICENSE\nVersion 3", "AGPL-3.0"),
        ("Mozilla Public License Version 2.0", "MPL-2.0"),
        ("Attribution-ShareAlike 4.0 International", "CC-BY-SA-4.0"),
        ("Attribution 4.0 International", "CC-BY-4.0"),
        ("SPDX-License-Identifier: BSD-3-Clause\n", "BSD-3-Clause"),
        ("Redistribution and use in source and binary forms, with\nor without", "BSD-2-Clause"),
        ("Redistribution and use in source and binary forms\n3. Neither the name of X", "BSD-3-Clause"),
        ("All rights reserved. See the Apache docs.", None),
    ],
)
def test_licences_are_told_by_their_first_lines(text: str, expected: str | None) -> None:
    found = identified(text)
    assert (found.id if found else None) == expected


def test_a_licence_inside_the_tree_says_nothing_about_the_project() -> None:
    text = "MIT License\n\nSPDX-License-Identifier: MIT\n"
    assert values({"vendored/x/LICENSE": text}, "licence", "project.license.code") == []
    inner = {"churn/LICENSE": text, "churn/mlgov.yaml": "apiVersion: mlgov/v1\nproject: {id: churn}\n"}
    assert values(inner, "licence", "project.license.code") == ["MIT"]


def test_the_licence_of_a_distribution() -> None:
    assert of("pyproject") == {"project.license.code": "Apache-2.0"}
    classified = '[project]\nname = "x"\nclassifiers = ["License :: OSI Approved :: MIT License"]\n'
    assert values({"pyproject.toml": classified}, "pyproject", "project.license.code") == ["MIT"]
    vague = classified.replace("MIT License", "Apache Software License")
    assert values({"pyproject.toml": vague}, "pyproject", "project.license.code") == []


def test_a_citation() -> None:
    assert of("citation") == {"project.version": "1.4.0", "project.license.code": "Apache-2.0"}
    data = (
        "cff-version: 1.2.0\ntitle: d\nauthors: [{name: a}]\ntype: dataset\nlicense: [MIT, CC-BY-4.0]\nversion: '2'\n"
    )
    assert [(f.path, f.value) for f in facts({"CITATION.cff": data}, "citation")] == [
        ("project.license.data", "MIT OR CC-BY-4.0")
    ]


def test_the_component_of_the_model_and_who_owns_what() -> None:
    said = of("backstage")
    assert (said["project.name"], said["project.stage"]) == ("churn", "production")
    assert said["project.links[]"] == [{"url": "https://dash.example.org/churn", "title": "Dashboard"}]
    owners = [said[f"team.ownership.{part}"] for part in ("model", "serving", "data")]
    assert owners == ["risk-ml", "ops/bo", "crm"]


def test_reviewers_are_named_once() -> None:
    assert of("owners")["team.roles[]"] == [{"role": "reviewer", "holders": ["ada", "bo", "cy"]}]
    assert of("owners", "minimal")["team.roles[]"][0]["holders"] == ["@ada", "ada@example.org", "@bo"]


def test_a_decision_record() -> None:
    said = of("decision_record")
    (decision,) = said["process.decisions[]"]
    assert (decision["status"], decision["date"]) == ("accepted", "2026-09-14")
    assert decision["decision"].startswith('Chosen option: "On the device"')
    assert said["serving.rationale"] == decision["decision"]
    assert said["problem.stakeholders[]"] == ["Ada Lovelace", "@bo"]


def test_a_record_of_nygard_that_chooses_a_model() -> None:
    said = of("decision_record", "minimal")
    assert said["process.decisions[]"][0]["date"] == "2026-02-03"
    assert said["training.selection.rationale"] == "We use gradient boosting."


def test_a_proposed_decision_is_no_reason() -> None:
    text = (FIXTURES / "decision_record/real/docs/decisions/0004-serve-on-device.md").read_text()
    found = facts({"docs/adr/0004-x.md": text.replace("accepted", "proposed")}, "decision-record")
    assert "serving.rationale" not in [fact.path for fact in found]


def test_a_requirement_document() -> None:
    said = of("product_document")
    assert said["problem.statement"].startswith("Every month 2 %")
    assert said["problem.business_goal"] == "Keep more accounts than the monthly campaign does."
    assert (said["problem.users[]"], said["problem.non_goals[]"]) == (["Agents of the call centre"], ["Pricing"])
    assert said["problem.requirements[]"] == [
        {"id": "REQ-1", "statement": "a list of 500 accounts stands at 7:00"},
        {"statement": "The list explains each account"},
    ]
    assert said["team.ownership.problem"] == "@ada"
    assert said["process.approvals[]"] == [{"of": "problem", "by": "@cy", "on": "2026-05-04", "outcome": "approved"}]


def test_a_requirement_document_in_korean() -> None:
    said = of("product_document", "minimal")
    assert (said["problem.why"], said["problem.statement"]) == ("고객이 떠난다.", "매달 2 %가 떠난다.")
    assert said["problem.users[]"] == ["상담원"]


def test_gates_and_schedule_of_a_workflow() -> None:
    said = of("workflow")
    gates = said["training.pipeline.gates[]"]
    assert all(gate.pop("file") == "/.github/workflows/retrain.yml" for gate in gates)
    assert gates == [{"metric": "f1", "min": "0.6"}, {"metric": "accuracy", "min": "0.80"}, {}]
    assert (said["feedback.retraining.cadence"], said["feedback.retraining.triggers[]"]) == (
        "7d",
        [{"kind": "schedule"}],
    )


@pytest.mark.parametrize("script", ["pytest tests/test_train.py", "echo $TRAIN_URL >> log"])
def test_a_schedule_that_trains_nothing_is_no_retraining(script: str) -> None:
    text = f'on: {{schedule: [{{cron: "0 4 * * *"}}]}}\njobs: {{a: {{steps: [{{run: "{script}"}}]}}}}\n'
    assert facts({".github/workflows/a.yml": text}, "workflow") == []


def test_headlines_of_a_readme_are_claims() -> None:
    said = of("readme")["evaluation.claims[]"]
    assert said == [{"kind": "value", "metric": "ROC AUC", "value": "0.87", "document": "/README.md"}]
    assert [claim["metric"] for claim in of("readme", "minimal")["evaluation.claims[]"]] == ["Accuracy"]


def test_a_readme_speaks_about_the_projects_that_it_links() -> None:
    readme = "# All\n\n## [Churn](churn/)\n\n| Metric | Value |\n|---|---|\n| Accuracy | 0.97 |\n\n## [Risk](risk/)\n\nAccuracy.\n"
    found = inventory({"README.md": readme, "churn/MODEL_CARD.md": CARD, "risk/MODEL_CARD.md": CARD})
    (evidence,) = [e for e in found.evidence if e.format == "readme"]
    assert (evidence.about, len(evidence.facts)) == ("churn", 1)


def test_a_readme_makes_no_project_and_belongs_to_the_only_one() -> None:
    known = project({"README.md": "# Churn\n\n## Results\n\n- Accuracy: 0.91\n", "models/MODEL_CARD.md": CARD})
    assert [claim.literal("value") for claim in known.evaluation.claims] == ["0.91"]


def test_what_common_files_say_comes_after_what_the_project_says() -> None:
    files = {"CITATION.cff": "cff-version: 1.2.0\ntitle: t\nauthors: [{name: a}]\nversion: 0.1.0\n",
             "MODEL_CARD.md": CARD.replace("## Results", "- Version: 1.4.0\n\n## Results")}  # fmt: skip
    assert project(files).identity.version == "1.4.0"


def test_every_place_is_that_of_a_part() -> None:
    for name in ("codeowners", "decision_record", "product_document", "approval_record", "sagemaker_card"):
        for kind in ("real", "minimal"):
            for evidence in inventory(folder(FIXTURES / name / kind)).evidence:
                for fact in evidence.facts:
                    _parts_exist(fact)


def _parts_exist(fact: Fact) -> None:
    for part in fact.parts:
        value = fact.value
        for step in part.split("."):
            value = value[int(step)] if step.isdecimal() else value[step]
