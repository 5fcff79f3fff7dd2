// What was written and is not yet known to be stored. One message of a conversation is under way at a time, so that they
// keep their order; each keeps its clientMessageId as long as it lives, so that sending it again never makes a second one.

import { newId } from "./ids.js";
import { tab } from "./memory.js";

export class Outbox {
  #store;
  #messages;
  #underWay = new Map();
  #live;
  #handlers;
  #timer = 0;

  /** @param handlers onChange(), onStored(message) */
  constructor(userId, live, handlers) {
    this.#store = `parley.outbox.${userId}`;
    this.#messages = tab.recall(this.#store, []).map((message) => ({ ...message, problem: null }));
    this.#live = live;
    this.#handlers = handlers;
  }

  /** What waits in a conversation, oldest first, each {id, text, problem}. */
  of(conversationId) {
    return this.#messages.filter((message) => message.conversationId === conversationId);
  }

  add(conversationId, text) {
    this.#messages.push({ id: newId(), conversationId, text, problem: null });
    this.#changed();
    this.#next();
  }

  /** There is a connection, or none any more: then what was under way is sent again on the next. */
  connectionChanged() {
    this.#underWay.clear();
    this.#messages.filter(({ problem }) => problem?.retryable).forEach((message) => (message.problem = null));
    this.#changed();
    this.#next();
  }

  /** The message is stored, whoever said so first: its change, or its answer. */
  settle(id) {
    if (this.#take(id)) {
      this.#next();
    }
  }

  retry(id) {
    const message = this.#find(id);
    if (message?.problem?.retryable) {
      message.problem = null;
      this.#changed();
      this.#next();
    }
  }

  /** Takes the message back; value: its text. */
  withdraw(id) {
    return this.#take(id)?.text ?? "";
  }

  #find(id) {
    return this.#messages.find((message) => message.id === id);
  }

  #take(id) {
    const message = this.#find(id);
    if (message) {
      this.#messages = this.#messages.filter((other) => other !== message);
      this.#noLongerUnderWay(message);
      this.#changed();
    }
    return message;
  }

  #noLongerUnderWay({ id, conversationId }) {
    if (this.#underWay.get(conversationId) === id) {
      this.#underWay.delete(conversationId);
    }
  }

  // One that was refused for good is passed over; one that may still succeed holds back those behind it.
  #next() {
    const seen = new Set();
    for (const message of this.#messages) {
      const { conversationId, problem } = message;
      if ((problem && !problem.retryable) || seen.has(conversationId)) {
        continue;
      }
      seen.add(conversationId);
      if (!problem && this.#live.ready && !this.#underWay.has(conversationId)) {
        this.#underWay.set(conversationId, message.id);
        this.#send(message);
      }
    }
  }

  async #send({ id, conversationId, text }) {
    try {
      const ack = await this.#live.ask({ type: "send", conversationId, clientMessageId: id, text });
      this.#handlers.onStored(ack.message);
      this.settle(id);
    } catch (problem) {
      if (this.#live.ready) {
        this.#fail(id, problem);
      }
    }
  }

  #fail(id, problem) {
    const message = this.#find(id);
    if (!message) {
      return;
    }
    message.problem = problem;
    this.#noLongerUnderWay(message);
    this.#changed();
    if (problem.retryable && problem.retryAfterMs != null) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.retry(id), problem.retryAfterMs);
    }
    this.#next();
  }

  #changed() {
    const kept = this.#messages.map(({ id, conversationId, text }) => ({ id, conversationId, text }));
    tab.remember(this.#store, kept.length > 0 ? kept : null);
    this.#handlers.onChange();
  }
}
