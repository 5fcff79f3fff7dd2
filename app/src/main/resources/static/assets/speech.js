// What software that reads the page aloud says: what happens from now on, not a page of history.

import { byId } from "./dom.js";

export function silently(log, change) {
  log.setAttribute("aria-live", "off");
  change();
  setTimeout(() => log.setAttribute("aria-live", "polite"));
}

/** Something that happened out of sight. */
export function say(words) {
  byId("aloud").textContent = words;
}
