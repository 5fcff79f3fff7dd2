// Software that reads the page aloud should speak what is said from now on, not a page of history.

export function silently(log, change) {
  log.setAttribute("aria-live", "off");
  change();
  setTimeout(() => log.setAttribute("aria-live", "polite"));
}
