// Clips and sounds that the desk made. Nothing of them is loaded or played before a press.

import { icon, make } from "./elements.js";
import { image } from "./pictures.js";
import * as server from "./server.js";
import { toast } from "./viewer.js";
import { word } from "./words.js";

const PAUSE = 200; // milliseconds from one picture of a clip to the next
let let_go = () => {}; // the pictures of the clip that was loaded last: they are many

// A clip, picture by picture: it is played, stopped, and gone through by hand.
export function clip(animation, description) {
  const shown = image(animation.thumbnail, {
    width: animation.width,
    height: animation.height,
    alt: description.slice(0, 300),
    draggable: "false",
  });
  const play = control(word("film_play"), "play");
  const place = make("input", {
    type: "range", min: "0", max: "0", value: "0", "aria-label": word("film_place"),
  });
  const element = make(
    "figure",
    { class: "film", role: "group", "aria-label": word("film"), "data-clip": animation.file_unique_id },
    shown,
    make("div", { class: "controls" }, play, step(-1), place, step(1)),
  );
  let pictures = null; // addresses, once they are loaded
  let timer = 0;

  play.addEventListener("click", async () => {
    if (timer) return stop();
    if (!(await loaded())) return;
    if (Number(place.value) === pictures.length - 1) show(0);
    timer = setInterval(forward, PAUSE);
    label(word("film_pause"), "pause");
  });
  place.addEventListener("input", async () => {
    const wanted = Number(place.value);
    stop();
    if (await loaded()) show(wanted);
  });

  function step(by) {
    const button = by < 0 ? control(word("film_back"), "back") : control(word("film_on"), "on");
    button.addEventListener("click", async () => {
      stop();
      if (await loaded()) show(Number(place.value) + by);
    });
    return button;
  }

  async function loaded() {
    if (pictures) return true;
    play.setAttribute("aria-busy", "true");
    try {
      const found = await server.pieces("clip", animation.file_unique_id, "image/jpeg");
      let_go();
      pictures = found.map((one) => URL.createObjectURL(one));
      let_go = () => {
        stop();
        shown.src = pictures[0];
        pictures.slice(1).forEach(URL.revokeObjectURL);
        pictures = null;
      };
      place.max = pictures.length - 1;
      show(Number(place.value));
    } catch (error) {
      toast(error.message);
    }
    play.removeAttribute("aria-busy");
    return pictures !== null && pictures.length > 0;
  }

  function forward() {
    if (!element.isConnected || Number(place.value) >= pictures.length - 1) return stop();
    show(Number(place.value) + 1);
  }

  function show(number) {
    const at = Math.min(Math.max(number, 0), pictures.length - 1);
    shown.src = pictures[at];
    place.value = at;
    place.setAttribute("aria-valuetext", `${at + 1} / ${pictures.length}`);
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    label(word("film_play"), "play");
  }

  function label(name, sign) {
    play.replaceChildren(icon(sign));
    play.setAttribute("aria-label", name);
    play.title = name;
  }

  return element;
}

// Whoever pressed a button for a clip sees it play, unless they want nothing to move.
export function begin(message) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  message.querySelector(".film .control")?.click();
}

export function sound(voice) {
  const button = make("button", { type: "button", class: "file" },
    make("span", { class: "file-picture" }, icon("play")),
    make("span", { class: "file-name" }, word("sound_play")));
  button.addEventListener("click", async () => {
    button.setAttribute("aria-busy", "true");
    try {
      const content = await server.load("sound", voice.file_unique_id, "audio/wav");
      const player = make("audio", {
        class: "heard", controls: true, src: URL.createObjectURL(content), "aria-label": word("sound"),
      });
      button.replaceWith(player);
      player.focus();
      await player.play();
    } catch (error) {
      button.removeAttribute("aria-busy");
      toast(error.message);
    }
  });
  return button;
}

function control(name, sign) {
  return make("button", { type: "button", class: "control", "aria-label": name, title: name }, icon(sign));
}
