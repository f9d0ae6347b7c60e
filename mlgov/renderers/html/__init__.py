"""The report as one HTML file: works without a network, runs nothing but its own script, shows strangers' text as text."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mlgov import __version__
from mlgov.renderers import PLAIN, Source, View
from mlgov.renderers.html.frames import Frames
from mlgov.renderers.html.items import choices, items_of
from mlgov.renderers.html.projects import MOST, SEVEN, beside, graph, tiles
from mlgov.renderers.html.texts import harmless, prose
from mlgov.renderers.html.waivers import terms
from mlgov.renderers.lines import Lines
from mlgov.renderers.wording import counts, gaps, many, scope
from mlgov.report import Report

FOLDER = Path(__file__).parent
MANY = 200  # of so many findings a browser lays out only those in sight, which makes the page move a little


def render(report: Report, source: Source, view: View = PLAIN) -> str:
    """The page. Without a background it has neither stages nor graphs nor owners."""
    frames = Frames(Lines(source), view.blob)
    items = items_of(report, frames)
    portraits = report.background.portraits if report.background else ()
    page = _environment().get_template("page.html.jinja")
    return (
        page.render(
            report=report,
            view=view,
            items=items,
            choices=choices(items, report),
            projects=[(p, tiles(p, items)) for p in portraits],
            beside=beside(portraits, items),
            most=MOST,
            many_items=MANY,
            graphs=[(p, graph(p)) for p in portraits],
            terms=terms(report),
            words=_words(report),
            place=frames.place,
            seven=SEVEN,
            version=__version__,
            **_parts(),
        ).strip()
        + "\n"
    )


def _words(report: Report) -> dict[str, str]:
    """The verdict in words: those of the other outputs."""
    missing = gaps(report.completeness)
    found = counts(report)
    state = "incomplete" if missing else "failed" if report.exit_code else "passed"
    return {
        "state": state,
        "title": "Incomplete" if missing else f"Found {found}" if found else "All clear",
        "missing": f"{missing}; this run decides nothing" if missing else "",
        "found": f"Found {found or 'nothing'}",
        "scope": scope(report),
    }


@cache
def _environment() -> Environment:
    """Every expression goes through `harmless`, which escapes it, whatever its place on the page."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"many": many, "prose": prose}
    return made


@cache
def _parts() -> dict[str, Any]:
    """Style and script, and the policy that lets a browser run these and nothing else."""
    style, script = ((FOLDER / name).read_text(encoding="utf-8") for name in ("style.css", "script.js"))
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )
    return {"style": Markup(style), "script": Markup(script), "policy": policy}  # noqa: S704  # files of this package


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
