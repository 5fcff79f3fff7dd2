// Where the reader is: at the end, and stays there, or further up, and is not moved.

const CLOSE_TO_END_PX = 80;
const CLOSE_TO_TOP_PX = 300;

export class Viewport {
  #scroll;
  #jump;
  #handlers;
  #atEnd = true;

  /** @param handlers onSeen() when something else is in sight, onTop() when the top comes near */
  constructor(scroll, jump, handlers) {
    this.#scroll = scroll;
    this.#jump = jump;
    this.#handlers = handlers;
    scroll.addEventListener("scroll", () => this.#look(), { passive: true });
    jump.addEventListener("click", () => this.toEnd());
    // The composer grows, a phone's keyboard opens: the end stays in sight.
    new ResizeObserver(() => this.#atEnd && this.toEnd()).observe(scroll);
  }

  get atEnd() {
    return this.#atEnd;
  }

  get nearTop() {
    return this.#scroll.scrollTop < CLOSE_TO_TOP_PX;
  }

  toEnd() {
    this.#scroll.scrollTop = this.#scroll.scrollHeight;
    this.#look();
  }

  /** Shows the element near the top. */
  toElement(shown) {
    const below = shown.getBoundingClientRect().top - this.#scroll.getBoundingClientRect().top;
    this.#scroll.scrollTop += below - this.#scroll.clientHeight / 4;
    this.#look();
  }

  /** Changes the content without moving what the reader looks at. */
  keep(change) {
    const anchor = this.#atEnd ? null : this.#firstVisible();
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (anchor?.isConnected) {
      this.#scroll.scrollTop += anchor.getBoundingClientRect().top - before;
    } else if (this.#atEnd) {
      this.toEnd();
    }
  }

  /** Something was added at the end. */
  announce() {
    this.#jump.hidden = this.#atEnd;
  }

  /** The last message in sight; null without any. */
  lastVisible() {
    const bottom = this.#scroll.getBoundingClientRect().bottom;
    const items = this.#scroll.querySelectorAll("#messages > .message");
    for (let at = items.length - 1; at >= 0; at--) {
      // The bubble's first line counts as seen.
      if (items[at].lastElementChild.getBoundingClientRect().top + 20 < bottom) {
        return items[at];
      }
    }
    return null;
  }

  #firstVisible() {
    const top = this.#scroll.getBoundingClientRect().top;
    // The bubble, not its list item: a line between days may come or go above it.
    return [...this.#scroll.querySelectorAll(".bubble")].find((item) => item.getBoundingClientRect().bottom > top);
  }

  #look() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroll;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < CLOSE_TO_END_PX;
    if (this.#atEnd) {
      this.#jump.hidden = true;
    }
    this.#handlers.onSeen();
    if (this.nearTop) {
      this.#handlers.onTop();
    }
  }
}
