// One message: who, when, what it replies to, text, embeds, files, buttons. The knowledge panel shows its cards with the same body.

import { el, icon, iconButton } from "./dom.js";
import { components } from "./components.js";
import { embed, files } from "./embed.js";
import { inlineMarkdown, markdown } from "./markdown.js";
import { nameOf, state } from "./state.js";
import { clock, full } from "./time.js";

const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;
const SUPPRESS_EMBEDS = 1 << 2;

/** What ids in a text are called. */
export const names = {
  user: (id) => nameOf(id),
  role: (id) => [...state.guilds.values()].flatMap((guild) => guild.roles).find((role) => role.id === id)?.name ?? "role",
  channel: (id) => state.channels.get(id)?.name ?? "channel",
};

/** The text of a message as one short line. */
export function snippet(message, most = 90) {
  const embedded = message.embeds?.[0]?.title ?? message.embeds?.[0]?.description;
  const text = (message.content || embedded || "").replace(/<@!?(\d+)>/g, (_, id) => `@${nameOf(id)}`).replace(/\\([^\p{L}\p{N}\s])|\*\*|__|~~|`+/gu, "$1");
  const line = text.replace(/\s+/g, " ").trim() || "(no text)";
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/** What a reader sees of a message below its head. */
export function messageBody(message, use) {
  const loading = message.flags & LOADING;
  const embeds = message.flags & SUPPRESS_EMBEDS ? [] : message.embeds ?? [];
  const attachments = message.attachments ?? [];
  return [
    loading ? el("p", { class: "thinking" }, `${nameOf(message.author)} is thinking…`) : null,
    message.content ? el("div", { class: "content" }, markdown(message.content, names)) : null,
    message.edited_timestamp ? el("small", { class: "edited", title: full(new Date(message.edited_timestamp)) }, "(edited)") : null,
    embeds.map((data) => embed(data, attachments, names)),
    files({ embeds, attachments }),
    message.components?.length ? el("div", { class: "components" }, components({ attachments, ...message }, names, use)) : null,
  ];
}

/** A round sign of a user: the first letter, and one of six colours. */
export function avatar(user) {
  const name = nameOf(user);
  const id = String(user?.id ?? user ?? "0");
  return el("span", { class: "avatar", "aria-hidden": "true", data: { colour: user?.bot ? "bot" : String(Number(BigInt(id) % 6n)) } }, name.slice(0, 1).toUpperCase());
}

function above(message, jump) {
  if (message.interaction) {
    const { name, user } = message.interaction;
    return el("p", { class: "above" }, avatar(user), el("span", {}, el("strong", {}, nameOf(user)), " used ", el("span", { class: "mention" }, message.type === 20 ? `/${name}` : name)));
  }
  if (!message.message_reference) return null;
  const target = state.messages.get(message.message_reference.message_id);
  if (!target) return el("p", { class: "above" }, icon("reply"), "The message it replied to was deleted.");
  return el("p", { class: "above" }, icon("reply"), avatar(target.author), el("button", { type: "button", on: { click: () => jump(target.id) } }, el("strong", {}, nameOf(target.author)), " ", inlineMarkdown(snippet(target), names)));
}

function head(message) {
  const at = new Date(message.timestamp);
  return el("header", { class: "message-head" },
    el("strong", { class: "author", id: `author-${message.id}` }, nameOf(message.author)),
    message.author.bot ? el("span", { class: "tag" }, "app") : null,
    el("time", { datetime: message.timestamp, title: full(at) }, clock(at)));
}

/** A message. `acts` says what can be done: `use(message, verb, component, values)`, `open(message, anchor)`, `reply`, `dismiss`, `jump`. */
export function messageView(message, acts) {
  const hidden = (message.flags & EPHEMERAL) !== 0;
  // Not among what Tab reaches: Enter on the message opens its menu, which holds both.
  const toolbar = el("div", { class: "message-tools", role: "group", "aria-label": "Do with this message" },
    hidden ? null : iconButton("reply", "Reply", () => acts.reply(message), { tabindex: "-1" }),
    iconButton("more", "More", (event) => acts.open(message, event.currentTarget), { "aria-haspopup": "menu", tabindex: "-1" }));
  return el("article", { class: "message", tabindex: "-1", id: `message-${message.id}`, "aria-labelledby": `author-${message.id}`, data: { message: message.id, author: message.author.id, hidden: hidden ? "yes" : "no", mentions: message.mentions?.some((user) => user.id === state.me) ? "me" : "" } },
    above(message, acts.jump),
    avatar(message.author),
    el("div", { class: "message-main" },
      head(message),
      messageBody(message, (verb, component, values) => acts.use(message, verb, component, values)),
      reactions(message),
      hidden ? el("p", { class: "ephemeral" }, icon("lock"), "Only you can see this. ", el("button", { type: "button", class: "text-button", on: { click: () => acts.dismiss(message) } }, "Dismiss message")) : null),
    toolbar);
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  return el("ul", { class: "reactions", "aria-label": "Reactions" }, message.reactions.map((one) => el("li", {}, one.emoji.name, " ", String(one.count))));
}
