// A key for another browser: a page that is in hands it out.

import { byId } from "./elements.js";
import * as server from "./server.js";
import { toast } from "./viewer.js";
import { word } from "./words.js";

export function prepare() {
  const address = byId("key-address");
  byId("invite").addEventListener("click", async () => {
    try {
      address.value = (await server.ask("key")).address;
    } catch (error) {
      return toast(error.message);
    }
    byId("key").showModal();
    address.select();
  });
  byId("key").addEventListener("close", () => (address.value = ""));
  byId("key-copy").addEventListener("click", async () => {
    await navigator.clipboard.writeText(address.value);
    toast(word("copied"));
  });
}
