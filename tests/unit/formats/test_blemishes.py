"""Characters that nobody sees and files that hold nothing: told with their place, and nothing else is lost."""

import pytest

from tests.unit.formats.reading import inventory

TABLE = "## Results\n\n| Metric | Value |\n|---|---|\n| Accuracy | 0.9 |\n"


def codes(files: dict[str, str | bytes]) -> list[tuple[str, str]]:
    return [(d.code, d.origins[0].pointer) for d in inventory(files).defects]


@pytest.mark.parametrize(
    ("bad", "place"), [(b"x \x1a y", "@8:3"), (b"\x9f"[:0] + "\u0085".encode(), "@8:1"), (b"caf\xe9", "@8:4")]
)
def test_a_page_about_the_project_is_read_without_what_nobody_sees(bad: bytes, place: str) -> None:
    found = inventory({"README.md": f"# A\n\n{TABLE}".encode() + bad + b"\n"})
    assert [(d.code, d.origins[0].pointer) for d in found.defects] == [("INT015", place)]
    assert [f.value["value"] for e in found.evidence for f in e.facts] == ["0.9"]


def test_a_card_is_not_read_with_it() -> None:
    assert codes({"MODEL_CARD.md": f"# Model card\n\n{TABLE}\x1b\n"}) == [("INT002", "@8:1")]


@pytest.mark.parametrize("raw", [b"\xff\xfe#\x00", b"# A\n\x00\n", bytes(range(128, 256)) * 4])
def test_what_is_no_page_at_all_stays_unreadable(raw: bytes) -> None:
    assert {code for code, _ in codes({"README.md": raw})} == {"INT002"}


@pytest.mark.parametrize(
    "path",
    [
        "metrics.json",
        "metrics/test.json",
        "dvc.yaml",
        "dvc.lock",
        "params.yaml",
        "prometheus.yml",
        "MODEL_CARD.md",
        "MLmodel",
    ],
)
@pytest.mark.parametrize("text", ["", "\n \n"])
def test_a_file_of_a_known_name_that_is_empty_is_told(path: str, text: str) -> None:
    assert codes({path: text})[0] in (("INT016", "@1:1"), ("INT002", ""), ("INT002", "@1:1"))


@pytest.mark.parametrize(
    "path", ["README.md", "data.json", "notes.md", "src/features/__init__.py", "alerts.yml", "LICENSE"]
)
def test_any_other_file_may_be_empty(path: str) -> None:
    assert codes({path: ""}) == []


def test_a_prometheus_that_scrapes_nothing_is_one() -> None:
    found = inventory(
        {
            "prometheus.yml": "global: {scrape_interval: 15s}\n",
            "datasources/prometheus.yml": "apiVersion: 1\ndatasources: []\n",
        }
    )
    assert [e.file for e in found.evidence] == ["prometheus.yml"]
