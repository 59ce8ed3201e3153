// Asks the server, and hears when there is something new.

async function get(path, signal) {
  const answer = await fetch(path, { signal, headers: { Accept: "application/json" } });
  const document = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Error(document.error?.message ?? `${path} returned ${answer.status}`);
  }
  return document;
}

export const summary = () => get("api/v1/summary");

export const entry = (source) => get(`api/v1/mirrors/${encodeURIComponent(source)}`);

let asking = null;

/** A page of entries; a question that is still under way is given up. */
export function entries(query) {
  asking?.abort();
  asking = new AbortController();
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== "" && value !== null) {
      parameters.set(name, value);
    }
  }
  return get(`api/v1/mirrors?${parameters}`, asking.signal);
}

const POLL_MILLIS = 5000;
const RETRY_MILLIS = 10000;

/** Calls news() whenever something has changed, and now and then where events do not come through. */
export function follow(news, says) {
  let source = null;
  let opened = false;
  function connect() {
    source = new EventSource("api/v1/events");
    source.addEventListener("open", () => {
      opened = true;
      says("live");
    });
    source.addEventListener("changed", news);
    source.addEventListener("error", () => {
      says(opened && source.readyState === EventSource.CONNECTING ? "reconnecting" : "polling");
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(connect, RETRY_MILLIS);
      }
    });
  }
  connect();
  setInterval(() => {
    if (source.readyState !== EventSource.OPEN) {
      news();
    }
  }, POLL_MILLIS);
  setInterval(news, 6 * POLL_MILLIS);
}
