// What the page knows: the world as the sandbox tells it, who one is, and where. Changes are told by topic; nothing here draws.

import { act, ask, follow } from "./api.js";

const LISTS = ["users", "guilds", "channels", "commands", "messages"];
/** How many requests and payloads are remembered, each. */
const REMEMBERED = 300;

export const state = {
  about: null,
  users: new Map(),
  guilds: new Map(),
  channels: new Map(),
  commands: new Map(),
  /** The ids of the commands that one finds where one is. */
  offered: new Set(),
  messages: new Map(),
  requests: [],
  events: [],
  gateway: {},
  announced: {},
  bot: null,
  me: null,
  channel: null,
};

const bell = new EventTarget();

/** Calls `listener` whenever something of these topics changed. */
export function on(topics, listener) {
  for (const topic of topics.split(" ")) bell.addEventListener(topic, (event) => listener(event.detail));
}

/** Tells that something of a topic changed. */
export function tell(topic, detail) {
  bell.dispatchEvent(new CustomEvent(topic, { detail }));
}

function begin() {
  for (const name of LISTS) state[name].clear();
  state.requests = [];
  state.events = [];
}

function take(news) {
  if (news.first) begin();
  state.bot = news.application_id ?? state.bot;
  for (const name of LISTS.filter((name) => news[name])) {
    for (const id of news[name].gone) state[name].delete(id);
    for (const item of news[name].changed) state[name].set(item.id, item);
  }
  for (const name of ["requests", "events"]) {
    if (news[name]) state[name] = state[name].concat(news[name]).slice(-REMEMBERED);
  }
  for (const name of ["gateway", "announced"]) state[name] = news[name] ?? state[name];
  for (const name of [...LISTS, "requests", "events", "gateway", "announced"]) if (news[name]) tell(name, news[name]);
  tell("news", news);
}

/** Gets what is there and follows it; done when the first news has come. */
export async function start() {
  state.about = await ask("");
  state.me = state.about.places.ada;
  state.channel = state.about.places.general;
  await new Promise((resolve) => {
    const told = (news) => {
      take(news);
      tell("line", true);
      resolve();
    };
    follow(told, () => tell("line", false));
  });
  on("place commands channels guilds", offer);
  await offer();
}

let offers = 0;

/** Which commands one finds here is the sandbox's to say: by kind of place, by permission, by installation. */
async function offer() {
  offers += 1;
  const mine = offers;
  const { commands } = await act("offered", { user: state.me, channel: state.channel }).catch(() => ({ commands: [] }));
  if (mine !== offers) return;
  state.offered = new Set(commands);
  tell("offered");
}

/** Becomes somebody else; in a direct message one goes to one's own. */
export function become(user) {
  const wasDirect = isDirect(state.channels.get(state.channel));
  state.me = user;
  if (wasDirect) state.channel = directChannel()?.id ?? state.about.places.general;
  tell("me");
  tell("place");
}

/** Goes to a channel. */
export function go(channel) {
  state.channel = channel;
  tell("place");
}

/** Whether a channel is a direct message. */
export const isDirect = (channel) => channel?.type === 1;

/** One's direct messages with the bot. */
export function directChannel() {
  return [...state.channels.values()].find((channel) => isDirect(channel) && channel.has_bot && channel.recipients.some((user) => user.id === state.me));
}

/** The name others see of a user. */
export function nameOf(user) {
  const known = state.users.get(user?.id ?? user);
  return known?.display_name ?? user?.global_name ?? user?.username ?? "somebody";
}

/** The people one can act as: two members and a moderator. */
export function people() {
  const { ada, ben, moderator } = state.about.places;
  return [ada, ben, moderator].map((id) => state.users.get(id)).filter(Boolean);
}

/** What one sees of a channel, oldest first. */
export function messagesHere() {
  const seen = [...state.messages.values()].filter((message) => message.channel_id === state.channel && (!message.visible_to || message.visible_to === state.me));
  return seen.sort((left, right) => (BigInt(left.id) < BigInt(right.id) ? -1 : 1));
}

/** Commands of a kind that one finds here: 1 slash, 2 on a user, 3 on a message. */
export function commandsOf(kind) {
  const found = [...state.commands.values()].filter((command) => command.type === kind && state.offered.has(command.id));
  return found.sort((left, right) => left.name.localeCompare(right.name));
}

/** What a message asks the bot; nothing if it is not for the bot. What nobody put to the bot, but it answered, was a question, too. */
export function questionOf(message) {
  const repliesTo = state.messages.get(message.message_reference?.message_id);
  const mention = new RegExp(`<@!?${state.bot}>`, "g");
  const forBot = isDirect(state.channels.get(message.channel_id)) || mention.test(message.content) || repliesTo?.author.id === state.bot || isAnswered(message);
  if (message.author.bot || !forBot) return null;
  return { question: message.content.replace(mention, "").replace(/ {2,}/g, " ").trim(), channel: message.channel_id, reply_to: repliesTo?.id };
}

const isAnswered = (message) => [...state.messages.values()].some((answer) => answer.author.id === state.bot && answer.message_reference?.message_id === message.id);
