// One conversation as this tab holds it: its place in the list, and the part of its history that was read.

export class Conversation {
  #messages = new Map();
  #reading = false;
  #lives = 0;

  constructor(entry) {
    this.lastAt = entry.createdAt;
    this.lastMessage = null;
    this.previewed = false;
    this.loaded = false;
    /** What to ask for to read what is older than all that is held; null: nothing is. */
    this.before = null;
    this.restate(entry);
  }

  /** What a new connection begins with. */
  restate(entry) {
    this.entry = entry;
    this.id = entry.id;
    this.headSeq = entry.headSeq;
    this.unread = entry.unread;
    this.lastReadSeq = entry.lastReadSeq;
  }

  /** What was read meanwhile: the changes may have told more. */
  update(entry) {
    if (entry.headSeq >= this.headSeq && entry.lastReadSeq >= this.lastReadSeq) {
      this.restate(entry);
    } else {
      this.entry = entry;
    }
  }

  get name() {
    return this.entry.title ?? this.entry.peer?.displayName ?? "Conversation";
  }

  get isDirect() {
    return this.entry.kind === "direct";
  }

  /** By rising seq. */
  get messages() {
    return [...this.#messages.values()].sort((one, other) => one.seq - other.seq);
  }

  /**
   * Puts a page of the history before what is held. Changes that come while it is read are held too: the page may be
   * older than they are. Value: whether it was put, as what it belongs to may have been forgotten meanwhile.
   */
  async readPage(read) {
    const life = this.#lives;
    this.#reading = true;
    try {
      const { messages, before } = await read(this.before);
      if (life !== this.#lives) {
        return false;
      }
      messages.forEach((message) => this.#put(message));
      this.before = before ?? null;
      this.loaded = true;
      return true;
    } finally {
      if (life === this.#lives) {
        this.#reading = false;
        [...this.#messages.values()].filter((message) => !this.#holds(message)).forEach(({ id }) => this.#messages.delete(id));
      }
    }
  }

  /** Puts a state of a message; value: whether it is the newest one known. */
  put(message) {
    this.#preview(message);
    return this.#reading || this.#holds(message) ? this.#put(message) : false;
  }

  /** Counts a message that came on the log; value: whether it is a new one, said by another. */
  count(message, me) {
    if (message.seq <= this.headSeq) {
      return false;
    }
    this.headSeq = message.seq;
    if (message.senderId === me) {
      this.read({ lastReadSeq: message.seq, unread: 0 });
      return false;
    }
    this.unread++;
    return true;
  }

  read({ lastReadSeq, unread }) {
    if (lastReadSeq >= this.lastReadSeq) {
      this.lastReadSeq = lastReadSeq;
      this.unread = unread;
    }
  }

  forget() {
    this.#messages.clear();
    this.#lives++;
    this.#reading = false;
    this.previewed = false;
    this.loaded = false;
    this.before = null;
    this.lastMessage = null;
  }

  /** Lets go of all but the newest. */
  trim(count) {
    const held = this.messages;
    if (held.length > count) {
      held.slice(0, -count).forEach((message) => this.#messages.delete(message.id));
      this.before = held.at(-count).seq;
    }
  }

  // What is held has no holes: an old message that was edited is not shown above what was not read.
  #holds({ seq }) {
    return this.loaded && (this.before === null || seq >= this.before);
  }

  #put(message) {
    const held = this.#messages.get(message.id);
    if (held && held.offset >= message.offset) {
      return false;
    }
    this.#messages.set(message.id, message);
    this.#preview(message);
    return true;
  }

  #preview(message) {
    const last = this.lastMessage;
    if (!last || message.seq > last.seq || (message.id === last.id && message.offset > last.offset)) {
      this.lastMessage = message;
      this.lastAt = message.postedAt;
    }
  }
}
