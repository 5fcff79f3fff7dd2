// How far this client holds each log, and the proof that it missed nothing.

export class Cursors {
  #epoch = null;
  #held = new Map();
  #named = new Set();
  #gaps = new Set();
  #catching = new Set();

  /** A new connection begins: value: the resume frames. */
  resume(mostPerFrame) {
    this.#named = new Set(this.#held.keys());
    this.#gaps.clear();
    this.#catching.clear();
    const offsets = [...this.#held];
    const frames = [];
    do {
      const some = offsets.splice(0, mostPerFrame);
      frames.push({
        type: "resume",
        ...(this.#epoch && { epoch: this.#epoch }),
        offsets: Object.fromEntries(some),
        last: offsets.length === 0,
      });
    } while (offsets.length > 0);
    return frames;
  }

  get catchingUp() {
    return this.#catching.size > 0;
  }

  /** Follows a `ready`. @param positions by log, all there are; value: the logs of which nothing held may be kept */
  ready(epoch, positions) {
    const otherLife = this.#epoch !== null && this.#epoch !== epoch;
    this.#epoch = epoch;
    const started = [];
    for (const [log, position] of positions) {
      if (otherLife ? !this.#gaps.has(log) : !this.#named.has(log)) {
        // Not named, so it goes on from here: what changed before that is in the history only.
        this.#held.set(log, otherLife ? position : Math.max(position, this.#held.get(log) ?? 0));
        started.push(log);
      }
    }
    [...this.#held.keys()].filter((log) => !positions.has(log)).forEach((log) => this.drop(log));
    return started;
  }

  drop(log) {
    this.#held.delete(log);
    this.#catching.delete(log);
  }

  /** A `change` or `skip`; value: false if something before it is missing. */
  take({ logId, offset }) {
    const held = this.#held.get(logId);
    if (held === undefined) {
      this.#held.set(logId, offset);
    } else if (!this.#catching.has(logId)) {
      if (offset > held + 1) {
        return false;
      }
      this.#held.set(logId, Math.max(held, offset));
    }
    return true;
  }

  catchUp({ logId }) {
    this.#catching.add(logId);
  }

  // Only now: the states between may have come in part.
  caughtUp({ logId, offset }) {
    this.#catching.delete(logId);
    this.#held.set(logId, Math.max(this.#held.get(logId) ?? 0, offset));
  }

  gap({ logId, to }) {
    this.#catching.delete(logId);
    this.#gaps.add(logId);
    this.#held.set(logId, to);
  }
}
