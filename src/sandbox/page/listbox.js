// A list of suggestions under a text box, as the ARIA combobox pattern has it: the box keeps the focus, the arrow keys choose.
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/

import { el, fill, freshId } from "./dom.js";

/** How many suggestions one screen of the list passes over. */
const PAGE = 8;

/** Ties a list to a text box. `picked(item)` is called with what was chosen; items are `{ label, hint?, detail? }`. */
export class Listbox {
  constructor(box, label, picked) {
    this.box = box;
    this.picked = picked;
    this.items = [];
    this.at = -1;
    this.list = el("ul", { class: "listbox", role: "listbox", id: freshId("list"), "aria-label": label, hidden: true });
    this.count = el("p", { class: "unseen", role: "status" });
    for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id, autocomplete: "off" })) box.setAttribute(key, value);
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** The list and its count, to be placed near the box. */
  get nodes() {
    return [this.list, this.count];
  }

  /** Says that what it shows is no longer for what stands in the box: nothing of it stays chosen until the next are shown. */
  wait() {
    this.choose(-1);
    this.list.setAttribute("aria-busy", "true");
  }

  /** Shows these, the first one chosen if `eager`. */
  show(items, { eager = false, empty = "" } = {}) {
    this.items = items;
    this.list.setAttribute("aria-busy", "false");
    fill(this.list, items.map((item, at) => this.option(item, at)), items.length || !empty ? [] : el("li", { class: "empty", role: "presentation" }, empty));
    this.list.hidden = !items.length && !empty;
    this.box.setAttribute("aria-expanded", String(this.isOpen));
    this.count.textContent = items.length ? `${items.length} suggestion${items.length === 1 ? "" : "s"}` : empty;
    this.choose(eager && items.length ? 0 : -1);
  }

  hide() {
    this.show([]);
  }

  option(item, at) {
    const option = el("li", { role: "option", id: `${this.list.id}-${at}`, "aria-selected": "false" },
      el("span", { class: "option-label" }, item.label), item.detail ? el("span", { class: "option-detail" }, item.detail) : null, item.hint ? el("small", {}, item.hint) : null);
    // The box must not lose the focus to the list.
    option.addEventListener("pointerdown", (event) => event.preventDefault());
    option.addEventListener("click", () => this.pick(at));
    return option;
  }

  choose(at) {
    this.at = at;
    this.list.querySelectorAll("[role=option]").forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === at));
      if (index === at) option.scrollIntoView({ block: "nearest" });
    });
    if (at >= 0) {
      this.box.setAttribute("aria-activedescendant", `${this.list.id}-${at}`);
      this.list.setAttribute("aria-busy", "false");
    } else this.box.removeAttribute("aria-activedescendant");
  }

  pick(at) {
    const item = this.items[at];
    if (item) {
      this.hide();
      this.picked(item);
    }
  }

  /** Deals with a key; true if it was for the list. */
  key(event) {
    if (!this.isOpen) return false;
    const count = this.items.length;
    const next = { ArrowDown: (this.at + 1) % count, ArrowUp: (this.at + count - (this.at < 0 ? 0 : 1)) % count, PageDown: Math.min(this.at + PAGE, count - 1), PageUp: Math.max(this.at - PAGE, 0) }[event.key];
    if (next !== undefined && count) this.choose(next);
    else if (["Enter", "Tab"].includes(event.key) && this.at >= 0 && !event.shiftKey) this.pick(this.at);
    else if (event.key === "Escape") this.hide();
    else return false;
    event.preventDefault();
    return true;
  }
}
