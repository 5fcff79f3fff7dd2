// All conversations of this user, kept as the server tells them; whoever shows them is told what changed.

import { Conversation } from "./conversation.js";
import { Turns } from "./turns.js";

const PREVIEWS = 40;

export class Conversations {
  #byId = new Map();
  #session;
  #people;
  #handlers;
  #turns = new Turns();
  #previewing = false;

  /** @param handlers onList(), onReset(id), onGone(id), onMessage(conversation, message, news), onMember(member) */
  constructor(session, people, handlers) {
    this.#session = session;
    this.#people = people;
    this.#handlers = handlers;
  }

  get(id) {
    return this.#byId.get(id);
  }

  /** The one with the latest message first. */
  get list() {
    return [...this.#byId.values()].sort((one, other) => Date.parse(other.lastAt) - Date.parse(one.lastAt));
  }

  /** These are all there are. @param started of which nothing that is held may be kept */
  ready(entries, started) {
    const present = new Set(entries.map((entry) => entry.id));
    [...this.#byId.keys()].filter((id) => !present.has(id)).forEach((id) => this.gone(id));
    entries.forEach((entry) => this.#put(entry, true));
    started.forEach((id) => this.forget(id));
    this.#handlers.onList();
    this.#preview();
  }

  /** A change of a conversation's log. */
  change({ logId, message, member, conversation }) {
    const held = this.#byId.get(logId);
    if (!held) {
      return;
    }
    if (message) {
      this.#message(held, message);
    } else if (member) {
      this.#people.put(member.user);
      this.#handlers.onMember(member);
      // Who is no longer in it may not ask.
      if (member.role || member.user.id !== this.#session.user?.id) {
        this.load(logId);
      }
    } else if (conversation) {
      held.entry = { ...held.entry, ...conversation };
    }
    this.#handlers.onList();
  }

  /** A change of the user's own log. */
  membership({ conversationId, role }) {
    if (role) {
      this.load(conversationId);
    } else {
      this.gone(conversationId);
    }
  }

  /** An answer that came past the logs: it counts nothing. */
  answered(message) {
    const held = this.#byId.get(message.conversationId);
    if (held?.put(message)) {
      this.#handlers.onMessage(held, message, false);
    }
    this.#handlers.onList();
  }

  /** Reads what the list shows of a conversation; value: the conversation, or null if it is not the user's. */
  load(id) {
    return this.#turns.take(id, () => this.#load(id));
  }

  async #load(id) {
    try {
      this.#put(await this.#session.call("GET", `/api/v1/conversations/${id}`));
      this.#handlers.onList();
      this.#preview();
    } catch (problem) {
      if (problem.status === 404) {
        this.gone(id);
      }
    }
    return this.#byId.get(id) ?? null;
  }

  /** Forgets what is held of a log; the conversation stays. */
  forget(id) {
    const held = this.#byId.get(id);
    if (held) {
      held.forget();
      this.#handlers.onReset(id);
      this.#preview();
    }
  }

  gone(id) {
    if (this.#byId.delete(id)) {
      this.#handlers.onGone(id);
      this.#handlers.onList();
    }
  }

  #put(entry, restated = false) {
    this.#people.put(entry.peer);
    const held = this.#byId.get(entry.id);
    if (held && restated) {
      held.restate(entry);
    } else if (held) {
      held.update(entry);
    } else {
      this.#byId.set(entry.id, new Conversation(entry));
    }
  }

  #message(held, message) {
    const news = held.count(message, this.#session.user?.id);
    if (held.put(message) || news) {
      this.#handlers.onMessage(held, message, news);
    }
  }

  // The list is sorted by what was said last, which entries do not tell: one after the other, for those on top.
  async #preview() {
    if (this.#previewing) {
      return;
    }
    this.#previewing = true;
    const wanted = () => this.list.slice(0, PREVIEWS).find((held) => held.headSeq > 0 && !held.lastMessage && !held.previewed);
    try {
      for (let next = wanted(); next; next = wanted()) {
        next.previewed = true;
        const page = await this.#session.call("GET", `/api/v1/conversations/${next.id}/messages?limit=1`);
        page.messages.forEach((message) => next.put(message));
        this.#handlers.onList();
      }
    } catch {
      // only a convenience: the next connection tries again
    } finally {
      this.#previewing = false;
    }
  }
}
