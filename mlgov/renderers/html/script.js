"use strict";
(() => {
const root = document.documentElement, all = (css, at = document) => [...at.querySelectorAll(css)];
root.classList.add("js");

// Theme: as the system says, then light, then dark.
const theme = document.getElementById("theme");
theme.addEventListener("click", () => {
  const next = {auto: "light", light: "dark", dark: "auto"}[root.dataset.theme || "auto"];
  if (next === "auto") delete root.dataset.theme; else root.dataset.theme = next;
  theme.querySelector("span").textContent = next;
});

// Filters: each finding carries what it can be found by; its text is read once, when a search needs it.
const form = document.getElementById("filters");
const findings = all("#list>.finding").map(el => ({el, is: el.dataset, owners: (el.dataset.owner || "").split(" "), text: null}));
const field = name => form && form.elements[name];
const chosen = name => { const one = field(name); return one ? one.value : "*"; };
const has = (finding, words) => {
  finding.text ??= finding.el.textContent.toLowerCase();
  return words.every(word => finding.text.includes(word));
};
const filter = () => {
  const levels = new Set(all("[name=severity]:checked", form).map(box => box.value));
  const rule = chosen("rule"), stage = chosen("stage"), project = chosen("project"), owner = chosen("owner");
  const words = field("text").value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const finding of findings) {
    const {is} = finding;
    const fits = levels.has(is.severity) && (rule === "*" || is.rule === rule) && (stage === "*" || is.stage === stage)
      && (project === "*" || is.project === project) && (owner === "*" || finding.owners.includes(owner))
      && (!words.length || has(finding, words));
    if (finding.el.hidden === fits) finding.el.hidden = !fits;
    shown += fits;
  }
  document.getElementById("shown").textContent =
    shown === findings.length ? `${shown} ${shown === 1 ? "finding" : "findings"}` : `${shown} of ${findings.length} findings`;
  document.getElementById("none").hidden = shown > 0;
  for (const tile of all(".tile button"))
    tile.setAttribute("aria-pressed", String(tile.dataset.stage === stage && ["*", tile.dataset.project].includes(project)));
};
if (form) {
  let waiting = 0;
  form.addEventListener("input", event => {
    clearTimeout(waiting);
    if (event.target.type === "search") waiting = setTimeout(filter, 80); else filter();
  });
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", event => event.preventDefault());
}
for (const tile of all(".tile button"))
  tile.addEventListener("click", () => {
    const stage = field("stage");
    if (stage) {
      const known = [...stage.options].some(option => option.value === tile.dataset.stage);
      const again = tile.getAttribute("aria-pressed") === "true";
      stage.value = known && !again ? tile.dataset.stage : "*";
      const project = field("project");
      if (project) project.value = stage.value === "*" ? "*" : tile.dataset.project;
      filter();
      if (again || !known) return;
    }
    document.getElementById("findings").scrollIntoView();
  });
if (form) filter();

// A link to a rule opens what is told about it; a link to a finding shows it even where a filter hides it.
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.tagName === "DETAILS") target.open = true;
  if (target && target.hidden) target.hidden = false;
};
addEventListener("hashchange", reveal);
reveal();

// On a narrow screen figures are wider than it, so that the keyboard has to reach them.
const narrow = matchMedia("(max-width: 640px)");
const reachable = () => { for (const one of all(".figure")) if (narrow.matches) one.tabIndex = 0; else one.removeAttribute("tabindex"); };
narrow.addEventListener("change", reachable);
reachable();

// Print all that is folded; fold it again afterwards.
let folded = [];
addEventListener("beforeprint", () => { folded = all("details:not([open])"); for (const one of folded) one.open = true; });
addEventListener("afterprint", () => { for (const one of folded) one.open = false; });

// Graphs: one node can be reached with Tab, the others with the arrow keys; what is chosen with a click stays.
for (const graph of all(".graph")) {
  const canvas = graph.querySelector(".canvas");
  if (!canvas) continue;
  const nodes = all(".node", canvas), lines = all("path[data-a]", canvas), missing = all(".missing", canvas);
  const told = all(".node-of", graph), none = graph.querySelector(".about>.note");
  const threads = told.map(one => one.dataset.t ? one.dataset.t.split(" ") : []);
  const number = node => Number(node.dataset.n);
  let kept = null;
  const spot = node => { const box = node.querySelector("rect"); return [Number(box.getAttribute("x")), Number(box.getAttribute("y"))]; };
  const show = node => {
    const mine = node ? new Set(threads[number(node)]) : null;
    const lit = n => mine !== null && (n === number(node) || threads[n].some(t => mine.has(t)));
    canvas.classList.toggle("chosen", mine !== null);
    for (const one of nodes) { one.classList.toggle("lit", lit(number(one))); one.classList.toggle("on", one === node); }
    for (const line of lines) {
      const common = threads[Number(line.dataset.a)].filter(t => threads[Number(line.dataset.b)].includes(t));
      line.classList.toggle("lit", mine !== null && common.some(t => mine.has(t)));
    }
    for (const gap of missing) gap.classList.toggle("lit", gap.dataset.a !== undefined && lit(Number(gap.dataset.a)));
    for (const one of told) one.classList.toggle("on", node !== null && one.dataset.n === node.dataset.n);
    none.hidden = node !== null;
  };
  const reach = node => { for (const one of nodes) one.setAttribute("tabindex", one === node ? "0" : "-1"); };
  const keep = node => {
    kept = kept === node ? null : node;
    for (const one of nodes) one.setAttribute("aria-pressed", String(one === kept));
    show(kept || node);
  };
  const next = (node, key) => {
    const [x, y] = spot(node), across = key === "ArrowLeft" || key === "ArrowRight", way = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
    const near = nodes.map(one => [one, ...spot(one)]).filter(([, a, b]) => across ? (a - x) * way > 0 : a === x && (b - y) * way > 0);
    near.sort(([, a, b], [, c, d]) => across ? Math.abs(a - x) - Math.abs(c - x) || Math.abs(b - y) - Math.abs(d - y) : Math.abs(b - y) - Math.abs(d - y));
    return near.length ? near[0][0] : null;
  };
  for (const node of nodes) {
    const label = node.querySelector("title").textContent, kind = node.getAttribute("class").replace("node ", "");
    node.setAttribute("role", "button");
    node.setAttribute("aria-label", `${kind} ${label}`);
    node.setAttribute("aria-pressed", "false");
    node.addEventListener("pointerenter", () => { if (!kept) show(node); });
    node.addEventListener("pointerleave", () => { if (!kept) show(null); });
    node.addEventListener("focus", () => { reach(node); if (!kept) show(node); });
    node.addEventListener("click", () => { reach(node); keep(node); });
    node.addEventListener("keydown", event => {
      if (event.key === "Enter" || event.key === " ") { keep(node); event.preventDefault(); }
      else if (event.key === "Escape") { kept = node; keep(node); show(null); }
      else if (event.key.startsWith("Arrow")) { const to = next(node, event.key); if (to) to.focus(); event.preventDefault(); }
    });
  }
  reach(nodes.find(node => node.classList.contains("metric")) || nodes[0]);
}
})();
