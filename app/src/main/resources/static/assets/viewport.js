// Where the reader is: at the end, and stays there, or further up, and is not moved.

const CLOSE_TO_END_PX = 80;

export class Viewport {
  #scroll;
  #jump;
  #atEnd = true;

  constructor(scroll, jump) {
    this.#scroll = scroll;
    this.#jump = jump;
    scroll.addEventListener("scroll", () => this.#look(), { passive: true });
    jump.addEventListener("click", () => this.toEnd());
    // The composer grows, a phone's keyboard opens: the end stays in sight.
    new ResizeObserver(() => this.#atEnd && this.toEnd()).observe(scroll);
  }

  get atEnd() {
    return this.#atEnd;
  }

  toEnd() {
    this.#scroll.scrollTop = this.#scroll.scrollHeight;
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
  }
}
