// Embeds and pictures of a message. https://docs.discord.com/developers/resources/message#embed-object

import { el } from "./dom.js";
import { anchor, inlineMarkdown, markdown } from "./markdown.js";
import { state } from "./state.js";
import { full } from "./time.js";

/** The file of the message that an address stands for, if it is one. */
function uploaded(address, attachments) {
  const name = /^attachment:\/\/(.+)$/.exec(address)?.[1];
  return attachments.find((file) => (name ? file.filename === name : file.url === address));
}

/** Where this page finds a file of the sandbox; none when it is elsewhere, for the page asks for nothing outside. */
function local(address, attachments) {
  const url = uploaded(address, attachments)?.url ?? address;
  const path = url.startsWith(`${state.about.base_url}/`) ? url.slice(state.about.base_url.length) : url;
  return path.startsWith("/") ? path : null;
}

/** A picture, or a link to it where it lies elsewhere. Its size is set, so that nothing moves when it has come. */
export function picture(address, description, attachments, attributes = {}) {
  const source = local(address, attachments);
  const { width, height } = uploaded(address, attachments) ?? {};
  if (source) return el("img", { src: source, alt: description || "Picture without a description", width, height, loading: "lazy", ...attributes });
  return el("p", { class: "elsewhere" }, "Picture elsewhere: ", anchor(address, [address]));
}

/** One embed. */
export function embed(data, attachments, names) {
  const card = el("article", { class: "embed", "aria-label": data.title ?? data.author?.name ?? "Embed" });
  if (typeof data.color === "number") card.style.setProperty("--edge", `#${data.color.toString(16).padStart(6, "0")}`);
  if (data.thumbnail?.url) card.append(picture(data.thumbnail.url, data.thumbnail.description, attachments, { class: "thumbnail" }));
  if (data.author?.name) card.append(el("p", { class: "embed-author" }, data.author.url ? anchor(data.author.url, [data.author.name]) : data.author.name));
  if (data.title) card.append(el("p", { class: "embed-title" }, data.url ? anchor(data.url, inlineMarkdown(data.title, names)) : inlineMarkdown(data.title, names)));
  if (data.description) card.append(el("div", { class: "embed-description" }, markdown(data.description, names)));
  if (data.fields?.length) card.append(el("dl", { class: "embed-fields" }, data.fields.map((field) => embedField(field, names))));
  if (data.image?.url) card.append(picture(data.image.url, data.image.description ?? uploaded(data.image.url, attachments)?.description, attachments));
  const moment = data.timestamp ? new Date(data.timestamp) : null;
  if (data.footer?.text || moment) {
    const stamp = moment && el("time", { datetime: moment.toISOString() }, full(moment));
    card.append(el("p", { class: "embed-footer" }, data.footer?.text, data.footer?.text && stamp ? " • " : null, stamp));
  }
  return card;
}

function embedField(field, names) {
  return el("div", { class: field.inline ? "embed-field beside" : "embed-field" }, el("dt", {}, inlineMarkdown(field.name, names)), el("dd", {}, markdown(field.value, names)));
}

/** The files of a message that no embed shows. */
export function files(message) {
  const embedded = message.embeds.flatMap((data) => [data.image?.url, data.thumbnail?.url]).filter(Boolean);
  const shown = message.attachments.filter((file) => !embedded.includes(`attachment://${file.filename}`));
  return shown.map((file) => {
    if (/^image\/(png|jpeg|gif|webp)$/.test(file.content_type ?? "")) return picture(file.url, file.description, message.attachments, { class: "attachment" });
    const source = local(file.url, message.attachments);
    return el("p", { class: "file" }, source ? el("a", { href: source, download: file.filename }, file.filename) : file.filename, ` · ${file.size} bytes`);
  });
}
