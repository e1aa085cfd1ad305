// Using a slash command: a field for each option, with hints, and suggestions from the bot while one types.
// Works with whatever the bot has registered, subcommands included.

import { act } from "./api.js";
import { el, fill, freshId, iconButton, settled, toast } from "./dom.js";
import { Listbox } from "./listbox.js";
import { interact } from "./log.js";
import { filePicker, offered } from "./pick.js";
import { state, tell } from "./state.js";

// https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type
const SUB = 1;
const GROUP = 2;
const TEXT = 3;
const WHOLE = 4;
const YES_NO = 5;
const NUMBER = 10;
const FILE = 11;
const KINDS = { [TEXT]: "text", [WHOLE]: "whole number", [YES_NO]: "yes or no", 6: "person", 7: "channel", 8: "role", 9: "person or role", [NUMBER]: "number", [FILE]: "file" };
/** How long typing must rest before the bot is asked. */
const REST = 90;

/** A command as the ways it can be used: each subcommand is one. */
export function flatten(command) {
  const walk = (options, path) => {
    const subs = (options ?? []).filter((option) => option.type === SUB || option.type === GROUP);
    if (!subs.length) return [{ root: command.name, path, options: options ?? [], description: "" }];
    return subs.flatMap((sub) => walk(sub.options, [...path, sub.name]).map((way) => ({ ...way, description: way.description || sub.description })));
  };
  return walk(command.options, [command.name]).map((way) => ({ ...way, description: way.description || command.description }));
}

/** The form of one command. `done` is called when it was used or given up. */
export class CommandForm {
  constructor(command, done) {
    this.command = command;
    this.done = done;
    this.given = new Map();
    this.fields = el("div", { class: "command-fields" });
    this.more = el("div", { class: "command-more" });
    const name = `/${command.path.join(" ")}`;
    this.view = el("form", { class: "command", "aria-label": name, on: { submit: (event) => this.submit(event), keydown: (event) => this.keys(event) } },
      el("div", { class: "command-head" }, el("strong", {}, name), el("span", {}, command.description), iconButton("close", "Give up the command", done)),
      this.fields,
      el("div", { class: "command-end" }, this.more, el("button", { class: "button primary" }, "Use")));
    const required = command.options.filter((option) => option.required);
    required.forEach((option) => this.add(option));
    this.offer();
  }

  focus() {
    (this.fields.querySelector("input, select") ?? this.view.querySelector("button.primary")).focus();
  }

  add(option) {
    const field = new OptionField(option, this);
    this.given.set(option.name, field);
    this.fields.append(field.view);
    return field;
  }

  /** Buttons for what can be given besides. */
  offer() {
    const rest = this.command.options.filter((option) => !this.given.has(option.name));
    const button = (option) => el("button", { type: "button", class: "chip", title: option.description, on: { click: () => { this.add(option).focus(); this.offer(); } } }, `+ ${option.name}`);
    fill(this.more, rest.map(button));
  }

  remove(field) {
    this.given.delete(field.option.name);
    field.view.remove();
    this.offer();
    this.focus();
  }

  /** The options as the sandbox takes them, subcommands around them. */
  options(values) {
    return this.command.path.slice(1).reduceRight((inner, name) => ({ [name]: inner }), values);
  }

  values() {
    return Object.fromEntries([...this.given].map(([name, field]) => [name, field.value()]).filter(([, value]) => value !== null));
  }

  keys(event) {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      this.done();
    }
  }

  async submit(event) {
    event.preventDefault();
    await Promise.all([...this.given.values()].map((field) => field.ready?.()));
    const missing = [...this.given.values()].find((field) => field.option.required && field.value() === null);
    if (missing) {
      missing.complain();
      return;
    }
    const options = this.options(this.values());
    const question = this.question();
    this.done();
    const done = await interact("slash", { user: state.me, channel: state.channel, name: this.command.root, options });
    const given = Object.fromEntries(Object.entries(this.values()).filter(([, value]) => typeof value === "string"));
    if (done && question) tell("asked", { question, given, command: this.command.root, channel: state.channel });
  }

  /** What was asked, in words: the first required text, else all that was given. */
  question() {
    const texts = [...this.given.values()].filter((field) => field.option.type === TEXT && field.value() !== null);
    const main = texts.find((field) => field.option.required);
    return main && texts.length > 0 && this.command.options[0] === main.option ? main.shown() : texts.map((field) => field.shown()).join(" ");
  }
}

/** The field of one option. */
class OptionField {
  constructor(option, form) {
    this.option = option;
    this.form = form;
    this.picked = null;
    const id = freshId("option");
    const choices = this.choices();
    this.input = choices ? this.select(choices) : option.type === FILE ? this.file() : this.text();
    this.input.id = id;
    this.input.setAttribute("aria-describedby", `${id}-hint`);
    this.list = option.autocomplete ? new Listbox(this.input, `Suggestions for ${option.name}`, (item) => this.pick(item)) : null;
    const hint = el("small", { id: `${id}-hint` }, `${option.description} · ${KINDS[option.type] ?? "value"}`, option.max_length ? `, at most ${option.max_length} characters` : "");
    this.view = el("div", { class: "option" },
      el("label", { for: id }, option.name, option.required ? el("span", { class: "required", title: "required" }, " *") : null),
      el("div", { class: "option-line" }, this.input, option.required ? null : iconButton("close", `Leave out ${option.name}`, () => this.form.remove(this))),
      hint, this.list?.nodes ?? []);
    if (this.list) this.suggests();
  }

  /** What can be chosen among, where the choice is closed. */
  choices() {
    const { users, roles, channels } = offered(state.channel, this.option.channel_types);
    if (this.option.choices?.length) return this.option.choices.map(({ name, value }) => ({ label: name, value }));
    return { [YES_NO]: [{ label: "Yes", value: true }, { label: "No", value: false }], 6: users, 7: channels, 8: roles, 9: [...users, ...roles] }[this.option.type] ?? null;
  }

  select(choices) {
    const box = el("select", {}, choices.map((choice, at) => el("option", { value: String(at) }, choice.label)));
    this.read = () => choices[Number(box.value)]?.value ?? null;
    return box;
  }

  file() {
    const { input, ids, uploaded } = filePicker();
    this.read = () => ids()[0] ?? null;
    this.ready = uploaded;
    return input;
  }

  text() {
    const { type, max_length, min_value, max_value } = this.option;
    const numeric = type === WHOLE || type === NUMBER;
    const box = el("input", { type: numeric ? "number" : "text", step: numeric ? (type === WHOLE ? "1" : "any") : null, maxlength: max_length ? String(max_length) : null, min: min_value, max: max_value });
    this.read = () => {
      const text = box.value.trim();
      if (this.picked && this.picked.name === box.value) return this.picked.value;
      if (!text) return null;
      return numeric ? Number(text) : text;
    };
    return box;
  }

  /** The bot is asked for suggestions when one comes to the field and while one types. */
  suggests() {
    const later = settled(() => this.suggest(), REST);
    const ask = () => {
      this.list.wait();
      later();
    };
    this.input.addEventListener("focus", ask);
    this.input.addEventListener("input", ask);
    this.input.addEventListener("blur", () => this.list.hide());
    this.input.addEventListener("keydown", (event) => this.list.key(event));
  }

  async suggest() {
    const typed = this.input.value;
    const body = { user: state.me, channel: state.channel, name: this.form.command.root, options: this.form.options({ ...this.form.values(), [this.option.name]: typed }), focused: this.option.name };
    try {
      const { choices } = await act("autocomplete", body);
      // Who has moved into the list meanwhile keeps what is chosen there.
      if (this.input.value !== typed || document.activeElement !== this.input || this.list.at >= 0) return;
      this.list.show(choices.map((choice) => ({ label: choice.name, choice })), { empty: "No suggestions; what you type is sent as it is." });
    } catch (error) {
      this.list.hide();
      toast(error.message, "bad");
    }
  }

  pick({ choice }) {
    this.picked = choice;
    this.input.value = choice.name;
    this.input.focus();
    // Taking the focus back asks again; what was picked needs no more suggestions.
    setTimeout(() => this.list.hide(), REST * 2);
  }

  value() {
    return this.read();
  }

  /** The value as a person sees it. */
  shown() {
    return this.input.value.trim();
  }

  focus() {
    this.input.focus();
  }

  complain() {
    this.input.setAttribute("aria-invalid", "true");
    toast(`${this.option.name} is needed.`, "bad");
    this.focus();
  }
}
