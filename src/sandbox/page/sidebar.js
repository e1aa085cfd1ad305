// Where one can go and who one is: the servers' channels, posts of forums, direct messages, and the people to act as.

import { el, fill, freshId, icon, iconButton } from "./dom.js";
import { avatar } from "./message.js";
import { openPost } from "./modal.js";
import { become, directChannel, go, nameOf, on, people, state } from "./state.js";
import { themeButton } from "./theme.js";

const TEXT = 0;
const ANNOUNCEMENT = 5;
const THREAD = 11;
const FORUM = 15;

/** Fills the sidebar and keeps it. */
export function startSidebar() {
  on("channels guilds users place me", draw);
  draw();
}

function draw() {
  const sidebar = document.getElementById("sidebar");
  const focused = document.activeElement?.closest("#sidebar [data-key]")?.dataset.key;
  const places = el("div", { class: "places" }, guildsHere().map(guildSection), directSection());
  fill(sidebar, places, self());
  if (focused) sidebar.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

/** The servers that the bot is in and one belongs to. */
function guildsHere() {
  return [...state.guilds.values()].filter((guild) => guild.has_bot && guild.members[state.me]);
}

function guildSection(guild) {
  const own = [...state.channels.values()].filter((channel) => channel.guild_id === guild.id);
  const of = (...types) => own.filter((channel) => types.includes(channel.type));
  const threads = (parent) => of(THREAD).filter((thread) => thread.parent_id === parent.id);
  return [
    el("h1", { class: "guild" }, guild.name),
    section("Text channels", of(TEXT, ANNOUNCEMENT).flatMap((channel) => [place(channel, "hash"), threads(channel).map((thread) => place(thread, "thread"))])),
    of(FORUM).map((forum) => section(forum.name, threads(forum).map((post) => place(post, "thread")), iconButton("plus", `New post in ${forum.name}`, () => openPost(forum), { "data-key": `post-${forum.id}` }), "forum")),
  ];
}

function directSection() {
  const direct = directChannel();
  return direct ? section("Direct messages", [place(direct, "at", nameOf(state.bot))]) : null;
}

function section(title, items, button = null, sign = null) {
  const id = freshId("section");
  return el("section", { "aria-labelledby": id }, el("div", { class: "section-head" }, el("h2", { id }, sign ? icon(sign) : null, title), button), el("ul", {}, items));
}

function place(channel, sign, name = channel.name) {
  const here = channel.id === state.channel;
  return el("li", {}, el("button", { type: "button", class: "place", "aria-current": here ? "page" : null, data: { key: channel.id }, on: { click: () => visit(channel) } }, icon(sign), el("span", {}, name)));
}

function visit(channel) {
  go(channel.id);
  toggleSidebar(false, document.getElementById("message-box"));
}

/** Opens or closes the sidebar, where there is no room for it beside the chat; then `next` gets the focus. */
export function toggleSidebar(open = !document.body.classList.contains("sidebar-open"), next = null) {
  const button = document.querySelector("#chat-head [aria-controls=sidebar]");
  document.body.classList.toggle("sidebar-open", open);
  button.setAttribute("aria-expanded", String(open));
  (next ?? (open ? document.querySelector("#sidebar [aria-current]") : button))?.focus();
}

/** Who one is, and the look of the page. */
function self() {
  const id = freshId("self");
  const choice = el("select", { id, data: { key: "self" }, on: { change: (event) => become(event.target.value) } }, people().map((user) => el("option", { value: user.id }, nameOf(user))));
  choice.value = state.me;
  return el("footer", { class: "self" }, avatar(state.users.get(state.me)), el("div", { class: "self-choice" }, el("label", { for: id }, "You are"), choice), themeButton());
}
