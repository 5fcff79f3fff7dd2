// What the page says about itself: the state of the connection, and what went wrong.

import { byId } from "./dom.js";

const WORDS = {
  connecting: "connecting",
  live: "live",
  "catching-up": "catching up",
  offline: "offline, reconnecting",
};

export function showState(state) {
  const shown = byId("state");
  if (shown.dataset.state !== state) {
    shown.dataset.state = state;
    byId("state-word").textContent = WORDS[state];
  }
}

export function showNotice(text) {
  byId("notice-text").textContent = text;
  byId("notice").hidden = false;
}

export function clearNotice() {
  byId("notice").hidden = true;
}

/** Runs what a button asks for; what goes wrong is said at the top of the page. */
export async function noticing(work) {
  clearNotice();
  try {
    return await work();
  } catch (problem) {
    showNotice(problem.message);
    return undefined;
  }
}

byId("notice-close").addEventListener("click", clearNotice);
