// Dialogs: the forms a bot opens, and the one for a new post.

import { act } from "./api.js";
import { el, freshId, toast } from "./dom.js";
import { interact } from "./log.js";
import { go, state } from "./state.js";

/** Shows a form; `send` gets the values by name and says whether it is done. */
function form(title, fields, send, done = "Submit") {
  const heading = freshId("dialog");
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": heading });
  const submit = async (event) => {
    event.preventDefault();
    const values = Object.fromEntries(fields.map((field) => [field.name, field.input.value]));
    if (await send(values)) dialog.close();
  };
  dialog.append(el("form", { on: { submit } },
    el("h2", { id: heading }, title),
    fields.map((field) => field.view),
    el("div", { class: "dialog-end" },
      el("button", { type: "button", class: "button secondary", on: { click: () => dialog.close() } }, "Cancel"),
      el("button", { class: "button primary" }, done))));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** One field: a line or several, or a choice. */
function field(name, label, { description, input }) {
  const id = freshId("field");
  input.id = id;
  const hint = description ? el("small", { id: `${id}-hint` }, description) : null;
  if (hint) input.setAttribute("aria-describedby", `${id}-hint`);
  return { name, input, view: el("p", { class: "field" }, el("label", { for: id }, label, input.required ? el("span", { class: "required" }, " (required)") : null), hint, input) };
}

function input(data) {
  if (data.type !== 4) return el("select", {}, (data.options ?? []).map((option) => el("option", { value: option.value }, option.label)));
  const attributes = { maxlength: String(data.max_length ?? 4000), minlength: data.min_length ? String(data.min_length) : null, placeholder: data.placeholder, required: data.required !== false };
  const box = data.style === 2 ? el("textarea", { rows: "4", ...attributes }) : el("input", { type: "text", ...attributes });
  box.value = data.value ?? "";
  return box;
}

/** The modal that an interaction was answered with. */
export function openModal(interaction) {
  const modal = interaction.acknowledged.data;
  const fields = modal.components.flatMap((outer) => {
    const data = outer.type === 1 ? outer.components[0] : outer.component;
    return data?.custom_id ? [field(data.custom_id, data.label ?? outer.label ?? "", { description: outer.description, input: input(data) })] : [];
  });
  form(modal.title, fields, async (values) => (await interact("modal", { user: state.me, interaction: interaction.id, fields: values })) !== null);
}

/** The form for a new post in a forum. */
export function openPost(forum) {
  const fields = [
    field("title", "Title", { input: el("input", { type: "text", required: true, maxlength: "100" }) }),
    field("text", "Message", { input: el("textarea", { rows: "4", required: true, maxlength: "2000" }) }),
  ];
  form(`New post in ${forum.name}`, fields, async ({ title, text }) => {
    try {
      const bot = state.users.get(state.bot);
      const post = await act("thread", { user: state.me, channel: forum.id, title, text: text.replaceAll(`@${bot.display_name}`, `<@${bot.id}>`) });
      go(post.id);
      return true;
    } catch (error) {
      toast(error.message, "bad");
      return false;
    }
  }, "Post");
}
