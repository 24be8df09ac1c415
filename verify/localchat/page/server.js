// What is asked of the desk, and what it tells.

import * as channel from "./channel.js";
import { word } from "./words.js";

// Who acts in this tab, where its address names somebody.
const named = Number(new URLSearchParams(location.search).get("person"));
const person = Number.isSafeInteger(named) && named > 0 ? { person: named } : {};
let stopped = false;

export class Failure extends Error {}

export async function ask(name, asked = {}) {
  for await (const record of await called(name, asked)) return answer(record);
}

// Sends one file as it is. onProgress gets the number of bytes that have left.
export async function upload(file, onProgress) {
  const records = await called("upload", { name: file.name, type: file.type }, file, onProgress);
  for await (const record of records) return answer(record).upload;
}

// A picture or a file of the chat: name is `picture` or `file`.
export async function load(name, id, type) {
  const parts = [];
  for await (const record of await called(name, { id })) parts.push(record);
  return new Blob(parts, { type });
}

// The same in pieces, as the desk parted them.
export async function pieces(name, id, type) {
  const parts = [];
  for await (const record of await called(name, { id })) {
    if (record.length) parts.push(new Blob([record], { type }));
  }
  return parts;
}

// Follows the chat from a revision on, until the desk stops: then for good. A connection that
// breaks off is followed by another one to the same desk alone, and nothing is missed.
export async function follow(revision, handlers) {
  for (;;) {
    try {
      for await (const record of await called("events", { since: revision })) {
        const { kind, told, revision: reached } = channel.object(record);
        if (kind === "closed") return end(handlers);
        if (kind === "open") handlers.connected(true);
        handlers[kind]?.(told);
        revision = reached;
      }
    } catch {
      // what did not come from this desk, or was cut off
    }
    handlers.connected(false);
    if (!(await channel.renew())) return end(handlers);
  }
}

function end(handlers) {
  stopped = true;
  channel.leave();
  handlers.ended();
}

async function called(name, asked, file, onProgress) {
  if (stopped) throw new Failure(word("stopped"));
  const records = await channel
    .call(name, { ...asked, ...person }, file, onProgress)
    .catch(() => Promise.reject(new Failure(word("no_answer"))));
  return checked(records);
}

// Records as they come; what breaks off is a failure with a sentence.
async function* checked(records) {
  try {
    yield* records;
  } catch {
    throw new Failure(word(stopped ? "stopped" : "no_answer"));
  }
}

function answer(record) {
  const told = channel.object(record);
  if (told.error) throw new Failure(told.error);
  return told;
}
