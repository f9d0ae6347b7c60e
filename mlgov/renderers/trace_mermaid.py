"""The trace as a Mermaid flowchart; every label is written so that nothing in it acts."""

from mlgov.background import KINDS
from mlgov.lifecycle.trace import Trace
from mlgov.renderers.escaping import terminal

_PLAIN = frozenset(" _-.,:%/+")


def mermaid(trace: Trace) -> str:
    """The flowchart of one project: a column for each kind, missing links dashed."""
    names = {node.key: f"n{number}" for number, node in enumerate(trace.nodes)}
    lines = ["flowchart LR"]
    for kind in KINDS:
        some = [node for node in trace.nodes if node.kind == kind]
        if some:
            lines += [f"  subgraph {kind}", *(f'    {names[n.key]}["{_label(n.label)}"]' for n in some), "  end"]
    lines += [f"  {names[a]} --> {names[b]}" for a, b in trace.edges]
    for number, gap in enumerate(trace.gaps):
        lines.append(f'  g{number}["missing {gap.missing} ({_label(gap.code)})"]:::missing')
        if gap.subject in names:
            lines.append(f"  {names[gap.subject]} -.-> g{number}")
    return "\n".join([*lines, "  classDef missing stroke:#b00020,stroke-dasharray:4"])


def _label(text: str) -> str:
    """A label in quotes: everything but letters, digits and a few signs as an entity."""
    return "".join(c if c.isalnum() or c in _PLAIN else f"#{ord(c)};" for c in terminal(text)[:80])
