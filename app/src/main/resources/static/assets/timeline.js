// The stored messages in the order of their offsets, each once, with a line between days.

import { bubble, clock, dayName, element } from "./bubble.js";

export class Timeline {
  #list;
  #isMine;
  #items = new Map();
  #highest = 0;
  #completeTo = 0;
  #today = new Date().toDateString();

  constructor(list, isMine) {
    this.#list = list;
    this.#isMine = isMine;
  }

  get size() {
    return this.#items.size;
  }

  /** Nothing is missing up to this offset. */
  get completeTo() {
    return this.#completeTo;
  }

  /** Offsets have no holes: one that is skipped is a message that was missed. */
  get hasHole() {
    return this.#highest > this.#completeTo;
  }

  /** Value: whether it was new. */
  put(message) {
    if (this.#items.has(message.offset)) {
      return false;
    }
    const item = this.#itemOf(message);
    const next = this.#after(message.offset);
    this.#list.insertBefore(item, next);
    this.#items.set(message.offset, item);
    this.#highest = Math.max(this.#highest, message.offset);
    this.markComplete(this.#completeTo);
    this.#separate(item);
    if (next) {
      this.#separate(next);
    }
    this.#turnTheDay();
    return true;
  }

  /** All there is up to this offset has been put. */
  markComplete(offset) {
    this.#completeTo = Math.max(this.#completeTo, offset);
    while (this.#items.has(this.#completeTo + 1)) {
      this.#completeTo++;
    }
  }

  /** Forgets what is older than the offset. */
  startAt(offset) {
    for (const [held, item] of this.#items) {
      if (held < offset) {
        item.remove();
        this.#items.delete(held);
      }
    }
    if (this.#list.firstElementChild) {
      this.#separate(this.#list.firstElementChild);
    }
  }

  /** The offset of the message that is followed by `count - 1` newer ones. */
  fromEnd(count) {
    return Number(this.#list.children[this.size - count].dataset.offset);
  }

  #itemOf(message) {
    const postedAt = new Date(message.postedAt);
    const item = bubble(message.text, this.#isMine(message.clientMessageId), clock(postedAt));
    item.dataset.offset = message.offset;
    item.dataset.postedAt = postedAt.toISOString();
    return item;
  }

  // From the end, as nearly all messages belong there; an older page stops at the first item.
  #after(offset) {
    const first = this.#list.firstElementChild;
    if (first && Number(first.dataset.offset) > offset) {
      return first;
    }
    let next = null;
    for (let item = this.#list.lastElementChild; item; item = item.previousElementSibling) {
      if (Number(item.dataset.offset) < offset) {
        break;
      }
      next = item;
    }
    return next;
  }

  #separate(item) {
    item.querySelector(".day")?.remove();
    const postedAt = new Date(item.dataset.postedAt);
    const before = item.previousElementSibling;
    if (!before || new Date(before.dataset.postedAt).toDateString() !== postedAt.toDateString()) {
      item.prepend(element("p", "day", dayName(postedAt)));
    }
  }

  // What was today when the page was opened may be yesterday by now.
  #turnTheDay() {
    const today = new Date().toDateString();
    if (today !== this.#today) {
      this.#today = today;
      [...this.#list.children].forEach((item) => this.#separate(item));
    }
  }
}
