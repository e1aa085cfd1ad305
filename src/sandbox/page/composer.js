// The message box: writing, replying, editing, naming people, and choosing a command. Using the command is command.js's business.

import { act } from "./api.js";
import { CommandForm, flatten } from "./command.js";
import { el, fill, iconButton, toast } from "./dom.js";
import { Listbox } from "./listbox.js";
import { snippet } from "./message.js";
import { commandsOf, isDirect, messagesHere, nameOf, on, questionOf, state, tell } from "./state.js";

const box = el("textarea", { id: "message-box", rows: "1", maxlength: "2000" });
const suggestions = new Listbox(box, "Suggestions", take);
const bar = el("div", { class: "compose-bar" });
const place = el("div", { class: "compose-place" });
let replyTo = null;
let editing = null;
let form = null;

/** Puts the message box where it belongs and keeps it in step with where one is. */
export function startComposer() {
  box.addEventListener("input", typed);
  box.addEventListener("keydown", keys);
  box.addEventListener("blur", () => suggestions.hide());
  fill(document.getElementById("compose"), suggestions.nodes, bar, place);
  plain();
  on("place me", plain);
  on("channels users", describe);
  on("offered", () => suggestions.isOpen && typed());
  on("reply", (message) => begin({ reply: message }));
  on("edit", (message) => begin({ edit: message }));
  on("compose", (text) => begin({ text }));
}

/** The empty box, for a plain message. */
function plain() {
  form = null;
  begin({}, false);
}

function begin({ reply = null, edit = null, text = "" }, focus = true) {
  replyTo = reply;
  editing = edit;
  form = null;
  box.value = edit ? readable(edit.content) : text;
  fill(place, el("div", { class: "compose-line" }, box, iconButton("send", edit ? "Save" : "Send", send)));
  const what = edit ? "Editing your message" : reply ? ["Replying to ", el("strong", {}, nameOf(reply.author)), `: ${snippet(reply, 60)}`] : null;
  fill(bar, what ? [el("p", {}, what), iconButton("close", "Cancel", plainAndFocus)] : []);
  describe();
  grow();
  suggestions.hide();
  if (focus) box.focus();
}

function plainAndFocus() {
  plain();
  box.focus();
}

function describe() {
  const channel = state.channels.get(state.channel);
  const where = isDirect(channel) ? `@${nameOf(state.bot)}` : channel?.type === 11 ? channel.name : `#${channel?.name ?? ""}`;
  const label = editing ? "Edit message" : `Message ${where}`;
  box.setAttribute("aria-label", label);
  box.placeholder = label;
}

function grow() {
  box.style.setProperty("height", "auto");
  box.style.setProperty("height", `${Math.min(box.scrollHeight, 180)}px`);
}

/** Names in a text become mentions; the longest name first, so that none is taken for the beginning of another. */
function withMentions(text) {
  const users = [...state.users.values()].sort((left, right) => right.display_name.length - left.display_name.length);
  return users.reduce((done, user) => done.replaceAll(`@${user.display_name}`, `<@${user.id}>`), text);
}

const readable = (text) => text.replace(/<@!?(\d+)>/g, (_, id) => `@${nameOf(id)}`);

async function send() {
  const text = withMentions(box.value.trim());
  if (!text) return;
  try {
    const message = editing
      ? await act("edit", { user: state.me, message: editing.id, text })
      : await act("post", { user: state.me, channel: state.channel, text, reply_to: replyTo?.id });
    const question = questionOf(message);
    if (question) tell("asked", question);
    plainAndFocus();
  } catch (error) {
    toast(error.message, "bad");
  }
}

function keys(event) {
  if (event.isComposing || suggestions.key(event)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send();
  } else if (event.key === "Escape" && (replyTo || editing)) {
    event.preventDefault();
    plainAndFocus();
  } else if (event.key === "ArrowUp" && !box.value) {
    const own = messagesHere().filter((message) => message.author.id === state.me).at(-1);
    if (own) {
      event.preventDefault();
      begin({ edit: own });
    }
  }
}

function typed() {
  grow();
  const before = box.value.slice(0, box.selectionStart);
  const command = /^\/([^\n]*)$/.exec(box.value);
  const mention = /(?:^|\s)@([\p{L}\p{N} ]{0,30})$/u.exec(before);
  if (command && !editing) suggestions.show(commandChoices(command[1]), { eager: true, empty: "No command begins like this." });
  else if (mention) suggestions.show(mentionChoices(mention[1]), { eager: true });
  else suggestions.hide();
}

function commandChoices(begun) {
  const wanted = begun.trim().toLowerCase();
  const all = commandsOf(1).flatMap(flatten);
  const fits = all.filter((command) => command.path.join(" ").startsWith(wanted));
  const inside = all.filter((command) => !fits.includes(command) && command.path.join(" ").includes(wanted));
  return [...fits, ...inside].map((command) => ({ label: `/${command.path.join(" ")}`, detail: command.options.map((option) => (option.required ? option.name : `[${option.name}]`)).join(" "), hint: command.description, command }));
}

function mentionChoices(begun) {
  const wanted = begun.toLowerCase();
  const guild = state.guilds.get(state.channels.get(state.channel)?.guild_id);
  const here = [...state.users.values()].filter((user) => user.id !== state.me && (!guild || guild.members[user.id]));
  const fits = here.filter((user) => user.display_name.toLowerCase().startsWith(wanted));
  return fits.sort((left, right) => Number(right.bot ?? false) - Number(left.bot ?? false)).map((user) => ({ label: `@${user.display_name}`, hint: user.bot ? "app" : user.username, user }));
}

function take(item) {
  if (item.command) return openCommand(item.command);
  const before = box.value.slice(0, box.selectionStart).replace(/@[\p{L}\p{N} ]{0,30}$/u, `${item.label} `);
  box.value = before + box.value.slice(box.selectionStart);
  box.setSelectionRange(before.length, before.length);
  box.focus();
  return undefined;
}

function openCommand(command) {
  replyTo = null;
  form = new CommandForm(command, plainAndFocus);
  fill(bar, []);
  fill(place, form.view);
  form.focus();
}
