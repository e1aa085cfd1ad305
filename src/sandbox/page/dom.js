// Making elements. Text only ever becomes text nodes: nothing on this page is parsed as HTML.

/**
 * An element. `on` holds listeners, `data` data attributes, `class` classes; `true` sets a bare attribute, `false` and `null` none.
 * Children are nodes or texts; empty ones are left out.
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (key === "data") Object.assign(element.dataset, value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}

/** Puts these children in the place of all there were. */
export function fill(parent, ...children) {
  parent.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
}

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  hash: "M6 2 4.8 14M11.2 2 10 14M2.5 5.5h11M2.2 10.5h11",
  forum: "M2.5 3.5h11v7h-6l-3 2.5v-2.5h-2zM5 6h6M5 8h4",
  at: "M10.5 8a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zm0 0v1a1.7 1.7 0 0 0 3.4 0V8A5.9 5.9 0 1 0 11.5 12.8",
  thread: "M4 2v7a2 2 0 0 0 2 2h7M10.5 8.5 13 11l-2.5 2.5",
  plus: "M8 3v10M3 8h10",
  close: "M4 4l8 8M12 4l-8 8",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  more: "M3.2 8h.6M7.7 8h.6M12.2 8h.6",
  reply: "M6.5 4 3 7.5 6.5 11M3 7.5h6a4 4 0 0 1 4 4v1",
  edit: "M3 13l.7-3L10.5 3.2l2.3 2.3L6 12.3z",
  send: "M2.5 8 13.5 3 10 13.5 7.5 9z",
  wide: "M2.5 8h11M5 5.5 2.5 8 5 10.5M11 5.5 13.5 8 11 10.5",
  why: "M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M8 12.4h.01",
  book: "M3 3.5c2-.8 3.5-.6 5 .5 1.5-1.1 3-1.3 5-.5v9c-2-.8-3.5-.6-5 .5-1.5-1.1-3-1.3-5-.5zM8 4v9",
  wire: "M2 8h3l1.5-4 3 8L11 8h3",
  theme: "M8 2.5a5.5 5.5 0 1 0 5.5 5.5A4.2 4.2 0 0 1 8 2.5z",
  back: "M9.5 3.5 5 8l4.5 4.5",
  lock: "M4.5 7V5.5a3.5 3.5 0 0 1 7 0V7M3.5 7h9v6.5h-9z",
};

/** A small line drawing, hidden from screen readers: the control it stands in has a name of its own. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true", focusable: "false" })) svg.setAttribute(key, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name] ?? "");
  svg.append(path);
  return svg;
}

/** A button with a drawing and a name that is read out and shown as a hint. */
export function iconButton(name, label, listener, attributes = {}) {
  return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, on: { click: listener }, ...attributes }, icon(name));
}

let last = 0;

/** An id that no other element has. */
export function freshId(prefix) {
  last += 1;
  return `${prefix}-${last}`;
}

/** Tells of something that went wrong or was done, for some seconds. */
export function toast(text, kind = "note") {
  const note = el("p", { class: `toast ${kind}` }, text);
  document.getElementById("toasts").append(note);
  setTimeout(() => note.remove(), 7000);
}

/** Calls `work` once things have been quiet for so many milliseconds. */
export function settled(work, milliseconds) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...values), milliseconds);
  };
}
