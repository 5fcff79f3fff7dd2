// Who is signed in, and the tokens that prove it. All tabs share them, and only one tab at a time renews them: a refresh
// token is good for one use, a second one ends the session.

import { Problem, request } from "./http.js";
import { tabs } from "./memory.js";

const STORE = "parley.session";
const AUTH = "/api/v1/auth";
const RENEW_EARLY_MS = 60_000;
// A clock that is ahead must not make every request renew first.
const TRUST_AT_LEAST_MS = 30_000;
const RETRY_MS = 10_000;

export class Session {
  #held = tabs.recall(STORE);
  #timer = 0;
  #farewell = null;
  #onRenewed;
  #onEnd;

  /** @param onRenewed(accessToken) when there is a fresh one; @param onEnd(words) when nobody is signed in any more */
  constructor({ onRenewed, onEnd }) {
    this.#onRenewed = onRenewed;
    this.#onEnd = onEnd;
    window.addEventListener("storage", (event) => event.key === STORE && this.#otherTab());
    this.#schedule();
  }

  /** Null if nobody is signed in. */
  get user() {
    return this.#held?.user ?? null;
  }

  get id() {
    return this.#held?.sessionId ?? null;
  }

  /** @param way "register" or "sign-in" */
  async enter(way, fields) {
    this.#keep(await request("POST", `${AUTH}/${way}`, { body: { ...fields, device: "web" } }));
  }

  /** A request in the user's name. A token that the server finds too old is renewed, once. */
  async call(method, path, body) {
    const token = await this.token();
    try {
      return await request(method, path, { body, token });
    } catch (problem) {
      if (problem.status !== 401) {
        throw problem;
      }
      await this.renew(token);
      return request(method, path, { body, token: this.#held?.accessToken });
    }
  }

  /** An access token that lives for a while yet. */
  async token() {
    if (this.#held && Date.now() > this.#held.freshUntil) {
      await this.renew(this.#held.accessToken);
    }
    if (!this.#held) {
      throw new Problem({ detail: "You are signed out.", status: 401 });
    }
    return this.#held.accessToken;
  }

  /** Gets another token than the given one, which is too old or was refused. */
  async renew(old) {
    await alone(async () => {
      const stored = tabs.recall(STORE);
      if (stored === null) {
        return this.#leave("You have signed out in another tab.");
      }
      if (stored.accessToken !== old) {
        this.#adopt(stored);
        return;
      }
      try {
        this.#keep(await request("POST", `${AUTH}/refresh`, { body: { refreshToken: stored.refreshToken } }));
      } catch (problem) {
        if (problem.status === 401) {
          this.end("Your session has ended. Please sign in again.");
        }
        throw problem;
      }
    });
  }

  async signOut() {
    const token = await this.token();
    // The server may tell us sooner that the session has ended than that we were heard.
    this.#farewell = "You have signed out.";
    try {
      await request("POST", `${AUTH}/sign-out`, { token });
    } catch (problem) {
      if (problem.status !== 401) {
        this.#farewell = null;
        throw problem;
      }
    }
    this.end();
  }

  end(words) {
    tabs.remember(STORE, null);
    this.#leave(words);
  }

  #leave(words) {
    if (this.#held) {
      this.#held = null;
      clearTimeout(this.#timer);
      this.#onEnd(this.#farewell ?? words);
    }
  }

  #keep(signedIn) {
    const { user, sessionId, accessToken, accessExpiresAt, refreshToken } = signedIn;
    const now = Date.now();
    const freshUntil = Math.max(Date.parse(accessExpiresAt) - RENEW_EARLY_MS, now + TRUST_AT_LEAST_MS);
    const held = { user, sessionId, accessToken, refreshToken, freshUntil };
    tabs.remember(STORE, held);
    this.#adopt(held);
  }

  #adopt(held) {
    this.#held = held;
    this.#schedule();
    this.#onRenewed(held.accessToken);
  }

  #schedule() {
    clearTimeout(this.#timer);
    if (this.#held) {
      this.#timer = setTimeout(() => this.#renewInTime(), Math.max(0, this.#held.freshUntil - Date.now()));
    }
  }

  async #renewInTime() {
    try {
      await this.renew(this.#held.accessToken);
    } catch {
      if (this.#held) {
        this.#timer = setTimeout(() => this.#renewInTime(), RETRY_MS);
      }
    }
  }

  #otherTab() {
    const before = this.#held;
    const stored = tabs.recall(STORE);
    if (!before) {
      return;
    }
    if (stored?.user.id !== before.user.id) {
      this.#leave("You have signed out in another tab.");
    } else if (stored.accessToken !== before.accessToken) {
      this.#adopt(stored);
    }
  }
}

/** One tab at a time. On plain HTTP, other than on localhost, browsers have no locks. */
function alone(work) {
  return navigator.locks ? navigator.locks.request(STORE, work) : work();
}
