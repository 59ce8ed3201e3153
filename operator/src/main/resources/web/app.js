// Puts the page together: what is asked for, when, and what keys do.

import { byId } from "./dom.js";
import { ageAll, number, setNow } from "./format.js";
import { showOverview } from "./overview.js";
import { showPanels } from "./panels.js";
import * as api from "./api.js";
import * as table from "./table.js";

const PAGE = 100;
const SEARCH_MILLIS = 150;
const REFRESH_MILLIS = 500;

const wanted = { state: "", text: "", sort: "state", page: 0 };
let total = 0;
let summary = null;

function readAddress() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  wanted.state = parameters.get("state") ?? "";
  wanted.text = parameters.get("text") ?? "";
  wanted.sort = parameters.get("sort") ?? "state";
  wanted.page = Math.max(0, Number.parseInt(parameters.get("page") ?? "1", 10) - 1 || 0);
}

function writeAddress() {
  const parameters = new URLSearchParams();
  if (wanted.state) parameters.set("state", wanted.state);
  if (wanted.text) parameters.set("text", wanted.text);
  if (wanted.sort !== "state") parameters.set("sort", wanted.sort);
  if (wanted.page > 0) parameters.set("page", String(wanted.page + 1));
  history.replaceState(null, "", `#${parameters}`);
}

function say(trouble) {
  byId("trouble").textContent = trouble;
  byId("trouble").hidden = !trouble;
}

/** Everything that is shown depends on what is wanted; changes of it go through here. */
function want(change) {
  Object.assign(wanted, { page: 0 }, change);
  writeAddress();
  showControls();
  askEntries();
}

function showControls() {
  table.showHead(wanted.sort, (sort) => {
    want({ sort });
    byId("head").querySelector(`[data-sort="${sort.replace("-", "")}"]`)?.focus();
  });
  if (summary) {
    showOverview(summary, wanted.state, chooseState);
  }
  if (byId("search").value !== wanted.text) {
    byId("search").value = wanted.text;
  }
}

function chooseState(state) {
  want({ state });
  byId("states").querySelector(`[data-state="${state}"]`)?.focus();
}

async function askEntries() {
  try {
    const page = await api.entries({
      state: wanted.state, text: wanted.text, sort: wanted.sort, offset: wanted.page * PAGE, limit: PAGE,
    });
    total = page.total;
    if (page.entries.length === 0 && wanted.page > 0) {
      want({ page: Math.max(0, Math.ceil(total / PAGE) - 1) });
      return;
    }
    table.showRows(page.entries, toggle);
    showFound(page.entries.length);
    say("");
    await Promise.all(table.openSources().filter((source) => page.entries.some((entry) => entry.source === source)).map(askDetails));
  } catch (fault) {
    if (fault.name !== "AbortError") {
      say(`Cannot load the entries: ${fault.message}`);
    }
  }
}

function showFound(count) {
  const pages = Math.max(1, Math.ceil(total / PAGE));
  byId("found").textContent = total === 1 ? "1 entry" : `${number(total)} entries`;
  byId("page").textContent = pages > 1 ? `${number(wanted.page + 1)} of ${number(pages)}` : "";
  byId("previous").disabled = wanted.page === 0;
  byId("next").disabled = wanted.page >= pages - 1;
  byId("previous").parentElement.hidden = pages === 1;
  byId("nothing").hidden = count > 0;
  byId("nothing").textContent = wanted.state || wanted.text ? "No matching entries. Press Esc to clear search and filter." : "No entries.";
  byId("table").hidden = count === 0;
}

async function askDetails(source) {
  try {
    table.showDetails(source, await api.entry(source));
  } catch (fault) {
    say(`Cannot load ${source}: ${fault.message}`);
  }
}

async function toggle(source) {
  const isOpen = !table.isOpen(source);
  table.setOpen(source, isOpen);
  await askEntries();
}

async function askSummary() {
  try {
    summary = await api.summary();
    setNow(summary.now);
    showOverview(summary, wanted.state, chooseState);
    showPanels(summary);
    const blocked = summary.entries.states.Blocked;
    document.title = blocked > 0 ? `(${blocked}) Image mirror` : "Image mirror";
  } catch (fault) {
    say(`Cannot reach the operator: ${fault.message}`);
  }
}

let isRefreshing = false;
let isStale = false;

/** At most twice a second, one at a time, and not while nobody looks. */
async function refresh() {
  if (isRefreshing || document.hidden) {
    isStale = true;
    return;
  }
  isRefreshing = true;
  isStale = false;
  await Promise.all([askSummary(), askEntries()]);
  setTimeout(() => {
    isRefreshing = false;
    if (isStale) {
      refresh();
    }
  }, REFRESH_MILLIS);
}

function turnPage(by) {
  const last = Math.max(0, Math.ceil(total / PAGE) - 1);
  const page = Math.min(last, Math.max(0, wanted.page + by));
  if (page !== wanted.page) {
    want({ page });
    byId("table").scrollIntoView({ block: "nearest" });
  }
}

function escape(event) {
  const search = byId("search");
  if (document.activeElement === search) {
    if (search.value) {
      want({ text: "" });
    } else {
      search.blur();
    }
  } else if (table.isAnyOpen()) {
    table.closeAll();
    askEntries();
  } else if (wanted.state || wanted.text) {
    want({ state: "", text: "" });
  }
  event.preventDefault();
}

const KEYS = {
  "/": () => byId("search").select(),
  j: () => table.move(1),
  k: () => table.move(-1),
  ArrowDown: () => table.move(1),
  ArrowUp: () => table.move(-1),
  Home: () => table.move(-PAGE),
  End: () => table.move(PAGE),
  n: () => turnPage(1),
  p: () => turnPage(-1),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (event.key === "Escape") {
    escape(event);
    return;
  }
  const isSearch = document.activeElement === byId("search");
  if (isSearch && (event.key === "Enter" || event.key === "ArrowDown")) {
    table.move(0);
    event.preventDefault();
    return;
  }
  if (isSearch) {
    return;
  }
  const source = table.currentSource();
  if ((event.key === "Enter" || event.key === " ") && source !== null && document.activeElement.tagName === "TR") {
    toggle(source);
    event.preventDefault();
    return;
  }
  const isArrow = event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End";
  if (KEYS[event.key] && (!isArrow || source !== null)) {
    KEYS[event.key]();
    event.preventDefault();
  }
}

let typing = 0;
byId("search").addEventListener("input", (event) => {
  clearTimeout(typing);
  typing = setTimeout(() => want({ text: event.target.value }), SEARCH_MILLIS);
});
byId("previous").addEventListener("click", () => turnPage(-1));
byId("next").addEventListener("click", () => turnPage(1));
document.addEventListener("keydown", onKey);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && isStale) {
    refresh();
  }
});
window.addEventListener("hashchange", () => {
  readAddress();
  showControls();
  askEntries();
});
setInterval(ageAll, 1000);
readAddress();
showControls();
refresh();
api.follow(refresh, (word) => {
  byId("connection").textContent = word;
  byId("connection").dataset.word = word;
});
