// Jobs by key: one of a key runs at a time and one more waits, which is for all who ask meanwhile.

export class Turns {
  #running = new Map();
  #waiting = new Map();

  /** Value: what the job yields that begins after this call. */
  take(key, job) {
    const waiting = this.#waiting.get(key);
    if (waiting) {
      return waiting;
    }
    const turn = this.#after(key, job);
    this.#waiting.set(key, turn);
    return turn;
  }

  async #after(key, job) {
    await Promise.allSettled([this.#running.get(key)]);
    this.#waiting.delete(key);
    const running = job();
    this.#running.set(key, running);
    try {
      return await running;
    } finally {
      if (this.#running.get(key) === running) {
        this.#running.delete(key);
      }
    }
  }
}
