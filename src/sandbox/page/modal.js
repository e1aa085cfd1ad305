// Dialogs: the forms a bot opens, and the one for a new post.

import { act } from "./api.js";
import { el, freshId, toast } from "./dom.js";
import { interact } from "./log.js";
import { markdown } from "./markdown.js";
import { names } from "./message.js";
import { boxes, filePicker, optionsOf } from "./pick.js";
import { go, nameOf, questionOf, state, tell } from "./state.js";

/** Shows a form; `send` gets the values by name and says whether it is done. */
function form(title, parts, send, done = "Submit") {
  const heading = freshId("dialog");
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": heading });
  const fields = parts.filter((part) => part.name);
  const submit = async (event) => {
    event.preventDefault();
    await Promise.all(fields.map((field) => field.ready?.()));
    if (await send(Object.fromEntries(fields.map((field) => [field.name, field.value()])))) dialog.close();
  };
  dialog.append(el("form", { on: { submit } },
    el("h2", { id: heading }, title),
    parts.map((part) => part.view),
    el("div", { class: "dialog-end" },
      el("button", { type: "button", class: "button secondary", on: { click: () => dialog.close() } }, "Cancel"),
      el("button", { class: "button primary" }, done))));
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    goOn(before);
  });
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * Gives the focus back to where it was, else to the message box. It is taken away first: a browser gives it back by itself when a dialog
 * closes, but without the caret, so that nothing could be typed.
 */
function goOn(before) {
  document.activeElement?.blur();
  const there = before?.isConnected && before !== document.body ? before : document.getElementById("message-box");
  there?.focus();
}

const mark = (required) => (required ? el("span", { class: "required" }, " (required)") : null);

/** A field of one control. `value` reads it; `ready`, if there is one, waits until it can be read. */
function field(name, label, { description, input, value = () => input.value, ready }) {
  const id = freshId("field");
  input.id = id;
  const hint = description ? el("small", { id: `${id}-hint` }, description) : null;
  if (hint) input.setAttribute("aria-describedby", `${id}-hint`);
  return { name, value, ready, view: el("p", { class: "field" }, el("label", { for: id }, label, mark(input.required)), hint, input) };
}

/** A field of several boxes. */
function group(name, label, { description, rows, value, required }) {
  const legend = el("legend", {}, label, mark(required));
  return { name, value, view: el("fieldset", { class: "field several" }, legend, description ? el("small", {}, description) : null, rows) };
}

function typed(data) {
  const attributes = { maxlength: String(data.max_length ?? 4000), minlength: data.min_length ? String(data.min_length) : null, placeholder: data.placeholder, required: data.required !== false };
  const box = data.style === 2 ? el("textarea", { rows: "4", ...attributes }) : el("input", { type: "text", ...attributes });
  box.value = data.value ?? "";
  return box;
}

/** What is filled in, by its type. https://docs.discord.com/developers/components/reference#label-label-child-components */
function fieldOf(data, label, description) {
  const name = data.custom_id;
  const required = data.required !== false;
  const most = data.max_values ?? 1;
  if (data.type === 4) return field(name, label, { description, input: typed(data) });
  if (data.type === 19) {
    const { input, ids, uploaded } = filePicker({ multiple: most > 1, required });
    return field(name, label, { description, input, value: ids, ready: uploaded });
  }
  if (![3, 5, 6, 7, 8].includes(data.type)) return { view: el("p", { class: "elsewhere" }, `${label}: a component of type ${data.type}, which this page does not show.`) };
  const options = optionsOf(data, state.channel);
  if (most > 1) {
    const { rows, chosen } = boxes(options, data.min_values ?? 1, most);
    return group(name, label, { description, rows, value: chosen, required });
  }
  const input = el("select", { required }, el("option", { value: "" }, data.placeholder ?? "Choose"), options.map((option) => el("option", { value: option.value, selected: option.default }, option.label)));
  return field(name, label, { description, input, value: () => (input.value ? [input.value] : []) });
}

/** The modal that an interaction was answered with. */
export function openModal(interaction) {
  const modal = interaction.acknowledged.data;
  const parts = modal.components.map((outer) => {
    if (outer.type === 10) return { view: el("div", { class: "content" }, markdown(outer.content, names)) };
    const data = outer.type === 1 ? outer.components[0] : outer.component;
    return fieldOf(data, data.label ?? outer.label ?? "", outer.description);
  });
  form(modal.title, parts, async (fields) => (await interact("modal", { user: state.me, interaction: interaction.id, fields })) !== null);
}

/** The form for a new post in a forum. */
export function openPost(forum) {
  const fields = [
    field("title", "Title", { input: el("input", { type: "text", required: true, maxlength: "100" }) }),
    field("text", "Message", { input: el("textarea", { rows: "4", required: true, maxlength: "2000" }) }),
  ];
  form(`New post in ${forum.name}`, fields, async ({ title, text }) => {
    try {
      const asked = text.replaceAll(`@${nameOf(state.bot)}`, `<@${state.bot}>`);
      const post = await act("thread", { user: state.me, channel: forum.id, title, text: asked });
      go(post.id);
      const question = questionOf(state.messages.get(post.id) ?? { author: {}, channel_id: post.id, content: asked });
      if (question) tell("asked", question);
      return true;
    } catch (error) {
      toast(error.message, "bad");
      return false;
    }
  }, "Post");
}
