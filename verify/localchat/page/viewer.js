// The picture in full size, and words that want to be read.

import { byId } from "./elements.js";

export function enlarge(source, description) {
  const picture = byId("viewer-picture");
  picture.src = source;
  picture.alt = description;
  byId("viewer").showModal();
}

let fading = 0;

export function toast(text) {
  const element = byId("toast");
  element.textContent = text;
  element.classList.add("shown");
  clearTimeout(fading);
  fading = setTimeout(() => element.classList.remove("shown"), 4000);
}

export function notice(text) {
  byId("notice-text").textContent = text;
  byId("notice").showModal();
}

export function prepare() {
  const viewer = byId("viewer");
  byId("viewer-close").addEventListener("click", () => viewer.close());
  viewer.addEventListener("click", (event) => {
    if (event.target === viewer) viewer.close();
  });
}
