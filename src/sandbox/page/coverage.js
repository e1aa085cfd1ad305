// What is known of each pair of two facets: a table as a grid of signs. Shape tells the value, fullness how sure it is; no meaning by
// colour alone. Arrow keys go through the grid, and the pair one is at is spelled out below.

import { ask } from "./api.js";
import { el, fill, freshId } from "./dom.js";

/** Signs for the values a column chooses among, in their order. */
const SIGNS = ["●", "◐", "✕", "○", "?", "△", "□"];

/** The coverage view: which table, its legend and its grid. */
export function coverage(knowledge) {
  const tables = knowledge.tables.filter((table) => table.matrix);
  if (!tables.length) return el("p", { class: "muted" }, "No table is keyed by two facets.");
  const id = freshId("table");
  const place = el("div", { class: "coverage" });
  const choice = el("select", { id }, tables.map((table) => el("option", { value: table.id }, table.title || table.id)));
  const show = async () => {
    try {
      fill(place, matrix(await ask("/knowledge/coverage", { table: choice.value })));
    } catch (error) {
      fill(place, el("p", { class: "notice bad" }, error.message));
    }
  };
  choice.addEventListener("change", show);
  show();
  return [el("p", { class: "field" }, el("label", { for: id }, "Table"), choice), place];
}

const words = (value) => value.replaceAll("_", " ");

function matrix(data) {
  const cells = new Map(data.cells.map((cell) => [`${cell.down} ${cell.across}`, cell]));
  const sign = (value) => SIGNS[data.marks.indexOf(value) % SIGNS.length] ?? value;
  const told = el("div", { class: "cell-told", role: "status" });
  const known = data.cells.length;
  const all = data.down.values.length * data.across.values.length;
  const grid = el("table", { class: "matrix", role: "grid", "aria-label": data.title },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, data.down.name), data.across.values.map((value) => el("th", { scope: "col", title: value.name }, el("span", {}, value.name))))),
    el("tbody", {}, data.down.values.map((row) => el("tr", {}, el("th", { scope: "row" }, row.name), data.across.values.map((column) => cellView(row, column, cells.get(`${row.id} ${column.id}`), sign))))));
  const tell = (cell) => {
    const [row, column] = [data.down.values[Number(cell.dataset.row)], data.across.values[Number(cell.dataset.column)]];
    fill(told, spelled(row, column, cells.get(`${row.id} ${column.id}`)));
  };
  tell(number(grid));
  grid.addEventListener("focusin", (event) => event.target.matches("td") && tell(event.target));
  grid.addEventListener("click", (event) => event.target.closest("td")?.focus());
  grid.addEventListener("keydown", keys);
  return [
    el("p", { class: "muted" }, `${known} of ${all} pairs are known; an empty cell was not checked. Choose a cell to read it here; the arrow keys go from cell to cell.`, unused(data.down), unused(data.across)),
    legend(data, sign), told, el("div", { class: "matrix-place", role: "region", "aria-label": data.title, tabindex: "-1" }, grid),
  ];
}

function unused(axis) {
  return axis.unused.length ? ` No row names ${axis.unused.length} of the values of ${axis.name}: ${axis.unused.slice(0, 8).join(", ")}${axis.unused.length > 8 ? "…" : "."}` : null;
}

function legend(data, sign) {
  const count = (value) => data.cells.filter((cell) => cell.value === value).length;
  return el("ul", { class: "legend", "aria-label": "Legend" },
    data.marks.map((value, at) => el("li", {}, el("span", { class: "sign", data: { value: String(at), sure: "high" } }, sign(value)), ` ${words(value)} `, el("small", {}, String(count(value))))),
    el("li", {}, el("span", { class: "sign", data: { sure: "high" } }, "■"), " high, ", el("span", { class: "sign", data: { sure: "medium" } }, "■"), " medium, ", el("span", { class: "sign", data: { sure: "low" } }, "■"), " low confidence"));
}

function cellView(row, column, cell, sign) {
  const name = `${row.name}, ${column.name}: ${cell ? `${words(cell.value ?? "known")}, ${cell.confidence} confidence` : "not checked"}`;
  const marks = cell ? el("span", { class: "sign", "aria-hidden": "true", data: { value: String(SIGNS.indexOf(sign(cell.value))), sure: cell.confidence, due: cell.due ? "yes" : "no" } }, sign(cell.value)) : null;
  return el("td", { tabindex: "-1", "aria-label": name, class: cell ? "" : "none" }, marks);
}

/** Each cell knows where it is. The first of which something is known is the one that the Tab key reaches, and told at once. */
function number(grid) {
  [...grid.tBodies[0].rows].forEach((row, at) => [...row.cells].filter((cell) => cell.tagName === "TD").forEach((cell, index) => Object.assign(cell.dataset, { row: at, column: index })));
  const first = grid.querySelector("td:not(.none)") ?? grid.querySelector("td");
  first.setAttribute("tabindex", "0");
  return first;
}

function keys(event) {
  const cell = event.target.closest("td");
  const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
  if (!cell || !step) return;
  event.preventDefault();
  const next = event.currentTarget.querySelector(`td[data-row="${Number(cell.dataset.row) + step[0]}"][data-column="${Number(cell.dataset.column) + step[1]}"]`);
  if (!next) return;
  cell.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}

function spelled(row, column, cell) {
  const heading = el("h4", {}, `${row.name} · ${column.name}`);
  if (!cell) return [heading, el("p", { class: "muted" }, "No row: not checked.")];
  const shown = Object.entries(cell.columns).map(([name, text]) => el("div", {}, el("dt", {}, words(name)), el("dd", {}, words(text))));
  return [heading, el("dl", { class: "facts" }, shown,
    el("div", {}, el("dt", {}, "confidence"), el("dd", {}, cell.confidence)), el("div", {}, el("dt", {}, "as of"), el("dd", {}, cell.as_of, cell.due ? " (due for review)" : "")),
    el("div", {}, el("dt", {}, "source"), el("dd", {}, cell.source ?? "")), el("div", {}, el("dt", {}, "file"), el("dd", {}, el("code", { class: "place" }, cell.place))))];
}
