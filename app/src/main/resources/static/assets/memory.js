// What this tab remembers across a reload. Browsers may forbid storage: then the tab remembers for as long as it lives.

export function recall(name, otherwise) {
  try {
    return JSON.parse(sessionStorage.getItem(name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function remember(name, value) {
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // forbidden or full: see above
  }
}
