// The page's words, in the reader's language, as the server rendered them.

let words = {};
let language = "en";

export function learn(newWords, newLanguage) {
  words = newWords;
  language = newLanguage;
  document.documentElement.lang = language;
  document.documentElement.dir = new Intl.Locale(language).maximize().script === "Arab" ? "rtl" : "ltr";
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = word(element.dataset.word);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", word(element.dataset.label));
    if (element.tagName === "BUTTON") element.title = word(element.dataset.label);
  }
  for (const element of document.querySelectorAll("[data-placeholder]")) {
    element.placeholder = word(element.dataset.placeholder);
  }
}

export function word(name) {
  return words[name] ?? name;
}

export function clock(seconds) {
  return format(seconds, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

export function day(seconds) {
  const today = new Date();
  const date = new Date(seconds * 1000);
  const daysAgo = Math.round((midnight(today) - midnight(date)) / 86_400_000);
  if (daysAgo === 0) return word("today");
  if (daysAgo === 1) return word("yesterday");
  return format(seconds, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

export function moment(seconds) {
  return format(seconds, {
    day: "numeric", month: "short", year: "numeric",
    hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
}

export function size(bytes) {
  const units = ["byte", "kilobyte", "megabyte"];
  let step = 0;
  while (bytes >= 1000 && step < units.length - 1) {
    bytes /= 1000;
    step += 1;
  }
  const digits = step > 0 && bytes < 10 ? 1 : 0;
  return new Intl.NumberFormat(language, {
    style: "unit", unit: units[step], maximumFractionDigits: digits,
    unitDisplay: step === 0 ? "long" : "short", // in short, many a language has no plural of a byte
  }).format(bytes);
}

function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

function format(seconds, options) {
  return new Intl.DateTimeFormat(language, options).format(new Date(seconds * 1000));
}
