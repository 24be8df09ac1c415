// Builds elements. Text from outside only ever becomes text nodes.

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name === "onclick") element.addEventListener("click", value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function icon(name) {
  return document.getElementById(`${name}-icon`).content.cloneNode(true);
}

export function byId(id) {
  return document.getElementById(id);
}

export function show(element, visible) {
  element.hidden = !visible;
}

// A file name in its own direction. Marks that would turn it around are made visible.
export function fileName(name) {
  return make("bdi", {}, name.replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, "\ufffd"));
}
