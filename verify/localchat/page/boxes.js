// Boxes drawn over a picture that asks for them: by mouse, by touch, by the keyboard. They are
// answered as left, top, right and bottom in percent, which people can write as well.

import { byId, make } from "./elements.js";

const STEP = 2; // percent, by a key
const LEAST = 0.5; // percent: less is a slip of the hand
let boxes = []; // set: [left, top, right, bottom], in percent
let frame = [40, 40, 60, 60]; // where the next one will be
let use = () => {};

// answer(text): takes the boxes as they are written.
export function draw(source, description, answer) {
  boxes = [];
  frame = [40, 40, 60, 60];
  use = answer;
  byId("boxes-picture").src = source;
  byId("boxes-picture").alt = description.slice(0, 300);
  byId("boxes").showModal();
  byId("boxes-room").focus();
  show();
}

export function prepare() {
  const room = byId("boxes-room");
  const dialog = byId("boxes");
  let from = null;
  room.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button) return;
    event.preventDefault();
    room.focus();
    room.setPointerCapture(event.pointerId);
    from = place(event);
  });
  room.addEventListener("pointermove", (event) => {
    if (from && event.isPrimary) take(between(from, place(event)));
  });
  room.addEventListener("pointerup", (event) => {
    if (!from || !event.isPrimary) return;
    const drawn = between(from, place(event));
    from = null;
    if (drawn[2] - drawn[0] > LEAST && drawn[3] - drawn[1] > LEAST) set(drawn);
  });
  room.addEventListener("pointercancel", () => (from = null));
  room.addEventListener("keydown", key);
  byId("boxes-set").addEventListener("click", () => set(frame));
  byId("boxes-back").addEventListener("click", back);
  byId("boxes-cancel").addEventListener("click", () => dialog.close());
  byId("boxes-form").addEventListener("submit", () => {
    if (boxes.length) use(written());
  });
}

function key(event) {
  const way = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
  if (way && event.shiftKey) take(grown(...way));
  else if (way) take(moved(...way));
  else if (event.key === "Enter") set(frame);
  else if (event.key === "Backspace") back();
  else return;
  event.preventDefault();
}

function moved(across, down) {
  const [left, top, right, bottom] = frame;
  const x = Math.min(Math.max(across, -left), 100 - right);
  const y = Math.min(Math.max(down, -top), 100 - bottom);
  return [left + x, top + y, right + x, bottom + y];
}

function grown(across, down) {
  const [left, top, right, bottom] = frame;
  return [left, top, Math.min(100, Math.max(left + STEP, right + across)), Math.min(100, Math.max(top + STEP, bottom + down))];
}

// Where a pointer is, in percent of the picture.
function place(event) {
  const { left, top, width, height } = byId("boxes-picture").getBoundingClientRect();
  const within = (at, from, long) => Math.min(100, Math.max(0, (100 * (at - from)) / long));
  return [within(event.clientX, left, width), within(event.clientY, top, height)];
}

function between([x, y], [otherX, otherY]) {
  return [Math.min(x, otherX), Math.min(y, otherY), Math.max(x, otherX), Math.max(y, otherY)];
}

function take(changed) {
  frame = changed;
  show();
}

function set(box) {
  if (!boxes.some((one) => String(one) === String(box))) boxes.push(box);
  take(box);
}

function back() {
  boxes.pop();
  show();
}

// Rounded outward, so that nothing at an edge stays.
function written() {
  const outward = ([left, top, right, bottom]) => [
    Math.floor(left * 100) / 100, Math.floor(top * 100) / 100,
    Math.ceil(right * 100) / 100, Math.ceil(bottom * 100) / 100,
  ];
  return boxes.map((box) => outward(box).join(",")).join("; ");
}

function show() {
  const room = byId("boxes-room");
  room.querySelectorAll(".box").forEach((one) => one.remove());
  for (const box of boxes) room.append(laid(box, "box set"));
  room.append(laid(frame, "box"));
  byId("boxes-said").textContent = `${boxes.length} · ${frame.map(Math.round).join(", ")} %`;
  byId("boxes-use").disabled = boxes.length === 0;
}

function laid([left, top, right, bottom], kind) {
  const element = make("span", { class: kind, "aria-hidden": "true" });
  element.style.left = `${left}%`;
  element.style.top = `${top}%`;
  element.style.width = `${right - left}%`;
  element.style.height = `${bottom - top}%`;
  return element;
}
