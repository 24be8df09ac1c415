// Starts the page: asks who and what, shows the messages, follows the changes.

import * as boxes from "./boxes.js";
import * as channel from "./channel.js";
import * as commands from "./commands.js";
import * as composer from "./composer.js";
import { byId, make, show } from "./elements.js";
import * as files from "./files.js";
import * as forward from "./forward.js";
import * as key from "./key.js";
import * as log from "./log.js";
import * as people from "./people.js";
import * as server from "./server.js";
import * as viewer from "./viewer.js";
import { learn, word } from "./words.js";

const waiting = new Map(); // presses of buttons that the bot has not answered
const answered = new Set(); // an answer may come before the page knows the number of its press
let working = 0;

async function begin() {
  if (!(await channel.enter())) return location.replace("/closed.html");
  const start = await server.ask("start", { languages: navigator.languages });
  learn(start.words, start.language);
  byId("bot-name").textContent = start.bot.first_name;
  languages(start);
  people.prepare(start);
  viewer.prepare();
  boxes.prepare();
  forward.prepare();
  composer.prepare();
  commands.prepare(composer.run);
  commands.learn(start.commands);
  files.prepare(sendFiles, start.largest);
  key.prepare();
  log.prepare({
    reply: composer.reply,
    answer: composer.answer,
    edit: composer.edit,
    command: (text) => composer.say(text),
    jump: log.jump,
    press,
  });
  await history();
  state("");
  const handlers = { message, working: atWork, answer, commands: (told) => commands.learn(told.commands), connected, ended, language };
  server.follow(start.revision, handlers);
  byId("text").focus();
}

async function history() {
  const { messages, more } = await server.ask("messages");
  for (const one of messages) log.put(one);
  show(byId("empty"), log.isEmpty());
  show(byId("earlier"), more);
  byId("earlier").addEventListener("click", earlier);
  log.toEnd();
  byId("log").setAttribute("aria-busy", "false");
}

async function earlier() {
  const { messages, more } = await server.ask("messages", { before: log.oldest() });
  byId("log").setAttribute("aria-busy", "true");
  log.keepingPlace(() => messages.forEach(log.put));
  byId("log").setAttribute("aria-busy", "false");
  show(byId("earlier"), more);
}

function message(told) {
  if (log.isAbove(told.id)) return;
  const known = log.put(told);
  for (const [id, press] of waiting) if (press.messageId === told.id) settle(id);
  if (told.mine || told.deleted) return;
  state("");
  if (!known && told.force_reply !== undefined) composer.reply(told);
}

async function sendFiles(uploads, asPhoto, caption, spoiler) {
  const extras = composer.extras();
  await server.ask("send", { uploads, text: caption, as_photo: asPhoto, spoiler, ...extras });
  composer.done();
}

async function press(pressed, button, element) {
  if (element.hasAttribute("aria-busy")) return;
  element.setAttribute("aria-busy", "true");
  try {
    const { callback_id } = await server.ask("press", { message_id: pressed.id, data: button.callback_data });
    waiting.set(callback_id, { element, messageId: pressed.id });
    if (answered.has(callback_id)) settle(callback_id);
    setTimeout(() => settle(callback_id), 15_000);
  } catch (error) {
    element.removeAttribute("aria-busy");
    viewer.toast(error instanceof server.Failure ? error.message : word("failed"));
  }
}

function settle(callbackId) {
  waiting.get(callbackId)?.element.removeAttribute("aria-busy");
  waiting.delete(callbackId);
}

function answer(told) {
  answered.add(told.callback_id);
  settle(told.callback_id);
  if (!told.text) return;
  if (told.alert) viewer.notice(told.text);
  else viewer.toast(told.text);
}

function atWork() {
  state(word("working"));
  clearTimeout(working);
  working = setTimeout(() => state(""), 5000);
}

// The desk was asked to speak another language: the page speaks the same.
function language() {
  location.reload();
}

function connected(yes) {
  document.body.classList.toggle("away", !yes);
  state(yes ? "" : word("reconnecting"));
}

// The desk has stopped, and this page with it: whoever answers at its address now is another.
function ended() {
  document.body.classList.add("away");
  state(word("stopped"));
  composer.complain(word("stopped"));
  for (const id of ["write", "person", "language", "earlier"]) byId(id).inert = true;
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
}

function state(sentence) {
  byId("state").textContent = sentence || word("local");
}

function languages(start) {
  const select = byId("language");
  for (const [code, name] of Object.entries(start.languages)) {
    select.append(make("option", { value: code, lang: code }, name));
  }
  select.value = start.language;
  select.addEventListener("change", async () => {
    await server.ask("language", { language: select.value });
    location.reload();
  });
}

// Another key in the address of a tab that is open: as if it was opened with it.
addEventListener("hashchange", () => location.reload());

begin().catch((error) => {
  byId("state").textContent = error.message;
});
