// The messages of a channel, kept in step with the world: each is drawn again only when it has changed, so that focus and reading
// places stay. Moving with the arrow keys goes from message to message.

import { act } from "./api.js";
import { el, fill, toast } from "./dom.js";
import { openModal } from "./modal.js";
import { messageMenu } from "./menu.js";
import { messageView } from "./message.js";
import { go, messagesHere, nameOf, on, state, tell } from "./state.js";
import { welcome } from "./welcome.js";

/** Messages of one author within this time stand under one head. */
const TOGETHER = 7 * 60 * 1000;
/** How long a sign of typing is believed. */
const TYPING = 10_000;

const drawn = new Map();
let log;
/** Whether the newest message is in sight, and is to stay so. */
let atEnd = true;

/** Fills the log and keeps it. */
export function startLog() {
  log = document.getElementById("log");
  log.addEventListener("scroll", () => {
    atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  });
  new ResizeObserver(toEnd).observe(log);
  log.addEventListener("keydown", move);
  log.addEventListener("click", follow);
  // What opens inside a message is to be seen whole; the event does not bubble.
  log.addEventListener("toggle", (event) => event.target.open && event.target.scrollIntoView({ block: "nearest" }), true);
  on("messages users", draw);
  on("place me", () => {
    drawn.clear();
    fill(log);
    atEnd = true;
    draw();
  });
  on("requests", typing);
  draw();
}

function draw() {
  const messages = messagesHere();
  const known = new Set(messages.map((message) => message.id));
  for (const [id, { view }] of drawn) {
    if (!known.has(id)) {
      keepFocus(view);
      view.remove();
      drawn.delete(id);
    }
  }
  log.querySelector(".welcome")?.remove();
  if (!messages.length) log.append(welcome());
  let before = null;
  for (const message of messages) {
    // What comes of what one just did is brought into sight, wherever one was reading.
    if (!drawn.has(message.id) && isOwn(message)) atEnd = true;
    const view = viewOf(message);
    view.dataset.joined = joined(before, message) ? "yes" : "no";
    const place = before ? drawn.get(before.id).view.nextSibling : log.firstChild;
    if (view !== place) log.insertBefore(view, place);
    before = message;
  }
  rove(log.querySelector(".message[tabindex='0']") ?? log.querySelector(".message:last-of-type"));
  toEnd();
}

const isOwn = (message) => [message.author.id, message.visible_to, message.interaction?.user.id].includes(state.me);

function toEnd() {
  if (atEnd) log.scrollTop = log.scrollHeight;
}

function viewOf(message) {
  const text = JSON.stringify([message, message.message_reference && state.messages.get(message.message_reference.message_id)?.content]);
  const old = drawn.get(message.id);
  if (old?.text === text) return old.view;
  const view = messageView(message, { use, open: messageMenu, reply: (target) => tell("reply", target), dismiss, jump });
  view.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, img")) return;
    event.preventDefault();
    messageMenu(message, view.querySelector("[aria-haspopup=menu]"));
  });
  if (old) {
    const focused = old.view.contains(document.activeElement);
    old.view.replaceWith(view);
    if (focused) view.focus();
  }
  drawn.set(message.id, { text, view });
  return view;
}

function joined(before, message) {
  if (!before || before.author.id !== message.author.id || message.interaction || message.message_reference || before.flags !== message.flags) return false;
  return new Date(message.timestamp) - new Date(before.timestamp) < TOGETHER;
}

/** The message that the Tab key reaches. */
function rove(view) {
  if (!view) return;
  log.querySelectorAll(".message[tabindex='0']").forEach((other) => other.setAttribute("tabindex", "-1"));
  view.setAttribute("tabindex", "0");
}

function keepFocus(view) {
  if (view.contains(document.activeElement)) (view.previousElementSibling ?? view.nextElementSibling ?? log).focus();
}

function move(event) {
  const here = event.target.closest?.(".message");
  if (event.target !== here && event.target !== log) return;
  const all = [...log.querySelectorAll(".message")];
  const at = all.indexOf(here);
  const next = { ArrowUp: at < 0 ? all.length - 1 : at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
  if (next !== undefined && all[next]) {
    event.preventDefault();
    rove(all[next]);
    all[next].focus();
  } else if (here && ["Enter", "ContextMenu"].includes(event.key)) {
    event.preventDefault();
    messageMenu(state.messages.get(here.dataset.message), here.querySelector("[aria-haspopup=menu]"));
  }
}

/** Goes to a message and marks it for a moment. */
export function jump(id) {
  const view = drawn.get(id)?.view;
  if (!view) return;
  rove(view);
  view.focus();
  view.scrollIntoView({ block: "center" });
  view.classList.add("found");
  setTimeout(() => view.classList.remove("found"), 1500);
}

/** A link to a message leads to it, in whichever channel it stands. */
function follow(event) {
  const link = event.target.closest("a[data-message]");
  if (!link) return;
  event.preventDefault();
  const { channel, message } = link.dataset;
  if (!state.messages.has(message)) toast("That message is gone.", "bad");
  else if (channel !== state.channel) go(channel);
  jump(message);
}

async function dismiss(message) {
  await act("delete", { user: state.me, message: message.id }).catch((error) => toast(error.message, "bad"));
}

async function use(message, verb, component, values) {
  const body = { user: state.me, message: message.id, custom_id: component.custom_id, ...(verb === "select" ? { values } : {}) };
  await interact(verb, body);
}

/** Begins an interaction and deals with what comes of it: a modal, or silence. */
export async function interact(verb, body) {
  try {
    const done = await act(verb, body);
    if (!done.acknowledged) toast(`${nameOf(state.bot)} did not answer in time.`, "bad");
    else if (done.acknowledged.kind === 9) openModal(done);
    return done;
  } catch (error) {
    toast(error.message, "bad");
    return null;
  }
}

/** Who is typing is told by the wire alone. */
function typing() {
  const line = document.getElementById("typing");
  const since = Date.now() - TYPING;
  const signs = state.requests.filter((request) => request.route === "/channels/{channel_id}/typing" && request.path.includes(`/${state.channel}/`) && Date.parse(request.at) > since);
  const last = signs.at(-1);
  const answered = last && messagesHere().some((message) => message.author.id === state.bot && message.timestamp > last.at);
  fill(line, last && !answered ? [el("span", { class: "dots", "aria-hidden": "true" }, "•••"), ` ${nameOf(state.bot)} is typing…`] : []);
  if (last && !answered) setTimeout(typing, TYPING);
}

on("messages", () => log && typing());
