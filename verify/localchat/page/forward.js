// Where the next message says it was forwarded from.

import { byId, show } from "./elements.js";

let chosen = null;

export function prepare() {
  const dialog = byId("forward");
  byId("forward-button").addEventListener("click", () => dialog.showModal());
  byId("forward-cancel").addEventListener("click", () => dialog.close());
  byId("origin-kind").addEventListener("change", fit);
  byId("forward-form").addEventListener("submit", (event) => {
    event.preventDefault();
    choose(read());
    dialog.close();
    byId("text").focus();
  });
  byId("origin-cancel").addEventListener("click", () => choose(null));
  fit();
}

// Gives the origin once: the message after that is one's own again.
export function current() {
  return chosen;
}

export function forget() {
  choose(null);
}

function fit() {
  const kind = byId("origin-kind").value;
  for (const field of document.querySelectorAll("#forward [data-for]")) {
    show(field, field.dataset.for.split(" ").includes(kind));
  }
}

function read() {
  const visible = (id) => (byId(id).closest(".field").hidden ? "" : byId(id).value.trim());
  const origin = { kind: byId("origin-kind").value, name: visible("origin-name") };
  const username = visible("origin-username").replace(/^@/, "");
  if (username) origin.username = username;
  if (visible("origin-signature")) origin.signature = visible("origin-signature");
  if (visible("origin-message")) origin.message_id = Number(visible("origin-message"));
  if (visible("origin-date")) origin.posted_at = new Date(visible("origin-date")).toISOString();
  return origin;
}

function choose(origin) {
  chosen = origin;
  show(byId("origin-chip"), origin !== null);
  byId("origin-text").textContent = origin ? origin.name : "";
}
