"""Reports for the browser: of the examples, of somebody who means harm, and of five thousand findings."""

from functools import cache
from pathlib import Path

from mlgov.background import Background, Claim, Cover, Gap, Node, Portrait
from mlgov.figure import Curve, Intervals, Line, Point, Row
from mlgov.finding import Abstention, Finding, Place, Severity
from mlgov.renderers import View, render
from mlgov.report import Completeness, Law, Report, Summary, Waived, Waiver
from mlgov.run import Request, check

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
EVIL = (
    "</script><script>window.pwned=1</script><img src=x onerror=window.pwned=1>\"' onmouseover=window.pwned=1 x='"
    "\x1b[31m\u202egnp.exe\u2066 {{ 7*7 }} javascript:window.pwned=1 ]]> --> &lt;b> \ud800 \x00 ::error:: ##[error]"
)


@cache
def example(name: str) -> tuple[Report, dict[str, bytes]]:
    """The report on an example, and the files that it speaks about."""
    made, opened = check(Request((str(EXAMPLES / name),), today="2026-11-20", background=True))
    files = {p.file for f in made.findings for p in f.places}
    return made, {file: opened.snapshot.read(file) for file in files if file in opened.snapshot.files()}


def page_of(name: str, view: View = View()) -> str:  # noqa: B008  # a tuple
    """The page of an example."""
    made, files = example(name)
    return render("html", made, files.__getitem__, view)


def many(count: int) -> str:
    """The page of so many findings: those of the broken example, again and again."""
    made, files = example("churn-broken")
    rows = (made.findings[n % len(made.findings)] for n in range(count))
    found = tuple(f._replace(message=f"{f.message} (number {n})", fingerprint=f"{n:016x}") for n, f in enumerate(rows))
    return render("html", made._replace(findings=found), files.__getitem__)


def several(count: int) -> str:
    """The page of so many projects, all like the broken example; every other one is owned by somebody."""
    made, files = example("churn-broken")
    assert made.background
    names = [f"project {n}" for n in range(count)]
    found = tuple(
        f._replace(project=name, places=(f.places[0]._replace(file=f"{name}/{f.places[0].file}"), *f.places[1:]))
        for name in names
        for f in made.findings
    )
    shared = made.findings[0]._replace(
        code="INT002", name="unreadable-artifact", project="", places=(Place("broken.yaml"),)
    )
    owners = tuple((f.places[0].file, ("@ada", "@bo")) for f in found if f.project in names[::2])
    portraits = tuple(made.background.portraits[0]._replace(project=name) for name in names)
    law = made.laws[0]._replace(code="INT002", name="unreadable-artifact", family="hygiene")
    whole = made._replace(
        findings=(*found, shared),
        laws=(*made.laws, law),
        completeness=made.completeness._replace(projects=count),
        background=Background(portraits, owners, "2026-11-20"),
    )
    return render("html", whole, files.__getitem__)


def evil_report() -> Report:
    """Every text of this report comes from somebody who means harm."""
    places = (Place("javascript:window.pwned=1", 1, 1, 1, 9, EVIL), Place(EVIL, 2, 3, 2, 9), Place(EVIL, role="before"))
    figures = (
        Intervals(EVIL, (Row(EVIL, 0.5, 0.4, 0.6),), (Line(EVIL, 0.7, "min"),)),
        Curve(EVIL, EVIL, "fwer", (("alpha", 0.05),), (("m", 1.0),), (Point(EVIL, 4),), (Line(EVIL, 0.05, "max"),)),
        Curve(EVIL, EVIL, EVIL, ((EVIL, EVIL),), ((EVIL, 1.0),)),
    )
    finding = Finding(EVIL, EVIL, Severity.ERROR, EVIL, EVIL, EVIL, EVIL, EVIL, places, figures)
    waiver = Waiver(EVIL, EVIL, EVIL, EVIL, "2027-01-01", EVIL, EVIL, "active", EVIL, 1, places[0])
    node = Node(EVIL, "metric", EVIL, places[0], (Claim(EVIL, EVIL, places[1]),))
    gap = Gap(EVIL, EVIL, True, EVIL, "result", EVIL, places[0])
    cover = Cover("requirements", (EVIL,), (EVIL,), 1, 1, 1, 1)
    portrait = Portrait(EVIL, EVIL, (node,), (), ((EVIL,),), (gap,), (cover,))
    return Report(
        (finding, finding._replace(severity=Severity.INFO)),
        (Abstention(EVIL, EVIL, EVIL, EVIL, EVIL),),
        (Waived(finding, waiver),),
        Completeness(3, 2, 1, 2, 1, 2, (EVIL,), 3),
        {"profile": EVIL, "fail_on": "error", "digest": EVIL},
        (Summary(EVIL, EVIL, False, (EVIL,)), Summary(EVIL, "validation", True, (EVIL,), (EVIL,))),
        (finding,),
        (waiver,),
        laws=(Law(EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, "javascript:window.pwned=1"),),
        background=Background((portrait,), ((places[0].file, (EVIL,)),), "2026-11-20"),
    )


def evil() -> str:
    """The page of that report."""
    view = View(abstentions=True, ratcheted=True, blob="javascript:window.pwned=1")
    return render("html", evil_report(), lambda _: f"{EVIL}\n{EVIL}\n".encode("utf-8", "replace"), view)
