// Durations, sizes, numbers and references for people.

import { h } from "./dom.js";

const UNITS = ["KiB", "MiB", "GiB", "TiB"];
const grouped = new Intl.NumberFormat("en-US");
let ahead = 0;

/** The server's clock is what ages are measured by. */
export function setNow(text) {
  ahead = Date.parse(text) - Date.now();
}

export const number = (count) => grouped.format(count);

export const plural = (count, one, many) => `${number(count)} ${count === 1 ? one : many}`;

/** The two largest units, as the operator writes them: 3d4h, 12m5s, 0s. */
export function span(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [
    [Math.floor(whole / 86400), "d"],
    [Math.floor(whole / 3600) % 24, "h"],
    [Math.floor(whole / 60) % 60, "m"],
    [whole % 60, "s"],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) {
    return "0s";
  }
  return parts
    .slice(first, first + 2)
    .filter(([count], index) => count > 0 || index === 0)
    .map(([count, unit]) => count + unit)
    .join("");
}

export function size(bytes) {
  if (bytes < 1024) {
    return `${bytes} B`;
  }
  let value = bytes;
  let unit = -1;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(value < 10 ? 1 : 0)} ${UNITS[unit]}`;
}

/** Of a copy: short ones to a tenth of a second. */
export const took = (seconds) => (seconds > 0 && seconds < 10 ? `${seconds.toFixed(1)}s` : span(seconds));

const ageText = (since) => span((Date.now() + ahead - Date.parse(since)) / 1000);

/** A time that says how long ago it is (or since when, or in how long), and keeps saying so. */
export function age(since, before = "", after = "") {
  if (!since) {
    return h("span", { class: "none" }, "–");
  }
  const time = h("time", { datetime: since, title: since.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC") });
  time.dataset.before = before;
  time.dataset.after = after;
  time.textContent = before + ageText(since) + after;
  return time;
}

/** Lets all times on the page go on. */
export function ageAll() {
  for (const time of document.querySelectorAll("time[datetime]")) {
    const text = time.dataset.before + ageText(time.dateTime) + time.dataset.after;
    if (time.textContent !== text) {
      time.textContent = text;
    }
  }
}

/** The first digits of a digest; all of it on hovering. */
export function digest(text) {
  if (!text) {
    return h("span", { class: "none" }, "none");
  }
  const digits = text.slice(text.indexOf(":") + 1);
  return h("code", { class: "digest", title: text }, digits.slice(0, 12));
}

/** A reference with its parts told apart: registry, repository, tag or digest, owner. */
export function reference(text) {
  const hash = text.indexOf("#");
  const image = hash < 0 ? text : text.slice(0, hash);
  const slash = image.indexOf("/");
  const registry = slash > 0 && /[.:]|^localhost$/.test(image.slice(0, slash)) ? image.slice(0, slash + 1) : "";
  const rest = image.slice(registry.length);
  const end = rest.search(/[:@](?!.*\/)/);
  const name = end < 0 ? rest : rest.slice(0, end);
  return h(
    "span",
    { class: "reference", title: text },
    registry && h("span", { class: "registry" }, registry),
    h("span", { class: "name" }, name),
    end >= 0 && h("span", { class: "tag" }, rest.slice(end)),
    hash >= 0 && h("span", { class: "owner" }, text.slice(hash)),
  );
}

/** A reference without its registry, for where there is little room; all of it on hovering. */
export function shortReference(text) {
  const short = reference(text);
  short.querySelector(".registry")?.remove();
  return short;
}

/** A state's word with its mark, so that it does not depend on colours. */
export const state = (word) => h("span", { class: `state ${word}` }, h("i", { "aria-hidden": "true" }), word);
