// What a person who cannot see well, or uses no mouse, would stumble over: names, roles, references, contrast, size, overflow.
// Gives a list of complaints. Rules: https://www.w3.org/TR/WCAG22/ 1.1.1, 1.3.1, 1.4.3, 1.4.10, 2.5.8, 4.1.2.

const complaints = [];
const complain = (rule, element, more = "") => complaints.push(`${rule}: <${element.tagName.toLowerCase()} class="${element.getAttribute("class") ?? ""}" id="${element.id}"> ${(element.textContent ?? "").trim().slice(0, 60)} ${more}`);
const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && element.getClientRects().length > 0;
const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);

// Names.
const textOf = (id) => document.getElementById(id)?.textContent ?? "";
function nameOf(element) {
  const labelled = element.getAttribute("aria-labelledby");
  if (labelled) return labelled.split(" ").map(textOf).join(" ").trim();
  if (element.getAttribute("aria-label")) return element.getAttribute("aria-label").trim();
  if (element.labels?.length) return [...element.labels].map((label) => label.textContent).join(" ").trim();
  const clone = element.cloneNode(true);
  clone.querySelectorAll("[aria-hidden=true]").forEach((hidden) => hidden.remove());
  return clone.textContent.trim() || (element.getAttribute("title") ?? "").trim();
}
const CONTROLS = "button, a[href], input, select, textarea, summary, [role=option], [role=menuitem], [role=tab], dialog, [role=dialog], [role=menu], [role=listbox], [role=grid], [role=tabpanel], [role=log]";
for (const element of all(CONTROLS)) if (!nameOf(element)) complain("no name", element);
for (const image of all("img")) if (!image.hasAttribute("alt")) complain("no alt", image);

// Structure.
for (const landmark of ["main", "nav", "aside"]) if (document.querySelectorAll(landmark).length !== 1) complaints.push(`landmark: ${landmark}`);
if (document.querySelectorAll("h1").length > 1) complaints.push("more than one h1");
if (!document.documentElement.lang || !document.title) complaints.push("no language or title");
const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) complaints.push(`id twice: ${id}`);
for (const attribute of ["aria-controls", "aria-labelledby", "aria-describedby", "aria-activedescendant", "for"]) {
  for (const element of document.querySelectorAll(`[${attribute}]`)) {
    for (const id of element.getAttribute(attribute).split(" ")) if (!document.getElementById(id)) complain(`${attribute} leads nowhere`, element, id);
  }
}
for (const element of document.querySelectorAll("[tabindex]")) if (Number(element.getAttribute("tabindex")) > 0) complain("tabindex above 0", element);
const parents = { tab: "tablist", option: "listbox", menuitem: "menu" };
for (const [child, parent] of Object.entries(parents)) for (const element of document.querySelectorAll(`[role=${child}]`)) if (!element.closest(`[role=${parent}]`)) complain(`${child} outside ${parent}`, element);
for (const list of document.querySelectorAll("ul, ol")) for (const child of list.children) if (child.tagName !== "LI") complain("no item in a list", child);

// Contrast of every text against what lies under it.
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
function rgba(color) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}
const over = ([red, green, blue, alpha], below) => [red, green, blue].map((part, at) => part * alpha + below[at] * (1 - alpha)).concat(1);
function ground(element) {
  const layers = [];
  for (let at = element; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
  return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
}
const light = (color) => {
  const [red, green, blue] = color.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const seen = new Set();
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || seen.has(element) || !shown(element) || element.closest(":disabled, .unseen, .spoiler[aria-expanded=false], script, noscript, .skip:not(:focus)")) continue;
  seen.add(element);
  const style = getComputedStyle(element);
  if (style.fontSize === "0px") continue;
  const below = ground(element);
  const [a, b] = [light(over(rgba(style.color), below)), light(below)].sort((left, right) => right - left);
  const size = Number.parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const ratio = (a + 0.05) / (b + 0.05);
  if (ratio < (large ? 3 : 4.5)) complain(`contrast ${ratio.toFixed(2)}`, element);
}

// Size of what is pressed, and nothing wider than the window.
for (const element of all("button, select, input:not([type=checkbox]), summary")) {
  const { width, height } = element.getBoundingClientRect();
  const inText = getComputedStyle(element).display === "inline" || element.matches(".text-button, .spoiler, .above button, .self select, .chip");
  if (!inText && (width < 24 || height < 20)) complain(`small: ${width.toFixed(0)}×${height.toFixed(0)}`, element);
}
if (document.documentElement.scrollWidth > innerWidth) complaints.push(`wider than the window: ${document.documentElement.scrollWidth} > ${innerWidth}`);

return complaints;
