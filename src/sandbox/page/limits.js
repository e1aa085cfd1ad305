// How much of Discord's limits a message uses. The limits themselves are the sandbox's, which refuses what breaks them.

import { state } from "./state.js";

const count = (text) => [...(text ?? "")].length;
const most = (numbers) => Math.max(0, ...numbers);

/** The message in the body of a request; none if there is none. */
function messageOf(body) {
  const message = body?.data ?? body;
  const carries = message && typeof message === "object" && ["content", "embeds", "components", "choices"].some((key) => key in message);
  return carries ? message : null;
}

/** What is used of each limit that the message comes near: name, used, of. */
export function used(body) {
  const message = messageOf(body);
  if (!message || Array.isArray(message)) return [];
  const limits = state.about.limits;
  const embeds = message.embeds ?? [];
  const fields = embeds.flatMap((one) => one.fields ?? []);
  const texts = embeds.flatMap((one) => [one.title, one.description, one.author?.name, one.footer?.text, ...(one.fields ?? []).flatMap((field) => [field.name, field.value])]);
  const rows = (message.components ?? []).filter((component) => component.type === 1);
  const controls = rows.flatMap((row) => row.components);
  const choices = message.choices ?? [];
  const all = [
    ["content", count(message.content), limits.content],
    ["embed text together", texts.reduce((sum, text) => sum + count(text), 0), limits.embed_total],
    ["embed description", most(embeds.map((one) => count(one.description))), limits.embed_description],
    ["fields", most(embeds.map((one) => one.fields?.length ?? 0)), limits.embed_fields],
    ["longest field", most(fields.map((field) => count(field.value))), limits.field_value],
    ["footer", most(embeds.map((one) => count(one.footer?.text))), limits.footer],
    ["rows", rows.length, limits.rows],
    ["fullest row", most(rows.map((row) => row.components.length)), limits.in_row],
    ["longest label", most(controls.map((control) => count(control.label))), limits.label],
    ["longest custom_id", most(controls.map((control) => count(control.custom_id))), limits.custom_id],
    ["options of a select", most(controls.map((control) => control.options?.length ?? 0)), limits.select_options],
    ["files", message.attachments?.length ?? 0, limits.files],
    ["description of a file", most((message.attachments ?? []).map((file) => count(file.description))), limits.file_description],
    ["choices", choices.length, limits.choices],
    ["longest choice", most(choices.map((choice) => count(choice.name))), limits.choice_text],
  ];
  return all.filter(([, amount]) => amount > 0).map(([name, amount, of]) => ({ name, amount, of }));
}
