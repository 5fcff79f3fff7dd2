// Who is who: everybody that this tab has heard of, by id.

export class People {
  #known = new Map();
  #asked = new Set();
  #session;
  #onKnown;

  /** @param onKnown(id) when somebody's name has become known, or changed */
  constructor(session, onKnown) {
    this.#session = session;
    this.#onKnown = onKnown;
  }

  put(user) {
    if (user && this.#known.get(user.id)?.displayName !== user.displayName) {
      this.#known.set(user.id, user);
      this.#onKnown(user.id);
    }
  }

  /** The name to show now; if it is not known yet, it is asked for. */
  nameOf(id) {
    const known = this.#known.get(id);
    if (!known) {
      this.#ask(id);
    }
    return known?.displayName ?? "Somebody";
  }

  async #ask(id) {
    if (this.#asked.has(id)) {
      return;
    }
    this.#asked.add(id);
    try {
      this.put(await this.#session.call("GET", `/api/v1/users/${id}`));
    } catch (problem) {
      if (problem.retryable) {
        this.#asked.delete(id);
      }
    }
  }
}
