// Pictures of the chat. They come through the channel, which an address in an element would not.

import { make } from "./elements.js";
import * as server from "./server.js";

const kept = new Map(); // file id: a promise of the picture's address in this page
const waiting = new Map(); // element: file id
// A dot, since an element without a picture would have no room kept for it.
const DOT = "GIF89a\x01\0\x01\0\x80\0\0\0\0\0\0\0\0!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
const dot = URL.createObjectURL(
  new Blob([Uint8Array.from(DOT, (letter) => letter.charCodeAt(0))], { type: "image/gif" }),
);
const near = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) fill(target);
  },
  { rootMargin: "800px" },
);

// An element that gets its picture once it comes near; its room is kept from the start.
export function image(file, attributes) {
  const element = make("img", { src: dot, ...attributes });
  waiting.set(element, file.file_unique_id);
  if (file.width && file.height) element.style.aspectRatio = `${file.width} / ${file.height}`;
  near.observe(element);
  return element;
}

export function address(file) {
  const id = file.file_unique_id;
  if (!kept.has(id)) {
    const loaded = server.load("picture", id, "image/jpeg").then(URL.createObjectURL);
    loaded.catch(() => kept.delete(id));
    kept.set(id, loaded);
  }
  return kept.get(id);
}

// Lets go of the pictures of a message that was taken away.
export function forget(body) {
  const files = [...(body.photo ?? []), body.document?.thumbnail, body.animation?.thumbnail];
  for (const file of files.filter(Boolean)) {
    kept.get(file.file_unique_id)?.then(URL.revokeObjectURL, () => {});
    kept.delete(file.file_unique_id);
  }
}

// Saves a file under its own name.
export async function save(file) {
  const content = await server.load("file", file.file_unique_id, "application/octet-stream");
  const address = URL.createObjectURL(content);
  make("a", { href: address, download: file.file_name || "file" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function fill(element) {
  near.unobserve(element);
  const id = waiting.get(element);
  waiting.delete(element);
  address({ file_unique_id: id }).then(
    (source) => {
      if (element.src === dot) element.src = source; // a clip may show one of its own by now
    },
    () => {},
  );
}
