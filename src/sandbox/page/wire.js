// What passes between the bot and Discord: gateway payloads and REST requests, newest first, with the limits they use.

import { el, fill, settled } from "./dom.js";
import { faults } from "./faults.js";
import { used } from "./limits.js";
import { on, state } from "./state.js";
import { exact } from "./time.js";

/** How many are shown. */
const MOST = 150;
// https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-opcodes
const OPCODES = { 0: "Dispatch", 1: "Heartbeat", 2: "Identify", 3: "Presence", 6: "Resume", 7: "Reconnect", 9: "Invalid session", 10: "Hello", 11: "Heartbeat ACK" };

const list = el("ol", { class: "wire" });
const drawn = new Map();
let filter = "all";

/** Fills the panel. */
export function startWire(panel) {
  const choice = el("select", { id: "wire-filter", on: { change: (event) => { filter = event.target.value; draw(); } } },
    [["all", "All but heartbeats"], ["rest", "REST only"], ["gateway", "Gateway only"], ["bad", "What went wrong"]].map(([value, name]) => el("option", { value }, name)));
  fill(panel, el("h2", {}, "Wire"), faults(), el("p", { class: "field" }, el("label", { for: "wire-filter" }, "Show"), choice), list);
  const later = settled(() => !panel.hidden && draw(), 60);
  on("requests events", later);
  document.addEventListener("panel", later);
}

function draw() {
  const rows = [...state.requests.map(ofRequest), ...state.events.map(ofEvent)];
  const shown = rows.filter(fits).sort((left, right) => (left.at < right.at ? 1 : -1)).slice(0, MOST);
  const keys = new Set(shown.map((row) => row.key));
  for (const key of drawn.keys()) if (!keys.has(key)) drawn.delete(key);
  const views = shown.map((row) => {
    if (!drawn.has(row.key)) drawn.set(row.key, rowView(row));
    return drawn.get(row.key);
  });
  // What stays in its place is not touched, so that it keeps the focus.
  const kept = new Set(views);
  for (const view of [...list.children]) if (!kept.has(view)) view.remove();
  views.forEach((view, at) => view !== list.children[at] && list.insertBefore(view, list.children[at] ?? null));
}

const fits = (row) => ({ all: !row.beat, rest: row.kind === "REST", gateway: row.kind === "gateway", bad: row.bad })[filter];

const numbers = new WeakMap();
let last = 0;

/** The same request or payload has the same key as long as it is remembered. */
function keyOf(record) {
  if (!numbers.has(record)) numbers.set(record, (last += 1));
  return numbers.get(record);
}

function ofRequest(request) {
  return { key: `r${keyOf(request)}`, kind: "REST", at: request.at, fromBot: true, name: `${request.method} ${request.route || request.path}`, result: request.status ? String(request.status) : "cut", bad: request.status >= 400 || request.status === 0, parts: [["Sent", request.body], ["Answered", request.answer]], path: request.path, body: request.body, files: request.files };
}

function ofEvent(event) {
  const closed = event.op < 0;
  const name = closed ? `Close ${-event.op}` : event.name ?? OPCODES[event.op] ?? `Op ${event.op}`;
  return { key: `e${keyOf(event)}`, kind: "gateway", at: event.at, fromBot: event.from_bot, name, result: event.sequence ? `#${event.sequence}` : "", beat: event.op === 1 || event.op === 11, bad: closed || event.op === 7 || event.op === 9, parts: [["Payload", event.data]], body: null, files: [] };
}

function rowView(row) {
  const details = el("details", {}, el("summary", {},
    el("time", { datetime: row.at }, exact(new Date(row.at))),
    el("span", { class: "way", title: row.fromBot ? "from the bot" : "to the bot" }, row.fromBot ? "→" : "←", el("span", { class: "unseen" }, row.fromBot ? "from the bot" : "to the bot")),
    el("span", { class: "wire-name" }, breakable(row.name)),
    row.result ? el("span", { class: row.bad ? "status bad" : "status" }, row.result) : null));
  // Bodies are drawn when they are looked at: most never are.
  details.addEventListener("toggle", () => details.open && details.children.length === 1 && details.append(...bodies(row)), { once: true });
  return el("li", { data: { kind: row.kind } }, details);
}

/** A path goes on in the next line after a slash, not within a word. */
const breakable = (name) => name.split(/(?<=\/)/).flatMap((part) => [part, el("wbr")]);

function bodies(row) {
  const shown = row.parts.filter(([, body]) => body !== null && body !== undefined);
  return [
    meters(used(row.body)),
    row.path ? el("p", { class: "place" }, row.path) : null,
    ...row.files.map((file) => el("p", { class: "muted" }, `File ${file.filename}, ${file.size} bytes`)),
    ...shown.flatMap(([name, body]) => [el("h4", {}, name), el("pre", { class: "code", tabindex: "0" }, JSON.stringify(body, null, 2))]),
    ...(shown.length ? [] : [el("p", { class: "muted" }, "No body.")]),
  ].filter(Boolean);
}

function meters(all) {
  if (!all.length) return null;
  const meter = ({ name, amount, of }) => {
    const bar = el("span", { class: amount > of * 0.9 ? "bar near" : "bar" });
    bar.style.setProperty("width", `${Math.min(100, (amount / of) * 100).toFixed(1)}%`);
    return el("div", {}, el("dt", {}, name), el("dd", {}, el("span", { class: "track", "aria-hidden": "true" }, bar), el("span", { class: "amount" }, `${amount} of ${of}`)));
  };
  return el("dl", { class: "meters" }, all.map(meter));
}
