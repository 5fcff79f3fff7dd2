// What was written and is not yet known to be stored. One message is under way at a time, so that they keep their
// order; each keeps its clientMessageId for as long as it lives, so that sending it again never makes a second one.

import { recall, remember } from "./memory.js";

const STORE = "parley.outbox";

export class Outbox {
  #messages = recall(STORE, []).map(({ id, text }) => ({ id, text, problem: null }));
  #underWay = null;
  #connection;
  #onChange;
  #timer = 0;

  /** @param onChange is called with the messages, each {id, text, problem}, oldest first */
  constructor(connection, onChange) {
    this.#connection = connection;
    this.#onChange = onChange;
  }

  add(id, text) {
    this.#messages.push({ id, text, problem: null });
    this.#changed();
    this.#next();
  }

  /** The connection is live, or lost: then nobody knows what became of the message under way, and it is sent again. */
  connectionChanged() {
    this.#underWay = null;
    this.#messages.filter(({ problem }) => problem?.retryable).forEach((message) => (message.problem = null));
    this.#changed();
    this.#next();
  }

  /** The message is stored. */
  settle(id) {
    if (this.#take(id)) {
      this.#next();
    }
  }

  fail(id, problem) {
    const message = this.#messages.find((candidate) => candidate.id === id);
    if (!message) {
      return;
    }
    message.problem = problem;
    this.#underWay = null;
    this.#changed();
    if (problem.retryAfterMs != null) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.retry(id), problem.retryAfterMs);
    }
    this.#next();
  }

  retry(id) {
    const message = this.#messages.find((candidate) => candidate.id === id);
    if (message?.problem?.retryable) {
      message.problem = null;
      this.#changed();
      this.#next();
    }
  }

  /** Takes the message back; value: its text. */
  withdraw(id) {
    return this.#take(id)?.text;
  }

  #take(id) {
    const at = this.#messages.findIndex((message) => message.id === id);
    if (at < 0) {
      return null;
    }
    const [message] = this.#messages.splice(at, 1);
    if (this.#underWay === id) {
      this.#underWay = null;
    }
    this.#changed();
    return message;
  }

  // One that was refused for good is passed over; one that may still succeed holds back those behind it.
  #next() {
    const first = this.#messages.find(({ problem }) => problem === null || problem.retryable);
    if (this.#underWay !== null || !first || first.problem || !this.#connection.live) {
      return;
    }
    this.#underWay = first.id;
    this.#connection.send({ type: "send", ref: first.id, clientMessageId: first.id, text: first.text });
  }

  #changed() {
    remember(STORE, this.#messages);
    this.#onChange(this.#messages);
  }
}
