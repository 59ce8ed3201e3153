// Running copies, the last copies, registries, and the line about the queue.

import { visible, byId, h, outside, render, svg } from "./dom.js";
import { age, number, plural, reference, shortReference, size, span, took } from "./format.js";

const SHOWN_COPIES = 12;

function job(each) {
  const far = each.progress;
  const share = far && far.bytes > 0 ? far.bytesDone / far.bytes : 0;
  const words = far
    ? `${size(far.bytesDone)} of ${size(far.bytes)} · ${far.blobsDone}/${far.blobs} blobs` +
      (far.destinations === undefined ? "" : ` · ${far.destinationsDone}/${plural(far.destinations, "destination", "destinations")}`)
    : (each.detail ?? "submitting");
  const bar = h("progress", { max: 1, "aria-label": `Copy of ${each.source}` });
  if (far) {
    bar.value = share;
  }
  return h(
    "li",
    { class: "job" },
    h("div", { class: "line" }, reference(each.source), h("span", { class: "quiet" }, age(each.startedAt ?? each.claimedAt))),
    h("div", { class: "to quiet", title: each.destinations.join("\n") }, "→ ", reference(each.destinations[0]),
      each.destinations.length > 1 && ` and ${each.destinations.length - 1} more`),
    bar,
    h("div", { class: "line quiet" }, h("span", {}, words), each.log && outside(each.log, "log stream")),
  );
}

const kind = (copy) => (copy.outcome.startsWith("failed") || copy.outcome === "unknown" ? "failed" : "good");

/** A bar a copy, the newest at the right; as high as it took long. */
function timeline(copies) {
  const width = 360;
  const height = 44;
  const step = width / Math.max(30, copies.length);
  const longest = Math.max(1, ...copies.map((copy) => copy.seconds));
  const bars = copies.map((copy, index) => {
    const high = 3 + (height - 5) * Math.sqrt(copy.seconds / longest);
    const bar = svg("rect", {
      class: kind(copy), x: width - (index + 1) * step, y: height - high, width: Math.max(1, step - 2), height: high, rx: 1,
    });
    const title = svg("title");
    title.textContent = `${visible(copy.source)} → ${visible(copy.destination)}\n${copy.outcome}, ${size(copy.bytes)} in ${took(copy.seconds)}`;
    bar.append(title);
    return bar;
  });
  const failed = copies.filter((copy) => kind(copy) === "failed").length;
  return svg("svg", {
    class: "timeline", viewBox: `0 0 ${width} ${height}`, role: "img",
    "aria-label": `Last ${copies.length} copies, ${failed} failed; the longest took ${took(longest)}`,
  }, ...bars);
}

function copy(each) {
  return h(
    "tr",
    { class: kind(each), title: `${each.source} → ${each.destination}\njob ${each.jobId ?? "unknown"}` },
    h("td", { class: "quiet" }, age(each.endedAt)),
    h("td", { class: "what" }, shortReference(each.destination), kind(each) === "failed" && h("span", { class: "outcome" }, each.outcome)),
    h("td", { class: "number" }, each.bytes > 0 ? size(each.bytes) : each.outcome === "present" ? "present" : "–"),
    h("td", { class: "number" }, each.seconds > 0 ? took(each.seconds) : "–"),
  );
}

function registry(each) {
  const low = each.rateLimitRemaining !== undefined && each.rateLimitRemaining < 20;
  return h(
    "tr",
    {},
    h("td", { class: "what" }, h("span", { title: each.name }, each.name),
      each.coolDownUntil && h("span", { class: "outcome" }, `cooling down until ${each.coolDownUntil.slice(11, 19)} UTC`)),
    h("td", { class: "number" }, number(each.requests)),
    h("td", { class: `number${each.errors > 0 ? " bad" : ""}` }, number(each.errors)),
    h("td", { class: `number${low ? " bad" : ""}` }, each.rateLimitRemaining === undefined ? "–" : number(each.rateLimitRemaining)),
  );
}

const heads = (...names) =>
  h("thead", {}, h("tr", {}, names.map((name, index) => h("th", { scope: "col", class: index > 0 ? "number" : "" }, name))));

const none = (text) => [h("p", { class: "quiet none" }, text)];

export function showPanels(summary) {
  render(byId("jobs"), summary.jobs, (jobs) =>
    jobs.length === 0 ? none("No copies running.") : [h("ul", { class: "plain" }, jobs.map(job))],
  );
  render(byId("copies"), summary.copies, (copies) =>
    copies.length === 0
      ? none("No copies yet.")
      : [timeline(copies),
        h("table", { class: "small" },
          h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Ago"), h("th", { scope: "col" }, "To"),
            h("th", { scope: "col", class: "number" }, "Moved"), h("th", { scope: "col", class: "number" }, "Took"))),
          h("tbody", {}, copies.slice(0, SHOWN_COPIES).map(copy)))],
  );
  render(byId("registries"), summary.registries, (registries) =>
    registries.length === 0
      ? none("No requests yet.")
      : [h("table", { class: "small" }, heads("Registry", "Requests", "Errors", "Pulls left"),
        h("tbody", {}, registries.map(registry)))],
  );
  const { queue } = summary;
  render(byId("queue"), queue, () => [
    `${number(queue.depth)} waiting${queue.oldestWaitingSeconds >= 1 ? ` (${span(queue.oldestWaitingSeconds)})` : ""}, ` +
      `${number(queue.planned)} planned, ${queue.aliveWorkers}/${plural(queue.workers, "worker", "workers")}`,
  ]);
  render(byId("about"), summary.about, (about) => [`${about.version} · ${about.jobs === "local" ? "local copies" : "AWS Batch"}`]);
}
