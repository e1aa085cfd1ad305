// The panels beside the chat: why, knowledge, wire. Tabs as the ARIA pattern has them; one panel is shown at a time.

import { el, fill, icon, iconButton } from "./dom.js";
import { startKnowledge } from "./knowledge.js";
import { on, state } from "./state.js";
import { startWhy } from "./why.js";
import { startWire } from "./wire.js";

const PANELS = [
  { id: "why", name: "Why", sign: "why", start: startWhy },
  { id: "knowledge", name: "Knowledge", sign: "book", start: startKnowledge },
  { id: "wire", name: "Wire", sign: "wire", start: startWire },
];
let shown = "why";

/** Builds the tabs and their panels. */
export function startDock() {
  const tabs = PANELS.map(({ id, name, sign }) => el("button", { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": `panel-${id}`, on: { click: () => show(id) } }, icon(sign), el("span", {}, name), el("span", { class: "badge", hidden: true })));
  const panels = PANELS.map(({ id }) => el("section", { role: "tabpanel", id: `panel-${id}`, class: "panel", "aria-labelledby": `tab-${id}`, tabindex: "0" }));
  const list = el("div", { role: "tablist", "aria-label": "Panels", on: { keydown: keys } }, tabs);
  fill(document.getElementById("dock"),
    el("div", { class: "dock-head" }, list, iconButton("wide", "Wide panel", widen, { "aria-pressed": "false", class: "icon-button only-wide" }), iconButton("close", "Close the panel", () => toggleDock(false), { class: "icon-button dock-close" })),
    panels);
  PANELS.forEach(({ start }, at) => start(panels[at], reveal));
  show(shown);
  on("announced", badge);
  badge();
}

function show(id) {
  shown = id;
  for (const panel of PANELS) {
    const on = panel.id === id;
    const tab = document.getElementById(`tab-${panel.id}`);
    tab.setAttribute("aria-selected", String(on));
    tab.setAttribute("tabindex", on ? "0" : "-1");
    document.getElementById(`panel-${panel.id}`).hidden = !on;
  }
  document.dispatchEvent(new CustomEvent("panel", { detail: id }));
}

/** Shows a panel, opening the dock where it was closed. */
function reveal(id) {
  show(id);
  toggleDock(true);
}

/** Opens or closes the dock, where there is no room for it beside the chat; then `next` gets the focus. */
export function toggleDock(open = !document.body.classList.contains("dock-open"), next = null) {
  const button = document.querySelector("#chat-head [aria-controls=dock]");
  document.body.classList.toggle("dock-open", open);
  button.setAttribute("aria-expanded", String(open));
  (next ?? (open ? document.getElementById(`tab-${shown}`) : button)).focus();
}

function widen(event) {
  const wide = document.body.classList.toggle("dock-wide");
  event.currentTarget.setAttribute("aria-pressed", String(wide));
}

function keys(event) {
  const at = PANELS.findIndex((panel) => panel.id === shown);
  const next = { ArrowRight: (at + 1) % PANELS.length, ArrowLeft: (at + PANELS.length - 1) % PANELS.length, Home: 0, End: PANELS.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  show(PANELS[next].id);
  document.getElementById(`tab-${PANELS[next].id}`).focus();
}

/** Faults of the knowledge are told on its tab, whichever panel is shown. */
function badge() {
  const { errors = 0, in_use = true } = state.announced.knowledge ?? {};
  const mark = document.querySelector("#tab-knowledge .badge");
  mark.hidden = errors === 0;
  mark.textContent = `${errors} ${errors === 1 ? "fault" : "faults"}`;
  mark.classList.toggle("bad", !in_use);
}
