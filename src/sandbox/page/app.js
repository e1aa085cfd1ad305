// The page itself: starts the parts in order and draws the head of the chat. Every part has a file of its own.

import { startComposer } from "./composer.js";
import { startDock, toggleDock } from "./dock.js";
import { el, fill, icon, iconButton } from "./dom.js";
import { startLog } from "./log.js";
import { startSidebar } from "./sidebar.js";
import { isDirect, nameOf, on, start, state } from "./state.js";
import { startTheme } from "./theme.js";

function head() {
  const channel = state.channels.get(state.channel);
  const parent = state.channels.get(channel?.parent_id);
  const title = isDirect(channel) ? nameOf(state.bot) : channel?.name ?? "";
  const sign = isDirect(channel) ? "at" : parent ? "thread" : "hash";
  const { connected } = state.gateway;
  fill(document.getElementById("chat-head"),
    iconButton("menu", "Channels", () => document.body.classList.toggle("sidebar-open"), { class: "icon-button only-narrow" }),
    el("h2", { class: "title" }, icon(sign), parent ? el("span", { class: "parent" }, `${parent.name} › `) : null, title),
    el("p", { class: "connection", role: "status", data: { connected: connected ? "yes" : "no" } }, el("span", { class: "dot", "aria-hidden": "true" }), `${nameOf(state.bot)} is ${connected ? "connected" : "away"}`),
    el("button", { type: "button", class: "button secondary inside", "aria-expanded": String(document.body.classList.contains("dock-open")), "aria-controls": "dock", on: { click: (event) => toggleDock(event.currentTarget) } }, icon("why"), el("span", {}, "Inside")));
  document.title = `${isDirect(channel) ? "@" : "#"}${title} · Sandbox`;
}

/** What keeps one from talking: a line that was lost, a bot that is not there. */
function trouble(there = true) {
  const ended = state.announced.bot?.ended;
  const text = there ? (ended ? `The bot ended and starts again: ${ended}` : "") : "The sandbox does not answer. It may have been stopped; this page goes on when it is back.";
  document.getElementById("trouble").textContent = text;
}

startTheme();
await start();
startSidebar();
startLog();
startComposer();
startDock();
head();
on("place channels users gateway", head);
on("line", trouble);
on("announced", () => trouble());
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.body.classList.remove("sidebar-open");
});
document.body.dataset.ready = "yes";
document.getElementById("message-box").focus();
