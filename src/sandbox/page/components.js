// Buttons, selects and the newer layout of a message. https://docs.discord.com/developers/components/reference
// What is pressed or chosen is handed to `use(verb, component, values)`; nothing here speaks to the sandbox.

import { el, freshId } from "./dom.js";
import { picture } from "./embed.js";
import { anchor, markdown } from "./markdown.js";
import { boxes, optionsOf } from "./pick.js";

const BUTTONS = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link" };

/** All components of a message. */
export function components(message, names, use) {
  return message.components.map((component) => one(component, { message, names, use }));
}

function one(component, context) {
  const inner = () => (component.components ?? []).map((child) => one(child, context));
  switch (component.type) {
    case 1:
      return el("div", { class: "row" }, inner());
    case 2:
      return button(component, context);
    case 3:
    case 5:
    case 6:
    case 7:
    case 8:
      return select(component, context);
    case 9:
      return el("div", { class: "section" }, el("div", {}, inner()), component.accessory ? one(component.accessory, context) : null);
    case 10:
      return el("div", { class: "content" }, markdown(component.content ?? "", context.names));
    case 11:
      return picture(component.media.url, component.description, context.message.attachments, { class: "thumbnail" });
    case 12:
      return el("div", { class: "gallery" }, component.items.map((item) => picture(item.media.url, item.description, context.message.attachments)));
    case 14:
      return component.divider === false ? el("div", { class: "gap" }) : el("hr");
    case 17:
      return container(component, inner());
    default:
      return el("p", { class: "elsewhere" }, `A component of type ${component.type}, which this page does not show.`);
  }
}

function container(component, children) {
  const box = el("div", { class: "embed" }, children);
  if (typeof component.accent_color === "number") box.style.setProperty("--edge", `#${component.accent_color.toString(16).padStart(6, "0")}`);
  return box;
}

function button(component, { use }) {
  const label = [component.emoji?.name, component.label].filter(Boolean).join(" ");
  if (component.style === 5) return Object.assign(anchor(component.url, [label, " ↗"]), { className: "button link" });
  // While it is pressed it cannot be pressed again, but keeps the focus, which a disabled button would lose.
  const pressed = async () => {
    if (press.ariaDisabled === "true") return;
    press.ariaDisabled = "true";
    await use("press", component, []);
    press.ariaDisabled = null;
  };
  const press = el("button", { type: "button", class: `button ${BUTTONS[component.style] ?? "secondary"}`, disabled: component.disabled === true, on: { click: pressed } }, label);
  return press;
}

function select(component, context) {
  const all = optionsOf(component, context.message.channel_id);
  const several = (component.max_values ?? 1) > 1;
  const label = component.placeholder ?? "Choose";
  return several ? severalOf(component, all, label, context) : oneOf(component, all, label, context);
}

function oneOf(component, all, label, { use }) {
  const box = el("select", { class: "select", "aria-label": label, disabled: component.disabled === true });
  // Where nothing need be chosen, what was chosen can be taken back.
  const optional = component.min_values === 0;
  box.append(el("option", { value: "", disabled: !optional }, label));
  const text = (option) => (option.description ? `${option.label} (${option.description})` : option.label);
  box.append(...all.map((option) => el("option", { value: option.value }, text(option))));
  box.value = all.find((option) => option.default)?.value ?? "";
  // A closed select takes each arrow key for a choice, and a choice acts at once here: it opens instead.
  box.addEventListener("keydown", (event) => {
    if (!["ArrowUp", "ArrowDown"].includes(event.key) || !box.showPicker) return;
    event.preventDefault();
    box.showPicker();
  });
  box.addEventListener("change", () => use("select", component, box.value ? [box.value] : []));
  return box;
}

function severalOf(component, all, label, { use }) {
  const [min, max] = [component.min_values ?? 1, component.max_values ?? 1];
  const id = freshId("several");
  const done = el("button", { type: "button", class: "button secondary" }, "Choose these");
  const check = () => {
    done.disabled = component.disabled === true || !choice.ready();
  };
  const choice = boxes(all, min, max, check);
  done.addEventListener("click", () => use("select", component, choice.chosen()));
  check();
  return el("details", { class: "several" }, el("summary", { id }, `${label} (${min === max ? max : `${min} to ${max}`})`), el("div", { role: "group", "aria-labelledby": id }, choice.rows), done);
}
