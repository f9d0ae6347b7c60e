"""Writes the pages that are made from the code: one for each rule, the lifecycle model, the commands.

    python docs/generate.py

They are not kept in git; `make docs` runs this and builds the site.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PROFILES = ("prototype", "standard", "high-risk")


def said(*words: str) -> str:
    """What a command prints."""
    done = subprocess.run([sys.executable, "-m", "mlgov", *words], capture_output=True, text=True, check=True)
    return done.stdout


def rules() -> Iterator[tuple[str, str]]:
    """The catalogue, and a page for each rule."""
    laws = json.loads(said("explain", "--all", "-o", "json"))["rules"]
    yield "rules/index.md", "\n".join(_catalogue(laws)) + "\n"
    for law in laws:
        yield f"rules/{law['code']}.md", "\n".join(_page(law)) + "\n"


def _catalogue(laws: list[dict[str, Any]]) -> Iterator[str]:
    yield f"# Rules\n\n{len(laws)} rules and hygiene codes. Severities are those of the profiles {', '.join(PROFILES)}.\n"
    for family in dict.fromkeys(law["family"] for law in laws):
        yield f"## {family.capitalize()}\n\n| code | name | law | severity |\n|---|---|---|---|"
        for law in (one for one in laws if one["family"] == family):
            yield f"| [{law['code']}]({law['code']}.md) | {law['name']} | {_cell(law['title'])} | {_levels(law)} |"
        yield ""


def _page(law: dict[str, Any]) -> Iterator[str]:
    yield f"# {law['code']} {law['name']}\n\n{law['title']}\n"
    yield "| | |\n|---|---|"
    stage = "any" if law["stage"] == "any" else f"from {law['stage']} on"
    for name, value in (("family", f"{law['family']}, {law['scope']}"), ("severity", _levels(law)), ("stage", stage),
                        ("since", law["since"]), ("silences", ", ".join(law["silences"])),
                        ("sources", ", ".join(law["sources"]))):  # fmt: skip
        if value:
            yield f"| {name} | {_cell(value)} |"
    yield ""
    for heading, text in law["sections"].items():
        yield f"## {heading}\n\n{_fenced(text)}\n"


def _fenced(text: str) -> str:
    """Examples with the names of their files as titles."""
    lines = []
    for line in text.splitlines():
        language, _, title = line[3:].partition(" ") if line.startswith("~~~") else ("", "", "")
        lines.append(f'~~~{language} title="{title}"' if title else line)
    return "\n".join(lines)


def _levels(law: dict[str, Any]) -> str:
    return " / ".join(law["severity"][profile] for profile in PROFILES)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def lifecycle() -> Iterator[tuple[str, str]]:
    """Every section and record of the manifest, from its JSON Schema."""
    schema = json.loads(said("schema"))
    lines = [
        "# The lifecycle model",
        "",
        "What a manifest may state. Generated from the records; `mlgov schema` prints the same as JSON Schema.",
        "",
    ]
    lines += ["| section | what it holds |", "|---|---|"]
    lines += [f"| `{name}` | {_cell(_about(part))} |" for name, part in schema["properties"].items()]
    for name, record in sorted(schema["$defs"].items()):
        if record.get("properties"):
            lines += [
                "",
                f"## {name}",
                "",
                record.get("description", ""),
                "",
                "| field | type | meaning |",
                "|---|---|---|",
            ]
            lines += [
                f"| `{key}` | {_cell(_type(part))} | {_cell(part.get('description', ''))} |"
                for key, part in record["properties"].items()
            ]
    yield "reference/lifecycle.md", "\n".join(lines) + "\n"


def _about(part: dict[str, Any]) -> str:
    return f"{part.get('description', '')} ({_type(part)})"


def _type(part: dict[str, Any]) -> str:
    """The type of a field as people say it; that anything may be excused or bound to a source goes without saying."""
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in part:
        return " \\| ".join(f"`{value}`" for value in part["enum"])
    if "const" in part:
        return f"`{part['const']}`"
    if "anyOf" in part or "oneOf" in part:
        kinds = [
            _type(one)
            for one in part.get("anyOf") or part["oneOf"]
            if not str(one.get("$ref", "")).endswith(("NotApplicable", "FromSource"))
        ]
        return " or ".join(dict.fromkeys(kind for kind in kinds if kind))
    if part.get("type") == "array":
        return f"list of {_type(part.get('items', {})) or 'values'}"
    if isinstance(part.get("type"), list):
        return " or ".join(part["type"])
    return str(part.get("type", ""))


def commands() -> Iterator[tuple[str, str]]:
    """`--help` of every command."""
    from mlgov.cli import COMMANDS

    lines = ["# Commands", "", "What `mlgov COMMAND --help` prints."]
    for name in COMMANDS:
        lines += ["", f"## mlgov {name}", "", "```text", said(name, "--help").rstrip(), "```"]
    yield "reference/commands.md", "\n".join(lines) + "\n"


def main() -> None:
    """Write all pages below this folder."""
    for path, text in (*rules(), *lifecycle(), *commands()):
        place = HERE / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
