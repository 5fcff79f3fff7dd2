// The live protocol: hello, resume, then changes in the order of their logs, and commands with their answers.

import { Connection } from "./connection.js";
import { Cursors } from "./cursors.js";
import { Problem } from "./http.js";

const MOST_PER_FRAME = 500;
const POLICY_VIOLATION = 1008;
const FINAL_FROM = 4500;
const ANSWER_WITHIN_MS = 15_000;

export class Live {
  #session;
  #handlers;
  #cursors = new Cursors();
  #connection = new Connection({
    onOpen: () => this.#greet(),
    onFrame: (frame) => this.#receive(frame),
    onClosed: (code) => this.#closed(code),
  });
  #ready = false;
  #everReady = false;
  #conversations = [];
  #refusal = null;
  #waiting = new Map();
  #refs = 0;

  /**
   * @param handlers onState(word), onReady(conversations, started: the ids of which nothing held may be kept),
   *     onChange(change), onForget(logId), onTyping(frame), onRefused(code): the server does not want this session
   */
  constructor(session, handlers) {
    this.#session = session;
    this.#handlers = handlers;
  }

  start() {
    this.#handlers.onState("connecting");
    this.#connection.start();
  }

  stop() {
    this.#connection.stop();
    this.#closed(0);
  }

  nudge() {
    this.#connection.nudge();
  }

  /** Whether commands may be sent. */
  get ready() {
    return this.#ready;
  }

  /** No longer followed. */
  drop(logId) {
    this.#cursors.drop(logId);
  }

  /** For what is not answered and may be lost. */
  say(frame) {
    if (this.#ready) {
      this.#connection.send(frame);
    }
  }

  /** Value: the ack. Errors: a Problem; a lost connection is one that says nothing about the outcome. */
  ask(frame) {
    return new Promise((resolve, reject) => {
      const ref = `c${++this.#refs}`;
      if (!this.#ready || !this.#connection.send({ ...frame, ref })) {
        reject(lost());
        return;
      }
      const timer = setTimeout(() => this.#connection.renew(), ANSWER_WITHIN_MS);
      this.#waiting.set(ref, { resolve, reject, timer });
    });
  }

  /** There is a fresh access token: this connection may go on with it. */
  refresh(token) {
    if (this.#ready) {
      this.ask({ type: "refresh", token }).catch(() => {});
    }
  }

  async #greet() {
    try {
      const token = await this.#session.token();
      this.#connection.send({ type: "hello", token, device: "web" });
      this.#cursors.resume(MOST_PER_FRAME).forEach((frame) => this.#connection.send(frame));
    } catch {
      this.#connection.renew();
    }
  }

  #receive(frame) {
    switch (frame.type) {
      case "ready":
        return this.#readied(frame);
      case "change":
      case "skip":
        return this.#changed(frame);
      case "catchUp":
        this.#cursors.catchUp(frame);
        return this.#showState();
      case "caughtUp":
        this.#cursors.caughtUp(frame);
        return this.#showState();
      case "gap":
        this.#cursors.gap(frame);
        this.#handlers.onForget(frame.logId);
        return this.#showState();
      case "typing":
        return this.#handlers.onTyping(frame);
      case "ack":
        return this.#answer(frame.ref)?.resolve(frame);
      case "error":
        return this.#failed(frame);
      case "goAway":
        this.#refusal = frame.reason;
        return this.#connection.comeBackAfter(frame.reconnectAfterMs ?? null);
      default:
        return undefined; // of a later release
    }
  }

  #readied({ epoch, user, position, conversations, last }) {
    this.#conversations.push(...conversations);
    if (!last) {
      return;
    }
    const all = this.#conversations;
    this.#conversations = [];
    const positions = new Map(all.map((conversation) => [conversation.id, conversation.position]));
    positions.set(user.id, position);
    const started = this.#cursors.ready(epoch, positions);
    this.#ready = true;
    this.#everReady = true;
    this.#refusal = null;
    this.#handlers.onReady(all, started);
    this.#showState();
  }

  #changed(frame) {
    if (!this.#cursors.take(frame)) {
      // The server promised that there are no holes: from the last good offset on, once more.
      console.warn(`a hole before offset ${frame.offset} of ${frame.logId}`);
      this.#connection.renew();
    } else if (frame.type === "change") {
      this.#handlers.onChange(frame);
    }
  }

  #failed({ ref, problem }) {
    const waiting = this.#answer(ref);
    if (waiting) {
      waiting.reject(new Problem(problem));
    } else if (!this.#ready) {
      this.#refusal = problem.code;
    }
  }

  #answer(ref) {
    const waiting = this.#waiting.get(ref);
    this.#waiting.delete(ref);
    clearTimeout(waiting?.timer);
    return waiting;
  }

  #closed(code) {
    this.#ready = false;
    this.#conversations = [];
    this.#handlers.onState("offline");
    [...this.#waiting.keys()].forEach((ref) => this.#answer(ref).reject(lost()));
    const refusal = this.#refusal ?? "";
    this.#refusal = null;
    if (refusal.startsWith("auth.") || code === POLICY_VIOLATION || code >= FINAL_FROM) {
      this.#handlers.onRefused(refusal);
    }
  }

  #showState() {
    const settled = this.#ready && !this.#cursors.catchingUp;
    this.#handlers.onState(settled ? "live" : this.#everReady || this.#ready ? "catching-up" : "connecting");
  }
}

function lost() {
  return new Problem({ detail: "There is no connection.", retryable: true });
}
