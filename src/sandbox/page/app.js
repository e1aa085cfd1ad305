// The page itself: starts the parts in order and draws the head of the chat. Every part has a file of its own.

import { startComposer } from "./composer.js";
import { startDock, toggleDock } from "./dock.js";
import { el, fill, icon, iconButton } from "./dom.js";
import { startLog } from "./log.js";
import { startSidebar, toggleSidebar } from "./sidebar.js";
import { isDirect, nameOf, on, start, state } from "./state.js";
import { startTheme } from "./theme.js";

/** The panels lie over the chat, and on still narrower screens the channels do, too; as in layout.css. */
const narrow = matchMedia("(max-width: 68rem)");
const title = el("h2", { class: "title" });
const connection = el("p", { class: "connection", role: "status" });

/** Builds the head of the chat once: what is told there is read out as it changes, and what has the focus keeps it. */
function startHead() {
  fill(document.getElementById("chat-head"),
    iconButton("menu", "Channels", () => toggleSidebar(), { class: "icon-button only-narrow", "aria-expanded": "false", "aria-controls": "sidebar" }),
    title,
    connection,
    el("button", { type: "button", class: "button secondary inside", "aria-expanded": "false", "aria-controls": "dock", on: { click: () => toggleDock() } }, icon("why"), el("span", {}, "Inside")));
  on("place channels users gateway", head);
  head();
}

function head() {
  const channel = state.channels.get(state.channel);
  const parent = state.channels.get(channel?.parent_id);
  const name = isDirect(channel) ? nameOf(state.bot) : channel?.name ?? "";
  const sign = isDirect(channel) ? "at" : parent ? "thread" : "hash";
  fill(title, icon(sign), parent ? el("span", { class: "parent" }, `${parent.name} › `) : null, name);
  const { connected } = state.gateway;
  const told = `${nameOf(state.bot)} is ${connected ? "connected" : "away"}`;
  if (connection.textContent !== told) fill(connection, el("span", { class: "dot", "aria-hidden": "true" }), told);
  connection.dataset.connected = connected ? "yes" : "no";
  document.title = `${isDirect(channel) ? "@" : "#"}${name} · Sandbox`;
}

/** Where there is no room for all parts, what lies over the chat makes way for it, and Escape closes it. */
function startParts() {
  const chat = document.getElementById("chat");
  const open = (part) => document.body.classList.contains(`${part}-open`);
  const close = (next) => {
    if (open("sidebar")) toggleSidebar(false, next);
    else if (open("dock")) toggleDock(false, next);
  };
  chat.addEventListener("focusin", (event) => narrow.matches && close(event.target));
  // The shade over the chat is part of it.
  chat.addEventListener("click", (event) => event.target === chat && open("sidebar") && toggleSidebar(false));
  document.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && !event.target.value && close());
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
startHead();
startParts();
on("line", trouble);
on("announced", () => trouble());
document.body.dataset.ready = "yes";
document.getElementById("message-box").focus();
