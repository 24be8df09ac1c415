// The bot's commands, offered while one is being typed.

import { byId, make, show } from "./elements.js";

let commands = [];
let at = -1;
let choose = null;

export function prepare(onChoose) {
  choose = onChoose;
  const text = byId("text");
  text.addEventListener("input", offer);
  text.addEventListener("blur", close);
  // A press on the list, or on its button, leaves the field where it is: what is being written there.
  for (const part of ["command-list", "command-button"]) {
    byId(part).addEventListener("mousedown", (event) => event.preventDefault());
  }
  byId("command-button").addEventListener("click", () => {
    if (!byId("command-list").hidden) return close();
    text.focus();
    draw(commands);
  });
}

export function learn(list) {
  commands = list;
  show(byId("command-button"), list.length > 0);
}

// Says whether a key was used up by the list.
export function key(event) {
  const options = [...byId("command-list").children];
  if (byId("command-list").hidden || !options.length) return false;
  if (event.key === "Escape") close();
  else if (event.key === "ArrowDown") mark((at + 1) % options.length);
  else if (event.key === "ArrowUp") mark((at - 1 + options.length) % options.length);
  else if (event.key === "Enter" && at >= 0) options[at].click();
  else if (event.key === "Tab" && at >= 0) complete(options[at]);
  else return false;
  event.preventDefault();
  return true;
}

function offer() {
  if (!begun()) return close();
  const name = byId("text").value.slice(1);
  const fitting = commands.filter((one) => one.command.startsWith(name));
  draw(fitting.sort((a, b) => (b.command === name) - (a.command === name)));
}

function draw(list) {
  byId("command-list").replaceChildren(
    ...list.map((one, index) =>
      make(
        "li",
        { role: "option", id: `command-${index}`, "aria-selected": "false", onclick: () => pick(one) },
        make("code", { dir: "ltr" }, `/${one.command}`),
        make("span", { dir: "auto" }, one.description),
      ),
    ),
  );
  show(byId("command-list"), list.length > 0);
  byId("command-button").setAttribute("aria-expanded", String(list.length > 0));
  mark(list.length ? 0 : -1);
}

function mark(index) {
  at = index;
  [...byId("command-list").children].forEach((option, i) => {
    option.setAttribute("aria-selected", String(i === index));
    if (i === index) option.scrollIntoView({ block: "nearest" });
  });
  const text = byId("text");
  if (index >= 0) text.setAttribute("aria-activedescendant", `command-${index}`);
  else text.removeAttribute("aria-activedescendant");
}

function pick(one) {
  close();
  choose(`/${one.command}`);
}

function complete(option) {
  close();
  const command = option.querySelector("code").textContent;
  byId("text").value = `${command} ${begun() ? "" : byId("text").value}`;
}

// Whether the field holds no more than the beginning of a command, which the list completes.
export function begun() {
  return /^\/\w*$/.test(byId("text").value);
}

function close() {
  show(byId("command-list"), false);
  byId("command-button").setAttribute("aria-expanded", "false");
  mark(-1);
}
