// Who acts in this tab: a choice among the people of this page, somebody new, another name.

import { byId, make, show } from "./elements.js";
import * as server from "./server.js";
import { word } from "./words.js";

const NEW = "new";
const RENAME = "rename";
let mode = NEW;

export function prepare(start) {
  const select = byId("person");
  for (const one of start.people) {
    select.append(make("option", { value: String(one.id) }, one.name));
  }
  select.append(make("option", { value: NEW }, word("add_person")));
  select.append(make("option", { value: RENAME }, word("rename")));
  select.value = String(start.person.id);
  select.addEventListener("change", () => {
    const chosen = select.value;
    if (chosen !== NEW && chosen !== RENAME) return become(chosen);
    select.value = String(start.person.id);
    ask(chosen, chosen === RENAME ? select.selectedOptions[0].textContent : "");
  });
  byId("newcomer-cancel").addEventListener("click", () => byId("newcomer").close());
  byId("newcomer-form").addEventListener("submit", answer);
}

function ask(asked, name) {
  mode = asked;
  const renames = mode === RENAME;
  byId("newcomer-title").textContent = word(renames ? "rename_title" : "add_person_title");
  byId("newcomer-hint").textContent = word(renames ? "rename_hint" : "add_person_hint");
  byId("newcomer-add").textContent = word(renames ? "save" : "add");
  byId("newcomer-name").value = name;
  show(byId("newcomer-problem"), false);
  byId("newcomer").showModal();
}

async function answer(event) {
  event.preventDefault();
  const doing = mode === RENAME ? "name" : "people";
  try {
    const { person } = await server.ask(doing, { name: byId("newcomer-name").value });
    become(person);
  } catch (error) {
    byId("newcomer-problem").textContent = error.message;
    show(byId("newcomer-problem"), true);
  }
}

function become(person) {
  location.search = `?person=${person}`;
}
