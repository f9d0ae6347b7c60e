"""Objectives in documents: lists and tables below a heading, or in a file, that speaks of SLOs."""

import time
from typing import Any

import pytest

from mlgov.artifact import Artifact
from mlgov.formats import slo_document
from tests.unit.formats.deployment import read, said
from tests.unit.formats.reading import FIXTURES, folder, place, project, values

REAL = folder(FIXTURES / "slo_document" / "real")
SLOS = "serving.slos[]"


def line(text: str) -> list[dict[str, Any]]:
    artifact = Artifact("SLO.md", f"# SLOs\n\n- {text}\n".encode())
    return said(list(slo_document.read(artifact)), SLOS)


def test_a_list() -> None:
    slos = project({"SLO.md": REAL["SLO.md"]}).serving.slos
    assert [(s.metric, s.literal("max"), s.literal("objective")) for s in slos] == [
        ("availability", "", "99.9%"),
        ("latency_p95", "200ms", ""),
        ("latency_p99", "350ms", ""),
        ("error_rate", "0.5%", ""),
    ]
    assert float(slos[3].window) == 7 * 86400
    assert place(slos[1].at("max"), {"SLO.md": REAL["SLO.md"].decode()}) == "SLO.md:4:3"


def test_a_table_below_its_heading_only() -> None:
    found = values({"docs/service.md": REAL["docs/service.md"]}, "slo-document", SLOS)
    assert [(s["id"], s.get("max"), s.get("objective"), s["window"]) for s in found] == [
        ("latency_p95", "200ms", None, "28d"),
        ("availability", None, "99.9%", "30d"),
        ("error_rate", "1%", None, "7d"),
    ]


def test_other_languages_in_a_model_card() -> None:
    found = values(folder(FIXTURES / "slo_document" / "minimal"), "slo-document", SLOS)
    assert [(s["metric"], s.get("max"), s.get("objective")) for s in found] == [
        ("availability", None, "99.5%"),
        ("latency_p95", "50ms", None),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Latency SLO: p95 inference < 200ms during 99% of 5m windows.", {"max": "200ms", "objective": "99%"}),
        ("p95 latency below 1.5 seconds", {"max": "1.5s"}),
        ("95th percentile response time ≤ 0.2 s", {"max": "0.2s"}),
        ("Availability >= 99.5%", {"min": "99.5%"}),
        ("Availability: 99.9% over 30 days", {"objective": "99.9%", "window": "30d"}),
        ("Error rate: 5xx < 0.5%", {"max": "0.5%"}),
        ("Error rate < 0.005", {"max": "0.005"}),
        ("지연시간 p95 < 200 ms", {"max": "200ms"}),
    ],
)
def test_how_people_write_bounds(text: str, expected: dict[str, str]) -> None:
    (found,) = line(text)
    assert {k: v for k, v in found.items() if k not in ("id", "metric", "percentile")} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Latency must be low.",
        "Error budget: 0.1% of requests",
        "Feature store latency p99 < 5 ms",
        "Error rate < 5",
        "Latency: p95 < 20 %",
        "Error rate alert at 5%",
        "Latency or error rate below 2%",
        "Availability: high",
    ],
)
def test_what_is_no_objective(text: str) -> None:
    assert line(text) == []


def test_examples_and_templates_are_left_alone() -> None:
    text = "# SLO template\n\n- p95 latency < 200 ms\n"
    assert slo_document.recognise(Artifact("docs/slo.md", text.encode())) is None


def test_hostile_text_takes_no_time() -> None:
    start = time.process_time()
    for text in ("# SLO\n- " + "p95 latency < 200 ms, " * 20_000, "# SLO\n" + "- p95 latency < 1 ms\n" * 5_000, "#" * 200_000 + "SLO",
                 "# SLO\n- " + "over " * 50, " " * 100_000 + "# SLO"):  # fmt: skip
        artifact = Artifact("SLO.md", text.encode())
        slo_document.recognise(artifact)
    assert time.process_time() - start < 5


def test_read_states_what_recognise_saw() -> None:
    assert said(read(slo_document, "# SLO\n- p99 latency < 1s\n", "SLO.md"), SLOS)[0]["percentile"] == "p99"
