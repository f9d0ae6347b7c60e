"""Templates: a file for a template engine is told from a broken one; braces in strings never count."""

import pytest

from mlgov.documents import read_yaml

HELM = b"""\
{{- if .Values.enabled }}
apiVersion: v1
metadata:
  name: {{ include "x.fullname" . }}
{{- end }}
"""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HELM.decode(), 1), ("a: 1\nb: {{ x }}\n", 2), ("a: {{ x }}-suffix\n", 1), ("{% if x %}\na: 1\n{% endif %}\n", 1), ("a: [{{ x }}, 2]\n", 1),
        ("a: 1\nb: {{ .Values.x | default \"y\" }}\n", 2), ("{{- /* note */ -}}\na: 1\n", 1), ("image: {username}/serve:latest\n", 1),
        ("host: %REDSHIFT_HOST%\n", 1), ("{{ cookiecutter.name }}:\n  a: 1\n", 1), ("a: \"{{ x }}\"\nb: {{ y }}z: w\n", 2),
    ],
)  # fmt: skip
def test_template_is_told_once_with_its_place(text: str, line: int) -> None:
    reading = read_yaml(text.encode())
    assert [(flaw.code, flaw.line) for flaw in reading.flaws] == [("INT009", line)]
    assert reading.documents == ()


@pytest.mark.parametrize(
    "text",
    [
        'a: "{{ $value }}"\n',
        "a: '{% if %}'\n",
        "a: latency is {{ $value }}s\n",
        "a: |\n  {{ x }}\n  {% y %}\n",
        "a: b # {{ x }}\n",
        "a: {b: {c: 1}}\n",
    ],
)
def test_file_that_parses_is_never_a_template(text: str) -> None:
    reading = read_yaml(text.encode())
    assert reading.flaws == ()
    assert len(reading.documents) == 1


@pytest.mark.parametrize(
    "text",
    [
        'a: "{{ x }}"\nb: [1\nc: }\n',
        "a: 'open\n# {{ x }}\n",
        "a: 1\n b: 2 # {{ x }}\n",
        "b: [1\nc: }\n\n\n\n\n\n\nd: {{ far }}\n",
        "a: *none # {{ x }}\n",
    ],
)
def test_broken_file_with_harmless_braces_is_broken(text: str) -> None:
    assert [flaw.code for flaw in read_yaml(text.encode()).flaws] == ["INT002"]


def test_other_documents_of_a_template_are_read() -> None:
    reading = read_yaml(b"a: 1\n---\nb: {{ x }}\n---\nc: {{ y }}\n---\nd: 1\n")
    assert [document.index for document in reading.documents] == [0, 3]
    assert [flaw.code for flaw in reading.flaws] == ["INT009"]
