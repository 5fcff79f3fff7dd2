// What the page says about itself: the state of the connection, and what went wrong.

const WORDS = { connecting: "connecting", live: "live", reconnecting: "reconnecting", closed: "disconnected" };

const byId = (id) => document.getElementById(id);
let retry = null;

byId("notice-retry").addEventListener("click", () => {
  const again = retry;
  clearNotice();
  again?.();
});

export function showState(state) {
  byId("state").dataset.state = state;
  byId("state-word").textContent = WORDS[state];
}

/** @param again what the retry button does; none: there is no such button */
export function showNotice(text, again = null) {
  retry = again;
  byId("notice-text").textContent = text;
  byId("notice-retry").hidden = again === null;
  byId("notice").hidden = false;
}

export function clearNotice() {
  retry = null;
  byId("notice").hidden = true;
}
