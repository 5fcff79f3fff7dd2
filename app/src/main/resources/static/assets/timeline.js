// The messages of the open conversation in the order of their seq, with lines between days and before what is new.

import { messageItem } from "./bubble.js";
import { element, name } from "./dom.js";
import { dayName } from "./times.js";

export class Timeline {
  #list;
  #items = new Map();
  #context = null;
  #newAfter = null;
  #today = new Date().toDateString();

  constructor(list) {
    this.#list = list;
  }

  /** @param context {me, nameOf(userId), named: whether senders are named, actions} */
  reset(context) {
    this.#context = context;
    this.#newAfter = null;
    this.#items.clear();
    this.#list.replaceChildren();
  }

  get size() {
    return this.#items.size;
  }

  get firstSeq() {
    return Number(this.#list.firstElementChild?.dataset.seq ?? 0);
  }

  get lastSeq() {
    return Number(this.#list.lastElementChild?.dataset.seq ?? 0);
  }

  /** The line above what is new. */
  get divider() {
    return this.#list.querySelector(".new");
  }

  get newAfter() {
    return this.#newAfter;
  }

  /** @param seq what comes after it is new; null: nothing is */
  markNew(seq) {
    this.#newAfter = seq;
    [...this.#list.children].forEach((item) => this.#separate(item));
  }

  /** Shows this state of a message, instead of an older one. */
  put(message) {
    const { me, nameOf, actions } = this.#context;
    const item = messageItem(message, nameOf(message.senderId), message.senderId === me, actions);
    Object.assign(item.dataset, { seq: message.seq, sender: message.senderId, postedAt: message.postedAt });
    const held = this.#items.get(message.id);
    if (held) {
      const focused = held.contains(document.activeElement);
      held.replaceWith(item);
      if (focused) {
        this.#list.closest("[tabindex]").focus({ preventScroll: true });
      }
    } else {
      this.#list.insertBefore(item, this.#after(message.seq));
    }
    this.#items.set(message.id, item);
    this.#separate(item);
    if (item.nextElementSibling) {
      this.#separate(item.nextElementSibling);
    }
    this.#turnTheDay();
  }

  /** Somebody's name has become known. */
  renamed(userId) {
    for (const item of this.#list.children) {
      if (item.dataset.sender === userId && userId !== this.#context.me) {
        item.querySelector(".spoken").textContent = `${this.#context.nameOf(userId)}:`;
        this.#separate(item);
      }
    }
  }

  /** Lets go of what is older than the seq. */
  startAt(seq) {
    for (const [id, item] of this.#items) {
      if (Number(item.dataset.seq) < seq) {
        item.remove();
        this.#items.delete(id);
      }
    }
    if (this.#list.firstElementChild) {
      this.#separate(this.#list.firstElementChild);
    }
  }

  // From the end, as nearly all messages belong there; an older page stops at the first item.
  #after(seq) {
    const first = this.#list.firstElementChild;
    if (first && Number(first.dataset.seq) > seq) {
      return first;
    }
    let next = null;
    for (let item = this.#list.lastElementChild; item; item = item.previousElementSibling) {
      if (Number(item.dataset.seq) < seq) {
        break;
      }
      next = item;
    }
    return next;
  }

  #separate(item) {
    item.querySelectorAll(".day, .new, .sender").forEach((line) => line.remove());
    const before = item.previousElementSibling;
    const lines = [];
    const { postedAt, sender, seq } = item.dataset;
    if (!before || dayOf(before.dataset.postedAt) !== dayOf(postedAt)) {
      lines.push(element("p", "line day", dayName(new Date(postedAt))));
    }
    if (this.#newAfter !== null && Number(seq) > this.#newAfter && !(Number(before?.dataset.seq) > this.#newAfter)) {
      lines.push(element("p", "line new", "New messages"));
    }
    const { me, nameOf, named } = this.#context;
    if (named && sender !== me && (lines.length > 0 || before?.dataset.sender !== sender)) {
      lines.push(name(nameOf(sender), "sender"));
    }
    item.prepend(...lines);
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

function dayOf(instant) {
  return new Date(instant).toDateString();
}
