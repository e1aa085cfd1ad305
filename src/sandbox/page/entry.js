// One entry of the knowledge: its card as Discord shows it, the warnings about it, and what it is made of.

import { el, icon, toast } from "./dom.js";
import { anchor } from "./markdown.js";
import { avatar, messageBody } from "./message.js";
import { isDirect, nameOf, state, tell } from "./state.js";

/** An entry; `back` leaves it, `open` goes to another one, `faultLine` shows a fault. */
export function entryView(entry, { back, open, faultLine }) {
  const bot = { id: state.bot, bot: true };
  const direct = isDirect(state.channels.get(state.channel));
  const question = direct ? entry.question : `@${nameOf(state.bot)} ${entry.question}`;
  return [
    el("div", { class: "entry-head" },
      el("button", { type: "button", class: "text-button", on: { click: back } }, icon("back"), "All entries"),
      el("button", { type: "button", class: "button secondary", on: { click: () => tell("compose", question) } }, "Ask this in the chat")),
    el("h3", {}, entry.question),
    el("p", { class: "place-line" }, el("small", {}, entry.id, " · "), el("code", { class: "place" }, entry.place)),
    el("div", { class: "entry-columns" },
      el("section", { class: "card", "aria-label": "As Discord shows it" }, entry.message ? card(bot, entry.message) : el("p", { class: "notice bad" }, entry.broken), entry.expanded ? el("details", { class: "expanded" }, el("summary", {}, "Opened with More"), card(bot, entry.expanded)) : null),
      el("section", { class: "entry-faults", "aria-label": "Warnings" }, el("h4", {}, entry.faults.length ? "Warnings" : "No warnings"), entry.faults.map(faultLine))),
    details(entry),
    wordings(entry),
    entry.related.length ? [el("h4", {}, "Related"), el("ul", { class: "chips" }, entry.related.map((id) => el("li", {}, el("button", { type: "button", class: "chip", on: { click: () => open(id) } }, id))))] : null,
  ];
}

function card(bot, message) {
  const use = () => toast("A card only shows how it looks: ask in the chat to press it.");
  return el("article", { class: "message still", "aria-label": `Answer of ${nameOf(bot)}` }, avatar(bot),
    el("div", { class: "message-main" }, el("header", { class: "message-head" }, el("strong", { class: "author" }, nameOf(bot)), el("span", { class: "tag" }, "app")), messageBody({ author: bot, mentions: [], ...message }, use)));
}

function details(entry) {
  const row = (name, ...value) => el("div", {}, el("dt", {}, name), el("dd", {}, value));
  const source = (one) => el("li", {}, one.url ? anchor(one.url, [one.title]) : one.title);
  return el("dl", { class: "facts" },
    row("True as of", entry.as_of),
    row("Review by", entry.review_by, entry.due ? el("span", { class: "severity" }, " due") : null),
    row("Confidence", entry.confidence),
    row("Sources", el("ul", { class: "sources" }, entry.sources.map(source))));
}

function wordings(entry) {
  return el("details", {}, el("summary", {}, `${entry.ask.length} wordings`), el("ul", { class: "wordings" }, entry.ask.map((wording) => el("li", {}, wording))));
}
