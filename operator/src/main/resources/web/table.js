// The entries: a row each, what stands beneath those that are open, and moving about by keys.

import { byId, h, replace } from "./dom.js";
import { age, number, reference, state } from "./format.js";
import { details } from "./details.js";

const COLUMNS = [
  { name: "State", sort: "state" },
  { name: "Source", sort: "source" },
  { name: "Pairs", sort: "pairs", number: true, firstDown: true },
  { name: "Drift", sort: "drift", number: true },
  { name: "Recorded", sort: "seen", number: true, title: "When the status was last written: on each change, otherwise hourly" },
  { name: "Why" },
];

/** By source: the row's elements and what they show. */
const rows = new Map();
const open = new Map();
const showAll = new Set();
let shown = [];
let current = null;

export const openSources = () => [...open.keys()];

export const isAnyOpen = () => open.size > 0;

export function showHead(sort, choose) {
  const reversed = sort.startsWith("-");
  const by = reversed ? sort.slice(1) : sort;
  const cells = COLUMNS.map((column) => {
    const sorted = column.sort === by ? (reversed ? "descending" : "ascending") : "none";
    const first = column.firstDown ? `-${column.sort}` : column.sort;
    const other = column.firstDown ? column.sort : `-${column.sort}`;
    const label = column.sort
      ? h("button", { type: "button", "data-sort": column.sort, onclick: () => choose(sort === first ? other : first) },
        column.name, h("i", { "aria-hidden": "true" }))
      : column.name;
    return h("th", { scope: "col", title: column.title, "aria-sort": column.sort ? sorted : null, class: `col-${column.name.toLowerCase()}${column.number ? " number" : ""}` }, label);
  });
  byId("head").replaceChildren(...cells);
}

function pairsText(entry) {
  const inSync = entry.counts.InSync ?? 0;
  return inSync === entry.pairs ? number(entry.pairs) : `${number(inSync)}/${number(entry.pairs)}`;
}

function makeRow(entry, toggle) {
  const isOpen = open.has(entry.source);
  const row = h(
    "tr",
    { class: `entry ${entry.state}`, tabindex: "-1", "aria-expanded": String(isOpen), "data-source": entry.source },
    h("td", { class: "state-cell" }, h("button", { type: "button", class: "chevron", tabindex: "-1", "aria-label": `Pairs of ${entry.source}` }), state(entry.state)),
    h("td", { class: "source" }, reference(entry.source)),
    h("td", { class: "number pairs-cell", "data-unit": entry.pairs === 1 ? " pair" : " pairs", title: Object.entries(entry.counts).map(([word, count]) => `${count} ${word}`).join(", ") }, pairsText(entry)),
    h("td", { class: "number drift" }, age(entry.driftedSince)),
    h("td", { class: "number seen" }, age(entry.observedAt)),
    h("td", { class: "reason", title: entry.reason }, entry.reason ?? ""),
  );
  row.addEventListener("click", (event) => {
    if (!event.target.closest("a") && !String(getSelection())) {
      select(entry.source, false);
      toggle(entry.source);
    }
  });
  row.addEventListener("focus", () => select(entry.source, false));
  return row;
}

function makeDetails(source) {
  const content = open.get(source);
  const cell = h("td", { colspan: COLUMNS.length }, content ? details(content, showAll) : h("p", { class: "quiet" }, "Loading…"));
  const row = h("tr", { class: "beneath", "data-of": source }, cell);
  row.addEventListener("click", (event) => {
    const all = event.target.closest("[data-all]");
    if (all) {
      showAll.add(all.dataset.all);
      showDetails(source, content);
    }
  });
  return row;
}

/** Shows a page; rows that are as they were stay the same elements, so that focus and selection stay too. */
export function showRows(entries, toggle) {
  shown = entries.map((entry) => entry.source);
  const children = [];
  for (const entry of entries) {
    const text = JSON.stringify([entry, open.has(entry.source)]);
    let known = rows.get(entry.source);
    if (known?.text !== text) {
      const hadFocus = known?.row === document.activeElement;
      known = { text, row: makeRow(entry, toggle), hadFocus, beneath: known?.beneath };
      rows.set(entry.source, known);
    }
    children.push(known.row);
    if (open.has(entry.source)) {
      known.beneath ??= makeDetails(entry.source);
      children.push(known.beneath);
    }
  }
  const wasIn = byId("rows").contains(document.activeElement);
  replace(byId("rows"), children);
  for (const source of [...rows.keys()]) {
    if (!shown.includes(source)) {
      rows.delete(source);
    }
  }
  select(shown.includes(current) ? current : shown[0] ?? null, wasIn);
}

export function showDetails(source, content) {
  if (!open.has(source)) {
    return;
  }
  open.set(source, content);
  const known = rows.get(source);
  if (known?.beneath) {
    const fresh = makeDetails(source);
    known.beneath.replaceWith(fresh);
    known.beneath = fresh;
  }
}

export function setOpen(source, isOpen) {
  if (isOpen) {
    open.set(source, null);
  } else {
    open.delete(source);
    showAll.delete(source);
    const known = rows.get(source);
    if (known) {
      known.beneath = undefined;
    }
  }
}

export const isOpen = (source) => open.has(source);

export function closeAll() {
  [...open.keys()].forEach((source) => setOpen(source, false));
}

/** The row that keys act on; one row can be tabbed to. */
function select(source, withFocus) {
  current = source;
  for (const [each, known] of rows) {
    known.row.tabIndex = each === source ? 0 : -1;
    known.row.classList.toggle("current", each === source);
  }
  const row = rows.get(source)?.row;
  if (withFocus && row) {
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
}

/** Moves by so many rows. */
export function move(by) {
  const isIn = byId("rows").contains(document.activeElement);
  const index = shown.indexOf(current);
  const next = isIn || by > 1 || by < -1 ? Math.min(shown.length - 1, Math.max(0, index + by)) : Math.max(0, index);
  if (shown[next] !== undefined) {
    select(shown[next], true);
  }
}

export const currentSource = () => (byId("rows").contains(document.activeElement) ? current : null);
