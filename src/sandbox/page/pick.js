// What a field of a closed choice offers, and how a file is given: the same in commands, in messages and in modals.

import { upload } from "./api.js";
import { el, toast } from "./dom.js";
import { nameOf, state } from "./state.js";

/** The people, roles and channels that can be chosen in a channel; `types` narrows the channels, as `channel_types` does. */
export function offered(channel, types = []) {
  const guild = state.guilds.get(state.channels.get(channel)?.guild_id);
  const users = (guild ? Object.keys(guild.members) : [state.me]).map((id) => ({ value: id, label: nameOf(id) }));
  const roles = (guild?.roles ?? []).map((role) => ({ value: role.id, label: role.name }));
  const fits = (one) => guild && one.guild_id === guild.id && (!types.length || types.includes(one.type));
  const channels = [...state.channels.values()].filter(fits).map((one) => ({ value: one.id, label: `#${one.name}` }));
  return { users, roles, channels };
}

/** What a select of any kind offers: its own options, or users, roles and channels; what it opens with is marked as default. */
export function optionsOf(select, channel) {
  const { users, roles, channels } = offered(channel, select.channel_types);
  const all = { 3: select.options ?? [], 5: users, 6: roles, 7: [...users, ...roles], 8: channels }[select.type] ?? [];
  const opens = new Set((select.default_values ?? []).map((value) => value.id));
  return all.map((option) => ({ ...option, default: option.default === true || opens.has(option.value) }));
}

/** A box for each option of a select that takes several; `chosen()` reads them, `ready` says whether their number fits. */
export function boxes(options, min, max, changed = () => {}) {
  const all = options.map((option) => el("input", { type: "checkbox", value: option.value, checked: option.default }));
  const chosen = () => all.filter((box) => box.checked).map((box) => box.value);
  const ready = () => chosen().length >= min && chosen().length <= max;
  all.forEach((box) => box.addEventListener("change", changed));
  const rows = options.map((option, at) => el("label", {}, all[at], el("span", {}, option.label), option.description ? el("small", {}, option.description) : null));
  return { rows, chosen, ready };
}

/** A field that takes files, each uploaded as soon as it is picked: `ids()` of those that are there, `uploaded()` waits for the others. */
export function filePicker(attributes = {}) {
  const input = el("input", { type: "file", ...attributes });
  let ids = [];
  let under = Promise.resolve();
  const take = async () => {
    ids = [];
    try {
      ids = (await Promise.all([...input.files].map(upload))).map((file) => file.id);
    } catch (error) {
      toast(error.message, "bad");
      input.value = "";
    }
  };
  input.addEventListener("change", () => {
    under = take();
  });
  return { input, ids: () => ids, uploaded: () => under };
}
