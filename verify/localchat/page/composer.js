// Writing: a new message, a reply, an edit of one's own.

import * as commands from "./commands.js";
import { byId, show } from "./elements.js";
import * as forward from "./forward.js";
import * as log from "./log.js";
import { summary } from "./message.js";
import * as server from "./server.js";
import { word } from "./words.js";

let replying = null;
let editing = null;

export function prepare() {
  const text = byId("text");
  byId("write").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  text.addEventListener("input", fit);
  text.addEventListener("keydown", (event) => {
    if (event.isComposing || commands.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape") {
      stop();
    } else if (event.key === "ArrowUp" && text.value === "" && log.lastOwn()) {
      event.preventDefault();
      edit(log.lastOwn());
    }
  });
  byId("context-cancel").addEventListener("click", stop);
}

export function reply(message) {
  if (editing) stop();
  replying = message;
  context(word("replying"), summary(message.body));
  byId("text").placeholder = message.force_reply || word("message");
  byId("text").focus();
}

export function edit(message) {
  replying = null;
  editing = message;
  context(word("editing"), summary(message.body));
  byId("send").setAttribute("aria-label", word("save"));
  byId("text").value = message.body.text ?? message.body.caption ?? "";
  byId("text").focus();
  fit();
}

// What a message with files carries besides them; it is used up by that.
export function extras() {
  return { reply_to: replying?.id, origin: forward.current() ?? undefined };
}

export function done() {
  stop();
  forward.forget();
}

export async function say(text) {
  await attempt(() => server.ask("send", { text, ...extras() }), text);
}

// A command from the list. What else stands in the field is still being written.
export async function run(command) {
  const kept = commands.begun() ? "" : byId("text").value;
  await attempt(() => server.ask("send", { text: command, ...extras() }), command, kept);
}

// Words that something on the page made, as a reply to a message.
export async function answer(message, text) {
  reply(message);
  await say(text);
}

async function submit() {
  const text = byId("text").value.trim();
  if (!text && !editing) return;
  if (editing) {
    const changed = editing;
    await attempt(() => server.ask("edit", { message_id: changed.id, text }), text);
  } else {
    await say(text);
  }
}

// The words leave the field at once and come back if they could not be sent. kept: what stays there.
async function attempt(send, text, kept = "") {
  const field = byId("text");
  const before = { replying, editing };
  const request = send();
  field.value = kept;
  fit();
  complain("");
  try {
    await request;
    if (!kept || !editing) done();
  } catch (error) {
    ({ replying, editing } = before);
    field.value = field.value || text;
    fit();
    complain(error instanceof server.Failure ? error.message : word("failed"));
  }
}

export function complain(sentence) {
  byId("problem").textContent = sentence;
  show(byId("problem"), sentence !== "");
}

function stop() {
  if (editing) byId("text").value = "";
  replying = null;
  editing = null;
  show(byId("context"), false);
  byId("send").setAttribute("aria-label", word("send"));
  byId("text").placeholder = word("message");
  complain("");
  fit();
}

function context(title, text) {
  byId("context-title").textContent = title;
  byId("context-text").textContent = text;
  show(byId("context"), true);
}

// Where the browser cannot size a field by its content, rows follow the lines.
function fit() {
  const field = byId("text");
  field.rows = Math.min(Math.max(field.value.split("\n").length, 1), 8);
}
