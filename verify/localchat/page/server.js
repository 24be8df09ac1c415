// Everything that goes to the server and comes from it.

import { word } from "./words.js";

// Who acts in this tab, where its address names somebody.
const person = new URLSearchParams(location.search).get("person");

function as(path) {
  if (!person) return path;
  return `${path}${path.includes("?") ? "&" : "?"}person=${encodeURIComponent(person)}`;
}

export class Failure extends Error {}

export async function get(path) {
  return answer(fetch(as(path), { headers: { Accept: "application/json" } }));
}

export async function post(path, body) {
  return answer(
    fetch(as(path), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
}

// Sends one file as it is. onProgress gets the number of bytes that have left.
export function upload(file, onProgress) {
  const parameters = new URLSearchParams({ name: file.name, type: file.type });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", as(`/api/upload?${parameters}`));
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded));
    request.addEventListener("load", () => {
      if (request.status === 200) resolve(request.response.upload);
      else reject(new Failure(request.response?.error ?? word("failed")));
    });
    request.addEventListener("error", () => reject(new Failure(word("no_answer"))));
    request.send(file);
  });
}

// Follows the chat from a revision on. The browser reconnects by itself and tells the
// server the last revision that it saw, so that nothing is missed.
export function follow(revision, handlers) {
  const source = new EventSource(as(`/api/events?since=${revision}`));
  for (const kind of ["message", "working", "answer", "commands"]) {
    source.addEventListener(kind, (event) => handlers[kind](JSON.parse(event.data)));
  }
  source.addEventListener("open", () => handlers.connected(true));
  source.addEventListener("error", () => {
    handlers.connected(false);
    if (source.readyState === EventSource.CLOSED) handlers.ended();
  });
}

async function answer(request) {
  let response;
  try {
    response = await request;
  } catch {
    throw new Failure(word("no_answer"));
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Failure(body?.error ?? word("failed"));
  return body;
}
