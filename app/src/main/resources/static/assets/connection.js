// Keeps one WebSocket to the server: opens it, notices when it is dead, opens the next one.

const BACKOFF_FIRST_MS = 500;
const BACKOFF_CAP_MS = 15_000;
const PING_EVERY_MS = 20_000;
const PATIENCE_MS = 10_000;
// A connection that breaks sooner than this was no success: the backoff goes on where it was.
const STEADY_AFTER_MS = 10_000;

export class Connection {
  #handlers;
  #socket = null;
  #openedAt = 0;
  #heard = false;
  #attempt = 0;
  #reconnectAfterMs = null;
  #reconnectAt = 0;
  #stopped = true;
  #timers = { reconnect: 0, ping: 0, patience: 0 };

  /** @param handlers onOpen(), onFrame(frame), onClosed(code) */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  start() {
    this.#stopped = false;
    this.#open();
  }

  /** For good. */
  stop() {
    this.#stopped = true;
    this.#drop();
  }

  /** Value: whether there was a connection to send it on. */
  send(frame) {
    if (this.#socket?.readyState !== WebSocket.OPEN) {
      return false;
    }
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** The network or the reader came back: do not sit out the backoff, do not trust an old connection. */
  nudge() {
    if (this.#socket !== null) {
      this.#ping();
    } else if (!this.#stopped && Date.now() >= this.#reconnectAt) {
      this.#open();
    }
  }

  /** Gives this connection up for another one. */
  renew() {
    if (this.#socket !== null) {
      this.#closed(0);
    }
  }

  /** The server said when to come back. */
  comeBackAfter(ms) {
    this.#reconnectAfterMs = ms;
  }

  #open() {
    clearTimeout(this.#timers.reconnect);
    const url = new URL("/api/v1/live", location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    this.#socket = socket;
    this.#openedAt = 0;
    this.#heard = false;
    socket.onopen = () => {
      this.#openedAt = Date.now();
      this.#handlers.onOpen();
    };
    socket.onmessage = (event) => this.#receive(JSON.parse(event.data));
    socket.onclose = (event) => this.#closed(event.code);
    this.#beImpatient();
  }

  // Whatever comes is a sign of life; when nothing has come for a while, we ask.
  #receive(frame) {
    this.#heard = true;
    clearTimeout(this.#timers.patience);
    clearTimeout(this.#timers.ping);
    this.#timers.ping = setTimeout(() => this.#ping(), PING_EVERY_MS);
    if (frame.type !== "pong") {
      this.#handlers.onFrame(frame);
    }
  }

  // The first word is not ours: until the greeting has been answered there is nothing to ask.
  #ping() {
    if (this.#heard && this.send({ type: "ping", ref: "ping" })) {
      this.#beImpatient();
    }
  }

  #beImpatient() {
    clearTimeout(this.#timers.patience);
    this.#timers.patience = setTimeout(() => this.renew(), PATIENCE_MS);
  }

  #closed(code) {
    this.#drop();
    if (this.#openedAt && Date.now() - this.#openedAt > STEADY_AFTER_MS) {
      this.#attempt = 0;
    }
    if (!this.#stopped) {
      this.#openLater();
    }
    this.#handlers.onClosed(code);
  }

  // Jitter: a server that restarts is not met by everybody at once.
  #openLater() {
    const longest = Math.min(BACKOFF_CAP_MS, BACKOFF_FIRST_MS * 2 ** this.#attempt++);
    const asked = this.#reconnectAfterMs ?? 0;
    this.#reconnectAt = Date.now() + asked;
    this.#reconnectAfterMs = null;
    this.#timers.reconnect = setTimeout(() => this.#open(), asked + longest * (0.5 + Math.random() / 2));
  }

  #drop() {
    Object.values(this.#timers).forEach(clearTimeout);
    const socket = this.#socket;
    if (socket !== null) {
      // On a dead network the close handshake takes minutes: this socket is not listened to any more.
      this.#socket = null;
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }
}
