// What stands beneath an entry that was opened: its row, its problems, its pairs.

import { h } from "./dom.js";
import { age, digest, reference, state } from "./format.js";

const MOST_PAIRS = 200;

/** Fields of a pair that have a place of their own, or are for programs; any other is shown by its name. */
const PLACED = new Set([
  "sourceReference", "sourceTag", "destination", "state", "drift", "phase", "reason", "reasonInWords", "nextAction", "message",
  "sourceDigest", "destinationDigest", "observedAt", "lastTransitionAt", "lastSyncedAt", "attempts", "divergences", "retryDigest",
  "nextAttemptAt", "claim", "history",
]);

function others(pair) {
  const words = Object.entries(pair).filter(([name]) => !PLACED.has(name));
  return words.length > 0 &&
    h("p", { class: "facts quiet" }, words.map(([name, value]) => h("span", { class: "fact" }, `${name} `, h("code", {}, String(value)))));
}

function digests(pair) {
  const from = digest(pair.sourceDigest);
  return pair.sourceDigest === pair.destinationDigest
    ? from
    : h("span", { class: "digests" }, from, " ≠ ", digest(pair.destinationDigest));
}

function why(pair) {
  if (!pair.reason) {
    return pair.message ? h("p", {}, pair.message) : null;
  }
  const isBlocked = pair.phase === "Blocked";
  return h(
    "div",
    { class: `why${isBlocked ? " blocked" : ""}` },
    h("p", {}, h("strong", {}, pair.reasonInWords), " ", h("code", {}, pair.reason)),
    pair.message && h("p", { class: "message" }, pair.message),
    h("p", {}, h("b", {}, "Next: "), pair.nextAction),
    pair.nextAttemptAt && h("p", { class: "quiet" }, "Retried automatically at ", pair.nextAttemptAt.slice(0, 19).replace("T", " "), " UTC."),
  );
}

function pairRow(pair) {
  return h(
    "tr",
    { class: "pair" },
    h("td", {}, state(pair.state)),
    h("td", { class: "what" }, reference(pair.destination),
      h("span", { class: "from quiet" }, "from ", reference(pair.sourceReference)), why(pair), others(pair)),
    h("td", { class: "number since" }, age(pair.lastTransitionAt)),
    h("td", { class: "equal" }, digests(pair)),
    h("td", { class: "number synced" }, age(pair.lastSyncedAt)),
  );
}

function pairs(entry, showAll) {
  const shown = showAll.has(entry.source) ? entry.pairs : entry.pairs.slice(0, MOST_PAIRS);
  const table = h(
    "table",
    { class: "pairs-table" },
    h("thead", {}, h("tr", {}, ["State", "Destination", "For", "Digests", "Synced"].map((name) =>
      h("th", { scope: "col", class: name === "For" || name === "Synced" ? "number" : "" }, name)))),
    h("tbody", {}, shown.map(pairRow)),
  );
  const left = entry.pairs.length - shown.length;
  return [table, left > 0 && h("button", { type: "button", class: "more" , "data-all": entry.source }, `Show ${left} more`)];
}

function facts(entry) {
  const row = entry.row ?? {};
  const words = Object.entries(row)
    .filter(([name]) => name !== "Destination" && name !== "Revision")
    .map(([name, value]) => [name, typeof value === "object" ? JSON.stringify(value) : String(value)]);
  const list = words.map(([name, value]) => h("span", { class: "fact" }, `${name} `, h("code", {}, value)));
  return h("p", { class: "facts quiet" }, h("span", { class: "fact" }, "Recorded ", age(entry.observedAt, "", " ago"), " (on each change, otherwise hourly)"), list);
}

/** The content of the row beneath. */
export function details(entry, showAll) {
  return h(
    "div",
    { class: "details" },
    facts(entry),
    entry.problems.length > 0 && h("div", { class: "why blocked" },
      h("p", {}, h("strong", {}, "The row is invalid.")),
      h("ul", {}, entry.problems.map((problem) => h("li", {}, problem))),
      h("p", {}, h("b", {}, "Next: "), "Correct these attributes of the row; it is rechecked immediately.")),
    entry.message && entry.problems.length === 0 && h("p", { class: "why" }, entry.message),
    entry.pairs.length > 0 ? pairs(entry, showAll) : h("p", { class: "quiet" }, "No pairs yet."),
  );
}
