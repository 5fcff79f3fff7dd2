// Keeps one WebSocket to the server: opens it, notices when it is dead, opens the next one.

const BACKOFF_FIRST_MS = 500;
const BACKOFF_CAP_MS = 10_000;
const PING_EVERY_MS = 20_000;
const PATIENCE_MS = 10_000;
// A connection that breaks sooner than this was no success: the backoff goes on where it was.
const STEADY_AFTER_MS = 10_000;
const POLICY_VIOLATION = 1008;
const FINAL_FROM = 4500;

export class Connection {
  #handlers;
  #socket = null;
  #live = false;
  #liveSince = 0;
  #attempt = 0;
  #over = false;
  #timers = { reconnect: 0, ping: 0, patience: 0 };

  /**
   * @param handlers onState(word), onFrame(frame), onProblem(error), onEnd(code, reason), and catchUp(): a promise of
   *     having read what was missed. Changes flow while it runs, so that nothing falls in between.
   */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  get live() {
    return this.#live;
  }

  open() {
    this.#clearTimers();
    const url = new URL("/api/v1/live", location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.onopen = () => this.#ping();
    socket.onmessage = (event) => this.#receive(socket, JSON.parse(event.data));
    socket.onclose = (event) => this.#closed(event.code, event.reason);
    this.#beImpatient();
  }

  /** Only while live: what is sent earlier would have no order with what was missed. */
  send(frame) {
    this.#socket.send(JSON.stringify(frame));
  }

  /** The network or the reader came back: do not sit out the backoff, do not trust an old connection. */
  nudge() {
    if (this.#over) {
      return;
    }
    if (this.#live) {
      this.#ping();
    } else if (this.#socket === null) {
      this.open();
    }
  }

  /** Gives this connection up for another one. */
  renew() {
    if (this.#socket !== null) {
      this.#closed(0, "");
    }
  }

  #receive(socket, frame) {
    if (frame.type !== "pong") {
      this.#handlers.onFrame(frame);
      return;
    }
    clearTimeout(this.#timers.patience);
    clearTimeout(this.#timers.ping);
    this.#timers.ping = setTimeout(() => this.#ping(), PING_EVERY_MS);
    if (frame.ref === "first") {
      this.#catchUp(socket);
    }
  }

  // The first pong says that the server listens and sends changes: what was posted before it is in the history.
  async #catchUp(socket) {
    try {
      await this.#handlers.catchUp();
    } catch (error) {
      if (socket === this.#socket) {
        this.#handlers.onProblem(error);
        this.renew();
      }
      return;
    }
    if (socket === this.#socket) {
      this.#live = true;
      this.#liveSince = Date.now();
      this.#handlers.onState("live");
    }
  }

  #ping() {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#beImpatient();
      this.send({ type: "ping", ref: this.#live ? "again" : "first" });
    }
  }

  #beImpatient() {
    clearTimeout(this.#timers.patience);
    this.#timers.patience = setTimeout(() => this.renew(), PATIENCE_MS);
  }

  #closed(code, reason) {
    this.#clearTimers();
    // On a dead network the close handshake takes minutes: this socket is not listened to any more.
    const socket = this.#socket;
    this.#socket = null;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    if (this.#live && Date.now() - this.#liveSince > STEADY_AFTER_MS) {
      this.#attempt = 0;
    }
    this.#live = false;
    if (code >= FINAL_FROM || code === POLICY_VIOLATION) {
      this.#over = true;
      this.#handlers.onState("closed");
      this.#handlers.onEnd(code, reason);
      return;
    }
    this.#handlers.onState("reconnecting");
    // Jitter: a server that restarts is not met by everybody at once.
    const longest = Math.min(BACKOFF_CAP_MS, BACKOFF_FIRST_MS * 2 ** this.#attempt++);
    this.#timers.reconnect = setTimeout(() => this.open(), longest * (0.5 + Math.random() / 2));
  }

  #clearTimers() {
    Object.values(this.#timers).forEach(clearTimeout);
  }
}
