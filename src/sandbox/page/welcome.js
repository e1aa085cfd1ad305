// What stands in an empty channel: how to begin, with questions of the knowledge itself.

import { ask } from "./api.js";
import { el } from "./dom.js";
import { isDirect, nameOf, state, tell } from "./state.js";

/** How many questions are shown. */
const MOST = 4;

let questions = null;

async function examples() {
  // Without a knowledge base behind the bot there is nothing to ask for.
  if (!state.announced.knowledge) return [];
  questions ??= ask("/knowledge").then((knowledge) => knowledge.topics.map((topic) => topic.entries[0]?.question).filter(Boolean));
  return (await questions.catch(() => [])).slice(0, MOST);
}

/** How to begin, and questions to pick. */
export function welcome() {
  const channel = state.channels.get(state.channel);
  const bot = nameOf(state.bot);
  const list = el("ul", { class: "examples" });
  examples().then((all) => list.append(...all.map((question) => el("li", {}, el("button", { type: "button", class: "example", on: { click: () => tell("compose", isDirect(channel) ? question : `@${bot} ${question}`) } }, question)))));
  return el("section", { class: "welcome", "aria-label": "How to begin" },
    el("h2", {}, isDirect(channel) ? `Talk to ${bot}` : `Welcome to #${channel?.name ?? ""}`),
    el("p", {}, "Type ", el("kbd", {}, "/"), " for commands", isDirect(channel) ? ", or just ask." : [", or mention ", el("span", { class: "mention" }, `@${bot}`), " with a question."], " Nothing leaves this computer."),
    list);
}
