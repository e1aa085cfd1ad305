// Speaking to the sandbox: acts of people, questions about the bot. Knows the addresses and nothing of what is shown.

/** Something the sandbox would not do; its message is for people. */
export class Refused extends Error {}

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.error ?? `the sandbox answered ${response.status}`);
  return body;
}

/** Acts as a person: `post`, `slash`, `press` and so on; the answer is what became of it. */
export async function act(name, body, signal) {
  const headers = { "content-type": "application/json" };
  return answer(await fetch(`/sandbox/${name}`, { method: "POST", headers, body: JSON.stringify(body), signal }));
}

/** Uploads a file that a command or a modal is to be given; the answer holds its `id`. */
export async function upload(file) {
  const headers = { "content-type": file.type || "application/octet-stream" };
  return answer(await fetch(`/sandbox/upload?${new URLSearchParams({ filename: file.name })}`, { method: "POST", headers, body: file }));
}

/** Asks for something to look at. */
export async function ask(path, query = {}) {
  const search = new URLSearchParams(query).toString();
  return answer(await fetch(`/sandbox${path}${search ? `?${search}` : ""}`));
}

/** Follows what changes; `told` gets each piece of news, `lost` is called while there is no connection. */
export function follow(told, lost) {
  const stream = new EventSource("/sandbox/stream");
  stream.addEventListener("message", (event) => told(JSON.parse(event.data)));
  stream.addEventListener("error", lost);
}
