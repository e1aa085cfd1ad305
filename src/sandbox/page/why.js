// Why a question was answered as it was, and what if it had been put differently: the ranking moves as one types.

import { act } from "./api.js";
import { el, fill, settled } from "./dom.js";
import { anchor } from "./markdown.js";
import { on, questionOf, state } from "./state.js";

/** How long typing must rest before the engine is asked. */
const REST = 80;
const OUTCOMES = { answer: "Answers", clarify: "Asks back", no_match: "Declines", safety: "A guard speaks" };

const box = el("textarea", { id: "what-if", rows: "2", maxlength: "2000", placeholder: "Ask something in the chat, or type here" });
const result = el("div", { class: "why-result", "aria-live": "off" });
const verdict = el("p", { class: "unseen", role: "status" });
let asked = { question: "" };
let latest = 0;

/** Fills the panel; `reveal` brings it to the front. */
export function startWhy(panel, reveal) {
  fill(panel,
    el("h2", {}, "Why this answer"),
    el("p", { class: "field" }, el("label", { for: "what-if" }, "Question"), box, el("small", {}, "The last one asked. Edit it and watch the ranking move: what if it had been put this way?")),
    verdict, result);
  box.addEventListener("input", settled(() => explain(whatIf()), REST));
  on("asked", begin);
  on("messages", overheard);
  on("why", (question) => {
    reveal("why");
    begin(question);
    box.focus();
  });
  on("announced", settled(() => box.value && explain(box.value === asked.question ? asked : whatIf()), REST));
  drawNothing();
  const last = [...state.messages.values()].sort((left, right) => (BigInt(left.id) < BigInt(right.id) ? 1 : -1)).map(questionOf).find(Boolean);
  if (last) begin(last);
}

/** What stands in the box, asked where the last question was, in words. */
const whatIf = () => ({ ...asked, question: box.value, command: undefined });

function begin(question) {
  explain({ ...question, question: question.question.replace(/<@!?\d+>/g, "").trim() }, true);
}

/** In a channel where clear questions are answered unasked, the answer tells what was a question. */
function overheard({ changed }) {
  const answers = changed.filter((message) => message.author.id === state.bot && !message.edited_timestamp);
  const question = answers.map((message) => state.messages.get(message.message_reference?.message_id)).findLast((message) => message && questionOf(message));
  if (question && questionOf(question).question !== asked.question) begin(questionOf(question));
}

/** Asks why, and shows it; a question just asked is put into the box, unless it is of a command that answers no question. */
async function explain(question, isNew = false) {
  latest += 1;
  const mine = latest;
  if (!question.question.trim() || !state.announced.knowledge) return drawNothing();
  try {
    const why = await act("why", { channel: state.channel, ...question });
    if (mine !== latest || !why) return undefined;
    if (isNew) {
      asked = question;
      box.value = question.question;
    }
    draw(why);
  } catch (error) {
    if (mine === latest) fill(result, el("p", { class: "notice bad" }, error.message));
  }
  return undefined;
}

function drawNothing() {
  fill(result, el("p", { class: "muted" }, state.announced.knowledge ? "Nothing was asked yet." : "The bot behind this page does not tell why it answers."));
}

function draw(why) {
  if (why.form) return drawForm(why);
  verdict.textContent = `${OUTCOMES[why.reply.outcome]}${why.reply.entry ? `: ${why.reply.entry}` : ""}`;
  const places = new Map([...result.querySelectorAll(".candidate")].map((item) => [item.dataset.id, item.getBoundingClientRect().top]));
  const open = new Map([...result.querySelectorAll(".candidate")].map((item) => [item.dataset.id, item.querySelector("details").open]));
  fill(result, outcome(why), reading(why), guard(why), why.candidates ? ranking(why, open) : null, sources(why));
  slide(places);
  return undefined;
}

/** A form names its entry by what is filled in: there is no score and no other candidate. */
function drawForm({ form, reply, facets, here }) {
  const said = reply ? OUTCOMES[reply.outcome] : "Answers nothing";
  verdict.textContent = `${said}${reply?.entry ? `: ${reply.entry}` : ""}`;
  fill(result,
    el("section", { class: "why-outcome", "aria-label": "Outcome" },
      headline(said, reply ?? { outcome: "no_match" }),
      el("p", { class: "muted" }, `/${form} is a form: its fields name the entry, and no words are matched. Edit the question to see how the words alone would do.`)),
    el("dl", { class: "facts" }, namesRow(facets ?? []), hereRow(here)),
    reply ? sources({ reply }) : null);
}

const headline = (said, reply) => el("p", { class: "verdict" }, el("span", { class: `outcome ${reply.outcome}` }, said), reply.entry ? el("strong", {}, reply.entry) : null, reply.place ? el("code", { class: "place" }, reply.place) : null);

function outcome(why) {
  const { reply, thresholds, confidence } = why;
  const best = why.zone === "sure" ? why.candidates[0] : null;
  const spoke = reply.entry || reply.own || reply.guard ? reply : { ...reply, entry: best?.id, place: best?.place };
  return el("section", { class: "why-outcome", "aria-label": "Outcome" },
    headline(OUTCOMES[reply.outcome], spoke),
    reply.own ? el("p", { class: "notice warn" }, "An answer of this server's own: ", el("strong", {}, reply.own), " The ranking below is what the knowledge alone would say.") : null,
    why.follows ? el("p", { class: "muted" }, "It follows up on ", el("strong", {}, why.follows), ". The ranking below is of these words alone.") : null,
    reply.stale ? el("p", { class: "notice warn" }, "Past its review date, and says so.") : null,
    confidence === null || confidence === undefined ? null : [
      scale(confidence, thresholds),
      el("p", { class: "muted" }, `Score ${rounded(confidence)}: the best candidate's share among all there are, lowered where words are unknown. From ${thresholds.sure.toFixed(2)} on it is answered, if the best is ${thresholds.margin.toFixed(2)} times as likely as the next; from ${thresholds.close.toFixed(2)} on the bot asks back; below, it declines.`),
      best?.kind === "aside" && !reply.own ? el("p", { class: "muted" }, "The best candidate is an aside, not an entry: it answers nothing itself, but says what to reply.") : null,
      why.half ? el("p", { class: "muted" }, `This is half a question, with one telling word at most: an entry answers it only with a share of ${thresholds.sure_of_half.toFixed(2)} or more.`) : null,
      reply.outcome === "answer" ? el("p", { class: "muted" }, `The reply itself carries a confidence of ${reply.confidence.toFixed(2)}: how likely an answer of that score is right, as counted on labelled questions. So a low score can still be a sure answer.`) : null,
    ]);
}

/** Rounded down: what just misses a threshold must not read as if it reached it. */
const rounded = (score) => (Math.floor(score * 100) / 100).toFixed(2);

/** The score on a scale with both thresholds; the square root makes room at the low end, where they stand. */
function scale(confidence, { sure, close }) {
  const width = (value) => `${(Math.sqrt(Math.min(1, Math.max(0, value))) * 100).toFixed(1)}%`;
  const bar = el("div", { class: "scale", role: "img", "aria-label": `Score ${rounded(confidence)} of 1, thresholds at ${close.toFixed(2)} and ${sure.toFixed(2)}` },
    el("span", { class: "bar" }), el("span", { class: "tick" }), el("span", { class: "tick" }));
  const [fillBar, ...ticks] = bar.children;
  fillBar.style.setProperty("width", width(confidence));
  [close, sure].forEach((value, at) => ticks[at].style.setProperty("left", width(value)));
  return bar;
}

const row = (name, ...value) => el("div", {}, el("dt", {}, name), el("dd", {}, value));

function chips(facets) {
  return facets.flatMap((facet) => facet.values.map((value) => el("li", {}, el("span", { class: "facet" }, facet.name ?? facet.id), ` ${value.name ?? value.id}`, facet.implied ? el("small", {}, " implied") : null)));
}

const namesRow = (facets) => row("Names", facets.length ? el("ul", { class: "chips" }, chips(facets)) : "no facet");

/** What the server and the channel bring along, where they bring anything. */
function hereRow(here) {
  const topic = here.topic ? el("li", {}, el("span", { class: "facet" }, "topic"), ` ${here.topic}`) : null;
  return here.defaults.length || topic ? row("Set here", el("ul", { class: "chips" }, chips(here.defaults), topic ?? [])) : null;
}

function reading(why) {
  return el("dl", { class: "facts" },
    row("Cleaned", why.cleaned || "nothing left"),
    row("Read as", why.read_as || "nothing"),
    why.mended.length ? row("Mended", why.mended.map(({ typed, read }) => `${typed} → ${read}`).join(", ")) : null,
    namesRow(why.facets),
    hereRow(why.here),
    why.familiarity === null || why.familiarity === undefined ? null : row("Familiar", `${Math.round(why.familiarity * 100)} % of its words`, why.unknown.length ? `; unknown: ${why.unknown.join(", ")}` : ""));
}

function guard(why) {
  const name = why.guard?.id ?? why.reply.guard;
  if (!name) return el("p", { class: "guard" }, el("span", { class: "outcome answer" }, "Guards"), "None spoke.");
  return el("section", { class: "guard", "aria-label": "Guard" },
    el("p", {}, el("span", { class: "outcome safety" }, "Guard"), el("strong", {}, name), why.guard ? el("code", { class: "place" }, why.guard.place) : null),
    why.guard_pattern ? el("details", {}, el("summary", {}, "The pattern that fitted"), el("pre", { class: "code", tabindex: "0" }, why.guard_pattern)) : null);
}

function ranking(why, open) {
  const most = Math.max(...why.candidates.map((candidate) => candidate.probability), 0.01);
  return el("section", { "aria-labelledby": "ranking" }, el("h3", { id: "ranking" }, "Candidates"),
    el("ol", { class: "candidates" }, why.candidates.map((candidate, at) => candidateView(candidate, most, open.get(candidate.id) ?? at === 0))));
}

function candidateView(candidate, most, open) {
  const bar = el("span", { class: "bar" });
  bar.style.setProperty("width", `${((candidate.probability / most) * 100).toFixed(1)}%`);
  return el("li", { class: "candidate", data: { id: candidate.id } },
    el("p", { class: "candidate-head" }, el("strong", {}, candidate.id), candidate.kind === "entry" ? null : el("small", {}, candidate.kind), el("span", { class: "percent" }, `${(candidate.probability * 100).toFixed(1)} %`)),
    el("div", { class: "track", "aria-hidden": "true" }, bar),
    candidate.question ? el("p", { class: "muted" }, candidate.question) : null,
    el("details", { open }, el("summary", {}, "What speaks for and against it", el("span", { class: "unseen" }, `: ${candidate.id}`)), reasons(candidate.reasons)),
    el("p", { class: "place-line" }, el("code", { class: "place" }, candidate.place)));
}

/** Each reason as a bar from the middle: to the right it speaks for, to the left against. */
function reasons(all) {
  const most = Math.max(...all.map(({ weight }) => Math.min(Math.abs(weight), 20)), 0.1);
  return el("ul", { class: "reasons" }, all.map(({ reason, weight }) => {
    const bar = el("span", { class: weight < 0 ? "bar against" : "bar" });
    bar.style.setProperty("width", `${((Math.min(Math.abs(weight), 20) / most) * 50).toFixed(1)}%`);
    const shown = Math.abs(weight) > 1e6 ? "rules it out" : `${weight < 0 ? "−" : "+"}${Math.abs(weight).toFixed(2)}`;
    return el("li", {}, el("span", { class: "reason" }, reason), el("span", { class: "balance", "aria-hidden": "true" }, bar), el("span", { class: "weight" }, shown));
  }));
}

function sources(why) {
  if (!why.reply.sources.length) return null;
  const item = (source) => el("li", {}, source.url ? anchor(source.url, [source.title]) : source.title, el("small", {}, ` ${source.as_of}`));
  return el("section", { "aria-labelledby": "why-sources" }, el("h3", { id: "why-sources" }, "Sources of the answer"), el("ul", { class: "sources" }, why.reply.sources.map(item)));
}

/** Candidates that changed places slide to their new one, unless movement is unwanted. */
function slide(before) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const item of result.querySelectorAll(".candidate")) {
    const was = before.get(item.dataset.id);
    const by = was === undefined ? 0 : was - item.getBoundingClientRect().top;
    if (Math.abs(by) > 2) item.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], { duration: 180, easing: "ease-out" });
  }
}
