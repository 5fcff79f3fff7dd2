// Tells the server how far the open conversation has been read: what was in sight while the page was.

const AFTER_MS = 300;

export class Reading {
  #live;
  #visibleSeq;
  #onRead;
  #timer = 0;
  #told = new Map();

  /** @param visibleSeq(): the last seq in sight; @param onRead(conversation, position) when the server knows */
  constructor(live, visibleSeq, onRead) {
    this.#live = live;
    this.#visibleSeq = visibleSeq;
    this.#onRead = onRead;
    document.addEventListener("visibilitychange", () => this.look(this.conversation));
  }

  /** Something may have come into sight. */
  look(conversation) {
    this.conversation = conversation;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(conversation), AFTER_MS);
  }

  /** After a connection was lost nobody knows what was heard. */
  connectionChanged() {
    this.#told.clear();
    this.look(this.conversation);
  }

  async #tell(conversation) {
    if (!conversation || document.hidden || !this.#live.ready) {
      return;
    }
    const seq = Math.min(this.#visibleSeq(), conversation.headSeq);
    if (seq <= Math.max(conversation.lastReadSeq, this.#told.get(conversation.id) ?? 0)) {
      return;
    }
    this.#told.set(conversation.id, seq);
    try {
      const ack = await this.#live.ask({ type: "read", conversationId: conversation.id, seq });
      this.#onRead(conversation, ack.read ?? { lastReadSeq: seq, unread: Math.max(0, conversation.headSeq - seq) });
    } catch {
      this.#told.delete(conversation.id);
    }
  }
}
