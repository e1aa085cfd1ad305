// Buttons that break things: the connection, the session, the answers of REST. Then one watches the bot recover.

import { act } from "./api.js";
import { el, fill, toast } from "./dom.js";
import { on, state } from "./state.js";

const rest = (effect) => ({ rest: { path: "**", times: 1, effect } });
// https://docs.discord.com/developers/events/gateway#disconnecting and /topics/rate-limits
const GATEWAY = [
  ["Cut the connection", { gateway: "cut" }],
  ["Ask for a reconnect", { gateway: "reconnect" }],
  ["Session invalid, may resume", { gateway: { invalid_session: { resumable: true } } }],
  ["Session invalid, gone", { gateway: { invalid_session: { resumable: false } } }],
  ["Refuse new connections", { gateway: { refuse: true } }],
  ["Delay events by 2 s", { gateway: { delay_events: 2 } }],
];
const REST = [
  ["429, wait 2 s", rest({ rate_limited: { scope: "user", retry_after: 2 } })],
  ["500", rest({ status: { status: 500, body: { message: "500: Internal Server Error", code: 0 } } })],
  ["Answer 2 s late", rest({ delay: 2 })],
  ["Lose the request", rest({ cut: { carried_out: false } })],
  ["Lose the answer", rest({ cut: { carried_out: true } })],
];

/** The buttons, and how the connection stands. */
export function faults() {
  const order = (fault, name) => act("fault", fault).then(() => toast(`${name}: ordered.`), (error) => toast(error.message, "bad"));
  const buttons = (all) => all.map(([name, fault]) => el("button", { type: "button", class: "button secondary", on: { click: () => order(fault, name) } }, name));
  const standing = el("p", { class: "muted", role: "status" });
  const draw = () => fill(standing, told());
  on("gateway", draw);
  draw();
  return el("details", { class: "faults" }, el("summary", {}, "Break something"),
    standing,
    el("h3", {}, "Gateway"), el("div", { class: "buttons" }, buttons(GATEWAY)),
    el("h3", {}, "The next REST request"), el("div", { class: "buttons" }, buttons(REST)),
    el("div", { class: "buttons" }, el("button", { type: "button", class: "button primary", on: { click: () => order("clear", "All taken back") } }, "Take all back")));
}

function told() {
  const { connected, opened, identified, refuses, delay, faults_waiting: waiting } = state.gateway;
  const parts = [connected ? "Connected" : "Not connected", `${opened} ${opened === 1 ? "connection" : "connections"} so far`, `identified ${identified} ${identified === 1 ? "time" : "times"}`];
  if (refuses) parts.push("new connections are refused");
  if (delay) parts.push(`events come ${delay} s late`);
  if (waiting) parts.push(`${waiting} ${waiting === 1 ? "fault waits" : "faults wait"} for a request`);
  return `${parts.join(", ")}.`;
}
