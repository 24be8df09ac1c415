// Files to send: chosen, dropped or pasted; looked at; sent as photos or as files.

import { byId, fileName, make, show } from "./elements.js";
import * as server from "./server.js";
import { size, word } from "./words.js";

let chosen = [];
let largest = Infinity; // bytes that the desk takes
let sending = false;
let send = null;
let sent = false; // whether the caption went with its files

// onSend(uploads, asPhoto, caption, spoiler) posts what was uploaded. limit: in bytes.
export function prepare(onSend, limit) {
  send = onSend;
  largest = limit;
  const picker = byId("picker");
  const dialog = byId("files");
  byId("attach").addEventListener("click", () => picker.click());
  byId("more-files").addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => {
    add([...picker.files]);
    picker.value = "";
  });
  byId("files-cancel").addEventListener("click", () => dialog.close());
  dialog.addEventListener("cancel", (event) => {
    if (sending) event.preventDefault();
  });
  dialog.addEventListener("close", clear);
  for (const way of document.querySelectorAll("[name=way]")) way.addEventListener("change", fit);
  byId("files-form").addEventListener("submit", (event) => {
    event.preventDefault();
    sendAll();
  });
  byId("caption").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) sendAll();
  });
  document.addEventListener("paste", (event) => {
    if (event.clipboardData?.files.length) {
      event.preventDefault();
      add([...event.clipboardData.files]);
    }
  });
  prepareDrop();
}

export function add(files) {
  if (!files.length || sending) return;
  chosen.push(...files.map((file) => ({ file, preview: preview(file) })));
  const caption = byId("caption");
  const written = byId("text");
  if (!byId("files").open) {
    caption.value = written.value;
    written.value = "";
    sent = false;
    byId("files").showModal();
    byId("files-send").focus();
  }
  draw();
}

function prepareDrop() {
  const cover = byId("drop");
  let depth = 0;
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragenter", (event) => {
    if (!carries(event)) return;
    depth += 1;
    show(cover, true);
  });
  document.addEventListener("dragleave", (event) => {
    if (!carries(event)) return;
    depth -= 1;
    if (depth <= 0) show(cover, false);
  });
  document.addEventListener("dragover", (event) => {
    if (carries(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    depth = 0;
    show(cover, false);
    add([...event.dataTransfer.files]);
  });
}

function preview(file) {
  return /^image\/(jpeg|png|webp|gif|avif)$/.test(file.type) ? URL.createObjectURL(file) : null;
}

function draw() {
  byId("chosen").replaceChildren(
    ...chosen.map((one, index) =>
      make(
        "li",
        {},
        one.preview
          ? make("img", { src: one.preview, alt: "", width: "56", height: "56" })
          : make("span", { class: "no-preview" }, one.file.name.split(".").at(-1).slice(0, 5)),
        make("span", { class: "file-words" },
          make("span", { class: "file-name" }, fileName(one.file.name)),
          make("span", { class: "file-size" }, size(one.file.size)),
        ),
        make("button", { type: "button", class: "quiet", onclick: () => remove(index) }, word("remove")),
      ),
    ),
  );
  const odd = chosen.find((one) => one.file.size > largest || !one.file.size);
  complain(odd ? `\u2068${odd.file.name}\u2069: ${word(odd.file.size ? "too_large" : "empty_file")}` : "");
  byId("files-send").disabled = Boolean(odd);
  fit();
}

function fit() {
  show(byId("spoiler-choice"), asPhoto());
}

function asPhoto() {
  return document.querySelector("[name=way]:checked").value === "photo";
}

function remove(index) {
  const [gone] = chosen.splice(index, 1);
  if (gone.preview) URL.revokeObjectURL(gone.preview);
  if (chosen.length) draw();
  else byId("files").close();
}

async function sendAll() {
  if (sending || !chosen.length || byId("files-send").disabled) return;
  sending = true;
  byId("files-send").disabled = true;
  complain("");
  const progress = byId("progress");
  show(progress, true);
  const total = chosen.reduce((sum, one) => sum + one.file.size, 0) || 1;
  let done = 0;
  try {
    const uploads = [];
    for (const { file } of chosen) {
      uploads.push(await server.upload(file, (gone) => (progress.value = (done + gone) / total)));
      done += file.size;
    }
    progress.removeAttribute("value"); // the pictures are being made smaller
    await send(uploads, asPhoto(), byId("caption").value, asPhoto() && byId("spoiler").checked);
    sending = false;
    sent = true;
    byId("files").close();
    byId("text").focus();
  } catch (error) {
    complain(error instanceof server.Failure ? error.message : word("failed"));
  } finally {
    sending = false;
    byId("files-send").disabled = false;
    show(progress, false);
  }
}

function complain(sentence) {
  byId("files-problem").textContent = sentence;
  show(byId("files-problem"), sentence !== "");
}

function clear() {
  for (const one of chosen) if (one.preview) URL.revokeObjectURL(one.preview);
  chosen = [];
  if (!sent) byId("text").value = byId("caption").value; // it was only not sent with these
  byId("caption").value = "";
  document.querySelector("[name=way][value=file]").checked = true; // never by a habit of the page
  byId("spoiler").checked = false;
  complain("");
}
