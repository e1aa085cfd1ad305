// The knowledge: entries by topic with search, each as its card in Discord; coverage; faults and what is due. Read again when it changes.

import { ask } from "./api.js";
import { coverage } from "./coverage.js";
import { el, fill, settled } from "./dom.js";
import { entryView } from "./entry.js";
import { review } from "./review.js";
import { on, state } from "./state.js";

const VIEWS = [["entries", "Entries"], ["coverage", "Coverage"], ["review", "Review"]];
/** How many entries a search shows. */
const MOST_FOUND = 60;

const body = el("div", { class: "knowledge-body" });
const banner = el("div", { class: "banner", role: "status" });
const search = el("input", { type: "search", id: "search", placeholder: "Search questions and wordings" });
let knowledge = null;
let view = "entries";
let entry = null;
let wanted = false;

/** Fills the panel. */
export function startKnowledge(panel) {
  const choice = ([id, name]) => el("button", { type: "button", "aria-pressed": String(id === view), data: { view: id }, on: { click: () => turn(id) } }, name);
  fill(panel, el("h2", {}, "Knowledge"), banner, el("div", { class: "segments", role: "group", "aria-label": "Views of the knowledge" }, VIEWS.map(choice)), body);
  search.addEventListener("input", settled(() => { entry = null; draw(); }, 60));
  document.addEventListener("panel", (event) => {
    wanted = event.detail === "knowledge";
    if (wanted && !knowledge) read();
  });
  let known = "";
  on("announced", () => {
    const now = JSON.stringify(state.announced.knowledge);
    if (now !== known && (wanted || knowledge)) read();
    known = now;
  });
}

async function read() {
  try {
    knowledge = await ask("/knowledge");
    draw();
  } catch (error) {
    fill(body, el("p", { class: "notice bad" }, error.message));
  }
}

function turn(id) {
  view = id;
  entry = null;
  document.querySelectorAll("#panel-knowledge .segments button").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.view === id)));
  draw();
}

function draw() {
  if (!knowledge) return;
  fill(banner, standing());
  if (view === "coverage") fill(body, coverage(knowledge));
  else if (view === "review") fill(body, review(knowledge, open));
  else if (entry) showEntry();
  else drawEntries();
}

/** Whether the files as they are now are what answers; if not, the first fault. */
function standing() {
  const { folder, in_use, faults, generation } = knowledge;
  const first = faults.find((fault) => fault.severity === "error");
  if (!in_use) return el("div", { class: "notice bad" }, el("p", {}, el("strong", {}, "The saved files cannot be used. "), "The last good knowledge goes on answering."), first ? faultLine(first) : null);
  const where = folder ? ["Save a file in ", el("code", {}, folder), " and the bot answers by it."] : "The knowledge carried in the program.";
  return el("p", { class: "muted" }, `${knowledge.name} ${knowledge.version}`, generation > 1 ? `, reloaded ${generation - 1} ${generation === 2 ? "time" : "times"}` : "", ". ", where);
}

/** A fault: where, what, and how to mend it. */
export function faultLine(fault) {
  return el("div", { class: `fault ${fault.severity}` }, el("p", {}, el("span", { class: "severity" }, fault.severity), el("code", { class: "place" }, fault.place)), el("p", {}, fault.what), el("p", { class: "mend" }, el("strong", {}, "Mend: "), fault.mend));
}

/** The entries; what is open stays open and what has the focus keeps it, for the knowledge may be drawn anew while one reads. */
function drawEntries() {
  const keep = document.activeElement === search ? "search" : document.activeElement?.closest(".knowledge-body [data-key]")?.dataset.key;
  const opened = new Set([...body.querySelectorAll(".topic[open]")].map((topic) => topic.dataset.id));
  const query = search.value.trim().toLowerCase();
  const field = el("p", { class: "field" }, el("label", { for: "search" }, "Search"), search);
  fill(body, field, query ? found(query) : knowledge.topics.map((topic) => topicView(topic, opened.has(topic.id))));
  if (keep === "search") search.focus();
  else if (keep) body.querySelector(`[data-key="${CSS.escape(keep)}"]`)?.focus();
}

function found(query) {
  const words = query.split(/\s+/);
  const fits = (text) => words.every((word) => text.toLowerCase().includes(word));
  const all = knowledge.topics.flatMap((topic) => topic.entries);
  const hits = all.flatMap((item) => {
    if (fits(`${item.id} ${item.question}`)) return [{ item, wording: null }];
    const wording = item.ask.find(fits);
    return wording ? [{ item, wording }] : [];
  });
  const shown = hits.slice(0, MOST_FOUND).map(({ item, wording }) => entryLine(item, wording));
  return [el("p", { class: "muted", role: "status" }, `${hits.length} of ${all.length} entries`), el("ul", { class: "entries" }, shown)];
}

function topicView(topic, opened) {
  const details = el("details", { class: "topic", open: opened, data: { id: topic.id } },
    el("summary", { data: { key: topic.id } }, el("span", { class: "swatch", "aria-hidden": "true" }), el("span", { class: "topic-title" }, topic.title), el("small", {}, String(topic.entries.length))),
    el("p", { class: "muted" }, topic.description),
    el("ul", { class: "entries" }, topic.entries.map((item) => entryLine(item))));
  details.style.setProperty("--edge", `#${topic.colour.toString(16).padStart(6, "0")}`);
  return details;
}

function entryLine(item, wording = null) {
  return el("li", {}, el("button", { type: "button", class: "entry", data: { key: item.id }, on: { click: () => open(item.id) } },
    el("span", {}, item.question), el("small", {}, item.id, item.due ? " · due for review" : "", wording ? ` · “${wording}”` : "")));
}

/** Shows an entry. */
export async function open(id) {
  view = "entries";
  entry = id;
  turnMarks();
  await showEntry(true);
}

function turnMarks() {
  document.querySelectorAll("#panel-knowledge .segments button").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.view === view)));
}

async function showEntry(focus = false) {
  const wantedEntry = entry;
  try {
    const data = await ask("/knowledge/entry", { id: wantedEntry });
    if (entry !== wantedEntry) return;
    fill(body, entryView(data, { back, open, faultLine }));
    if (focus) body.querySelector("button")?.focus();
  } catch {
    back();
  }
}

function back() {
  entry = null;
  draw();
  search.focus();
}
