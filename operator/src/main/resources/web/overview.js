// The counts by state, which are filters too, and the sentence above them.

import { byId, h, render, replace } from "./dom.js";
import { age, number, plural } from "./format.js";

const EXPLAINED = {
  Blocked: "needs attention",
  Unknown: "a registry could not be checked, or the pair has not been checked yet",
  Missing: "the tag does not exist at the destination",
  Stale: "the destination has another image",
  Quarantined: "new, waiting for its minimum age",
  Suspended: "drifted, but suspended",
  Copying: "a copy job is in flight",
  InSync: "same digest at source and destination",
};

/** The filter takes every entry with such a pair, but one that is in sync has no other. */
const SHOWN = { InSync: "all pairs of the entry" };

function headline(summary) {
  const { states, total } = summary.entries;
  if (!summary.isListed) {
    return ["The tables are being read…"];
  }
  if (total === 0) {
    return ["The mirror table is empty. Put rows into it, or declare them with mirror-operator apply."];
  }
  const drifted = states.Missing + states.Stale + states.Copying + states.Quarantined + states.Suspended;
  const parts = [];
  if (states.Blocked > 0) {
    parts.push(h("strong", { class: "Blocked" }, plural(states.Blocked, "entry needs", "entries need")), " attention. ");
  }
  if (states.Unknown > 0) {
    parts.push(h("strong", {}, number(states.Unknown)), " cannot be checked. ");
  }
  if (drifted > 0) {
    parts.push(h("strong", {}, number(drifted)), drifted === 1 ? " has drifted. " : " have drifted. ");
  }
  if (summary.oldestDrift) {
    parts.push("The oldest drift is ", h("strong", {}, age(summary.oldestDrift)), " old. ");
  }
  parts.push(
    states.InSync === total
      ? `All ${plural(total, "entry is", "entries are")} in sync.`
      : `${number(states.InSync)} of ${number(total)} are in sync.`,
  );
  return parts;
}

function tile(word, count, pairs, chosen, choose) {
  return h(
    "button",
    {
      type: "button",
      class: `tile ${word || "All"}${count === 0 ? " zero" : ""}`,
      "aria-pressed": String(chosen === word),
      title: word ? `${EXPLAINED[word]}; ${SHOWN[word] ?? "the filter shows entries with any such pair; the count is by worst pair"}` : "all entries",
      "data-state": word,
      onclick: () => choose(chosen === word ? "" : word),
    },
    h("span", { class: "label" }, h("i", { "aria-hidden": "true" }), word || "All"),
    h("span", { class: "count" }, number(count)),
    h("span", { class: "pair-count" }, plural(pairs, "pair", "pairs")),
  );
}

export function showOverview(summary, chosen, choose) {
  const { entries, pairs } = summary;
  render(byId("headline"), [entries, summary.oldestDrift, summary.isListed], () => headline(summary));
  render(byId("states"), [entries, pairs, chosen], () => [
    tile("", entries.total, pairs.total, chosen, choose),
    ...Object.keys(entries.states).map((word) =>
      tile(word, entries.states[word], pairs.states[word] ?? 0, chosen, choose),
    ),
  ]);
  const parts = Object.entries(entries.states)
    .filter(([, count]) => count > 0)
    .map(([word, count]) => {
      const part = h("span", { class: word });
      part.style.flexGrow = count;
      return part;
    });
  replace(byId("share"), parts);
}
