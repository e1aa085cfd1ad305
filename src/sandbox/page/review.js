// What editors have to do: the faults that `check` found, and the facts that are due to be looked at again.

import { el } from "./dom.js";
import { faultLine } from "./knowledge.js";

/** The view; `open` goes to an entry. */
export function review(knowledge, open) {
  const { faults, due, checked, today } = knowledge;
  const errors = faults.filter((fault) => fault.severity === "error");
  const warnings = faults.filter((fault) => fault.severity !== "error");
  return [
    el("h3", {}, checked ? `${errors.length} ${errors.length === 1 ? "error" : "errors"}, ${warnings.length} ${warnings.length === 1 ? "warning" : "warnings"}` : "The rules are being run…"),
    [...errors, ...warnings].map(faultLine),
    el("h3", {}, due.length ? `Due for review on ${today}` : `Nothing is due for review on ${today}`),
    due.map((group) => groupView(group, open)),
  ];
}

function groupView(group, open) {
  const item = (one) => el("li", {}, group.kind === "topic" ? el("button", { type: "button", class: "text-button", on: { click: () => open(one.id) } }, one.id) : one.id, el("small", {}, ` by ${one.review_by} · `), el("code", { class: "place" }, one.place));
  return el("details", {}, el("summary", {}, `${group.id}: ${group.items.length} of ${group.of}`), el("ul", { class: "due" }, group.items.map(item)));
}
