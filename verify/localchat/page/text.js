// Text and entities become elements. Offsets count UTF-16 units, as JavaScript does.

import { make } from "./elements.js";
import { word } from "./words.js";

const PLAIN = {
  bold: "strong",
  underline: "u",
  strikethrough: "s",
  code: "code",
};

export function formatted(text, entities = [], onCommand = null) {
  return nested(text, entities, 0, text.length, onCommand);
}

// Entities come by offset, the longest first: each one holds those that lie inside it.
function nested(text, entities, start, end, onCommand) {
  const nodes = [];
  let at = start;
  for (let i = 0; i < entities.length; ) {
    const entity = entities[i];
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    let next = i + 1;
    while (next < entities.length && entities[next].offset < to) next += 1;
    if (to > from) {
      if (from > at) nodes.push(text.slice(at, from));
      const inner = nested(text, entities.slice(i + 1, next), from, to, onCommand);
      nodes.push(wrapped(entity, text.slice(from, to), inner, onCommand));
      at = to;
    }
    i = next;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function wrapped(entity, own, inner, onCommand) {
  switch (entity.type) {
    case "pre":
      return make("pre", { dir: "auto" }, make("code", {}, ...inner));
    case "blockquote":
    case "expandable_blockquote":
      return quote(entity, inner);
    case "spoiler":
      return spoiler(inner);
    case "text_link":
      return link(entity.url, inner);
    case "url":
      return link(/^[a-z]+:\/\//i.test(own) ? own : `https://${own}`, inner);
    case "bot_command":
      if (!onCommand) return make("span", {}, ...inner);
      return make("button", { type: "button", class: "command", onclick: () => onCommand(own) }, ...inner);
    case "hashtag":
    case "mention":
      return make("span", { class: "tag" }, ...inner);
    case "italic":
      return make("em", /\p{Script=Arabic}/u.test(own) ? { class: "upright" } : {}, ...inner);
    default:
      return make(PLAIN[entity.type] ?? "span", {}, ...inner);
  }
}

function link(address, inner) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return make("span", {}, ...inner);
  }
  if (!["http:", "https:"].includes(url.protocol)) return make("span", {}, ...inner);
  return make(
    "a",
    { href: url.href, target: "_blank", rel: "noopener noreferrer", title: url.href },
    ...inner,
  );
}

function quote(entity, inner) {
  if (entity.type === "blockquote") return make("blockquote", { dir: "auto" }, ...inner);
  const block = make("blockquote", { dir: "auto", class: "folded", tabindex: "0" }, ...inner);
  const unfold = () => block.classList.toggle("folded");
  block.addEventListener("click", unfold);
  block.addEventListener("keydown", (event) => {
    if (event.key === "Enter") unfold();
  });
  return block;
}

function spoiler(inner) {
  const attributes = { class: "spoiler", role: "button", tabindex: "0", "aria-label": word("hidden_text") };
  const hidden = make("span", attributes, make("span", { "aria-hidden": "true" }, ...inner));
  const reveal = (event) => {
    if (event.type === "keydown" && !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    hidden.replaceWith(make("span", { class: "revealed" }, ...inner));
  };
  hidden.addEventListener("click", reveal, { once: true });
  hidden.addEventListener("keydown", reveal);
  return hidden;
}
