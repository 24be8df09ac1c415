// One message becomes one element.

import { draw } from "./boxes.js";
import { fileName, icon, make } from "./elements.js";
import { address, image, save } from "./pictures.js";
import { clip, sound } from "./players.js";
import { formatted } from "./text.js";
import { enlarge, toast } from "./viewer.js";
import { clock, moment, size, word } from "./words.js";

const FILES = ["document", "video", "audio", "voice"];
const revealed = new Set(); // pictures that stay shown when their message is edited

// actions: reply(message), answer(message, text), edit(message), press(message, button, element), command(text), jump(id)
export function article(message, actions) {
  const { body, mine } = message;
  const words = body.text ?? body.caption ?? "";
  const who = mine ? word("you") : body.from.first_name;
  const element = make(
    "article",
    {
      class: mine ? "message mine" : "message",
      id: `message-${message.id}`,
      tabindex: "-1",
      "aria-label": `${who}, ${clock(body.date)}`,
    },
    body.forward_origin ? forwarded(body.forward_origin) : null,
    body.reply_to_message ? quote(body.reply_to_message, actions) : null,
    body.photo ? picture(body) : null,
    body.photo && message.force_reply !== undefined ? drawing(message, actions) : null,
    ...media(body),
    words
      ? make("div", { class: "text", dir: "auto" },
          ...formatted(words, body.entities ?? body.caption_entities, mine ? null : actions.command))
      : null,
    foot(message, actions),
    body.reply_markup ? keyboard(message, actions) : null,
  );
  if (body.photo && !words) element.classList.add("bare");
  return element;
}

// A clip and a sound that the desk made are played here; what a person sent is saved as a file.
function media(body) {
  const made = body.from.is_bot;
  if (made && body.animation) return [clip(body.animation, body.caption ?? word("film"))];
  if (made && body.voice) return [sound(body.voice)];
  return FILES.filter((kind) => body[kind]).map((kind) => file(body[kind]));
}

export function origin(from) {
  const name =
    from.sender_user_name ??
    from.sender_user?.first_name ??
    from.sender_chat?.title ??
    from.chat?.title ??
    "";
  const username = (from.sender_user ?? from.sender_chat ?? from.chat)?.username;
  return username ? `${name} (@${username})` : name;
}

export function summary(body) {
  const named = FILES.map((kind) => body[kind]?.file_name).find(Boolean);
  return body.text ?? body.caption ?? named ?? (body.photo ? word("picture") : "");
}

function forwarded(from) {
  return make(
    "p",
    { class: "forwarded" },
    `${word("forwarded_from")} `,
    make("bdi", {}, origin(from)),
    from.message_id ? ` · ${from.message_id}` : "",
    " · ",
    make("time", { datetime: new Date(from.date * 1000).toISOString() }, moment(from.date)),
  );
}

function quote(body, actions) {
  const thumbnail = body.photo && !body.has_media_spoiler ? body.photo[0] : null;
  return make(
    "button",
    { type: "button", class: "quote", onclick: () => actions.jump(body.message_id) },
    thumbnail ? image(thumbnail, { alt: "", width: "36", height: "36" }) : null,
    make(
      "span",
      {},
      make("strong", {}, body.from.is_bot ? body.from.first_name : word("you")),
      make("span", { dir: "auto" }, summary(body).slice(0, 200)),
    ),
  );
}

function picture(body) {
  const sizes = body.photo;
  const largest = sizes[sizes.length - 1];
  const description = body.caption ?? word("picture");
  const shown = image(sizes.find((one) => one.width >= 640) ?? largest, {
    width: largest.width,
    height: largest.height,
    alt: description.slice(0, 300),
    draggable: "false",
  });
  const cover = make("span", { class: "cover", "aria-hidden": "true" }, word("veiled"));
  const button = make("button", { type: "button", class: "picture" }, shown, cover);
  const hide = body.has_media_spoiler && !revealed.has(largest.file_unique_id);
  button.classList.toggle("veiled", Boolean(hide));
  button.setAttribute("aria-label", word(hide ? "hidden" : "open_picture"));
  button.addEventListener("click", () => {
    if (button.classList.contains("veiled")) {
      revealed.add(largest.file_unique_id);
      button.classList.remove("veiled");
      button.setAttribute("aria-label", word("open_picture"));
    } else {
      address(largest).then((source) => enlarge(source, description), failed);
    }
  });
  return button;
}

// A picture that asks for an answer is asked where on it: that can be drawn.
function drawing(message, actions) {
  const { photo, caption } = message.body;
  const largest = photo[photo.length - 1];
  const open = () =>
    address(largest).then(
      (source) => draw(source, caption ?? word("picture"), (boxes) => actions.answer(message, boxes)),
      failed,
    );
  return make("button", { type: "button", class: "quiet draw", onclick: open }, word("draw_boxes"));
}

function file(kept) {
  const thumbnail = kept.thumbnail
    ? image(kept.thumbnail, { alt: "", width: "56", height: "56" })
    : icon("file");
  return make(
    "button",
    { type: "button", class: "file", onclick: () => save(kept).catch(failed) },
    make("span", { class: "file-picture" }, thumbnail),
    make(
      "span",
      { class: "file-words" },
      make("span", { class: "file-name" }, fileName(kept.file_name ?? kept.mime_type ?? "")),
      make("span", { class: "file-size" }, size(kept.file_size ?? 0)),
    ),
  );
}

function foot(message, actions) {
  const { body, mine } = message;
  const able = mine && !body.forward_origin;
  return make(
    "footer",
    {},
    make("span", { class: "doings" },
      able ? doing("edit", () => actions.edit(message)) : null,
      doing("reply", () => actions.reply(message)),
    ),
    body.edit_date && body.text !== undefined ? make("span", {}, word("edited")) : null,
    make("time", { datetime: new Date(body.date * 1000).toISOString(), title: moment(body.date) }, clock(body.date)),
  );
}

function doing(name, onclick) {
  return make("button", { type: "button", class: "doing", "aria-label": word(name), title: word(name), onclick }, icon(name));
}

function keyboard(message, actions) {
  const rows = message.body.reply_markup.inline_keyboard ?? [];
  return make(
    "div",
    { class: "keyboard" },
    ...rows.map((row) => make("div", { class: "row" }, ...row.map((button) => key(message, button, actions)))),
  );
}

function key(message, button, actions) {
  if (button.url) {
    const usable = /^https?:/i.test(button.url);
    const attributes = { class: "key outward", target: "_blank", rel: "noopener noreferrer", dir: "auto", title: button.url };
    return make("a", usable ? { ...attributes, href: button.url } : attributes, button.text);
  }
  const element = make("button", { type: "button", class: "key", dir: "auto" }, button.text);
  // The second click of a double one is no press of its own: it would be answered twice.
  element.addEventListener("click", (event) => event.detail < 2 && actions.press(message, button, element));
  return element;
}

function failed(error) {
  toast(error.message);
}
