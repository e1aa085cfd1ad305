// The menu of a message: reply, edit, delete, the commands for messages and for their authors, and why it was answered so.

import { act } from "./api.js";
import { el, toast } from "./dom.js";
import { interact } from "./log.js";
import { commandsOf, nameOf, state, tell } from "./state.js";

let open = null;

function close(back = true) {
  if (!open) return;
  const { menu, before } = open;
  open = null;
  menu.remove();
  document.removeEventListener("pointerdown", outside, true);
  if (back) before.focus();
}

function outside(event) {
  if (open && !open.menu.contains(event.target)) close(false);
}

function mayDelete(message) {
  if (message.author.id === state.me || message.visible_to === state.me) return true;
  const guild = state.guilds.get(message.guild_id);
  const roles = guild?.members[state.me] ?? [];
  const MANAGE_MESSAGES = 1n << 13n;
  return (guild?.roles ?? []).some((role) => roles.includes(role.id) && BigInt(role.permissions) & MANAGE_MESSAGES);
}

function entries(message) {
  const own = message.author.id === state.me;
  const onUser = commandsOf(2).map((command) => [`${command.name} (${nameOf(message.author)})`, () => interact("user_menu", { user: state.me, channel: message.channel_id, name: command.name, target: message.author.id })]);
  const onMessage = commandsOf(3).map((command) => [command.name, () => {
    interact("menu", { user: state.me, name: command.name, message: message.id });
    tell("asked", { question: message.content, channel: message.channel_id });
  }]);
  const apps = [...onMessage, ...onUser];
  return [
    message.visible_to ? null : ["Reply", () => tell("reply", message)],
    own ? ["Edit message", () => tell("edit", message)] : null,
    message.content ? ["Copy text", () => navigator.clipboard?.writeText(message.content).then(() => toast("Copied."), () => toast("The browser did not allow copying.", "bad"))] : null,
    own && message.content ? ["Why this answer?", () => tell("why", { question: message.content, channel: message.channel_id, reply_to: message.message_reference?.message_id })] : null,
    ...(apps.length && !message.visible_to ? [`Apps: ${nameOf(state.bot)}`, ...apps] : []),
    mayDelete(message) ? ["Delete message", () => act("delete", { user: state.me, message: message.id }).catch((error) => toast(error.message, "bad")), "danger"] : null,
  ].filter(Boolean);
}

/** Opens the menu of a message beside its button. */
export function messageMenu(message, anchor) {
  close(false);
  const item = (entry) => {
    if (typeof entry === "string") return el("p", { class: "menu-heading", role: "presentation" }, entry);
    const [label, work, kind] = entry;
    return el("button", { type: "button", role: "menuitem", tabindex: "-1", class: kind ?? "", on: { click: () => { close(); work(); } } }, label);
  };
  const menu = el("div", { class: "menu", role: "menu", "aria-label": "Message" }, entries(message).map(item));
  menu.addEventListener("keydown", keys);
  // From the message itself one goes on to the next message; from anywhere else back to the button.
  const before = document.activeElement?.matches(".message") ? document.activeElement : anchor;
  document.body.append(menu);
  open = { menu, before };
  place(menu, anchor);
  menu.querySelector("[role=menuitem]")?.focus();
  document.addEventListener("pointerdown", outside, true);
}

function place(menu, anchor) {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = Math.min(Math.max(8, at.right - width), innerWidth - width - 8);
  const below = at.bottom + 4 + height < innerHeight;
  menu.style.setProperty("left", `${left}px`);
  menu.style.setProperty("top", `${below ? at.bottom + 4 : Math.max(8, at.top - height - 4)}px`);
}

function keys(event) {
  const all = [...open.menu.querySelectorAll("[role=menuitem]")];
  const at = all.indexOf(document.activeElement);
  const next = { ArrowDown: (at + 1) % all.length, ArrowUp: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }[event.key];
  if (next !== undefined) {
    event.preventDefault();
    all[next].focus();
  } else if (["Escape", "Tab"].includes(event.key)) {
    event.preventDefault();
    close();
  }
}
