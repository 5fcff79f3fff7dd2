// Who is typing where. It is over after six seconds without another sign, or when the message is there.

const OVER_AFTER_MS = 6_000;
const SAY_EVERY_MS = 3_000;

export class Typing {
  #timers = new Map();
  #saidAt = new Map();
  #onChange;

  /** @param onChange(conversationId) */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** The ids of those who are typing. */
  in(conversationId) {
    return [...(this.#timers.get(conversationId)?.keys() ?? [])];
  }

  heard({ conversationId, userId }) {
    this.over(conversationId, userId);
    const timers = this.#timers.get(conversationId) ?? new Map();
    this.#timers.set(conversationId, timers);
    timers.set(
      userId,
      setTimeout(() => this.over(conversationId, userId), OVER_AFTER_MS),
    );
    this.#onChange(conversationId);
  }

  over(conversationId, userId) {
    const timers = this.#timers.get(conversationId);
    if (timers?.has(userId)) {
      clearTimeout(timers.get(userId));
      timers.delete(userId);
      this.#onChange(conversationId);
    }
  }

  /** Whether it is time to tell the others again. */
  mayTell(conversationId) {
    const now = Date.now();
    if (now - (this.#saidAt.get(conversationId) ?? 0) < SAY_EVERY_MS) {
      return false;
    }
    this.#saidAt.set(conversationId, now);
    return true;
  }

  /** What was typed has been sent: the next key is news again. */
  told(conversationId) {
    this.#saidAt.delete(conversationId);
  }
}
