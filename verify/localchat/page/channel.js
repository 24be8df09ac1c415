// The channel to the desk: nothing is sent or shown before both sides have proved that they know
// the same secret, and then only these two can read or make what goes through it. The desk's side
// and the reasons are in verify/localchat/sealing.py.

const KEPT = "desk"; // in this tab alone, for when it is loaded again
const NUMBER_BYTES = 32;
const RECORD_BYTES = 1 << 20;
const LATER = [0, 400, 1200]; // milliseconds: a network that changes ends connections, too

const encoder = new TextEncoder();
const decoder = new TextDecoder();
let secret = null;
let channel = null;

// Says whether the page is let in: by the key that its address brought, once, or as one that was.
export async function enter() {
  const key = location.hash.slice(1);
  if (key) history.replaceState(null, "", location.pathname + location.search);
  for (const known of [key, sessionStorage.getItem(KEPT)]) {
    if (known && (await meet(bytes(known)))) return true;
  }
  leave();
  return false;
}

// Whether the same desk is still there. Whoever else answers learns nothing.
export async function renew() {
  for (const pause of LATER) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (secret && (await meet(secret))) return true;
  }
  leave();
  return false;
}

// For good: what this page knew opens nothing any more.
export function leave() {
  sessionStorage.removeItem(KEPT);
  secret = null;
  channel = null;
}

// Calls the desk. file: goes along as it is. Gives what reads the records of the answer.
export async function call(name, asked, file = null, onProgress = null) {
  const through = channel;
  if (!through) throw new Error("closed");
  const path = `/api/${name}`;
  const number = through.calls++;
  const body = await sealed(through.outward, number, path, asked, file);
  const headers = { "Desk-Channel": through.name, "Desk-Call": String(number) };
  const stream = onProgress
    ? await sent(path, headers, body, onProgress)
    : await fetched(path, headers, body);
  return opened(through.inward, number, path, stream);
}

async function meet(known) {
  const mine = crypto.getRandomValues(new Uint8Array(NUMBER_BYTES));
  const answer = await plain("meet", { name: await named(known), number: text(mine) });
  if (typeof answer?.number !== "string" || typeof answer?.proof !== "string") return false;
  const theirs = bytes(answer.number);
  if (theirs.length !== NUMBER_BYTES) return false;
  const proof = bytes(answer.proof);
  const holds = await crypto.subtle.verify("HMAC", await hmacKey(known), proof, parts("desk", mine, theirs));
  if (!holds) return false;
  const own = text(await mac(known, "page", mine, theirs));
  if (!(await plain("enter", { number: answer.number, proof: own }))) return false;
  channel = {
    name: answer.number,
    calls: 0,
    outward: await sealingKey(known, "from the page", mine, theirs),
    inward: await sealingKey(known, "from the desk", mine, theirs),
  };
  if (known !== secret && text(known) !== sessionStorage.getItem(KEPT)) {
    known = await mac(known, "again", mine, theirs); // the key of the address is used up
  }
  secret = known;
  sessionStorage.setItem(KEPT, text(secret));
  return true;
}

async function plain(name, asked) {
  try {
    const response = await fetch(`/api/${name}`, { ...POST, body: JSON.stringify(asked) });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

const POST = { method: "POST", cache: "no-store", credentials: "omit", redirect: "error" };

async function fetched(path, headers, body) {
  const response = await fetch(path, { ...POST, headers, body });
  if (response.status === 401) throw new Error("closed");
  return response.body.getReader();
}

// The one way that tells how far an upload has come.
function sent(path, headers, body, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.responseType = "blob";
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded));
    request.addEventListener("load", () => resolve(request.response.stream().getReader()));
    request.addEventListener("error", () => reject(new Error("no answer")));
    request.send(body);
  });
}

async function sealed(key, number, path, asked, file) {
  const records = [];
  const seal = async (record, last) => {
    const algorithm = { name: "AES-GCM", iv: iv(number, records.length, last), additionalData: encoder.encode(path) };
    const content = await crypto.subtle.encrypt(algorithm, key, record);
    records.push(new Blob([length(content.byteLength), content]));
  };
  await seal(encoder.encode(JSON.stringify(asked)), !file);
  for (let at = 0; file && (at < file.size || at === 0); at += RECORD_BYTES) {
    await seal(await file.slice(at, at + RECORD_BYTES).arrayBuffer(), at + RECORD_BYTES >= file.size);
  }
  return new Blob(records);
}

// Each record as bytes. Throws for what this desk did not make for this call, and when it is cut.
async function* opened(key, number, path, reader) {
  let pending = new Uint8Array();
  let index = 0;
  try {
    for (;;) {
      while (pending.length >= 4) {
        const size = new DataView(pending.buffer, pending.byteOffset).getUint32(0);
        if (size > RECORD_BYTES + 16) throw new Error("not of this desk");
        if (pending.length < 4 + size) break;
        const { record, last } = await unseal(key, number, index++, path, pending.slice(4, 4 + size));
        pending = pending.subarray(4 + size);
        yield record;
        if (last) return;
      }
      const { value, done } = await reader.read();
      if (done) throw new Error("cut");
      pending = joined(pending, value);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

async function unseal(key, number, index, path, content) {
  for (const last of [false, true]) {
    const algorithm = { name: "AES-GCM", iv: iv(number, index, last), additionalData: encoder.encode(path) };
    try {
      return { record: new Uint8Array(await crypto.subtle.decrypt(algorithm, key, content)), last };
    } catch {
      continue;
    }
  }
  throw new Error("not of this desk");
}

export function object(record) {
  return JSON.parse(decoder.decode(record));
}

function iv(number, index, last) {
  const view = new DataView(new ArrayBuffer(12));
  view.setUint16(0, Math.floor(number / 2 ** 32));
  view.setUint32(2, number % 2 ** 32);
  view.setUint32(7, index);
  view.setUint8(11, last ? 1 : 0);
  return view.buffer;
}

function length(size) {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, size);
  return view.buffer;
}

function joined(first, second) {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function parts(purpose, ...numbers) {
  let whole = encoder.encode(purpose);
  for (const number of numbers) whole = joined(joined(whole, new Uint8Array(1)), number);
  return whole;
}

function hmacKey(known) {
  return crypto.subtle.importKey("raw", known, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
}

async function mac(known, purpose, ...numbers) {
  return new Uint8Array(await crypto.subtle.sign("HMAC", await hmacKey(known), parts(purpose, ...numbers)));
}

async function named(known) {
  return text(await mac(known, "name"));
}

async function sealingKey(known, purpose, ...numbers) {
  const raw = await mac(known, purpose, ...numbers);
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

function text(content) {
  const letters = btoa(String.fromCharCode(...content));
  return letters.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function bytes(letters) {
  try {
    return Uint8Array.from(atob(letters.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
