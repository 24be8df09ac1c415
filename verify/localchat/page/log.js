// The messages on the page: in order, by day, edited in place, scrolled with care.

import { byId, make, show } from "./elements.js";
import { article } from "./message.js";
import { forget } from "./pictures.js";
import { begin } from "./players.js";
import { day } from "./words.js";

const messages = new Map();
let actions = {};
let stuck = true; // to the newest message, as long as nobody scrolls away
let head = null; // the first message of the latest answer, which is read from there
let answeredAt = 0; // when the latest message of an answer came
let ours = false; // whether the page scrolls by itself
const ANOTHER = 30_000; // milliseconds of silence, after which a message is another answer

export function prepare(newActions) {
  actions = newActions;
  const scroller = byId("scroller");
  scroller.addEventListener("scroll", () => {
    stuck = atEnd();
    if (stuck && !ours) head = null;
    ours = false;
    show(byId("newest"), !stuck);
  });
  byId("newest").addEventListener("click", toEnd);
  new ResizeObserver(() => {
    if (stuck) follow();
  }).observe(byId("log"));
}

export function put(message) {
  if (message.deleted) return take(message.id);
  const known = messages.has(message.id);
  messages.set(message.id, message);
  const was = atEnd();
  if (known) replace(message);
  else place(message);
  show(byId("empty"), false);
  if (known) return known;
  if (message.mine) toEnd();
  else if (was) {
    if (!head || Date.now() - answeredAt > ANOTHER) head = message.id;
    answeredAt = Date.now();
    follow();
  }
  return known;
}

// The last message of one's own that can be edited; of an album, the one with the words.
export function lastOwn() {
  const own = [...messages.values()].filter(
    ({ mine, body }) => mine && !body.forward_origin && (!body.media_group_id || body.caption),
  );
  return own.sort((a, b) => a.id - b.id).at(-1);
}

export function oldest() {
  return Math.min(...messages.keys());
}

// Whether a changed message is too old to be on the page yet.
export function isAbove(id) {
  return !messages.has(id) && messages.size > 0 && id < oldest();
}

export function isEmpty() {
  return messages.size === 0;
}

// Older messages come in above without moving what is being read.
export function keepingPlace(add) {
  const scroller = byId("scroller");
  const below = scroller.scrollHeight - scroller.scrollTop;
  add();
  scroller.scrollTop = scroller.scrollHeight - below;
}

export function jump(id) {
  const element = byId(`message-${id}`);
  if (!element) return;
  element.scrollIntoView({ block: "center" });
  element.focus({ preventScroll: true });
  element.classList.remove("found");
  requestAnimationFrame(() => element.classList.add("found"));
}

export function toEnd() {
  const scroller = byId("scroller");
  scroller.scrollTop = scroller.scrollHeight;
  stuck = true;
  head = null;
}

// To the end, but never past the head of an answer that is taller than the view.
function follow() {
  const scroller = byId("scroller");
  const top = head && byId(`message-${head}`)?.getBoundingClientRect().top;
  const past = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
  const above = top ? top - scroller.getBoundingClientRect().top - 8 : past;
  const by = Math.min(past, Math.max(above, 0));
  ours = by >= 1;
  scroller.scrollTop += by;
  show(byId("newest"), !atEnd());
}

function atEnd() {
  const scroller = byId("scroller");
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60;
}

function take(id) {
  if (messages.has(id)) forget(messages.get(id).body);
  messages.delete(id);
  const element = byId(`message-${id}`);
  const album = element?.closest(".album");
  element?.remove();
  if (album && !album.querySelector("article")) album.remove();
  tidyDays();
  show(byId("empty"), isEmpty());
  return true;
}

// Whoever used the keyboard below an edited message stays at the same button.
function replace(message) {
  const old = byId(`message-${message.id}`);
  const keys = [...old.querySelectorAll(".key, .picture, .film .control")];
  const at = keys.indexOf(document.activeElement);
  const inside = old.contains(document.activeElement);
  const element = article(message, actions);
  Object.assign(element.dataset, old.dataset);
  old.replaceWith(element);
  if (!inside) return;
  if (words(old) !== words(element)) showHead(element);
  const clip = element.querySelector(".film")?.dataset.clip;
  if (clip && clip !== old.querySelector(".film")?.dataset.clip) {
    element.querySelector(".film .control").focus({ preventScroll: true });
    return begin(element);
  }
  const after = element.querySelectorAll(".key, .picture, .film .control");
  (after[Math.min(Math.max(at, 0), after.length - 1)] ?? element).focus({ preventScroll: true });
}

function words(element) {
  return element.querySelector(".text")?.textContent;
}

// Other words under the same buttons are read from their head.
function showHead(element) {
  const scroller = byId("scroller");
  const above = scroller.getBoundingClientRect().top + 8 - element.getBoundingClientRect().top;
  if (above > 0) scroller.scrollTop -= above;
}

function place(message) {
  const log = byId("log");
  const element = article(message, actions);
  const group = message.body.media_group_id;
  const album = group ? log.querySelector(`[data-group="${CSS.escape(group)}"]`) : null;
  if (album) {
    insert(album, element, message.id);
    return;
  }
  const whole = group
    ? make("div", { class: message.mine ? "album mine" : "album", "data-group": group, "data-id": message.id }, element)
    : element;
  whole.dataset.id = message.id;
  whole.dataset.day = day(message.body.date);
  insert(log, whole, message.id);
  tidyDays();
}

function insert(parent, element, id) {
  element.dataset.id = id;
  const later = [...parent.children].find((one) => Number(one.dataset.id) > id);
  parent.insertBefore(element, later ?? null);
}

function tidyDays() {
  const log = byId("log");
  for (const old of log.querySelectorAll(".day")) old.remove();
  let last = "";
  for (const element of [...log.children]) {
    if (element.dataset.day !== last) {
      last = element.dataset.day;
      log.insertBefore(make("p", { class: "day" }, make("span", {}, last)), element);
    }
  }
}
