// Text as Discord shows it: from markdown to nodes. https://support.discord.com/hc/en-us/articles/210298617
// Everything a text says ends up in text nodes and in links to http addresses; there is no way to markup from here.

import { el } from "./dom.js";
import { full, styled } from "./time.js";

/** Who and what ids in a text stand for: `user`, `role`, `channel` give a name each. */
const NOBODY = { user: (id) => id, role: (id) => id, channel: (id) => id };

/** The nodes of a text. */
export function markdown(text, names = NOBODY) {
  return blocks(text.replace(/\r\n?/g, "\n"), names);
}

/** The nodes of one line: for titles and names of fields, which know no blocks. */
export function inlineMarkdown(text, names = NOBODY) {
  return inline(text, names);
}

const FENCE = /```(?:([\w+#.-]+)\n)?\n?([\s\S]*?)\n?```/;

function blocks(text, names) {
  const fence = FENCE.exec(text);
  if (!fence) return lines(text.split("\n"), names);
  const code = el("pre", { class: "code", tabindex: "0" }, el("code", fence[1] ? { data: { language: fence[1] } } : {}, fence[2]));
  const before = text.slice(0, fence.index).replace(/\n$/, "");
  const after = text.slice(fence.index + fence[0].length).replace(/^\n/, "");
  return [...(before ? lines(before.split("\n"), names) : []), code, ...(after ? blocks(after, names) : [])];
}

const HEADING = /^(#{1,3}) +(.+)$/;
const SUBTEXT = /^-# +(.+)$/;
const QUOTE = /^> ?(?!>)(.*)$/;
const ITEM = /^( *)([-*]|\d{1,9}\.) +(.+)$/;

/** Lines that stand together become one block each; plain lines keep their breaks. */
function lines(all, names) {
  const nodes = [];
  let plain = [];
  const flush = () => {
    // A block has space around it already: the empty lines beside it are not shown.
    const text = plain.join("\n").replace(/^\n+|\n+$/g, "");
    if (text.trim()) nodes.push(el("div", { class: "text" }, inline(text, names)));
    plain = [];
  };
  for (let at = 0; at < all.length; at += 1) {
    const line = all[at];
    let found;
    if ((found = HEADING.exec(line))) {
      flush();
      nodes.push(el("div", { class: `heading level-${found[1].length}`, role: "heading", "aria-level": String(found[1].length + 3) }, inline(found[2], names)));
    } else if ((found = SUBTEXT.exec(line))) {
      flush();
      nodes.push(el("small", { class: "subtext" }, inline(found[1], names)));
    } else if (line.startsWith(">>> ")) {
      flush();
      nodes.push(el("blockquote", {}, blocks([line.slice(4), ...all.slice(at + 1)].join("\n"), names)));
      return nodes;
    } else if (QUOTE.test(line)) {
      flush();
      const end = endOf(all, at, (next) => QUOTE.test(next));
      nodes.push(el("blockquote", {}, lines(all.slice(at, end).map((quoted) => QUOTE.exec(quoted)[1]), names)));
      at = end - 1;
    } else if (ITEM.test(line)) {
      flush();
      const end = endOf(all, at, (next) => ITEM.test(next));
      nodes.push(list(all.slice(at, end).map((item) => ITEM.exec(item)), names));
      at = end - 1;
    } else {
      plain.push(line);
    }
  }
  flush();
  return nodes;
}

function endOf(all, from, belongs) {
  const rest = all.slice(from).findIndex((line) => !belongs(line));
  return rest < 0 ? all.length : from + rest;
}

/** A list; deeper items belong to the item before them. */
function list(items, names) {
  const [, indent, mark] = items[0];
  const ordered = /\d/.test(mark);
  const root = el(ordered ? "ol" : "ul", ordered ? { start: String(Number.parseInt(mark, 10)) } : {});
  for (let at = 0; at < items.length; at += 1) {
    const end = at + 1 + items.slice(at + 1).findIndex((item) => item[1].length <= indent.length);
    const last = end === at ? items.length : end;
    const nested = items.slice(at + 1, last);
    root.append(el("li", {}, inline(items[at][3], names), nested.length ? list(nested, names) : null));
    at = last - 1;
  }
  return root;
}

const URL_TEXT = "https?:\\/\\/[^\\s<>]*[^\\s<>.,:;\"'\\])]";
// Tried in this order at each place; the first that fits wins.
const INLINE = [
  [/^\\([^\p{L}\p{N}\s])/u, (found) => found[1]],
  [/^(`+)([\s\S]*?[^`])\1(?!`)/, (found) => el("code", {}, found[2].replace(/^ (.*) $/s, "$1"))],
  [new RegExp(`^\\[((?:\\\\.|[^\\]\\\\])+)\\]\\(<?(https?:\\/\\/[^\\s<>]*?)>?(?: "[^"]*")?\\)`), (found, names) => anchor(found[2], inline(found[1], names))],
  [/^<(https?:\/\/[^\s<>]+)>/, (found) => anchor(found[1], [found[1]])],
  [/^https:\/\/(?:\w+\.)?discord\.com\/channels\/(\d+|@me)\/(\d+)\/(\d+)(?!\w)/, (found, names) => toMessage(found, names)],
  [new RegExp(`^${URL_TEXT}`), (found) => anchor(found[0], [found[0]])],
  [/^<@!?(\d+)>/, (found, names) => mention(`@${names.user(found[1])}`)],
  [/^<@&(\d+)>/, (found, names) => mention(`@${names.role(found[1])}`)],
  [/^<#(\d+)>/, (found, names) => mention(`#${names.channel(found[1])}`)],
  [/^<(\/[^:<>]+):\d+>/, (found) => mention(found[1])],
  [/^@(everyone|here)\b/, (found) => mention(found[0])],
  [/^<t:(-?\d{1,13})(?::([tTdDfFR]))?>/, (found) => moment(found)],
  [/^\*\*\*([\s\S]+?)\*\*\*(?!\*)/, (found, names) => el("strong", {}, el("em", {}, inline(found[1], names)))],
  [/^\*\*([\s\S]+?)\*\*(?!\*)/, (found, names) => el("strong", {}, inline(found[1], names))],
  [/^__([\s\S]+?)__(?!_)/, (found, names) => el("u", {}, inline(found[1], names))],
  [/^\*(?![\s*])((?:\*\*|[^*])+?)(?<!\s)\*(?!\*)/, (found, names) => el("em", {}, inline(found[1], names))],
  [/^_(?![\s_])([^_]+?)_(?![\p{L}\p{N}_])/u, (found, names) => el("em", {}, inline(found[1], names))],
  [/^~~([\s\S]+?)~~/, (found, names) => el("s", {}, inline(found[1], names))],
  [/^\|\|([\s\S]+?)\|\|/, (found, names) => spoiler(inline(found[1], names))],
];
/** Where one of them may begin. */
const SPECIAL = /[\\`[<@*_~|]|https?:\/\//;

function inline(text, names) {
  const nodes = [];
  let plain = "";
  let rest = text;
  while (rest) {
    const next = rest.search(SPECIAL);
    if (next < 0) break;
    plain += rest.slice(0, next);
    rest = rest.slice(next);
    // "snake_case" is no emphasis: an underscore inside a word stands for itself.
    const inWord = rest[0] === "_" && /[\p{L}\p{N}]$/u.test(plain);
    const fitting = inWord ? null : INLINE.map(([pattern, make]) => [pattern.exec(rest), make]).find(([found]) => found);
    if (fitting) {
      if (plain) nodes.push(plain);
      plain = "";
      nodes.push(fitting[1](fitting[0], names));
      rest = rest.slice(fitting[0][0].length);
    } else {
      plain += rest[0];
      rest = rest.slice(1);
    }
  }
  plain += rest;
  if (plain) nodes.push(plain);
  return nodes;
}

/** A link. It opens elsewhere only when a person follows it: the page itself asks for nothing outside. */
export function anchor(address, children) {
  return el("a", { href: address, target: "_blank", rel: "noreferrer noopener" }, children);
}

/** A link to a message of this Discord: it leads there within the page. */
function toMessage([, guild, channel, message], names) {
  const place = guild === "@me" ? "direct messages" : `#${names.channel(channel)}`;
  return el("a", { class: "mention", href: `#message-${message}`, data: { channel, message } }, `${place} › message`);
}

const mention = (text) => el("span", { class: "mention" }, text);

function moment([, seconds, style]) {
  const at = new Date(Number(seconds) * 1000);
  return Number.isNaN(at.getTime()) ? `<t:${seconds}>` : el("time", { class: "stamp", datetime: at.toISOString(), title: full(at) }, styled(at, style));
}

function spoiler(children) {
  const hidden = el("button", { type: "button", class: "spoiler", "aria-expanded": "false", "aria-label": "Spoiler, press to show" }, el("span", {}, children));
  hidden.addEventListener("click", () => {
    hidden.setAttribute("aria-expanded", "true");
    hidden.removeAttribute("aria-label");
  });
  return hidden;
}
