// What is remembered across a reload: by this tab, or by all tabs. Browsers may forbid it: then for as long as the page lives.

class Memory {
  #storage;
  #fallback = new Map();

  constructor(storage) {
    this.#storage = storage;
  }

  recall(name, otherwise = null) {
    try {
      return JSON.parse(this.#storage().getItem(name)) ?? otherwise;
    } catch {
      return this.#fallback.get(name) ?? otherwise;
    }
  }

  /** @param value null: forget it */
  remember(name, value) {
    try {
      if (value === null) {
        this.#storage().removeItem(name);
      } else {
        this.#storage().setItem(name, JSON.stringify(value));
      }
    } catch {
      // forbidden or full: see above
      this.#fallback.set(name, value);
    }
  }
}

export const tab = new Memory(() => sessionStorage);
export const tabs = new Memory(() => localStorage);
