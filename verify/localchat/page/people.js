// Who acts in this tab: a choice among the people of this page, and somebody new.

import { byId, make, show } from "./elements.js";
import * as server from "./server.js";
import { word } from "./words.js";

const NEW = "new";

export function prepare(start) {
  const select = byId("person");
  for (const one of start.people) {
    select.append(make("option", { value: String(one.id) }, one.name));
  }
  select.append(make("option", { value: NEW }, word("add_person")));
  select.value = String(start.person.id);
  select.addEventListener("change", () => {
    if (select.value !== NEW) return become(select.value);
    select.value = String(start.person.id);
    byId("newcomer-name").value = "";
    show(byId("newcomer-problem"), false);
    byId("newcomer").showModal();
  });
  byId("newcomer-cancel").addEventListener("click", () => byId("newcomer").close());
  byId("newcomer-form").addEventListener("submit", add);
}

async function add(event) {
  event.preventDefault();
  try {
    const { person } = await server.post("/api/people", { name: byId("newcomer-name").value });
    become(person);
  } catch (error) {
    byId("newcomer-problem").textContent = error.message;
    show(byId("newcomer-problem"), true);
  }
}

function become(person) {
  location.search = `?person=${person}`;
}
