"""The HTML report in a real browser: nothing but itself is loaded, everything can be reached, nothing of a stranger acts."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from mlgov.renderers import render

from .reports import evil, evil_report, example, many, page_of, several

pytestmark = pytest.mark.needs("chromium")
HERE = Path(__file__).parent
Show = Callable[..., Page]


@pytest.mark.parametrize("name", ["churn", "churn-broken", "minimal"])
def test_a_report_loads_nothing_and_complains_about_nothing(show: Show, name: str) -> None:
    page = show(page_of(name))
    expect(page.locator("h1")).to_be_visible()
    made, _ = example(name)
    assert page.locator("#list > .finding").count() == len(made.findings)
    for button in page.get_by_role("button").all():
        if button.evaluate("one => one.tagName") == "BUTTON":  # every button does something, and nothing wrong
            button.click()


def test_the_findings_are_those_of_the_report_in_its_order(show: Show) -> None:
    page = show(page_of("churn-broken"))
    made, _ = example("churn-broken")
    assert page.locator(".finding .message").all_text_contents() == [f.message for f in made.findings]
    marked = page.locator(".finding").first.locator("mark").all_text_contents()
    assert marked == ["0.93", "0.8712"]  # all ends of a contradiction


def shown(page: Page) -> list[Any]:
    return page.locator("#list > .finding:not([hidden])").evaluate_all("all => all.map(one => ({...one.dataset}))")


def test_the_filters_work_by_keyboard(show: Show) -> None:
    page = show(page_of("churn-broken"))
    made, _ = example("churn-broken")
    page.locator("[name=text]").focus()
    page.keyboard.type("recall 0.60")
    expect(page.locator("#shown")).to_have_text(f"1 of {len(made.findings)} findings")
    assert [one["rule"] for one in shown(page)] == ["REQ203"]
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    expect(page.locator("#shown")).to_have_text(f"{len(made.findings)} findings")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # errors
    assert {one["severity"] for one in shown(page)} == {"warning"}
    page.locator("[type=reset]").press("Enter")
    expect(page.locator("#shown")).to_have_text(f"{len(made.findings)} findings")
    page.locator("[name=stage]").focus()
    page.keyboard.type("mon")
    assert {one["stage"] for one in shown(page)} == {"monitoring"}
    page.locator("[name=rule]").focus()
    page.keyboard.type("FRM201")
    expect(page.locator("#none")).to_be_visible()
    page.keyboard.press("Home")
    page.locator("[name=stage]").press("Home")
    assert len(shown(page)) == len(made.findings)


def test_a_stage_is_a_filter_and_takes_itself_back(show: Show) -> None:
    page = show(page_of("churn-broken"))
    tile = page.locator(".tile button[data-stage=evaluation]")
    tile.press("Enter")
    assert {one["stage"] for one in shown(page)} == {"evaluation"}
    assert tile.get_attribute("aria-pressed") == "true"
    tile.press("Enter")
    assert len(shown(page)) == len(example("churn-broken")[0].findings)


@pytest.mark.parametrize("count", [2, 6])
def test_projects_owners_and_what_belongs_to_none_can_be_found(show: Show, count: int) -> None:
    page = show(several(count))
    each = len(example("churn-broken")[0].findings)
    assert page.locator(".matrix").count() == (count > 3)  # many projects: a table in place of tiles
    page.locator("[name=owner]").focus()
    page.keyboard.type("@bo")
    assert len(shown(page)) == each * count // 2
    assert {one["project"] for one in shown(page)} == {f"project {n}" for n in range(0, count, 2)}
    page.locator("[name=project]").select_option("project 1")
    expect(page.locator("#none")).to_be_visible()
    page.locator("[type=reset]").click()
    page.locator("button[data-stage=data][data-project='project 1']").click()
    assert {(one["stage"], one["project"]) for one in shown(page)} == {("data", "project 1")}
    page.locator("[type=reset]").click()
    page.locator("button[data-stage=hygiene]").click()
    assert [one["rule"] for one in shown(page)] == ["INT002"]


def test_a_metric_shows_every_place_that_claims_it(show: Show) -> None:
    page = show(page_of("churn-broken"))
    about = page.locator(".about")
    page.locator(".node", has_text="roc_auc").hover()
    told = about.locator(".node-of:visible")
    expect(told).to_have_count(1)
    for said in ("0.93", "0.8712", "MODEL_CARD.md:17:13", "metrics.json:1:13", "mlgov.yaml:139:30"):
        expect(told).to_contain_text(said)
    assert page.locator("path.lit").count() > 0
    page.mouse.move(0, 0)
    expect(about).to_have_text("Nothing is chosen.", use_inner_text=True)


def test_the_graph_is_walked_with_the_arrow_keys(show: Show) -> None:
    page = show(page_of("churn-broken"))
    about = page.locator(".about h4:visible")
    assert page.locator(".node[tabindex='0']").count() == 1
    page.locator(".node[tabindex='0']").focus()
    expect(about).to_contain_text("roc_auc")
    page.keyboard.press("ArrowDown")
    expect(about).to_contain_text("recall")
    page.keyboard.press("ArrowLeft")
    expect(about).to_contain_text("requirement")
    page.keyboard.press("Enter")
    page.locator(".node", has_text="complaint_rate").hover()
    expect(about).to_contain_text("requirement")  # what was chosen stays
    page.keyboard.press("Escape")
    expect(page.locator(".chosen")).to_have_count(0)


def test_a_link_to_a_rule_opens_what_is_told_about_it(show: Show) -> None:
    page = show(page_of("churn-broken"))
    page.locator(".finding .rule").first.click()
    expect(page.locator("#law-EVA204[open]")).to_contain_text("mlgov explain EVA204")


def test_hostile_text_is_shown_and_does_nothing(show: Show) -> None:
    page = show(evil())
    assert page.evaluate("window.pwned") is None
    assert page.locator("script").count() == 1
    assert page.locator("img, iframe, object, embed, base, link, form[action]").count() == 0
    links = page.locator("a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert all(link.startswith("#") for link in links), links
    attributes = page.evaluate("[...document.querySelectorAll('*')].flatMap(one => one.getAttributeNames())")
    assert not [name for name in attributes if name.startswith("on") or name == "style"]
    message = page.locator(".message").first.text_content() or ""
    assert "</script><script>window.pwned=1</script>" in message  # readable as it is
    assert all(sign in message for sign in ("\\x1b[31m", "\\u202egnp", "{{ 7*7 }}", "\\ud800"))
    for node in page.locator(".node").all():
        node.hover()
    page.locator(".finding").first.hover()
    assert page.evaluate("window.pwned") is None


def test_without_a_script_everything_is_there_to_read(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(page_of("churn-broken"), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    assert not page.locator("#filters").is_visible()
    assert page.locator(".finding").last.is_visible()
    assert page.locator(".node-of").first.is_visible()
    context.close()


def test_five_thousand_findings_open_and_filter(show: Show) -> None:
    page = show(many(5000))
    expect(page.locator("#shown")).to_have_text("5000 findings")
    page.locator("[name=text]").fill("number 4711)")
    expect(page.locator("#shown")).to_have_text("1 of 5000 findings")
    expect(page.locator("#list > .finding:not([hidden])")).to_be_visible()
    page.locator("[type=reset]").click()
    expect(page.locator("#shown")).to_have_text("5000 findings")


def test_a_report_without_a_background_has_its_findings_all_the_same(show: Show) -> None:
    made, files = example("churn-broken")
    page = show(render("html", made._replace(background=None), files.__getitem__))
    assert page.locator("#stages, #trace").count() == 0
    assert page.locator(".finding").count() == len(made.findings)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("text", [page_of, None])
def test_no_page_is_wider_than_its_window(show: Show, width: int, text: Callable[[str], str] | None) -> None:
    page = show(text("churn-broken") if text else evil(), viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_paper_shows_what_is_folded_and_leaves_out_what_cannot_be_used(show: Show) -> None:
    page = show(page_of("churn-broken"), color_scheme="dark")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not page.locator("nav").is_visible()
    assert not page.locator("#filters").is_visible()
    assert page.locator("details:not([open])").count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_theme_follows_the_system_until_somebody_chooses(show: Show) -> None:
    page = show(page_of("minimal"), color_scheme="dark")
    colour = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(colour)
    page.locator("#theme").click()  # light
    light = page.evaluate(colour)
    page.locator("#theme").click()  # dark
    assert (page.evaluate(colour), light != dark) == (dark, True)


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The checker of accessibility, as it is pinned."""
    folder = tmp_path_factory.mktemp("axe")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    run = subprocess.run(["npm", "ci", *quiet], cwd=folder, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    return (folder / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.mark.needs("npm")
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_everybody_can_use_it(show: Show, axe: str, scheme: str, width: int) -> None:
    size = {"width": width, "height": 900}
    page = show(page_of("churn-broken"), color_scheme=scheme, viewport=size, bypass_csp=True)
    page.locator(".node.metric").first.click()
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.add_style_tag(content=".finding{content-visibility:visible!important}")
    page.evaluate(axe)
    found = page.evaluate("axe.run().then(told => told.violations.map(v => [v.id, v.help, v.nodes[0].html]))")
    assert found == []


def test_the_hostile_report_is_hostile_throughout() -> None:
    """A field that this report leaves empty would be a field that nobody attacks."""
    made = evil_report()
    parts = [made.findings[0], made.waived[0].waiver, made.laws[0], made.background]
    assert all(part for part in parts)
